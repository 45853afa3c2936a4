"""The words of the slice `simple` in the description of the interface."""

from typing import Any

from chalicelib.api.steps.simple import Outcome, SimpleGround

MODELS: dict[str, str] = {"Target": "本地的承诺时限，与法定期限并列显示，不计超期"}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "rewarded": "是否给予奖励",
    "wants_paper": "信访人是否要求书面告知",
    "targets": "本地的承诺时限",
    "target": "承诺时限的代码",
    "untouched": "收到以后超过一个工作日还没有人处理",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "Said/advice": "被征询单位的回复",
    "Said/reward": "怎样奖励",
    "SuggestionDecided/outcome": "是否采纳",
    "SimpleProposed/ground": "为什么可以简易办理",
    "PetitionAcceptedSimply/ground": "为什么可以简易办理",
    "AdviceAsked/to": "向哪个单位征询",
    "AdviceAsked/to_name": "向哪个单位征询，名称",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {
    "SimpleProposed/ground": SimpleGround,
    "PetitionAcceptedSimply/ground": SimpleGround,
    "SuggestionDecided/outcome": Outcome,
}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("question", "advice", "reason", "reward", "undertaker")
"""Keys of the text of its events."""

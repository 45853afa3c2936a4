"""The words of the slice `review` in the description of the interface."""

from typing import Any, Literal

from chalicelib.api.steps.review import LastOutcome, Outcome

MODELS: dict[str, str] = {}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "order": "复查还是复核",
    "organ": "复查、复核机关",
    "organ_name": "复查、复核机关的名称",
    "dispatched_on": "寄出或者递交的日期",
    "admitted": "超过期限的申请是否准予受理",
    "decided_on": "意见书的日期",
    "redo_days": "重新办理的天数",
    "heard": "是否经过听证",
    "may_publish": "是否可以向社会公示",
    "request": "请求",
    "reasons": "事实和理由，或者申请的理由",
    "late_reason": "超过期限的理由",
    "document": "移送函、上级机关意见书的名称和文号",
    "closing": "怎样结束：复核意见已出，或者达成协议",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "ReviewDecided/outcome": "复查的结果",
    "ReviewServed/outcome": "复查的结果",
    "RereviewDecided/outcome": "复核的结果",
    "RereviewServed/outcome": "复核的结果",
    "ReviewRequested/office": "承办复查的单位",
    "ReviewRequestedLate/office": "承办复查的单位",
    "RereviewRequested/office": "承办复核的单位",
    "RereviewRequestedLate/office": "承办复核的单位",
    "ReviewRequestedLate/due": "申请的期限已于哪天届满",
    "RereviewRequestedLate/due": "申请的期限已于哪天届满",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {
    "order": Literal["review", "rereview"],
    "ReviewDecided/outcome": Outcome,
    "ReviewServed/outcome": Outcome,
    "RereviewDecided/outcome": LastOutcome,
    "RereviewServed/outcome": LastOutcome,
    "closing": Literal["final", "settled"],
}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("request", "reasons", "late_reason", "document", "facts", "findings", "basis")
"""Keys of the text of its events."""

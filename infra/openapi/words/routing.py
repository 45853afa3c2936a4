"""The words of the slice `routing` in the description of the interface."""

from typing import Any

from chalicelib.api.steps.routing import How
from infra.openapi.answers import LevelAbove

MODELS: dict[str, str] = {
    "Booked": "一个单位经手的天数；各单位的天数加起来就是收到以来的天数",
    "FromAbove": "上级转交、交办的情况",
    "Ledger": "上级交办、转送事项台账，先到期的在前",
    "UnitProposal": "建议的责任单位，最多三个，由人确认",
    "ProposedUnit": "一个可能有权处理的单位及其理由",
}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "above": "上级转交、交办的情况，只给工作人员",
    "above_due": "上级要求反馈结果的日期",
    "booked_days": "收到以来各单位经手的天数，只给工作人员",
    "may_take_away": "本人能不能取这件事的办理凭据：只联名的、可以加入的不能",
    "citizen_date": "群众最迟应当知道怎么办的日期：最先收到之日起转送15日、告知15日，不因转交而推后",
    "city_received_on": "市里收到的日期",
    "from_above": "由哪一级转交下来",
    "from_above_label": "由哪一级转交下来（名称）",
    "national_received_on": "国家信访局收到的日期",
    "province_received_on": "省里收到的日期",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "Said/result": "协商的情况和结果",
    "Said/report": "办结报告",
    "ContactCompleted/notifiable": "姓名、住址是否已经清楚，可以告知",
    "FromAbove/received": "各级收到的日期",
    "FromAbove/reported_on": "哪天向上级提交了办结报告",
    "PersonTold/how": "怎样告知的",
    "PersonTold/told": "补告知的是哪些事件的通知",
    "PersonTold/told_on": "哪天告知的",
    "PetitionSucceeded/named_by_government": "是否由本级党委、政府指定",
    "ProposedUnit/score": "理由的分量，越大越靠前",
    "ProposedUnit/why": "理由",
    "UnitsConsulted/agreed": "协商中同意受理的单位",
    "UnitsConsulted/units": "参加协商的单位",
    "DisputeSubmitted/to": "由谁裁定",
    "DisputeSubmitted/to_name": "由谁裁定（名称）",
    "UnitDesignated/org": "由谁裁定",
    "UnitDesignated/org_name": "由谁裁定（名称）",
    "PetitionSucceeded/org": "原单位",
    "PetitionSucceeded/org_name": "原单位（名称）",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {"PersonTold/how": How, "from_above": LevelAbove, "PersonTold/told": list[int]}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("result", "report")
"""Keys of the text of its events."""

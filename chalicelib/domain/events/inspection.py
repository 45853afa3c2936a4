"""督查检查 (第三十八条至第四十条): what happens in a task of supervision. No petitioner has a part in one.

The invariant: open fields say which kind, which unit, how many and by when; what was found is sealed.
"""

from datetime import date

from chalicelib.domain.events.base import STAFF, Event
from chalicelib.domain.values import happening


@happening
class InspectionOpened(Event):
    """第三十八条第二款: 根据工作需要开展督查. `asked`: how many items the unit has to answer."""

    seen = STAFF
    wire, label, shown = "inspection.opened", "立项", "已立项"
    task: str
    asked: int
    sampled: int
    org: str | None = None
    due: date | None = None


@happening
class InspectionSigned(Event):
    """The unit has it (点对点通报的签收)."""

    seen = STAFF
    wire, label, shown = "inspection.signed", "签收", "已签收"
    org: str


@happening
class InspectionAnswered(Event):
    """第四十条第一款: item by item, what was done and who is responsible."""

    seen = STAFF
    wire, label, shown = "inspection.answered", "反馈整改", "已反馈"
    org: str
    items: tuple[int, ...]


@happening
class InspectionRechecked(Event):
    """Which items are put right, and which go back with a new date."""

    seen = STAFF
    wire, label, shown = "inspection.rechecked", "复查", "已复查"
    org: str
    passed: tuple[int, ...]
    failed: tuple[int, ...]
    due: date | None = None


@happening
class InspectionPassed(Event):
    """Nothing is left to be put right."""

    seen = STAFF
    wire, label, shown = "inspection.passed", "全部整改到位", "已办结"


@happening
class SampleScored(Event):
    """第三十八条第二款: a person went through the sheet of one sampled case."""

    seen = STAFF
    wire, label, shown = "inspection.scored", "评分", "已评分"
    scored: str
    points: int
    full: int


@happening
class VotesRecorded(Event):
    """民主评议: how many took part, and what they said."""

    seen = STAFF
    wire, label, shown = "inspection.voted", "民主评议结果", "已评议"
    participants: int
    votes_satisfied: int
    votes_basically: int
    votes_not_satisfied: int


@happening
class ReceptionRecorded(Event):
    """第十八条第二款: 领导干部接访. `leader` is a user id."""

    seen = STAFF
    wire, label, shown = "inspection.received", "接访记录", "已接访"
    leader: str
    visitors: int
    numbers: tuple[str, ...]


@happening
class InspectionClosed(Event):
    """Nothing had to be answered by a unit, and all that had to be recorded is."""

    seen = STAFF
    wire, label, shown = "inspection.closed", "办结", "已办结"


EVENTS: tuple[type[Event], ...] = (
    InspectionOpened,
    InspectionSigned,
    InspectionAnswered,
    InspectionRechecked,
    InspectionPassed,
    SampleScored,
    VotesRecorded,
    ReceptionRecorded,
    InspectionClosed,
)

"""Every time limit of a petition, one row each: how long, counted how, by whose article, and what follows.

Invariant: a number of days that the law sets is written here once and no profile can change it;
what the law leaves open is a service target and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

Unit = Literal["days", "working_days"]
Party = Literal["organ", "petitioner"]


@dataclass(frozen=True)
class TimeLimit:
    """A rule of time; a clock is what runs when the rule applies to one case.

    `days` are calendar days. Neither `days` nor `working_days` means that each case names its own number.
    `remind` is how many days before the due date, in the limit's own unit. `then` is the step the law takes
    by itself when the limit runs out; None means that somebody is late.
    """

    name: str
    label: str
    law: str
    days: int | None = None
    working_days: int | None = None
    of: Party = "organ"
    extendable_by: int = 0
    remind: tuple[int, ...] = ()
    then: str | None = None
    kind: Literal["statutory", "service"] = "statutory"
    since: str = "收到信访事项"
    note: str = ""

    def __post_init__(self) -> None:
        if self.days is not None and self.working_days is not None:
            raise ValueError(f"limit {self.name!r} counts either days or working days, not both")

    @property
    def unit(self) -> Unit:
        """A number set per case is in calendar days, because the person who sets it names a date."""
        return "days" if self.working_days is None else "working_days"

    @property
    def number(self) -> int | None:
        return self.days if self.working_days is None else self.working_days


ROUTE = TimeLimit(name="route", label="转送、交办期限", law="第二十二条", days=15, remind=(5, 2))

INFORM = TimeLimit(
    name="inform",
    label="书面告知期限",
    law="第二十三条第三款",
    days=15,
    remind=(5, 2),
    since="收到转送、交办的信访事项",
)

INFORM_DIRECT = TimeLimit(
    name="inform_direct",
    label="书面告知期限（直接提出）",
    law="第二十三条第二款",
    days=15,
    remind=(5, 2),
    note="能够当场告知的，应当当场书面告知；信访人姓名（名称）、住址不清的除外",
)

OBJECT = TimeLimit(
    name="object",
    label="提出异议期限",
    law="第二十三条第三款",
    working_days=5,
    then="close_objection",
    since="收到转送、交办的信访事项",
)

DECIDE_OBJECTION = TimeLimit(
    name="decide_objection",
    label="异议核实承诺时限",
    law="第二十三条第三款",
    working_days=2,
    remind=(1,),
    kind="service",
    since="收到异议",
    note="条例未规定核实天数，按服务承诺执行",
)

REPORT_BACK = TimeLimit(
    name="report_back",
    label="交办反馈期限",
    law="第二十二条第一款第三项",
    remind=(3,),
    since="交办",
    note="由信访部门在交办时指定",
)

HANDLE = TimeLimit(
    name="handle",
    label="办理期限",
    law="第三十四条",
    days=60,
    extendable_by=30,
    remind=(10, 3),
    since="受理",
)

SUGGESTION_TARGET = TimeLimit(
    name="suggestion_target",
    label="建议意见答复承诺时限",
    law="第二十九条",
    days=30,
    kind="service",
    since="受理",
    note="条例第二十九条未规定答复天数，按服务承诺执行",
)

# Unconfirmed: no national text seen that gives consultations a number of days.
CONSULTATION_TARGET = TimeLimit(
    name="consultation_target",
    label="咨询答复承诺时限",
    law="第二十九条",
    working_days=10,
    kind="service",
    since="受理",
    note="条例未规定咨询答复天数，按服务承诺执行",
)

ASK_REVIEW = TimeLimit(
    name="ask_review",
    label="请求复查期限",
    law="第三十五条",
    days=30,
    of="petitioner",
    then="conclude",
    since="收到书面答复",
)

# Unconfirmed: the measures of 2014 and 2022 on ratings exist, the article with the window was not seen.
RATING = TimeLimit(
    name="rating",
    label="满意度评价期",
    law="第二十一条",
    days=30,
    of="petitioner",
    remind=(3,),
    then="close_rating",
    kind="service",
    since="收到书面答复",
    note="条例未规定评价期天数，按本地设置执行",
)

PETITION: Mapping[str, TimeLimit] = MappingProxyType(
    {
        limit.name: limit
        for limit in (
            ROUTE,
            INFORM,
            INFORM_DIRECT,
            OBJECT,
            DECIDE_OBJECTION,
            REPORT_BACK,
            HANDLE,
            SUGGESTION_TARGET,
            CONSULTATION_TARGET,
            ASK_REVIEW,
            RATING,
        )
    }
)


def configured(targets: Mapping[str, int]) -> Mapping[str, TimeLimit]:
    """The limits of one profile: it may set the days of its own service targets, never those of the law.

    Raises ValueError for an unknown name, a statutory limit, or a number that is not a positive whole one.
    """
    limits = dict(PETITION)
    for name, number in targets.items():
        limit = limits.get(name)
        if limit is None:
            raise ValueError(f"unknown time limit {name!r}, expected one of {', '.join(sorted(PETITION))}")
        if limit.kind != "service":
            raise ValueError(f"{name!r} is set by law ({limit.law}), a profile cannot change it")
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise ValueError(f"{name!r} needs a positive whole number of days, found {number!r}")
        limits[name] = replace(limit, days=number) if limit.unit == "days" else replace(limit, working_days=number)
    return MappingProxyType(limits)

"""Posts that were to be told and were not there: what is found of it, and how a case keeps it (第四十条).

The invariant: a gap is recorded once for a post and a reason, whoever finds it and however often.
"""

from chalicelib.domain.case import BY_LAW, Case, Change, Happened
from chalicelib.domain.events.passing import PostFoundEmpty
from chalicelib.domain.values import value

POSTS = ("org", "head", "leader", "supervisor")
VACANT, ABSENT, RECUSED, NO_PHONE = "vacant", "absent", "recused", "no_phone"
GAPS = {
    VACANT: "无人在岗",
    ABSENT: "请假未归",
    RECUSED: "已经回避",
    NO_PHONE: "没有留手机号码",
}
FOUND = "posts_empty"
"""The fact that holds them: `[post, office, gap]`."""


@value
class Gap:
    """A post of an office in which nobody could be told, and why."""

    whom: str
    place: str
    why: str


def record_gaps(case: Case, gaps: tuple[Gap, ...], instead: str | None) -> Change | None:
    """Put down the gaps that the case does not know yet; None when it knows them all.

    An accused office is no gap and is not recorded: nobody may learn of an accusation by it (第三十条第三款).
    """
    known = {tuple(each) for each in case.facts.get(FOUND, ())}
    new = [gap for gap in gaps if (gap.whom, gap.place, gap.why) not in known]
    if not new:
        return None
    found = [*case.facts.get(FOUND, ()), *([gap.whom, gap.place, gap.why] for gap in new)]
    happened = (
        Happened(PostFoundEmpty(whom=gap.whom, place=gap.place, gap=gap.why, instead=instead), BY_LAW) for gap in new
    )
    return Change(case.with_facts(**{FOUND: found}), tuple(happened))

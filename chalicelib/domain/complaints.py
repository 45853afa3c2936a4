"""Complaints about how a matter is handled (第四十四条至第四十六条): who may read them, and who answers.

不得打击报复信访人. -- 第十八条第四款. The invariant: what a petitioner says about an office goes to an office that is
neither that one nor below it, and is read there and nowhere else.
"""

from datetime import date

from chalicelib.domain import oversight, recusal, signals
from chalicelib.domain.case import ANSWERING, OPEN, Actor, Case, Change, Duty
from chalicelib.domain.errors import RuleBroken
from chalicelib.domain.events.supervision import ComplaintAnswered, PetitionComplained
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.supervision import the_duty
from chalicelib.domain.tables.road import agency
from chalicelib.domain.values import replace


def complain(
    case: Case, kind: str, against: str, text: str, *, tree: OfficeTree, by: Actor, on: date, rules: Rules
) -> Change:
    """Complain of attitude, delay, retaliation or a leak, at any time, also after the end (第四十四条至第四十六条)."""
    check(PETITION.step("complain"), case, by)
    _not_said_already(case, kind, against, on)
    to = reader(case, kind, against, tree)
    begun, duty = case.with_new_duty(oversight.COMPLAINT, to, kind=kind, against=against, on=on.isoformat())
    raised = signals.found(text)  # whoever reads the complaint looks at once; nobody else learns that there is one
    event = PetitionComplained(
        about=duty.id, to=to, kind=kind, against=against, signals=raised or None, text={"text": text}
    )
    held = begun.with_desk_beside(to, ANSWERING)
    change = take(PETITION, held, "complain", event, by=by, on=on, rules=rules, about=duty.id)
    return Change(change.case, change.happened, (to,))


def answer_complaint(
    case: Case, result: str, text: str, named: str | None = None, *, by: Actor, on: date, rules: Rules
) -> Change:
    """Look into it and answer the petitioner; what has to be put right is ordered apart (第四十四条至第四十六条)."""
    check(PETITION.step("answer_complaint"), case, by)
    duty = the_duty(case, (oversight.COMPLAINT,), OPEN, named, org=by.org)
    answered = case.with_duty(duty, oversight.ANSWERED, result=result)
    event = ComplaintAnswered(about=duty.id, org=duty.org, result=result, text={"text": text})
    change = take(PETITION, answered, "answer_complaint", event, by=by, on=on, rules=rules, about=duty.id)
    return no_longer_answering(change, duty.org)


def reader(case: Case, kind: str, against: str, tree: OfficeTree) -> str:
    """The bureau; what is grave, or about the bureau, or handled by it, goes to the supervision of the government."""
    bureau = str(case.facts.get("bureau") or "")
    found = tree.bureau_of(agency(case))
    bureau = bureau or (found.id if found else "")
    is_about_it = against == oversight.OFFICE or bureau in (agency(case), "")
    candidates = [] if kind in oversight.GRAVE or is_about_it else [bureau]
    government = tree.government_of(bureau or agency(case))
    candidates += [government] if government else []
    for org in candidates:
        if recusal.permits(case.accused, tree.path(org)):
            return org
    raise RuleBroken("本地区的机关不宜受理这件投诉，请直接向上一级信访部门提出", law="第三十条第三款")


def no_longer_answering(change: Change, org: str) -> Change:
    """What an answer leaves behind: with none left to give, the office has no desk for it any more."""
    case = change.case
    kinds = (oversight.COMPLAINT, oversight.RECOMMENDATION)
    left: list[Duty] = [duty for kind in kinds for duty in case.duties_of(kind, OPEN) if duty.org == org]
    return change if left else replace(change, case=case.without_desk_of(org, ANSWERING))


def _not_said_already(case: Case, kind: str, against: str, on: date) -> None:
    """The same complaint waits for its answer; a new act of retaliation may be told, once a day."""
    for duty in case.duties_of(oversight.COMPLAINT, OPEN):
        if (duty.facts["kind"], duty.facts["against"]) != (kind, against):
            continue
        if kind in oversight.GRAVE and duty.facts["on"] != on.isoformat():
            continue
        clock = case.running("complaint", duty.id)
        until = f"，最迟{clock.due.isoformat()}答复" if clock else ""
        raise RuleBroken(f"同样的投诉正在处理{until}", law="第四十四条至第四十六条")

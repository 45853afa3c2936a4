"""What leaders do themselves (第十八条第二款): read and instruct, take charge of a hard matter until it is settled."""

from datetime import date

from chalicelib.domain import oversight
from chalicelib.domain.case import INSTRUCTED, LEADER, OPEN, Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken
from chalicelib.domain.events.supervision import (
    ChargeClosed,
    InstructionReported,
    LeaderTookCharge,
    PetitionInstructed,
)
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.supervision import addressee, dated, the_duty
from chalicelib.domain.values import replace


def instruct(
    case: Case,
    text: str,
    due: date,
    org: str | None = None,
    *,
    tree: OfficeTree,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Write an instruction to an office, which reports by a date what it did (第十八条第二款: 阅办)."""
    check(PETITION.step("instruct"), case, by)
    to = addressee(case, org, tree=tree, by=by)
    dated(due, on)
    begun, duty = case.with_new_duty(oversight.INSTRUCTION, to, by=by.org)
    event = PetitionInstructed(about=duty.id, org=to, due=due, text={"text": text})
    held, days = begun.with_desk_beside(to, INSTRUCTED), {"instruction": (due - on).days}
    change = take(PETITION, held, "instruct", event, by=by, on=on, rules=rules, days=days, about=duty.id)
    return Change(change.case, change.happened, (to,))


def report_instruction(case: Case, text: str, named: str | None = None, *, by: Actor, on: date, rules: Rules) -> Change:
    """Report what was done about an instruction (第十八条第二款)."""
    check(PETITION.step("report_instruction"), case, by)
    duty = the_duty(case, (oversight.INSTRUCTION,), OPEN, named, org=by.org)
    done = case.with_duty(duty, oversight.DONE)
    event = InstructionReported(about=duty.id, org=duty.org, text={"text": text})
    change = take(PETITION, done, "report_instruction", event, by=by, on=on, rules=rules, about=duty.id)
    if any(each.org == duty.org for each in done.duties_of(oversight.INSTRUCTION, OPEN)):
        return change
    return replace(change, case=change.case.without_desk_of(duty.org, INSTRUCTED))


def take_charge(
    case: Case, leader: str | None = None, note: str = "", *, tree: OfficeTree, by: Actor, on: date, rules: Rules
) -> Change:
    """A leader takes charge of a matter that people feel strongly about, one at a time (第十八条第二款: 包案化解)."""
    check(PETITION.step("take_charge"), case, by)
    if case.duties_of(oversight.LEADER_LED, oversight.IN_CHARGE):
        raise RuleBroken("这件事项已有领导包案", law="第十八条第二款")
    who = leader or (by.user if by.role == LEADER else None)
    if who is None:
        raise FieldsInvalid([FieldError("/leader", "请写明由哪位领导包案", "missing")])
    if who in case.facts.get("recused", ()):
        raise FieldsInvalid([FieldError("/leader", "这位领导已经回避，请另定一位", "recused")])
    org = (tree.government_of(by.org or "") or by.org or "") if by.role != LEADER else by.org or ""
    begun, duty = case.with_new_duty(oversight.LEADER_LED, org, leader=who)
    event = LeaderTookCharge(about=duty.id, org=org, text={"leader": who, "note": note} if note else {"leader": who})
    return take(PETITION, begun, "take_charge", event, by=by, on=on, rules=rules, about=duty.id)


def close_charge(case: Case, text: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Record what came of it: by the leader in charge, or by the bureau for that leader (第十八条第二款)."""
    check(PETITION.step("close_charge"), case, by)
    led = case.duties_of(oversight.LEADER_LED, oversight.IN_CHARGE)
    if not led:
        raise RuleBroken("这件事项没有领导包案", law="第十八条第二款")
    if by.role == LEADER and led[0].facts["leader"] != by.user:
        raise NotYourStep("由包案的领导本人登记化解情况", law="第十八条第二款")
    settled = case.with_duty(led[0], oversight.SETTLED)
    event = ChargeClosed(about=led[0].id, org=led[0].org, text={"text": text})
    return take(PETITION, settled, "close_charge", event, by=by, on=on, rules=rules, about=led[0].id)

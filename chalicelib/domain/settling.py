"""Mediation, and an agreement that ends the handling (第三十三条)."""

from datetime import date

from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, RuleBroken
from chalicelib.domain.events.hearing import MediationHeld, PetitionSettled
from chalicelib.domain.hearing import HEARING
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take
from chalicelib.domain.tables.hearing import may_be_mediated
from chalicelib.domain.tables.road import agency
from chalicelib.domain.values import value


@value
class Agreement:
    """调解协议书、和解协议书, and what the law asks of it: both sides want it, and no rule stands against it."""

    settlement: str
    agreement: str
    signed_on: date
    petitioner_agrees: bool
    other_side_agrees: bool
    lawful: bool


def mediate(case: Case, held_on: date, agreed: bool, record: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Note a mediation and what came of it (第三十三条: 经争议双方当事人同意进行调解)."""
    check(PETITION.step("mediate"), case, by)
    _is_a_grievance(case)
    _wrong_day("/held_on", "调解日期", held_on, case, on)
    event = MediationHeld(org=agency(case), held_on=held_on, reached=agreed, text={"record": record})
    return take(PETITION, case, "mediate", event, by=by, on=on, rules=rules)


def settle(case: Case, said: Agreement, *, by: Actor, on: date, rules: Rules) -> Change:
    """Conclude by an agreement that both sides signed (第三十三条): handled, with no opinion and nothing to review."""
    check(PETITION.step("settle"), case, by)
    _is_a_grievance(case)
    _wrong_day("/signed_on", "签订日期", said.signed_on, case, on)
    wrong = [
        FieldError(pointer, why, "invalid")
        for pointer, holds, why in (
            ("/petitioner_agrees", said.petitioner_agrees, "信访人没有同意的，不能按协议办结"),
            ("/other_side_agrees", said.other_side_agrees, "对方当事人没有同意的，不能按协议办结"),
            ("/lawful", said.lawful, "协议不得违反政策法规的强制性规定，调解应当在裁量权范围内"),
        )
        if not holds
    ]
    if wrong:
        raise RuleBroken("调解、和解应当双方自愿、不违反强制性规定，并制作协议书", law="第三十三条", fields=wrong)
    settled = case.with_facts(settled=said.settlement)
    for duty in settled.duties_of(HEARING, "open", "announced"):
        settled = settled.with_duty(duty, "moot")
    event = PetitionSettled(
        org=agency(case), settlement=said.settlement, signed_on=said.signed_on, text={"agreement": said.agreement}
    )
    return take(PETITION, settled, "settle", event, by=by, on=said.signed_on, rules=rules)


def _is_a_grievance(case: Case) -> None:
    if not may_be_mediated(case):
        raise RuleBroken("只有按信访程序办理的申诉求决类事项可以调解、和解", law="第三十三条")


def _wrong_day(pointer: str, label: str, day: date, case: Case, on: date) -> None:
    """Within the time the matter is being handled. Raises FieldsInvalid."""
    begun = max(
        (clock.start for clock in case.clocks if clock.limit in ("handle", "redo", "redo_target")),
        default=case.received_on,
    )
    if not begun <= day <= on:
        raise FieldsInvalid([FieldError(pointer, f"{label}应在{begun.isoformat()}至今天之间", "out_of_range")])

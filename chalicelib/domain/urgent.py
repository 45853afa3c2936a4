"""重大、紧急信访事项 (第二十五条): checked by a person, marked, told to whom the law names, followed to the end."""

from datetime import date

from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, RuleBroken
from chalicelib.domain.events.urgent import (
    MeasureTaken,
    SignalChecked,
    UrgencyEnded,
    UrgencyMarked,
    UrgencyReported,
    UrgencyTold,
)
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import Rules, check, take

URGENT, MAJOR = "urgent", "major"
LEVELS = {URGENT: "紧急", MAJOR: "重大紧急"}
NONE = "none"
RESULTS = {**LEVELS, NONE: "不属于紧急情况"}

GOVERNMENT, JOINT_OFFICE, UPPER_BUREAU, NATIONAL_BUREAU = (
    "government",
    "joint_office",
    "upper_bureau",
    "national_bureau",
)
POLICE, RESCUE, UNIT = "police", "rescue", "unit"
ADDRESSEES = {
    GOVERNMENT: "本级党委、政府",
    JOINT_OFFICE: "本级信访工作联席会议办公室",
    UPPER_BUREAU: "上一级信访部门",
    NATIONAL_BUREAU: "国家信访局",
    POLICE: "公安机关",
    RESCUE: "医疗、消防等救援单位",
    UNIT: "有权处理的机关、单位",
}
OWED_TO = {URGENT: (GOVERNMENT, JOINT_OFFICE), MAJOR: (GOVERNMENT, JOINT_OFFICE, UPPER_BUREAU, NATIONAL_BUREAU)}
"""Whom the Regulation wants told at once (第二十五条); the others are told as the matter needs."""


def check_signal(case: Case, result: str, note: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """A person looks at what the words raised, speaks with whom it concerns, and decides (第二十五条)."""
    check(PETITION.step("check_signal"), case, by)
    if case.running("check_signal") is None:
        raise RuleBroken("没有待核查的紧急信号", law="第二十五条")
    event = SignalChecked(result=result, signals=tuple(case.facts.get("signals", ())), text={"note": note})
    change = take(PETITION, case, "check_signal", event, by=by, on=on, rules=rules)
    if result == NONE:
        return change
    return change.then(mark_urgent(change.case, result, note, by=by, on=on, rules=rules))


def mark_urgent(case: Case, level: str, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Mark what may have social effect; the report is due at once, by the local target today (第二十五条)."""
    check(PETITION.step("mark_urgent"), case, by)
    standing = case.facts.get("urgent")
    if standing in (level, MAJOR):
        raise RuleBroken(f"已经标为{LEVELS[str(standing)]}", law="第二十五条")
    event = UrgencyMarked(level=level, org=case.agency or case.office, text={"reason": reason})
    marked = case.with_facts(urgent=level)
    return take(PETITION, marked, "mark_urgent", event, by=by, on=on, rules=rules)


def tell_urgent(
    case: Case, addressee: str, person: str, told_on: date, told_at: str, how: str, *, by: Actor, on: date, rules: Rules
) -> Change:
    """One line of the checklist: who was told, when, by whom, over which way (第二十五条: 通报)."""
    check(PETITION.step("tell_urgent"), case, by)
    _is_urgent(case)
    if not case.received_on <= told_on <= on:
        said = f"通报日期应在{case.received_on.isoformat()}至今天之间"
        raise FieldsInvalid([FieldError("/told_on", said, "out_of_range")])
    told = tuple(dict.fromkeys((*case.facts.get("told", ()), addressee)))
    event = UrgencyTold(addressee=addressee, told_on=told_on, text={"person": person, "told_at": told_at, "how": how})
    return take(PETITION, case.with_facts(told=list(told)), "tell_urgent", event, by=by, on=on, rules=rules)


def report_urgent(case: Case, situation: str, measures: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """重大紧急信访事项报告: only when everybody whom the Regulation names was told (第二十五条)."""
    check(PETITION.step("report_urgent"), case, by)
    _is_urgent(case)
    missing = untold(case)
    if missing:
        named = "、".join(ADDRESSEES[each] for each in missing)
        raise RuleBroken(f"还没有登记向{named}报告、通报", law="第二十五条")
    event = UrgencyReported(
        level=str(case.facts["urgent"]), addressees=tuple(case.facts["told"]),
        text={"situation": situation, "measures": measures},
    )  # fmt: skip
    return take(PETITION, case, "report_urgent", event, by=by, on=on, rules=rules)


def take_measure(case: Case, measure: str, taken_on: date, *, by: Actor, on: date, rules: Rules) -> Change:
    """What was done within one's duties so that it does no harm or spreads no further (第二十五条)."""
    check(PETITION.step("take_measure"), case, by)
    _is_urgent(case)
    if not case.received_on <= taken_on <= on:
        said = f"日期应在{case.received_on.isoformat()}至今天之间"
        raise FieldsInvalid([FieldError("/taken_on", said, "out_of_range")])
    event = MeasureTaken(taken_on=taken_on, text={"measure": measure})
    return take(PETITION, case, "take_measure", event, by=by, on=on, rules=rules)


def end_urgency(case: Case, outcome: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """The danger is over; the matter itself goes on (第二十五条). Not before it was reported."""
    check(PETITION.step("end_urgency"), case, by)
    _is_urgent(case)
    if case.running("urgent_report") is not None:
        raise RuleBroken("重大紧急信访事项应当先报告，再解除", law="第二十五条")
    ended = case.with_facts(urgent="", told=[])
    event = UrgencyEnded(text={"outcome": outcome})
    return take(PETITION, ended, "end_urgency", event, by=by, on=on, rules=rules)


def untold(case: Case) -> tuple[str, ...]:
    """The addressees of the checklist who were not told yet."""
    told = case.facts.get("told", ())
    return tuple(each for each in OWED_TO[str(case.facts["urgent"])] if each not in told)


def _is_urgent(case: Case) -> None:
    if not case.facts.get("urgent"):
        raise RuleBroken("这件事项没有标为紧急", law="第二十五条")

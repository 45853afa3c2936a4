"""第三章 信访事项的提出和受理: one function per step, in the order of the Regulation.

Each says what must be true and what is recorded, then lets the engine take the step of the table.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.domain import handed_down, people, signals, tracks
from chalicelib.domain.case import INTAKE, LEAD, PETITIONER, Actor, Case, Change
from chalicelib.domain.endings import without_proposal
from chalicelib.domain.errors import (
    FieldError,
    FieldsInvalid,
    ObjectionTooLate,
    RuleBroken,
    TargetRefused,
)
from chalicelib.domain.events import (
    ForwardingObjected,
    ObjectionRejected,
    ObjectionUpheld,
    PetitionAccepted,
    PetitionAssigned,
    PetitionForwarded,
    PetitionRegistered,
)
from chalicelib.domain.intake import Contact, Filing
from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import NEW, Rules, check, take
from chalicelib.domain.tables.road import agency, may_be_handled_here
from chalicelib.domain.tables.routing import SENT_BACK_TWICE
from chalicelib.domain.values import replace

LONGEST_ASSIGNMENT = timedelta(days=366)
"""The Regulation names no number; a date further off is a slip of the keyboard."""


def register(
    case_id: str,
    filing: Filing,
    contact: Contact,
    office: Office,
    *,
    by: Actor,
    at: datetime,
    rules: Rules,
    person: str = "",
    known: Mapping[str, Any] | None = None,
    bureau: str = "",
    split_from: str = "",
) -> Change:
    """Register what came in, whoever it came to (第二十二条、第二十三条: 应当予以登记). Clocks count from the receipt.

    `person` is the keyed hash of the telephone: by it, and nothing else, the case knows its petitioner again;
    `known` those of the telephones of representatives and proxy, who act for him.
    `bureau` is the petition bureau of the area, which is told when anybody is late.
    """
    today = at.date()
    people.check(filing, contact)
    if not rules.calendar.first <= filing.received_on <= today:
        said = f"收到日期应在{rules.calendar.first.isoformat()}至今天之间"
        raise FieldsInvalid([FieldError("/received_on", said, "out_of_range")])
    handed_down.look_through(filing)
    direct = not office.is_bureau
    raised = signals.found(filing.title, filing.text, *filing.claims)
    case = Case(
        id=case_id,
        procedure=PETITION.name,
        stage=NEW,
        received_on=filing.received_on,
        registered_at=at,
        office=office.id,
        facts={
            "kind": filing.kind,
            "channel": filing.channel,
            "category": filing.category,
            "claims": len(filing.stated_claims()),
            "direct": direct,
            "notifiable": contact.is_notifiable,
            "person": person,
            "bureau": bureau or (office.id if office.is_bureau else ""),
            **people.facts(filing, contact),
            **({"known": dict(known)} if known else {}),
            **handed_down.facts(filing),
            **({"signals": list(raised)} if raised else {}),
        },
    ).with_desk(office.id, INTAKE)
    case = case.with_desk(office.id, LEAD)
    event = PetitionRegistered(
        channel=filing.channel,
        kind=filing.kind,
        office=office.id,
        received_on=filing.received_on,
        claims=len(filing.stated_claims()),
        assisted=by.role != PETITIONER,
        persons=case.facts.get("persons"),
        level_skipping=filing.level_skipping or None,
        representatives=len(contact.representatives) or None,
        signers=len(contact.joint_signers) or None,
        proxy=contact.proxy is not None or None,
        split_from=split_from or None,
        from_above=filing.from_above or None,
        above_due=filing.above_due,
        signals=raised or None,
        text={
            "title": filing.title,
            "text": filing.text,
            "claims": list(filing.stated_claims()),
            **{
                name: value
                for name, value in (
                    ("place", filing.place),
                    ("helper", filing.helper),
                    ("external_number", filing.external_number),
                )
                if value
            },
        },
    )
    days = handed_down.days(filing)
    change = take(PETITION, case, "register", event, by=by, on=today, since=filing.received_on, rules=rules, days=days)
    return Change(change.case, change.happened, (office.id,))


def forward(case: Case, to: str, note: str = "", *, tree: OfficeTree, by: Actor, on: date, rules: Rules) -> Change:
    """Forward to the unit that has the power to decide (第二十二条第一款第一、二项; a unit to its own subordinates,
    第二十三条第一款)."""
    event = PetitionForwarded(to=to, again=bool(case.facts.get("returned")), text=_said(note=note))
    return _handed(case, "forward", to, event, tree=tree, by=by, on=on, rules=rules)


def assign(
    case: Case, to: str, due: date, note: str = "", *, tree: OfficeTree, by: Actor, on: date, rules: Rules
) -> Change:
    """Hand over with a date by which the result is reported back (第二十二条第一款第三项: 指定办理期限)."""
    if not on < due <= on + LONGEST_ASSIGNMENT:
        raise FieldsInvalid([FieldError("/due", "指定的反馈日期应在今天之后、一年以内", "out_of_range")])
    event = PetitionAssigned(to=to, report_by=due, again=bool(case.facts.get("returned")), text=_said(note=note))
    days = {"report_back": (due - on).days}
    return _handed(case, "assign", to, event, tree=tree, by=by, on=on, rules=rules, days=days)


def _handed(
    case: Case,
    action: str,
    to: str,
    event: PetitionForwarded | PetitionAssigned,
    *,
    tree: OfficeTree,
    by: Actor,
    on: date,
    rules: Rules,
    days: dict[str, int] | None = None,
) -> Change:
    check(PETITION.step(action), case, by)
    may_be_sent(case, to, tree)
    _is_not_disputed(case, to)
    handed = without_proposal(case).with_desk(to, LEAD)
    handed = replace(handed, agency=to)
    change = take(PETITION, handed, action, event, by=by, on=on, rules=rules, days=days)
    return Change(change.case, change.happened, (to,))


def may_be_sent(case: Case, to: str, tree: OfficeTree) -> None:
    """Raise unless the target may receive it, is not the sender, and stands where the sender may send to."""
    office = may_handle(to, tree)
    if to == case.office or office.is_bureau:
        raise TargetRefused("不能转给本单位或者信访部门自己", fields=[FieldError("/to", "请选择有权处理的单位")])
    sender = tree.offices[case.office]
    if not sender.is_bureau and not tree.is_within(to, sender.id):
        raise TargetRefused(
            "只能转送、交办给本系统下级机关、单位",
            law="第二十三条第一款",
            fields=[FieldError("/to", "请选择下级单位；不属于本系统的，应告知信访人向有权处理的机关提出")],
        )


def may_handle(to: str, tree: OfficeTree) -> Office:
    """The office, if it exists, works, and handles petitions. Of an abolished one, its successor is named
    (第二十四条第二款). Raises TargetRefused."""
    office = tree.get(to)
    if office is not None and not office.active and (heir := tree.successor_of(to)) is not None:
        raise TargetRefused(
            f"{office.name}已经撤销或者合并，职权由{heir.name}继续行使，请转给{heir.name}",
            law="第二十四条第二款",
            fields=[FieldError("/to", f"请选择{heir.name}", "abolished")],
        )
    if office is None or not office.active or not office.handles_petitions:
        raise TargetRefused("没有这个单位，或者它不能接收信访事项", fields=[FieldError("/to", "请从单位名录中选择")])
    return office


def _is_not_disputed(case: Case, to: str) -> None:
    """What was sent back twice goes only to who agreed to take it; otherwise somebody above decides (第二十四条)."""
    if case.facts.get("bounces", 0) >= SENT_BACK_TWICE and to != case.facts.get("agreed"):
        raise TargetRefused(
            f"这件事已被退回{case.facts['bounces']}次，应当先由有关单位协商；协商不成的，提请共同的上一级机关裁定",
            law="第二十四条第一款",
            fields=[FieldError("/to", "请先登记协商结果，或者提请裁定", "disputed")],
        )


def object_to(
    case: Case, reason: str, suggested: str | None = None, *, tree: OfficeTree, by: Actor, on: date, rules: Rules
) -> Change:
    """Say within five working days that the matter is not ours, with detailed reasons (第二十三条第三款)."""
    check(PETITION.step("object"), case, by)
    if case.facts.get("designated"):
        raise RuleBroken("受理单位已经上级裁定，不能再提出异议", law="第二十四条第一款")
    if case.facts.get("agreed") == agency(case):
        raise RuleBroken("本单位已在协商中同意受理，不能再提出异议", law="第二十四条第一款")
    clock = case.clock("object")
    if clock is None or clock.ending in ("met", "moot"):
        raise RuleBroken("异议已经核实过，不能再次提出", law="第二十三条第三款")
    if clock.ending or clock.is_overdue(on):
        raise ObjectionTooLate(f"提出异议的期限已于{clock.due.isoformat()}届满", law="第二十三条第三款")
    if suggested is not None and tree.get(suggested) is None:
        raise FieldsInvalid([FieldError("/suggested", "没有这个单位，请从单位名录中选择")])
    event = ForwardingObjected(org=agency(case), suggested=suggested, text=_said(reason=reason))
    return take(PETITION, case, "object", event, by=by, on=on, rules=rules)


def uphold_objection(case: Case, note: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """Agree: the material comes back and the sender's own days go on where they stopped (第二十三条第三款)."""
    event = ObjectionUpheld(org=agency(case), text=_said(note=note))
    change = take(PETITION, case, "uphold_objection", event, by=by, on=on, rules=rules)
    back = change.case.without_desk(LEAD).with_desk(case.office, LEAD)
    back = back.with_facts(returned=True, bounces=int(case.facts.get("bounces", 0)) + 1)
    return Change(replace(back, agency=None), change.happened)


def reject_objection(case: Case, reason: str, *, by: Actor, on: date, rules: Rules) -> Change:
    """Do not agree: the unit's own days have gone on meanwhile (第二十三条第三款)."""
    event = ObjectionRejected(org=agency(case), text=_said(reason=reason))
    return take(PETITION, case, "reject_objection", event, by=by, on=on, rules=rules)


def accept(
    case: Case,
    track: str,
    undertaker: str,
    limit_days: int | None = None,
    basis: str = "",
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Tell the petitioner that the matter is received, and by which track and procedure (第二十三条、第三十一条).

    `limit_days` and `basis` are the days that the law of the field sets for a duty, and that law.
    """
    check(PETITION.step("accept"), case, by)
    if not may_be_handled_here(case):
        raise RuleBroken("申诉求决类事项应当转送、交办有权处理的机关、单位", law="第二十二条第一款")
    tracks.goes_with(track, case.facts["kind"])
    days = tracks.named_days(case, track, limit_days, basis, rules)
    first = case.facts.get("first_handler") or {"org": agency(case), "user": by.user, "on": on.isoformat()}
    tracked = case.with_facts(track=track, accepted_on=on.isoformat(), first_handler=first)
    event = PetitionAccepted(org=agency(case), track=track, text=_said(undertaker=undertaker, basis=basis))
    since = tracks.begins(tracked)
    return take(PETITION, tracked, "accept", event, by=by, on=on, since=since, rules=rules, days=days)


def _said(**parts: str) -> dict[str, str]:
    return {name: value for name, value in parts.items() if value}

"""检举控告 (第三十条; 第二十二条第二款): one function per step. Everything said in a report is sealed.

The invariant: at every moment one body has a report, and neither it nor anything above it is accused. `accused` is
held in the open by nobody but the sealed part of the case.
"""

from collections.abc import Iterable
from datetime import date, datetime

from chalicelib.domain import recusal
from chalicelib.domain.case import LEAD, REPORT, Actor, Case, Change
from chalicelib.domain.errors import FieldError, FieldsInvalid, RuleBroken, TakenInElsewhere, TargetRefused
from chalicelib.domain.events.report import (
    AccusedNamed,
    OrganisationDepartmentTold,
    ReportClosed,
    ReportRegistered,
    ReportTransferred,
)
from chalicelib.domain.intake import WEB
from chalicelib.domain.offices import DISCIPLINE, Office, OfficeTree
from chalicelib.domain.procedure import NEW, Procedure, Rules, check, take
from chalicelib.domain.tables import report as table
from chalicelib.domain.tables.report import CLOSED, HANDED_OVER, RECEIVED, STAGES, holder
from chalicelib.domain.values import replace, value

PROCEDURE = Procedure(
    name=REPORT, label="检举控告", steps=table.STEPS, automatic=(), stages=tuple(STAGES), ends=table.ENDS
)
AUTHORITIES = {"city": "市管干部", "county": "县管干部", "unit": "其他人员"}
"""管理权限: by which the body competent is chosen (第二十二条第二款)."""
OUTCOMES = {"talk": "谈话函询", "verify": "初步核实", "shelve": "暂存待查", "conclude": "予以了结"}
"""The four ways in which discipline organs deal with a lead."""
LEVELS_BEFORE = "省市县区校"
HOTLINE = "12388"
"""The discipline organs' own telephone, the same in the whole country."""


@value
class Report:
    """What is reported, and about whom: offices by id, people by their names and posts."""

    title: str
    text: str
    offices: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    channel: str = WEB
    documents: str = ""
    """What came with it on paper, so that nothing of it is lost on the way."""

    def accused(self) -> tuple[str, ...]:
        """Whoever may never receive it."""
        return tuple(dict.fromkeys((*self.offices, *map(recusal.accused_name, self.people))))


def intake(
    tree: OfficeTree, bureau: str, accused: Iterable[str], staff_of_bureau: Iterable[str] = (), *, taken_in_by: str = ""
) -> Office:
    """Who takes a report in: the bureau, or the discipline organ at once when the bureau or one of its staff is
    accused (第三十条第三款). What a discipline organ takes in itself stays there: it handles it (第三十条第一款).
    `staff_of_bureau` are names. Raises TargetRefused when nobody here may have it."""
    named = tuple(accused)
    taker = tree.get(taken_in_by)
    if taker is not None and taker.kind == DISCIPLINE and _is_free(taker, tree, named):
        return taker
    is_free = _is_free(tree.offices[bureau], tree, named)
    is_free = is_free and not any(recusal.is_named(named, name) for name in staff_of_bureau)
    office = tree.offices[bureau] if is_free else competent(tree, named)
    if office is None or office.kind == "external":
        raise TargetRefused("本级没有可以接收这件检举控告的机关，请向上一级纪检监察机关提出", law="第三十条第三款")
    return office


def may_take_in(
    tree: OfficeTree,
    org: str,
    bureau: str,
    accused: Iterable[str],
    staff: Iterable[str],
    staff_of_bureau: Iterable[str],
) -> None:
    """Raise TakenInElsewhere when who would write the report down works for, or below, whom it is about.

    不得将信访人的检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位。-- 第三十条第三款
    Nobody is turned away for it: the message says where the reporter is heard. `staff` are the names of all who work
    for `org`, himself among them.
    """
    named = tuple(accused)
    # The name of the area's government is part of every office's: only the offices below it are looked for.
    path = [tree.offices[each] for each in tree.path(org)]
    near = [office for office in path if office.kind != "government"]
    is_free = _is_free(path[0], tree, named) and not any(recusal.is_named(named, name) for name in staff)
    called = any(_is_called(named, each) or recusal.is_named(named, each.short.removesuffix("政府")) for each in near)
    if is_free and not called:
        return
    organ, own = competent(tree, named), tree.offices[bureau]
    is_bureau_free = _is_free(own, tree, named) and not any(recusal.is_named(named, name) for name in staff_of_bureau)
    heard_by = [office for office in (organ, own if is_bureau_free and org != bureau else None) if office]
    where = "、".join(each.name + (f"（电话{each.phone}）" if each.phone else "") for each in heard_by)
    raise TakenInElsewhere(
        "检举的是本单位、上级单位或者其中的人员，不能由本单位登记，也不得留存、传阅或者向任何人提起。不要拒绝检举人："
        f"请告诉他可以拨打{HOTLINE}，或者到{where or '上一级纪检监察机关'}提出；"
        "来信的原件当天密封，转交纪检监察机关",
        law="第三十条第三款",
        fields=[FieldError("/accused", "不能由本单位登记，请按上面的说明办理", "taken_in_elsewhere")],
    )


def competent(tree: OfficeTree, accused: Iterable[str]) -> Office | None:
    """The nearest discipline organ that is not accused: this tenant's, else the one it stands under."""
    named = tuple(accused)
    own = [office for office in tree.offices.values() if office.kind == DISCIPLINE and office.active]
    above = [tree.offices[office.parent] for office in own if office.parent]
    return next((office for office in (*own, *above) if _is_free(office, tree, named)), None)


def register_report(
    case_id: str,
    report: Report,
    office: Office,
    *,
    named: bool,
    verified: bool = False,
    received_on: date | None = None,
    by: Actor,
    at: datetime,
    rules: Rules,
) -> Change:
    """Take a report in, named or anonymous, without asking whether it is true (第三十条第一款). Clocks count from the
    receipt, which for a letter may be before today.

    Who wrote it down for the reporter stands in the open by post and office alone; his account is sealed.
    """
    on = at.date()
    received = received_on or on
    wrong = []
    if not report.accused():
        wrong.append(FieldError("/accused", "请写明被检举的单位或者人员，至少一个", "missing"))
    if not rules.calendar.first <= received <= on:
        said = f"收到日期应在{rules.calendar.first.isoformat()}至今天之间"
        wrong.append(FieldError("/received_on", said, "out_of_range"))
    if wrong:
        raise FieldsInvalid(wrong)
    case = Case(
        id=case_id,
        procedure=REPORT,
        stage=NEW,
        received_on=received,
        registered_at=at,
        office=office.id,
        facts={"direct": not office.is_bureau},
        accused=report.accused(),
    ).with_desk(office.id, LEAD)
    event = ReportRegistered(
        office=office.id,
        received_on=received,
        named=named,
        verified=verified,
        text={
            "title": report.title,
            "text": report.text,
            "offices": list(report.offices),
            "people": list(report.people),
            **({"channel": report.channel} if report.channel != WEB else {}),
            **({"documents": report.documents} if report.documents else {}),
            **({"taken_in_by": by.user} if by.user else {}),
        },
    )
    post = replace(by, user=None)
    change = take(PROCEDURE, case, "register_report", event, by=post, on=on, since=received, rules=rules)
    return Change(change.case, change.happened, (office.id,))


def transfer_report(
    case: Case, to: str, authority: str, note: str = "", *, tree: OfficeTree, by: Actor, on: date, rules: Rules
) -> Change:
    """Hand a report over to the body competent for the accused by cadre-management authority (第二十二条第二款).

    Whoever handed it over has no desk in it any more: what need not be known is not known.
    """
    check(PROCEDURE.step("transfer_report"), case, by)
    office = tree.get(to)
    if office is None or not office.active or office.kind in ("joint_meeting", "bureau"):
        raise TargetRefused("没有这个单位，或者它不受理检举控告", fields=[FieldError("/to", "请选择有权处理的机关")])
    if to == holder(case):
        raise TargetRefused("这件检举控告已经在本单位", fields=[FieldError("/to", "请选择有权处理的机关")])
    if not recusal.permits(case.accused, tree.path(to)):
        raise TargetRefused(
            "不得转给被检举、揭发的人员或者单位",
            law="第三十条第三款",
            fields=[FieldError("/to", "该单位是被检举的单位，或者由被检举的单位管理")],
        )
    text = {"authority": authority, **({"note": note} if note else {})}
    event = ReportTransferred(to=to, text=text)
    change = take(PROCEDURE, case, "transfer_report", event, by=by, on=on, rules=rules)
    return Change(_held_by(change.case, to), change.happened, (to,))


def name_accused(
    case: Case,
    offices: tuple[str, ...],
    users: tuple[str, ...],
    people: tuple[str, ...],
    note: str = "",
    *,
    tree: OfficeTree,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Add whom else a report is about; a body that turns out to be accused loses it at once (第三十条第三款)."""
    check(PROCEDURE.step("name_accused"), case, by)
    unknown = [
        FieldError(f"/offices/{place}", "没有这个单位，请从单位名录中选择", "not_a_choice")
        for place, each in enumerate(offices)
        if tree.get(each) is None
    ]
    if unknown:
        raise FieldsInvalid(unknown)
    added = [*offices, *map(recusal.accused_user, users), *map(recusal.accused_name, people)]
    if not set(added) - set(case.accused):
        raise FieldsInvalid([FieldError("/offices", "请写明尚未列入的被检举单位或者人员", "missing")])
    accused = tuple(dict.fromkeys((*case.accused, *added)))
    moved_to = None
    if not _is_free(tree.offices[holder(case)], tree, accused):
        office = competent(tree, accused)
        if office is None:
            raise RuleBroken("没有可以接管这件检举控告的机关，请先移送上级纪检监察机关", law="第二十二条第二款")
        moved_to = office.id
    event = AccusedNamed(
        to=moved_to,
        text={
            "offices": list(offices),
            "users": list(users),
            "people": list(people),
            **({"note": note} if note else {}),
        },
    )
    change = take(PROCEDURE, replace(case, accused=accused), "name_accused", event, by=by, on=on, rules=rules)
    left = _without_its_clocks(_held_by(change.case, moved_to), on) if moved_to else change.case
    return Change(left, change.happened, (holder(left),))


def tell_organisation_department(
    case: Case, note: str, major: bool = False, *, by: Actor, on: date, rules: Rules
) -> Change:
    """Record that the organisation department was told of a cadre's case, and of a major one the Party committee's
    principal (第三十条第二款). What was told goes its own way; the department gets no desk."""
    event = OrganisationDepartmentTold(text={"note": note, "major": "是" if major else "否"})
    return take(PROCEDURE, case, "tell_organisation_department", event, by=by, on=on, rules=rules)


def close_report(case: Case, outcome: str, note: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """Record how the body competent dealt with it (第三十条第一款: 依规依纪依法接收、受理、办理和反馈)."""
    event = ReportClosed(text={"outcome": outcome, **({"note": note} if note else {})})
    return take(PROCEDURE, case, "close_report", event, by=by, on=on, rules=rules)


def shown_stage(case: Case) -> tuple[str, str]:
    """All that somebody with number and query code is told: 已收到, or that another body has it by now."""
    stage = HANDED_OVER if case.agency or case.stage == HANDED_OVER else RECEIVED
    return stage, STAGES[stage]


def _is_free(office: Office, tree: OfficeTree, accused: tuple[str, ...]) -> bool:
    """Neither it nor what stands above it is accused, and nobody is who is called by its name (“县信访局局长”)."""
    return recusal.permits(accused, tree.path(office.id)) and not _is_called(accused, office)


def _is_called(accused: tuple[str, ...], office: Office) -> bool:
    """By its name or its short one, with or without the level before it: people write 信访局局长 and mean 县信访局."""
    short = office.short[1:] if len(office.short) > 3 and office.short[0] in LEVELS_BEFORE else office.short
    return recusal.is_named(accused, office.name) or recusal.is_named(accused, short)


def _held_by(case: Case, org: str) -> Case:
    """The case in the hands of this body alone."""
    return replace(case, desks=(), agency=org).with_desk(org, LEAD)


def _without_its_clocks(case: Case, on: date) -> Case:
    """Nobody owes what was to be done by a body that may not know of it."""
    clocks = tuple(clock.end(on, "moot") if clock.is_running else clock for clock in case.clocks)
    return replace(case, clocks=clocks)


__all__ = [
    "AUTHORITIES",
    "CLOSED",
    "HANDED_OVER",
    "OUTCOMES",
    "PROCEDURE",
    "RECEIVED",
    "Report",
    "close_report",
    "competent",
    "intake",
    "may_take_in",
    "name_accused",
    "register_report",
    "shown_stage",
    "tell_organisation_department",
    "transfer_report",
]

"""督查检查 (第三十八条至第四十条): lists of problems for one unit, checks with a sample, appraisals, receptions.

Each function says what must be true and what is recorded, then lets the engine take the step of the table.
The invariant: a task is about one unit, and nobody but that unit and who opened it is told of it (点对点通报).
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.domain.case import ANSWERING, LEAD, Actor, Case, Change
from chalicelib.domain.case import INSPECTION as NAME
from chalicelib.domain.check_sheet import Sheet
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotYourStep, RuleBroken, TargetRefused
from chalicelib.domain.events.inspection import (
    InspectionAnswered,
    InspectionClosed,
    InspectionOpened,
    InspectionRechecked,
    InspectionSigned,
    ReceptionRecorded,
    SampleScored,
    VotesRecorded,
)
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import NEW, Rules, check, take
from chalicelib.domain.tables.inspection import APPRAISAL, INSPECTION, RECEPTION, asks_answer
from chalicelib.domain.values import value

PROBLEM_LIST, FIELD, SELF_CHECK, RANDOM_CHECK = "problem_list", "field", "self_check", "random_check"
JOINT_CHECK, TRACE, MEDIA = "joint_check", "trace", "media"
KINDS: Mapping[str, tuple[str, str]] = {
    PROBLEM_LIST: ("问题清单（点对点通报）", "第三十八条第二款"),
    FIELD: ("实地督查", "第三十八条第二款"),
    SELF_CHECK: ("自查", "第三十八条第一款"),
    RANDOM_CHECK: ("抽查", "第三十八条第一款"),
    JOINT_CHECK: ("联查", "第三十八条第二款"),
    TRACE: ("责任倒查", "第四十条第三款"),
    MEDIA: ("媒体曝光", "第四十条第一款"),
    APPRAISAL: ("民主评议", "第三十九条第一款"),
    RECEPTION: ("领导接访", "第十八条第二款"),
}
SAMPLED = (RANDOM_CHECK, JOINT_CHECK, TRACE)
"""Of these, closed cases of the unit are drawn and scored."""
LISTED = (PROBLEM_LIST, FIELD, MEDIA)
"""These say at once what has to be put right."""
WITHOUT_UNIT = (RECEPTION,)
"""A reception is of a leader, not of a unit."""
NEVER_LISTED = (*WITHOUT_UNIT, APPRAISAL)
"""These say nothing that a unit has to put right."""
LONGEST = timedelta(days=366)
"""No article names a number; a date further off is a slip of the keyboard."""


@value
class Task:
    """What is opened: which kind, about which unit, what has to be put right by when, and what was drawn for it."""

    kind: str
    title: str
    org: str | None = None
    items: tuple[str, ...] = ()
    due: date | None = None
    note: str = ""
    sheets: Mapping[str, Sheet] = field(default_factory=dict)


def asked_of(kind: str) -> dict[str, bool]:
    """What may be said of a task of this kind when it is opened, beside its title; True: it has to be."""
    unit = {} if kind in WITHOUT_UNIT else {"org": True}
    listed = {} if kind in NEVER_LISTED else {"items": kind in LISTED, "due": kind in LISTED}
    return unit | listed | ({"sample_size": True} if kind in SAMPLED else {})


def open_inspection(number: str, task: Task, *, tree: OfficeTree, by: Actor, at: datetime, rules: Rules) -> Change:
    """Open a task and tell the unit, and nobody else, what it has to put right (第三十八条第二款)."""
    on, office = at.date(), str(by.org)
    _complete(task, on)
    if task.org is not None:
        may_be_inspected(task.org, by, tree)
    facts: dict[str, Any] = {
        "kind": task.kind,
        "items": len(task.items),
        "open": list(range(1, len(task.items) + 1)),
        "bureau": office,
        **({"org": task.org} if task.org else {}),
        **({"due": task.due.isoformat()} if task.due else {}),
        **({"sampled": list(task.sheets), "checked": []} if task.sheets else {}),
    }
    case = Case(
        id=number, procedure=NAME, stage=NEW, received_on=on, registered_at=at, office=office, facts=facts
    ).with_desk_beside(office, LEAD)
    if task.org:
        case = case.with_desk_beside(task.org, ANSWERING)
    event = InspectionOpened(
        task=task.kind,
        org=task.org,
        asked=len(task.items),
        sampled=len(task.sheets),
        due=task.due,
        text={
            "title": task.title,
            "items": list(task.items),
            "note": task.note,
            "sheets": {number: sheet.text() for number, sheet in task.sheets.items()},
        },
    )
    days = {"rectify": (task.due - on).days} if task.due else {}
    change = take(INSPECTION, case, "open_inspection", event, by=by, on=on, rules=rules, days=days)
    return Change(change.case, change.happened, tuple(dict.fromkeys((office, task.org or office))))


def may_be_inspected(org: str, by: Actor, tree: OfficeTree) -> None:
    """Raise TargetRefused unless this is an office that works, in the area of who opens the task."""
    office = tree.get(org)
    if office is None or not office.active or not office.handles_petitions:
        fields = [FieldError("/org", "请从单位名录中选择本地区的单位", "not_a_choice")]
        raise TargetRefused("没有这个单位，或者它不办理信访事项", fields=fields)
    if not tree.is_within(org, tree.area_of(str(by.org))):
        fields = [FieldError("/org", "请选择本地区的单位", "not_a_choice")]
        raise TargetRefused("只能检查本地区的单位", law="第三十八条第二款", fields=fields)


def sign_for(case: Case, *, by: Actor, on: date, rules: Rules) -> Change:
    """The unit says that it has the task, once (第三十八条第二款)."""
    check(INSPECTION.step("sign_for"), case, by)
    if "signed_on" in case.facts:
        raise RuleBroken(f"已于{case.facts['signed_on']}签收，不用再签", law="第三十八条第二款")
    event = InspectionSigned(org=case.facts["org"])
    return take(INSPECTION, _signed(case, on), "sign_for", event, by=by, on=on, rules=rules)


def answer_inspection(
    case: Case, answers: Sequence[str], responsible: Sequence[str], *, by: Actor, on: date, rules: Rules
) -> Change:
    """Answer item by item what was put right and who is responsible (第四十条第一款). The first answer is a receipt."""
    check(INSPECTION.step("answer_inspection"), case, by)
    if not asks_answer(case):
        raise RuleBroken("这项检查没有需要反馈的问题", law="第四十条第一款")
    items = tuple(case.facts["open"])
    told = "、".join(map(str, items))
    wrong = [
        FieldError(pointer, f"请按顺序逐项填写第{told}项，共{len(items)}项，填写了{len(given)}项", "incomplete")
        for pointer, given in (("/answers", answers), ("/responsible", responsible))
        if len(given) != len(items)
    ]
    if wrong:
        raise FieldsInvalid(wrong)
    said = [
        {"item": item, "text": text, "responsible": who}
        for item, text, who in zip(items, answers, responsible, strict=True)
    ]
    answered = _signed(case, on).with_facts(answered_by=by.user or "")
    event = InspectionAnswered(org=case.facts["org"], items=items, text={"answers": said})
    return take(INSPECTION, answered, "answer_inspection", event, by=by, on=on, rules=rules)


def recheck(
    case: Case, failed: Sequence[int], note: str, due: date | None = None, *, by: Actor, on: date, rules: Rules
) -> Change:
    """Look item by item whether it is put right; what is not goes back with a new date (第四十条第一款)."""
    check(INSPECTION.step("recheck"), case, by)
    if by.user and by.user == case.facts.get("answered_by"):
        raise NotYourStep("反馈由另一人复查，不能自己复查自己的反馈", law="第四十条第一款")
    items, back = tuple(case.facts["open"]), tuple(sorted(set(failed)))
    unknown = [each for each in back if each not in items]
    if unknown:
        said = f"这次反馈的是第{'、'.join(map(str, items))}项，没有第{'、'.join(map(str, unknown))}项"
        raise FieldsInvalid([FieldError("/failed", said, "not_a_choice")])
    if back and due is None:
        raise FieldsInvalid([FieldError("/due", "还有没整改到位的，请重新指定反馈日期", "missing")])
    new_due = due if back else None
    if new_due is not None:
        _dated(new_due, on)
    judged = case.with_facts(open=list(back), **({"due": new_due.isoformat()} if new_due else {}))
    event = InspectionRechecked(
        org=case.facts["org"],
        passed=tuple(each for each in items if each not in back),
        failed=back,
        due=new_due,
        text={"note": note},
    )
    days = {"rectify": (new_due - on).days} if new_due else {}
    return take(INSPECTION, judged, "recheck", event, by=by, on=on, rules=rules, days=days)


def score_sample(
    case: Case,
    number: str,
    sheet: Sheet | None,
    line: str | None = None,
    points: int | None = None,
    reason: str = "",
    remark: str = "",
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Go through the sheet of one sampled case, and correct a line with a reason (第三十八条第二款)."""
    check(INSPECTION.step("score_sample"), case, by)
    if number not in case.facts.get("sampled", ()) or sheet is None:
        raise FieldsInvalid([FieldError("/number", "这件事项不在抽取的样本中", "not_a_choice")])
    if line is not None:
        if points is None:
            raise FieldsInvalid([FieldError("/points", "改分的，请填写得分", "missing")])
        sheet = sheet.corrected(line, points, reason)
    checked = tuple(dict.fromkeys((*case.facts["checked"], number)))
    event = SampleScored(
        scored=number,
        points=sheet.points,
        full=sheet.full,
        text={"sheet": number, "lines": sheet.text(), "note": remark},
    )
    return take(INSPECTION, case.with_facts(checked=list(checked)), "score_sample", event, by=by, on=on, rules=rules)


def record_votes(
    case: Case,
    participants: int,
    satisfied: int,
    basically: int,
    not_satisfied: int,
    note: str = "",
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Record how a unit was appraised by those who took part (民主评议; 第三十九条第一款). Who does not vote counts."""
    check(INSPECTION.step("record_votes"), case, by)
    if case.facts["kind"] != APPRAISAL:
        raise RuleBroken("只有民主评议可以登记评议结果", law="第三十九条第一款")
    if "voted" in case.facts:
        raise RuleBroken("评议结果已经登记，不能改写", law="第三十九条第一款")
    if satisfied + basically + not_satisfied > participants:
        raise FieldsInvalid([FieldError("/participants", "各项票数之和超过了参加人数", "out_of_range")])
    votes = [participants, satisfied, basically, not_satisfied]
    event = VotesRecorded(
        participants=participants,
        votes_satisfied=satisfied,
        votes_basically=basically,
        votes_not_satisfied=not_satisfied,
        text={"note": note},
    )
    return take(INSPECTION, case.with_facts(voted=votes), "record_votes", event, by=by, on=on, rules=rules)


def record_reception(
    case: Case,
    leader: str,
    visitors: int,
    numbers: Sequence[str] = (),
    note: str = "",
    *,
    by: Actor,
    on: date,
    rules: Rules,
) -> Change:
    """Record whom a leader received, and which matters came of it (第十八条第二款: 定期接待群众来访)."""
    check(INSPECTION.step("record_reception"), case, by)
    if case.facts["kind"] != RECEPTION:
        raise RuleBroken("只有领导接访可以登记接访记录", law="第十八条第二款")
    event = ReceptionRecorded(
        leader=leader, visitors=visitors, numbers=tuple(dict.fromkeys(numbers)), text={"note": note}
    )
    received = case.with_facts(receptions=int(case.facts.get("receptions", 0)) + 1)
    return take(INSPECTION, received, "record_reception", event, by=by, on=on, rules=rules)


def close_inspection(case: Case, note: str = "", *, by: Actor, on: date, rules: Rules) -> Change:
    """End what no unit has to answer, once all that belongs to it is recorded (第三十八条第二款)."""
    check(INSPECTION.step("close_inspection"), case, by)
    missing = _missing(case)
    if missing:
        raise RuleBroken(missing, law="第三十八条第二款")
    return take(INSPECTION, case, "close_inspection", InspectionClosed(text={"note": note}), by=by, on=on, rules=rules)


def sheets(texts: Mapping[int, Mapping[str, Any]]) -> dict[str, Sheet]:
    """The sheet of every sampled case as it stands: as it was computed, or as a person saw it last."""
    found: dict[str, Sheet] = {}
    for _seq, text in sorted(texts.items()):
        found |= {number: Sheet.of(lines) for number, lines in text.get("sheets", {}).items()}
        if "sheet" in text:
            found[text["sheet"]] = Sheet.of(text["lines"])
    return found


def _complete(task: Task, on: date) -> None:
    """Everything that has to be mended of a new task, at once. Raises FieldsInvalid."""
    wrong = []
    if task.org is None and task.kind not in WITHOUT_UNIT:
        wrong.append(FieldError("/org", "请选择被检查的单位", "missing"))
    if task.org is not None and task.kind in WITHOUT_UNIT:
        wrong.append(FieldError("/org", "领导接访不针对某个单位，不用选", "not_needed"))
    if not task.items and task.kind in LISTED:
        wrong.append(FieldError("/items", "请逐项写明问题，至少一项", "missing"))
    if task.items and task.kind in NEVER_LISTED:
        wrong.append(FieldError("/items", "这一类没有需要单位反馈的问题", "not_needed"))
    if task.items and task.due is None:
        wrong.append(FieldError("/due", "有需要反馈的问题，请指定反馈日期", "missing"))
    if task.due is not None and not task.items:
        wrong.append(FieldError("/due", "没有需要反馈的问题，不用填写日期", "not_needed"))
    if wrong:
        raise FieldsInvalid(wrong)
    if task.due is not None:
        _dated(task.due, on)


def _dated(due: date, on: date) -> None:
    """A date from tomorrow on, within a year. Raises FieldsInvalid."""
    if not on < due <= on + LONGEST:
        raise FieldsInvalid([FieldError("/due", "反馈日期应在明天至一年以内", "out_of_range")])


def _signed(case: Case, on: date) -> Case:
    return case if "signed_on" in case.facts else case.with_facts(signed_on=on.isoformat())


def _missing(case: Case) -> str:
    """What is still to be done before the end; empty when nothing is."""
    if asks_answer(case):
        return "还有需要单位反馈的问题，反馈并复查通过后自动办结"
    if case.facts["kind"] == APPRAISAL and "voted" not in case.facts:
        return "还没有登记评议结果"
    if case.facts["kind"] == RECEPTION and not case.facts.get("receptions"):
        return "还没有登记接访记录"
    left = len(set(case.facts.get("sampled", ())) - set(case.facts.get("checked", ())))
    return f"抽取的事项还有{left}件没有逐件核对评分" if left else ""

"""The document, chapter by chapter: stages, steps, what time does by itself, limits, closed lists, notices."""

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from typing import Any, get_type_hints

from chalicelib.domain import case as posts
from chalicelib.domain import check_sheet, intake, limits, simplicity
from chalicelib.domain import inspection as inspections
from chalicelib.domain.case import Case
from chalicelib.domain.events import ClockOverdue, ClockReminded, Event, HandlingExtended
from chalicelib.domain.events.passing import ClockStillOverdue
from chalicelib.domain.limits import TimeLimit
from chalicelib.domain.limits.base import LADDER, LINES_UNTIL
from chalicelib.domain.owed import OWED, Silent, owed
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import BACK, NEW, STAY, Starts, Step
from chalicelib.domain.stages import STAGES
from chalicelib.domain.tables.inspection import INSPECTION
from chalicelib.domain.tables.inspection import STAGES as INSPECTION_STAGES
from chalicelib.domain.workdays import Calendar
from chalicelib.notices import wording
from infra.procedures.words import (
    CHANNELS,
    CHAPTERS,
    DESKS,
    HEAD,
    INSPECTIONS,
    INSPECTIONS_WHEN,
    PARTIES,
    POSTS,
    SAMPLE,
    SPELLED,
    VARIANTS,
    WHEN,
)


def document() -> str:
    """The whole document."""
    return (
        "\n".join(
            [HEAD, *_overview(), *_chapters(), *_by_itself(), *_limits(), *_lists(), *_notices(), *_inspections()]
        )
        + "\n"
    )


def _overview() -> Iterator[str]:
    yield "## 一、阶段\n"
    yield "```mermaid\nstateDiagram-v2"
    for stage in PETITION.stages:
        label = STAGES[stage]
        yield f'    state "{label}" as {stage}'
    for step in PETITION.steps:
        for stage in step.frm:
            for to in _targets(step, stage):
                yield f"    {stage or '[*]'} --> {to}: {step.label}"
    for move in PETITION.automatic:
        for stage in move.frm:
            yield f"    {stage} --> {move.to}: {WHEN[move.when]}"
    for stage in PETITION.ends:
        yield f"    {stage} --> [*]"
    yield "```\n"


def _targets(step: Step, stage: str) -> tuple[str, ...]:
    """A step that stays is no arrow; one that goes back has as many as there are ways in."""
    if step.to == STAY:
        return ()
    if step.to != BACK:
        return (step.to,)
    return tuple(frm for other in PETITION.steps if other.to == stage for frm in other.frm)


def _chapters() -> Iterator[str]:
    yield "## 二、步骤\n"
    number = 0
    for chapter, said in CHAPTERS.items():
        yield f"### {chapter}\n"
        for step in PETITION.steps:
            if step.action in said:
                number += 1
                yield f"**{number}．{step.label}**（{step.law}）　{said[step.action]}\n"
                yield from _facts(step)


def _facts(step: Step) -> Iterator[str]:
    yield f"- 由谁办：{_who(step)}"
    if step.frm != (NEW,):
        yield f"- 办理以前：{_before(step)}"
    yield f"- 办理以后：{_to(step)}"
    stopped = [limits.PETITION[name].label for name in (*step.meets, *step.drops)]
    if stopped:
        yield f"- 停止计时：{_quoted(stopped)}" + ("，以正在计时的为限" if len(stopped) > 1 else "")
    for start in step.starts:
        yield f"- 开始计时：{_started(start)}"
    if step.resumes:
        yield f"- 接着计时：{_quoted([limits.PETITION[name].label for name in step.resumes])}，以原来计时的为限"
    if step.emits is HandlingExtended:
        yield f"- 重新计算：{_quoted([limits.HANDLE.label])}"
    yield f"- 告知：{_told(step.emits)}\n"


def _before(step: Step) -> str:
    if set(step.frm) >= set(PETITION.stages):
        return "任何阶段"
    return "或者".join(f"“{STAGES[stage]}”" for stage in step.frm if stage in PETITION.stages)


def _who(step: Step) -> str:
    """Whoever may take it. Where it belongs to a desk, a bureau takes it when the desk is the bureau's own."""
    if step.by == (posts.LAW,):
        return "无须办理，期限届满时自行发生"
    if step.desk is None:
        return "、".join(POSTS[role] for role in step.by)
    of_unit = "、".join(POSTS[role] for role in step.by if role != posts.BUREAU)
    bureau = f"；{DESKS[step.desk]}是信访部门的，由{POSTS[posts.BUREAU]}办" if posts.BUREAU in step.by else ""
    return f"{DESKS[step.desk]}的{of_unit}{bureau}"


def _to(step: Step) -> str:
    if step.to == STAY:
        return "阶段不变"
    return "回到提出异议以前的阶段" if step.to == BACK else f"“{STAGES[step.to]}”"


def _started(start: Starts) -> str:
    limit = limits.PETITION[start.limit]
    when = "" if start.when is None else (WHEN.get(start.when) or f"{start.when.__doc__}的") + "，"
    return f"{when}{_quoted([limit.label])}，{_length(limit)}，由{_owner(limit)}（{limit.law}）"


def _owner(limit: TimeLimit) -> str:
    """Whose limit it is; what runs out by itself is a right, everything else a duty."""
    start = next(start for step in PETITION.steps for start in step.starts if start.limit == limit.name)
    owner = _party(start.owed_by(SAMPLE)) if start.owed_by else _whose_duty(limit)
    return f"{owner}{'行使' if limit.then else '负责'}"


def _whose_duty(limit: TimeLimit) -> str:
    """Where each duty has its clock, it is owed by whoever can meet it."""
    desks = (DESKS[step.desk] for step in PETITION.steps if limit.name in step.meets and step.desk)
    return next(desks, "承担这项责任的单位")


def _length(limit: TimeLimit) -> str:
    if limit.number is None:
        return "天数逐件确定（见说明）"
    return f"{limit.number}{_unit(limit)}"


def _unit(limit: TimeLimit) -> str:
    return "日" if limit.unit == "days" else "个工作日"


def _quoted(labels: Iterable[str]) -> str:
    return "、".join(f"“{label}”" for label in labels)


def _told(kind: type[Event]) -> str:
    """Whom an event owes a notice, over which channel and by which text, case by case."""
    rule = OWED[kind]
    if isinstance(rule, Silent):
        return f"不另行告知（{rule.why}）"
    said = []
    for condition, case, event in _variants(kind):
        notices = [
            f"{CHANNELS[notice.channel]}告知{_party(notice.recipient)}（{'、'.join(notice.texts)}）"
            for notice in owed(case, event)
        ]
        if notices or condition:
            said.append(f"{condition}{'，' if condition else ''}{'，'.join(notices) or '不另行告知'}")
    return "；".join(said)


def _variants(kind: type[Event]) -> Iterator[tuple[str, Case, Event]]:
    for condition, facts, changes in VARIANTS.get(kind, (("", {}, {}),)):
        yield condition, SAMPLE.with_facts(**facts), _event(kind, **changes)


def _event(kind: type[Event], **changes: Any) -> Event:
    """An event of this kind, with something in every field that it needs."""
    some = {
        **{str: "agency", int: 1, bool: False, tuple[str, ...]: (), tuple[int, ...]: ()},
        **{date: SAMPLE.received_on, datetime: SAMPLE.registered_at},
    }
    hints = get_type_hints(kind)
    needed = {each.name: some[hints[each.name]] for each in fields(kind) if _is_needed(each)}
    return kind(**needed | changes)


def _is_needed(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _party(owner: str) -> str:
    kind, _, org = owner.rpartition(":")
    return PARTIES[org] + {"head": "负责人", "leader": "所在地的领导", "supervisor": "所在地的督查人员"}.get(kind, "")


def _by_itself() -> Iterator[str]:
    yield "## 三、到时自行发生的事\n"
    yield (
        "- **临期提醒**　到期前若干日（见下表）的上午8时，提醒期限所属的一方；错过的几次并作一次。"
        f"{_told(ClockReminded)}。"
    )
    yield (
        "- **超期**　到期日当天办完仍为按期，次日零时起为超期。记明发现的时间，"
        f"满{'天、满'.join(str(days) for days in LADDER[1:])}天仍未办的，再逐级告知；"
        f"超期不免除办理的责任。{_told(ClockOverdue)}。"
    )
    yield (
        f"- **每天一行**　超期以后的每个工作日上午8时，再告知一次期限所属的单位，只进站内消息，不发短信，信访人看不到；"
        f"超期满{LINES_UNTIL}天以后改为每周一次。{_told(ClockStillOverdue)}。"
    )
    for move in PETITION.automatic:
        stages = "或者".join(f"“{STAGES[stage]}”" for stage in move.frm if stage in PETITION.stages)
        yield f"- **{move.emits.label}**　{stages}的事项，{WHEN[move.when]}的，自行转为“{STAGES[move.to]}”。"
    yield ""


def _limits() -> Iterator[str]:
    horizon = Calendar.shipped().horizon
    yield "## 四、期限\n"
    yield (
        "起算当日不计入，自次日起算。“日”为自然日；“工作日”按国务院公布的放假安排计算。"
        "单位的期限按统计到期日考核；信访人的期限届满之日遇节假日的，"
        "顺延到节假日结束的次日（《民法典》第二百零三条）。"
        f"放假安排已经公布到{horizon.year}年{horizon.month}月{horizon.day}日，"
        "此后的日期为暂定。\n"
    )
    yield "| 期限 | 长短 | 自何日起算 | 由谁负责或者行使 | 提前提醒 | 由哪一步停止 | 届满以后 | 依据 | 性质和说明 |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for limit in limits.PETITION.values():
        yield f"| {' | '.join(_limit_row(limit))} |"
    yield ""


def _limit_row(limit: TimeLimit) -> Iterator[str]:
    extended = f"；可延长一次，不超过{limit.extendable_by}{_unit(limit)}" if limit.extendable_by else ""
    yield limit.label
    yield _length(limit) + extended
    yield f"{limit.since}之日"
    yield _owner(limit)
    yield "、".join(f"{days}{_unit(limit)}" for days in limit.remind) or "—"
    yield "、".join(step.label for step in PETITION.steps if limit.name in step.meets) or "—"
    yield PETITION.step(limit.then).label if limit.then else f"超期{_own_ladder(limit)}"
    yield limit.law
    yield limit.note or ("法定" if limit.kind == "statutory" else "服务承诺")


def _own_ladder(limit: TimeLimit) -> str:
    """What climbs otherwise than most."""
    if limit.ladder == LADDER:
        return ""
    return f"，满{'天、满'.join(str(days) for days in limit.ladder[1:])}天逐级告知"


def _lists() -> Iterator[str]:
    yield "## 五、类别、理由和途径\n"
    yield "| 类别 | 办理途径 | 依据 |\n|---|---|---|"
    for kind, label in intake.KINDS.items():
        for track in intake.TRACKS_OF_KIND[kind]:
            yield f"| {label} | {intake.TRACKS[track]} | {intake.TRACK_LAW[track]} |"
    for title, rows in (
        ("不予受理的理由", intake.GROUNDS),
        ("可以导入的法定途径", intake.ROUTES),
        ("转有关机关的理由", intake.TRANSFERS),
        ("不再受理的理由", intake.REPEATED),
        ("处理意见", intake.FINDINGS),
        ("建议意见的采纳情况", simplicity.SUGGESTION_OUTCOMES),
    ):
        yield f"\n| {title} | 依据 |\n|---|---|"
        yield from (f"| {said} | {law} |" for said, law in rows.values())
    yield "\n可以简易办理的情形（信访事项简易办理办法）：\n"
    yield from (f"- {said}" for said in simplicity.SIMPLE_GROUNDS.values())
    yield "\n有下列情形之一的，不适用简易办理：\n"
    yield from (f"- {said}" for said, _ in simplicity.EXCLUSIONS.values())
    yield f"\n- 收到信访事项的渠道：{'、'.join(intake.CHANNELS.values())}"
    yield f"- 送达方式：{'、'.join(intake.SERVICE_METHODS.values())}"
    yield f"- 评价：{'、'.join(intake.RATINGS.values())}\n"


def _notices() -> Iterator[str]:
    yield "## 六、告知的文字\n"
    yield (
        f"短信连同签名不超过{wording.SEGMENT}个字，只在规定的时段发出；〔〕内的内容发送时填入。"
        "信访人姓名（名称）、住址不清的，不向其发送（第二十三条第二款）。\n"
    )
    yield "| 编号 | 何时 | 文字 | 依据 |\n|---|---|---|---|"
    used = set(_used())
    for text_id, said in sorted(wording.texts().items(), key=lambda row: (not row[1].is_sms, row[0])):
        if text_id in used:
            words = said.text.format(**{name: f"〔{SPELLED[name]}〕" for name in said.needs})
            yield f"| {text_id} | {said.when} | {words} | {said.law or '—'} |"


def _used() -> Iterator[str]:
    for kind in OWED:
        for _, case, event in _variants(kind):
            for notice in owed(case, event):
                yield from notice.texts


def _inspections() -> Iterator[str]:
    """The other procedure, in short: it is of units, and no petitioner has a part in it."""
    yield f"\n## 七、{INSPECTION.label}\n"
    yield "由信访部门、督查人员、联席会议办公室对本地区的单位开展，自成一种程序，不计入信访事项的件数。\n"
    yield "| 种类 | 依据 |\n|---|---|"
    yield from (f"| {label} | {law} |" for label, law in inspections.KINDS.values())
    yield f"\n阶段：{_quoted(INSPECTION_STAGES.values())}。\n"
    for step in INSPECTION.steps:
        who = "、".join(POSTS[role] for role in step.by)
        started = "".join(
            f"开始计时：{INSPECTIONS_WHEN[start.when]}，{_quoted([limits.INSPECTION[start.limit].label])}。"
            for start in step.starts
            if start.when
        )
        said = f"{INSPECTIONS[step.action]}由{who}办。{started}告知：{_told_of_units(step.emits)}。"
        yield f"- **{step.label}**（{step.law}）　{said}"
    for move in INSPECTION.automatic:
        said = f"{INSPECTIONS_WHEN[move.when]}，自行转为“{INSPECTION_STAGES[move.to]}”。{_told_of_units(move.emits)}。"
        yield f"- **{move.emits.label}**　{said}"
    for limit in limits.INSPECTION.values():
        yield f"\n“{limit.label}”（{limit.law}）：{_length(limit)}。{limit.note}。"
    yield "\n| 检查表的项目 | 依据 | 分值 |\n|---|---|---|"
    yield from (f"| {sign.label} | {sign.law} | {sign.points} |" for sign in check_sheet.SIGNS)


def _told_of_units(kind: type[Event]) -> str:
    """Whom an event of a task tells: the parts are called otherwise than those of a petition."""
    return _told(kind).replace("责任单位", "被检查的单位").replace("登记单位", "立项单位")

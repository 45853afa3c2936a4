"""Tasks of supervision (第三十八条至第四十条): opening one with the cases drawn for it; an office's list of them.

The invariant: what is drawn may be seen by who draws it; the number of the task is the seed, so the office can repeat
its draw over the cases that were closed then.
"""

import secrets
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import clock, policy
from chalicelib.api import acting
from chalicelib.api.bodies import Note, Title
from chalicelib.api.fields import OfficeId, choice, line, said
from chalicelib.api.http import answer, body, endpoint, idempotency_key, query, query_int, session
from chalicelib.api.problems import Malformed
from chalicelib.api.views.inspection import inspection_row
from chalicelib.domain import check_sheet, inspection, numbers
from chalicelib.domain.check_sheet import Sheet
from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.domain.intake import Contact
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import PETITION
from chalicelib.domain.stages import AFTERWARDS, ENDS
from chalicelib.domain.tables.inspection import STAGES
from chalicelib.store import keys, lists, offices
from chalicelib.store.cases import Command, NumberTaken, StaleTree
from chalicelib.store.tenant import cases, rules
from chalicelib.telemetry import logger

inspections = Blueprint(__name__)
TRIES = 4
MOST_SAMPLED = 20
"""The sheets of so many cases are sealed with the task, and fit one item of the table."""
STATUSES = {name.removeprefix("insp_"): name for name in STAGES}
Kind = Literal[
    "problem_list",
    "field",
    "self_check",
    "random_check",
    "joint_check",
    "trace",
    "media",
    "appraisal",
    "reception",
]


class Inspection(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is opened: which kind, about which unit, and what it has to put right by when."""

    kind: Annotated[Kind, choice(inspection.KINDS), said("种类")]
    title: Annotated[Title, said("标题", "写明查什么，例如“三季度问题清单”")]
    org: Annotated[OfficeId | None, said("被检查的单位", "只通报给这一个单位，别的单位看不到")] = None
    items: Annotated[
        list[Annotated[str, line(300)]],
        Meta(max_length=30),
        said("需要整改的问题", "最多30项；单位按顺序逐项反馈"),
    ] = []
    due: Annotated[date | None, said("要求反馈的日期", "有需要整改的问题时填写，明天至一年以内")] = None
    sample_size: Annotated[
        Annotated[int, Meta(ge=1, le=MOST_SAMPLED)] | None,
        said("抽取几件", f"从这个单位已经办结的事项中随机抽取，最多{MOST_SAMPLED}件，不够的全部抽取"),
    ] = None
    note: Annotated[Note, said("依据和要求（选填）", "单位看得到")] = ""


@inspections.route("/inspections", methods=["POST"])
@endpoint("open_inspection")
def open_inspection() -> Any:
    """Open a task of supervision; of a check, draw closed cases of the unit and fill in their sheets (第三十八条)."""
    asked = body(Inspection)
    command = Command.of(acting.scope("open_inspection"), idempotency_key(), msgspec.to_builtins(asked))
    number = cases().filed(command) or _opened(asked, command)
    return answer({"case_number": number}, status=201, etag=1)


@inspections.route("/inspections", methods=["GET"])
@endpoint("inspections")
def listed() -> Any:
    """The tasks of my office that stand so: what it opened, and what it has to answer, first due first."""
    status = query("status", "open")
    if status not in STATUSES:
        raise Malformed(f"参数status应为{'、'.join(STATUSES)}之一")
    org, tree, today, me = session().org or "", offices.tree(), clock.today(), acting.actor()
    limit, cursor = query_int("limit", 50, most=100), query("cursor")
    found = lists.pointed_at(cases(), keys.inspections(org, STATUSES[status]), limit=limit, cursor=cursor)
    rows = [row for row in found.rows if policy.may_see(me, row.case, tree)]
    return {
        "items": [inspection_row(row, tree, today, org=org) for row in rows],
        "next_cursor": found.cursor,
        "today": today.isoformat(),
        "may_open": policy.may_call(me.role, "open_inspection"),
    }


def _opened(asked: Inspection, command: Command) -> str:
    by = acting.actor()
    for attempt in range(TRIES):
        tree, at = offices.tree(), clock.now()
        number = numbers.case_number(at.year, secrets.randbelow)
        task = inspection.Task(
            kind=asked.kind,
            title=asked.title,
            org=asked.org,
            items=tuple(asked.items),
            due=asked.due,
            note=asked.note,
            sheets=_drawn(asked, number, tree),
        )
        change = inspection.open_inspection(number, task, tree=tree, by=by, at=at, rules=rules())
        try:
            return cases().file(change, Contact(), command, at=at, tree=tree, rules=rules())
        except (NumberTaken, StaleTree):
            if attempt == TRIES - 1:
                raise
            offices.forget()
    raise AssertionError("the loop returns or raises")


def _drawn(asked: Inspection, seed: str, tree: OfficeTree) -> dict[str, Sheet]:
    """The sheets of the cases that are drawn, in the order of the draw. Raises FieldsInvalid, TargetRefused."""
    if asked.sample_size is None:
        if asked.kind in inspection.SAMPLED:
            raise FieldsInvalid([FieldError("/sample_size", "请填写抽取几件已经办结的事项", "missing")])
        return {}
    if asked.kind not in inspection.SAMPLED:
        raise FieldsInvalid([FieldError("/sample_size", "这一类不抽取事项，不用填写", "not_needed")])
    if asked.org is None:
        return {}  # the domain says what is missing
    me = acting.actor()
    inspection.may_be_inspected(asked.org, me, tree)
    closed = [
        case.id
        for case in lists.closed_cases(cases(), asked.org)
        if case.procedure == PETITION.name and case.stage in (*AFTERWARDS, *ENDS) and policy.may_see(me, case, tree)
    ]
    if not closed:
        raise FieldsInvalid([FieldError("/org", "这个单位没有可以抽查的已办结事项", "none_to_draw")])
    drawn = check_sheet.sample(closed, asked.sample_size, seed)
    logger.info("drawn", extra={"of": len(closed), "drawn": len(drawn), "unit": asked.org})
    return {number: _scored(number) for number in drawn}


def _scored(number: str) -> Sheet:
    case, events = cases().history(number)
    return check_sheet.score(case, [(each.at.date(), each.type, each.data) for each in events])

"""The second application: reports of misconduct, for the bodies competent for them (第三十条).

It runs in a function with a role of its own, the only one that may ask for the key of reports. What it does not
serve, it does not have: no petition can be read here, and no report anywhere else.
The invariant: a report is shown only after it was written down who opens it, and unknown and forbidden look alike.
"""

from typing import Any

import msgspec
from chalice.app import Blueprint, Chalice

from chalicelib import clock, policy
from chalicelib.api import acting, sealed_views
from chalicelib.api.http import (
    answer,
    body,
    edge,
    endpoint,
    idempotency_key,
    if_match,
    query,
    query_int,
    session,
    taking,
)
from chalicelib.api.sealed_steps import CALLS
from chalicelib.api.steps.call import StepCall
from chalicelib.domain.case import Case
from chalicelib.domain.errors import NotFound, TargetRefused
from chalicelib.domain.numbers import is_case_number
from chalicelib.domain.offices import OfficeTree
from chalicelib.store import keys, lists, offices
from chalicelib.store.cases import CaseFile, Command, Held, KeyReused, StaleCase, StaleTree
from chalicelib.store.tenant import report_rules, reports
from chalicelib.telemetry import metric

sealed = Blueprint(__name__)
TRIES = 3
ACCUSED = "第三十条第三款"


@sealed.route("/sealed/reports", methods=["GET"])
@endpoint("sealed_list")
def list_reports() -> Any:
    """The reports that my body has: nobody else's count tells that there are any."""
    me, tree = acting.actor(), offices.tree()
    limit, cursor = query_int("limit", 50, most=50), query("cursor")
    listed = lists.pointed_at(reports(), keys.sealed(me.org or ""), limit=limit, cursor=cursor)
    rows = [row for row in listed.rows if _is_for_me(row.case, tree)]
    return {
        "items": [sealed_views.row(row, tree, clock.today()) for row in rows],
        "next_cursor": listed.cursor,
    }


@sealed.route("/sealed/reports/{report_id}", methods=["GET"])
@endpoint("sealed_read")
def read_report(report_id: str) -> Any:
    """One report, opened; that I opened it is written down first."""
    return _shown(report_id)


@sealed.route("/sealed/reports/{report_id}/{action}", methods=["POST"])
@endpoint("sealed_step")
def take_report_step(report_id: str, action: str) -> Any:
    """Take a step of a report: load, decide, commit, answer, as for a petition."""
    call = CALLS.get(action)
    if call is None:
        raise _not_found()
    taking(action)
    asked, version = body(call.body), if_match()
    command = reports().command(
        acting.scope(report_id), idempotency_key(), [action, version, msgspec.to_builtins(asked)]
    )
    held, tree = _loaded(report_id)
    if not _is_for_me(held.case, tree):
        if _was_taken(held, version, command):
            return answer(sealed_views.left(held.case))
        raise _not_found()
    for attempt in range(TRIES):
        if not reports().begin(held, version, command):
            break
        try:
            _decide_and_commit(held, call, asked, command, tree)
            break
        except StaleTree:
            if attempt == TRIES - 1:
                raise
            offices.forget()
            held, tree = _loaded(report_id)
            if not _is_for_me(held.case, tree):
                raise _not_found() from None
    after = reports().read(report_id)
    if not _is_for_me(after.case, offices.tree()):
        return answer(sealed_views.left(after.case))
    return _view(after)


def _shown(report_id: str) -> Any:
    for _ in range(TRIES):
        file = _read(report_id)
        try:
            reports().note_reading(file, session().user or "", session().org or "", clock.now())
        except StaleCase:
            continue  # it moved while it was opened, perhaps to somebody else: look again who may see it
        return _view(file)
    raise StaleCase(file.case.version)


def _view(file: CaseFile) -> Any:
    readings = reports().readings(file.case.id)
    view = sealed_views.report(file, readings, acting.actor(), offices.tree(), report_rules(), clock.today())
    return answer(view, etag=file.case.version)


def _read(report_id: str) -> CaseFile:
    if not is_case_number(report_id):
        raise _not_found()
    file = reports().read(report_id)
    if not _is_for_me(file.case, offices.tree()):
        raise _not_found()
    return file


def _loaded(report_id: str) -> tuple[Held, OfficeTree]:
    if not is_case_number(report_id):
        raise _not_found()
    return reports().load(report_id), offices.tree()


def _decide_and_commit(held: Held, call: StepCall, asked: Any, command: Command, tree: OfficeTree) -> None:
    at = clock.now()
    try:
        change = call.decide(acting.Acting(held.case, acting.actor(), at.date(), tree, report_rules()), asked)
        reports().commit(held, change, command, at=at, tree=tree, rules=report_rules())
    except TargetRefused as refused:
        if refused.law == ACCUSED:
            metric("AccusedTargetRefused")  # somebody tried to hand a report to whom it is about
        raise


def _was_taken(held: Held, version: int, command: Command) -> bool:
    """Was this the caller's own step, after which he may not see the report any more? Its answer may have been lost."""
    if version >= held.case.version:
        return False
    try:
        return not reports().begin(held, version, command)
    except (StaleCase, KeyReused):
        return False


def _is_for_me(case: Case, tree: OfficeTree) -> bool:
    return policy.may_read_report(acting.actor(), case, tree, name=session().name)


def _not_found() -> NotFound:
    return NotFound("没有找到这件检举控告")


sealed_app = Chalice(app_name="sunlight-sealed")
for _blueprint in (edge, sealed):
    sealed_app.register_blueprint(_blueprint)

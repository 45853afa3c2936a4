"""What lets others check us: a case to take away, its deadline proofs, signed receipts, the nightly roots.

What each needs is imported when it is asked for: nobody who files or handles a case waits for it.
"""

from typing import Any

from chalice.app import Blueprint, Response

from chalicelib import clock
from chalicelib.api import acting
from chalicelib.api.http import JSON, answer, endpoint, query, query_int
from chalicelib.api.views.people import is_aside
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.errors import NotFound
from chalicelib.store import offices
from chalicelib.store.cases import CaseFile
from chalicelib.store.tenant import cases, rules, table
from chalicelib.telemetry import logger

proving = Blueprint(__name__)
NOT_FOUND = "没有找到这件信访事项"


@proving.route("/cases/{case_id}/export", methods=["GET"])
@endpoint("export")
def export(case_id: str) -> Any:
    """A case to take away, with everything needed to check it (个人信息保护法第四十五条). The log says who took it."""
    from chalicelib.api.views.export import written
    from chalicelib.store import receipts

    file, by = _own(case_id)
    signed = receipts.of_case(table(), file.case.id)
    body = written(file, by, offices.tree(), rules(fresh=True), clock.now(), signed)
    logger.info("exported", extra={"case": file.case.id, "role": by.role, "user": by.user or ""})
    return Response(body.decode(), {"Content-Type": JSON, "Cache-Control": "no-store"})


@proving.route("/cases/{case_id}/deadline-proofs", methods=["GET"])
@endpoint("deadline_proofs")
def show_deadline_proofs(case_id: str) -> Any:
    """办结时限证明: for each clock its start, rule, days not counted, warnings, end and margin."""
    from chalicelib.api.views.case import stage_label
    from chalicelib.api.views.deadline_proofs import deadline_proofs

    (file, by), tree, at = _own(case_id), offices.tree(), clock.now()
    view = {
        "case_number": file.case.id,
        "version": file.case.version,
        "head": file.case.head.hex(),
        "at": at.isoformat(),
        "received_on": file.case.received_on.isoformat(),
        "stage_label": stage_label(file.case, tree, is_petitioner=by.role == PETITIONER),
        "proofs": deadline_proofs(file, by, tree, rules(fresh=True), at.date()),
    }
    return answer(view, etag=file.case.version)


@proving.route("/cases/{case_id}/receipts", methods=["GET"])
@endpoint("receipts")
def show_receipts(case_id: str) -> Any:
    """The signed receipts of a case: of its filing, of material handed in, of what was told."""
    from chalicelib.api.views.readable import Readable
    from chalicelib.store import receipts, signing

    file, by = _own(case_id)
    found = Readable.of(file, by).receipts(file, receipts.of_case(table(), file.case.id))
    return {"items": found, "keys": signing.published(table())}


@proving.route("/cases/{case_id}/inclusion", methods=["GET"])
@endpoint("inclusion")
def show_inclusion(case_id: str) -> Any:
    """That this case stands in the newest published root: its leaf and the way from it to the root."""
    from chalicelib.store import roots, signing

    file, _ = _own(case_id)
    found = roots.inclusion(table(), cases().keys, file.case.id)
    if found is None:
        raise NotFound("尚未列入已公布的每日存证（每天凌晨公布一次），请明天再查")
    return found | {"keys": signing.published(table())}


@proving.route("/roots", methods=["GET"])
@endpoint("roots", public=True)
def show_roots() -> Any:
    """The published roots, newest first, and the keys that signed them."""
    from chalicelib.store import roots, signing

    limit, before = query_int("limit", 31, most=100), query("before", most=10)
    return {"roots": roots.published(table(), limit=limit, before=before), "keys": signing.published(table())}


def _own(case_id: str) -> tuple[CaseFile, Actor]:
    """The file of a petition, for who may read it as a whole: not for who only joined or might. Raises NotFound."""
    file = acting.read(case_id)
    by = acting.actor(file.case, file.contact)
    if is_aside(by):
        raise NotFound(NOT_FOUND)
    return file, by

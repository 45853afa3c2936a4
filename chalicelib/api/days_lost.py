"""Decisions on 不可抗力 for all cases: laid down by one of bureau or government, looked at, confirmed by another, and
brought into each case by the timer (`triggers/days_lost_watch.py`).

The invariant: nobody moves the dates of a county alone, and before it is done, whoever confirms sees how many. Numbers
only: no case is named here.
"""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from chalice.app import Blueprint
from msgspec import Meta, Struct, to_builtins

from chalicelib import clock, policy
from chalicelib.api import acting
from chalicelib.api.bodies import Reason
from chalicelib.api.fields import OfficeId, line
from chalicelib.api.http import answer, body, endpoint, idempotency_key, query, session
from chalicelib.domain.errors import NotFound, NotYourStep, WrongStage
from chalicelib.store import lists, offices, tenant
from chalicelib.store.cases import unpacked
from chalicelib.store.command import Command
from chalicelib.telemetry import logger

if TYPE_CHECKING:
    from chalicelib.store.days_lost import Laid

days_lost = Blueprint(__name__)
PAGE, PAGES = 100, 10
"""A page of a preview looks at a thousand cases: a county is looked through in a few calls."""
STATES = {"proposed": "等候确认", "in_force": "已经生效"}
TAKEN = "另一位工作人员刚刚登记或者确认，请刷新后再看"


class DaysLost(Struct, forbid_unknown_fields=True):
    """The decision: from when to when, who, by which paper, why, and for which places; none is the whole area."""

    begins: date
    ends: date
    document: Annotated[str, line(100)]
    decided_by: Annotated[str, line(50)]
    reason: Reason
    places: Annotated[list[OfficeId], Meta(max_length=50)] = []


@days_lost.route("/force-majeure", methods=["GET"])
@endpoint("days_lost")
def decisions() -> Any:
    """Every decision, the newest first: who laid it down, who confirmed it, and how many cases have it."""
    return {"items": [_shown(each) for each in reversed(_kept())]}


@days_lost.route("/force-majeure", methods=["POST"])
@endpoint("propose_days_lost")
def propose_days_lost() -> Any:
    """Lay a decision down: it waits for somebody else of the bureau or the government, and moves nothing."""
    from chalicelib.domain import days_lost as domain
    from chalicelib.store import days_lost as kept

    asked, tree, area = body(DaysLost), offices.tree(), _area()
    command = Command.of(acting.scope("propose_days_lost"), idempotency_key(), to_builtins(asked))
    places = tuple(dict.fromkeys(asked.places)) or (area,)
    decision = domain.Decision(asked.begins, asked.ends, asked.document, asked.decided_by, asked.reason, places)
    domain.check(decision, area, tree, clock.today())
    by = session().user or ""
    laid = acting.once(lambda: kept.propose(tenant.table(), decision, by=by, at=clock.now(), command=command), TAKEN)
    logger.info("days lost proposed", extra={"decision": laid.number, "user": by})
    return answer(_shown(laid), status=201)


@days_lost.route("/force-majeure/{decision}/preview", methods=["GET"])
@endpoint("days_lost")
def preview(decision: str) -> Any:
    """How many open petitions it is about, how many have it, and how many rights would have another last day."""
    from chalicelib.domain import days_lost as domain
    from chalicelib.domain.force_majeure import rights_moved

    said, tree, rules = _found(decision).decision, offices.tree(), tenant.rules()
    counts, cursor = {"petitions": 0, "recorded": 0, "rights": 0, "looked_at": 0}, query("cursor")
    for _ in range(PAGES):
        found, following = lists.open_cases(tenant.cases(), limit=PAGE, cursor=cursor)
        counts["looked_at"] += len(found)
        for case in map(unpacked, found):
            if not domain.concerns(case, said, tree):
                continue
            counts["petitions"] += 1
            if domain.has(case, said):
                counts["recorded"] += 1
            else:
                counts["rights"] += rights_moved(case, said.begins, said.ends, clock.today(), rules)
        cursor = following or ""
        if not cursor:
            break
    return {**counts, "next_cursor": cursor or None}


@days_lost.route("/force-majeure/{decision}/approve", methods=["POST"])
@endpoint("confirm_days_lost")
def confirm_days_lost(decision: str) -> Any:
    """Bring a decision into force that somebody else laid down; the timer records it in every case it is about."""
    from chalicelib.store import days_lost as kept
    from chalicelib.store.second_person import SamePerson

    found, me, tree, area = _found(decision), acting.actor(), offices.tree(), _area()
    if not all(tree.is_within(place, area) for place in found.decision.places):
        raise NotYourStep("这份认定的地区不归您的单位管")
    command = Command.of(acting.scope("confirm_days_lost"), idempotency_key(), found.number)
    try:
        laid = acting.once(
            lambda: kept.confirm(tenant.table(), found.number, by=me, at=clock.now(), command=command), TAKEN
        )
    except SamePerson:
        raise NotYourStep("登记和确认应当由两个人分别进行") from None
    if laid is None:
        raise WrongStage("这份认定已经生效")
    logger.info("days lost confirmed", extra={"decision": laid.number, "user": me.user})
    return answer(_shown(laid))


def _area() -> str:
    return policy.area(session().org or "", offices.tree())


def _kept() -> "tuple[Laid, ...]":
    from chalicelib.store import days_lost as kept

    return kept.load(tenant.table())


def _found(number: str) -> "Laid":
    found = next((each for each in _kept() if str(each.number) == number), None)
    if found is None:
        raise NotFound("没有这份认定")
    return found


def _shown(laid: "Laid") -> dict[str, Any]:
    said, came, tree = laid.decision, laid.progress, offices.tree()
    return {
        "number": laid.number,
        "begins": said.begins.isoformat(),
        "ends": said.ends.isoformat(),
        "document": said.document,
        "decided_by": said.decided_by,
        "reason": said.reason,
        "places": [{"id": each, "name": tree.offices[each].name} for each in said.places if each in tree.offices],
        "state": laid.state,
        "state_label": STATES[laid.state],
        "proposed_by": laid.proposed_by,
        "proposed_at": laid.proposed_at,
        "confirmed_by": laid.confirmed_by,
        "confirmed_at": laid.confirmed_at or None,
        "total": came.total,
        "done": came.done,
        "failed": came.failed,
    }

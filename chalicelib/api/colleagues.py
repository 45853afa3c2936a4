"""Who can be named in a form: one's own office, the bureau that looks after it, the government above. And who of one's
own office is away, since when and until when: what is owed to him goes to the next.

The invariant: names and posts only. Whoever administers the system has no part in a case and is not among them; and
somebody whose absence is not one's business looks like somebody who does not exist.
"""

import re
from datetime import date
from typing import Any

from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import clock, policy
from chalicelib.api import acting
from chalicelib.api.http import answer, body, endpoint, if_match, session
from chalicelib.domain.case import ADMINISTRATORS
from chalicelib.domain.errors import NotFound
from chalicelib.store import offices, people
from chalicelib.store.people import User
from chalicelib.telemetry import logger

colleagues = Blueprint(__name__)
_USER = re.compile("[A-Za-z0-9_.:-]{1,64}")


class Leave(Struct, forbid_unknown_fields=True):
    """First and last day of an absence, both included."""

    away_from: date
    away_until: date


@colleagues.route("/colleagues", methods=["GET"])
@endpoint("colleagues")
def listed() -> Any:
    """The people I can name, my own office first; of my own office also who is away."""
    org, tree = session().org or "", offices.tree()
    bureau = tree.bureau_of(org)
    near = dict.fromkeys(each for each in (org, bureau.id if bureau else None, tree.government_of(org)) if each)
    found = [
        {
            "id": user.id,
            "name": user.name,
            "role": user.role,
            "role_label": people.ROLES[user.role],
            "org": user.org,
            "org_name": tree.offices[user.org].name,
            **({"leave": _leave(user)} if user.org == org else {}),
        }
        for each in near
        for user in people.find_by_org(each)
        if user.role not in ADMINISTRATORS
    ]
    return {"items": found}


@colleagues.route("/colleagues/{user}/leave", methods=["GET"])
@endpoint("see_leave")
def leave_of(user: str) -> Any:
    """When somebody is away whose absence I may set: my own, my people's as their head, anybody's as administrator."""
    return _shown(_whom(user))


@colleagues.route("/colleagues/{user}/leave", methods=["POST"])
@endpoint("set_leave")
def set_leave(user: str) -> Any:
    """Say when somebody is away, or change it: from then on, on those days, what is owed to him goes to the next."""
    from chalicelib.domain import leave

    asked, version, found = body(Leave), if_match(), _whom(user)
    leave.check(asked.away_from, asked.away_until, clock.today())
    return _shown(_set(found, version, asked.away_from.isoformat(), asked.away_until.isoformat()))


@colleagues.route("/colleagues/{user}/back", methods=["POST"])
@endpoint("set_leave")
def end_leave(user: str) -> Any:
    """Somebody is back, or does not go: what is owed to him reaches him again at once."""
    version, found = if_match(), _whom(user)
    return _shown(_set(found, version, "", ""))


def _set(found: User, version: int, first: str, last: str) -> User:
    """Asked twice it is done once: what stands already is answered, whichever version was seen."""
    if (found.away_from, found.away_until) == (first, last):
        return found
    me = session().user or ""
    kept = people.set_leave(found.id, version, first, last, by=me, at=clock.now())
    logger.info("leave ended" if not first else "leave set", extra={"of": found.id, "user": me})
    return kept


def _whom(user: str) -> User:
    found = people.find(user) if _USER.fullmatch(user) else None
    if found is None or not found.active or not _may_set(found):
        raise NotFound("没有找到这位工作人员")
    return found


def _may_set(user: User) -> bool:
    return policy.may_set_leave(acting.actor(), user.id, user.role, user.org)


def _shown(user: User) -> Any:
    org = offices.tree().get(user.org)
    view = {
        "id": user.id,
        "name": user.name,
        "role": user.role,
        "role_label": people.ROLES[user.role],
        "org_name": org.name if org else "",
        "leave": _leave(user),
    }
    return answer(view, etag=user.version)


def _leave(user: User) -> dict[str, Any]:
    """An absence that is over is none."""
    today = clock.today()
    is_known = user.away_until >= today.isoformat()
    return {
        "away_from": user.away_from if is_known else None,
        "away_until": user.away_until if is_known else None,
        "is_away": user.is_away(today),
        "set_by": user.away_by,
        "set_at": user.away_at or None,
        "may_set": _may_set(user),
        "version": user.version,
    }

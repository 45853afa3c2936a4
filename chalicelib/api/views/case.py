"""The whole view of one case, its receipt, and its line in a list. No rule of the law is decided here.

The invariant: what is not named for a role is not in its view, telephone and identity numbers are masked.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from chalicelib.api.views import matters, people
from chalicelib.api.views.above import above, booked
from chalicelib.api.views.clocks import clocks, light, targets
from chalicelib.api.views.duties import duties
from chalicelib.api.views.files import files
from chalicelib.api.views.names import name_of, office_of
from chalicelib.api.views.offered import is_offered
from chalicelib.api.views.opinion import checks, draft, opinion
from chalicelib.api.views.timeline import SOLVED, notice, rating, timeline
from chalicelib.domain import aftercare, booking, intake, procedures, watch
from chalicelib.domain.case import PETITIONER, Actor, Case
from chalicelib.domain.matters import current
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.people import warnings
from chalicelib.domain.petition import kept_from
from chalicelib.domain.procedure import Rules, next_steps
from chalicelib.domain.stages import REDO, REGISTERED, SHOWN, STAGES
from chalicelib.domain.tables.road import agency
from chalicelib.domain.untouched import is_untouched
from chalicelib.domain.workdays import Calendar
from chalicelib.policy import OVERSEERS
from chalicelib.profiles.profile import current as current_profile
from chalicelib.store import proofs, statistics
from chalicelib.store.cases import CaseFile
from chalicelib.store.lists import Row

JOIN = "join"
"""All that is offered to whoever has no part in a case."""


def case(file: CaseFile, actor: Actor, tree: OfficeTree, rules: Rules, today: date) -> dict[str, Any]:
    """The whole view of one case for this person."""
    is_petitioner = actor.role == PETITIONER
    found, hidden = file.case, kept_from(file.case, actor)
    filed = current(file.texts, found.facts)
    unit = office_of(found.agency, tree) if found.agency else None
    view: dict[str, Any] = {
        "case_number": found.id,
        "version": found.version,
        "stage": found.stage,
        "stage_label": stage_label(found, tree, is_petitioner=is_petitioner),
        "kind": found.facts["kind"],
        "kind_label": (intake.KINDS_SHOWN if is_petitioner else intake.KINDS)[found.facts["kind"]],
        "channel": found.facts["channel"],
        "channel_label": intake.CHANNELS[found.facts["channel"]],
        "category": found.facts.get("category", ""),
        "received_on": found.received_on.isoformat(),
        "registered_at": found.registered_at.isoformat(),
        "title": filed.get("title", ""),
        "text": filed.get("text", ""),
        "claims": filed.get("claims", []),
        "place": filed.get("place", ""),
        "office": office_of(found.office, tree),
        "agency": unit,
        "track": found.facts.get("track", ""),
        "track_label": intake.TRACKS.get(found.facts.get("track", ""), ""),
        "petitioner": people.principal(file.contact, actor),
        "people": people.beside(found, file.contact, actor),
        "links": matters.links(found, is_petitioner=is_petitioner),
        "clocks": _shown(clocks(found, tree, rules, today, is_petitioner=is_petitioner), "about", hidden),
        "timeline": _shown(timeline(file, tree, actor), "about", hidden),
        "targets": targets(found, rules, today),
        "duties": _shown(duties(found, tree, rules, today, is_petitioner=is_petitioner), "id", hidden),
        "files": files(file, actor),
        "may_take_away": not people.is_aside(actor),
        "opinion": opinion(file, is_petitioner=is_petitioner) if actor.standing else None,
        "rating": rating(found),
        "solved": aftercare.solved(found),
        "solved_label": SOLVED[aftercare.solved(found)],
        "citizen_date": booking.citizen_date(found).isoformat(),
        "next_steps": [
            {"action": step.action, "label": (is_petitioner and step.button) or step.label, "law": step.law}
            for step in next_steps(procedures.of(found), found, actor)
            if is_offered(step.action, file, tree) and (not people.is_aside(actor) or step.action == JOIN)
        ],
    }
    if (official := current_profile().official(view["category"])) != view["category"]:
        view["category_official"] = official
    if not is_petitioner:
        view |= matters.for_staff(file, actor, tree)
        view["draft"], view["checks"] = draft(file), checks(file, today)
        unseen = {each.seq for each in file.events if each.data.get("about") in hidden}
        told = (proofs.proof(item) for item in file.notices)
        view["notices"] = [notice(each, file) for each in told if each.seq not in unseen]
        view["helper"], view["external_number"] = filed.get("helper", ""), filed.get("external_number", "")
        view["above"], view["booked_days"] = above(found), booked(file, tree, today)
    if actor.role in OVERSEERS:
        view["findings"] = findings(found, actor, tree, rules, today, statistics.steps(file.events))
    return view


def findings(
    found: Case, actor: Actor, tree: OfficeTree, rules: Rules, today: date, steps: Mapping[str, str]
) -> list[dict[str, str]]:
    """What whoever oversees should look at, with the problem that an order would name (第四十条)."""
    hidden = kept_from(found, actor)
    return [
        {**vars(each), "org_name": name_of(each.org, tree)}
        for each in watch.findings(found, today=today, rules=rules, steps=steps, hidden=hidden)
    ]


def _shown(entries: list[dict[str, Any]], key: str, hidden: Collection[str]) -> list[dict[str, Any]]:
    """Without what belongs to a duty that this person may not read."""
    return [entry for entry in entries if entry.get(key) not in hidden]


def receipt(
    found: Case, query_code: str, registered_at: str, clocks: list[Mapping[str, Any]], rules: Rules
) -> dict[str, Any]:
    """What is handed over after a filing: the same the first time and every time it is repeated."""
    return {
        "case_number": found.id,
        "query_code": query_code,
        "version": 1,
        "received_on": found.received_on.isoformat(),
        "registered_at": registered_at,
        "stage": REGISTERED,
        "stage_label": SHOWN[REGISTERED],
        "promises": [
            {
                "limit": each["limit"],
                "label": rules.limits[each["limit"]].label,
                "due": each["due"],
                "law": rules.limits[each["limit"]].law,
                "derivation": each["derivation"],
            }
            for each in clocks
        ],
        "warnings": [{"code": code, "message": said, "law": law} for code, said, law in warnings(found.facts)],
    }


def desk_row(listed: Row, tree: OfficeTree, today: date, *, org: str, calendar: Calendar) -> dict[str, Any]:
    """One line of the worklist of an office; what it has and nobody looked at is marked."""
    found = listed.case
    untouched = agency(found) == org and is_untouched(found, today=today, calendar=calendar)
    return {**row(listed, tree, today, org=org), "untouched": untouched}


def row(listed: Row, tree: OfficeTree, today: date, *, org: str | None = None) -> dict[str, Any]:
    """One line of a worklist (with the office whose duty it shows), or of a petitioner's own list."""
    found = listed.case
    due = found.due_of(org) if org else found.due()
    came = {} if org is None else {name: found.facts.get(name) for name in ("from_above", "above_due")}
    return {
        "case_number": found.id,
        "title": listed.title,
        "stage": found.stage,
        "stage_label": stage_label(found, tree, is_petitioner=org is None),
        "kind": found.facts["kind"],
        "kind_label": (intake.KINDS if org else intake.KINDS_SHOWN)[found.facts["kind"]],
        "received_on": found.received_on.isoformat(),
        "due": due.isoformat() if due else None,
        "light": light(due, today),
        "agency_name": tree.offices[found.agency].name if found.agency in tree.offices else "",
        "version": found.version,
        **came,
    }


def stage_label(found: Case, tree: OfficeTree, *, is_petitioner: bool) -> str:
    """Staff read the legal term, a petitioner a sentence."""
    if not is_petitioner:
        return STAGES[found.stage]
    office = tree.get(found.agency or found.office)
    said = SHOWN[found.stage].format(unit=office.short if office else "责任单位")
    return f"原意见已撤销，{said}" if found.stage == REDO and found.running("redo") else said

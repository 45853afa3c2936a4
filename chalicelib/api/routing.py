"""What helps to find the competent unit, and the ledger of what was handed down from above."""

from typing import Any

from chalice.app import Blueprint

from chalicelib import clock, policy
from chalicelib.api import acting, views
from chalicelib.api.http import endpoint, query, query_int, session
from chalicelib.domain import recusal
from chalicelib.domain.errors import TargetRefused
from chalicelib.domain.receiving import may_be_sent
from chalicelib.domain.routing import propose
from chalicelib.profiles.competence import competence
from chalicelib.store import lists, offices
from chalicelib.store.tenant import cases

routing = Blueprint(__name__)


@routing.route("/cases/{case_id}/proposal", methods=["GET"])
@endpoint("proposal")
def proposal(case_id: str) -> Any:
    """Which units may be competent, and why (第二十二条: 属地管理、分级负责，谁主管、谁负责). A person decides."""
    file, tree = acting.read(case_id), offices.tree()
    filed = file.texts.get(1, {})

    def permitted(org: str) -> bool:
        try:
            may_be_sent(file.case, org, tree)
        except TargetRefused:
            return False
        return recusal.permits(file.case.accused, tree.path(org))

    said = "\n".join((filed.get("title", ""), filed.get("text", ""), *filed.get("claims", [])))
    category, place = file.case.facts.get("category", ""), filed.get("place", "")
    found = propose(category, place, said, tree, competence(), permitted=permitted)
    return {
        "items": [
            {"org": each.org, "org_name": tree.offices[each.org].name, "why": each.why, "score": each.score}
            for each in found
        ]
    }


@routing.route("/ledger", methods=["GET"])
@endpoint("ledger")
def ledger() -> Any:
    """The matters handed down from above, by the date that was set there; `done=true` for those reported."""
    is_reported, limit = query("done") == "true", query_int("limit", 50, most=100)
    tree, today, actor = offices.tree(), clock.today(), acting.actor()
    listed = lists.ledger(cases(), is_reported=is_reported, limit=limit, cursor=query("cursor"))
    rows = [row for row in listed.rows if policy.may_see(actor, row.case, tree)]
    return {
        "items": [views.row(row, tree, today, org=session().org or "") for row in rows],
        "next_cursor": listed.cursor,
        "today": today.isoformat(),
    }

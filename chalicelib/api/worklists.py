"""What an office has before it: worklist, in-site messages, figures of a month."""

import re
from typing import Any

from chalice.app import Blueprint
from msgspec import to_builtins

from chalicelib import clock, policy
from chalicelib.api import acting, views
from chalicelib.api.http import endpoint, query, query_int, session
from chalicelib.api.problems import Malformed
from chalicelib.notices.facts import Source, in_site
from chalicelib.profiles.profile import current
from chalicelib.store import chain, keys, lists, offices, proofs, statistics
from chalicelib.store.tenant import cases, rules, table

worklists = Blueprint(__name__)
LIGHTS = ("all", *lists.LIGHTS)
READS = 6
"""A page of one stage is filled from so many reads; what is not found by then is behind the cursor."""


@worklists.route("/worklist", methods=["GET"])
@endpoint("worklist")
def worklist() -> Any:
    """What my office owes, first due first, with counts by light; `done=true` for what it is done with."""
    light, stage, done = query("light", "all"), query("stage"), query("done") == "true"
    if light not in LIGHTS:
        raise Malformed(f"参数light应为{'、'.join(LIGHTS)}之一")
    org, tree, today = session().org or "", offices.tree(), clock.today()
    limit, cursor, rows = query_int("limit", 50, most=100), query("cursor"), list[lists.Row]()
    for _ in range(READS if stage else 1):
        wanted = limit - len(rows)
        listed = lists.worklist(cases(), org, light=light, today=today, limit=wanted, cursor=cursor, is_done=done)
        rows += [row for row in listed.rows if not stage or row.case.stage == stage]
        cursor = listed.cursor or ""
        if not cursor or len(rows) == limit:
            break
    return {
        "items": [views.desk_row(row, tree, today, org=org, calendar=rules().calendar) for row in rows],
        "next_cursor": cursor or None,
        "counts": lists.counts(cases(), org, today),
        "today": today.isoformat(),
    }


@worklists.route("/messages", methods=["GET"])
@endpoint("messages")
def messages() -> Any:
    """The in-site messages of my office, newest first."""
    limit, cursor = query_int("limit", 50, most=50), query("cursor")
    found, after = lists.messages(cases(), session().org or "", limit=limit, cursor=cursor)
    return {"items": _said(found), "next_cursor": after}


@worklists.route("/watch", methods=["GET"])
@endpoint("watch")
def watched() -> Any:
    """What is late or looks wrong in my area, and why: case by case, with the problem an order would name."""
    light, me = query("light", "all"), acting.actor()
    if light not in LIGHTS:
        raise Malformed(f"参数light应为{'、'.join(LIGHTS)}之一")
    tree, today = offices.tree(), clock.today()
    area = tree.below(tree.area_of(me.org or ""))
    limit, cursor = query_int("limit", 50, most=100), query("cursor")
    listed = lists.of_offices(cases(), area, light=light, today=today, limit=limit, cursor=cursor)
    rows = [row for row in listed.rows if policy.may_see(me, row.case, tree)]
    steps = statistics.steps_of(table(), [row.case for row in rows])
    seen = [
        views.row(row, tree, today, org=row.case.agency or row.case.office) | {"findings": found}
        for row in rows
        if (found := views.findings(row.case, me, tree, rules(), today, steps.get(row.case.id, {})))
    ]
    return {"items": seen, "next_cursor": listed.cursor, "today": today.isoformat()}


@worklists.route("/statistics", methods=["GET"])
@endpoint("statistics")
def figures() -> Any:
    """The figures of a month by unit: how many, how far, in time or late, how rated."""
    month = query("month", clock.today().isoformat()[:7])
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", month):
        raise Malformed("参数month应写成2026-11这样")
    return to_builtins(statistics.month(table(), month, today=clock.today()))


def _said(found: list[proofs.Proof]) -> list[dict[str, Any]]:
    """Messages in words, from the events that owe them: one batch read for the page."""
    wanted = [
        key for each in found for key in ((keys.case(each.case_id), sk) for sk in (keys.CASE, keys.event(each.seq)))
    ]
    by_key = {(item["pk"], item["sk"]): item for item in table().get_many(wanted)}
    said = []
    for each in found:
        pk = keys.case(each.case_id)
        event = chain.read(by_key[pk, keys.event(each.seq)])
        source = Source(
            case_id=each.case_id,
            data=event.data,
            clocks=event.clocks,
            office=cases().open(by_key[pk, keys.CASE]).case.office,
            offices=offices.tree(),
            telephone=current().phone,
            reason=each.reason,
        )
        words = in_site(each.texts, each.recipient, source)
        said.append({"case_number": each.case_id, "text": words, "at": event.at.isoformat(), "event": event.type})
    return said

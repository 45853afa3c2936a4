"""What happened, what was said and what was told: timeline, rating, proofs of notices."""

import re
from typing import Any

from chalicelib.api.views.names import name_of
from chalicelib.domain import intake, limits
from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.events import BY_WIRE
from chalicelib.domain.events.base import EVERYTHING, STAFF
from chalicelib.domain.offices import OfficeTree
from chalicelib.store import keys, proofs
from chalicelib.store.cases import CaseFile
from chalicelib.store.chain import Recorded

QUERY_CODE, HIDDEN_CODE = re.compile(r"(?<!\d)\d{16}(?!\d)"), "（已隐去）"
"""Whoever has number and query code is the petitioner: staff see that a code was sent, never the code."""
SHOWN_APART = ("petition.replied", "petition.drafted", "petition.claims_confirmed")
"""Their text has a place of its own in the view of a case."""
FOR_THE_FILE = ("note",)
"""What is said at a step among staff only, beside words that the petitioner reads."""
SOLVED = {True: "已解决（群众确认）", False: "未解决", None: "未确认"}
"""办结 is another thing: it is the unit that says so."""
NOTICE_STATES = {
    proofs.OWED: "待发送",
    proofs.CLAIMED: "待发送",
    proofs.SENT: "已发出",
    proofs.DELIVERED: "手机已收到",
    proofs.FAILED: "发送失败",
    proofs.UNKNOWN: "结果待核实",
    proofs.HANDED: "转人工告知",
}


def timeline(file: CaseFile, tree: OfficeTree, *, is_petitioner: bool) -> list[dict[str, Any]]:
    """Everything that happened, in order; a petitioner does not see what is only between organs."""
    return [
        entry(each, file, tree, is_petitioner=is_petitioner)
        for each in file.events
        if not (is_petitioner and (BY_WIRE[each.type].seen == STAFF or _is_between_organs(each.data.get("limit"))))
    ]


def entry(each: Recorded, file: CaseFile, tree: OfficeTree, *, is_petitioner: bool) -> dict[str, Any]:
    """One line of the timeline."""
    event = BY_WIRE[each.type]
    hidden = ("claims", *event.inner) if is_petitioner else ("claims",)
    found: dict[str, Any] = {
        "seq": each.seq,
        "event": each.type,
        "label": event.shown if is_petitioner else event.label,
        "at": each.at.isoformat(),
        "on": each.at.date().isoformat(),
        "by": _by(each, tree),
        "clocks": [
            {"limit": c["limit"], "due": c["due"], "derivation": c["derivation"]}
            for c in each.clocks
            if not (is_petitioner and _is_between_organs(c["limit"]))
        ],
        **{name: value for name, value in each.data.items() if name not in hidden},
    }
    for name in ("to", "org", "owner", "organ", "place"):
        if name in each.data and each.data[name] != PETITIONER:
            found[f"{name}_name"] = name_of(each.data[name], tree)
    if each.seq != 1 and each.type not in SHOWN_APART and (not is_petitioner or event.seen == EVERYTHING):
        said = file.texts.get(each.seq, {})
        found["text"] = {name: words for name, words in said.items() if not (is_petitioner and name in FOR_THE_FILE)}
    if not is_petitioner:
        found["hash"] = each.hash.hex()
    return found


def rating(found: Case) -> dict[str, Any] | None:
    """How the petitioner rated, if at all."""
    if "rated_unit" not in found.facts:
        return None
    facts = found.facts
    return {
        "office": facts["rated_office"],
        "office_label": intake.RATINGS[facts["rated_office"]],
        "unit": facts["rated_unit"],
        "unit_label": intake.RATINGS[facts["rated_unit"]],
        "solved": facts["rated_solved"],
        "solved_label": SOLVED[facts["rated_solved"]],
    }


def _state(found: proofs.Proof) -> str:
    """What became of it; of what a person told, how."""
    return intake.TOLD_HOW[found.how] if found.state == proofs.TOLD else NOTICE_STATES[found.state]


def notice(found: proofs.Proof, file: CaseFile) -> dict[str, Any]:
    """The proof of one notice: what was said, when, and what became of it."""
    is_site = found.channel == proofs.SITE
    return {
        "event_seq": found.seq,
        "recipient": found.recipient,
        "channel": found.channel,
        "templates": list(found.texts),
        "state": found.state,
        "state_label": "已进入站内消息" if is_site else _state(found),
        "owed_at": _local(found.owed_at),
        "attempts": [vars(attempt) | {"at": _local(attempt.at)} for attempt in found.attempts],
        "said": [QUERY_CODE.sub(HIDDEN_CODE, words) for words in proofs.said(found, file.key)],
        "reason": found.reason,
    }


def _is_between_organs(limit: str | None) -> bool:
    """A date that a petitioner is not shown, and whose lateness is not his affair either."""
    return limit in limits.PETITION and limits.PETITION[limit].for_staff


def _local(instant: str) -> str:
    return keys.moment(instant).astimezone(keys.CHINA).isoformat()


def _by(each: Recorded, tree: OfficeTree) -> str:
    if each.by["role"] == PETITIONER:
        return "信访人"
    return name_of(each.by["org"], tree) if "org" in each.by else "系统（期限届满）"

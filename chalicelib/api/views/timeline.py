"""What happened, what was said and what was told: timeline, rating, proofs of notices."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from chalicelib.api.views.names import name_of
from chalicelib.api.views.people import is_aside
from chalicelib.domain import intake, limits
from chalicelib.domain.case import PETITIONER, PROXY, REPRESENTATIVE, Actor, Case
from chalicelib.domain.events import BY_WIRE
from chalicelib.domain.events.base import EVERYTHING, STAFF
from chalicelib.domain.events.matters import MatterSplit, PartCutOut
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed.recipients import is_person, number_of
from chalicelib.store import keys, proofs
from chalicelib.store.cases import CaseFile
from chalicelib.store.chain import Recorded

ACTING_AS = {REPRESENTATIVE: "信访代表", PROXY: "代理人"}
RECIPIENTS = {
    "petitioner": "信访人",
    "proxy": "代理人",
    "representative": "第{}位信访代表",
    "signer": "第{}位联名人",
    "signers": "联名人",
}
LATE = timedelta(minutes=15)
"""A sweep runs every five minutes, and an alarm tells of what has waited longer than this."""
QUERY_CODE, HIDDEN_CODE = re.compile(r"(?<!\d)\d{16}(?!\d)"), "（已隐去）"
"""Whoever has number and query code is the petitioner: staff see that a code was sent, never the code."""
CUT_OUT = PartCutOut.wire
"""That somebody was accused, no unit may learn (第三十条第三款): only the office of registration reads it."""
SHOWN_APART = ("petition.replied", "petition.drafted", "petition.claims_confirmed", MatterSplit.wire, CUT_OUT)
"""Their text has a place of its own in the view of a case; what it said before a cut must not be read here."""
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
    proofs.NEEDLESS: "不需发送",
    proofs.SPREAD: "已分别发给联名人",
}


def timeline(file: CaseFile, tree: OfficeTree, by: Actor) -> list[dict[str, Any]]:
    """Everything that happened, in order; a petitioner does not see what is only between organs."""
    is_petitioner = by.role == PETITIONER
    return [
        entry(each, file, tree, is_petitioner=is_petitioner, is_aside=is_aside(by))
        for each in file.events
        if not (is_petitioner and (BY_WIRE[each.type].seen == STAFF or is_between_organs(each.data.get("limit"))))
        and not (each.type == CUT_OUT and (is_aside(by) if is_petitioner else by.org != file.case.office))
    ]


def entry(
    each: Recorded, file: CaseFile, tree: OfficeTree, *, is_petitioner: bool, is_aside: bool = False
) -> dict[str, Any]:
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
            if not (is_petitioner and is_between_organs(c["limit"]))
        ],
        **{name: value for name, value in each.data.items() if name not in hidden},
    }
    for name in ("to", "org", "owner", "organ", "place", "instead"):
        if name in each.data and each.data[name] != PETITIONER:
            found[f"{name}_name"] = name_of(each.data[name], tree)
    reads_text = (event.seen == EVERYTHING and not is_aside) if is_petitioner else True
    if each.seq != 1 and each.type not in SHOWN_APART and reads_text:
        said = file.texts.get(each.seq, {})
        found["text"] = {name: words for name, words in said.items() if not (is_petitioner and name in FOR_THE_FILE)}
    if late := _noticed_late(each.data):
        found["noticed_late"] = late
    if not is_petitioner:
        found["hash"] = each.hash.hex()
    return found


def _noticed_late(data: Mapping[str, Any]) -> str:
    """When the sweep came late to what time did: both instants, as they are."""
    if not data.get("expected_at"):
        return ""
    expected, detected = (datetime.fromisoformat(data[name]) for name in ("expected_at", "detected_at"))
    if detected - expected <= LATE:
        return ""
    return f"应于{_instant(expected)}发现，实际于{_instant(detected)}发现"


def _instant(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日{at:%H:%M}"


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


def outcome(found: proofs.Proof) -> str:
    """What became of a notice, in words; of what a person told, how."""
    if found.channel == proofs.SITE:
        return "已进入站内消息"
    return intake.TOLD_HOW[found.how] if found.state == proofs.TOLD else NOTICE_STATES[found.state]


def notice(found: proofs.Proof, file: CaseFile) -> dict[str, Any]:
    """The proof of one notice: what was said, when, and what became of it."""
    return {
        "event_seq": found.seq,
        "recipient": found.recipient,
        "recipient_label": person(found.recipient),
        "channel": found.channel,
        "templates": list(found.texts),
        "state": found.state,
        "state_label": outcome(found),
        "owed_at": local(found.owed_at),
        "attempts": [vars(attempt) | {"at": local(attempt.at)} for attempt in found.attempts],
        "said": [QUERY_CODE.sub(HIDDEN_CODE, words) for words in proofs.said(found, file.key)],
        "reason": found.reason,
    }


def person(recipient: str) -> str:
    """Who of the people of a case it is; an organ is named by its office."""
    return RECIPIENTS.get(recipient.partition(":")[0], "").format(number_of(recipient)) if is_person(recipient) else ""


def is_between_organs(limit: str | None) -> bool:
    """A date that a petitioner is not shown, and whose lateness is not his affair either."""
    return limit in limits.KNOWN and limits.KNOWN[limit].for_staff


def local(instant: str) -> str:
    """An instant of the table, as it is shown."""
    return keys.moment(instant).astimezone(keys.CHINA).isoformat()


def _by(each: Recorded, tree: OfficeTree) -> str:
    if each.by["role"] == PETITIONER:
        return ACTING_AS.get(each.by.get("as", ""), "信访人")
    return name_of(each.by["org"], tree) if "org" in each.by else "系统（期限届满）"

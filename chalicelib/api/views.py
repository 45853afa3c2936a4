"""What each role sees of a case. Values come from the case and its events; no rule of the law is decided here.

The invariant: what is not named for a role is not in its view, telephone and identity numbers are masked,
and lateness is computed from the clock when it is read.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.api import procedures
from chalicelib.domain import intake
from chalicelib.domain.case import PETITIONER, Actor, Case, Clock
from chalicelib.domain.events import BY_WIRE
from chalicelib.domain.identity import mask_identity_number, mask_phone
from chalicelib.domain.intake import Contact
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules, derivation, next_steps
from chalicelib.domain.stages import ASSIGNED, CONCLUDED, FORWARDED, REGISTERED, SERVED, STAGES
from chalicelib.domain.workdays import days_left
from chalicelib.store import keys, proofs
from chalicelib.store.cases import CaseFile
from chalicelib.store.chain import Recorded
from chalicelib.store.lists import YELLOW_DAYS, Row

SHOWN_STAGES = {
    REGISTERED: "已登记，正在确定由谁办",
    FORWARDED: "已转到{unit}，正在等它书面告知怎么办",
    ASSIGNED: "已交{unit}办理，正在等它书面告知怎么办",
    "objected": "正在核实由哪个单位办",
    "accepted": "{unit}正在办理",
    "declined": "不能受理，原因见告知内容",
    "diverted": "应由法律规定的单位依法办理，见告知内容",
    "replied": "意见已作出，正在送给您",
    SERVED: "已办结，请查看并评价",
    CONCLUDED: "程序已结束",
    "withdrawn": "您已撤回，以后仍可再提",
}
"""What a petitioner reads of a stage (`terms.md` section 3)."""

TEXT_SHOWN_TO_PETITIONER = {
    "petition.declined",
    "petition.diverted",
    "petition.extended",
    "petition.rated",
    "petition.supplemented",
    "petition.withdrawn",
}
EVENTS_FOR_STAFF = {"petition.reminded", "petition.objection_closed"}
CLOCKS_FOR_STAFF = {"object", "decide_objection", "report_back"}
QUERY_CODE, HIDDEN_CODE = re.compile(r"(?<!\d)\d{16}(?!\d)"), "（已隐去）"
"""Whoever has number and query code is the petitioner: staff see that a code was sent, never the code."""
NOTICE_STATES = {
    proofs.OWED: "待发送",
    proofs.CLAIMED: "待发送",
    proofs.SENT: "已发出",
    proofs.DELIVERED: "手机已收到",
    proofs.FAILED: "发送失败",
    proofs.UNKNOWN: "结果待核实",
    proofs.HANDED: "转人工告知",
}


def case(file: CaseFile, actor: Actor, tree: OfficeTree, rules: Rules, today: date) -> dict[str, Any]:
    """The whole view of one case for this person."""
    is_petitioner = actor.role == PETITIONER
    found = file.case
    filed = file.texts.get(1, {})
    unit = _office(found.agency, tree) if found.agency else None
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
        "office": _office(found.office, tree),
        "agency": unit,
        "track": found.facts.get("track", ""),
        "track_label": intake.TRACKS.get(found.facts.get("track", ""), ""),
        "petitioner": person(file.contact),
        "clocks": [
            clock(each, tree, rules, today)
            for each in found.clocks
            if not (is_petitioner and each.limit in CLOCKS_FOR_STAFF)
        ],
        "timeline": [
            entry(each, file, tree, is_petitioner=is_petitioner)
            for each in file.events
            if not (is_petitioner and each.type in EVENTS_FOR_STAFF)
        ],
        "opinion": opinion(file, is_petitioner=is_petitioner),
        "rating": rating(found),
        "next_steps": [
            {"action": step.action, "label": step.label, "law": step.law}
            for step in next_steps(procedures.of(found), found, actor)
        ],
    }
    if not is_petitioner:
        view["notices"] = [notice(proofs.proof(item), file) for item in file.notices]
        view["helper"], view["external_number"] = filed.get("helper", ""), filed.get("external_number", "")
    return view


def receipt(
    case_number: str,
    query_code: str,
    received_on: str,
    registered_at: str,
    clocks: list[Mapping[str, Any]],
    rules: Rules,
) -> dict[str, Any]:
    """What is handed over after a filing: the same the first time and every time it is repeated."""
    return {
        "case_number": case_number,
        "query_code": query_code,
        "version": 1,
        "received_on": received_on,
        "registered_at": registered_at,
        "stage": REGISTERED,
        "stage_label": SHOWN_STAGES[REGISTERED],
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
    }


def row(listed: Row, tree: OfficeTree, today: date, *, org: str | None = None) -> dict[str, Any]:
    """One line of a worklist (with the office whose duty it shows), or of a petitioner's own list."""
    found = listed.case
    due = found.due_of(org) if org else found.due()
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
    }


def stage_label(found: Case, tree: OfficeTree, *, is_petitioner: bool) -> str:
    """Staff read the legal term, a petitioner a sentence."""
    if not is_petitioner:
        return STAGES[found.stage]
    office = tree.get(found.agency or found.office)
    return SHOWN_STAGES[found.stage].format(unit=office.short if office else "责任单位")


def clock(found: Clock, tree: OfficeTree, rules: Rules, today: date) -> dict[str, Any]:
    """One clock with its light and its derivation, computed by the function that set it."""
    rule = rules.limits[found.limit]
    owner = "信访人" if found.owner == PETITIONER else _name(found.owner, tree)
    state = "running" if found.is_running else found.ending
    if state == "met" and found.is_overdue(today):
        state = "met_late"
    return {
        "limit": found.limit,
        "label": rule.label,
        "law": rule.law,
        "kind": rule.kind,
        "owner": found.owner,
        "owner_name": owner,
        "start": found.start.isoformat(),
        "due": found.due.isoformat(),
        "legal_due": found.legal_due.isoformat(),
        "stat_due": found.stat_due.isoformat(),
        "provisional": found.provisional,
        "calendar": found.calendar,
        "extended_by": found.extended_by,
        "ended_on": found.ended_on.isoformat() if found.ended_on else None,
        "state": state,
        "light": light(found.due, today, ended_on=found.ended_on, ending=found.ending, is_stopped=found.is_stopped),
        "derivation": derivation(found, rules).text(),
    }


def light(
    due: date | None, today: date, *, ended_on: date | None = None, ending: str = "", is_stopped: bool = False
) -> dict[str, Any]:
    """Colour, shape and words (`terms.md` section 5): colour is never the only sign."""
    if ending == "met" and due is not None and ended_on is not None:
        late = ended_on > due
        return _light("grey", "✓", "超期办结" if late else "按期办结", None)
    if due is None or is_stopped or ending:
        return _light("grey", "○", "停止计时" if is_stopped else "无期限", None)
    left = days_left(due, today)
    if left < 0:
        return _light("red", "■", f"超期{-left}天", left)
    if left <= YELLOW_DAYS:
        return _light("yellow", "◆", f"临期 剩{left}天", left)
    return _light("green", "●", "正常", left)


def entry(each: Recorded, file: CaseFile, tree: OfficeTree, *, is_petitioner: bool) -> dict[str, Any]:
    """One line of the timeline."""
    event = BY_WIRE[each.type]
    found: dict[str, Any] = {
        "seq": each.seq,
        "event": each.type,
        "label": event.shown if is_petitioner else event.label,
        "at": each.at.isoformat(),
        "on": each.at.date().isoformat(),
        "by": _by(each, tree),
        "clocks": [{"limit": c["limit"], "due": c["due"], "derivation": c["derivation"]} for c in each.clocks],
        **{name: value for name, value in each.data.items() if name not in ("claims",)},
    }
    for name in ("to", "org", "owner"):
        if name in each.data and each.data[name] != PETITIONER:
            found[f"{name}_name"] = _name(each.data[name], tree)
    if (
        each.seq != 1
        and each.type != "petition.replied"
        and (not is_petitioner or each.type in TEXT_SHOWN_TO_PETITIONER)
    ):
        found["text"] = file.texts.get(each.seq, {})
    if not is_petitioner:
        found["hash"] = each.hash.hex()
    return found


def opinion(file: CaseFile, *, is_petitioner: bool) -> dict[str, Any] | None:
    """The written opinion; a petitioner reads it once it was served."""
    given = next((each for each in reversed(file.events) if each.type == "petition.replied"), None)
    if given is None or (is_petitioner and file.case.stage not in (SERVED, CONCLUDED)):
        return None
    text = file.texts[given.seq]
    answers = [
        each | {"finding_label": intake.FINDINGS[each["finding"]][0], "law": intake.FINDINGS[each["finding"]][1]}
        for each in text["answers"]
    ]
    return {"on": given.at.date().isoformat(), "facts": text["facts"], "answers": answers}


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
        "solved": facts["solved"],
        "solved_label": "已解决（群众确认）" if facts["solved"] else "未解决",
    }


def notice(found: proofs.Proof, file: CaseFile) -> dict[str, Any]:
    """The proof of one notice: what was said, when, and what became of it."""
    is_site = found.channel == proofs.SITE
    return {
        "event_seq": found.seq,
        "recipient": found.recipient,
        "channel": found.channel,
        "templates": list(found.texts),
        "state": found.state,
        "state_label": "已进入站内消息" if is_site else NOTICE_STATES[found.state],
        "owed_at": local(found.owed_at),
        "attempts": [vars(attempt) | {"at": local(attempt.at)} for attempt in found.attempts],
        "said": [QUERY_CODE.sub(HIDDEN_CODE, words) for words in proofs.said(found, file.key)],
        "reason": found.reason,
    }


def person(contact: Contact) -> dict[str, str]:
    """Name and address in full for who may see the case; numbers masked."""
    return {
        "name": contact.name,
        "phone": mask_phone(contact.phone) if contact.phone else "",
        "address": contact.address,
        "identity_number": mask_identity_number(contact.identity_number) if contact.identity_number else "",
    }


def local(instant: str) -> str:
    """An instant of the table, as it is shown."""
    return keys.moment(instant).astimezone(keys.CHINA).isoformat()


def _light(level: str, shape: str, text: str, left: int | None) -> dict[str, Any]:
    return {"level": level, "shape": shape, "text": text, "days_left": left}


def _by(each: Recorded, tree: OfficeTree) -> str:
    if each.by["role"] == PETITIONER:
        return "信访人"
    return _name(each.by["org"], tree) if "org" in each.by else "系统（期限届满）"


def _office(org: str, tree: OfficeTree) -> dict[str, str]:
    office = tree.get(org)
    return {"id": org, "name": office.name, "phone": office.phone} if office else {"id": org, "name": org, "phone": ""}


def _name(org: str, tree: OfficeTree) -> str:
    office = tree.get(org)
    return office.name if office else org

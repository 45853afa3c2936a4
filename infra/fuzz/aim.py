"""Point a generated request at what exists: a live session, a case that waits for the step, its version, real names.

Only so does it reach the functions of the steps; most of it stays as it was generated.
"""

import json
import random
import uuid
from typing import Any

from schemathesis import Case
from schemathesis.core import NOT_SET

from infra.fuzz.county import County, Waiting
from infra.fuzz.steps import CLERK_FOR, GOOD_STEPS, PATH, whose
from infra.fuzz.steps.base import A_LETTER, A_PETITION, BUREAU, NEXT_MONTH, PETITIONER, PHONE, TODAY
from infra.fuzz.steps.misconduct import A_REPORT

MOSTLY, SELDOM = 0.8, 0.05
DEAD_TOKEN = "x" * 43
REAL: dict[str, Any] = {
    "to": "housing",
    "suggested": "market",
    "track": "petition_procedure",
    "due": NEXT_MONTH,
    "days": 30,
    "received_on": "2024-03-01",
    "served_on": None,
    "category": "城乡建设/工程质量",
    "identity_number": "11010519491231002X",
    "phone": PHONE,
    "user": "nobody-here",
}
"""Values that no generator would find."""
GOOD = {
    "/codes": {"phone": "19900990002"},
    "/petitions": A_PETITION,
    "/registrations": A_LETTER,
    "/reports": A_REPORT,
    "/reports/registrations": {
        "channel": "letter",
        "received_on": "2024-03-01",
        "title": "违规收费",
        "text": "窗口收费不给收据。",
        "accused": ["justice"],
    },
    "/search": {"phone": PHONE},
    "/announcements": {"text": "明天上午信访接待大厅停电，网上和电话照常受理"},
    "/refusals": {"phone": PHONE, "refuses": False},
    "/my/refusal": {"refuses": False},
    "/calendar/notices": {
        "form": "csv",
        "year": 2027,
        "content": "\n".join(
            [*(f"2027-{month:02}-01,放假" for month in range(1, 13)), "2027-01-30,上班", "2027-10-09,上班"]
        ),
    },
    "/colleagues/{user}/leave": {"away_from": TODAY, "away_until": NEXT_MONTH},
    "/force-majeure": {
        "begins": TODAY,
        "ends": TODAY,
        "document": "青山县人民政府公告2026年第4号",
        "decided_by": "青山县人民政府",
        "reason": "暴雪封路。",
        "places": ["town-qingxi"],
    },
    "/imports": {"format": "jsonl", "content": json.dumps(A_LETTER, ensure_ascii=False) + "\n{"},
}
CURSORS = ("AAAA", "x" * 60, "eyJwayI6IkNBU0UifQ")
"""Marks of a next page that nobody gave out."""
BY_QUERY_CODE = ("/track", "/sessions")
NO_CASE = Waiting("", 0, "")
CLERK_TO_SIGN_IN = "market-clerk"


def clerk_for(path: str) -> str:
    """Which member of staff a route is for."""
    action = path.rsplit("/", 1)[-1]
    return CLERK_FOR.get(action) or (whose(action) if action in GOOD_STEPS else BUREAU)


def aim(case: Case, who: str, county: County, chance: random.Random, *, exact: bool) -> str:
    """Change a generated request in place; answer the number of the case it is about, if any.

    `exact`: everything as a person who knows the interface would send it, so that the route is reached at least once.
    """
    action = case.path.rsplit("/", 1)[-1]
    waiting = NO_CASE
    if "case_id" in case.path_parameters or case.path in BY_QUERY_CODE:
        waiting = county.waiting(action if exact or chance.random() < MOSTLY else chance.choice(["", *PATH]))
    elif "report_id" in case.path_parameters:
        waiting = county.report()
        if exact or chance.random() < MOSTLY:
            case.path_parameters["report_id"] = waiting.number
        else:
            case.path_parameters["report_id"] = _segment(case.path_parameters["report_id"])
    _authorize(case, county.token(who), chance, exact)
    if "Idempotency-Key" in case.headers and (exact or chance.random() < MOSTLY):
        case.headers["Idempotency-Key"] = str(uuid.UUID(int=chance.getrandbits(128)))
    if "number" in case.path_parameters and exact:
        case.path_parameters["number"] = 1
    for name in ("notice", "decision", "announcement"):
        if name in case.path_parameters:
            case.path_parameters[name] = 1 if exact else _segment(case.path_parameters[name])
    if "user" in case.path_parameters:
        waiting = county.colleague(who)
        real = exact or chance.random() < MOSTLY
        case.path_parameters["user"] = waiting.number if real else _segment(case.path_parameters["user"])
    if "case_id" in case.path_parameters:
        if exact or chance.random() < MOSTLY:
            case.path_parameters["case_id"] = waiting.number
        else:
            case.path_parameters["case_id"] = _segment(case.path_parameters["case_id"])
    if "If-Match" in case.headers and (exact or chance.random() < MOSTLY):
        case.headers["If-Match"] = f'"{waiting.version}"'
    if "cursor" in case.query and chance.random() < MOSTLY:
        case.query["cursor"] = chance.choice((*CURSORS, county.cursor()))
    both = {"case_number": waiting.number, "query_code": waiting.query_code}
    if exact:
        _exactly(case, who, action, both, county)
    elif isinstance(case.body, dict):
        _really(case.body, chance)
        if case.path in BY_QUERY_CODE and chance.random() < 1 - MOSTLY:
            case.body = both
    return str(case.path_parameters.get("case_id", ""))


def _authorize(case: Case, token: str, chance: random.Random, exact: bool) -> None:
    if not case.operation.definition.raw.get("security"):
        case.headers.pop("Authorization", None)
        return
    if exact or chance.random() >= SELDOM:
        case.headers["Authorization"] = f"Bearer {token}"
    elif chance.random() < MOSTLY:
        case.headers["Authorization"] = f"Bearer {DEAD_TOKEN}"


def _exactly(case: Case, who: str, action: str, both: dict[str, str], county: County) -> None:
    case.query = {}
    case.headers.pop("If-None-Match", None)
    if case.path in BY_QUERY_CODE:
        case.body = both
    elif case.path == "/staff/sessions" and who != PETITIONER:
        case.body = county.staff_form(CLERK_TO_SIGN_IN)
    elif case.body is not NOT_SET:
        case.body = GOOD.get(case.path) or county.body(GOOD_STEPS.get(action, {})) or case.body


def _really(body: dict[str, Any], chance: random.Random) -> None:
    """Put real values where the body has such a field at all."""
    for name, value in REAL.items():
        if name in body and chance.random() < MOSTLY:
            body[name] = value
    answers = body.get("answers")
    if isinstance(answers, list) and answers and isinstance(answers[0], dict) and chance.random() < MOSTLY:
        body["answers"] = [answers[0] | {"claim": 1, "basis": "《物业管理条例》"}]
    if isinstance(body.get("content"), str) and chance.random() < MOSTLY:
        body["content"] = GOOD["/imports"]["content"] + "\n" + body["content"]  # type: ignore[operator]


def _segment(value: Any) -> str:
    """One segment of a path: what is empty, or more than one, is another route and API Gateway's own affair."""
    found = str(value).replace("/", "").replace("%2F", "").replace("%2f", "")
    return found if found.strip(".%20") else "0"

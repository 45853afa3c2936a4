"""Who is signed in, and a case in every stage: so that generated requests meet more than "not found".

The invariant: everything here is made through the interface, as people would make it.
"""

import re
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import pyotp

from chalicelib import clock
from chalicelib.store import people
from chalicelib.store.bootstrap import DEMO_PASSWORD

PHONE = "19900990001"
NEXT_MONTH = (clock.today() + timedelta(days=30)).isoformat()
PETITIONER, BUREAU, UNIT, HEAD = "petitioner", "bureau1", "housing-clerk", "housing-head"
STAFF = (BUREAU, UNIT, HEAD)
SMS_WAIT_S, STEP_S = 20.0, 30
CODE_TEXT = re.compile(r"验证码(\d{6})")

A_PETITION = {
    "kind": "grievance",
    "title": "小区停车位被物业占用",
    "text": "我家住在青山县城关镇，小区的公共车位被物业圈起来单独收费，请有关部门查处。",
    "name": "周桂兰",
    "address": "青山县城关镇解放路12号",
}
GOOD_STEPS: dict[str, dict[str, Any]] = {
    "forward": {"to": "housing"},
    "assign": {"to": "housing", "due": NEXT_MONTH},
    "object": {"reason": "该小区由开发商自管，不属于我局职责范围。"},
    "uphold_objection": {"note": "同意退回"},
    "reject_objection": {"reason": "物业管理属你局职责。"},
    "accept": {"track": "petition_procedure", "undertaker": "李工"},
    "decline": {"ground": "not_our_competence", "where_to": "县人社局", "explanation": "不属于我局职权范围。"},
    "divert": {"route": "arbitration", "body": "县仲裁委", "explanation": "双方有仲裁协议。"},
    "extend": {"days": 30, "reason": "需要委托鉴定。"},
    "reply": {
        "facts": "经现场查看，物业自6月起收费。",
        "answers": [{"claim": 1, "finding": "support", "answer": "责令退还。", "basis": "《物业管理条例》"}],
    },
    "serve": {"method": "window", "proof": "本人签收"},
    "rate": {"office": "satisfied", "unit": "basically", "solved": True},
    "supplement": {"text": "附上物业的收费单。"},
    "urge": {},
    "withdraw": {"reason": "已经解决。"},
}
TAKEN_BY = {
    "forward": BUREAU,
    "assign": BUREAU,
    "uphold_objection": BUREAU,
    "reject_objection": BUREAU,
    "extend": HEAD,
    "rate": PETITIONER,
    "supplement": PETITIONER,
    "urge": PETITIONER,
    "withdraw": PETITIONER,
}
"""Whose step it is; the others are the unit's clerk's."""
ROAD = {
    "registered": (),
    "forwarded": ("forward",),
    "objected": ("forward", "object"),
    "accepted": ("forward", "accept"),
    "replied": ("forward", "accept", "reply"),
    "served": ("forward", "accept", "reply", "serve"),
}
"""How a case comes to a stage."""
STAGE_FOR = {
    "forward": "registered",
    "assign": "registered",
    "uphold_objection": "objected",
    "reject_objection": "objected",
    "extend": "accepted",
    "reply": "accepted",
    "serve": "replied",
    "rate": "served",
}
"""From where a step can be taken; the others follow a forwarding."""


class NotReady(Exception):
    """The system did not do what every fuzzing begins with."""


@dataclass(frozen=True)
class Waiting:
    """A case that stands in a stage, and what opens it."""

    number: str
    version: int
    query_code: str


@dataclass
class County:
    """The people and the cases of one run."""

    http: httpx.Client
    tokens: dict[str, str] = field(default_factory=dict)
    _cursor: str = ""
    _waiting: dict[str, list[Waiting]] = field(default_factory=lambda: defaultdict(list))

    def sign_everybody_in(self) -> None:
        """A petitioner by text message, staff by password and one-time code."""
        self.tokens[PETITIONER] = self._petitioner()
        for user in STAFF:
            self.tokens[user] = self._staff(user)

    def waiting(self, stage: str) -> Waiting:
        """A case in this stage; made when there is none."""
        if not self._waiting[stage]:
            self._waiting[stage].append(self._made(stage))
        return self._waiting[stage][-1]

    def moved(self, number: str) -> None:
        """A case has left its stage."""
        for cases in self._waiting.values():
            cases[:] = [each for each in cases if each.number != number]

    def cursor(self) -> str:
        """Where the second page of the petitioner's own list begins."""
        if not self._cursor:
            headers = {"Authorization": f"Bearer {self.tokens[PETITIONER]}"}
            for _ in range(2):
                self._post("/api/petitions", A_PETITION, PETITIONER)
            answer = self.http.get("/api/my/petitions", params={"limit": 1}, headers=headers)
            self._cursor = str(_good(answer)["next_cursor"])
        return self._cursor

    def staff_form(self, user: str, later: int = 0) -> dict[str, str]:
        """What a member of staff signs in with now, or with a later step's code; each counts once."""
        code = pyotp.TOTP(people.demo_totp_secret(user)).at(datetime.fromisoformat(self._now()), later)
        return {"user": user, "password": DEMO_PASSWORD, "totp": code}

    def _staff(self, user: str) -> str:
        """Somebody else, such as another run, may have used this half minute's code: the next one counts already."""
        for later, wait in ((0, 0), (1, 0), (1, STEP_S)):
            time.sleep(wait)
            answer = self.http.post("/api/staff/sessions", json=self.staff_form(user, later))
            if answer.status_code != 401:
                return str(_good(answer)["token"])
        raise NotReady(f"{user} could not sign in: another run uses the same codes")

    def _petitioner(self) -> str:
        since = self._now()
        challenge = self._post("/api/codes", {"phone": PHONE})["challenge"]
        form = {"challenge": challenge, "phone": PHONE, "code": self._code(since)}
        return str(self._post("/api/sessions", form)["token"])

    def _now(self) -> str:
        """The moment it is for the system: its clock can be moved."""
        return str(self.http.get("/api/health").json()["time"])

    def _code(self, since: str) -> str:
        give_up = time.monotonic() + SMS_WAIT_S
        while time.monotonic() < give_up:
            sent = self.http.get("/_local/sms", params={"phone": PHONE, "since": since}).json()
            if codes := [match[1] for each in sent if (match := CODE_TEXT.search(each["text"]))]:
                return str(codes[-1])
            time.sleep(0.3)
        raise NotReady(f"no login code came within {SMS_WAIT_S:.0f} seconds")

    def _made(self, stage: str) -> Waiting:
        filed = self._post("/api/petitions", A_PETITION, PETITIONER)
        number, version = filed["case_number"], filed["version"]
        for action in ROAD[stage]:
            who = TAKEN_BY.get(action, UNIT)
            view = self._post(f"/api/cases/{number}/{action}", GOOD_STEPS[action], who, version)
            version = view["version"]
        return Waiting(number, version, filed["query_code"])

    def _post(self, path: str, body: dict[str, Any], who: str = "", version: int = 0) -> dict[str, Any]:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        headers |= {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        headers |= {"If-Match": f'"{version}"'} if version else {}
        return _good(self.http.post(path, json=body, headers=headers))


def _good(answer: httpx.Response) -> dict[str, Any]:
    if not answer.is_success:
        raise NotReady(
            f"{answer.request.method} {answer.request.url.path} was answered {answer.status_code}: {answer.text[:500]}"
        )
    return dict(answer.json())

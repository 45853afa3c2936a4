"""Who is signed in, and a case for every step: so that generated requests meet more than "not found".

The invariant: everything here is made through the interface, as people would make it.
"""

import re
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
import pyotp

from chalicelib.store import people
from chalicelib.store.bootstrap import DEMO_PASSWORD
from infra.fuzz.steps import move, path
from infra.fuzz.steps.base import A_PETITION, BUREAU, HEAD, PETITIONER, PHONE, UNIT, Body, Move
from infra.fuzz.steps.misconduct import A_REPORT

FIRST = (BUREAU, UNIT, HEAD)
"""Staff without whom no fuzzing can begin; others sign in when they are first needed."""
SMS_WAIT_S, STEP_S = 20.0, 30
CODE_TEXT = re.compile(r"验证码(\d{6})")


class NotReady(Exception):
    """The system did not do what every fuzzing begins with."""


@dataclass(frozen=True)
class Waiting:
    """A case that stands where a step can be taken, and what opens it."""

    number: str
    version: int
    query_code: str


@dataclass
class County:
    """The people and the cases of one run."""

    http: httpx.Client
    _tokens: dict[str, str] = field(default_factory=dict)
    _cursor: str = ""
    _waiting: dict[str, list[Waiting]] = field(default_factory=lambda: defaultdict(list))

    def sign_everybody_in(self) -> None:
        """A petitioner by text message, staff by password and one-time code."""
        for who in (PETITIONER, *FIRST):
            self.token(who)

    def token(self, who: str) -> str:
        """The session of a petitioner or of a member of staff, who signs in when first needed."""
        if who not in self._tokens:
            self._tokens[who] = self._petitioner() if who == PETITIONER else self._staff(who)
        return self._tokens[who]

    def waiting(self, action: str) -> Waiting:
        """A case on which this step can be taken; made when there is none. Steps with the same path share theirs."""
        cases = self._waiting[repr(path(action))]
        if not cases:
            cases.append(self.fresh(action))
        return cases[-1]

    def fresh(self, action: str) -> Waiting:
        """A case of its own on which this step can be taken."""
        return self.led(path(action))

    def led(self, moves: tuple[Move, ...]) -> Waiting:
        """A case of its own that has come this way; it may begin with what is filed, or with what staff register."""
        taken = [move(each) for each in moves]
        first = taken.pop(0) if taken and taken[0][0] in ("file", "register", "open") else ("file", {}, PETITIONER)
        if first[0] == "open":
            filed = self._post("/api/inspections", self.body(first[1]), first[2]) | {"version": 1, "query_code": ""}
        elif first[0] == "register":
            filed = self._post("/api/registrations", self.body(first[1]), first[2])
        else:
            filed = self._post("/api/petitions", A_PETITION | self.body(first[1]), PETITIONER)
        number, version = filed["case_number"], filed["version"]
        for step, body, who in taken:
            view = self._post(f"/api/cases/{number}/{step}", self.body(body), who, version)
            version = view["version"]
        return Waiting(number, version, filed["query_code"])

    def report(self) -> Waiting:
        """A report of misconduct of its own, which lies with the bureau as it came in."""
        filed = self._post("/api/reports", A_REPORT)
        return Waiting(filed["case_number"], 1, filed["query_code"])

    def colleague(self, who: str) -> Waiting:
        """Somebody of staff as he sees himself, and the version of what is kept of him; a petitioner names another."""
        user = BUREAU if who == PETITIONER else who
        headers = {"Authorization": f"Bearer {self.token(user)}"}
        shown = _good(self.http.get(f"/api/colleagues/{user}/leave", headers=headers))
        return Waiting(user, shown["leave"]["version"], "")

    def body(self, body: Body) -> dict[str, Any]:
        """What is sent, with what it names."""
        return body(self) if callable(body) else body

    def moved(self, number: str) -> None:
        """A case has left its place."""
        for cases in self._waiting.values():
            cases[:] = [each for each in cases if each.number != number]

    def cursor(self) -> str:
        """Where the second page of the petitioner's own list begins."""
        if not self._cursor:
            headers = {"Authorization": f"Bearer {self.token(PETITIONER)}"}
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

    def _post(self, path: str, body: dict[str, Any], who: str = "", version: int = 0) -> dict[str, Any]:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        headers |= {"Authorization": f"Bearer {self.token(who)}"} if who else {}
        headers |= {"If-Match": f'"{version}"'} if version else {}
        return _good(self.http.post(path, json=body, headers=headers))


def _good(answer: httpx.Response) -> dict[str, Any]:
    if not answer.is_success:
        raise NotReady(
            f"{answer.request.method} {answer.request.url.path} was answered {answer.status_code}: {answer.text[:500]}"
        )
    return dict(answer.json())

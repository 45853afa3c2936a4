"""The movable clock of the local stack: dates come near, pass and lapse, each with its text and its derivation."""

import time
from pathlib import Path
from typing import Any

import httpx
import pyotp

from chalicelib.clock import parse_offset
from chalicelib.store import people
from infra.local.place import Place
from infra.local.running import running
from infra.local.sweep import sweep
from tests.component.test_after_a_restart import PATIENCE_S, file
from tests.stories.conftest import HEARD, LOOKED, TICKED

ANSWER = [{"claim": 1, "finding": "support", "answer": "已修复。", "basis": "《城市照明管理规定》第十九条"}]


class Office:
    """A member of staff of one run of the stack."""

    def __init__(self, http: httpx.Client, user: str, now: float) -> None:
        code = pyotp.TOTP(people.demo_totp_secret(user)).at(int(now))
        form = {"user": user, "password": "Sunlight-2026!", "totp": code}
        answer = http.post("api/staff/sessions", json=form)
        assert answer.status_code == 201, answer.text
        self.http, self.auth = http, {"Authorization": f"Bearer {answer.json()['token']}"}

    def case(self, number: str) -> dict[str, Any]:
        """The case as this office sees it."""
        return dict(self.http.get(f"api/cases/{number}", headers=self.auth).json())

    def take(self, number: str, action: str, body: dict[str, Any]) -> None:
        """Take a step on the case as it stands."""
        asked = {"If-Match": f'"{self.case(number)["version"]}"', "Idempotency-Key": f"{number}-{action}"}
        answer = self.http.post(f"api/cases/{number}/{action}", json=body, headers={**self.auth, **asked})
        assert answer.status_code == 200, answer.text


def test_reminded_overdue_and_lapsed(tmp_path: Path) -> None:
    with running(tmp_path) as stack, browsing(stack) as http:
        forgotten, answered = file(http), file(http)
        bureau, unit = Office(http, "bureau1", time.time()), Office(http, "housing-clerk", time.time())
        for number in (forgotten, answered):
            bureau.take(number, "forward", {"to": "housing"})
        unit.take(answered, "accept", {"track": "petition_procedure", "undertaker": "李工"})
        reader, head = (Office(http, f"housing-{post}", time.time()) for post in ("reader", "head"))
        unit.take(answered, "hear_petitioner", HEARD)
        unit.take(answered, "investigate", LOOKED)
        unit.take(answered, "draft_reply", {"facts": "经现场查看属实。", "answers": ANSWER})
        reader.take(answered, "second_read", {"override_reason": "内容属实，先行答复"})
        head.take(answered, "sign", {"checks": TICKED, "note": "同意"})
        unit.take(answered, "serve", {"method": "online", "cause": "conduct"})

    with running(tmp_path, clock_offset="11d") as stack, browsing(stack) as http:
        sweep(stack)
        wait_for_text(http, "黄灯", forgotten)

    with running(tmp_path, clock_offset="40d") as stack, browsing(stack) as http:
        sweep(stack)
        wait_for_text(http, "红灯", forgotten)
        wait_for_text(http, "未申请复查", answered)
        later = time.time() + parse_offset("40d").total_seconds()
        leader = Office(http, "leader1", later)
        late, over = leader.case(forgotten), leader.case(answered)
        inform, review = clock_of(late, "inform"), clock_of(over, "ask_review")
        assert (inform["light"]["level"], review["state"], over["stage"]) == ("red", "lapsed", "concluded")
        assert "满15日" in inform["derivation"]
        assert "第三十五条" in review["derivation"]
        for view, text_id in ((late, "S16"), (late, "S17"), (over, "S31")):
            states = {each["state"] for each in view["notices"] if each["templates"] == [text_id]}
            assert states == {"sent"}, text_id


def browsing(stack: Place) -> httpx.Client:
    return httpx.Client(base_url=stack.origin, timeout=60, trust_env=False)


def clock_of(view: dict[str, Any], limit: str) -> dict[str, Any]:
    return next(each for each in view["clocks"] if each["limit"] == limit)


def wait_for_text(http: httpx.Client, word: str, number: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while not any(word in each["text"] and number in each["text"] for each in http.get("_local/sms").json()):
        assert time.monotonic() < until, f"no {word} about {number}"
        time.sleep(1)

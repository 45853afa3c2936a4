"""A transfer and an accusation of its target at the same moment, on the real stack: never do both hold.

`RACES` pairs, 50 by itself; `make soak-accuse` runs 1,000 and writes what came of them.
"""

import itertools
import json
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest

from chalicelib import clock
from chalicelib.store import people
from infra.local.place import Place

RACES = int(os.environ.get("RACES", "50"))
RESULT = os.environ.get("RACE_RESULT", "")
AT_ONCE = 3
TARGETS = ("audit", "housing", "town-qingxi", "finance", "water")
A_REPORT = {"title": "违规收费", "text": "窗口收费不给收据。", "accused": ["justice"]}
BUSY = (412, 429, 503)
_keys = itertools.count()


class Staff:
    """A member of staff with a client of his own, who tries again on the state he is told of."""

    def __init__(self, origin: str, user: str) -> None:
        self.http = httpx.Client(base_url=origin, timeout=60, trust_env=False)
        code = pyotp.TOTP(people.demo_totp_secret(user)).at(clock.now())
        form = {"user": user, "password": "Sunlight-2026!", "totp": code}
        answer = self.http.post("api/staff/sessions", json=form)
        assert answer.status_code == 201, answer.text
        self.http.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    def read(self, number: str) -> httpx.Response:
        """The report, or the refusal."""
        return self.http.get(f"api/sealed/reports/{number}")

    def take(self, number: str, action: str, body: dict[str, Any], version: int) -> int:
        """Take a step; while the report has moved on, look again and decide again. Answers the last status."""
        for _ in range(20):
            sent = {"If-Match": f'"{version}"', "Idempotency-Key": f"race-{next(_keys)}"}
            answer = self.http.post(f"api/sealed/reports/{number}/{action}", json=body, headers=sent)
            if answer.status_code not in BUSY:
                return answer.status_code
            again = self.read(number)
            if again.status_code == 200:
                version = again.json()["version"]
            elif again.status_code not in BUSY:
                return again.status_code
        raise AssertionError(f"{action} met nothing but traffic")


@pytest.fixture(scope="module")
def office(stack: Place) -> dict[str, Staff]:
    """Those who race, and those who look afterwards."""
    users = ("bureau1", "bureau2", "discipline-clerk", *(f"{target}-clerk" for target in TARGETS))
    return {user: Staff(stack.origin, user) for user in users}


@pytest.mark.feature(20)
def test_no_report_is_with_a_body_it_accuses_whatever_came_first(stack: Place, office: dict[str, Staff]) -> None:
    began, ended = time.monotonic(), Counter[str]()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for ending in pool.map(lambda turn: race(office, turn), range(RACES)):
            ended[ending] += 1
            write_down(ended, began)
    assert sum(ended.values()) == RACES
    assert ended["both"] == 0
    assert set(ended) <= {"refused", "taken back"}


def write_down(ended: Counter[str], began: float) -> None:
    """What came of the races so far."""
    if RESULT:
        found = {
            "races": sum(ended.values()),
            "at_once": AT_ONCE,
            "both": ended["both"],
            "ended": dict(sorted(ended.items())),
        }
        seconds = round(time.monotonic() - began, 1)
        Path(RESULT).write_text(json.dumps({**found, "seconds": seconds}, indent=1) + "\n")


def race(office: dict[str, Staff], turn: int) -> str:
    """One pair: the bureau hands a report to a body, and at the same moment that body (or the one above) is accused."""
    target = TARGETS[turn % len(TARGETS)]
    accused = "county" if turn % 7 == 0 else target
    giver, accuser = office["bureau1"], office["bureau2"]
    filed = giver.http.post("api/reports", json=A_REPORT, headers={"Idempotency-Key": f"filed-{turn}-{next(_keys)}"})
    assert filed.status_code == 201, filed.text
    number = filed.json()["case_number"]
    start, statuses = threading.Barrier(2), {}

    def give() -> None:
        start.wait()
        statuses["give"] = giver.take(number, "transfer_report", {"to": target, "authority": "unit"}, 1)

    def accuse() -> None:
        start.wait()
        statuses["accuse"] = accuser.take(number, "name_accused", {"offices": [accused]}, 1)

    pair = [threading.Thread(target=each) for each in (give, accuse)]
    for each in pair:
        each.start()
    for each in pair:
        each.join()
    if statuses["accuse"] == 404:
        # The transfer came first and took the report from the bureau: whoever has it now names the accused. Or the
        # accusation was committed and only its answer lost (503): then the report is gone from here too.
        holder = office[f"{target}-clerk"]
        assert holder.take(number, "name_accused", {"offices": [accused]}, 2) in (200, 404)
    return ending(office, number, target, accused, statuses)


def ending(office: dict[str, Staff], number: str, target: str, accused: str, statuses: dict[str, int]) -> str:
    """Who has the report now, asked of all three who might."""
    might = ("bureau2", "discipline-clerk", f"{target}-clerk")
    holders = [user for user in might if office[user].read(number).status_code == 200]
    assert holders, f"{number} is with nobody: {statuses}"
    seen = office[holders[0]].read(number).json()
    assert accused in {each["id"] for each in seen["accused"]["offices"]}
    if f"{target}-clerk" in holders:
        return "both"
    return "taken back" if statuses["give"] == 200 else "refused"

"""A transfer and an accusation of its target at the same moment, on the real stack: never do both hold.

`RACES` pairs over its table, 50 by itself (`make soak-accuse` runs 1,000); and a few over HTTP, the whole way.
"""

import itertools
import os
import threading
from typing import Any

import httpx
import pyotp
import pytest

from benchmarks import accuse as racing
from chalicelib import clock
from chalicelib.store import people
from infra.local.place import Place

RACES = int(os.environ.get("RACES", "50"))
A_REPORT = {"title": "违规收费", "text": "窗口收费不给收据。", "accused": ["justice"]}
BUSY = (412, 429, 503)
_keys = itertools.count()


@pytest.mark.feature(20)
def test_raced_pairs_leave_no_report_with_somebody_it_accuses(stack: Place) -> None:
    found = racing.inside(stack.environment(), RACES)
    assert (found["races"], found["both"], found["committed_on_a_stale_state"]) == (RACES, 0, 0)
    assert found["transferred_first"] + found["accused_first"] == RACES
    assert found["refused_as_stale"] + found["met_traffic"] >= RACES / 2, "hardly anything was raced"


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


def test_whoever_comes_second_is_refused_or_finds_the_report_gone(stack: Place) -> None:
    giver, accuser, clerk = (Staff(stack.origin, user) for user in ("bureau1", "bureau2", "audit-clerk"))
    above = Staff(stack.origin, "discipline-clerk")
    for accused in ("audit", "county"):
        filed = giver.http.post("api/reports", json=A_REPORT, headers={"Idempotency-Key": f"race-{next(_keys)}"})
        number, statuses = filed.json()["case_number"], {}
        steps = {
            "give": lambda number=number: giver.take(
                number, "transfer_report", {"to": "audit", "authority": "unit"}, 1
            ),
            "accuse": lambda number=number, accused=accused: accuser.take(
                number, "name_accused", {"offices": [accused]}, 1
            ),
        }
        start = threading.Barrier(2)

        def run(name: str, step: Any, start: Any = start, statuses: dict[str, int] = statuses) -> None:
            start.wait()
            statuses[name] = step()

        pair = [threading.Thread(target=run, args=each) for each in steps.items()]
        for each in pair:
            each.start()
        for each in pair:
            each.join()
        if statuses["accuse"] == 404:  # the report had gone to the audit office: who has it names the accused
            assert clerk.take(number, "name_accused", {"offices": [accused]}, 2) in (200, 404)
        assert clerk.read(number).status_code == 404
        holders = [each for each in (accuser, above) if each.read(number).status_code == 200]
        assert len(holders) == 1
        assert accused in {each["id"] for each in holders[0].read(number).json()["accused"]["offices"]}

"""What is answered of a report of misconduct, on paper and sealed, is what docs/api/openapi.json describes."""

from datetime import timedelta
from typing import Any

import pytest
from chalice.test import Client

from chalicelib import clock
from chalicelib.api.sealed import sealed_app
from infra.openapi.sealed import STEPS
from tests.api.described import Described
from tests.stories.conftest import Person
from tests.stories.conftest import staff as staff  # a fixture
from tests.stories.sealed import Reader

A_REPORT = {
    "title": "住建局质监站收受礼金",
    "text": "今年三月至五月，验收前收受施工单位购物卡。",
    "accused": ["housing"],
    "people": ["质监站站长"],
}


class Watched(Reader):
    """Compares every answer of the sealed function as it goes."""

    seen: set[tuple[str, str, int]]

    def __init__(self, signed_in: Person) -> None:
        super().__init__(signed_in)
        self.seen = set()

    def call(self, method: str, path: str, body: dict | None = None, **headers: str) -> Any:
        with Client(sealed_app) as made:
            self.client = Described(made)
            answer = Person.call(self, method, path, body, **headers)
            self.seen |= self.client.seen
        return answer


@pytest.fixture
def client(client: Any) -> Described:
    """The ordinary application's client, comparing as it goes."""
    return Described(client)


def on_paper(client: Described, window: Person, **changes: Any) -> str:
    received = (clock.today() - timedelta(days=2)).isoformat()
    asked = A_REPORT | {"channel": "letter", "received_on": received, "documents": "照片2张"} | changes
    number = str(window.post("/reports/registrations", asked)["case_number"])
    assert ("POST", "/reports/registrations", 201) in client.seen
    return number


def test_every_sealed_route_is_answered_as_described(client, world, staff):
    number = on_paper(client, staff("window1"), name="何秀芝", phone="0736-6622345")
    online = Person(client, world).post("/reports", A_REPORT)["case_number"]
    bureau, discipline = Watched(staff("bureau1")), Watched(staff("discipline-clerk"))
    page = bureau.get("/sealed/reports?limit=1")
    assert bureau.get(f"/sealed/reports?limit=1&cursor={page['next_cursor']}")["items"]
    assert [bureau.reads(each)["channel"] for each in (number, online)] == ["letter", "web"]
    bureau.takes(number, "tell_organisation_department", {"note": "涉及中层干部", "major": True})
    bureau.takes(number, "name_accused", {"offices": ["water"], "users": ["bureau2"], "people": ["某科长"]})
    bureau.reads(number)
    left = bureau.takes(number, "transfer_report", {"to": "discipline", "authority": "county", "note": "请核查"})
    assert set(left) == {"case_number", "version", "stage", "stage_label"}
    closed = discipline.takes(number, "close_report", {"outcome": "verify", "note": "已初核"})
    assert closed["next_steps"][0]["form"]
    yes = {path.rpartition("/")[2] for method, path, status in bureau.seen | discipline.seen if method == "POST"}
    assert yes == set(STEPS)


def test_every_refusal_of_a_sealed_route_is_answered_as_described(client, staff):
    number = on_paper(client, staff("window1"))
    bureau, stranger = Watched(staff("bureau1")), Watched(staff("water-clerk"))
    place = f"/sealed/reports/{number}/transfer_report"
    body = {"to": "discipline", "authority": "county"}
    for status, who, asked, headers in (
        (404, stranger, body, {"If_Match": '"1"'}),
        (412, bureau, body, {"If_Match": '"7"'}),
        (428, bureau, body, {}),
        (422, bureau, body | {"to": "housing"}, {"If_Match": '"1"'}),
        (422, bureau, {}, {"If_Match": '"1"'}),
        (400, bureau, body, {"If_Match": '"1"', "Idempotency_Key": ""}),
    ):
        who.post(place, asked, status, **headers)
        assert ("POST", "/sealed/reports/{report_id}/transfer_report", status) in who.seen
    bureau.takes(number, "close_report", {"outcome": "shelve"})
    bureau.takes(number, "transfer_report", body, 409)
    assert stranger.call("GET", f"/sealed/reports/{number}").status_code == 404
    stranger.token = ""
    assert stranger.call("GET", "/sealed/reports").status_code == 401

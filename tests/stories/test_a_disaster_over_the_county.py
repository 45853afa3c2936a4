"""不可抗力 over the county: the bureau lays it down, a leader looks and confirms, and every open case has it."""

import pytest

from chalicelib.triggers import deadlines
from tests.api.described import Described
from tests.stories.conftest import Petitioner, give_opinion, run_ways_out, sweep

FLOOD = {
    "begins": "2026-11-26",
    "ends": "2026-11-28",
    "document": "青山县人民政府公告2026年第3号",
    "decided_by": "青山县人民政府",
    "reason": "暴雨引发山洪，全县道路和通信中断。",
}
DRAFT = {
    "facts": "经现场查看并询问物业公司，公共车位被圈占收费属实。",
    "answers": [
        {
            "claim": claim,
            "finding": "support",
            "answer": "已责令物业公司退还多收的停车费，并拆除地锁恢复公共车位。",
            "basis": "《物业管理条例》第五十一条",
        }
        for claim in (1, 2)
    ],
}


@pytest.fixture
def client(client):
    """The application's client, comparing with the description as it goes."""
    return Described(client)


def clocks(person, number: str) -> dict[str, str]:
    return {
        each["limit"]: each["due"] for each in person.get(f"/cases/{number}")["clocks"] if each["state"] == "running"
    }


def answered(petitioner, at_work) -> str:
    number = petitioner.signs_in().files()["case_number"]
    at_work("bureau1").step(number, "forward", {"to": "housing"})
    at_work("housing-clerk").step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    give_opinion(at_work, number, DRAFT)
    at_work("housing-clerk").step(number, "serve", {"method": "mail", "proof": "EMS 1234567890123", "cause": "dispute"})
    return number


def test_from_the_decision_to_the_date_that_is_told(client, world, staff, at_work, on_day, later):
    on_day("2026-11-25")
    citizen = Petitioner(client, world, phone="19900005678")
    number = answered(citizen, at_work)
    before = clocks(citizen, number)
    open_one = citizen.files()["case_number"]

    on_day("2026-11-30")
    bureau, leader = staff("bureau2"), staff("leader1")
    laid = bureau.post("/force-majeure", FLOOD, Idempotency_Key="once")
    assert bureau.post("/force-majeure", FLOOD, Idempotency_Key="once") == laid
    assert (laid["state"], [each["id"] for each in laid["places"]], laid["total"]) == ("proposed", ["county"], None)
    seen = leader.get("/force-majeure/1/preview")
    assert (seen["petitions"], seen["recorded"], seen["rights"]) == (2, 0, 2)
    assert sweep()["excused"] == 0
    bureau.post("/force-majeure/1/approve", {}, 403)
    confirmed = leader.post("/force-majeure/1/approve", {}, 200, Idempotency_Key="yes")
    assert leader.post("/force-majeure/1/approve", {}, 200, Idempotency_Key="yes") == confirmed
    staff("bureau1").post("/force-majeure/1/approve", {}, 409)

    late_comer = Petitioner(client, world, phone="19900005679").signs_in().files()["case_number"]
    assert sweep()["excused"] == 2
    assert sweep()["excused"] == 0
    (shown,) = leader.get("/force-majeure")["items"]
    assert (shown["state"], shown["total"], shown["done"], shown["failed"]) == ("in_force", 2, 2, 0)
    assert leader.get("/force-majeure/1/preview")["recorded"] == 2
    after = clocks(citizen.signs_in(), number)
    assert {limit for limit, due in after.items() if due != before[limit]} == {"ask_review", "rating"}
    told = [each for each in citizen.get(f"/cases/{number}")["timeline"] if each["event"] == "petition.force_majeure"]
    assert len(told) == 1
    run_ways_out(number)
    assert any("顺延" in text for text in citizen.texts())
    events = {
        each: [row["event"] for row in bureau.get(f"/cases/{each}")["timeline"]] for each in (open_one, late_comer)
    }
    assert events[open_one].count("petition.force_majeure") == 1
    assert "petition.force_majeure" not in events[late_comer], "it came in when the days were over"


class Hurried:
    """What a sweep is called with that has so many seconds: one passes whenever it asks."""

    def __init__(self, seconds: int) -> None:
        self.context, self.left = self, seconds

    def get_remaining_time_in_millis(self) -> int:
        self.left -= 1
        return deadlines.STOP_BEFORE_MS + 1000 * self.left


def test_a_sweep_gives_the_look_a_share_of_its_time_and_the_next_one_goes_on(client, world, at_work, on_day):
    on_day("2026-11-25")
    many = 9
    for number in range(many):
        Petitioner(client, world, phone=f"1990000567{number}").signs_in().files()
    on_day("2026-11-30")
    for _ in range(2):
        sweep()
    at_work("bureau1").post("/force-majeure", FLOOD)
    at_work("leader1").post("/force-majeure/1/approve", {}, 200)
    hurried = Hurried(40)
    swept = deadlines.sweep(hurried)
    assert 0 < swept["excused"] <= many / 2, swept
    assert hurried.left > 20, "the rest of the time is for what comes due"
    assert sweep()["excused"] == many - swept["excused"]


def test_what_cannot_be_decided_is_named(at_work, on_day):
    on_day("2026-11-30")
    bureau = at_work("bureau1")
    for changes, pointer in (
        ({"begins": "2026-12-01", "ends": "2026-12-02"}, "/begins"),
        ({"ends": "2026-11-25"}, "/ends"),
        ({"places": ["county", "housing"]}, "/places/1"),
        ({"places": ["nowhere"]}, "/places/0"),
        ({"document": ""}, "/document"),
    ):
        told = bureau.post("/force-majeure", FLOOD | changes, 422)
        assert [each["pointer"] for each in told["errors"]] == [pointer]
    assert bureau.get("/force-majeure")["items"] == []
    bureau.post("/force-majeure", FLOOD, 201, Idempotency_Key="k")
    assert bureau.post("/force-majeure", FLOOD | {"reason": "别的"}, 422, Idempotency_Key="k")["code"] == "key_reused"


@pytest.mark.parametrize("user", ["housing-clerk", "housing-head", "supervisor1", "window1", "security1"])
def test_whose_decision_it_is_not_finds_none(at_work, user):
    person = at_work(user)
    person.post("/force-majeure", FLOOD, 404)
    person.post("/force-majeure/1/approve", {}, 404)
    assert person.call("GET", "/force-majeure").status_code == 404
    assert person.call("GET", "/force-majeure/1/preview").status_code == 404


def test_the_administrator_sees_how_far_it_is_and_decides_nothing(at_work):
    admin, bureau = at_work("admin1"), at_work("bureau1")
    assert admin.get("/force-majeure") == {"items": []}
    admin.post("/force-majeure", FLOOD, 404)
    for number in ("1", "x"):
        assert bureau.call("GET", f"/force-majeure/{number}/preview").status_code == 404
        bureau.post(f"/force-majeure/{number}/approve", {}, 404)

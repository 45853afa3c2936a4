"""群发通知: one clerk writes, a second person looks and releases, the sweep sends, some refuse, and a report tells."""

from dataclasses import replace

import pytest

from chalicelib.profiles.profile import current
from chalicelib.store import bulk_quota, keys
from chalicelib.store.bulk_quota import BulkQuota
from chalicelib.store.quotas import quotas
from chalicelib.store.tenant import table
from tests.api.described import Described
from tests.stories.conftest import Petitioner, sweep

NEWS = {"text": "明天上午信访接待大厅停电，网上和电话照常受理"}
RECEIVED = "【青山县信访局】明天上午信访接待大厅停电，网上和电话照常受理。不想再收请打0736-6622345。"
HALL = "停电"


@pytest.fixture
def client(client) -> Described:
    """The application's client, comparing every answer with its description."""
    return Described(client)


@pytest.fixture
def neighbour(client, world) -> Petitioner:
    """Another citizen with a telephone of his own."""
    return Petitioner(client, world, "19900005678").signs_in()


def news(*people: Petitioner) -> list[int]:
    """How often each of them got the news."""
    return [sum(HALL in text for text in each.texts()) for each in people]


def counted(report: dict) -> dict[str, int]:
    return {each["state"]: each["count"] for each in report["counts"] if each["count"]}


def test_from_the_desk_to_the_telephones_and_back_as_a_report(petitioner, neighbour, at_work, on_day):
    on_day("2026-11-25")
    petitioner.files()
    petitioner.files(title="另一件事")
    neighbour.files()
    desk, leader = at_work("bureau1"), at_work("leader1")
    assert leader.get("/announcements") == {"items": [], "next_cursor": None}

    written = desk.post("/announcements", NEWS)
    assert (written["number"], written["state"], written["written_by"]) == (1, "written", "bureau1")
    seen = leader.get("/announcements/1/preview")
    assert seen["received"] == RECEIVED
    assert (seen["recipients"], seen["segments"], seen["fen"]) == (2, 2, 2 * current().text_price_fen)
    assert (seen["is_all"], seen["refused"], seen["units"]) == (True, 0, len(RECEIVED))
    sweep()
    assert news(petitioner, neighbour) == [0, 0], "nobody has released it"

    assert "两个人" in desk.post("/announcements/1/release", {}, 403)["detail"]
    released = leader.post("/announcements/1/release", {}, 200)
    assert (released["state"], released["released_by"], released["recipients"]) == ("released", "leader1", None)
    assert leader.post("/announcements/1/release", {}, 200) == released, "who presses twice is told the same"
    sweep()
    assert news(petitioner, neighbour) == [1, 1], "one text for each number, however many matters"
    assert RECEIVED in petitioner.texts()

    report = desk.get("/announcements/1")
    assert (report["state"], report["recipients"], counted(report)) == ("ended", 2, {"sent": 2})
    assert report["ended_at"]
    desk.post("/announcements/1/stop", {}, 409)
    sweep()
    assert news(petitioner, neighbour) == [1, 1]


def test_who_refuses_gets_what_the_law_owes_him_and_nothing_else(petitioner, neighbour, at_work, on_day):
    on_day("2026-11-25")
    filed = petitioner.files()
    neighbour.files()
    assert petitioner.get("/my/refusal") == {"refuses": False, "has_phone": True}
    petitioner.post("/my/refusal", {"refuses": True}, 200)
    desk = at_work("bureau1")
    desk.post("/announcements", NEWS)
    assert desk.get("/announcements/1/preview")["refused"] == 1
    at_work("leader1").post("/announcements/1/release", {}, 200)
    desk.step(filed["case_number"], "forward", {"to": "housing"})
    before = len(petitioner.texts())
    sweep()
    assert news(petitioner, neighbour) == [0, 1]
    assert counted(desk.get("/announcements/1")) == {"sent": 1, "opted_out": 1}
    assert len(petitioner.texts()) >= before
    petitioner.post("/my/refusal", {"refuses": False}, 200)
    assert petitioner.get("/my/refusal")["refuses"] is False


def test_number_and_query_code_are_enough_to_refuse(petitioner, client, world, at_work):
    filed = petitioner.files()
    stranger = Petitioner(client, world)
    both = {name: filed[name] for name in ("case_number", "query_code")}
    stranger.token = stranger.post("/sessions", both)["token"]
    stranger.post("/my/refusal", {"refuses": True}, 200)
    assert petitioner.get("/my/refusal")["refuses"] is True

    letter = at_work("bureau1").post("/registrations", WITHOUT_A_PHONE)
    stranger.token = stranger.post("/sessions", {name: letter[name] for name in ("case_number", "query_code")})["token"]
    assert stranger.get("/my/refusal") == {"refuses": False, "has_phone": False}
    assert "没有登记手机号码" in stranger.post("/my/refusal", {"refuses": True}, 422)["errors"][0]["message"]

    by_landline = WITHOUT_A_PHONE["petitioner"] | {"phone": "0736-6622345"}
    letter = at_work("bureau1").post("/registrations", WITHOUT_A_PHONE | {"petitioner": by_landline})
    stranger.token = stranger.post("/sessions", {name: letter[name] for name in ("case_number", "query_code")})["token"]
    assert stranger.get("/my/refusal") == {"refuses": False, "has_phone": False}, "no text message gets there"
    stranger.post("/my/refusal", {"refuses": True}, 422)


WITHOUT_A_PHONE = {
    "channel": "letter",
    "received_on": "2026-03-02",
    "kind": "consultation",
    "title": "咨询低保条件",
    "text": "想问低保怎么申请。",
    "petitioner": {"name": "郑桂芳", "address": "青溪镇"},
}


def test_a_clerk_enters_what_somebody_said_over_the_telephone(petitioner, at_work):
    for user in ("bureau1", "window1"):
        told = {"phone": petitioner.phone, "refuses": user == "bureau1"}
        assert at_work(user).post("/refusals", told, 200)["refuses"] is told["refuses"]
        assert petitioner.get("/my/refusal")["refuses"] is told["refuses"]
    at_work("bureau1").post("/refusals", {"phone": "0736-6622345", "refuses": True}, 422)
    at_work("housing-clerk").post("/refusals", {"phone": petitioner.phone, "refuses": True}, 404)


def test_what_is_stopped_before_the_sweep_reaches_nobody(petitioner, at_work, on_day):
    on_day("2026-11-25")
    petitioner.files()
    at_work("bureau1").post("/announcements", NEWS)
    at_work("leader1").post("/announcements/1/release", {}, 200)
    stopped = at_work("bureau1").post("/announcements/1/stop", {}, 200)
    assert (stopped["state"], stopped["stopped_by"]) == ("stopped", "bureau1")
    sweep()
    assert news(petitioner) == [0]
    report = at_work("leader1").get("/announcements/1")
    assert (report["state"], report["recipients"], bool(report["ended_at"])) == ("stopped", 0, True)


def test_a_report_of_misconduct_makes_nobody_a_recipient(petitioner, at_work):
    petitioner.post("/reports", {"title": "违规收费", "text": "收费不给收据。", "accused": ["justice"], "people": []})
    at_work("bureau1").post("/announcements", NEWS)
    assert at_work("bureau1").get("/announcements/1/preview")["recipients"] == 0


def test_only_those_of_one_category_or_office(petitioner, neighbour, at_work):
    number = petitioner.files(category="城乡建设/工程质量")["case_number"]
    neighbour.files()
    desk = at_work("bureau1")
    desk.step(number, "forward", {"to": "housing"})
    for audience in ({"org": "housing"}, {"category": "城乡建设"}, {"org": "housing", "category": "城乡建设"}, {}):
        written = desk.post("/announcements", NEWS | audience)
        seen = desk.get(f"/announcements/{written['number']}/preview")
        assert seen["recipients"] == (1 if audience else 2), audience
    wrong = desk.post("/announcements", NEWS | {"org": "atlantis", "category": "天文"}, 422)
    assert {each["pointer"] for each in wrong["errors"]} == {"/org", "/category"}


def test_what_must_not_be_written_is_told_and_a_repeat_writes_once(at_work):
    desk = at_work("bureau1")
    told = desk.post("/announcements", {"text": "【通知】详见www.example.cn"}, 422)
    assert {each["code"] for each in told["errors"]} == {"brackets", "link"}
    assert "删去" in desk.post("/announcements", {"text": "字" * 60}, 422)["errors"][0]["message"]
    for _ in range(2):
        assert desk.post("/announcements", NEWS, Idempotency_Key="the-same")["number"] == 1
    desk.post("/announcements", {"text": "另一条"}, 422, Idempotency_Key="the-same")
    assert len(desk.get("/announcements")["items"]) == 1


@pytest.mark.parametrize("user", ["housing-clerk", "supervisor1", "admin1", "window1"])
def test_nobody_else_writes_reads_or_releases(at_work, user):
    at_work("bureau1").post("/announcements", NEWS)
    person = at_work(user)
    for path in ("/announcements", "/announcements/1", "/announcements/1/preview"):
        assert person.call("GET", path).status_code == 404
    for path, body in (("/announcements", NEWS), ("/announcements/1/release", {}), ("/announcements/1/stop", {})):
        person.post(path, body, 404)


def test_what_is_not_there(at_work):
    desk = at_work("bureau1")
    for number in ("1", "0", "x", "１", "9999999"):
        assert desk.call("GET", f"/announcements/{number}").status_code == 404
    desk.post("/announcements/7/stop", {}, 404)
    assert desk.call("GET", "/announcements?cursor=x").status_code == 400
    for text in ("一", "二", "三"):
        desk.post("/announcements", {"text": text})
    page = desk.get("/announcements?limit=2")
    assert [each["text"] for each in page["items"]] == ["三", "二"]
    assert [each["text"] for each in desk.get(f"/announcements?cursor={page['next_cursor']}")["items"]] == ["一"]


def test_a_tenant_without_money_for_it_is_told_so_before_anybody_waits(petitioner, at_work, monkeypatch):
    petitioner.files()
    desk, leader = at_work("bureau1"), at_work("leader1")
    desk.post("/announcements", NEWS)
    broke = BulkQuota(replace(quotas(), budgets=()))
    monkeypatch.setattr(bulk_quota, "bulk_quota", lambda: broke)
    for person, path, body in ((desk, "/announcements", NEWS), (leader, "/announcements/1/release", {})):
        told = person.post(path, body, 409)
        assert "额度" in told["detail"]
    seen = leader.get("/announcements/1/preview")
    assert (seen["recipients"], seen["seconds"], seen["days"], seen["per_day"]) == (1, None, None, None)
    assert leader.get("/announcements/1")["state"] == "written"
    leader.post("/announcements/7/release", {}, 404)
    desk.post("/announcements/1/stop", {}, 200)


def test_a_case_that_cannot_be_read_keeps_no_preview_from_being_shown(petitioner, neighbour, at_work):
    number = petitioner.files()["case_number"]
    neighbour.files()
    at_work("bureau1").post("/announcements", NEWS)
    contact = table().get(keys.case(number), keys.CONTACT)
    table().put(contact | {"sealed": b"\x01 no seal"})
    assert at_work("leader1").get("/announcements/1/preview")["recipients"] == 1
    table().put(contact)  # what is left behind is looked over


def test_no_number_stands_anywhere_in_the_clear(petitioner, at_work, on_day, world, capsys):
    on_day("2026-11-25")
    petitioner.files()
    at_work("bureau1").post("/announcements", NEWS)
    at_work("leader1").post("/announcements/1/release", {}, 200)
    sweep()
    assert len(table().query(keys.announcement(1)).items) == 1
    assert petitioner.phone not in repr(world.items("cases"))
    assert petitioner.phone not in capsys.readouterr().out

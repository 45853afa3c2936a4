"""A report of misconduct that comes by letter, visit or telephone: written down, sealed, gone from whoever wrote it."""

from datetime import timedelta

import pytest

from chalicelib import clock
from tests.stories.conftest import Person, run_ways_out, sweep
from tests.stories.sealed import Reader, is_nothing

ROUTE = "/reports/registrations"
RECEIPT = {"case_number", "query_code", "received_on"}


def letter(**changes: object) -> dict:
    """An anonymous letter about a bureau of the county, which lay in the post room for three days."""
    received = clock.today() - timedelta(days=3)
    return {
        "channel": "letter",
        "received_on": received.isoformat(),
        "title": "住建局质监站收受施工单位礼金",
        "text": "今年三月至五月，质监站验收前收受施工单位购物卡，不送就拖着不验。",
        "accused": ["housing"],
        "documents": "购物卡复印件2张",
        **changes,
    }


def visit(**changes: object) -> dict:
    """Somebody came to a window and gives his name."""
    reporter = {"name": "何秀芝", "phone": "0736-6622345", "address": "青溪镇上溪村三组"}
    said = {"channel": "visit", "received_on": clock.today().isoformat(), "people": ["质监站站长"], **reporter}
    return letter(**{**said, **changes})


@pytest.fixture
def guest(client, world):
    """The reporter, without a session."""
    return Person(client, world)


def test_an_anonymous_letter_is_written_down_at_a_window_and_read_by_the_body_that_has_it_alone(guest, staff):
    window, bureau = staff("town-qingxi-clerk"), Reader(staff("bureau1"))
    receipt = window.post(ROUTE, letter())
    assert set(receipt) == RECEIPT
    number = receipt["case_number"]
    assert receipt["received_on"] == letter()["received_on"]
    seen = bureau.reads(number)
    assert (seen["channel"], seen["channel_label"], seen["documents"]) == ("letter", "来信", "购物卡复印件2张")
    assert seen["reporter"] == {"name": "", "phone": "", "address": "", "verified": False}
    assert (seen["received_on"], seen["title"]) == (letter()["received_on"], letter()["title"])
    assert seen["timeline"][0]["by"] == "青山县青溪镇人民政府 town-qingxi-clerk"
    (clock_of_it,) = seen["clocks"]
    assert clock_of_it["due"] == (clock.today() + timedelta(days=12)).isoformat()
    assert "收到信访事项起算，次日为第1日，满15日" in clock_of_it["derivation"]
    told = guest.post("/track", {name: receipt[name] for name in ("case_number", "query_code")}, 200)
    assert (told["stage_label"], told["received_on"]) == ("已收到", receipt["received_on"])


def test_a_visitor_gives_his_name_and_whoever_wrote_it_down_finds_nothing_of_it_afterwards(staff, world):
    window = staff("window1")
    number = window.post(ROUTE, visit())["case_number"]
    assert is_nothing(window.call("GET", f"/cases/{number}"))
    assert is_nothing(Reader(window).call("GET", f"/sealed/reports/{number}"))
    assert window.get("/worklist")["counts"]["total"] == 0
    assert window.get("/messages")["items"] == []
    for asked in ({"number": number}, {"phone": "0736-6622345"}, {"name": "何秀芝"}):
        assert window.post("/search", asked, 200)["items"] == []
    seen = Reader(staff("bureau1")).reads(number)
    assert (seen["channel_label"], seen["reporter"]["name"]) == ("来访", "何秀芝")
    assert seen["reporter"]["verified"] is False
    assert world.sms == []


def test_whoever_wrote_it_down_is_among_those_who_had_read_it_when_he_turns_out_to_be_accused(staff):
    number = staff("window1").post(ROUTE, visit())["case_number"]
    reader = Reader(staff("bureau1"))
    readings = reader.reads(number)["readings"]
    assert [(each["user"], each["wrote"]) for each in readings] == [("window1", True), ("bureau1", False)]
    seen = reader.takes(number, "name_accused", {"users": ["window1"], "note": "调查中发现"})
    (added,) = (each for each in seen["timeline"] if each["event"] == "report.accused_named")
    assert [(each["user"], each["accused"]) for each in added["read_before"]] == [("window1", True), ("bureau1", False)]
    assert "taken_in_by" not in str(seen)


@pytest.mark.parametrize("user", ["housing-clerk", "housing-head"])
def test_the_accused_unit_itself_is_told_where_to_send_the_reporter_and_nothing_is_left_of_it(staff, world, user):
    clerk, head = staff(user), staff("housing-reader")
    before = world.items("cases")
    told = clerk.post(ROUTE, visit(), 422)
    assert (told["title"], told["law"]) == ("不能由本单位登记", "第三十条第三款")
    for heard in ("12388", "青山县纪委监委", "青山县信访局", "不要拒绝检举人"):
        assert heard in told["detail"]
    assert [(each["pointer"], each["code"]) for each in told["errors"]] == [("/accused", "taken_in_elsewhere")]
    assert world.items("cases") == before
    assert head.get("/messages")["items"] == []
    assert head.get("/worklist")["counts"]["total"] == 0
    slip = clerk.post(ROUTE, visit(title=""), 422)
    assert told["code"] == slip["code"] == "fields_invalid"  # what the log keeps tells the two apart for nobody


@pytest.mark.parametrize(
    ("user", "about"),
    [
        ("village-shangxi-clerk", {"accused": ["town-qingxi"], "people": []}),
        ("village-shangxi-clerk", {"accused": [], "people": ["青溪镇镇长马文举"]}),
        ("housing-clerk", {"accused": [], "people": ["住建局局长"]}),
        ("town-shiqiao-clerk", {"accused": ["county"], "people": []}),
        ("bureau1", {"accused": ["bureau"], "people": []}),
        ("window1", {"accused": [], "people": ["县信访局局长"]}),
        ("window1", {"accused": [], "people": ["陈志明"]}),  # who works there
        ("discipline-clerk", {"accused": ["discipline"], "people": []}),
    ],
)
def test_nobody_below_the_accused_and_nobody_of_an_accused_bureau_writes_it_down(staff, user, about):
    told = staff(user).post(ROUTE, visit(**about), 422)
    assert told["title"] == "不能由本单位登记"


def test_a_report_about_the_bureau_written_down_elsewhere_goes_straight_to_the_discipline_organ(staff):
    number = staff("town-qingxi-clerk").post(ROUTE, visit(accused=["bureau"], people=[]))["case_number"]
    for reader in ("bureau1", "bureau-head"):
        assert Reader(staff(reader)).numbers() == []
    opened = Reader(staff("discipline-head")).reads(number)
    assert opened["clocks"] == []


def test_what_the_discipline_organ_takes_in_stays_with_it(staff):
    clerk = staff("discipline-clerk")
    number = clerk.post(ROUTE, letter(channel="phone"))["case_number"]
    seen = Reader(clerk).reads(number)
    assert (seen["channel_label"], seen["stage_label"], seen["clocks"]) == ("来电", "已收到", [])
    assert Reader(staff("bureau1")).numbers() == []


def test_whom_both_bureau_and_discipline_organ_are_is_told_to_go_one_level_up(staff):
    told = staff("town-qingxi-clerk").post(ROUTE, visit(accused=["bureau", "discipline"]), 422)
    assert "上一级纪检监察机关" in told["detail"]


@pytest.mark.parametrize(
    "user", ["housing-clerk", "housing-head", "leader1", "supervisor1", "joint1", "town-qingxi-head", "audit1"]
)
def test_no_list_count_search_figure_or_notice_knows_of_it(staff, world, user):
    number, person = staff("town-qingxi-clerk").post(ROUTE, visit())["case_number"], staff(user)
    assert is_nothing(person.call("GET", f"/cases/{number}"))
    assert is_nothing(Reader(person).call("GET", f"/sealed/reports/{number}"))
    for path in ("/worklist", "/worklist?done=true", "/ledger", "/watch?light=all", "/messages", "/inspections"):
        found = person.call("GET", path)
        assert found.status_code == 404 or found.json_body["items"] == [], path
    for asked in ({"number": number}, {"phone": "0736-6622345"}, {"name": "何秀芝"}):
        found = person.call("POST", "/search", asked)
        assert found.status_code == 404 or found.json_body["items"] == []
    figures = person.call("GET", "/statistics")
    assert figures.status_code == 404 or figures.json_body["total"] == 0
    with pytest.raises(Exception, match="没有找到"):
        run_ways_out(number)
    assert world.sms == []


def test_the_sweep_does_not_wake_for_it_and_only_the_sealed_list_says_that_it_is_late(staff, later):
    staff("town-qingxi-clerk").post(ROUTE, visit())
    later(days=40)
    assert sweep()["examined"] == 0
    (row,) = Reader(staff("bureau2")).get("/sealed/reports")["items"]
    assert row["light"]["text"] == "超期25天"


def test_nothing_in_the_open_tells_what_it_is_about_by_which_way_it_came_or_who_wrote_it_down(staff, world):
    number = staff("town-qingxi-clerk").post(ROUTE, visit())["case_number"]
    stored = str([each for each in world.items("cases") if number in str(each)])
    assert "SEALED#bureau" in stored
    for secret in ("何秀芝", "质监站", "购物卡", "housing", "letter", "town-qingxi-clerk"):
        assert secret not in stored


def test_the_same_command_sent_twice_is_one_report(staff):
    window, other = staff("window1"), staff("town-qingxi-clerk")
    first = window.post(ROUTE, letter(), Idempotency_Key="once")
    assert window.post(ROUTE, letter(), Idempotency_Key="once") == first
    told = window.post(ROUTE, letter(title="另一件"), 422, Idempotency_Key="once")
    assert told["code"] == "key_reused"
    assert other.post(ROUTE, letter(), Idempotency_Key="once")["case_number"] != first["case_number"]
    assert len(Reader(staff("bureau1")).numbers()) == 2


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"accused": [], "people": []}, ["/accused"]),
        ({"accused": ["housing", "nowhere"]}, ["/accused/1"]),
        ({"received_on": "2099-01-01"}, ["/received_on"]),
        ({"received_on": "2099-01-01", "accused": []}, ["/accused", "/received_on"]),
        ({"channel": "web", "received_on": "昨天"}, ["/channel", "/received_on"]),
        ({"title": "", "text": "长" * 10_001, "people": ["某"]}, ["/people/0", "/text", "/title"]),
        ({"documents": "页" * 2_001, "phone": "12", "kind": "grievance"}, ["/documents", "/kind", "/phone"]),
    ],
)
def test_every_field_that_has_to_be_mended_is_named_at_once(staff, changes, pointers):
    told = staff("window1").post(ROUTE, letter(**changes), 422)
    assert sorted(each["pointer"] for each in told["errors"]) == pointers


@pytest.mark.parametrize("user", ["leader1", "supervisor1", "joint1", "admin1"])
def test_who_has_no_desk_writes_none_down(staff, user):
    assert is_nothing(staff(user).call("POST", ROUTE, letter()))


def test_a_petitioner_writes_his_own_report_at_the_public_door(petitioner, guest):
    assert is_nothing(petitioner.call("POST", ROUTE, letter()))
    assert guest.call("POST", ROUTE, letter()).status_code == 401

"""A report of misconduct: who takes it in, who may read it, and who never learns that there is one."""

import pytest

from tests.stories.conftest import Person, run_ways_out, sweep
from tests.stories.sealed import Reader, is_nothing

A_REPORT = {
    "title": "镇政府截留征地补偿款",
    "text": "今年五月村里发放征地补偿款，每户少发两千元，说是管理费，不给收据。",
    "accused": ["town-qingxi"],
    "people": ["青溪镇镇长马文举"],
    "name": "何秀芝",
    "phone": "19900007777",
    "address": "青溪镇上溪村三组",
}


@pytest.fixture
def guest(client, world):
    """Somebody without a session."""
    return Person(client, world)


def test_a_named_report_goes_from_the_bureau_to_the_discipline_organ(guest, staff):
    receipt = guest.post("/reports", A_REPORT)
    assert set(receipt) == {"case_number", "query_code", "received_on", "stage", "stage_label"}
    number = receipt["case_number"]
    bureau, discipline = Reader(staff("bureau1")), Reader(staff("discipline-clerk"))
    assert (bureau.numbers(), discipline.numbers()) == ([number], [])
    seen = bureau.reads(number)
    assert (seen["text"], seen["reporter"]["phone"]) == (A_REPORT["text"], "19900007777")
    assert [(clock["limit"], clock["law"]) for clock in seen["clocks"]] == [("transfer_report", "第二十二条第二款")]
    bureau.takes(number, "tell_organisation_department", {"note": "涉及乡镇主要负责人", "major": True})
    moved = bureau.takes(number, "transfer_report", {"to": "discipline", "authority": "county"})
    assert set(moved) == {"case_number", "version", "stage", "stage_label"}
    assert is_nothing(bureau.call("GET", f"/sealed/reports/{number}"))
    assert (bureau.numbers(), discipline.numbers()) == ([], [number])
    opened = discipline.reads(number)
    assert [each["label"] for each in opened["timeline"]] == ["登记检举控告", "通报组织部门", "移送有权处理的机关"]
    assert "salt" not in str(opened)
    closed = discipline.takes(number, "close_report", {"outcome": "verify"})
    assert closed["stage_label"] == "已办结"


def test_its_reporter_learns_number_date_and_stage_and_nothing_else(guest, staff, world):
    receipt = guest.post("/reports", A_REPORT)
    both = {"case_number": receipt["case_number"], "query_code": receipt["query_code"]}
    told = guest.post("/track", both, 200)
    assert told == {
        "case_number": receipt["case_number"],
        "received_on": receipt["received_on"],
        "stage": "report_registered",
        "stage_label": "已收到",
    }
    Reader(staff("bureau1")).takes(both["case_number"], "transfer_report", {"to": "discipline", "authority": "county"})
    assert guest.post("/track", both, 200)["stage_label"] == "已移送"
    wrong = guest.post("/track", both | {"query_code": "1" * 16}, 422)
    unknown = guest.post("/track", both | {"case_number": "260000000006", "query_code": "1" * 16}, 422)
    assert wrong == unknown
    guest.post("/sessions", both, 422)
    assert world.sms == []


@pytest.mark.parametrize(
    "user",
    [
        *("town-qingxi-clerk", "town-qingxi-head", "village-shangxi-clerk", "village-shangxi-head"),
        *("leader1", "supervisor1", "joint1", "window1", "housing-clerk", "discipline-clerk", "admin1", "audit1"),
        "bureau1",
    ],
)
def test_the_ordinary_interface_has_no_report_for_anybody(guest, staff, user):
    number, person = guest.post("/reports", A_REPORT)["case_number"], staff(user)
    assert is_nothing(person.call("GET", f"/cases/{number}"))
    assert is_nothing(person.call("POST", f"/cases/{number}/forward", {"to": "housing"}, If_Match='"1"'))
    if person.call("GET", "/worklist").status_code == 200:
        assert person.get("/worklist")["counts"]["total"] == 0
        assert person.get("/worklist?done=true")["items"] == []
        assert person.get("/messages")["items"] == []


@pytest.mark.parametrize(
    "user", ["town-qingxi-head", "village-shangxi-clerk", "leader1", "supervisor1", "joint1", "window1", "housing-head"]
)
def test_who_does_not_hold_a_report_finds_it_as_little_as_one_that_does_not_exist(guest, staff, user):
    number, reader = guest.post("/reports", A_REPORT)["case_number"], Reader(staff(user))
    held, unknown = (reader.call("GET", f"/sealed/reports/{each}") for each in (number, "260000000006"))
    assert is_nothing(held)
    assert held.json_body == unknown.json_body
    listed = reader.call("GET", "/sealed/reports")
    assert listed.status_code == 404 or listed.json_body["items"] == []
    body = {"to": "discipline", "authority": "county"}
    assert is_nothing(reader.call("POST", f"/sealed/reports/{number}/transfer_report", body, If_Match='"1"'))


def test_no_count_no_sweep_and_no_notice_knows_of_it(guest, staff, later):
    number = guest.post("/reports", A_REPORT)["case_number"]
    later(days=40)
    assert sweep()["examined"] == 0
    assert staff("bureau1").get("/statistics")["total"] == 0
    with pytest.raises(Exception, match="没有找到"):
        run_ways_out(number)
    (row,) = Reader(staff("bureau2")).get("/sealed/reports")["items"]
    assert row["light"]["text"] == "超期25天"


def test_a_sealed_reader_cannot_read_a_petition(petitioner, staff):
    number = petitioner.files()["case_number"]
    assert is_nothing(Reader(staff("bureau1")).call("GET", f"/sealed/reports/{number}"))


@pytest.mark.parametrize("accused", [{"accused": ["town-shiqiao", "town-qingxi"]}, {"accused": ["county"]}])
def test_nobody_who_is_accused_gets_it(guest, staff, accused):
    number = guest.post("/reports", A_REPORT | accused)["case_number"]
    holder = Reader(staff("bureau1" if "county" not in accused["accused"] else "discipline-clerk"))
    for to in ("town-qingxi", "village-shangxi", *accused["accused"]):
        told = holder.takes(number, "transfer_report", {"to": to, "authority": "unit"}, 422)
        assert told["law"] == "第三十条第三款"
    assert holder.numbers() == [number]


@pytest.mark.parametrize(
    "about",
    [{"accused": ["bureau"]}, {"people": ["县信访局局长"], "accused": []}, {"people": ["陈志明"], "accused": []}],
)
def test_a_report_about_the_bureau_or_its_people_goes_straight_to_the_discipline_organ(guest, staff, about):
    number = guest.post("/reports", A_REPORT | about)["case_number"]
    assert Reader(staff("bureau1")).numbers() == []
    assert Reader(staff("bureau-head")).numbers() == []
    opened = Reader(staff("discipline-head")).reads(number)
    assert opened["clocks"] == []


def test_a_report_about_the_discipline_organ_and_the_bureau_is_taken_to_the_organ_above(guest):
    told = guest.post("/reports", A_REPORT | {"accused": ["bureau", "discipline"]}, 422)
    assert "上一级纪检监察机关" in told["detail"]


def test_an_accusation_that_comes_later_says_who_had_read_the_report(guest, staff):
    number = guest.post("/reports", A_REPORT)["case_number"]
    first, second = Reader(staff("bureau1")), Reader(staff("bureau2"))
    first.reads(number)
    second.reads(number)
    first.takes(number, "transfer_report", {"to": "audit", "authority": "unit", "note": "请核查账目"})
    auditor, colleague = Reader(staff("audit-clerk")), Reader(staff("audit-head"))
    auditor.reads(number)
    left = auditor.takes(number, "name_accused", {"offices": ["audit"], "users": ["bureau2"], "note": "调查中发现"})
    assert "text" not in left
    for reader in (auditor, colleague):
        assert is_nothing(reader.call("GET", f"/sealed/reports/{number}"))
    opened = Reader(staff("discipline-clerk")).reads(number)
    added = next(each for each in opened["timeline"] if each["event"] == "report.accused_named")
    assert [(each["user"], each["accused"]) for each in added["read_before"]] == [
        ("bureau1", False),
        ("bureau2", True),
        ("audit-clerk", True),
    ]
    assert {each["id"] for each in opened["accused"]["offices"]} == {"town-qingxi", "audit"}


def test_a_transfer_whose_answer_was_lost_is_answered_again_and_tells_nobody_else(guest, staff):
    number = guest.post("/reports", A_REPORT)["case_number"]
    bureau, other = Reader(staff("bureau1")), Reader(staff("bureau2"))
    body = {"to": "discipline", "authority": "county"}
    sent = {"If_Match": '"1"', "Idempotency_Key": "lost"}
    first = bureau.post(f"/sealed/reports/{number}/transfer_report", body, 200, **sent)
    assert bureau.post(f"/sealed/reports/{number}/transfer_report", body, 200, **sent) == first
    assert is_nothing(bureau.call("POST", f"/sealed/reports/{number}/transfer_report", body | {"note": "x"}, **sent))
    assert is_nothing(other.call("POST", f"/sealed/reports/{number}/transfer_report", body, **sent))


def test_a_reader_who_is_named_finds_nothing_any_more_and_his_colleague_goes_on(guest, staff):
    number = guest.post("/reports", A_REPORT)["case_number"]
    named, other = Reader(staff("bureau1")), Reader(staff("bureau2"))
    named.takes(number, "name_accused", {"users": ["bureau1"]})
    assert is_nothing(named.call("GET", f"/sealed/reports/{number}"))
    assert named.numbers() == []
    assert other.numbers() == [number]
    other.takes(number, "name_accused", {"people": ["信访局罗 晓岚"]})
    assert is_nothing(other.call("GET", f"/sealed/reports/{number}"))


def test_an_anonymous_report_needs_neither_name_nor_session(guest, staff):
    said = {name: A_REPORT[name] for name in ("title", "text", "accused")}
    number = guest.post("/reports", said)["case_number"]
    opened = Reader(staff("bureau1")).reads(number)
    assert opened["reporter"] == {"name": "", "phone": "", "address": "", "verified": False}


def test_a_reporter_who_has_signed_in_gives_a_proved_number_and_finds_no_report_in_his_list(petitioner, staff):
    number = petitioner.post("/reports", A_REPORT | {"phone": None})["case_number"]
    opened = Reader(staff("bureau1")).reads(number)
    assert opened["reporter"]["verified"] is True
    assert opened["reporter"]["phone"] == petitioner.phone
    assert petitioner.get("/my/petitions")["items"] == []
    assert is_nothing(petitioner.call("GET", f"/cases/{number}"))


def test_the_same_report_sent_twice_is_one(guest):
    first = guest.post("/reports", A_REPORT, Idempotency_Key="once")
    assert guest.post("/reports", A_REPORT, Idempotency_Key="once") == first
    told = guest.post("/reports", A_REPORT | {"title": "另一件"}, 422, Idempotency_Key="once")
    assert told["code"] == "key_reused"


def test_a_report_about_nobody_is_not_taken(guest):
    told = guest.post("/reports", A_REPORT | {"accused": [], "people": []}, 422)
    assert [each["pointer"] for each in told["errors"]] == ["/accused"]
    told = guest.post("/reports", A_REPORT | {"accused": ["nowhere"]}, 422)
    assert [each["pointer"] for each in told["errors"]] == ["/accused/0"]


def test_a_discipline_organ_takes_no_petition(petitioner, staff):
    petitioner.post("/petitions", {"kind": "grievance", "title": "x", "text": "y", "name": "周桂兰",
                                   "address": "z", "unit": "discipline"}, 422)  # fmt: skip
    number = petitioner.files()["case_number"]
    told = staff("bureau1").step(number, "forward", {"to": "discipline"}, 422)
    assert told["code"] == "target_refused"

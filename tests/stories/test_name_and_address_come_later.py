"""A letter nobody signed owes no notice until its writer is known; what no message reached, a person told."""

from tests.stories.conftest import Petitioner, run_ways_out, sweep

A_LETTER = {
    "channel": "letter",
    "kind": "grievance",
    "title": "村道塌方无人修",
    "text": "来信反映青溪村通村公路塌方三个月没有修复。",
    "petitioner": {},
}


def letter(bureau, **changes):
    today = bureau.get("/worklist")["today"]
    return bureau.post("/registrations", A_LETTER | {"received_on": today} | changes)["case_number"]


def test_the_notice_is_owed_from_the_day_the_writer_is_known(client, world, staff, later):
    bureau = staff("bureau1")
    number = letter(bureau)
    bureau.step(number, "forward", {"to": "transport"})
    assert "inform" not in {each["limit"] for each in bureau.get(f"/cases/{number}")["clocks"]}
    later(days=3)

    bureau = staff("bureau1")
    assert "complete_contact" in [each["action"] for each in bureau.get(f"/cases/{number}")["next_steps"]]
    who = {"name": "彭桂生", "phone": "19900008765", "address": "青溪镇上溪村三组"}
    view = bureau.step(number, "complete_contact", who)
    inform = {each["limit"]: each for each in view["clocks"]}["inform"]
    assert (inform["owner"], inform["start"]) == ("transport", bureau.get("/worklist")["today"])
    assert view["petitioner"]["name"] == "彭桂生"
    assert "彭桂生" not in str(world.items("cases")), "it is sealed"
    run_ways_out(number)

    writer = Petitioner(client, world, "19900008765")
    assert any("查询码" in text for text in writer.texts())
    writer.signs_in()
    assert [row["case_number"] for row in writer.get("/my/petitions")["items"]] == [number]
    refused = bureau.step(number, "complete_contact", {"name": "李四"}, 422)
    assert refused["errors"][0]["pointer"] == "/name"


def test_a_letter_that_nobody_signed_stays_in_the_list_of_its_unit_and_becomes_late(staff, later):
    """It stood in no list once the window for objecting had closed, and at a unit from the first second."""
    bureau = staff("bureau1")
    forwarded = letter(bureau)
    bureau.step(forwarded, "forward", {"to": "housing"})
    later(days=14)
    sweep()
    unit = staff("housing-clerk")
    assert unit.get(f"/cases/{forwarded}")["stage"] == "forwarded"
    direct = letter(unit)
    assert {forwarded, direct} <= {row["case_number"] for row in unit.get("/worklist")["items"]}
    later(days=20)
    sweep()
    unit = staff("housing-clerk")
    assert {forwarded, direct} <= {row["case_number"] for row in unit.get("/worklist")["items"]}
    for number, limit in ((forwarded, "decide_acceptance"), (direct, "decide_acceptance_direct")):
        view = unit.get(f"/cases/{number}")
        assert limit in {each["limit"] for each in view["clocks"]}
        late = [each for each in view["timeline"] if each["event"] == "petition.overdue"]
        assert [each["limit"] for each in late].count(limit) == 1


def test_a_repeated_completion_is_answered_like_the_first(staff):
    bureau = staff("bureau1")
    number = letter(bureau)
    sent = {"If_Match": '"1"', "Idempotency_Key": "completed-once"}
    first = bureau.post(f"/cases/{number}/complete_contact", {"name": "彭桂生", "address": "青溪镇"}, 200, **sent)
    again = bureau.post(f"/cases/{number}/complete_contact", {"name": "彭桂生", "address": "青溪镇"}, 200, **sent)
    assert again == first
    assert again["version"] == 2


def test_what_no_message_can_tell_a_person_tells_and_records(staff):
    bureau = staff("bureau1")
    number = letter(bureau, petitioner={"name": "彭桂生", "address": "青溪镇上溪村三组"})
    bureau.step(number, "forward", {"to": "transport"})
    assert "record_notice" not in [each["action"] for each in bureau.get(f"/cases/{number}")["next_steps"]]
    assert bureau.step(number, "record_notice", {"how": "mail"}, 422)["law"] == "第二十三条"
    run_ways_out(number)
    handed = [each for each in bureau.get(f"/cases/{number}")["notices"] if each["state"] == "handed_to_person"]
    assert {each["event_seq"] for each in handed} == {1, 2}
    assert sum("请人工告知" in each["text"] for each in bureau.get("/messages")["items"]) == 2

    view = bureau.step(number, "record_notice", {"how": "mail", "note": "挂号信RA123456789CN"})
    told = [each for each in view["notices"] if each["state"] == "told"]
    assert [each["state_label"] for each in told] == ["已邮寄", "已邮寄"]
    assert {each["reason"] for each in told} == {"没有手机号码"}, "why no message went out stays in the proof"
    entry = view["timeline"][-1]
    assert (entry["event"], entry["told"], entry["text"]) == (
        "petition.person_told",
        [1, 2],
        {"note": "挂号信RA123456789CN"},
    )
    assert sum("请人工告知" in each["text"] for each in bureau.get("/messages")["items"]) == 0
    assert "record_notice" not in [each["action"] for each in view["next_steps"]]
    assert bureau.step(number, "record_notice", {"how": "mail"}, 422)["law"] == "第二十三条"

"""How matters come in and find their unit: letters without a name, direct filings, returns, refusals."""

import pytest

from tests.stories.conftest import run_ways_out
from tests.stories.second_reader import ended

A_LETTER = {
    "channel": "letter",
    "received_on": "2026-11-20",
    "kind": "grievance",
    "title": "村道塌方无人修",
    "text": "来信反映青溪村通村公路塌方三个月没有修复。",
    "petitioner": {},
}


@pytest.mark.feature(6)
def test_a_letter_without_a_name_is_registered_and_nobody_is_owed_a_notice(staff):
    window = staff("window1")
    filed = window.post("/registrations", A_LETTER)
    assert filed["received_on"] == "2026-11-20"
    assert filed["promises"][0]["due"] == "2026-12-05"
    view = window.get(f"/cases/{filed['case_number']}")
    assert "petitioner" not in {each["recipient"] for each in view["notices"]}
    assert view["petitioner"]["name"] == ""


@pytest.mark.feature(28)
def test_a_unit_objects_in_time_and_the_bureau_sends_it_elsewhere(petitioner, staff):
    number = petitioner.files()["case_number"]
    bureau = staff("bureau1")
    bureau.step(number, "forward", {"to": "housing"})
    unit = staff("housing-clerk")
    unit.step(number, "object", {"reason": "停车收费由市场监管部门负责监督检查。", "suggested": "market"}, 200)
    assert bureau.get("/worklist")["counts"]["total"] == 1
    bureau.step(number, "uphold_objection", {})
    assert unit.call("GET", f"/cases/{number}").status_code == 404
    bureau.step(number, "forward", {"to": "transport"})
    run_ways_out(number)
    assert any("改由" in text for text in petitioner.texts())


@pytest.mark.feature(24)
def test_a_petition_made_directly_to_a_unit_owes_a_written_notice(petitioner, staff):
    filed = petitioner.files(unit="housing")
    assert [each["limit"] for each in filed["promises"]] == ["inform_direct"]
    unit = staff("housing-clerk")
    assert unit.get("/worklist")["counts"]["total"] == 1
    unit.step(filed["case_number"], "accept", {"track": "petition_procedure", "undertaker": "李工"})
    run_ways_out(filed["case_number"])
    assert any("书面告诉您怎么办" in text for text in petitioner.texts())


def test_a_matter_that_cannot_be_taken_says_why_and_where_to_go(petitioner, staff):
    number = petitioner.files(unit="housing")["case_number"]
    clerk, head = staff("housing-clerk"), staff("housing-head")
    refused = clerk.step(number, "propose_ending", {"ground": "not_our_competence", "explanation": "属水务。"}, 422)
    assert refused["errors"][0]["pointer"] == "/where_to"
    proposal = {"ground": "not_our_competence", "explanation": "供水由水利部门主管。", "where_to": "青山县水利局"}
    ended(number, "decline", proposal, clerk, head)
    seen = petitioner.get(f"/cases/{number}")
    assert seen["stage"] == "declined"
    assert any(each.get("text", {}).get("where_to") == "青山县水利局" for each in seen["timeline"])
    assert all(each["state"] != "running" for each in seen["clocks"])


def test_the_bureau_does_not_handle_a_grievance_itself_but_answers_a_question(petitioner, staff):
    number = petitioner.files()["case_number"]
    bureau = staff("bureau1")
    actions = [each["action"] for each in bureau.get(f"/cases/{number}")["next_steps"]]
    assert "accept" not in actions
    refused = bureau.step(number, "accept", {"track": "petition_procedure", "undertaker": "王科"}, 422)
    assert "转送" in refused["detail"]
    question = petitioner.files(kind="consultation", title="医保怎么缴", claims=[])["case_number"]
    view = bureau.step(question, "accept", {"track": "consultation", "undertaker": "王科"})
    assert view["stage"] == "accepted"


def test_many_letters_are_imported_and_bad_lines_come_back(staff):
    window = staff("window1")
    good = "letter,2026-11-20,grievance,村道塌方,来信反映塌方,李秀英,19900007777"
    bad = "pigeon,2026-11-20,grievance,,来信反映塌方,李秀英,1234"
    content = "\n".join(("channel,received_on,kind,title,text,name,phone", good, bad, good))
    sent = {"format": "csv", "content": content}
    answer = window.post("/imports", sent, 200, Idempotency_Key="import-1")
    assert (answer["accepted"], answer["rejected"]) == (2, 1)
    pointers = {each["pointer"] for each in answer["rows"][1]["errors"]}
    assert pointers == {"/channel", "/title", "/petitioner/phone"}
    again = window.post("/imports", sent, 200, Idempotency_Key="import-1")
    assert again == answer

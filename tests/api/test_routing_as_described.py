"""Proposals, disputes, the ledger and who is told by a person: every answer is the described one."""

from typing import Any

from tests.api.test_answers_as_described import at_work as at_work
from tests.api.test_answers_as_described import client as client
from tests.stories.conftest import Petitioner, run_ways_out
from tests.stories.conftest import petitioner as petitioner
from tests.stories.conftest import staff as staff
from tests.stories.second_reader import PENDING, ended

A_LETTER = {
    "channel": "letter",
    "received_on": "2024-03-04",
    "kind": "grievance",
    "title": "村口路灯不亮",
    "text": "来信反映青溪镇上溪村村口路灯坏了三个月。",
    "petitioner": {"name": "郑桂芳"},
    "from_above": "province",
    "external_number": "NJ-17",
    "province_received_on": "2024-03-01",
    "above_due": "2024-05-01",
}


def test_a_disputed_matter_is_answered_as_described(petitioner: Petitioner, at_work: Any) -> None:
    number = petitioner.files(title="停车收费由谁管", category="城乡建设")["case_number"]
    bureau = at_work("bureau1")
    assert bureau.get(f"/cases/{number}/proposal")["items"]
    for unit in ("housing", "market"):
        bureau.step(number, "forward", {"to": unit})
        at_work(f"{unit}-clerk").step(number, "object", {"reason": "不属于本单位职责范围，请核实。"})
        bureau.step(number, "uphold_objection", {})
    bureau.step(number, "consult_units", {"units": ["housing", "market"], "result": "没有协商成。"})
    bureau.step(number, "submit_dispute", {"reason": "职责不清。"})
    at_work("leader1").step(number, "designate", {"to": "market", "reason": "收费由市场监管。"})
    for somebody in (petitioner, bureau, at_work("market-head"), at_work("leader1")):
        somebody.get(f"/cases/{number}")


def test_what_came_from_above_and_is_completed_later_is_answered_as_described(at_work: Any) -> None:
    bureau = at_work("bureau1")
    number = bureau.post("/registrations", A_LETTER)["case_number"]
    assert bureau.get("/ledger")["items"]
    bureau.get("/worklist")
    bureau.step(number, "forward", {"to": "town-qingxi"})
    bureau.step(number, "complete_contact", {"address": "青溪镇上溪村"})
    run_ways_out(number)
    bureau.step(number, "record_notice", {"how": "in_person", "note": "当面告知本人。"})
    unit = at_work("town-qingxi-clerk")
    ended(number, "decline", PENDING, unit, at_work("town-qingxi-head"))
    bureau.step(number, "report_completion", {"report": "路灯已由县交通局修复。"})
    assert at_work("joint1").get("/ledger?done=true&limit=1")["items"]
    bureau.get(f"/cases/{number}")

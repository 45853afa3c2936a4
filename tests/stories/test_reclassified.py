"""A kind chosen wrongly is corrected: the petitioner is told, and the days already gone stay gone."""

from datetime import date, timedelta

import pytest

from chalicelib import clock
from tests.stories.conftest import run_ways_out

A_SUGGESTION = {
    "kind": "suggestion",
    "title": "建议把菜市场门口的路修好",
    "text": "东街菜市场门口的路烂了两年，我去年在那里摔断了手，请把路修好，也请赔我的医药费。",
    "claims": ["修好菜市场门口的路", "赔偿医药费"],
}


def running(person, number):
    return {e["limit"]: e for e in person.get(f"/cases/{number}")["clocks"] if e["state"] == "running"}


@pytest.mark.feature(91)
def test_sixty_days_count_from_the_first_acceptance_and_the_petitioner_is_told(petitioner, staff, later):
    number = petitioner.files(**A_SUGGESTION)["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    accepted_on = clock.today()
    staff("housing-clerk").step(number, "accept", {"track": "suggestion", "undertaker": "李工"})
    later(days=20)
    unit = staff("housing-clerk")
    assert set(running(unit, number)) == {"suggestion_target"}
    unit.step(number, "reclassify", {"kind": "grievance", "reason": "信访人要求赔偿医药费，属于申诉求决。"})
    handle = running(unit, number)["handle"]
    assert handle["start"] == accepted_on.isoformat()
    assert date.fromisoformat(handle["stat_due"]) == accepted_on + timedelta(days=60)
    assert "suggestion_target" not in running(unit, number)

    run_ways_out(number)
    assert "办理途径改为信访程序" in petitioner.texts()[-1]
    assert "期限不重算" in petitioner.texts()[-1]
    petitioner.signs_in()
    seen = petitioner.get(f"/cases/{number}")
    assert (seen["kind_label"], seen["track_label"]) == ("求解决、申诉", "信访程序")
    assert seen["timeline"][-1]["text"] == {"reason": "信访人要求赔偿医药费，属于申诉求决。"}


def test_the_bureau_corrects_a_kind_before_it_forwards(petitioner, staff):
    number = petitioner.files(kind="grievance", title="咨询低保条件", text="想问低保怎么申请。", claims=[])[
        "case_number"
    ]
    bureau = staff("bureau1")
    bureau.step(number, "reclassify", {"kind": "consultation", "reason": "只是询问低保申请条件。"})
    seen = bureau.step(number, "accept", {"track": "consultation", "undertaker": "王科"})
    assert seen["kind"] == "consultation"


def test_a_report_of_misconduct_is_sent_to_its_own_channel(petitioner, staff):
    number = petitioner.files()["case_number"]
    body = {"kind": "report_of_misconduct", "reason": "信中举报了物业主管部门的干部。"}
    refused = staff("bureau1").step(number, "reclassify", body, 422)
    assert (refused["detail"][:16], refused["law"]) == ("检举控告应通过检举控告渠道登记，", "第三十条")


def test_only_the_offices_of_the_main_road_correct_and_only_by_the_table_of_categories(petitioner, staff):
    number = petitioner.files()["case_number"]
    bureau = staff("bureau1")
    bureau.step(number, "forward", {"to": "housing"})
    unknown = bureau.step(number, "reclassify", {"category": "天文", "reason": "重新归类"}, 422)
    assert unknown["errors"][0]["pointer"] == "/category"
    seen = bureau.step(number, "reclassify", {"category": "城乡建设/工程质量", "reason": "重新归类"})
    assert seen["category"] == "城乡建设/工程质量"
    nothing = staff("housing-clerk").step(number, "reclassify", {"kind": "grievance", "reason": "没有变化"}, 422)
    assert "不需要更正" in nothing["detail"]

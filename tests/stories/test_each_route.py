"""The six routes of 第三十一条: the guide leads there, the unit takes that step, and the petitioner is told."""

from typing import Any

import pytest

from tests.stories.conftest import Person, run_ways_out
from tests.stories.second_reader import ended

TO_ADMINISTRATIVE = {"purpose": "solve", "court": "no", "arbitration": "no", "party": "no"}
ROUTES: list[tuple[str, dict[str, str], dict[str, Any], str, str]] = [
    (
        "第三十一条第一项",
        {"purpose": "solve", "court": "open", "raised_by": "to_unit"},
        {
            "title": "工程款纠纷一审判决后对方不履行",
            "text": "我给青溪镇一家建筑公司做木工，欠我工钱八万，法院判了还没执行，请帮我催一催。",
        },
        "青山县人民法院执行局，电话0736-6620100",
        "有关政法部门",
    ),
    (
        "第三十一条第二项",
        {"purpose": "solve", "court": "no", "arbitration": "labour"},
        {
            "title": "厂里不给工伤待遇",
            "text": "去年十月在城关镇砖厂上班压伤了手，厂里说是我自己不小心，伤残补助一直不给。",
        },
        "青山县劳动人事争议仲裁委员会，电话0736-6620001",
        "仲裁机构",
    ),
    (
        "第三十一条第三项",
        {"purpose": "solve", "court": "no", "arbitration": "no", "party": "yes"},
        {
            "title": "对党内警告处分不服",
            "text": "我是村里的老党员，去年给了我一个警告处分，我认为事实不清，想请上级再查一查。",
        },
        "中共青溪镇委员会",
        "有关党组织",
    ),
    (
        "第三十一条第四项",
        {**TO_ADMINISTRATIVE, "administrative": "decision"},
        {
            "title": "不服不予办理房产登记的决定",
            "text": "老房子过户，登记中心三月十日给了一张不予登记的告知书，我认为材料是齐的。",
        },
        "青山县人民政府行政复议办公室，电话0736-6620020",
        "有关行政机关",
    ),
]


def guided(person: Person, answers: dict[str, str]) -> Any:
    """Answer one question after the other, as the page asks them; what is proposed at the end."""
    given: dict[str, str] = {}
    while True:
        found = person.post("/guide", {"answers": given}, 200)
        if found["proposal"]:
            return found["proposal"]
        given[found["question"]["id"]] = answers[found["question"]["id"]]


@pytest.mark.feature(14, 34)
@pytest.mark.parametrize(("law", "answers", "petition", "body", "said"), ROUTES, ids=[row[0] for row in ROUTES])
def test_a_matter_of_another_procedure_is_led_there_with_its_body_and_its_limits(
    law, answers, petition, body, said, petitioner, staff
):
    proposal = guided(petitioner, answers)
    assert (proposal["law"], proposal["step_label"]) == (law, "拟定结论")
    number = petitioner.files(unit="housing", claims=[], **petition)["case_number"]
    told = {
        "ground": proposal["ground"],
        "where_to": body,
        "limit_note": "；".join(f"{each['label']}，{each['number']}" for each in proposal["limits"]),
        "explanation": f"根据《信访工作条例》{proposal['law']}，应当由{proposal['body']}处理。",
    }
    seen = ended(number, "divert", told, staff("housing-clerk"), staff("housing-head"))
    assert seen["stage_label"] == "已导入法定途径"
    assert not {step["action"] for step in seen["next_steps"]} & {"accept", "divert", "propose_ending"}
    run_ways_out(number)
    assert said in petitioner.texts()[-1]
    notice = petitioner.get(f"/cases/{number}")["timeline"][-1]
    assert (notice["route"], notice["text"]["body"]) == (proposal["route"], body)
    assert notice["text"].get("limit_note", "") == told["limit_note"]


@pytest.mark.feature(14, 34)
def test_a_duty_of_the_unit_is_begun_by_the_unit_itself_and_answered_without_review(petitioner, staff):
    proposal = guided(petitioner, {**TO_ADMINISTRATIVE, "administrative": "no", "duty": "yes", "whose_duty": "ours"})
    assert (proposal["law"], proposal["track"], proposal["step"]) == ("第三十一条第五项", "perform_duty", "accept")
    number = petitioner.files(
        title="楼上擅自拆改承重墙",
        text="我家楼上装修把承重墙敲了一大块，天花板裂了，请住建局来查处，别等出了事。",
        claims=["查处拆改承重墙的行为"],
    )["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    unit = staff("housing-clerk")
    taken = unit.step(
        number,
        "accept",
        {
            "track": "perform_duty",
            "undertaker": "李工",
            "limit_days": 45,
            "basis": "《住宅室内装饰装修管理办法》",
        },
    )
    assert [each["limit"] for each in taken["clocks"] if each["state"] == "running"] == ["perform_duty"]
    run_ways_out(number)
    assert "按履行法定职责办理" in petitioner.texts()[-1]
    answer = {"claim": 1, "finding": "support", "answer": "已责令恢复原状并立案查处。", "basis": "《建筑法》第四十九条"}
    unit.step(number, "reply", {"facts": "经现场检查，承重墙被拆除1.2米，情况属实。", "answers": [answer]})
    unit.step(number, "serve", {"method": "online"})
    run_ways_out(number)
    assert "不服怎么办见答复" in "".join(petitioner.texts())
    assert "申请复查" not in "".join(petitioner.texts())
    seen = petitioner.get(f"/cases/{number}")
    assert seen["track_label"] == "履行法定职责"
    assert "ask_review" not in {each["limit"] for each in seen["clocks"]}


@pytest.mark.feature(14)
def test_what_is_none_of_these_takes_the_petition_procedure_with_its_sixty_days(petitioner, staff):
    proposal = guided(petitioner, {**TO_ADMINISTRATIVE, "administrative": "no", "duty": "no"})
    assert (proposal["law"], proposal["track"]) == ("第三十一条第六项", "petition_procedure")
    assert "60日内出具信访处理意见书" in proposal["notice_draft"]
    number = petitioner.files()["case_number"]
    staff("bureau1").step(number, "forward", {"to": "housing"})
    taken = staff("housing-clerk").step(number, "accept", {"track": proposal["track"], "undertaker": "李工"})
    assert [each["limit"] for each in taken["clocks"] if each["state"] == "running"] == ["handle"]


def test_the_guide_is_open_to_everybody_and_names_what_is_wrong(client, world):
    guest, stored = Person(client, world), len(world.items("cases"))
    table = guest.get("/guide")
    asked = {each["id"] for each in table["questions"]}
    ends = {each["id"] for each in table["outcomes"]}
    assert {option["to"] for each in table["questions"] for option in each["options"]} == (asked | ends) - {
        table["first"]
    }
    assert guest.post("/guide", {}, 200)["question"]["id"] == table["first"]
    refused = guest.post("/guide", {"answers": {"purpose": "praise"}}, 422)
    assert refused["errors"][0]["pointer"] == "/answers/purpose"
    told = guided(guest, {"purpose": "report", "reported": "official"})
    assert "检举控告渠道" in told["notice_draft"]
    assert len(world.items("cases")) == stored

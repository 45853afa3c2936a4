"""诉访分离: a letter about a lawsuit is passed on to the body of law, a visitor is guided there (第二十二条第二款)."""

import pytest

from chalicelib import clock
from tests.stories.conftest import run_ways_out
from tests.stories.second_reader import ended

A_LETTER = {
    "channel": "letter",
    "kind": "grievance",
    "title": "宅基地官司判错了",
    "text": "我和邻居为半米滴水沟打官司，二审把我判输了，证人都没有叫到，请上级过问。",
    "petitioner": {"name": "石大有", "phone": "19900001234", "address": "青山县青溪镇石桥村三组"},
}
TRANSFER = {
    "ground": "political_legal",
    "where_to": "中共青山县委政法委员会，电话0736-6620055",
    "explanation": "反映的是已经生效的民事判决，属于涉法涉诉事项，由政法部门依法处理。",
}


@pytest.mark.feature(34)
def test_a_letter_about_a_judgement_is_passed_on_and_the_writer_is_told_to_whom(petitioner, staff):
    window, bureau, other = staff("window1"), staff("bureau1"), staff("bureau2")
    number = window.post("/registrations", A_LETTER | {"received_on": clock.today().isoformat()})["case_number"]
    guided = bureau.step(number, "propose_ending", TRANSFER | {"ground": "litigation_matter"}, 422)
    assert "转送同级政法部门" in guided["detail"]
    seen = ended(number, "transfer", TRANSFER, bureau, other)
    assert (seen["stage"], seen["stage_label"]) == ("transferred", "已转有关机关")
    assert {each["limit"]: each["state"] for each in seen["clocks"]} == {"route": "met"}
    run_ways_out(number)
    assert "依法应由有关政法部门处理" in petitioner.texts()[-1]
    shown = petitioner.get(f"/cases/{number}")
    assert shown["stage_label"] == "已转有关机关依法处理"
    assert shown["timeline"][-1]["text"]["body"] == TRANSFER["where_to"]


@pytest.mark.feature(34)
def test_a_visitor_with_a_lawsuit_is_told_where_to_go(petitioner, staff):
    window, bureau, other = staff("window1"), staff("bureau1"), staff("bureau2")
    visit = A_LETTER | {"channel": "visit", "received_on": clock.today().isoformat()}
    number = window.post("/registrations", visit)["case_number"]
    told = {
        "ground": "litigation_matter",
        "where_to": "青山县人民检察院12309检察服务中心",
        "explanation": "对生效判决不服，可以向法院申请再审，或者向检察院申请监督。",
    }
    ended(number, "decline", told, bureau, other)
    run_ways_out(number)
    assert "不能受理" in petitioner.texts()[-1]
    assert petitioner.get(f"/cases/{number}")["timeline"][-1]["text"]["where_to"] == told["where_to"]


def test_a_matter_for_the_discipline_organ_is_passed_on_without_naming_it_on_the_telephone(petitioner, staff):
    bureau, other = staff("bureau1"), staff("bureau2")
    number = petitioner.files(
        title="村务账目不公开", text="村里征地补偿款的账三年没有公开，有人说是村干部自己分了。", claims=[]
    )["case_number"]
    told = {
        "ground": "discipline",
        "where_to": "青山县纪委监委信访室",
        "explanation": "反映的问题属于纪检监察机关受理范围，按照干部管理权限转送。",
    }
    ended(number, "transfer", told, bureau, other)
    run_ways_out(number)
    assert "依法应由有关机关处理" in petitioner.texts()[-1]
    assert not any("纪" in text for text in petitioner.texts())


def test_a_unit_passes_nothing_on_to_the_bodies_of_law_itself(petitioner, staff):
    number = petitioner.files(unit="housing")["case_number"]
    refused = staff("housing-clerk").step(number, "propose_ending", TRANSFER, 422)
    assert "第二十二条第二款" in refused["law"]

"""Fourteen petitions of students, each by the way that fits it, at a university that is a tenant of its own."""

from typing import Any

import pytest

from tests.stories.answered import Town, actions, today
from tests.stories.conftest import Person, Petitioner, give_opinion, run_ways_out, sweep
from tests.stories.sealed import Reader, is_nothing

GRIEVANCE, SUGGESTION, CONSULTATION = "grievance", "suggestion", "consultation"
SAID: dict[str, tuple[str, str, str]] = {
    "S1": (GRIEVANCE, "后勤/食堂", "食堂太少，学生吃饭拥堵问题严重。"),
    "S2": (GRIEVANCE, "后勤/食堂卫生", "食堂工作人员工作期间不太注重卫生。"),
    "S4": (GRIEVANCE, "后勤/宿舍维修", "宿舍损坏的物品维修不及时，上报了几个星期都得不到有效解决。"),
    "S5": (GRIEVANCE, "后勤/热水", "打热水拥堵。六层学生宿舍只有一楼和四楼各有一个自动烧水机。"),
    "S6": (GRIEVANCE, "后勤/饮水安全", "烧水机设备老化，不时有铁锈随水流流出。"),
    "S7": (
        SUGGESTION,
        "宣传/广播",
        "广播台的喇叭数量较少、分布不合理，校园里一大半的时间听不到广播，许多信息传播不畅。",
    ),
    "S8": (GRIEVANCE, "安全/照明", "学校内照明设施年久失修。"),
    "S9": (GRIEVANCE, "安全/照明", "校园内还有许多地方没有照明设施，晚上安全隐患增加。"),
    "S10": (GRIEVANCE, "安全/道路", "路口用于拦路的石墩经常移位，校方反应及处理速度较慢。"),
    "S11": (GRIEVANCE, "后勤/场地保洁", "足球场卫生工作不到位（团体活动大部分在足球场进行）。"),
    "S12": (
        CONSULTATION,
        "校务公开/规划",
        "学校“三步走”战略、长期规划宣传不到位，一直没有比较明确的解释。",
    ),
    "S13": (CONSULTATION, "校务公开/基建", "众多荒地的开发问题，学校没有明确解释，大一新生尤其关心。"),
    "S14": (SUGGESTION, "学生/资助", "各种资助的详细内容宣传不够，只有班委能从辅导员处得知，信息流通不畅。"),
}
CASH = "食堂工作人员收取现金的现象依然存在。"
"""S3 names whom it complains of: it goes another way."""
PLAN = "“三步走”指2025年、2030年、2035年三个阶段的目标，全文在学校网站“信息公开”栏，由发展规划处负责解释。"

pytestmark = pytest.mark.usefixtures("school")


class Campus:
    """Students, and the offices of the university."""

    def __init__(self, client: Any, world: Any, town: Town, student: Petitioner) -> None:
        self.client, self.world, self.at_work, self.student = client, world, town, student

    def another(self) -> Petitioner:
        """A second student."""
        return Petitioner(self.client, self.world, "19900005678").signs_in()

    def files(self, key: str, student: Petitioner | None = None) -> str:
        kind, category, text = SAID[key]
        asked = {"kind": kind, "category": category, "title": text[:20], "text": text, "claims": [text]}
        made = (student or self.student).files(**asked, name="赵一帆", address="临江大学6号学生公寓")
        return str(made["case_number"])

    def sent(self, key: str, unit: str, student: Petitioner | None = None) -> str:
        number = self.files(key, student)
        self.at_work("bureau1").step(number, "forward", {"to": unit})
        return number

    def accepted(self, key: str, unit: str, track: str = "petition_procedure") -> str:
        number = self.sent(key, unit)
        self.clerk(unit).step(number, "accept", {"track": track, "undertaker": "韩老师"})
        return number

    def clerk(self, unit: str) -> Person:
        return self.at_work(f"{unit}-clerk")

    def replies(self, number: str, unit: str, finding: str, answer: str) -> None:
        said = [{"claim": 1, "finding": finding, "answer": answer, "basis": "《临江大学后勤服务管理办法》第八条"}]
        give_opinion(self.at_work, number, {"facts": "到现场查看，并向六名学生了解。", "answers": said}, unit)
        self.serves(number, self.clerk(unit))

    def serves(self, number: str, by: Person) -> None:
        body = {"method": "online"}
        if by.get(f"/cases/{number}")["kind"] == GRIEVANCE:
            body["cause"] = "facility"
        by.step(number, "serve", body)
        run_ways_out(number)

    def read(self, number: str, student: Petitioner | None = None) -> dict[str, Any]:
        return dict((student or self.student).get(f"/cases/{number}"))


@pytest.fixture
def campus(school, client, world, staff, later):
    student = Petitioner(client, world).signs_in()
    return Campus(client, world, Town(staff, later, student), student)


PROPOSED = {
    **{"S1": "logistics", "S2": "catering", "S4": "dormitory", "S5": "logistics", "S6": "logistics"},
    **{"S7": "publicity", "S8": "logistics", "S9": "logistics", "S10": "security", "S11": "sports"},
    **{"S12": "planning", "S13": "construction", "S14": "student-aid"},
}
OFFICIAL = {"S2": "卫生计生/食品药品监管", "S6": "卫生计生/公共卫生", "S10": "交通运输/交通管理"}


@pytest.mark.feature(101)
def test_each_has_a_category_of_the_school_an_official_one_and_a_unit_that_is_proposed(campus):
    bureau = campus.at_work("bureau1")
    for key, (_, category, _) in SAID.items():
        number = campus.files(key)
        view = bureau.get(f"/cases/{number}")
        assert view["category"] == category
        assert view["category_official"] == OFFICIAL.get(key, "教育文体/教育行政管理"), key
        first = bureau.get(f"/cases/{number}/proposal")["items"][0]
        assert first["org"] == PROPOSED[key], key


def test_a_category_of_the_county_is_none_of_the_school(campus):
    told = campus.student.post("/petitions", {"kind": GRIEVANCE, "title": "修路", "text": "修路。", "name": "赵一帆",
                                              "address": "6号公寓", "category": "城乡建设/工程质量"}, 422)  # fmt: skip
    assert [each["pointer"] for each in told["errors"]] == ["/category"]


@pytest.mark.feature(101)
def test_s1_two_units_answer_one_student(campus):
    number = campus.accepted("S1", "logistics")
    lead, other = campus.clerk("logistics"), campus.clerk("construction")
    (before,) = lead.get(f"/cases/{number}")["targets"]
    assert before["target"] == "school_general"
    lead.step(number, "ask_departments", {"departments": ["construction"], "question": "新食堂何时建成？",
                                          "due": today(5).isoformat()})  # fmt: skip
    (target,) = lead.get(f"/cases/{number}")["targets"]
    assert target["target"] == "school_complex"
    assert target["due"] > before["due"]
    other.step(number, "answer_jointly", {"opinion": "东区食堂明年九月建成。", "claims": ["1"]})
    campus.replies(number, "logistics", "explain", "东区食堂由基建处建设，明年9月启用；本周起错峰下课，分两批就餐。")
    assert "错峰下课" in campus.read(number)["opinion"]["answers"][0]["answer"]


def test_s2_a_matter_of_hygiene_is_handled_simply(campus):
    number = campus.sent("S2", "catering")
    view = campus.clerk("catering").step(number, "accept_simply", {"ground": "clear", "undertaker": "韩老师"})
    assert "simple_handle" in {each["limit"] for each in view["clocks"]}


def test_s3_what_is_said_of_the_canteen_never_reaches_it(campus):
    report = {"title": "食堂收取现金", "text": CASH, "accused": ["catering"], "people": []}
    number = campus.another().post("/reports", report)["case_number"]
    bureau = Reader(campus.at_work("bureau1"))
    told = bureau.takes(number, "transfer_report", {"to": "catering", "authority": "unit"}, 422)
    assert told["law"] == "第三十条第三款"
    bureau.takes(number, "transfer_report", {"to": "discipline", "authority": "county"})
    assert Reader(campus.clerk("discipline")).reads(number)["text"] == CASH
    for post in ("clerk", "reader", "head"):
        person = campus.at_work(f"catering-{post}")
        assert is_nothing(person.call("GET", f"/cases/{number}"))
        assert is_nothing(Reader(person).call("GET", f"/sealed/reports/{number}"))
        assert Reader(person).numbers() == []


@pytest.mark.feature(102)
def test_s4_a_repair_that_is_overdue_is_supervised(campus):
    number = campus.sent("S4", "dormitory")
    campus.at_work.days_go_by(18)
    sweep()
    bureau = campus.at_work("bureau1")
    (found,) = [each for each in bureau.get(f"/cases/{number}")["findings"] if each["code"] == "no_notice"]
    order = {"kind": "letter", "problem": found["problem"], "demand": "三日内修好，并书面说明为什么拖延。"}
    bureau.step(number, "supervise", order | {"due": today(3).isoformat()})
    unit = campus.clerk("dormitory")
    unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "韩老师"})
    (target,) = unit.get(f"/cases/{number}")["targets"]
    assert (target["target"], target["state"]) == ("school_general", "missed"), "five working days from the receipt"
    campus.at_work("dormitory-head").step(number, "answer_order", {"text": "床架和门锁已于今日修好。"})
    bureau.step(number, "verify_order", {"accepted": True, "note": "已向该寝室学生核实。"})
    campus.replies(number, "dormitory", "support", "床架和门锁已修好，今后报修三日内上门，逾期由公寓中心值班长负责。")


def test_s5_and_s6_are_linked_and_the_rust_is_marked_urgent(campus):
    queue = campus.accepted("S5", "logistics")
    rust = campus.sent("S6", "logistics", campus.another())
    bureau = campus.at_work("bureau1")
    candidates = bureau.get(f"/cases/{rust}/candidates")
    assert candidates["looked_at"] >= 1
    linked = bureau.step(rust, "link", {"other": queue, "relation": "same_matter", "note": "同一批烧水机"})
    assert [each["case_number"] for each in linked["links"]] == [queue]
    bureau.step(rust, "mark_urgent", {"level": "urgent", "reason": "饮用水中有铁锈，涉及整栋学生宿舍。"})
    assert "petition.urgency_marked" in [each["event"] for each in bureau.get(f"/cases/{rust}")["timeline"]]


@pytest.mark.feature(101)
@pytest.mark.parametrize(("outcome", "reason"), [("adopted", "教学区新增六只喇叭。"),
                                                 ("not_adopted", "附近有自习室，增设会影响学习。")])  # fmt: skip
def test_s7_a_suggestion_is_adopted_or_not_and_why(campus, outcome, reason):
    number = campus.accepted("S7", "publicity", "suggestion")
    unit = campus.clerk("publicity")
    unit.step(number, "decide_suggestion", {"outcome": outcome, "reason": reason})
    answer = {"claim": 1, "finding": "explain", "answer": reason + "由宣传部负责，电话0736-6610207。"}
    unit.step(number, "reply", {"facts": "到校园各处听了三天广播。", "answers": [answer]})
    campus.serves(number, unit)
    (told,) = [e for e in campus.read(number)["timeline"] if e["event"] == "petition.suggestion_decided"]
    assert (told["outcome"], told["text"]["reason"]) == (outcome, reason)


@pytest.mark.feature(104)
def test_s8_and_s9_are_one_batch_and_each_gets_the_answer(campus):
    first = campus.accepted("S8", "logistics")
    neighbour = campus.another()
    second = campus.sent("S9", "logistics", neighbour)
    unit = campus.clerk("logistics")
    unit.step(second, "accept", {"track": "petition_procedure", "undertaker": "韩老师"})
    unit.step(second, "merge", {"other": first, "note": "同一批路灯"})
    campus.replies(first, "logistics", "support", "本月20日前修好42盏路灯，并在六处新装，由后勤处水电科负责。")
    draft = unit.get(f"/cases/{second}")["merged_opinion"]
    assert "六处新装" in draft["answers"][0]["answer"]
    campus.replies(second, "logistics", "support", draft["answers"][0]["answer"])
    for number, student in ((first, campus.student), (second, neighbour)):
        assert "六处新装" in campus.read(number, student)["opinion"]["answers"][0]["answer"]


def test_s10_a_repetition_is_charged_to_who_handled_it_first(campus):
    first = campus.accepted("S10", "security")
    again = campus.files("S10")
    bureau = campus.at_work("bureau1")
    seen = bureau.step(again, "link", {"other": first, "relation": "same_matter"})
    assert (seen["repeat"], seen["charged_to_name"]) == (True, "临江大学保卫处")


def test_s11_a_dirty_pitch_is_answered_the_same_day(campus):
    number = campus.files("S11")
    answers = [{"claim": 1, "finding": "support", "answer": "足球场今天下午4点已清扫，每周二、五由体育部安排保洁。",
                "basis": "《临江大学体育场地管理办法》第五条"}]  # fmt: skip
    view = campus.at_work("bureau1").step(number, "answer_directly", {"answers": answers})
    assert [(each["target"], each["state"]) for each in view["targets"]] == [("same_day_target", "kept")]


def test_s12_and_s13_one_authoritative_answer_is_given_to_both_askers(campus):
    asker = campus.another()
    plan, land = campus.files("S12"), campus.files("S13", asker)
    bureau = campus.at_work("bureau1")
    bureau.step(plan, "consult", {"to": "planning", "question": "“三步走”怎么解释？"})
    campus.clerk("planning").step(plan, "advise", {"advice": PLAN})
    bureau.step(land, "link", {"other": plan, "relation": "related", "note": "都问长期规划"})
    for number, student in ((plan, campus.student), (land, asker)):
        answer = {"claim": 1, "finding": "explain", "answer": PLAN}
        bureau.step(number, "answer_directly", {"answers": [answer]})
        campus.serves(number, bureau)
        assert campus.read(number, student)["opinion"]["answers"][0]["answer"] == PLAN
        assert any("已答复" in text for text in student.texts())


def test_s14_a_suggestion_about_student_aid_is_answered_and_rated(campus):
    number = campus.accepted("S14", "student-aid", "suggestion")
    unit = campus.clerk("student-aid")
    answer = {
        "claim": 1,
        "finding": "explain",
        "answer": "资助办法全文今天起在学校网站公布，辅导员9月20日前到每个班说明。",
    }
    unit.step(number, "reply", {"facts": "向12个班的学生了解。", "answers": [answer]})
    campus.serves(number, unit)
    assert "rate" in actions(campus.read(number))


def test_a_code_is_sent_in_the_name_of_the_university_s_own_bureau(client, world):
    Petitioner(client, world, "19900005678").signs_in()
    assert [text for _to, text in world.sms if "校信访办的人也不会要" in text]

"""Facts come from the event, fit an SMS, and name nobody."""

from typing import Any

import pytest

from chalicelib import profiles
from chalicelib.domain import limits
from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.notices.facts import BODIES, Source, facts, in_site
from chalicelib.notices.wording import LONGEST, labels, render, units

TREE = OfficeTree.of(profiles.load("county").offices)
NO = "261123001785"


def source(data: dict[str, Any], *clocks: tuple[str, str], office: str = "housing", tree: OfficeTree = TREE) -> Source:
    dates = tuple({"limit": limit, "due": due} for limit, due in clocks)
    return Source(NO, data, dates, office, tree, "0736-6622345", reason="没有手机号码")


@pytest.mark.parametrize(
    ("text_id", "data", "clocks", "said"),
    [
        ("S02", {}, [("route", "2026-12-08")], "最迟12月8日转到责任单位"),
        (
            "S06",
            {"to": "education"},
            [("inform", "2026-12-08"), ("object", "2026-11-30")],
            "已转青山县教育局，最迟12月8日",
        ),
        ("S15", {"to": "housing"}, [("inform", "2026-12-08"), ("object", "2026-11-30")], "12月8日前书面告知群众"),
        ("S09", {"org": "housing", "days": 30}, [("handle", "2027-02-01")], "延到2月1日办结"),
        ("S04b", {"org": "housing", "track": "suggestion"}, [], "按建议意见办理"),
        ("S05b", {"org": "housing", "route": "arbitration"}, [], "依法应由仲裁机构办理"),
        ("S10", {"method": "mail"}, [], "处理意见书已寄给您。"),
        ("S10", {"method": "person"}, [], "处理意见书当面给您了。"),
        ("S10", {"method": "online"}, [], "处理意见书可凭查询码看。"),
        ("S11", {}, [("rating", "2026-12-25")], "请在12月25日前评价"),
        ("S16", {"limit": "handle", "due": "2026-12-08", "days_left": 3}, [], "还剩3天，12月8日到期"),
        ("S17", {"limit": "handle", "due": "2026-12-08", "days": 400}, [], "已超期99天"),
        ("S25", {"limit": "rating", "due": "2026-12-08", "days_left": 3}, [], "还有3天可评价"),
        ("S31", {"limit": "ask_review", "due": "2026-12-08"}, [], "程序已结束"),
        ("M01", {"org": "housing"}, [("decide_objection", "2026-12-08")], "县住建局对"),
        ("M17", {"limit": "handle", "owner": "housing", "due": "2026-12-08", "days": 400}, [], "办理期限已超期400天"),
        ("S12", {"order": "review"}, [("review_decide", "2026-12-08")], f"您对{NO}的复查申请已收到，最迟12月8日"),
        ("S12", {"order": "rereview"}, [("rereview_decide", "2026-12-08")], f"您对{NO}的复核申请已收到"),
        ("S23", {"at_time": "2026-12-08T01:00:00+00:00", "place": "bureau"}, [], "12月8日9:00在青山县信访局听证"),
        ("S23", {"at_time": "2026-12-31T14:05:00", "place": "二楼听证室"}, [], "12月31日14:05在二楼听证室听证"),
        ("S37", {"limit": "rating", "due": "2027-01-04", "rights": ["rating"]}, [], "您评价的最后一天改为1月4日"),
        (
            "S37",
            {"limit": "ask_review", "due": "2027-01-04", "rights": ["ask_review", "rating"]},
            [("ask_review", "2027-01-04")],
            "您申请复查、评价的最后一天改为1月4日",
        ),
        ("S38", {}, [("rating", "2027-01-04"), ("ask_review", "2027-01-04")], "您申请复查、评价的最后一天顺延到1月4日"),
        ("S38", {}, [("rating", "2027-01-09"), ("ask_review", "2027-01-04")], "您申请复查的最后一天顺延到1月4日"),
        ("S38b", {}, [("rating", "2027-01-09"), ("ask_review", "2027-01-04")], "您评价的最后一天顺延到1月9日"),
        ("M03", {"office": "satisfied", "unit": "not_satisfied", "solved": False}, [], "对责任单位不满意，问题未解决"),
    ],
)
def test_what_is_said_follows_from_the_event(
    text_id: str, data: dict[str, Any], clocks: list[tuple[str, str]], said: str
) -> None:
    assert said in render(text_id, **facts(text_id, source(data, *clocks)))


def test_the_telephone_is_that_of_the_organ_which_has_the_case_open() -> None:
    assert facts("S31", source({}))["tel"] == TREE.offices["housing"].phone
    assert facts("S31", source({}, office="nobody"))["tel"] == "0736-6622345"


def test_an_office_without_a_name_that_fits_is_called_by_what_it_is() -> None:
    long = Office("long", "青山县经济社会发展和改革局", "经济社会发展和改革局", "county", "department")
    tree = OfficeTree.of([*TREE.offices.values(), long])
    assert facts("S06", source({"to": "long"}, ("inform", "2026-12-08"), tree=tree))["unit"] == "责任单位"


def test_every_right_of_the_petitioner_has_a_name_that_fits() -> None:
    """At most two run at once: one to ask for a review or a re-review, and the rating."""
    named = labels()["right"]
    assert set(named) == {name for name, limit in limits.KNOWN.items() if limit.of == "petitioner"}
    asked = [word for name, word in named.items() if name != "rating"]
    assert max(units(f"{word}、{named['rating']}") for word in asked) == LONGEST["right"]


@pytest.mark.parametrize("office", TREE.offices.values(), ids=lambda office: office.id)
def test_every_office_of_the_county_can_be_named_in_an_sms(office: Office) -> None:
    assert units(facts("S06", source({"to": office.id}, ("inform", "2026-12-08")))["unit"]) <= LONGEST["unit"]


@pytest.mark.parametrize("body", BODIES.values())
def test_every_body_of_a_diversion_fits(body: str) -> None:
    assert units(body) <= LONGEST["body"]


def test_a_date_that_the_event_did_not_set_is_missed_rather_than_invented() -> None:
    assert facts("S15", source({"to": "housing"}, ("object", "2026-11-30")))["date"] == ""


def test_a_code_without_a_name_is_missed_rather_than_shown() -> None:
    assert facts("S12", source({"kind": "third_review"}))["kind"] == ""
    said = facts("S23", source({"place": "room7"}))
    assert (said["time"], said["place"]) == ("", "")


@pytest.mark.parametrize(("field", "name"), [("kind", "kind"), ("order", "kind"), ("place", "place")])
def test_every_name_of_a_code_fits(field: str, name: str) -> None:
    assert all(units(said) <= LONGEST[name] for said in labels().get(field, {}).values())


def test_an_inbox_tells_what_has_to_be_told_by_a_person() -> None:
    assert in_site(("S02", "S02c"), "petitioner", source({})) == (
        f"请人工告知：{NO}有一条短信没有确认发出（没有手机号码）。请打电话、寄信或当面告诉群众，并记下结果。"
    )


def test_an_inbox_shows_the_organs_own_texts() -> None:
    clocks = [("inform", "2026-12-08"), ("object", "2026-11-30")]
    assert in_site(("S15",), "org:housing", source({"to": "housing"}, *clocks)).startswith(f"新收{NO}：")


def test_an_inbox_never_breaks_on_a_message_that_cannot_be_worded() -> None:
    assert in_site(("S15",), "org:housing", source({})) == f"{NO}有新的情况，请打开事项查看。"


@pytest.mark.parametrize(
    ("profile", "unit", "called"), [("county", "housing", "县信访局"), ("school", "logistics", "校信访办")]
)
@pytest.mark.parametrize("text_id", ["S17", "S18"])
def test_the_bureau_is_called_as_its_tenant_calls_it(profile: str, unit: str, called: str, text_id: str) -> None:
    tree = OfficeTree.of(profiles.load(profile).offices)
    found = facts(text_id, source({"days": 3, "due": "2026-12-08"}, office=unit, tree=tree))
    assert found["bureau"] == called
    assert called in render(text_id, **(found | {"date": "12月8日", "tel": "0736-6622345"}))


def test_a_bureau_whose_name_is_too_long_for_a_text_is_called_as_the_regulation_calls_it() -> None:
    tree = OfficeTree.of([Office("bureau", "青山新区信访工作局", "新区信访局", "county", "bureau")])
    assert facts("S17", source({"days": 3}, office="bureau", tree=tree))["bureau"] == "信访部门"
    assert facts("S17", source({"days": 3}, office="nowhere", tree=tree))["bureau"] == "信访部门"

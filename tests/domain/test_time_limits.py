"""The limits in the code say what the collected law says: `limits_of_law.json` is its petition part, copied."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from chalicelib.domain import limits
from chalicelib.domain.limits import PETITION, TimeLimit, configured

LAW = {row["id"]: row for row in json.loads(Path(__file__).with_name("limits_of_law.json").read_text("utf-8"))}

IDS = {
    "route": "xf.route",
    "inform": "xf.notice.forwarded",
    "inform_direct": "xf.notice.direct",
    "object": "xf.objection",
    "handle": "xf.handle",
    "ask_review": "xf.review.apply",
    "review_decide": "xf.review.decide",
    "ask_rereview": "xf.recheck.apply",
    "rereview_decide": "xf.recheck.decide",
}


@pytest.mark.parametrize(("name", "law_id"), IDS.items())
def test_number_unit_and_article_are_those_of_the_law(name: str, law_id: str) -> None:
    limit, law = PETITION[name], LAW[law_id]
    assert limit.number == law["limit"]
    assert {"days": "calendar_days", "working_days": "working_days"}[limit.unit] == law["unit"]
    assert law["certainty"] == "verbatim"
    assert spelled(law["source"]).startswith(limit.law)
    assert limit.kind == "statutory"


def test_handling_can_be_extended_by_what_article_34_allows() -> None:
    assert limits.HANDLE.extendable_by == LAW[LAW["xf.handle"]["extension_id"]]["limit"] == 30
    assert [limit.name for limit in PETITION.values() if limit.extendable_by] == ["handle"]


def test_every_number_that_the_law_sets_is_compared_with_the_law() -> None:
    assert set(IDS) == {limit.name for limit in PETITION.values() if limit.kind == "statutory" and limit.number}


@pytest.mark.parametrize("limit", [each for each in PETITION.values() if each.kind == "service"], ids=lambda e: e.name)
def test_a_number_the_law_does_not_give_is_a_service_target_and_says_so(limit: limits.TimeLimit) -> None:
    assert any(said in limit.note for said in ("条例未", "未规定", "条例只说", "未确认", "地方")), limit.note


def test_an_assignment_names_its_own_number_of_days() -> None:
    assert limits.REPORT_BACK.number is None
    assert limits.REPORT_BACK.unit == "days"


def test_the_rating_window_is_the_one_collected() -> None:
    assert limits.RATING.days == LAW["xf.rating.window"]["limit"]
    assert LAW["xf.rating.window"]["certainty"] == "unconfirmed"


def test_only_rights_run_out_by_themselves_and_duties_make_somebody_late() -> None:
    """五个工作日提出异议 is a right of the unit; all others that run out by themselves are the petitioner's."""
    for limit in PETITION.values():
        assert bool(limit.then) == (limit.of == "petitioner" or limit.name == "object"), limit.name


def test_a_reminder_comes_before_the_limit_it_reminds_of() -> None:
    """On the day of a promise itself the petitioner is asked (S24), nobody reminded."""
    for limit in PETITION.values():
        first = 0 if limit.name == "commitment" else 1
        assert all(first <= n < (1000 if limit.number is None else limit.number) for n in limit.remind), limit.name


def test_every_limit_has_a_chinese_label_and_an_article() -> None:
    for limit in PETITION.values():
        assert re.search("[\u4e00-\u9fff]", limit.label), limit.name
        assert re.match("第.+条", limit.law), limit.name


def test_a_limit_cannot_be_changed_in_place() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        limits.HANDLE.days = 90  # type: ignore[misc]
    with pytest.raises(TypeError):
        PETITION["handle"] = limits.ROUTE  # type: ignore[index]


def test_a_limit_counts_days_or_working_days_but_not_both() -> None:
    with pytest.raises(ValueError, match="not both"):
        TimeLimit(name="both", label="两种", law="第一条", days=1, working_days=1)


def test_a_profile_can_set_its_own_service_targets() -> None:
    ours = configured({"suggestion_target": 20, "consultation_target": 3})
    assert ours["suggestion_target"].days == 20
    assert ours["consultation_target"].working_days == 3
    assert ours["handle"] is limits.HANDLE
    assert PETITION["suggestion_target"].days == 30


def test_a_profile_without_targets_has_the_limits_as_they_are() -> None:
    assert configured({}) == {**limits.KNOWN, **limits.TARGETS}


@pytest.mark.parametrize("name", sorted(n for n, limit in PETITION.items() if limit.kind == "statutory"))
def test_a_profile_cannot_change_what_the_law_sets(name: str) -> None:
    with pytest.raises(ValueError, match="set by law"):
        configured({name: 90})


def test_a_profile_cannot_name_a_limit_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="unknown time limit 'handel'"):
        configured({"handel": 60})


@pytest.mark.parametrize("number", [0, -1, True, 2.5, "20"])
def test_a_target_is_a_positive_whole_number_of_days(number: object) -> None:
    with pytest.raises(ValueError, match="positive whole number"):
        configured({"suggestion_target": number})  # type: ignore[dict-item]


def spelled(source: str) -> str:
    """`信访工作条例(2022)第23条第3款` as the code cites it: 第二十三条第三款."""
    cited = source[source.index("第") :]
    return re.sub(r"\d+", lambda number: chinese(int(number[0])), cited)


def chinese(number: int) -> str:
    tens, units = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[units] if units or not tens else "")

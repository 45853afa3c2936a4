"""A State Council notice is read, checked and laid over the calendar; whatever is wrong with it is named in Chinese."""

import json
from datetime import date

import pytest

from chalicelib.domain.errors import FieldsInvalid
from chalicelib.domain.notices_of_days_off import DaysOff, check, of_csv, of_json, reaches, with_notice
from chalicelib.domain.workdays import Calendar

SHIPPED = Calendar.shipped()
OFF = [
    "2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-04-05", "2027-05-01",
    "2027-05-02", "2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02", "2027-10-03",
]  # fmt: skip
GOOD = {"year": 2027, "off": OFF, "make_up": ["2027-01-30", "2027-10-09"], "papers": ["国办发明电〔2026〕8号"]}


def read(**changes: object) -> DaysOff:
    return check(of_json(json.dumps(GOOD | changes)), SHIPPED)


def refused(**changes: object) -> list[str]:
    with pytest.raises(FieldsInvalid) as caught:
        read(**changes)
    assert {each.pointer for each in caught.value.fields} == {"/content"}, "the field of the form that it was sent in"
    return [each.message for each in caught.value.fields]


def test_json_and_csv_say_the_same() -> None:
    lines = ["日期,安排", *(f"{day},放假" for day in OFF), "2027-01-30,上班", "2027-10-09,班", ""]
    assert of_csv("\ufeff" + "\r\n".join(lines), 2027, ("国办发明电〔2026〕8号",)) == read()


def test_the_calendar_reaches_to_the_end_of_its_year_and_knows_its_days() -> None:
    calendar = with_notice(SHIPPED, read(), "cn-2027.n1")
    assert (calendar.horizon, calendar.version, calendar.first) == (date(2027, 12, 31), "cn-2027.n1", SHIPPED.first)
    assert not calendar.is_working(date(2027, 2, 8))
    assert calendar.is_working(date(2027, 1, 30))
    assert all(
        calendar.why_off(date.fromordinal(n)) == SHIPPED.why_off(date.fromordinal(n))
        for n in range(SHIPPED.first.toordinal(), date(2026, 12, 31).toordinal() + 1)
    )


def test_a_correction_takes_the_place_of_its_year() -> None:
    first = with_notice(SHIPPED, read(), "cn-2027.n1")
    second = with_notice(first, read(off=[*OFF, "2027-02-10"], make_up=["2027-10-09"]), "cn-2027.n2")
    assert not second.is_working(date(2027, 2, 10))
    assert not second.is_working(date(2027, 1, 30)), "a Saturday that is no longer worked"


def test_a_notice_may_name_days_of_the_december_before() -> None:
    calendar = with_notice(SHIPPED, read(off=[*OFF, "2026-12-31"]), "cn-2027.n1")
    assert not calendar.is_working(date(2026, 12, 31))


def test_a_correction_of_a_year_leaves_the_december_that_the_next_notice_named() -> None:
    announced = with_notice(SHIPPED, read(off=[*OFF, "2026-12-31"], make_up=["2026-12-26"]), "cn-2027.n1")
    (shipped_2026,) = [each for each in SHIPPED.announced if each[0] == 2026]
    again = DaysOff(2026, tuple(shipped_2026[1] | {date(2026, 11, 2), date(2026, 12, 26)}), tuple(shipped_2026[2]))
    corrected = with_notice(announced, again, "cn-2026.n2")
    assert not corrected.is_working(date(2026, 11, 2))
    assert not corrected.is_working(date(2026, 12, 31))
    assert corrected.is_working(date(2026, 12, 26)), "the notice of the year after has the last word"
    assert corrected.horizon == date(2027, 12, 31)


def test_a_correction_that_names_a_day_of_december_no_more_drops_it() -> None:
    announced = with_notice(SHIPPED, read(off=[*OFF, "2026-12-31"], make_up=["2026-12-26"]), "cn-2027.n1")
    corrected = with_notice(announced, read(), "cn-2027.n2")
    assert corrected.is_working(date(2026, 12, 31))
    assert not corrected.is_working(date(2026, 12, 26))


def test_a_shipped_december_survives_a_correction_of_its_year() -> None:
    """2022-12-31 was announced with 2023."""
    (shipped_2022,) = [each for each in SHIPPED.announced if each[0] == 2022]
    assert not SHIPPED.is_working(date(2022, 12, 31))
    corrected = with_notice(SHIPPED, DaysOff(2022, tuple(shipped_2022[1]), tuple(shipped_2022[2])), "cn-2022.n1")
    assert (corrected.off, corrected.make_up) == (SHIPPED.off, SHIPPED.make_up)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"make_up": ["2027-01-29"]}, "2027-01-29（周五）不是周六、周日，不能写为调休上班"),
        ({"make_up": ["2027-10-02"]}, "2027-10-02（周六）既写为放假又写为上班"),
        ({"off": [*OFF, "2027-01-01"]}, "2027-01-01（周五）重复写为放假"),
        ({"off": [*OFF, "2028-01-01"]}, "2028-01-01（周六）不在2027年（上一年只能写12月）"),
        ({"off": [*OFF, "2026-11-30"]}, "2026-11-30（周一）不在2027年（上一年只能写12月）"),
        ({"year": 2028}, "日历到2026年为止，只能公布2027年或者更正以前的年份，不能跳过年份"),
        ({"year": 2018}, "日历到2026年为止，只能公布2027年或者更正以前的年份，不能跳过年份"),
        ({"off": OFF[:5]}, "2027年的放假日应有11至60天，写了5天，请核对是否完整"),
        ({"off": [*OFF[1:], "2027-05-03"]}, "没有写2027年1月1日放假"),
        ({"off": [day for day in OFF if "-10-" not in day]}, "没有写2027年10月的国庆节放假"),
        ({"off": [*OFF, "2027-13-01"]}, "off第15项：“2027-13-01”不是日期，应如 2027-01-01"),
        ({"papers": ["\ud800"]}, "文字中含有无法保存的字符，请删除后重试"),
        ({"off": ["\ud800"]}, "文字中含有无法保存的字符，请删除后重试"),
        ({"note": {"\udfff": 1}}, "文字中含有无法保存的字符，请删除后重试"),
        ({"papers": ["a\0b"]}, "papers第1项：文字中含有无法保存的字符，请删除后重试"),
        ({"papers": ["长" * 301]}, "papers第1项：文字不能超过300字，现有301字"),
        ({"papers": ["文件", " \n"]}, "papers第2项：不能为空"),
        ({"papers": [None]}, "papers第1项：类型不对，应为文字"),
        ({"papers": ["文件"] * 6}, "papers不能超过5项"),
        ({"off": [*OFF, None]}, "off第15项：“None”不是日期，应如 2027-01-01"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, object], said: str) -> None:
    assert said in refused(**changes)


def test_papers_are_lines_like_those_of_the_form() -> None:
    assert read(papers=["  国办发明电\n〔2026〕8号\u202e", "长" * 300] + ["又"] * 3).papers == (
        "国办发明电 〔2026〕8号", "长" * 300, "又", "又", "又",
    )  # fmt: skip


@pytest.mark.parametrize(
    "said", ["", "[]", "{", "null", '{"year": "2027"}', '{"year": true}', '{"year": 2027, "off": 3}']
)
def test_what_is_no_notice_is_refused(said: str) -> None:
    with pytest.raises(FieldsInvalid) as caught:
        of_json(said)
    assert [each.pointer for each in caught.value.fields] == ["/content"]


def test_a_csv_with_another_word_is_refused() -> None:
    with pytest.raises(FieldsInvalid) as caught:
        of_csv("2027-01-01,休息", 2027)
    assert caught.value.fields[0].message == "第1行：应写“放假”或者“上班”，写的是“休息”"


def test_the_calendar_has_to_reach_ninety_days_ahead() -> None:
    assert reaches(SHIPPED, date(2026, 10, 2))
    assert not reaches(SHIPPED, date(2026, 10, 3))

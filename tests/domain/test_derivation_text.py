"""What the citizen and the clerk read beside a date: the whole paragraph, word for word."""

from datetime import date

import pytest

from chalicelib.domain.limits import (
    ASK_REVIEW,
    CONSULTATION_TARGET,
    HANDLE,
    OBJECT,
    RATING,
    REPORT_BACK,
    ROUTE,
    SUGGESTION_TARGET,
    TimeLimit,
)
from chalicelib.domain.workdays import Calendar, derive

CAL = Calendar.shipped()
SAME_DAY = TimeLimit(name="same_day", label="当天答复", law="第二十一条", working_days=0, kind="service")


@pytest.mark.parametrize(
    ("limit", "start", "text"),
    [
        (
            HANDLE,
            date(2026, 11, 25),
            (
                "自2026年11月25日受理起算，次日为第1日，满60日为2027年1月24日（统计到期日）；该日为星期日，"
                "顺延至2027年1月25日（法定到期日）。放假安排尚未公布，法定到期日暂定。"
                "依据：《信访工作条例》第三十四条、《民法典》第二百零三条。"
            ),
        ),
        (
            ROUTE,
            date(2026, 3, 2),
            (
                "自2026年3月2日收到信访事项起算，次日为第1日，满15日为2026年3月17日（统计到期日，也是法定到期日）。"
                "依据：《信访工作条例》第二十二条。"
            ),
        ),
        (
            OBJECT,
            date(2026, 9, 29),
            (
                "自2026年9月29日收到转送、交办的信访事项起算，次日起计，只计工作日，第5个工作日为2026年10月12日"
                "（法定到期日）。不计入：10月1日至10月7日（法定节假日/调休放假）、10月11日（周日）；"
                "因调休上班计入：10月10日。依据：《信访工作条例》第二十三条第三款。"
            ),
        ),
        (
            ASK_REVIEW,
            date(2026, 9, 1),
            (
                "自2026年9月1日收到书面答复起算，次日为第1日，满30日为2026年10月1日；"
                "该日适逢法定节假日或调休放假，顺延至2026年10月8日（法定到期日）。"
                "依据：《信访工作条例》第三十五条、《民法典》第二百零三条。"
            ),
        ),
        (
            SAME_DAY,
            date(2026, 3, 4),
            (
                "自2026年3月4日收到信访事项起算，当日办结，到期日为2026年3月4日（承诺时限）。"
                "依据：《信访工作条例》第二十一条。"
            ),
        ),
        (
            ASK_REVIEW,
            date(2026, 3, 2),
            (
                "自2026年3月2日收到书面答复起算，次日为第1日，满30日为2026年4月1日（法定到期日）。"
                "依据：《信访工作条例》第三十五条。"
            ),
        ),
    ],
)
def test_a_derivation_reads_as_one_chinese_paragraph(limit: TimeLimit, start: date, text: str) -> None:
    assert derive(limit, start, calendar=CAL).text() == text


def test_an_extension_and_a_pause_are_told_in_the_text() -> None:
    pause = (date(2026, 3, 5), date(2026, 3, 10))
    text = derive(HANDLE, date(2026, 3, 2), calendar=CAL, extended_by=30, pauses=[pause]).text()
    assert "满90日（原60日，延长30日）为2026年6月5日" in text
    assert "不计入：3月5日至3月9日（停止计时）" in text


def test_a_date_named_in_an_assignment_is_not_called_statutory_and_does_not_roll() -> None:
    text = derive(REPORT_BACK, date(2026, 3, 2), calendar=CAL, days=20).text()
    assert text == (
        "自2026年3月2日交办起算，次日为第1日，满20日为2026年3月22日（指定到期日）。"
        "依据：《信访工作条例》第二十二条第一款第三项（由信访部门在交办时指定）。"
    )


@pytest.mark.parametrize("limit", [SUGGESTION_TARGET, CONSULTATION_TARGET, RATING])
def test_a_service_target_is_never_called_statutory(limit: TimeLimit) -> None:
    text = derive(limit, date(2026, 9, 5), calendar=CAL).text()
    assert "法定到期日" not in text
    assert "民法典" not in text
    assert "未规定" in text

"""State Council notices on days off: read from JSON or CSV, checked, and laid over the calendar that ships.

The invariant: a notice is taken as a whole or not at all, and what is wrong with it is said in Chinese, day by day.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.domain.identity import clean_text
from chalicelib.domain.values import replace, value
from chalicelib.domain.workdays import Announced, Calendar

OFF, MAKE_UP = "off", "make_up"
KINDS = {"放假": OFF, "休": OFF, "off": OFF, "上班": MAKE_UP, "班": MAKE_UP, "make_up": MAKE_UP}
"""What a CSV may call them; the second column of each line."""
LEAST_OFF, MOST_OFF = 11, 60
"""全国年节及纪念日放假办法 gives 13 days since 2025 and gave 11 before; fewer is half a notice, many more no notice."""
LEAST_AHEAD = timedelta(days=90)
"""The longest limit is 60 days and 30 more: a date that is told today should be certain."""
WEEKDAYS = "一二三四五六日"
MOST_PAPERS, LONGEST_PAPER = 5, 300
"""As the body of a CSV has them: JSON brings its papers within a text, where no model looks."""
CONTENT = "/content"
"""The field in which a notice is sent, as JSON or as CSV: what is wrong with one of its days is wrong there."""


@value
class DaysOff:
    """One notice: the year it is for, the days nobody works though they are weekdays or holidays, those worked instead.

    `papers` name it. A notice may name days of the December before its year.
    """

    year: int
    off: tuple[date, ...]
    make_up: tuple[date, ...]
    papers: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "year": self.year,
            OFF: [day.isoformat() for day in self.off],
            MAKE_UP: [day.isoformat() for day in self.make_up],
            "papers": list(self.papers),
        }


def of_json(said: str) -> DaysOff:
    """`{"year": 2027, "off": [...], "make_up": [...], "papers": [...]}`. Raises FieldsInvalid."""
    try:
        data = json.loads(said)
        # A text that is clean may still spell out half a character, \ud800: nothing can hold it or say it again.
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise FieldsInvalid([FieldError(CONTENT, "文字中含有无法保存的字符，请删除后重试", "invalid")]) from None
    except (ValueError, RecursionError):
        raise FieldsInvalid([FieldError(CONTENT, "不是JSON，请检查括号、引号和逗号", "wrong_form")]) from None
    if not isinstance(data, dict) or not isinstance(data.get("year"), int) or isinstance(data["year"], bool):
        raise FieldsInvalid([FieldError(CONTENT, '应写明年份，如 "year": 2027', "wrong_form")])
    papers = data.get("papers", [])
    listed = {kind: data.get(kind, []) for kind in (OFF, MAKE_UP)}
    if not all(isinstance(each, list) for each in (papers, *listed.values())):
        raise FieldsInvalid([FieldError(CONTENT, "off、make_up、papers 应为列表", "wrong_form")])
    rows = [(f"{kind}第{n}项", kind, day) for kind, days in listed.items() for n, day in enumerate(days, 1)]
    return _read(data["year"], rows, _papers(papers))


def of_csv(said: str, year: int, papers: Sequence[str] = ()) -> DaysOff:
    """Lines of `2027-01-01,放假` or `2027-02-06,上班`; a first line of titles is passed over. Raises FieldsInvalid."""
    import csv  # an administrator's matter, twice a year: every cold start goes without

    rows = []
    for n, line in enumerate(csv.reader(said.lstrip("\ufeff").splitlines()), 1):
        if not line or not "".join(line).strip() or (n == 1 and not line[0][:1].isdigit()):
            continue
        kind = line[1].strip() if len(line) > 1 else ""
        rows.append((f"第{n}行", KINDS.get(kind, kind), line[0].strip()))
    return _read(year, rows, tuple(papers))


def check(notice: DaysOff, calendar: Calendar) -> DaysOff:
    """The notice, if it can be laid over this calendar. Raises FieldsInvalid, which names every day that is wrong."""
    wrong = [*_wrong_days(notice), *_wrong_year(notice, calendar)]
    if wrong:
        raise FieldsInvalid([FieldError(CONTENT, each, "bad_notice") for each in dict.fromkeys(wrong)])
    return notice


def with_notice(calendar: Calendar, notice: DaysOff, version: str) -> Calendar:
    """The calendar with this notice in place of the one that stood for its year.

    Each year counts by its latest notice. Of the December before, the notice of the year after has the last word: a
    correction of the older year leaves such days alone, and one of the younger year that names them no more drops them.
    """
    others = (each for each in calendar.announced if each[0] != notice.year)
    announced = sorted([*others, (notice.year, frozenset(notice.off), frozenset(notice.make_up))], key=_year)
    off = make_up = frozenset[date]()
    for _, is_off, is_worked in announced:
        off, make_up = (off - is_worked) | is_off, (make_up - is_off) | is_worked
    return replace(
        calendar,
        version=version,
        horizon=max(calendar.horizon, date(notice.year, 12, 31)),
        off=off,
        make_up=make_up,
        announced=tuple(announced),
    )


def _year(announced: Announced) -> int:
    return announced[0]


def reaches(calendar: Calendar, today: date) -> bool:
    """Does the calendar reach far enough for what is promised today?"""
    return calendar.horizon >= today + LEAST_AHEAD


def _read(year: int, rows: Iterable[tuple[str, str, Any]], papers: tuple[str, ...]) -> DaysOff:
    days: Mapping[str, list[date]] = {OFF: [], MAKE_UP: []}
    wrong = []
    for place, kind, said in rows:
        if kind not in days:
            wrong.append(f"{place}：应写“放假”或者“上班”，写的是“{kind}”")
            continue
        try:
            days[kind].append(date.fromisoformat(str(said)))
        except ValueError:
            wrong.append(f"{place}：“{said}”不是日期，应如 {year}-01-01")
    if wrong:
        raise FieldsInvalid([FieldError(CONTENT, each, "wrong_form") for each in wrong])
    return DaysOff(year, tuple(days[OFF]), tuple(days[MAKE_UP]), papers)


def _papers(said: list[Any]) -> tuple[str, ...]:
    if len(said) > MOST_PAPERS:
        raise FieldsInvalid([FieldError(CONTENT, f"papers不能超过{MOST_PAPERS}项", "too_long")])
    papers, wrong = [], []
    for n, each in enumerate(said, 1):
        try:
            papers.append(_paper(each))
        except ValueError as error:
            wrong.append(f"papers第{n}项：{error}")
    if wrong:
        raise FieldsInvalid([FieldError(CONTENT, each, "wrong_form") for each in wrong])
    return tuple(papers)


def _paper(said: Any) -> str:
    """One line. Raises ValueError in Chinese."""
    if not isinstance(said, str):
        raise ValueError("类型不对，应为文字")
    paper = clean_text(" ".join(clean_text(said, len(said) * 3).split()), LONGEST_PAPER)  # composing makes some longer
    if not paper:
        raise ValueError("不能为空")
    return paper


def _wrong_days(notice: DaysOff) -> Iterable[str]:
    for kind, name in ((notice.off, "放假"), (notice.make_up, "上班")):
        yield from (f"{_zh(day)}重复写为{name}" for day in kind if kind.count(day) > 1)
    yield from (f"{_zh(day)}既写为放假又写为上班" for day in notice.off if day in notice.make_up)
    yield from (f"{_zh(day)}不是周六、周日，不能写为调休上班" for day in notice.make_up if day.weekday() < 5)
    for day in (*notice.off, *notice.make_up):
        if day.year != notice.year and not (day.year == notice.year - 1 and day.month == 12):
            yield f"{_zh(day)}不在{notice.year}年（上一年只能写12月）"


def _wrong_year(notice: DaysOff, calendar: Calendar) -> Iterable[str]:
    if not calendar.first.year <= notice.year <= calendar.horizon.year + 1:
        last = calendar.horizon.year
        yield f"日历到{last}年为止，只能公布{last + 1}年或者更正以前的年份，不能跳过年份"
    own = [day for day in notice.off if day.year == notice.year]
    if not LEAST_OFF <= len(own) <= MOST_OFF:
        yield f"{notice.year}年的放假日应有{LEAST_OFF}至{MOST_OFF}天，写了{len(own)}天，请核对是否完整"
    elif date(notice.year, 1, 1) not in own:
        yield f"没有写{notice.year}年1月1日放假"
    if not any(day.month == 10 for day in own):
        yield f"没有写{notice.year}年10月的国庆节放假"


def _zh(day: date) -> str:
    return f"{day.isoformat()}（周{WEEKDAYS[day.weekday()]}）"

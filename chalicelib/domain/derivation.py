"""A due date with its reasons, and the Chinese paragraph that tells them.

Invariant: the text says nothing that the fields do not hold, so what a case page shows can always be recomputed.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from chalicelib.domain.limits import Party, Unit
from chalicelib.domain.values import value

SATURDAY, SUNDAY = "周六", "周日"
HOLIDAY = "法定节假日/调休放假"
MAKE_UP = "调休上班"
PAUSED = "停止计时"

_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


@value
class Skipped:
    """A day that was not counted, or that a due date was moved off, and why (in Chinese)."""

    day: date
    why: str


@value
class Derivation:
    """A due date with its reasons: where it starts, which rule, which days do not count, where it rolls.

    `days`, `extended_by` and `paused_days` are in `unit`. `stat_due` is the plain count, by which organs are
    measured; `legal_due` is the count of the Civil Code, moved off holidays (民法典第二百零三条).
    `set_by_case`: the law leaves the number open and somebody named it for this case.
    """

    limit: str
    label: str
    law: str
    since: str
    start: date
    days: int
    unit: Unit
    of: Party
    statutory: bool
    extended_by: int
    paused_days: int
    paused_since: date | None
    skipped: tuple[Skipped, ...]
    make_up: tuple[Skipped, ...]
    stat_due: date
    legal_due: date
    rolled: tuple[Skipped, ...]
    provisional: bool
    calendar_version: str
    note: str = ""
    set_by_case: bool = False
    not_before: date | None = None

    @property
    def due(self) -> date:
        """The day that decides: a citizen's right runs to `legal_due`, an organ's duty to `stat_due`.

        Neither ends before a date that stood when it was told (`not_before`).
        """
        counted = self._counted()
        return max(counted, self.not_before) if self.not_before else counted

    def _counted(self) -> date:
        return self.legal_due if self.of == "petitioner" else self.stat_due

    def text(self) -> str:
        """The derivation as one Chinese paragraph, for the case page and for the event that set the date."""
        sentences = (
            self._counting(),
            self._not_counted(),
            f"{_zh(self.paused_since)}起停止计时，到期日将在恢复计时后重新计算" if self.paused_since else "",
            self._unannounced(),
            self._kept(),
            self._grounds(),
        )
        return "".join(f"{sentence}。" for sentence in sentences if sentence)

    def _counting(self) -> str:
        total = self.days + self.extended_by
        extended = (
            f"（原{self.days}{self._measure}，延长{self.extended_by}{self._measure}）" if self.extended_by else ""
        )
        start = f"自{_zh(self.start)}{self.since}起算"
        if total == 0:
            counted = f"{start}，当日办结，到期日为{_zh(self.stat_due)}"
        elif self.unit == "working_days":
            counted = f"{start}，次日起计，只计工作日，第{total}个工作日{extended}为{_zh(self.stat_due)}"
        else:
            counted = f"{start}，次日为第1日，满{total}日{extended}为{_zh(self.stat_due)}"
        if not self.statutory and self.of == "organ":
            return f"{counted}（承诺时限）"
        if self.set_by_case:
            return f"{counted}（指定到期日）"
        last = "法定到期日" if self.statutory else "截止日"
        if self.unit == "working_days":
            return f"{counted}（{last}）"
        # The statistical date measures organs; beside a citizen's own right it would only confuse.
        measured = self.of == "organ"
        if not self.rolled:
            return f"{counted}（{f'统计到期日，也是{last}' if measured else last}）"
        plain = "（统计到期日）" if measured else ""
        return f"{counted}{plain}；该日{self._last_day_is()}，顺延至{_zh(self.legal_due)}（{last}）"

    @property
    def _measure(self) -> str:
        return "个工作日" if self.unit == "working_days" else "日"

    def _last_day_is(self) -> str:
        if self.rolled[0].why == HOLIDAY:
            return "适逢法定节假日或调休放假"
        return f"为{_WEEKDAYS[self.stat_due.weekday()]}"

    def _not_counted(self) -> str:
        parts = [f"不计入：{_ranges(self.skipped)}"] if self.skipped else []
        if self.make_up:
            parts.append(f"因调休上班计入：{_ranges(self.make_up, with_why=False)}")
        return "；".join(parts)

    def _unannounced(self) -> str:
        if not self.provisional or (self.set_by_case and self.unit == "days"):
            return ""
        if self.unit == "working_days" or self.of == "petitioner":
            return "放假安排尚未公布，日期暂定"
        return "放假安排尚未公布，法定到期日暂定" if self.statutory else ""

    def _kept(self) -> str:
        if self.not_before is None or self.not_before <= self._counted():
            return ""
        if self.of == "organ":  # the day it hears of it, or the older date where that had passed as well
            return f"重新计算时该日期已过，不作为到期日，到期日定为{_zh(self.not_before)}"
        return f"放假安排公布或者更正前已告知的日期不因此提前，仍为{_zh(self.not_before)}"

    def _grounds(self) -> str:
        law = f"《信访工作条例》{self.law}" if self.law.startswith("第") else self.law
        rolled = "、《民法典》第二百零三条" if self.rolled and self.statutory and not self.set_by_case else ""
        note = f"（{self.note}）" if self.note else ""
        return f"依据：{law}{rolled}{note}"


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _ranges(skipped: Sequence[Skipped], *, with_why: bool = True) -> str:
    """Neighbouring days of one reason are told as one: 10月1日至10月7日（法定节假日/调休放假）."""
    runs = groupby(enumerate(skipped), key=lambda pair: (pair[1].why, pair[1].day.toordinal() - pair[0]))
    told = []
    for (why, _), run in runs:
        of_run = [each.day for _, each in run]
        span = f"{of_run[0].month}月{of_run[0].day}日"
        if len(of_run) > 1:
            span += f"至{of_run[-1].month}月{of_run[-1].day}日"
        told.append(f"{span}（{why}）" if with_why else span)
    return "、".join(told)

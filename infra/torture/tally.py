"""What all worlds of one design have to tell, added up; and the one table at the end."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from infra.torture.checks import INVARIANTS
from infra.torture.faults import KINDS
from infra.torture.naive import NAIVE
from infra.torture.watched import Found

LOST, DOUBLED = ("lost", "notices_lost", "texts_lost"), ("doubled", "texts_doubled")
MISSED, LATE = ("missed", "notices_missed"), ("late",)


@dataclass
class Tally:
    """One design."""

    design: str
    wrong: list[str] = field(default_factory=list)
    injected: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)

    def add(self, found: Found) -> None:
        """One world more."""
        self.wrong += [f"{found.seed} {each}" for each in found.wrong]
        self.injected += found.injected
        self.figures += found.figures
        self.checks += found.checks

    def sum(self, names: tuple[str, ...]) -> int:
        """These figures together."""
        return sum(self.figures[name] for name in names)

    @property
    def acknowledged(self) -> int:
        """Filings and steps that a client was told are done."""
        return self.sum(("filed", "steps_acknowledged"))

    @property
    def is_caught(self) -> bool:
        """Was a naive design found out by what it does, and not only by how it is built?"""
        return self.sum(NAIVE[self.design].caught_by) > 0

    def told(self) -> str:
        """In one line."""
        return (
            f"{self.figures['cases']} cases, {self.sum(LOST)} lost, {self.sum(DOUBLED)} doubled, "
            f"{self.sum(MISSED)} missed, {self.sum(LATE)} late"
        )

    def held(self) -> str:
        """How hard it was tried."""
        return f"{sum(self.injected.values())} faults, {sum(self.checks.values())} checks, {len(self.wrong)} violations"

    def plain(self) -> dict[str, Any]:
        """As flat figures."""
        return {
            "cases": self.figures["cases"],
            "faults": sum(self.injected.values()),
            "kinds_of_fault": len(self.injected),
            "acknowledged": self.acknowledged,
            "lost": self.sum(LOST),
            "doubled": self.sum(DOUBLED),
            "missed": self.sum(MISSED),
            "late_without_alarm": self.sum(LATE),
            "late_with_alarm": self.figures["late_with_alarm"],
            "violations": len(self.wrong),
            "checks": sum(self.checks.values()),
            "events": self.figures["events"],
            "notices": self.figures["notices"],
            "real_sends": self.figures["real_sends"],
            "sent_twice_after_doubt": self.figures["sent_twice_after_doubt"],
            "handed_to_a_person": self.figures["notices_handed_to_person"],
            "records_expired": self.figures["stream_expired"],
            "records_parked": self.figures["stream_parked"],
            "messages_discarded": self.figures["topic_discarded"],
            "messages_dead": self.figures["queue_dead"],
            "log_lines_read": self.figures["log_lines"],
            **{f"fault {kind}": self.injected[kind] for kind in KINDS},
            **{f"checks {name}": self.checks[name] for name in INVARIANTS},
        }


def table(tallies: dict[str, Tally], seed: str, seconds: float) -> str:
    """Faults by kind, what was checked, and ours beside the naive designs."""
    ours, *naive = tallies.values()
    lines = [f"种子 {seed} · {seconds:.0f} 秒", "", f"{'注入的故障':<46}次数"]
    lines += [f"{padded(label, 48)}{ours.injected[kind]:>10,}" for kind, label in KINDS.items()]
    lines += [f"{padded('合计', 48)}{sum(ours.injected.values()):>10,}", ""]
    for name, label in INVARIANTS.items():
        said = f"{ours.checks[name]:>10,}" if ours.checks[name] else "    不适用"
        lines.append(f"{padded(f'{name} {label}', 48)}{said}")
    lines += ["", _row("设计", ("事项", "故障", "已回执", "丢失", "重复", "漏办", "迟办", "检查", "违反"))]
    for each in (ours, *naive):
        numbers = (
            each.figures["cases"], sum(each.injected.values()), each.acknowledged, each.sum(LOST), each.sum(DOUBLED),
            each.sum(MISSED), each.sum(LATE), sum(each.checks.values()), len(each.wrong),
        )  # fmt: skip
        lines.append(_row(each.design, tuple(f"{number:,}" for number in numbers)))
    f = ours.figures
    lines += [
        "",
        f"告知 {f['notices']:,} 条：已发 {f['notices_sent']:,}，站内 {f['notices_delivered']:,}，转人工 "
        f"{f['notices_handed_to_person']:,}；真正发出 {f['real_sends']:,} 条，有记录的不明之后再发 "
        f"{f['sent_twice_after_doubt']:,} 条；停摆期间迟办且告警已响 {f['late_with_alarm']:,} 次。",
        f"没有送达消费者、由扫描补上的消息：流过期 {f['stream_expired']:,}，流停放 {f['stream_parked']:,}，"
        f"主题丢弃 {f['topic_discarded']:,}，队列死信 {f['queue_dead']:,}；日志 {f['log_lines']:,} 行已查。",
    ]
    return "\n".join(lines)


def _row(name: str, cells: tuple[str, ...]) -> str:
    return padded(name, 18) + "".join(padded(cell, 12, right=True) for cell in cells)


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Han characters take two columns."""
    room = " " * max(0, width - sum(2 if ord(each) > 0x2E7F else 1 for each in text))
    return room + text if right else text + room

"""`python -m infra.year [--scale 1] [--seed 1]`: play the year on all cores and print its figures by unit."""

import argparse
import multiprocessing
import sys
import time
from collections import Counter

from infra.torture.tally import padded
from infra.year import figures
from infra.year.play import Played, play

PETITIONS, AT_ONCE = 1125, 125
PROGRESS_S = 2


def main() -> int:
    """The year; 1 when an invariant broke."""
    asked = _arguments()
    began, shown = time.monotonic(), 0.0
    wanted = PETITIONS * asked.scale
    total = Played()
    worlds = [(asked.seed, first, min(AT_ONCE, wanted - first)) for first in range(0, wanted, AT_ONCE)]
    with multiprocessing.Pool(asked.processes) as pool:
        for found in pool.imap_unordered(play, worlds):
            total.rows += found.rows
            total.counts += found.counts
            total.wrong += found.wrong
            if time.monotonic() - shown > PROGRESS_S:
                shown = time.monotonic()
                print(f"\r{len(total.rows)} / {wanted} 件", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(table(total, asked.seed))
    print(f"用时 {time.monotonic() - began:.0f} 秒")
    for each in total.wrong[:20]:
        print(f"违反：{each}")
    return 1 if total.wrong else 0


def table(played: Played, seed: str) -> str:
    """The year in one table, and what happened on the way in a few lines."""
    by_unit, total = figures.sums(played.rows)
    lines = [
        f"青山县 2025 年信访事项（种子 {seed}）：共 {total.received} 件，网上 {total.online} 件，其他 "
        f"{total.received - total.online} 件",
        "",
        _line("单位", figures.HEADINGS),
        *(_line(figures.name_of(unit), figures.cells(each)) for unit, each in by_unit.items()),
        _line("合计", figures.cells(total)),
        "",
        f"信访部门及时受理率 {figures.rate(total.forwarded[True], total.forwarded.total())}"
        f"（{total.forwarded[True]} / {total.forwarded.total()}）",
        *_on_the_way(played.counts),
        f"结束时各阶段：{_stages(played.rows)}",
    ]
    return "\n".join(lines)


def _on_the_way(done: Counter[str]) -> list[str]:
    return [
        f"提出异议 {done['done object']} 件（逾期未准 {done['refused object']}），"
        f"退回 {done['done uphold_objection']}，不同意退回 {done['done reject_objection']}；"
        f"延期 {done['done extend']} 件（未准 {done['refused extend']}）",
        f"质量关拦下 {done['refused second_read'] + done['refused reply'] + done['refused draft_reply']} 次，"
        f"退改 {done['done return_draft']} 次；督办 {done['done supervise']} 件；复查 {done['done request_review']} 件",
        f"告知 {done['notices']} 条：短信 {done['notices_sent']}，站内 {done['notices_delivered']}，"
        f"转人工 {done['notices_handed_to_person']}；事件 {done['events']} 条",
    ]


def _stages(rows: list[figures.Row]) -> str:
    from chalicelib.domain.stages import STAGES

    counted = Counter(each.stage for each in rows)
    return "，".join(f"{STAGES[stage]} {number}" for stage, number in counted.most_common())


def _line(name: str, cells: tuple[str, ...]) -> str:
    return padded(name, 16) + "".join(padded(cell, 9, right=True) for cell in cells)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="infra.year", description=__doc__)
    parser.add_argument("--scale", type=int, default=1, choices=range(1, 21), metavar="1..20")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--processes", type=int, default=None, help="how many at once; all cores by default")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

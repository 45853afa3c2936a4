"""The coverage document, from the markers of the tests and the reasons of what is left.

The invariant: every feature has a test or a reason, never both missing, and some may not be left at all.
"""

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
MAY_NOT_BE_LEFT = (26, 38, 42, 45, 52, 61, 65, 66, 67, 70, 95)
SHOWN = 4
"""How many tests of one feature are named; the others are counted."""
BENCHMARKS = HERE.parents[1] / "benchmarks"
LONG_PROOFS = {
    "soak_traces.json": "随机经历{traces}件，走了{steps_taken}步，另有{steps_refused}步被拒绝，"
    "重新推算日期{dates_counted_again}个；连同其他检查，发现{wrong}处",
    "soak_accuse.json": "移送和检举同时发生{races}次，被检举的单位仍然拿到的{both}次",
}
HEAD = """# 功能与测试

本文由测试上的标记生成，请勿手工修改；测试改动以后，用 `make coverage` 重新生成。
编号是需求来源中的第1至108项，内容用我们自己的话写。没有测试的，写明为什么没有做。
"""


class NotCovered(Exception):
    """A feature has neither a test nor a reason, or may not be left and is."""


def features() -> tuple[dict[int, str], dict[int, str]]:
    """The features by number, and the reasons of those that are left."""
    read = tomllib.loads((HERE / "features.toml").read_text("utf-8"))
    asked, left = ({int(number): said for number, said in read[part].items()} for part in ("features", "left"))
    return asked, left


def document(tests: Mapping[int, Sequence[str]]) -> str:
    """The whole document. Raises NotCovered."""
    asked, left = features()
    check(tests, asked, left)
    lines = [
        HEAD,
        f"有测试的{len(asked) - len(left)}项，没有做的{len(left)}项。\n",
        "| # | 内容 | 测试 |",
        "|---|---|---|",
    ]
    for number, said in asked.items():
        lines.append(f"| {number} | {said} | {_proof(tests.get(number, ()), left.get(number, ''))} |")
    return "\n".join([*lines, "", *_long_proofs()]) + "\n"


def check(tests: Mapping[int, Sequence[str]], asked: Mapping[int, str], left: Mapping[int, str]) -> None:
    """Raise NotCovered unless every feature is proved or its absence explained."""
    wrong = [f"{number}: neither a test nor a reason" for number in asked if number not in tests and number not in left]
    wrong += [f"{number}: may not be left" for number in MAY_NOT_BE_LEFT if number in left or number not in tests]
    wrong += [f"{number}: has tests and a reason" for number in left if number in tests]
    wrong += [f"{number}: no such feature" for number in {*tests, *left} - set(asked)]
    if wrong:
        raise NotCovered("\n".join(wrong))


def _long_proofs() -> Iterator[str]:
    """What the long proofs found when they were last run; their results are committed beside the benchmarks."""
    yield "## 长期检验\n"
    for name, said in LONG_PROOFS.items():
        file = BENCHMARKS / name
        if file.is_file():
            yield f"- {said.format(**json.loads(file.read_text('utf-8')))}（`benchmarks/{name}`）"


def by_feature(marked: Sequence[tuple[str, tuple[int, ...]]]) -> dict[int, list[str]]:
    """Feature -> the tests that are marked with it, as `file::name`, parametrized ones once."""
    found: dict[int, list[str]] = defaultdict(list)
    for test, numbers in marked:
        name = test.partition("[")[0]
        for number in numbers:
            if name not in found[number]:
                found[number].append(name)
    return dict(found)


def _proof(tests: Sequence[str], left: str) -> str:
    if left:
        return f"没有做：{left}"
    named = "<br>".join(f"`{each.removeprefix('tests/')}`" for each in tests[:SHOWN])
    return named + (f"<br>另有{len(tests) - SHOWN}项" if len(tests) > SHOWN else "")

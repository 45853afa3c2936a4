"""Which matters are simple enough (信访事项简易办理办法): grounds and exclusions as two tables, and what becomes of a
suggestion.

The measures in force are those of 2022 (国信办发〔2022〕17号); of their text only the first articles were seen.
"""

from collections.abc import Callable, Collection, Mapping

from chalicelib.domain import intake
from chalicelib.domain.case import Case

CLEAR, AT_ONCE, EVERYDAY, CONCLUDED_BEFORE, OTHER = "clear", "at_once", "everyday", "concluded_before", "other"
SIMPLE_GROUNDS: Mapping[str, str] = {
    CLEAR: "事实清楚、责任明确、争议不大、易于解决",
    AT_ONCE: "咨询、意见建议或者表达感谢，可以即时反馈",
    EVERYDAY: "涉及日常生活、时效性强，应当即时处理",
    CONCLUDED_BEFORE: "有关机关、单位已有明确承诺或者结论",
    OTHER: "其他可以简易办理的",
}
"""Why a matter may be handled simply: a closed list."""

GROUP_VISIT = 5
"""集体访: five persons or more."""


def _is_from_above(case: Case) -> bool:
    return bool(case.facts.get("from_above"))


def _concerns_several(case: Case) -> bool:
    return bool(case.duties_of("joint"))


def _has_several_petitioners(case: Case) -> bool:
    beside = case.facts.get("people") or {}
    came = int(case.facts.get("persons") or 1)
    return came >= GROUP_VISIT or bool(beside.get("r") or beside.get("s"))


def _is_major(case: Case) -> bool:
    return bool(case.facts.get("urgent"))


def _is_repeated(case: Case) -> bool:
    return bool(case.facts.get("repeat"))


Holds = Callable[[Case], bool]
EXCLUSIONS: Mapping[str, tuple[str, Holds | None]] = {
    "from_above": ("上级机关、单位交办的", _is_from_above),
    "may_be_refused": ("诉求可能不予支持的", None),
    "statutory_procedure": ("已经进入或者可以适用法定行政程序的", None),
    "several_bodies": ("涉及两个以上责任单位的", _concerns_several),
    "several_petitioners": ("集体、联名提出的", _has_several_petitioners),
    "major": ("重大、复杂、疑难的", _is_major),
    "repeat": ("不是初次信访的", _is_repeated),
}
"""What is never handled simply: a label, and what the case itself knows of it (None: whoever decides has to say)."""

SUGGESTION_OUTCOMES: Mapping[str, tuple[str, str]] = {
    "adopted": ("采纳", "第二十九条第一款"),
    "partly": ("部分采纳", "第二十九条第一款"),
    "not_adopted": ("未采纳", "第二十九条第一款"),
}
"""What becomes of a suggestion (第二十九条: 应当采纳或者部分采纳，并予以回复)."""


def qualifies_for_simple(case: Case, *, declared: Collection[str] = ()) -> tuple[str, ...]:
    """Why not: the codes of the exclusions that hold, in the order of the table. Empty: it qualifies.

    `declared` are those that whoever decides says of it.
    """
    return tuple(
        code for code, (_, holds) in EXCLUSIONS.items() if code in declared or (holds is not None and holds(case))
    )


def fits_kind(case: Case, ground: str) -> bool:
    """Questions and suggestions are answered at once; a grievance has to be decided."""
    return ground != AT_ONCE or case.facts["kind"] != intake.GRIEVANCE

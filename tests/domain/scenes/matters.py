"""Several petitions about one matter."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chalicelib.domain import matters
from chalicelib.domain.case import Case, Change
from tests.domain import county
from tests.domain.county import CONTACT, HOUSING_CLERK, MARCH, RULES, TREE, noon
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid

ANOTHER = "269876543219"

ACTIONS_SAID: dict[str, str] = {
    "link": "关联",
    "merge": "并案",
    "unmerge": "撤销并案",
    "split": "分案",
    "cut_out": "移出检举内容",
}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
HELD: Held = {
    "other": {county.NUMBER, ANOTHER},
    "relation": set(matters.RELATIONS),
    "into": {ANOTHER},
    "split_from": {county.NUMBER},
    "earlier": {ANOTHER},
}


def another(case: Case) -> Case:
    """The same under another number: whoever brought it brought it a week earlier."""
    return replace(case, id=ANOTHER, received_on=MARCH[1])


def of_two(function: Callable[..., tuple[Change, Change]], case: Case, other: Case, *args: Any) -> Scene:
    """A step of two cases: what it makes of the first."""
    fourth = {"by": HOUSING_CLERK, "on": MARCH[4], "rules": RULES}
    return Scene(case, function, lambda before: function(before, other, *args, **fourth)[0])  # type: ignore[arg-type]


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    case, leading = county.forwarded(), another(county.accepted())
    merged = matters.merge(case, leading, by=HOUSING_CLERK, on=MARCH[4], rules=RULES)
    filed = {"title": SECRET, "text": SECRET, "claims": [SECRET, SECRET], "place": SECRET}
    parts = {
        "filed": filed,
        "contact": CONTACT,
        "tree": TREE,
        "by": HOUSING_CLERK,
        "at": noon(MARCH[4]),
        "rules": RULES,
    }
    return {
        "link": of_two(matters.link, case, leading, "same_matter", SECRET),
        "merge": of_two(matters.merge, case, leading, SECRET),
        "unmerge": of_two(matters.unmerge, merged[0].case, merged[1].case, SECRET),
        "split": Scene(
            case,
            matters.split,  # type: ignore[arg-type]
            lambda before: matters.split(before, ANOTHER, [2], "suggestion", SECRET, SECRET, **parts)[1],  # type: ignore[arg-type]
        ),
        "cut_out": Scene(
            case,
            matters.cut_out,
            lambda before: matters.cut_out(
                before,
                SECRET,
                SECRET,
                [SECRET],
                by=HOUSING_CLERK,
                on=MARCH[4],
                rules=RULES,  # type: ignore[arg-type]
            ),
        ),
    }

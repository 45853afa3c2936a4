"""The document: the frame, and between its parts what the files of the long proofs say."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from infra.reliability.frame import AT_MOST, DONE_WHEN, INTRODUCTION, NOT_SHOWN, PROMISES, SCALE

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = ROOT / "docs" / "reliability.md"
BENCHMARKS = ROOT / "benchmarks"
SHAPE = {
    "title": str, "asked": str, "command": str, "seconds": (int, float), "figures": dict, "held": bool, "commit": str,
}  # fmt: skip
"""Every proof's file; those in EARLIER have shapes of their own and are brought to it."""


def document() -> str:
    """All of it, as it has to stand in docs/reliability.md."""
    read = proofs()
    return "\n".join([INTRODUCTION, _promises(), _done_when(read), _others(read), NOT_SHOWN])


def proofs() -> dict[str, dict[str, Any]]:
    """Name -> what was proved. Raises ValueError for a file that does not have the shape."""
    found = {}
    for path in sorted(BENCHMARKS.glob("soak_*.json")):
        told = json.loads(path.read_text("utf-8"))
        found[path.stem] = EARLIER[path.stem](told) if path.stem in EARLIER and "held" not in told else told
        wrong = [name for name, kind in SHAPE.items() if not isinstance(found[path.stem].get(name), kind)]
        if wrong:
            raise ValueError(f"{path.name}: expected {sorted(SHAPE)}, wrong or missing are {wrong}")
    return found


def failed() -> list[str]:
    """The proofs that did not hold."""
    return [name for name, proof in proofs().items() if not proof["held"]]


def _promises() -> str:
    lines = ["## What is promised, and by what", ""]
    for each in PROMISES:
        places = ", ".join(f"[{name}](../{name})" for name in each.files)
        lines += [f"- **{each.said}.** {each.how} ({places})"]
    return "\n".join([*lines, ""])


def _done_when(read: Mapping[str, dict[str, Any]]) -> str:
    lines = ["## How it was measured", "", "| # | asked | shown by | |", "|---|---|---|---|"]
    for number, (asked, names) in enumerate(DONE_WHEN, start=1):
        for place, name in enumerate(names):
            first = (str(number), asked) if place == 0 else ("", "")
            lines.append(f"| {first[0]} | {first[1]} | {_link(name, read)} | {_state(name, read)} |")
    shown = [name for _, names in DONE_WHEN for name in names if name in read]
    return "\n".join([*lines, "", *(_figures(name, read[name]) for name in shown)])


def _others(read: Mapping[str, dict[str, Any]]) -> str:
    """Proofs that no line of the issue asked for."""
    asked = {name for _, names in DONE_WHEN for name in names}
    rest = [name for name in read if name not in asked]
    if not rest:
        return ""
    return "\n".join(["## Proved besides", "", *(_figures(name, read[name]) for name in rest)])


def _link(name: str, read: Mapping[str, Any]) -> str:
    return f"[{name}.json](../benchmarks/{name}.json)" if name in read else f"{name}.json"


def _state(name: str, read: Mapping[str, Any]) -> str:
    if name not in read:
        return "not yet run"
    if not read[name]["held"]:
        return "**did not hold**"
    ran = {figure: (read[name]["figures"].get(figure, 0), asked) for figure, asked in SCALE.get(name, {}).items()}
    small = [f"{was:,} of {asked:,} {figure.replace('_', ' ')}" for figure, (was, asked) in ran.items() if was < asked]
    if small:
        return f"held in a smaller run: {', '.join(small)}"
    took = read[name]["figures"]
    bounds = ((each.replace("_", " "), took[each], most) for each, most in AT_MOST.get(name, {}).items())
    slow = [f"{was:,} {each}, asked {most:,}" for each, was, most in bounds if was > most]
    return f"held, but too slowly: {', '.join(slow)}" if slow else "held"


def _figures(name: str, proof: Mapping[str, Any]) -> str:
    head = [
        f"### {proof['title']}",
        "",
        f"`{proof['command']}`, {_said(proof['seconds'])} seconds on {proof['commit']}: {_state(name, {name: proof})}.",
    ]
    rows = [f"| {key.replace('_', ' ')} | {_said(value)} |" for key, value in proof["figures"].items()]
    left_out = [f"- `{name}`: {why}" for name, why in proof.get("not_enforced", {}).items()]
    if left_out:
        left_out = ["What the emulator does not enforce:", "", *left_out, ""]
    return "\n".join([*head, "", "| figure | |", "|---|---|", *rows, "", *left_out])


def _said(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value) if not isinstance(value, bool) else "yes" if value else "no"
    return f"{value:,}"


def _accuse(told: Mapping[str, Any]) -> dict[str, Any]:
    """Transfers against accusations; the file is older than the shape."""
    figures = {name: held for name, held in told.items() if name not in ("seconds", "commit")}
    return {
        "title": "No transfer of a report reaches a body that is accused at the same moment",
        "asked": "a grant and an accusation never both win",
        "command": "make soak-accuse",
        "seconds": told["seconds"],
        "commit": told["commit"],
        "figures": figures,
        "held": told["both"] == 0 and told["committed_on_a_stale_state"] == 0 and told["races"] > 0,
    }


def _traces(told: Mapping[str, Any]) -> dict[str, Any]:
    """Random traces with an oracle; the file is older than the shape."""
    names = ("traces", "steps_taken", "steps_refused", "dates_counted_again", "wrong")
    return {
        "title": "Random people do random things, and every date is counted again by somebody who only reads events",
        "asked": "no step moves a date that no event moves",
        "command": "make soak-traces",
        "seconds": told["seconds"],
        "commit": told["commit"],
        "figures": {name: told[name] for name in names} | {"stages_reached": len(told["stages_reached"])},
        "held": told["wrong"] == 0 and told["traces"] > 0,
    }


EARLIER: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {"soak_accuse": _accuse, "soak_traces": _traces}

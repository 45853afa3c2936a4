"""Where a long proof leaves what it found: with the commit it ran on, so that a figure is never older than it looks."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
CHANGED = "+"
"""Behind the commit when files differed from it."""


def keep(file: Path, found: Mapping[str, Any]) -> None:
    """Write the figures of a run that has just ended, with the commit it began on."""
    told = {**found, "commit": _BEGAN_ON if _BEGAN_ON in ("", commit()) else f"{_BEGAN_ON.rstrip(CHANGED)}{CHANGED}"}
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def commit() -> str:
    """What is checked out, shortly; empty where this is no working copy."""
    head = _git("rev-parse", "--short=12", "HEAD")
    if not head:
        return ""
    changed = _git("status", "--porcelain", "--", "*.py", "*.toml", "*.json", ":!benchmarks/*.json", ":!docs")
    return head + (CHANGED if changed else "")


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


_BEGAN_ON = commit()
"""Read when a run begins, which is when this is imported: a long one may see another checked out before it ends."""

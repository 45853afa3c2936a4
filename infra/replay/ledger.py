"""The numbers and query codes of a run, kept beside the stack so that a later start can be asked for all of them.

The invariant: a line holds no word of a petition and no telephone; only its owner may read the file.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    """One acknowledged case and the stage it had at the end of its run."""

    record: str
    case_number: str
    query_code: str
    stage: str


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Write all of it, or leave what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        for entry in entries:
            file.write(json.dumps(vars(entry), ensure_ascii=False) + "\n")
    draft.replace(path)


def read(path: Path) -> list[Entry]:
    """What was written. Raises OSError, and ValueError for a file that is no ledger."""
    try:
        return [Entry(**json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (TypeError, ValueError):
        raise ValueError(f"{path} is not a list of filed cases written by a replay") from None

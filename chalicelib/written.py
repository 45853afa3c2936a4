"""Tables that people write, in TOML. The package has them as JSON (`infra/package.py`): that is read ten times faster.

Paths are given without their suffix.
"""

import json
from pathlib import Path
from typing import Any

SUFFIXES = (".toml", ".json")


def exists(table: Path) -> bool:
    """Whether there is such a table."""
    return any(table.with_suffix(suffix).is_file() for suffix in SUFFIXES)


def inside(folder: Path) -> list[Path]:
    """The tables of a folder, by their names."""
    return sorted({each.with_suffix("") for suffix in SUFFIXES for each in folder.glob(f"*{suffix}")})


def read(table: Path) -> dict[str, Any]:
    """What a table says. Raises ValueError naming the file that is not TOML, OSError where there is none."""
    packaged = table.with_suffix(".json")
    if packaged.is_file():
        found: dict[str, Any] = json.loads(packaged.read_bytes())
        return found
    import tomllib

    written = table.with_suffix(".toml")
    try:
        return tomllib.loads(written.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{written.name} is not TOML: {error}") from None

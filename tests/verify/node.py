"""The page's own verifier, run by Node."""

import json
import subprocess
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parents[2] / "infra" / "verify" / "verdicts.cjs"


def page_says(folder: Path, data: bytes, published: dict[str, Any] | None = None) -> str:
    """What the page says of one file: "ok" or the first fault."""
    path, keys = folder / "file.json", folder / "keys.json"
    path.write_bytes(data)
    keys.write_text(json.dumps(published or {}), "utf-8")
    done = subprocess.run(["node", str(PROGRAM), "file", str(path), str(keys)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()

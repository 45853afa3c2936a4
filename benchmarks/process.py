"""Measuring processes: fresh ones, on a core of their own, that answer with one line of JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STUB_CORE, SUBJECT_CORE = 0, 1


def pin(core: int) -> None:
    """Keep this process on one core, where there is more than one."""
    os.sched_setaffinity(0, {core} & os.sched_getaffinity(0) or os.sched_getaffinity(0))


def result_of(*arguments: str | Path, env: dict[str, str] | None = None) -> Any:
    """Run Python on the subject's core and read the last line it prints; SystemExit with its errors when it failed."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env=env,
        preexec_fn=lambda: pin(SUBJECT_CORE),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments[:3]))} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])

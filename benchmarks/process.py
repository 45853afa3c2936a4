"""Measuring processes: fresh ones, on a core of their own, that answer with one line of JSON."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STUB_CORE, SUBJECT_CORE = 0, 1
REGION, ACCOUNT = "cn-north-1", "123456789012"
OFFICE_HOUR = 10
"""Notices go out by day, so the county's clock is put to ten in the morning."""


def environment() -> dict[str, str]:
    """What the deployed functions would find, in a region of another partition."""
    hour = datetime.now(timezone(timedelta(hours=8))).hour
    return {
        "STAGE": "test",
        "CASES_TABLE": "cases",
        "GUARD_TABLE": "guard",
        "TOPIC_ARN": f"arn:aws-cn:sns:{REGION}:{ACCOUNT}:events",
        "KMS_KEY_ID": "alias/benchmark",
        "REPORT_KEY_ID": "alias/benchmark-reports",
        "PROFILE": "county",
        "CLOCK_OFFSET": f"{OFFICE_HOUR - hour}h",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def pin(core: int) -> None:
    """Keep this process on one core, where there is more than one."""
    os.sched_setaffinity(0, {core} & os.sched_getaffinity(0) or os.sched_getaffinity(0))


def result_of(*arguments: str | Path, env: dict[str, str]) -> Any:
    """Run Python on the subject's core and read the last line it prints; SystemExit with its errors when it failed."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **env},
        preexec_fn=lambda: pin(SUBJECT_CORE),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments[:3]))} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])

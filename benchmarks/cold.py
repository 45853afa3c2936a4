"""The cold path: a fresh process until its first stored write, and what it then weighs.

Against `import boto3`, a client and one `put_item` on the same stub; fresh processes in turns.
"""

import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.process import ROOT, result_of
from benchmarks.stub import serving
from benchmarks.wire import Recording

PROCESSES = 11

_MEASURED = """
import json, os, sys, time
root, path = sys.argv[1:]
given = json.load(open(path, encoding="utf-8"))
modules, cpu, start = len(sys.modules), time.process_time(), time.perf_counter()
{subject}
taken = dict(ms=(time.perf_counter() - start) * 1000, cpu_ms=(time.process_time() - cpu) * 1000)
pages = int(open("/proc/self/statm").read().split()[1])
mebibytes = pages * os.sysconf("SC_PAGESIZE") / 2**20
assert status == given["status"], (status, answer)
print(json.dumps(taken | dict(mib=mebibytes, modules=len(sys.modules) - modules)))
"""

_SUBJECTS = {
    "application": """
sys.path.insert(0, root)
from app import app
answer = app(given["event"], None)
status = answer["statusCode"]
""",
    "boto3": """
import boto3
answer = boto3.client("dynamodb").put_item(**given["put"])
status = given["status"]
""",
}
_A_PUT = {"TableName": "cases", "Item": {"pk": {"S": "CASE#1"}, "sk": {"S": "CASE"}, "body": {"S": "-" * 1000}}}


def measure(recording: Path, env: dict[str, str]) -> dict[str, Any]:
    """Medians of time, CPU, memory and modules for both, and the ratio of the times."""
    submit = Recording.load(recording).requests["submit"]
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in _SUBJECTS}
    with tempfile.TemporaryDirectory() as place, serving(recording) as to_stub:
        given = Path(place, "given.json")
        given.write_text(json.dumps({"event": submit.event, "status": submit.status, "put": _A_PUT}), encoding="utf-8")
        for name in _SUBJECTS:
            _run(name, given, env | to_stub)  # compiles what is not compiled yet
        for _ in range(PROCESSES):
            for name, found in runs.items():
                found.append(_run(name, given, env | to_stub))
    ratios = {
        key: sorted(ours[key] / theirs[key] for ours, theirs in zip(*runs.values(), strict=True))
        for key in ("ms", "cpu_ms")
    }
    medians = {
        name: {key: round(statistics.median(run[key] for run in found), 1) for key in found[0]}
        for name, found in runs.items()
    }
    return medians | {
        "ratio": round(statistics.median(ratios["ms"]), 3),
        "spread": [round(ratios["ms"][0], 3), round(ratios["ms"][-1], 3)],
        "cpu_ratio": round(statistics.median(ratios["cpu_ms"]), 3),
    }


def _run(subject: str, given: Path, env: dict[str, str]) -> dict[str, float]:
    return result_of("-I", "-c", _MEASURED.format(subject=_SUBJECTS[subject]), ROOT, given, env=env)

"""The cold path: a fresh process until its first stored write, and what it then weighs.

What is measured is what is shipped: the package, unpacked, and nothing else on the path (wheels of Lambda's x86_64).
Against `import boto3` as it is installed, a client and one `put_item` on the same stub; fresh processes in turns.
"""

import json
import statistics
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from benchmarks.process import result_of
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
_ALONE = {"application": ("-S", "-B"), "boto3": ()}
"""Nothing of this machine's, and no file beside the package, which Lambda could not write either."""
_A_PUT = {"TableName": "cases", "Item": {"pk": {"S": "CASE#1"}, "sk": {"S": "CASE"}, "body": {"S": "-" * 1000}}}


def measure(recording: Path, env: dict[str, str], archive: Path) -> dict[str, Any]:
    """Medians of time, CPU, memory and modules for both, and the ratio of the times."""
    submit = Recording.load(recording).requests["submit"]
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in _SUBJECTS}
    with tempfile.TemporaryDirectory() as place, serving(recording) as to_stub:
        given = Path(place, "given.json")
        given.write_text(json.dumps({"event": submit.event, "status": submit.status, "put": _A_PUT}), encoding="utf-8")
        unpacked = Path(place, "task")
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(unpacked)
        for name in _SUBJECTS:
            _run(name, unpacked, given, env | to_stub)  # compiles boto3, and reads every file once
        for _ in range(PROCESSES):
            for name, found in runs.items():
                found.append(_run(name, unpacked, given, env | to_stub))
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


def _run(subject: str, unpacked: Path, given: Path, env: dict[str, str]) -> dict[str, float]:
    program = _MEASURED.format(subject=_SUBJECTS[subject])
    return result_of("-I", *_ALONE[subject], "-c", program, unpacked, given, env=env)

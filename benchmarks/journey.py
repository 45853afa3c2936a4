"""Units and round trips of one petition's life, step by step, through the real application on moto.

A first petition warms the process (keys, office tree, clients); the second is metered. On the way the requests whose
CPU is measured elsewhere are recorded.
"""

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks import world
from benchmarks.meter import Bill, Call, Meter
from benchmarks.wire import Recorder, Recording
from benchmarks.world import County
from chalicelib.triggers import deadlines, notices

LETTER = Path(__file__).with_name("letter.txt").read_text(encoding="utf-8").strip()
CHARACTERS = 500
UNIT, CLERK, BUREAU = "housing", "housing-clerk", "bureau1"
READER, HEAD = "housing-reader", "housing-head"
PHONES = ("13900001111", "13900002222")
BUSINESS = "cases"
PETITION = {
    "kind": "grievance",
    "title": "小区地下车库渗水、外墙瓷砖脱落无人维修",
    "text": LETTER,
    "name": "王秀兰",
    "address": "青山县城关镇东街幸福里小区七号楼二单元三层",
}
STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("forward", BUREAU, {"to": UNIT}),
    ("accept", CLERK, {"track": "petition_procedure", "undertaker": CLERK}),
    ("hear_petitioner", CLERK, {"how": "call", "note": "信访人说明了渗水的经过。"}),
    ("investigate", CLERK, {"how": "visit", "note": "到地下车库和外墙现场查看，走访五户业主。"}),
    (
        "draft_reply",
        CLERK,
        {
            "facts": LETTER[:300],
            "answers": [
                {
                    "claim": 1,
                    "finding": "support",
                    "answer": "已责成建设单位于三十日内修复车库防水层和外墙，由我局验收。",
                    "basis": "《建设工程质量管理条例》第四十条、第四十一条",
                }
            ],
        },
    ),
    ("second_read", READER, {"note": "已核对。"}),
    (
        "sign",
        HEAD,
        {"checks": ["no_delay", "no_brush_off", "no_broken_word", "no_careless"], "note": "同意。"},
    ),
    ("serve", CLERK, {"method": "online", "cause": "facility"}),
    ("rate", "petitioner", {"office": "satisfied", "unit": "basically", "solved": True, "remark": "谢谢。"}),
)
MEASURED_AS = {"sign": "reply"}
"""The signature gives the opinion: the figure of a reply, which was one step once."""


def main(recording_path: Path) -> None:
    """Measure, keep the recording, print the bills."""
    assert len(LETTER) == CHARACTERS
    recording = Recording()
    with Meter().listening() as meter, Recorder(recording).listening() as recorder, world.county() as county:
        staff = {user: county.staff(user) for user in (BUREAU, CLERK, READER, HEAD)}
        _life(county, {**staff, "petitioner": county.petitioner(PHONES[0])}, {}, meter)
        bills: dict[str, Bill] = {}
        tokens = {**staff, "petitioner": county.petitioner(PHONES[1])}
        case = _life(county, tokens, bills, meter)
        with meter.bill() as bills["notice: 2 texts, by the queue"]:
            _deliver(case)
        with county.later(minutes=6):
            _sweep()
        county.serve(county.event("POST", "/petitions", PETITION, token=tokens["petitioner"]))
        with county.later(minutes=6), meter.bill() as bills["notice: 2 texts, by the sweep"]:
            _sweep()
        with county.later(days=20), meter.bill() as bills["clock, by the sweep"]:
            _sweep()
        _record(county, tokens["petitioner"], recorder)
    recording.save(recording_path)
    print(json.dumps({name: _result(bill) for name, bill in bills.items()}, ensure_ascii=False))


def _life(county: County, tokens: dict[str, str], bills: dict[str, Bill], meter: Meter) -> str:
    def ask(name: str, *request: Any, **more: Any) -> dict[str, Any]:
        with meter.bill() as bills[name]:
            return county.serve(county.event(*request, **more))[1]

    case = ask("submit", "POST", "/petitions", PETITION, token=tokens["petitioner"])
    number = case["case_number"]
    ask("read", "GET", f"/cases/{number}", token=tokens["petitioner"])
    ask("track", "POST", "/track", {"case_number": number, "query_code": case["query_code"]})
    for action, who, body in STEPS:
        case = ask(
            MEASURED_AS.get(action, action),
            "POST",
            f"/cases/{number}/{action}",
            body,
            token=tokens[who],
            version=case["version"],
        )
    ask("read by staff", "GET", f"/cases/{number}", token=tokens[BUREAU])
    return number


def _deliver(case: str) -> None:
    """The queue's way: the texts that one filing owes."""
    notices.deliver(notices.post(), case, 1)


def _sweep() -> None:
    """The timer's way: everything that is due."""
    deadlines.sweep(None)


def _record(county: County, token: str, recorder: Recorder) -> None:
    """Keep what a submit and a status read say on the wire."""

    def ask(name: str, *request: Any) -> Any:
        event = county.event(*request, token=token)
        with recorder.recording(name, event) as kept:
            kept.status, kept.body = county.serve(event)
        return kept.body

    # The session is written on every few minutes: the one that is recorded shall stay fresh while others are measured.
    with county.later(minutes=6):
        county.serve(county.event("GET", "/me", token=token))
    number = ask("submit", "POST", "/petitions", PETITION)["case_number"]
    ask("read", "GET", f"/cases/{number}")


def _result(bill: Bill) -> dict[str, Any]:
    business = Bill([call for call in bill.calls if _is_business(call)])
    return {
        "trips": bill.trips,
        "transactions": bill.operations.get("TransactWriteItems", 0),
        "write_units": business.write_units,
        "read_units": business.read_units,
        "business_calls": len(business.calls),
        "all_write_units": bill.write_units,
        "all_read_units": bill.read_units,
        "calls": [
            {
                "operation": call.operation,
                "tables": sorted({line.table for line in call.lines}),
                "write_units": Bill([call]).write_units,
                "read_units": Bill([call]).read_units,
                "items": str(Bill([call])),
                "error": call.error,
            }
            for call in bill.calls
        ],
    }


def _is_business(call: Call) -> bool:
    """Who calls is read from the business table too (the USER item), but belongs to the session."""
    return any(line.table == BUSINESS and line.what not in ("user", "tree") for line in call.lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Every date of many exported cases is counted again and agrees; a wrong one is found, wherever it stands."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain import deadline_proof, limits
from infra.traces.exports import CITIZEN, STAFF, exported
from infra.verify.deadlines import COUNTED_BY, ENDS, LAW, TAKEN_ON, check
from infra.verify.logs import check_export, leaf_hash

TRACES = 40


def differences(export: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """What does not agree."""
    return [each for each in check(export, export["calendars"]) if each[1]]


@pytest.fixture(scope="module")
def exports() -> list[dict[str, Any]]:
    """Random traces, as staff and as the petitioner take them away."""
    return [check_export(exported(seed, by)) for seed in range(1000, 1000 + TRACES) for by in (STAFF, CITIZEN)]


def test_every_date_of_random_traces_agrees(exports: list[dict[str, Any]]) -> None:
    assert [differences(each) for each in exports] == [[]] * len(exports)
    proofs = [proof for each in exports for proof in each["deadline_proofs"]]
    assert {proof["verdict"] for proof in proofs} >= {"in_time", "late", "running", "overdue", "lapsed", "moot"}
    assert any(proof["extended_by"] or proof["pauses"] for proof in proofs)
    assert any(proof["warnings"] for proof in proofs)


def test_every_end_of_a_clock_names_its_event(exports: list[dict[str, Any]]) -> None:
    staffs = [each for each in exports if each["reader"] == "staff" and all("body" in one for one in each["events"])]
    ends = [proof["end"] for each in staffs for proof in each["deadline_proofs"] if proof["end"]]
    assert len(ends) > 20
    assert [end for end in ends if end["event"] is None] == []


def test_the_laws_numbers_are_written_down_a_second_time() -> None:
    """Who changes one changes the other, on purpose: a check that reads the number it checks checks nothing."""
    mine = {name: tuple(rule[field] for field in COUNTED_BY) for name, rule in LAW.items()}
    theirs = {
        rule.name: (rule.number, rule.unit, rule.of, rule.extendable_by, rule.for_staff)
        for rule in limits.KNOWN.values()
        if rule.kind == "statutory"
    }
    assert mine == theirs


def test_what_ends_a_limit_of_the_law_is_written_down_a_second_time() -> None:
    mine = {
        limit: {wire: ending for ending, wires in by_ending.items() for wire in wires}
        for limit, by_ending in ENDS.items()
    }
    theirs = {limit: dict(ends) for limit, ends in deadline_proof.endings().items()}
    assert mine == {limit: ends for limit, ends in theirs.items() if limits.KNOWN[limit].kind == "statutory"}
    assert mine.keys() == LAW.keys()
    assert TAKEN_ON == deadline_proof.TAKEN_ON


def _later(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _due(proof: dict[str, Any], _: dict[str, Any]) -> None:
    proof["due"] = _later(proof["due"])


def _stat_due(proof: dict[str, Any], _: dict[str, Any]) -> None:
    proof["stat_due"] = _later(proof["stat_due"])


def _start(proof: dict[str, Any], _: dict[str, Any]) -> None:
    proof["start_on"] = _later(proof["start_on"])


def _margin(proof: dict[str, Any], _: dict[str, Any]) -> None:
    proof["margin"] += 1


def _days(proof: dict[str, Any], _: dict[str, Any]) -> None:
    proof["days"] += 1


def _other_start(proof: dict[str, Any], _: dict[str, Any]) -> None:
    proof["start"]["hash"] = "0" * 64


def _never_warned(proof: dict[str, Any], _: dict[str, Any]) -> None:
    proof["warnings"] = proof["warnings"][1:]


def _law(proof: dict[str, Any], export: dict[str, Any]) -> None:
    export["limits"][proof["limit"]]["number"] += 1


def _ended_earlier(proof: dict[str, Any], _: dict[str, Any]) -> None:
    proof["end"]["on"] = "2025-01-01"


def _ended_by_another(proof: dict[str, Any], export: dict[str, Any]) -> None:
    first = json.loads(export["events"][0]["body"])
    proof["end"]["event"] |= {"seq": 1, "event": first["type"]}


def _ended_by_nobody(proof: dict[str, Any], _: dict[str, Any]) -> None:
    proof["end"]["event"] = None


def _was_never_late(proof: dict[str, Any], _: dict[str, Any]) -> None:
    """What ran out of time is said to have been met on its last day, by nobody in particular."""
    proof["end"] = {"on": proof["due"], "ending": "met", "event": None}
    proof["verdict"], proof["margin"] = "in_time", 0


def _no_longer_asked(proof: dict[str, Any], _: dict[str, Any]) -> None:
    proof["end"] = {"on": proof["due"], "ending": "moot", "event": None}
    proof["verdict"], proof["margin"] = "moot", None


def _ends_its_own_way(proof: dict[str, Any], export: dict[str, Any]) -> None:
    """Another event of the case ends it, and the file says of itself that it may."""
    seq = export["count"]
    last = json.loads(export["events"][-1]["body"])
    export["endings"].setdefault(proof["limit"], []).append(last["type"])
    hashed = leaf_hash(export["events"][-1]["body"].encode()).hex()
    event = proof["start"] | {"seq": seq, "event": last["type"], "hash": hashed, "at": last["at"]}
    day = last["at"][:10] if int(last["at"][11:13]) < 16 else _later(last["at"][:10])
    proof["end"] = {"on": day, "ending": "moot", "event": event}
    proof["verdict"], proof["margin"] = "moot", None


def _unproved(proof: dict[str, Any], export: dict[str, Any]) -> None:
    export["deadline_proofs"].remove(proof)


def _said_otherwise(proof: dict[str, Any], export: dict[str, Any]) -> None:
    entry = export["events"][proof["start"]["seq"] - 1]
    event = json.loads(entry["body"])
    for said in event["clocks"]:
        said["due"] = _later(said["due"])
    entry["body"] = json.dumps(event)


WRONGS = [
    _due, _stat_due, _start, _margin, _days, _other_start, _never_warned, _law, _ended_earlier, _ended_by_another,
    _unproved, _said_otherwise, _ended_by_nobody, _was_never_late, _no_longer_asked, _ends_its_own_way,
]  # fmt: skip


def _concerns(wrong: Callable[..., None], proof: dict[str, Any]) -> bool:
    if wrong is _margin:
        return proof["margin"] is not None
    if wrong is _never_warned:
        return bool(proof["warnings"])
    if wrong is _law:
        return proof["kind"] == "statutory" and proof["limit"] in ("route", "inform", "handle", "ask_review")
    if wrong is _ended_by_nobody:
        return proof["end"] is not None
    if wrong in (_was_never_late, _no_longer_asked):
        return proof["verdict"] == "overdue"
    if wrong is _ends_its_own_way:
        return proof["verdict"] in ("running", "overdue") and proof["limit"] in LAW
    if wrong in (_ended_earlier, _ended_by_another):
        return proof["end"] is not None and proof["end"]["ending"] == "met"
    return True


@pytest.mark.parametrize("wrong", WRONGS, ids=lambda each: each.__name__)
def test_whatever_is_wrong_in_a_proof_is_found(exports: list[dict[str, Any]], wrong: Callable[..., None]) -> None:
    tried = 0
    for export in (each for each in exports if each["reader"] == "staff" and all("body" in e for e in each["events"])):
        places = [place for place, proof in enumerate(export["deadline_proofs"]) if _concerns(wrong, proof)]
        for place in places[:2]:
            spoilt = copy.deepcopy(export)
            wrong(spoilt["deadline_proofs"][place], spoilt)
            assert differences(spoilt), export["deadline_proofs"][place]
            tried += 1
    assert tried > 3


def test_the_program_runs_alone_and_says_so_with_its_exit_code(tmp_path: Path) -> None:
    (tmp_path / "whole.json").write_bytes(exported(3))
    nobody_works = [(date(2025, 1, 1) + timedelta(days=number)).isoformat() for number in range(730)]
    other = {"version": "other", "first": "2019-01-01", "horizon": "2030-12-31", "off": nobody_works, "make_up": []}
    (tmp_path / "days.json").write_text(json.dumps(other), "utf-8")
    folder = Path(__file__).parents[2] / "infra"
    run = [sys.executable, "-I", "-S", "-c", "import sys, runpy; sys.path.insert(0, sys.argv.pop(1)); "]
    run[-1] += "runpy.run_module('verify.deadlines', run_name='__main__', alter_sys=True)"
    whole = [*run, str(folder), str(tmp_path / "whole.json")]
    done = subprocess.run(whole, capture_output=True, text=True)
    assert (done.returncode, done.stdout[:2]) == (0, "一致"), done.stdout + done.stderr
    done = subprocess.run([*whole, "--calendar", str(tmp_path / "days.json")], capture_output=True, text=True)
    assert done.returncode == 1
    assert "不一致" in done.stdout

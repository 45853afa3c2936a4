"""What clients were told against what the tables and the carrier hold, after everything has come to rest.

Runs in a process of its own with the stack's environment: the store reads that once. It trusts no view: it scans.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from chalicelib.store import chain, items, keys, proofs
from chalicelib.store.cases import unpacked
from chalicelib.store.checks_notices import LOST
from chalicelib.store.dynamo import Row
from chalicelib.store.proofs import Proof
from chalicelib.triggers.notices import INTERRUPTED, NO_ANSWER
from infra.replay.reckoning import EVENTS as OF_PETITIONS
from infra.replay.reckoning import recognise

EVENTS = OF_PETITIONS | {"report": "report.registered", "transfer_report": "report.transferred"}
"""Step of the load -> the event by which a case shows that it was taken."""
IN_DOUBT = (INTERRUPTED, NO_ANSWER, LOST)
WRONG = (
    "lost_cases", "lost_steps", "doubled_steps", "doubled_cases", "broken_chains", "open_notices", "lost_texts",
    "doubled_texts", "unknown_without_task", "stale_statistics", "without_receipt",
)  # fmt: skip
"""The figures that have to be 0."""
OF_THE_LOOK = frozenset({"detected_at", "days", "days_left"})
"""What an event of passing time says of the look that noticed it, not of what it noticed."""


def audit(acknowledged: Sequence[Mapping[str, Any]], messages: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """The figures. `acknowledged` has a number and the steps done; `messages` are the carrier's."""
    rows = [dict(row.attribute_values) for row in Row.scan()]
    of_case: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["pk"].startswith(keys.case("")):
            of_case[row["pk"].removeprefix(keys.case(""))].append(row)
    return {
        **_of_acknowledged(acknowledged, of_case),
        **_of_cases(of_case),
        **_of_notices(of_case, messages),
        "stale_statistics": _stale(rows, of_case),
        "without_receipt": _without_receipt(rows, of_case),
        "roots": sum(row["kind"] == items.ROOT for row in rows),
    }


def _of_acknowledged(
    acknowledged: Sequence[Mapping[str, Any]], of_case: Mapping[str, list[dict[str, Any]]]
) -> dict[str, int]:
    lost_cases = lost_steps = steps = 0
    for told in acknowledged:
        rows = of_case.get(told["number"], [])
        lost_cases += not any(row["kind"] == items.CASE for row in rows)
        happened = {chain.read(row).type for row in rows if row["kind"] == items.EVENT}
        steps += len(told["done"])
        lost_steps += sum(EVENTS[step] not in happened for step in told["done"])
    return {
        "acknowledged_cases": len(acknowledged),
        "lost_cases": lost_cases,
        "acknowledged_steps": steps,
        "lost_steps": lost_steps,
    }


def _of_cases(of_case: Mapping[str, list[dict[str, Any]]]) -> dict[str, int]:
    doubled = broken = 0
    filed: Counter[bytes] = Counter()
    for rows in of_case.values():
        case = unpacked(next(row for row in rows if row["kind"] == items.CASE))
        events = sorted((row for row in rows if row["kind"] == items.EVENT), key=lambda row: str(row["sk"]))
        try:
            chain.verify(events, case.head)
        except chain.ChainBroken:
            broken += 1
            continue
        broken += len(events) != case.version
        filed[events[0]["command"]] += 1
        said = Counter(_effect(event) for event in map(chain.read, events))
        doubled += sum(times - 1 for times in said.values())
    return {
        "cases": len(of_case),
        "doubled_cases": sum(times - 1 for times in filed.values()),
        "events": sum(row["kind"] == items.EVENT for rows in of_case.values() for row in rows),
        "doubled_steps": doubled,
        "broken_chains": broken,
    }


def _effect(event: chain.Recorded) -> str:
    """What an event did: the same of a case twice is once too often. A step of this load happens once in a case.

    What time did is named by the moment it was due at: the same moment noticed twice differs in when that was.
    """
    said = {name: value for name, value in event.data.items() if name not in OF_THE_LOOK}
    once = event.type if event.type in EVENTS.values() else json.dumps(said, sort_keys=True)
    return f"{event.type} {once}"


def _of_notices(of_case: Mapping[str, list[dict[str, Any]]], messages: Iterable[Mapping[str, str]]) -> dict[str, int]:
    carried = Counter(said for message in messages if (said := recognise(message["text"])) and said[1] in of_case)
    sent: Counter[tuple[str, str]] = Counter()
    doubtful: Counter[tuple[str, str]] = Counter()
    states: Counter[str] = Counter()
    unended = without_task = 0
    for case_id, rows in of_case.items():
        for proof in (proofs.proof(row) for row in rows if row["kind"] == items.NOTICE):
            if proof.channel != "sms":
                continue
            states[proof.state] += 1
            unended += not proof.has_ended
            for attempt in proof.attempts:
                sent[attempt.text, case_id] += bool(attempt.provider_id)
                doubtful[attempt.text, case_id] += not attempt.provider_id and attempt.reason in IN_DOUBT
            without_task += _is_in_doubt(proof) and proof.state not in (proofs.HANDED, proofs.TOLD)
    named = carried.keys() | sent.keys()
    return {
        "notices": states.total(),
        **{f"notices_{state}": times for state, times in sorted(states.items())},
        "open_notices": unended,
        "texts_carried": carried.total(),
        "lost_texts": sum(max(0, sent[each] - carried[each]) for each in named),
        "doubled_texts": sum(max(0, carried[each] - sent[each] - doubtful[each]) for each in named),
        "unknown_notices": doubtful.total(),
        "unknown_without_task": without_task,
    }


def _is_in_doubt(proof: Proof) -> bool:
    last = proof.attempts[-1] if proof.attempts else None
    return last is not None and not last.provider_id and last.reason in IN_DOUBT


def _stale(rows: Iterable[Mapping[str, Any]], of_case: Mapping[str, list[dict[str, Any]]]) -> int:
    counted = {row["sk"]: int(row["version"]) for row in rows if row["kind"] == items.STAT}
    versions = {
        case_id: int(row["version"])
        for case_id in _petitions(of_case)
        for row in of_case[case_id]
        if row["kind"] == items.CASE
    }
    return sum(counted.get(case_id) != version for case_id, version in versions.items())


def _without_receipt(rows: Iterable[Mapping[str, Any]], of_case: Mapping[str, list[dict[str, Any]]]) -> int:
    signed = {row["pk"] for row in rows if row["kind"] == items.RECEIPT}
    return sum(keys.receipts(case_id) not in signed for case_id in _petitions(of_case))


def _petitions(of_case: Mapping[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Nobody subscribes to reports of misconduct: they are not counted, and get no receipt that tells of them."""
    for case_id, rows in of_case.items():
        if not any(row["kind"] == items.ACCUSED for row in rows):
            yield case_id


def main() -> None:
    """Read the ledger and the carrier's record that are named, print the figures."""
    ledger, messages = (json.loads(Path(name).read_text()) for name in sys.argv[1:])
    print(json.dumps(audit(ledger, messages)))


if __name__ == "__main__":
    main()

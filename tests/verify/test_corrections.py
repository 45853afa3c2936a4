"""Cases whose dates other days off moved: each is counted with the calendar it names, and what is kept is proved."""

import copy
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.traces.exports import CITIZEN, STAFF
from infra.verify.deadlines import WARNINGS, check
from tests.verify.corrected import corrected, corrected_bytes
from tests.verify.node import page_says

TRACES = 60
RECOUNTED = "petition.date_recounted"
Export = dict[str, Any]


def differences(export: Export) -> list[str]:
    """What does not agree."""
    return [each for _, wrong in check(export, export["calendars"]) for each in wrong]


def events(export: Export) -> list[dict[str, Any]]:
    """The events that can be read."""
    return [json.loads(entry["body"]) for entry in export["events"] if "body" in entry]


@pytest.fixture(scope="module")
def exports() -> list[Export]:
    return [each for seed in range(1000, 1000 + TRACES) for each in corrected(seed, STAFF, CITIZEN)]


def test_every_date_agrees_under_the_calendar_it_names(exports: list[Export]) -> None:
    assert [differences(each) for each in exports] == [[]] * len(exports)
    kinds = Counter(event["type"] for export in exports for event in events(export))
    assert min(kinds[kind] for kind in (RECOUNTED, "petition.force_majeure", "petition.still_overdue")) > 20
    kept = Counter(proof["of"] for export in exports for proof in export["deadline_proofs"] if proof["not_before"])
    assert kept["organ"] > 3
    assert kept["petitioner"] > 1
    for export in exports:
        named = {said["calendar"] for event in events(export) for said in event["clocks"]}
        assert named <= set(export["calendars"])


def test_counting_anew_goes_on_with_the_run_and_the_lines_of_days_are_no_warnings(exports: list[Export]) -> None:
    for export in exports:
        begun = {proof["start"]["event"] for proof in export["deadline_proofs"]}
        assert not begun & {RECOUNTED, "petition.force_majeure"}
        warned = {each["event"] for proof in export["deadline_proofs"] for each in proof["warnings"]}
        assert warned <= set(WARNINGS)


def test_the_derivation_says_that_a_date_is_kept(exports: list[Export]) -> None:
    for proof in (proof for export in exports for proof in export["deadline_proofs"]):
        counted = proof["legal_due"] if proof["of"] == "petitioner" else proof["stat_due"]
        kept = "不因此提前" if proof["of"] == "petitioner" else "不作为到期日"
        assert (kept in proof["derivation"]) == (proof["due"] != counted)
        assert ("不因此提前" in proof["derivation"]) <= (proof["of"] == "petitioner")


@pytest.mark.parametrize("seed", [1000, 1001, 1002])
def test_the_page_reads_them_too(seed: int, tmp_path: Path) -> None:
    (data,) = corrected_bytes(seed, STAFF)
    assert page_says(tmp_path, data) == "ok"


Place = tuple[int, dict[str, Any], dict[str, Any]]
"""Where an event stands in the export, the event, and the date it told anew."""


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _kept_later(event: dict[str, Any], said: dict[str, Any], export: Export) -> None:
    """A day longer than anybody was told, written wherever it is told."""
    for each in (said, _proof(export, said)):
        each["not_before"] = _next_day(each["not_before"])
        each["due"] = each["not_before"]
    event["data"]["due"] = said["due"]


def _kept_by_the_proof_alone(_: dict[str, Any], said: dict[str, Any], export: Export) -> None:
    proof = _proof(export, said)
    proof["not_before"] = proof["due"] = _next_day(proof["due"])


def _taken_back(event: dict[str, Any], said: dict[str, Any], export: Export) -> None:
    """What the count alone gives, though another day was told."""
    for each in (said, _proof(export, said)):
        each["not_before"] = None
        each["due"] = each["legal_due" if said["owner"] == "petitioner" else "stat_due"]
    event["data"]["due"] = said["due"]


def _other_day_before(event: dict[str, Any], said: dict[str, Any], export: Export) -> None:
    event["data"]["due_before"] = _next_day(event["data"]["due_before"])


def _calendar_left_out(_: dict[str, Any], said: dict[str, Any], export: Export) -> None:
    del export["calendars"][said["calendar"]]


def _other_calendar(event: dict[str, Any], said: dict[str, Any], export: Export) -> None:
    event["data"]["calendar"] = "cn-2026.1"


def _proof(export: Export, said: dict[str, Any]) -> dict[str, Any]:
    mine = (said["limit"], said.get("about") or "", said["start"])
    return next(each for each in export["deadline_proofs"] if (each["limit"], each["about"], each["start_on"]) == mine)


WRONGS = [
    _kept_later, _kept_by_the_proof_alone, _taken_back, _other_day_before, _calendar_left_out, _other_calendar,
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONGS, ids=lambda each: each.__name__)
def test_a_date_that_is_kept_without_reason_or_taken_back_is_found(
    exports: list[Export], wrong: Callable[..., None]
) -> None:
    tried = 0
    for export in exports:
        for seq, _, _ in list(_kept(export))[:2]:
            spoilt = copy.deepcopy(export)
            event = json.loads(spoilt["events"][seq - 1]["body"])
            wrong(event, event["clocks"][0], spoilt)
            spoilt["events"][seq - 1]["body"] = json.dumps(event)
            assert differences(spoilt), (export["reader"], event)
            tried += 1
    assert tried > 10


def _kept(export: Export) -> Iterator[Place]:
    """The dates that were counted anew and kept from ending earlier."""
    for event in events(export):
        if event["type"] == RECOUNTED and event["clocks"][0].get("not_before"):
            yield event["seq"], event, event["clocks"][0]


def test_a_lateness_of_another_date_than_the_one_told_is_found(exports: list[Export]) -> None:
    tried = 0
    for export in exports:
        for event in (each for each in events(export) if each["type"] == "petition.still_overdue"):
            if all("body" in entry for entry in export["events"]):
                spoilt = copy.deepcopy(export)
                event["data"]["due"] = _next_day(event["data"]["due"])
                spoilt["events"][event["seq"] - 1]["body"] = json.dumps(event)
                assert differences(spoilt)
                tried += 1
                break
    assert tried > 3

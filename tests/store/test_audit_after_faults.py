"""The audit after a campaign sees what was lost, doubled or left open: it is shown each of them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.elapsing import elapse, wake_at
from chalicelib.domain.petition import PETITION
from chalicelib.store import delivery, items, keys, proofs
from chalicelib.store.cases import Cases, Command
from chalicelib.store.dynamo import CasesTable, Row
from chalicelib.triggers import statistics
from infra.faults.audit import WRONG, audit
from tests.domain.county import MARCH, NUMBER, RULES, noon
from tests.store.conftest import small_county
from tests.store.test_commit import ANOTHER_NUMBER, FILING, commit, file, forward

SOUND = dict.fromkeys(WRONG, 0)
TOLD = [{"number": NUMBER, "done": ["file", "forward"]}]


@pytest.fixture
def cases(dynamodb: CasesTable) -> Cases:
    """One case that was filed and forwarded, all its notices told, its row of statistics and its receipt written."""
    made = small_county(dynamodb)
    file(made)
    held = made.load(NUMBER)
    commit(made, held, forward(held.case))
    for proof in proofs.of_case(dynamodb, NUMBER):
        if not proof.has_ended:
            _end(dynamodb, proof, provider_id="sms-1")
    statistics.record(made, NUMBER)
    made.table.put({"pk": keys.receipts(NUMBER), "sk": keys.receipt(1), "kind": items.RECEIPT, "state": "{}"})
    return made


def _end(table: CasesTable, proof: proofs.Proof, *, provider_id: str) -> None:
    at = noon(MARCH[3])
    while not proof.has_ended:
        claimed = proofs.save(table, proof, proofs.claim(proof, at))
        assert claimed is not None
        saved = proofs.save(table, claimed, delivery.record_sent(claimed, at, provider_id))
        assert saved is not None
        proof = saved


def messages(cases: Cases) -> list[dict[str, str]]:
    """What the carrier has: every text that the proofs say was sent."""
    from chalicelib.notices import wording

    found = []
    for proof in proofs.of_case(cases.table, NUMBER):
        for attempt in proof.attempts:
            text = wording.texts()[attempt.text]
            found.append({"text": text.text.format(**dict.fromkeys(text.needs, NUMBER))})
    return found


def wrong(cases: Cases, *, told: Any = TOLD, carried: Any = None) -> dict[str, int]:
    """The figures that are not 0."""
    figures = audit(told, messages(cases) if carried is None else carried)
    return {name: figures[name] for name in WRONG if figures[name]}


def test_where_all_is_well_nothing_is_wrong(cases: Cases) -> None:
    assert wrong(cases) == {}
    assert audit(TOLD, messages(cases))["acknowledged_steps"] == 2


def test_an_acknowledged_case_that_is_not_there_is_lost(cases: Cases) -> None:
    lost = wrong(cases, told=[*TOLD, {"number": ANOTHER_NUMBER, "done": ["file"]}])
    assert lost == {"lost_cases": 1, "lost_steps": 1}


def test_an_acknowledged_step_that_is_not_there_is_lost(cases: Cases) -> None:
    assert wrong(cases, told=[{"number": NUMBER, "done": ["file", "accept"]}]) == {"lost_steps": 1}


def test_the_same_filing_under_two_numbers_is_doubled(cases: Cases) -> None:
    other = Command(FILING.key, FILING.fingerprint)
    file(cases, ANOTHER_NUMBER, Command.of("somebody", "else", {}))
    event = cases.table.get(f"CASE#{ANOTHER_NUMBER}", "EVENT#000001")
    assert event is not None
    cases.table.put(event | {"command": other.key})
    assert wrong(cases)["doubled_cases"] == 1


@pytest.mark.parametrize("again", [timedelta(minutes=5), timedelta(days=1)])
def test_a_reminder_of_one_moment_that_was_noticed_twice_is_doubled(cases: Cases, again: timedelta) -> None:
    """The second look says another time and fewer days: it is the same reminder."""
    held, rules = cases.load(NUMBER), RULES
    moment = wake_at(held.case, rules)
    assert moment is not None
    for at in (moment, moment + again):
        fresh = cases.load(NUMBER)
        forgetful = replace(fresh, case=replace(fresh.case, clocks=held.case.clocks))
        change = elapse(PETITION, forgetful.case, at=at, rules=rules)
        assert change is not None
        commit(cases, forgetful, change, key=str(at))
    assert audit(TOLD, messages(cases))["doubled_steps"] == 1


def test_a_text_that_the_carrier_does_not_have_is_lost_and_one_more_is_doubled(cases: Cases) -> None:
    carried = messages(cases)
    assert wrong(cases, carried=carried[1:]) == {"lost_texts": 1}
    assert wrong(cases, carried=[*carried, carried[0]]) == {"doubled_texts": 1}


@pytest.mark.parametrize(
    ("left", "figure"),
    [
        (lambda proof: replace(proof, state=proofs.OWED), "open_notices"),
        (lambda proof: replace(proof, state=proofs.CLAIMED), "open_notices"),
    ],
)
def test_a_notice_that_has_not_ended_is_open(
    cases: Cases, left: Callable[[proofs.Proof], proofs.Proof], figure: str
) -> None:
    proof = next(each for each in proofs.of_case(cases.table, NUMBER) if each.channel == "sms")
    cases.table.put(proofs.item(left(proof)))
    assert wrong(cases)[figure] == 1


def test_a_doubtful_notice_without_a_task_is_found(cases: Cases) -> None:
    from chalicelib.store.proofs import INTERRUPTED

    carried = messages(cases)
    proof = next(each for each in proofs.of_case(cases.table, NUMBER) if each.channel == "sms")
    doubtful = replace(proof.attempts[-1], provider_id="", reason=INTERRUPTED)
    changed = replace(proof, attempts=(*proof.attempts[:-1], doubtful))
    cases.table.put(proofs.item(replace(changed, state=proofs.SENT)))
    assert wrong(cases, carried=carried) == {"unknown_without_task": 1}
    cases.table.put(proofs.item(replace(changed, state=proofs.HANDED)))
    assert wrong(cases, carried=carried) == {}, "it was sent or it was not: a person finds out"
    doubted = len(proof.attempts) - 1
    assert wrong(cases, carried=carried[:doubted] + carried[doubted + 1 :]) == {}


def test_a_changed_event_breaks_the_chain(cases: Cases) -> None:
    from chalicelib.store import chain

    event = cases.table.get(f"CASE#{NUMBER}", "EVENT#000002")
    assert event is not None
    body = json.loads(chain.unpack(event["body"])) | {"at": "2026-03-03T04:00:01Z"}
    cases.table.put(event | {"body": chain.pack(json.dumps(body).encode())})
    assert wrong(cases)["broken_chains"] == 1


def test_statistics_that_lag_behind_are_found(cases: Cases) -> None:
    row = cases.table.query("STAT#2026-03").items[0]
    cases.table.put(row | {"version": 1})
    assert wrong(cases) == {"stale_statistics": 1}


def test_a_filing_that_was_never_signed_for_is_found(cases: Cases) -> None:
    Row(keys.receipts(NUMBER), keys.receipt(1)).delete()
    assert wrong(cases) == {"without_receipt": 1}

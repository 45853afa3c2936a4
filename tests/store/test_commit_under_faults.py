"""Conflicts, denials and lost answers between us and DynamoDB: what the caller is told is what happened.

moto never conflicts, throttles or denies, so faults are put into the client that PynamoDB uses.
"""

from collections.abc import Callable, Iterator, Sequence

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, EndpointConnectionError, ReadTimeoutError

from chalicelib import clock
from chalicelib.domain.case import Case
from chalicelib.store import dynamo, keys
from chalicelib.store.cases import Cases, Command
from chalicelib.store.dynamo import CasesTable
from chalicelib.store.table import Busy, Cancelled, Denied, Write
from tests.domain.county import NUMBER
from tests.store.conftest import small_county
from tests.store.test_commit import ANOTHER_NUMBER, commit, file, forward

HOST = "https://dynamodb.cn-north-1.amazonaws.com.cn"


class Faults:
    """What the client of DynamoDB meets, one transaction after the other; None: nothing."""

    def __init__(self) -> None:
        self.before: list[Exception | None] = []
        self.after: list[Exception | None] = []
        self.asked = 0

    def arrive(self, **_: object) -> None:
        self.asked += 1
        self._meet(self.before)

    def answer(self, **_: object) -> None:
        self._meet(self.after)

    @staticmethod
    def _meet(plan: list[Exception | None]) -> None:
        fault = plan.pop(0) if plan else None
        if fault is not None:
            raise fault


@pytest.fixture
def faults(dynamodb: CasesTable, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    """Faults for what is written; raised, because moto writes although a hook answers in its place."""
    monkeypatch.setattr(dynamo, "FIRST_WAIT_S", 0)
    met, events = Faults(), dynamo.connection().client.meta.events
    events.register_first("before-send.dynamodb.TransactWriteItems", met.arrive)
    events.register_first("after-call.dynamodb.TransactWriteItems", met.answer)
    yield met
    events.unregister("before-send.dynamodb.TransactWriteItems", met.arrive)
    events.unregister("after-call.dynamodb.TransactWriteItems", met.answer)


@pytest.fixture
def on_dynamodb(dynamodb: CasesTable, faults: Faults) -> Cases:
    """Cases on DynamoDB, with one that was filed."""
    cases = small_county(dynamodb)
    file(cases)
    faults.asked = 0
    return cases


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, "TransactWriteItems")


def cancellation(*codes: str) -> ClientError:
    """Reasons for the writes of a forwarding: the tree, the case, the event, and two notices."""
    reasons = [{"Code": code} for code in codes]
    response = {
        "Error": {"Code": "TransactionCanceledException", "Message": "cancelled"},
        "CancellationReasons": reasons,
    }
    return ClientError(response, "TransactWriteItems")  # type: ignore[arg-type]


def conflict(at: int = 1, code: str = "TransactionConflict", of: int = 5) -> ClientError:
    return cancellation(*("None",) * at, code, *("None",) * (of - at - 1))


def take(cases: Cases) -> Case:
    held = cases.load(NUMBER)
    return commit(cases, held, forward(held.case))


def test_a_conflict_that_passes_is_never_seen(on_dynamodb: Cases, faults: Faults) -> None:
    faults.before = [conflict(0), conflict(1, "ThrottlingError"), conflict(4)]
    assert take(on_dynamodb).version == 2
    assert faults.asked == 4


@pytest.mark.parametrize("code", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_traffic_that_does_not_pass_is_busy_and_nothing_was_saved(
    on_dynamodb: Cases, faults: Faults, code: str
) -> None:
    for at in range(5):
        faults.asked, faults.before = 0, [conflict(at, code)] * dynamo.ATTEMPTS
        with pytest.raises(Busy):
            take(on_dynamodb)
        assert faults.asked == dynamo.ATTEMPTS
    assert on_dynamodb.load(NUMBER).case.version == 1


def test_a_denial_is_never_taken_for_somebody_elses_step(on_dynamodb: Cases, faults: Faults) -> None:
    for at in range(5):
        faults.asked, faults.before = 0, [conflict(at, "AccessDenied")]
        with pytest.raises(Denied):
            take(on_dynamodb)
        assert faults.asked == 1, "a denial does not pass by waiting"


@pytest.mark.parametrize("code", ["AccessDeniedException", "UnrecognizedClientException"])
def test_a_refused_role_is_denied(on_dynamodb: Cases, faults: Faults, code: str) -> None:
    faults.before = [refusal(code)]
    with pytest.raises(Denied):
        take(on_dynamodb)


@pytest.mark.parametrize(
    ("code", "raised"), [("TransactionConflict", Busy), ("AccessDenied", Denied), ("ValidationError", Busy)]
)
def test_a_filing_that_was_not_saved_gets_no_number(
    on_dynamodb: Cases, faults: Faults, code: str, raised: type[Exception]
) -> None:
    """Tree, case, event, text, notice, contact, identity, submission: whichever of them fails."""
    for at in range(8):
        faults.before = [conflict(at, code, of=8)] * dynamo.ATTEMPTS
        with pytest.raises(raised):
            file(on_dynamodb, ANOTHER_NUMBER, Command.of("petitioner", "key-2", {}))
        faults.before = []
    assert on_dynamodb.table.get(keys.case(ANOTHER_NUMBER), keys.CASE) is None


@pytest.mark.parametrize(
    "fault",
    [
        EndpointConnectionError(endpoint_url=HOST),
        ConnectionClosedError(endpoint_url=HOST),
        ReadTimeoutError(endpoint_url=HOST),
        refusal("InternalServerError"),
        refusal("ThrottlingException"),
        refusal("TransactionInProgressException"),
    ],
    ids=lambda fault: type(fault).__name__ if not isinstance(fault, ClientError) else fault.response["Error"]["Code"],
)
def test_a_service_that_cannot_be_reached_is_busy_and_nothing_was_saved(
    on_dynamodb: Cases, faults: Faults, fault: Exception
) -> None:
    faults.before = [fault] * 12
    with pytest.raises(Busy):
        take(on_dynamodb)
    assert on_dynamodb.load(NUMBER).case.version == 1


def test_a_lost_answer_is_never_seen(on_dynamodb: Cases, faults: Faults) -> None:
    """moto does not know the token: the second try meets its own effect, and that is success."""
    faults.after = [ReadTimeoutError(endpoint_url=HOST)]
    assert take(on_dynamodb).version == 2
    assert faults.asked == 2


def test_answers_that_stay_lost_are_busy_and_the_same_command_finds_what_it_did(
    on_dynamodb: Cases, faults: Faults
) -> None:
    faults.after = [ReadTimeoutError(endpoint_url=HOST)]
    faults.before = [None, *[EndpointConnectionError(endpoint_url=HOST)] * (dynamo.ATTEMPTS - 1)]
    held = on_dynamodb.load(NUMBER)
    with pytest.raises(Busy):
        commit(on_dynamodb, held, forward(held.case))
    assert not on_dynamodb.begin(on_dynamodb.load(NUMBER), 1, Command.of("staff", "step", None))
    assert commit(on_dynamodb, held, forward(held.case)).version == 2


def test_whatever_a_write_meets_it_is_tried_four_times_on_the_wire_and_no_more(
    on_dynamodb: Cases, faults: Faults
) -> None:
    """One layer repeats: two of them multiply."""
    mixed = [ReadTimeoutError(endpoint_url=HOST), conflict(), refusal("InternalServerError"), refusal("503")]
    for turn in range(4):
        faults.asked, faults.before = 0, [*mixed[turn:], *mixed] * 2
        with pytest.raises(Busy):
            take(on_dynamodb)
        assert faults.asked == dynamo.ATTEMPTS


def test_a_change_that_failed_leaves_no_trace_at_all(on_dynamodb: Cases, faults: Faults) -> None:
    before = on_dynamodb.table.query(keys.case(NUMBER)).items
    faults.before = [conflict(0, "ValidationError")]
    with pytest.raises(Busy):
        take(on_dynamodb)
    assert on_dynamodb.table.query(keys.case(NUMBER)).items == before


def test_the_reasons_of_a_transaction_stand_in_the_order_of_its_writes(
    on_dynamodb: Cases, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Cancelled] = []
    transact: Callable[[Sequence[Write], str], None] = on_dynamodb.table.transact

    def watched(writes: Sequence[Write], token: str) -> None:
        try:
            transact(writes, token)
        except Cancelled as cancelled:
            seen.append(cancelled)
            raise

    monkeypatch.setattr(on_dynamodb.table, "transact", watched)
    faults.before = [conflict(0, "AccessDenied")]  # PynamoDB sends the check of the tree first, we name it last
    with pytest.raises(Denied):
        take(on_dynamodb)
    assert [reason.code for reason in seen[0].reasons] == ["", "", "", "", "denied"]


def test_a_lost_answer_about_the_time_is_asked_for_again(on_dynamodb: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    """One lost answer is traffic, and no skew of the clock; a refusal is told as one."""
    reads, events = Faults(), dynamo.connection().client.meta.events
    monkeypatch.setattr(dynamo, "FIRST_WAIT_S", 0)
    events.register_first("before-send.dynamodb.GetItem", reads.arrive)
    try:
        reads.before = [ReadTimeoutError(endpoint_url=HOST), EndpointConnectionError(endpoint_url=HOST)]
        assert abs((dynamo.server_time() - clock.now()).total_seconds()) < 5
        reads.before = [refusal("AccessDeniedException")]
        with pytest.raises(Denied):
            dynamo.server_time()
        reads.before = [ReadTimeoutError(endpoint_url=HOST)] * dynamo.ATTEMPTS
        with pytest.raises(Busy):
            dynamo.server_time()
    finally:
        events.unregister("before-send.dynamodb.GetItem", reads.arrive)

"""Failures that raise no error anywhere are loud: each rings an alarm of our template within fifteen minutes.

`make soak-silent` writes what was found to benchmarks/soak_silent.json, with a whole healthy day as the control.
"""

import functools
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib import clock
from chalicelib.clock import CHINA
from chalicelib.notices.gateway import GatewaySender
from chalicelib.notices.senders import Sent
from chalicelib.store import dynamo, guard, keyring, tenant
from chalicelib.triggers import notices
from infra.alarms.evaluator import Alarms
from infra.reliability.measured import keep
from tests.simulation.stack import NIGHTLY, Message, Stack, record_of, told

AN_ORDINARY_DAY = datetime(2026, 3, 3, 10, 0, tzinfo=CHINA)
AT_MOST = 15
WARM = 16
"""Minutes of health before a failure: it sets in just after everything was well once more."""
OUT = os.environ.get("SOAK_SILENT")
HEALTHY_MINUTES = 24 * 60 if OUT else 60
NO_ROOT = "RootPublishedAlarm"
FOUND: dict[str, int | None] = {}


@pytest.fixture
def stack(world: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    """A stack that is well."""

    def set_clock(at: datetime) -> None:
        monkeypatch.setattr(clock, "_OFFSET", at - datetime.now(CHINA) + timedelta(milliseconds=300))

    forget_keys()
    yield Stack(AN_ORDINARY_DAY, set_clock)
    forget_keys()


def forget_keys() -> None:
    """Processes come and go: the next one asks KMS again."""
    for cached in (keyring.keys, tenant.cases, notices.post):
        cached.cache_clear()


@contextmanager
def wire(client: Any, event: str, handler: Callable[..., Any]) -> Iterator[None]:
    """Something happens between us and a service, put in from outside."""
    client.meta.events.register_first(event, handler)
    try:
        yield
    finally:
        client.meta.events.unregister(event, handler)


def refused(status: int, code: str) -> Callable[..., Any]:
    """The service answers with an error."""
    return lambda **_: (SimpleNamespace(status_code=status), {"Error": {"Code": code, "Message": code}})


@contextmanager
def key_denied(_stack: Stack) -> Iterator[None]:
    forget_keys()
    with wire(keyring._kms(), "before-call.kms.Decrypt", refused(400, "AccessDeniedException")):
        yield


@contextmanager
def limiter_down(stack: Stack) -> Iterator[None]:
    def throttled(**_: Any) -> None:  # raised, because moto writes although a hook answers in its place
        raise ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "UpdateItem")

    with wire(dynamo.connection().client, "before-send.dynamodb.UpdateItem", throttled):
        stack.api_calls.append(lambda: guard.limit("file", person="somebody"))
        yield


@contextmanager
def clock_wrong(_stack: Stack) -> Iterator[None]:
    """Ours is ten minutes slow: the table's answers come from ten minutes on."""

    def from_the_future(parsed: dict[str, Any], **_: Any) -> None:
        now = datetime.now(CHINA) + timedelta(minutes=10)
        parsed["ResponseMetadata"]["HTTPHeaders"]["date"] = format_datetime(now)

    with wire(dynamo.connection().client, "after-call.dynamodb.GetItem", from_the_future):
        yield


@contextmanager
def off(stack: Stack, *names: str) -> Iterator[None]:
    stack.off |= {*names}
    stack.api_calls.append(stack.file)
    yield


@contextmanager
def calendar_ends(stack: Stack) -> Iterator[None]:
    yield


@contextmanager
def says_ok_and_sends_nothing(stack: Stack) -> Iterator[None]:
    stack.sms_arrive = False
    stack.api_calls.append(stack.file)
    yield


@contextmanager
def poison(stack: Stack) -> Iterator[None]:
    stack.queues["Notices"].append(Message(told("不是我们的消息"), stack.seconds))
    yield


@contextmanager
def dead_letters(stack: Stack) -> Iterator[None]:
    stack.queues["Statistics"].append(Message(told("收了四次"), stack.seconds, receives=4))
    yield


@contextmanager
def unreadable(stack: Stack) -> Iterator[None]:
    stack.set_clock(stack.at)
    stack.stream.append(record_of(stack.file(), 1, body=b"torn"))
    yield


@contextmanager
def tampered(stack: Stack) -> Iterator[None]:
    stack.set_clock(stack.at)
    stack.stream.append(record_of(stack.file(), 1, change="MODIFY"))
    yield


@contextmanager
def rows_lost(stack: Stack) -> Iterator[None]:
    """An open case falls out of the index, in which the sweep would find it."""
    stack.set_clock(stack.at)
    case_id = stack.file()
    row = tenant.table().get(f"CASE#{case_id}", "CASE")
    assert row is not None
    tenant.table().put({name: held for name, held in row.items() if name not in ("list_name", "list_key")})
    yield


@dataclass
class Failure:
    """What fails, the alarm that has to ring, and since when things were well."""

    sets_in: Callable[[Stack], Any]
    alarm: str
    begin: datetime = AN_ORDINARY_DAY


FAILURES: dict[str, Failure] = {
    "sweep off": Failure(lambda stack: off(stack, "SweepDeadlines"), "SweepHeartbeatAlarm"),
    "reconciler off": Failure(lambda stack: off(stack, "Reconcile"), "ReconcileHeartbeatAlarm"),
    "relay off": Failure(lambda stack: off(stack, "Relay"), "FoundBySweepAlarm"),
    "notices consumer off, queue growing": Failure(lambda stack: off(stack, "Notices"), "NoticesQueueAgeAlarm"),
    "statistics consumer off": Failure(lambda stack: off(stack, "Statistics"), "StatisticsQueueAgeAlarm"),
    "receipts consumer off": Failure(lambda stack: off(stack, "Receipts"), "ReceiptsQueueAgeAlarm"),
    "message nobody can handle": Failure(poison, "MessageNotHandledAlarm"),
    "dead letters": Failure(dead_letters, "StatisticsDlqAlarm"),
    "calendar ending": Failure(calendar_ends, "CalendarEndsAlarm", datetime(2026, 10, 2, 23, 45, tzinfo=CHINA)),
    "key denied": Failure(key_denied, "KeyRefusedAlarm"),
    "limiter down": Failure(limiter_down, "LimitNotCountedAlarm"),
    "clock ten minutes slow": Failure(clock_wrong, "ClockSkewAlarm"),
    "gateway says OK without sending": Failure(says_ok_and_sends_nothing, "SmsNotArrivingAlarm"),
    "event that cannot be read": Failure(unreadable, "EventParkedAlarm"),
    "event changed in the table": Failure(tampered, "EventTamperedAlarm"),
    "case lost from its lists": Failure(rows_lost, "ReconcileMendedAlarm"),
}


NO_NIGHT, NO_RECORD = "root not published", "gateway has no record of what it took"
NO_ANSWER = "gateway answers 500 to everything"
SOME = ("sweep off", "notices consumer off, queue growing", "key denied", "clock ten minutes slow")
"""Half a minute each: a build plays these, the soak plays all."""


@pytest.mark.parametrize("name", FAILURES if OUT else SOME)
def test_a_silent_failure_rings_within_a_quarter_of_an_hour(stack: Stack, name: str) -> None:
    failure = FAILURES[name]
    stack.at = failure.begin
    stack.alarms = Alarms("test", stack.seconds)
    well(stack, name)
    with failure.sets_in(stack):
        rings(stack, name, failure.alarm)


def rings(stack: Stack, name: str, alarm: str) -> None:
    """The minutes go by until this alarm rings: a quarter of an hour at most."""
    for minute, ringing in enumerate(stack.minutes(AT_MOST), start=1):
        if alarm in ringing:
            FOUND[name] = minute
            return
    raise AssertionError(f"{alarm} was silent for {AT_MOST} minutes")


def well(stack: Stack, name: str) -> None:
    """This failure is looked for, and until it sets in nothing rings."""
    FOUND[name] = None
    stack.api_calls.append(stack.file)
    for ringing in stack.minutes(WARM):
        assert ringing == set()


def provided_by(sender: Any) -> Callable[[], notices.Post]:
    """A post whose provider can be asked and gives receipts."""
    made = replace(notices.post(), sender=sender, gives_receipts=True, lookup_lag=timedelta(minutes=5))
    return functools.cache(lambda: made)


def test_a_night_without_a_root_rings_within_a_quarter_of_an_hour(stack: Stack) -> None:
    """Counted from the timer of the night: three nights have their root, the fourth has none."""
    name, timer = NO_NIGHT, datetime(2026, 3, 3, 0, 30, tzinfo=CHINA)
    FOUND[name] = None
    stack.at = timer - timedelta(days=3)
    stack.alarms = Alarms("test", stack.seconds)
    for _night in range(3):
        stack.set_clock(stack.at)
        stack.file()
        assert stack.run("PublishRoots", lambda: NIGHTLY(None))["published"] is True
        stack.at += timedelta(days=1)
    assert NO_ROOT not in stack.alarms.ringing(stack.metrics, stack.seconds)
    for minute in range(1, AT_MOST + 1):
        if NO_ROOT in stack.alarms.ringing(stack.metrics, stack.seconds + minute * 60):
            FOUND[name] = minute
            break
    assert FOUND[name] is not None


class SaysOk:
    """A gateway that takes every text, sends none, and has no record of any."""

    def send(self, *_what: Any, **_how: Any) -> Sent:
        return Sent("ok")

    def ask(self, *_which: Any, **_how: Any) -> Any:
        return "absent"


def test_a_gateway_that_takes_texts_and_has_no_record_of_them_rings(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above, for a provider that can be asked: it is, and its silence about what it took is an alarm."""
    well(stack, NO_RECORD)
    monkeypatch.setattr(notices, "post", provided_by(SaysOk()))
    stack.api_calls.append(stack.file)
    rings(stack, NO_RECORD, "NoticeVanishedAlarm")


def test_a_gateway_that_answers_500_to_everything_rings(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its line stands, so that it never rests, and what is in doubt is no task of a person before the third day."""
    well(stack, NO_ANSWER)
    sender = GatewaySender("https://gateway", "青山县信访局", lambda: b"key", wire=lambda *_: (500, {}, b""))
    monkeypatch.setattr(notices, "post", provided_by(sender))
    stack.api_calls.append(stack.file)
    rings(stack, NO_ANSWER, "NoticeNotAnsweredAlarm")


def test_nothing_rings_while_all_is_well(stack: Stack) -> None:
    """The sceptic's control: an evaluator that always rings would find everything too."""
    rang: set[str] = set()
    for minute in range(0, HEALTHY_MINUTES, 30):
        if 8 * 60 <= (stack.at.hour * 60 + minute) % 1440 < 20 * 60:
            stack.api_calls.append(stack.file)
        if (stack.at.hour, stack.at.minute // 30) == (0, 1):
            stack.run("PublishRoots", lambda: NIGHTLY(None))
        for ringing in stack.minutes(30):
            rang |= ringing
    assert rang == set()
    if OUT:
        write(HEALTHY_MINUTES)


BEGAN = time.monotonic()


def write(healthy_minutes: int) -> None:
    """What was found, for docs/reliability.md."""
    alarmed = {name: minutes for name, minutes in FOUND.items() if minutes is not None}
    figures = {
        "failures seeded": len(FOUND),
        "alarmed within 15 simulated minutes": len(alarmed),
        "slowest (simulated minutes)": max(alarmed.values(), default=0),
        "healthy hours simulated": healthy_minutes // 60,
        "alarms in them": 0,
        **{name: f"{minutes} min" if minutes is not None else "silent" for name, minutes in FOUND.items()},
    }
    result = {
        "title": "Every silent failure rings an alarm of our own template within 15 simulated minutes",
        "asked": "Twelve silent failures seeded: each raises its alarm within 15 simulated minutes (done when 7)",
        "command": "make soak-silent",
        "seconds": round(time.monotonic() - BEGAN, 1),
        "figures": figures,
        "held": alarmed.keys() >= {*FAILURES, NO_NIGHT, NO_RECORD, NO_ANSWER},
    }
    keep(Path(OUT or ""), result)
    assert result["held"]

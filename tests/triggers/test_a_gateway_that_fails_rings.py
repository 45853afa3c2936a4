"""A gateway whose line stands and that answers nothing of use rings, be it in a place that sends one text a day; one
unlucky text rings for nobody.
"""

from dataclasses import replace

import pytest

from chalicelib.notices.gateway import Answer, GatewaySender
from chalicelib.store import proofs
from infra.alarms.evaluator import Alarms, Metrics
from tests.triggers.test_notices_by_gateway import KEY, Wired


@pytest.fixture
def world() -> Wired:
    return Wired()


class Watched:
    """The alarms of the template over what is printed from now on."""

    def __init__(self, world: Wired, printed: pytest.CaptureFixture[str]) -> None:
        self.world, self.printed, self.metrics = world, printed, Metrics()
        self.alarms = Alarms("test", world.at.timestamp() - 3600)

    def minutes_until(self, alarm: str, most: int) -> int | None:
        """How many minutes of the sweep's time it takes to ring."""
        for minute in range(most):
            if self.world.at.minute % 5 == 0:
                self.world.sweep()
            self.metrics.read_embedded(self.printed.readouterr().out.splitlines(), self.world.at.timestamp())
            if alarm in self.alarms.ringing(self.metrics, self.world.at.timestamp()):
                return minute
            self.world.pass_time(minutes=1)
        return None


def answering(world: Wired, *answers: Answer) -> None:
    """A gateway that stands, and gives these answers; the last one for ever."""
    left = list(answers)
    sender = GatewaySender(
        "https://gateway",
        "青山县信访局",
        lambda: KEY,
        now=lambda: world.at,
        wire=lambda *_: left.pop(0) if left[1:] else left[0],
    )
    world.post = replace(world.post, sender=sender)


BROKEN: Answer = (500, {}, b"")


@pytest.mark.parametrize("minute", range(5))
def test_a_gateway_that_answers_500_to_everything_rings_even_where_one_text_a_day_goes(
    world: Wired, minute: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its line stands, so that it never rests, and what is in doubt is not handed over before the third day."""
    world.pass_time(minutes=minute)
    answering(world, BROKEN)
    watched = Watched(world, capsys)
    world.deliver(world.file())
    rang = watched.minutes_until("NoticeNotAnsweredAlarm", 60)
    assert rang is not None
    assert rang <= 25


def test_a_text_and_one_question_that_were_not_answered_ring_for_nobody(
    world: Wired, capsys: pytest.CaptureFixture[str]
) -> None:
    delivered: Answer = (200, {}, b'{"code":"OK","id":"1","state":"delivered"}')
    answering(world, BROKEN, BROKEN, delivered)
    watched = Watched(world, capsys)
    filed = world.file()
    world.deliver(filed)
    assert watched.minutes_until("NoticeNotAnsweredAlarm", 90) is None
    assert world.proof(filed).state == proofs.DELIVERED


def test_a_gateway_that_refuses_every_text_rings(world: Wired, capsys: pytest.CaptureFixture[str]) -> None:
    answering(world, (403, {}, b'{"code":"NO_ACCOUNT"}'))
    watched = Watched(world, capsys)
    for number in range(4):
        world.deliver(world.file(number=900 + number))
        if (rang := watched.minutes_until("NoticeNotSentAlarm", 5)) is not None:
            break
    assert rang is not None

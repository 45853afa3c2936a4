"""One message that cannot be read holds up no other."""

from typing import Any

import pytest
from chalice.app import SQSEvent

from chalicelib.triggers import batches, notices
from tests.triggers.world import World


def batch(*bodies: str) -> SQSEvent:
    records = [{"messageId": f"m{place}", "body": body} for place, body in enumerate(bodies)]
    return SQSEvent({"Records": records}, None)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(notices, "post", lambda: world.post)
    return world


@pytest.mark.parametrize(
    "poison",
    ["", "not json", "[]", "{}", '{"data": {"case": "1"}}', '{"data": {"case": "000000000000", "seq": 1}}', "null"],
)
def test_a_poison_message_fails_alone_and_is_counted(
    poison: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    case_id = world.file()
    good = f'{{"data": {{"case": "{case_id}", "seq": 1}}}}'
    assert notices.notify(batch(poison, good)) == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert len(world.carrier.sent) == 2
    assert '"MessageNotHandled": 1' in capsys.readouterr().out


def test_what_went_well_is_not_delivered_again(world: World) -> None:
    case_id = world.file()
    good = f'{{"data": {{"case": "{case_id}", "seq": 1}}}}'
    assert notices.notify(batch(good, good)) == {"batchItemFailures": []}
    assert len(world.carrier.sent) == 2


def test_an_error_is_logged_without_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    def work(_body: str) -> Any:
        raise ValueError("王某 13900001111")

    batches.each(batch("{}"), work, consumer="notices")
    logged = capsys.readouterr()
    assert "13900001111" not in logged.out + logged.err

"""`NotSent` is certain, everything else is `Unknown`; numbers never appear in an error."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import botocore.session
import pytest
from botocore import exceptions as aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from chalicelib.notices import senders
from chalicelib.notices.gateway import GatewaySender
from chalicelib.notices.senders import NotSent, SnsSender, Unknown
from chalicelib.settings import settings
from tests.quiet_aws import quiet_aws

PHONE, TEXT = "13900001111", "编号261123001785：县住建局已受理。"


@pytest.fixture
def recorded() -> Iterator[Any]:
    with quiet_aws():
        yield lambda: list(sns_backends[DEFAULT_ACCOUNT_ID][settings.region].sms_messages.values())


class Failing:
    """A client whose publish fails in one way."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def publish(self, **_arguments: Any) -> Any:
        raise self.error


def refusal(code: str, status: int) -> aws.ClientError:
    answer = {"Error": {"Code": code, "Message": PHONE}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return aws.ClientError(answer, "Publish")


def test_a_text_goes_out_signed_to_a_chinese_number(recorded: Any) -> None:
    client = botocore.session.get_session().create_client("sns", region_name=settings.region)
    sent = SnsSender("青山县信访局", client).send(PHONE, TEXT, "261123001785-3-S04-1")
    assert sent.provider_id
    assert recorded()[-1] == ("+8613900001111", f"【青山县信访局】{TEXT}")


def test_the_process_makes_its_client_when_it_first_sends(recorded: Any) -> None:
    senders.sender.cache_clear()
    senders.send_sms(PHONE, TEXT, out_id="code-1")
    assert recorded()[-1][1].startswith("【青山县信访局】")


def test_it_is_marked_as_transactional(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    class Client:
        def publish(self, **arguments: Any) -> dict[str, str]:
            asked.update(arguments)
            return {"MessageId": "1"}

    SnsSender("青山县信访局", Client()).send(PHONE, TEXT, "x")
    assert asked["MessageAttributes"]["AWS.SNS.SMS.SMSType"]["StringValue"] == "Transactional"


@pytest.mark.parametrize("phone", ["13900001111", "+8613900001111", "139 0000 1111", "139-0000-1111"])
def test_ways_to_write_a_mobile_number(phone: str) -> None:
    assert senders._international(phone) == "+8613900001111"


@pytest.mark.parametrize("phone", ["", "0736-6622345", "12900001111", "1390000111", "+85291234567"])
def test_what_is_no_mobile_number_is_certainly_not_sent_and_not_retried(phone: str) -> None:
    with pytest.raises(NotSent) as refused:
        SnsSender("青山县信访局", Failing(AssertionError())).send(phone, TEXT, "x")
    assert not refused.value.retry


@pytest.mark.parametrize(
    ("error", "retry"),
    [
        (refusal("Throttling", 400), True),
        (refusal("AuthorizationError", 403), True),
        (refusal("InvalidParameter", 400), False),
        (refusal("OptedOut", 400), False),
        (aws.ConnectTimeoutError(endpoint_url="https://sns"), True),
        (aws.EndpointConnectionError(endpoint_url="https://sns"), True),
        (aws.NoCredentialsError(), True),
    ],
)
def test_a_refusal_and_a_line_that_never_stood_are_certain(error: Exception, retry: bool) -> None:
    with pytest.raises(NotSent) as refused:
        SnsSender("青山县信访局", Failing(error)).send(PHONE, TEXT, "x")
    assert refused.value.retry is retry
    assert PHONE not in str(refused.value)


@pytest.mark.parametrize(
    "error",
    [
        refusal("InternalError", 500),
        refusal("ServiceUnavailable", 503),
        aws.ReadTimeoutError(endpoint_url="https://sns"),
        aws.ConnectionClosedError(endpoint_url="https://sns"),
        aws.SSLError(endpoint_url="https://sns", error="broken"),
        ValueError("an answer nobody can read"),
    ],
)
def test_a_lost_answer_is_never_taken_for_a_refusal(error: Exception) -> None:
    with pytest.raises(Unknown) as lost:
        SnsSender("青山县信访局", Failing(error)).send(PHONE, TEXT, "x")
    assert PHONE not in str(lost.value)


def test_sns_cannot_be_asked() -> None:
    assert SnsSender("青山县信访局").ask("x") is None


def test_no_second_try_is_made_behind_our_back() -> None:
    assert senders._client().meta.config.retries["total_max_attempts"] == 1


def test_settings_choose_the_gateway_and_it_needs_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = replace(settings, sms_sender="gateway", gateway_url="https://sms.example", gateway_lag_minutes=7)
    monkeypatch.setattr(senders, "settings", chosen)
    senders.sender.cache_clear()
    try:
        assert isinstance(senders.sender(lambda: b"key"), GatewaySender)
        assert senders.manner() == senders.Manner(gives_receipts=True, lookup_lag=timedelta(minutes=7))
        with pytest.raises(ValueError, match="key"):
            senders.sender()
    finally:
        senders.sender.cache_clear()


def test_sns_gives_no_receipts() -> None:
    assert senders.manner() == senders.Manner()

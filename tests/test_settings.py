"""What a deployment may not ask for: a movable clock among people, and numbers sent in clear."""

import pytest

from chalicelib.settings import read


@pytest.mark.parametrize(
    "wrong",
    [
        {"STAGE": "prod", "CLOCK_OFFSET": "40d"},
        {"SMS_SENDER": "pigeon"},
        {"STAGE": "prod", "SMS_SENDER": "gateway"},
        {"STAGE": "prod", "SMS_SENDER": "gateway", "GATEWAY_URL": "http://sms.example"},
        {"STAGE": "prod", "SMS_SENDER": "gateway", "GATEWAY_URL": "http://127.0.0.1:9000"},
        {"STAGE": "local", "SMS_SENDER": "gateway", "GATEWAY_URL": "http://sms.example"},
    ],
)
def test_a_wrong_deployment_does_not_start(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        read(wrong)


def test_a_gateway_is_named_by_address_and_lag() -> None:
    found = read(
        {"STAGE": "prod", "SMS_SENDER": "gateway", "GATEWAY_URL": "https://sms.example/", "GATEWAY_LAG_MINUTES": "20"}
    )
    assert (found.sms_sender, found.gateway_url, found.gateway_lag_minutes) == ("gateway", "https://sms.example", 20)


def test_what_is_empty_in_the_template_means_sns() -> None:
    assert read({"SMS_SENDER": "", "GATEWAY_URL": "", "GATEWAY_LAG_MINUTES": ""}).sms_sender == "sns"

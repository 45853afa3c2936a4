"""Deploying again changes what was asked for and nothing else."""

from argparse import Namespace
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from infra import stack
from infra.deploy import parameters

GATEWAY = {
    "Stage": "prod",
    "Profile": "school",
    "SmsSender": "gateway",
    "GatewayUrl": "https://sms.example",
    "GatewayLagMinutes": "30",
}


def asked(**changes: Any) -> Namespace:
    return Namespace(**{"stage": "prod", "profile": None, "gateway": None, "sns": False, "gateway_lag": None} | changes)


def test_a_first_stack_is_a_county_that_sends_by_sns() -> None:
    assert parameters(asked(), {}) == {"Stage": "prod", "Profile": "county", "SmsSender": "sns", "GatewayUrl": ""}


def test_deploying_again_keeps_gateway_lag_and_profile() -> None:
    assert parameters(asked(), GATEWAY) == GATEWAY


@pytest.mark.parametrize(
    ("asked_for", "changed"),
    [
        ({"gateway": "https://other"}, {"GatewayUrl": "https://other"}),
        ({"gateway_lag": 0}, {"GatewayLagMinutes": "0"}),
        ({"sns": True}, {"SmsSender": "sns", "GatewayUrl": ""}),
        ({"profile": "county"}, {"Profile": "county"}),
    ],
)
def test_what_is_asked_for_changes_and_the_rest_stays(asked_for: dict[str, Any], changed: dict[str, str]) -> None:
    assert parameters(asked(**asked_for), GATEWAY) == GATEWAY | changed


def test_what_a_stack_has_is_read_from_the_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    session = boto3.Session(region_name="cn-north-1", aws_access_key_id="x", aws_secret_access_key="x")
    formation = session.client("cloudformation")
    monkeypatch.setattr(session, "client", lambda _name: formation)
    stands = {"ParameterKey": "GatewayUrl", "ParameterValue": "https://sms.example"}
    found = {"StackName": "s", "CreationTime": datetime(2026, 11, 25, tzinfo=UTC), "StackStatus": "UPDATE_COMPLETE"}
    with Stubber(formation) as answers:
        answers.add_client_error("describe_stacks", "ValidationError", "Stack with id s does not exist")
        answers.add_response("describe_stacks", {"Stacks": [found | {"Parameters": [stands]}]}, {"StackName": "s"})
        assert stack.standing(session, "s") == {}
        assert stack.standing(session, "s") == {"GatewayUrl": "https://sms.example"}

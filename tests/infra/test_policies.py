"""What each function may do: only its part, only in its own stack, and nothing that could change or remove a case."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra import package

POLICIES = Path(package.__file__).resolve().parent.parent / ".chalice"
FUNCTIONS = ("api", "sweep", "reconcile", "relay", "notices", "statistics", "receipts", "roots", "sealed")
# These have no resource to name, by the design of their services.
WITHOUT_RESOURCE = {
    "TracesHaveNoResource": {"xray:PutTraceSegments", "xray:PutTelemetryRecords"},
    "PhoneNumbersHaveNoArn": {"sns:Publish"},
    "StreamsAreListedWithoutResource": {"dynamodb:ListStreams"},
}
ON_TABLES = {
    "CasesTable": {
        "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem",
        "dynamodb:ConditionCheckItem",
    },
    "GuardTable": {
        "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem",
        "dynamodb:DeleteItem", "dynamodb:Query", "dynamodb:ConditionCheckItem",
    },
}  # fmt: skip


def statements(function: str) -> list[dict[str, Any]]:
    """The statements of one function's policy file."""
    found: list[dict[str, Any]] = json.loads((POLICIES / f"policy-{function}.json").read_text())["Statement"]
    return found


def allowed(function: str, resource: str) -> set[str]:
    """The actions one function may take on one resource of the stack."""
    return {
        action
        for statement in statements(function)
        if statement["Effect"] == "Allow" and f'"{resource}' in json.dumps(statement["Resource"]).replace("${", '"')
        for action in statement["Action"]
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_policy_file_is_what_the_role_gets(resources: dict[str, Any], function: str) -> None:
    name = {"api": "ApiHandler", "sweep": "SweepDeadlines", "roots": "PublishRoots"}.get(
        function, function.capitalize()
    )
    (policy,) = resources[f"{name}Role"]["Properties"]["Policies"]
    assert policy["PolicyDocument"]["Statement"] == statements(function)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_policy_grants_a_wildcard_action(function: str) -> None:
    assert not [action for statement in statements(function) for action in statement["Action"] if "*" in action]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_only_what_has_no_resource_is_granted_on_all(function: str) -> None:
    on_all = {
        s["Sid"]: set(s["Action"]) for s in statements(function) if s["Effect"] == "Allow" and s["Resource"] == "*"
    }
    assert on_all.items() <= WITHOUT_RESOURCE.items()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_policy_names_resources_of_its_own_stack_only(function: str) -> None:
    granted = [statement["Resource"] for statement in statements(function) if statement["Effect"] == "Allow"]
    assert "arn:" not in json.dumps(granted)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_nobody_can_change_or_remove_what_the_cases_table_holds(function: str) -> None:
    assert not {action for action in allowed(function, "CasesTable") if action.endswith(("UpdateItem", "DeleteItem"))}


@pytest.mark.parametrize("function", [each for each in FUNCTIONS if each != "relay"])
@pytest.mark.parametrize("table", ["CasesTable", "GuardTable"])
def test_tables_are_used_in_the_agreed_ways_only(function: str, table: str) -> None:
    walks = {"dynamodb:Scan"} if (function, table) == ("reconcile", "CasesTable") else set()
    assert allowed(function, table) <= ON_TABLES[table] | walks


def test_the_interface_may_look_at_what_is_due_only_if_it_does() -> None:
    """Lists are the interface's reads: whoever adds one of the `due` index grants it, and asks for it in a probe."""
    chalicelib = POLICIES.parent / "chalicelib"
    readers = [chalicelib / "store" / "lists.py", *(chalicelib / "api").rglob("*.py")]
    asks = any('("due"' in path.read_text() for path in readers)
    assert ("index/due" in json.dumps(statements("api"))) == asks


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_reconciler_alone_walks_the_table(function: str) -> None:
    """What has lost its place in every index is found by nobody else; no request and no consumer ever scans."""
    scans = [action for s in statements(function) for action in s["Action"] if action.endswith("Scan")]
    assert scans == (["dynamodb:Scan"] if function == "reconcile" else [])


def test_the_reconciler_sends_nothing_and_asks_for_no_more_of_the_tables_than_it_needs() -> None:
    actions = [action for statement in statements("reconcile") for action in statement["Action"]]
    assert [action for action in actions if action.startswith("sns:")] == []
    assert allowed("reconcile", "CasesTable") == {
        "dynamodb:Scan", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:ConditionCheckItem",
    }  # fmt: skip
    assert allowed("reconcile", "GuardTable") == {
        "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Query",
    }  # fmt: skip


def test_the_relay_reads_no_table_and_opens_no_seal() -> None:
    assert allowed("relay", "GuardTable") == set()
    assert allowed("relay", "SealingKey") == set()
    assert allowed("relay", "CasesTable") == {
        "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream",
    }  # fmt: skip
    assert allowed("relay", "EventsTopic") == {"sns:Publish"}


@pytest.mark.parametrize("function", [each for each in FUNCTIONS if each != "relay"])
def test_only_the_relay_publishes_on_the_topic(function: str) -> None:
    assert allowed(function, "EventsTopic") == set()


@pytest.mark.parametrize("function", ["api", "sweep", "notices"])
def test_who_may_send_text_messages_may_publish_on_no_topic(function: str) -> None:
    (denied,) = [statement for statement in statements(function) if statement["Effect"] == "Deny"]
    assert denied["Action"] == ["sns:Publish"]
    assert denied["Resource"] == {"Fn::Sub": "arn:${AWS::Partition}:sns:*:*:*"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_one_function_alone_may_ask_for_the_key_of_reports(function: str) -> None:
    """第三十条第三款: the ordinary interface writes reports of misconduct and can read none, whatever its code does."""
    assert allowed(function, "ReportKey") == ({"kms:Decrypt"} if function == "sealed" else set())


def test_the_function_that_opens_reports_opens_no_petition() -> None:
    """The key of limits and cursors is all it may unwrap beside its own: the class is bound into what KMS wrapped."""
    bound = {
        json.dumps(statement["Resource"]): statement["Condition"]["StringEqualsIfExists"]["kms:EncryptionContext:class"]
        for statement in statements("sealed")
        if statement["Action"] == ["kms:Decrypt"]
    }
    named = {name: bound[json.dumps({"Fn::GetAtt": [name, "Arn"]})] for name in ("SealingKey", "ReportKey")}
    assert named == {"SealingKey": "index", "ReportKey": "report"}
    assert len(bound) == 2


def test_the_function_that_opens_reports_sends_nothing_and_ends_no_session() -> None:
    assert allowed("sealed", "GuardTable") == {"dynamodb:GetItem", "dynamodb:UpdateItem"}
    assert "sns:Publish" not in [action for statement in statements("sealed") for action in statement["Action"]]


@pytest.mark.parametrize("function", ["relay", "statistics", "receipts"])
def test_who_owes_nobody_a_message_sends_none_and_opens_no_seal(function: str) -> None:
    assert "PhoneNumbersHaveNoArn" not in [statement["Sid"] for statement in statements(function)]
    assert allowed(function, "SealingKey") == set()


@pytest.mark.parametrize("function", ["api", "sweep", "reconcile", "notices"])
def test_the_sealing_key_is_used_to_unwrap_only(function: str) -> None:
    assert allowed(function, "SealingKey") == {"kms:Decrypt"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_two_functions_alone_may_sign(function: str) -> None:
    """Nobody who answers requests can: a signature says what the record holds, not what somebody asked for."""
    signs = {"kms:Sign", "kms:GetPublicKey"} if function in ("receipts", "roots") else set()
    assert allowed(function, "SigningKey") == signs


@pytest.mark.parametrize("function", FUNCTIONS)
def test_roots_are_put_by_one_function_and_removed_by_none(function: str) -> None:
    assert allowed(function, "RootsBucket") == ({"s3:PutObject"} if function == "roots" else set())


def test_who_publishes_roots_opens_no_petition() -> None:
    (unwraps,) = [each for each in statements("roots") if each["Action"] == ["kms:Decrypt"]]
    assert unwraps["Condition"] == {"StringEqualsIfExists": {"kms:EncryptionContext:class": "index"}}
    assert "PhoneNumbersHaveNoArn" not in [statement["Sid"] for statement in statements("roots")]


def test_who_publishes_roots_may_list_what_it_found_and_strike_nothing_out() -> None:
    assert allowed("roots", "GuardTable") == {"dynamodb:GetItem", "dynamodb:PutItem"}

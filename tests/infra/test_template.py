"""What the template promises: nothing is lost silently, nothing waits unseen, nothing names a partition."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chalicelib.api.sealed import sealed_app
from infra import package
from tests.infra.parts import FAILURE_QUEUES, of_type, source

ROOT = Path(package.__file__).resolve().parent.parent
FUNCTIONS = (
    "APIHandler", "SweepDeadlines", "Reconcile", "Relay", "Notices", "Statistics", "Receipts", "PublishRoots", "Sealed",
)  # fmt: skip
CONSUMERS = ("Notices", "Statistics", "Receipts")
FOURTEEN_DAYS = 14 * 24 * 60 * 60
ENVIRONMENT = {
    "STAGE": {"Ref": "Stage"},
    "PROFILE": {"Ref": "Profile"},
    "LOG_LEVEL": {"Ref": "LogLevel"},
    "CLOCK_OFFSET": {"Ref": "ClockOffset"},
    "CASES_TABLE": {"Ref": "CasesTable"},
    "GUARD_TABLE": {"Ref": "GuardTable"},
    "TOPIC_ARN": {"Ref": "EventsTopic"},
    "KMS_KEY_ID": {"Ref": "SealingKey"},
    "SMS_SENDER": {"Ref": "SmsSender"},
    "GATEWAY_URL": {"Ref": "GatewayUrl"},
    "GATEWAY_LAG_MINUTES": {"Ref": "GatewayLagMinutes"},
}
OF_THEIR_OWN: dict[str, dict[str, Any]] = {
    "Receipts": {"SIGNING_KEY_ID": {"Ref": "SigningKey"}},
    "PublishRoots": {"SIGNING_KEY_ID": {"Ref": "SigningKey"}, "ROOTS_BUCKET": {"Ref": "RootsBucket"}},
}
"""What only these know: who signs, and who keeps roots."""


def arn(name: str) -> dict[str, Any]:
    """How the template names another resource's ARN."""
    return {"Fn::GetAtt": [name, "Arn"]}


def test_cfn_lint_finds_nothing(packaged: package.Package) -> None:
    lint = [
        str(Path(sys.executable).parent / "cfn-lint"),
        str(packaged.template),
        "--regions",
        "cn-north-1",
        "us-east-1",
    ]
    done = subprocess.run(lint, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_partition_is_written_out(packaged: package.Package) -> None:
    assert "arn:aws" not in packaged.template.read_text()


def test_exactly_these_functions_exist(resources: dict[str, Any]) -> None:
    assert sorted(of_type(resources, "AWS::Serverless::Function")) == sorted(FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_learns_its_stack_from_the_stack(resources: dict[str, Any], function: str) -> None:
    assert resources[function]["Properties"]["Environment"]["Variables"] == ENVIRONMENT | OF_THEIR_OWN.get(function, {})


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_has_a_log_of_its_own_kept_for_half_a_year_at_least(
    resources: dict[str, Any], function: str
) -> None:
    log = resources[function]["Properties"]["LoggingConfig"]["LogGroup"]["Ref"]
    assert log == f"{function}Log"
    assert resources[log]["Properties"]["RetentionInDays"] >= 180


def test_the_api_writes_an_access_log_kept_for_half_a_year_at_least(resources: dict[str, Any]) -> None:
    target = resources["RestAPI"]["Properties"]["AccessLogSetting"]["DestinationArn"]
    assert resources[target["Fn::GetAtt"][0]]["Properties"]["RetentionInDays"] >= 180


def test_the_access_log_names_no_address_and_no_query(resources: dict[str, Any]) -> None:
    form = resources["RestAPI"]["Properties"]["AccessLogSetting"]["Format"]
    assert "sourceIp" not in form
    assert "$context.path" not in form


def test_the_api_is_regional_and_throttled_under_the_stage_api(resources: dict[str, Any]) -> None:
    api = resources["RestAPI"]["Properties"]
    assert (api["EndpointConfiguration"], api["StageName"]) == ("REGIONAL", "api")
    (settings,) = api["MethodSettings"]
    assert settings["ThrottlingRateLimit"] > 0
    assert settings["ThrottlingBurstLimit"] > 0
    assert settings["DataTraceEnabled"] is False


def test_sealed_routes_and_no_others_go_to_the_function_that_opens_reports(resources: dict[str, Any]) -> None:
    paths = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    for path, methods in paths.items():
        for method in methods.values():
            uri = method["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
            assert ("${Sealed.Arn}" in uri) == path.startswith("/sealed/"), path
            assert ("${APIHandler.Arn}" in uri) != path.startswith("/sealed/"), path
    served = {path: {method.upper() for method in methods} for path, methods in paths.items() if "/sealed/" in path}
    assert served == {path: set(methods) for path, methods in sealed_app.routes.items()}


def test_the_gateway_may_call_that_function_for_sealed_routes_only(resources: dict[str, Any]) -> None:
    permission = resources["SealedInvokePermission"]["Properties"]
    assert permission["FunctionName"] == {"Ref": "Sealed"}
    assert permission["SourceArn"]["Fn::Sub"][0].endswith(":${RestAPIId}/*/*/sealed/*")


def test_the_key_of_reports_is_another_one_and_outlives_the_stack(resources: dict[str, Any]) -> None:
    for name in ("SealingKey", "ReportKey"):
        key = resources[name]
        assert key["DeletionPolicy"] == key["UpdateReplacePolicy"] == "Retain"
        assert key["Properties"]["EnableKeyRotation"] is True
    assert "ReportKey" not in json.dumps([resources[each]["Properties"].get("Environment") for each in FUNCTIONS])


def test_cases_are_streamed_restorable_encrypted_and_outlive_the_stack(resources: dict[str, Any]) -> None:
    cases = resources["CasesTable"]
    assert cases["DeletionPolicy"] == cases["UpdateReplacePolicy"] == "Retain"
    assert cases["Properties"]["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}
    assert cases["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert cases["Properties"]["SSESpecification"] == {"SSEEnabled": True}
    assert cases["Properties"]["DeletionProtectionEnabled"] is True


@pytest.mark.parametrize(("index", "keys"), [("lists", ["list_name", "list_key"]), ("due", ["shard", "wake_at"])])
def test_every_index_carries_the_kind_or_pynamodb_finds_nothing(
    resources: dict[str, Any], index: str, keys: list[str]
) -> None:
    indexes = {found["IndexName"]: found for found in resources["CasesTable"]["Properties"]["GlobalSecondaryIndexes"]}
    assert [key["AttributeName"] for key in indexes[index]["KeySchema"]] == keys
    assert indexes[index]["Projection"] == {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["kind"]}


def test_what_the_guard_table_holds_expires(resources: dict[str, Any]) -> None:
    expiry = resources["GuardTable"]["Properties"]["TimeToLiveSpecification"]
    assert expiry == {"AttributeName": "expires_at", "Enabled": True}


def test_the_relay_reads_whatever_happens_to_an_event_from_the_start(resources: dict[str, Any]) -> None:
    stream = source(resources, "Relay")
    assert stream["Stream"] == {"Fn::GetAtt": ["CasesTable", "StreamArn"]}
    assert stream["StartingPosition"] == "TRIM_HORIZON"
    assert stream["BatchSize"] == 25
    assert stream["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert stream["BisectBatchOnFunctionError"] is True
    assert (stream["MaximumRetryAttempts"], stream["MaximumRecordAgeInSeconds"]) == (10, 21600)
    assert stream["DestinationConfig"]["OnFailure"] == {"Type": "SQS", "Destination": arn("RelayDlq")}
    (only,) = stream["FilterCriteria"]["Filters"]
    assert json.loads(only["Pattern"]) == {
        "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "EVENT#"}]}}},
    }


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_a_failed_message_alone_is_tried_again(resources: dict[str, Any], consumer: str) -> None:
    queue = source(resources, consumer)
    assert queue["Queue"] == arn(f"{consumer}Queue")
    assert queue["BatchSize"] == 10
    assert queue["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_a_message_stays_hidden_six_times_as_long_as_its_function_may_run(
    resources: dict[str, Any], consumer: str
) -> None:
    hidden = resources[f"{consumer}Queue"]["Properties"]["VisibilityTimeout"]
    assert hidden >= 6 * resources[consumer]["Properties"]["Timeout"]


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_a_message_that_failed_five_times_is_kept_longer_than_its_queue_keeps(
    resources: dict[str, Any], consumer: str
) -> None:
    queue = resources[f"{consumer}Queue"]["Properties"]
    assert queue["RedrivePolicy"] == {"deadLetterTargetArn": arn(f"{consumer}Dlq"), "maxReceiveCount": 5}
    assert queue["MessageRetentionPeriod"] < FOURTEEN_DAYS


@pytest.mark.parametrize("queue", FAILURE_QUEUES)
def test_what_failed_is_kept_for_fourteen_days_and_outlives_the_stack(resources: dict[str, Any], queue: str) -> None:
    assert resources[queue]["Properties"]["MessageRetentionPeriod"] == FOURTEEN_DAYS
    assert resources[queue]["DeletionPolicy"] == "Retain"


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_every_subscription_delivers_raw_and_keeps_what_it_cannot_deliver(
    resources: dict[str, Any], consumer: str
) -> None:
    subscription = resources[f"{consumer}Subscription"]["Properties"]
    assert subscription["TopicArn"] == {"Ref": "EventsTopic"}
    assert subscription["Endpoint"] == arn(f"{consumer}Queue")
    assert subscription["RawMessageDelivery"] is True
    assert subscription["RedrivePolicy"] == {"deadLetterTargetArn": arn("DeliveryDlq")}


def test_only_our_topic_may_write_into_the_consumers_queues(resources: dict[str, Any]) -> None:
    policy = resources["ConsumerQueuePolicy"]["Properties"]
    assert policy["Queues"] == [{"Ref": f"{each}Queue"} for each in CONSUMERS] + [{"Ref": "DeliveryDlq"}]
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "sns.amazonaws.com"}
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Ref": "EventsTopic"}}}


def test_the_sweep_runs_every_five_minutes_and_a_lost_run_is_kept(resources: dict[str, Any]) -> None:
    assert source(resources, "SweepDeadlines")["Schedule"] == "rate(5 minutes)"
    failed = resources["SweepDeadlines"]["Properties"]["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
    assert failed == {"Type": "SQS", "Destination": arn("SweepDlq")}


def test_a_second_rule_calls_the_sweep_should_the_first_be_lost(resources: dict[str, Any]) -> None:
    rule = resources["SweepAgainRule"]["Properties"]
    assert (rule["ScheduleExpression"], rule["State"]) == ("rate(1 hour)", "ENABLED")
    assert [target["Arn"] for target in rule["Targets"]] == [arn("SweepDeadlines")]
    permission = resources["SweepAgainPermission"]["Properties"]
    assert permission["Principal"] == "events.amazonaws.com"
    assert (permission["FunctionName"], permission["SourceArn"]) == ({"Ref": "SweepDeadlines"}, arn("SweepAgainRule"))


@pytest.mark.parametrize("function", ["SweepDeadlines", "Reconcile"])
def test_one_run_ends_before_the_next_begins(resources: dict[str, Any], function: str) -> None:
    assert source(resources, function)["Schedule"] == "rate(5 minutes)"
    assert resources[function]["Properties"]["Timeout"] < 300


def test_roots_are_made_one_at_a_time(resources: dict[str, Any]) -> None:
    """Two runs at once would lay the tree of one beneath the root of the other."""
    assert resources["PublishRoots"]["Properties"]["ReservedConcurrentExecutions"] == 1


def test_the_key_that_signs_can_be_checked_by_anybody_and_outlives_the_stack(resources: dict[str, Any]) -> None:
    key = resources["SigningKey"]
    assert key["DeletionPolicy"] == key["UpdateReplacePolicy"] == "Retain"
    assert (key["Properties"]["KeySpec"], key["Properties"]["KeyUsage"]) == ("ECC_NIST_P256", "SIGN_VERIFY")


def test_what_is_kept_of_the_roots_nobody_can_change_remove_or_open_to_the_world(resources: dict[str, Any]) -> None:
    bucket = resources["RootsBucket"]
    assert bucket["DeletionPolicy"] == bucket["UpdateReplacePolicy"] == "Retain"
    kept = bucket["Properties"]
    assert kept["ObjectLockEnabled"] is True
    assert kept["ObjectLockConfiguration"]["Rule"] == {"DefaultRetention": {"Mode": "COMPLIANCE", "Years": 10}}
    assert kept["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(kept["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(kept["PublicAccessBlockConfiguration"]) == 4
    assert resources["RootsBucketPolicy"]["Condition"] == "SpeaksTls"  # the emulator of one machine has no TLS
    (only,) = resources["RootsBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (only["Effect"], only["Action"]) == ("Deny", "s3:*")
    assert only["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_receipts_hear_of_petitions_only(resources: dict[str, Any]) -> None:
    assert resources["ReceiptsSubscription"]["Properties"]["FilterPolicy"] == {"procedure": ["petition"]}

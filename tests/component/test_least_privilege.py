"""The policies at work: what each function's role is refused, asked with that role's own credentials."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from infra.local.emulator import LocalSession
from infra.local.place import Place

FUNCTIONS = {
    "api": "APIHandlerName",
    "sweep": "SweepDeadlines",
    "notices": "Notices",
    "statistics": "Statistics",
    "receipts": "Receipts",
    "roots": "PublishRoots",
    "sealed": "Sealed",
}
KEY = {"pk": {"S": "CASE#261234567890"}, "sk": {"S": "CASE"}}
AsRole = Callable[[str, str], Any]


@pytest.fixture(scope="session")
def as_role(stack: Place) -> AsRole:
    """A client of a service with the credentials of one function's role."""
    root = LocalSession(stack.emulator)
    taken: dict[str, LocalSession] = {}

    def client(function: str, service: str) -> Any:
        if function not in taken:
            name = stack.outputs[FUNCTIONS.get(function, function)]
            role = root.client("lambda").get_function_configuration(FunctionName=name)["Role"]
            keys = root.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
            taken[function] = LocalSession(
                stack.emulator, keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]
            )
        return taken[function].client(service)

    return client


def refused(call: Callable[[], object]) -> bool:
    """True when IAM refuses the call."""
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"] in ("AccessDeniedException", "AuthorizationError", "AccessDenied")
    return False


@pytest.mark.parametrize("function", [*FUNCTIONS, "Relay"])
def test_no_function_can_change_or_remove_a_row_of_the_cases_table(
    stack: Place, as_role: AsRole, function: str
) -> None:
    table = as_role(function, "dynamodb")
    cases = stack.outputs["CasesTable"]
    changed = {"UpdateExpression": "SET stage = :s", "ExpressionAttributeValues": {":s": {"S": "replied"}}}
    assert refused(lambda: table.update_item(TableName=cases, Key=KEY, **changed))
    assert refused(lambda: table.delete_item(TableName=cases, Key=KEY))
    assert refused(lambda: table.scan(TableName=cases))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_who_works_on_cases_can_read_one(stack: Place, as_role: AsRole, function: str) -> None:
    assert "Item" not in as_role(function, "dynamodb").get_item(TableName=stack.outputs["CasesTable"], Key=KEY)


def test_the_relay_cannot_read_a_case(stack: Place, as_role: AsRole) -> None:
    assert refused(lambda: as_role("Relay", "dynamodb").get_item(TableName=stack.outputs["CasesTable"], Key=KEY))


@pytest.mark.parametrize("function", ["api", "sweep", "notices"])
def test_who_sends_text_messages_cannot_publish_events(stack: Place, as_role: AsRole, function: str) -> None:
    topic = as_role(function, "sns")
    topic.publish(PhoneNumber="+8613800000009", Message="测试")
    assert refused(lambda: topic.publish(TopicArn=stack.outputs["EventsTopic"], Message="{}", Subject="forged"))


def test_statistics_and_relay_cannot_send_text_messages(as_role: AsRole) -> None:
    for function in ("statistics", "receipts", "roots", "Relay", "sealed"):
        assert refused(lambda name=function: as_role(name, "sns").publish(PhoneNumber="+8613800000009", Message="x"))


def test_only_who_reads_petitions_can_unwrap_their_keys(stack: Place, as_role: AsRole) -> None:
    key = stack.outputs["SealingKey"]
    wrapped = LocalSession(stack.emulator).client("kms").encrypt(KeyId=key, Plaintext=b"key")["CiphertextBlob"]
    for function in ("api", "sweep", "notices"):
        assert as_role(function, "kms").decrypt(KeyId=key, CiphertextBlob=wrapped)["Plaintext"] == b"key"
    for function in ("statistics", "receipts", "Relay"):
        assert refused(lambda name=function: as_role(name, "kms").decrypt(KeyId=key, CiphertextBlob=wrapped))


def test_only_the_sealed_function_can_unwrap_the_private_half_of_reports(stack: Place, as_role: AsRole) -> None:
    key, context = stack.outputs["ReportKey"], {"class": "report"}
    kms = LocalSession(stack.emulator).client("kms")
    wrapped = kms.encrypt(KeyId=key, Plaintext=b"half", EncryptionContext=context)["CiphertextBlob"]
    asked = {"KeyId": key, "CiphertextBlob": wrapped, "EncryptionContext": context}
    assert as_role("sealed", "kms").decrypt(**asked)["Plaintext"] == b"half"
    for function in ("api", "sweep", "notices", "statistics", "receipts", "roots", "Relay"):
        assert refused(lambda name=function: as_role(name, "kms").decrypt(**asked)), function


def test_the_ordinary_role_holds_a_report_and_cannot_open_it(stack: Place, http: httpx.Client, as_role: AsRole) -> None:
    said = {"title": "截留补偿款", "text": "每户少发两千元。", "accused": ["town-qingxi"], "people": ["镇长马文举"]}
    number = http.post("api/reports", json=said, headers={"Idempotency-Key": "least-privilege"}).json()["case_number"]
    found = as_role("api", "dynamodb").query(
        TableName=stack.outputs["CasesTable"],
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"CASE#{number}"}},
    )["Items"]
    assert {item["sk"]["S"] for item in found} == {"CASE", "EVENT#000001", "TEXT#000001", "CONTACT", "ACCUSED"}
    ring = as_role("api", "dynamodb").get_item(
        TableName=stack.outputs["GuardTable"], Key={"pk": {"S": "KEYRING"}, "sk": {"S": "report"}}
    )["Item"]
    wrapped = {"CiphertextBlob": ring["sealed"]["B"], "EncryptionContext": {"class": "report"}}
    assert refused(lambda: as_role("api", "kms").decrypt(**wrapped))
    assert len(as_role("sealed", "kms").decrypt(**wrapped)["Plaintext"]) == 32


def test_two_functions_alone_can_sign(stack: Place, as_role: AsRole) -> None:
    asked = {"KeyId": stack.outputs["SigningKey"], "Message": b"x", "SigningAlgorithm": "ECDSA_SHA_256"}
    for function in ("receipts", "roots"):
        assert as_role(function, "kms").sign(**asked)["Signature"]
    for function in ("api", "sweep", "notices", "statistics", "sealed", "Relay"):
        assert refused(lambda name=function: as_role(name, "kms").sign(**asked)), function


def test_roots_are_put_by_one_function_under_one_prefix_and_removed_by_none(stack: Place, as_role: AsRole) -> None:
    bucket = stack.outputs["RootsBucket"]
    kept = {"Bucket": bucket, "Key": "roots/2000-01-01.json", "Body": b"{}", "ChecksumAlgorithm": "SHA256"}
    as_role("roots", "s3").put_object(**kept)
    assert refused(lambda: as_role("roots", "s3").put_object(**kept | {"Key": "elsewhere.json"}))
    assert refused(lambda: as_role("roots", "s3").delete_object(Bucket=bucket, Key=kept["Key"]))
    for function in ("api", "receipts", "statistics", "Relay"):
        assert refused(lambda name=function: as_role(name, "s3").put_object(**kept)), function

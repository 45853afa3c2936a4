"""What was recorded on the wire is answered again by the stub, to the same question and to one of the same kind."""

import botocore.session
import pytest

from benchmarks.stub import serving
from benchmarks.wire import Recorder, Recording, questions
from tests.quiet_aws import ELSEWHERE, quiet_aws

TARGET = "DynamoDB_20120810."
ENVIRONMENT = {
    "AWS_DEFAULT_REGION": ELSEWHERE,
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
}


@pytest.fixture
def recording(monkeypatch, tmp_path):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    found = Recording()
    with quiet_aws(), Recorder(found).listening() as recorder:
        client = botocore.session.Session().create_client("dynamodb")
        client.create_table(
            TableName="guard",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        )
        with recorder.recording("submit", {"path": "/petitions"}) as request:
            client.put_item(TableName="guard", Item={"pk": {"S": "SESSION#ab"}, "hash": {"B": b"\x00\x01"}})
            client.get_item(TableName="guard", Key={"pk": {"S": "SESSION#ab"}})
            client.get_item(TableName="guard", Key={"pk": {"S": "SUBMISSION#1"}})
        request.status = 201
    found.save(tmp_path / "recording.json")
    return tmp_path / "recording.json"


def test_a_recording_survives_being_written_and_read(recording):
    request = Recording.load(recording).requests["submit"]
    assert (request.event, request.status) == ({"path": "/petitions"}, 201)
    assert [operation for operation, _ in request.calls] == ["PutItem", "GetItem", "GetItem"]


def test_the_stub_gives_the_recorded_answer_and_to_a_new_key_that_of_its_kind(recording):
    with serving(recording) as to_stub:
        client = botocore.session.Session().create_client("dynamodb", endpoint_url=to_stub["AWS_ENDPOINT_URL"])
        same = client.get_item(TableName="guard", Key={"pk": {"S": "SESSION#ab"}})
        akin = client.get_item(TableName="guard", Key={"pk": {"S": "SUBMISSION#2"}})
        client.put_item(TableName="guard", Item={"pk": {"S": "SESSION#cd"}})
    assert same["Item"]["hash"] == {"B": b"\x00\x01"}
    assert "Item" not in akin


def test_a_question_is_filed_from_exact_to_general():
    body = b'{"TableName": "cases", "Key": {"pk": {"S": "CASE#26"}, "sk": {"S": "CASE"}}}'
    assert questions(TARGET + "GetItem", body) == [
        '["DynamoDB_20120810.GetItem", "cases", null, {"pk": {"S": "CASE#26"}, "sk": {"S": "CASE"}}, null, null]',
        '["DynamoDB_20120810.GetItem", "cases", ["", {"pk": {"S": "CASE"}, "sk": {"S": "CASE"}}, "", ""]]',
        '["DynamoDB_20120810.GetItem", "cases"]',
        "DynamoDB_20120810.GetItem",
    ]


def test_services_without_json_are_filed_by_their_action():
    assert questions("", b"Action=Publish&Message=x") == ["Publish"]

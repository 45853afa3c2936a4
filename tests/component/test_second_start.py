"""A second start over the same folder finds what the first one left."""

from pathlib import Path

import httpx

from infra.local.emulator import LocalSession
from infra.local.running import running

ITEM = {"pk": {"S": "CASE#261234567890"}, "sk": {"S": "CASE"}, "kind": {"S": "CASE"}}


def test_a_second_start_finds_rows_messages_keys_and_the_same_api(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        aws = LocalSession(first.emulator)
        aws.client("dynamodb").put_item(TableName=first.outputs["CasesTable"], Item=ITEM)
        aws.client("sns").publish(PhoneNumber="+8613800000001", Message="测试")
        wrapped = aws.client("kms").encrypt(KeyId=first.outputs["SealingKey"], Plaintext=b"key")["CiphertextBlob"]

    with running(tmp_path, clock_offset="40d") as second:
        aws = LocalSession(second.emulator)
        key = {name: ITEM[name] for name in ("pk", "sk")}
        assert aws.client("dynamodb").get_item(TableName=second.outputs["CasesTable"], Key=key)["Item"] == ITEM
        assert aws.client("kms").decrypt(CiphertextBlob=wrapped)["Plaintext"] == b"key"
        with httpx.Client(base_url=second.origin, timeout=30, trust_env=False) as http:
            assert [message["text"] for message in http.get("_local/sms").json()] == ["测试"]
            clocks = (http.get("api/health").json()["time"][:13], http.get("_local/clock").json()["now"][:13])
            assert clocks[0] == clocks[1]
            assert http.get("_local/clock").json()["offset"] == "40d"

"""Receipts come by stream, topic and queue; a night's root is put into its bucket; both hold at the verifier.

The emulator's CloudFormation leaves the bucket's object lock out: `tests/infra` reads it in the template,
`tests/api/test_proving.py` sees it work.
"""

import json
import time
from typing import Any

import httpx

from infra.local import sweep
from infra.local.emulator import LocalSession
from infra.local.place import Place
from infra.verify.logs import check_export
from infra.verify.signed import check_envelope, check_inclusion, check_receipt, check_roots, read_keys
from tests.component.test_after_a_restart import PATIENCE_S, file, sign_in


def publish(stack: Place) -> Any:
    """What the timer does at half past midnight."""
    return sweep.invoke(stack, "PublishRoots")


def test_a_filing_gets_its_signed_receipt_and_its_place_in_a_kept_root(stack: Place, http: httpx.Client) -> None:
    number, me = file(http), sign_in(http)
    found = waited_for(http, number, me)
    assert publish(stack)["published"] is True
    assert publish(stack)["published"] is False
    roots = http.get("api/roots").json()
    keys = read_keys(roots)
    assert len(check_roots(roots["roots"], keys)) == 1
    answer = http.get(f"api/cases/{number}/export", headers=me)
    export = check_export(answer.content)
    for envelope in found:
        check_receipt(check_envelope(envelope, keys), export)
    proof = http.get(f"api/cases/{number}/inclusion", headers=me).json()
    root = check_inclusion(proof, keys, export)
    storage, bucket = LocalSession(stack.emulator).client("s3"), stack.outputs["RootsBucket"]
    kept = json.loads(storage.get_object(Bucket=bucket, Key=f"roots/{root['on']}.json")["Body"].read())
    assert kept == roots["roots"][0]
    leaves = storage.get_object(Bucket=bucket, Key=f"roots/{root['on']}.leaves.jsonl")["Body"].read().splitlines()
    assert proof["leaf"].encode() in leaves
    assert len(leaves) == root["size"]


def waited_for(http: httpx.Client, number: str, me: dict[str, str]) -> list[dict[str, str]]:
    """The receipts of a case, once its filing has one."""
    until = time.monotonic() + PATIENCE_S
    while True:
        found: list[dict[str, str]] = http.get(f"api/cases/{number}/receipts", headers=me).json()["items"]
        if found:
            return found
        assert time.monotonic() < until, "no receipt was signed"
        time.sleep(1)

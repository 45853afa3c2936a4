"""The emulator with the product's two tables, its keys and its profile, and no function: for proofs about the store."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infra.local.emulator import CREDENTIALS, REGION, ROOT, Emulator

TABLES = {"CasesTable": "cases", "GuardTable": "guard"}
MADE_OF = ("AttributeDefinitions", "KeySchema", "BillingMode", "GlobalSecondaryIndexes")
"""Of the template's properties: nobody listens to the stream here."""
SELDOM_S = 3600
"""The emulator's snapshots hold up whoever writes, and nothing here outlives the run."""


class Unsaved(Emulator):
    """An emulator whose state is thrown away."""

    def _environment(self, scratch: Path) -> dict[str, str]:
        return super()._environment(scratch) | {"SNAPSHOT_SECONDS": str(SELDOM_S)}


@contextmanager
def tables(state: Path) -> Iterator[dict[str, str]]:
    """The environment of a process that works with the store of a fresh county."""
    emulator = Unsaved(state)
    try:
        emulator.start()
        environment = {**os.environ, **_made(emulator)}
        command = [sys.executable, "-m", "infra.load"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        yield environment
    finally:
        emulator.stop()


def _made(emulator: Emulator) -> dict[str, str]:
    session = emulator.session()
    resources = json.loads((ROOT / "infra" / "resources.json").read_text())["Resources"]
    dynamodb, kms = session.client("dynamodb"), session.client("kms")
    for logical_id, name in TABLES.items():
        properties: dict[str, Any] = resources[logical_id]["Properties"]
        dynamodb.create_table(TableName=name, **{key: properties[key] for key in MADE_OF if key in properties})
    keys = [kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(2)]
    return {
        "STAGE": "test",
        "CASES_TABLE": TABLES["CasesTable"],
        "GUARD_TABLE": TABLES["GuardTable"],
        "TOPIC_ARN": "",
        "KMS_KEY_ID": keys[0],
        "REPORT_KEY_ID": keys[1],
        "PROFILE": "county",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": emulator.url,
        "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
        **CREDENTIALS,
    }

"""One world for all tests that need AWS: moto in the region of another partition, tables from the real template.

Its first state (keyring, office tree, demo accounts) is made once and laid back before each test:
a fresh load would cost every test a second.
"""
# ruff: noqa: E402  the product reads its environment once, when it is imported

import copy
import json
import os
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

os.environ |= {
    "STAGE": "test",
    "CASES_TABLE": "cases",
    "GUARD_TABLE": "guard",
    "TOPIC_ARN": "arn:aws-cn:sns:cn-north-1:123456789012:events",
    "KMS_KEY_ID": "alias/sunlight-test",
    "REPORT_KEY_ID": "alias/sunlight-test-reports",
    "SIGNING_KEY_ID": "alias/sunlight-test-signing",
    "ROOTS_BUCKET": "sunlight-test-roots",
    "PROFILE": "county",
    "AWS_REGION": "cn-north-1",
    "AWS_DEFAULT_REGION": "cn-north-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    "AWS_EC2_METADATA_DISABLED": "true",
}
for _name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB", "AWS_PROFILE", "CLOCK_OFFSET"):
    os.environ.pop(_name, None)

import botocore.session
import pytest
from chalice.test import Client
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import Table
from moto.sns.models import sns_backends

from chalicelib import clock
from chalicelib.domain import aftercare
from chalicelib.profiles.profile import current
from chalicelib.store import bootstrap, offices, tenant

TEMPLATE = Path(__file__).parent.parent / "infra" / "resources.json"
KEPT_BY_MOTO = ("AttributeDefinitions", "KeySchema", "BillingMode", "GlobalSecondaryIndexes", "StreamSpecification")


AT_WORK = (
    "bureau", "county", "joint-meeting", "discipline", "agriculture", "audit", "development-reform", "education",
    "health", "housing", "human-resources", "justice", "market", "natural-resources", "public-security", "resettlement",
    "statistics", "town-qingxi", "town-shiqiao", "transport", "urban-management", "village-shangxi", "water",
)  # fmt: skip
"""Offices whose people occur in tests. Moto looks at every item of a table for each query, so the others stay home."""


class World:
    """The tables and queues behind one test, for looking at them from outside."""

    def __init__(self) -> None:
        self._tables = dynamodb_backends[DEFAULT_ACCOUNT_ID]["cn-north-1"].tables
        self._sns = sns_backends[DEFAULT_ACCOUNT_ID]["cn-north-1"]
        self._send_home()
        self._first = {name: _kept(table.items) for name, table in self._tables.items()}

    def lay_back(self) -> None:
        """Every table as it was loaded, and no SMS sent."""
        for name, items in self._first.items():
            self._tables[name].items = _kept(items)
            shard = getattr(self._tables[name], "stream_shard", None)
            if shard is not None:  # moto copies every record ever made with each transaction
                shard.items.clear()
        self._sns.sms_messages.clear()

    def _send_home(self) -> None:
        rows = self._tables["cases"].items
        needed = {user.id for user in bootstrap.demo_users(current()) if user.org in AT_WORK}
        away = [key for key in rows if str(key.value).startswith("USER#") and str(key.value)[5:] not in needed]
        for key in away:
            del rows[key]

    def empty_offices(self) -> None:
        """No office and nobody who works there, for a story of another tenant. The keys stay."""
        rows = self._tables["cases"].items
        for key in [key for key in rows if str(key).find("ORG#") >= 0 or str(key).find("USER#") >= 0]:
            del rows[key]

    @property
    def sms(self) -> list[tuple[str, str]]:
        """Every SMS sent so far: number and text."""
        return [(each[0], each[1]) for each in self._sns.sms_messages.values()]

    def items(self, table: str) -> list[dict[str, object]]:
        """Every item of a table, raw."""
        found = []
        for rows in self._tables[table].items.values():
            for row in rows.values() if isinstance(rows, dict) else [rows]:
                found.append(row.to_json()["Attributes"])
        return found


def _kept(items: dict) -> dict:
    """A copy down to the items. Those of `cases` are never updated, those of `guard` are few at first and read only."""
    copied = copy.copy(items)
    for key, rows in items.items():
        copied[key] = copy.copy(rows)
    return copied


def _one_at_a_time() -> None:
    """Have moto answer one request after the other, as each stands alone at AWS.

    Its transaction copies every table and lays the copy back when it fails: a thread that wrote meanwhile broke the
    copying, or lost what it had written.
    """
    answer, alone = BotocoreStubber.process_request, threading.RLock()

    def answer_alone(stubber: BotocoreStubber, request: Any) -> Any:
        with alone:
            return answer(stubber, request)

    BotocoreStubber.process_request = answer_alone


def _sorts_strings() -> None:
    """Have moto sort a table by the strings its keys are: casting both for each comparison took it half of the time."""
    every_item = Table.all_items

    def sorted_items(table: Table) -> list[Item]:
        if any(each["AttributeType"] != "S" for each in table.attr if each["AttributeName"] in table.table_key_attrs):
            return every_item(table)
        rows = table.items.values()
        items = [item for row in rows for item in row.values()] if table.range_key_attr else list(rows)
        return sorted(items, key=lambda item: (item.hash_key.value, item.range_key.value if item.range_key else ""))

    Table.all_items = sorted_items


def _hands_plain_values_on() -> None:
    """Have moto answer with an attribute as it stands: it asked each for all the eleven types it might have."""
    structure = BaseJSONSerializer._serialize_type_structure

    def as_it_stands(answering: BaseJSONSerializer, answer: Any, found: Any, shape: Any, key: str) -> None:
        if shape.name == "AttributeValue" and type(found) is dict and found.keys() <= {"S", "N", "BOOL", "NULL"}:
            answer[key] = found
        else:
            structure(answering, answer, found, shape, key)

    BaseJSONSerializer._serialize_type_structure = as_it_stands


_one_at_a_time()
_sorts_strings()
_hands_plain_values_on()


@pytest.fixture(scope="session")
def _loaded() -> tuple[mock_aws, World]:
    mock = mock_aws()
    mock.start()
    session = botocore.session.get_session()
    tables = session.create_client("dynamodb", region_name="cn-north-1")
    resources = json.loads(TEMPLATE.read_text())["Resources"]
    for logical_id, name in (("CasesTable", "cases"), ("GuardTable", "guard")):
        properties = resources[logical_id]["Properties"]
        wanted = {key: copy.deepcopy(properties[key]) for key in KEPT_BY_MOTO if key in properties}
        if "StreamSpecification" in wanted:
            wanted["StreamSpecification"]["StreamEnabled"] = True
        tables.create_table(TableName=name, **wanted)
    kms = session.create_client("kms", region_name="cn-north-1")
    signing = resources["SigningKey"]["Properties"]
    for alias, kind in (
        ("KMS_KEY_ID", {}),
        ("REPORT_KEY_ID", {}),
        ("SIGNING_KEY_ID", {name: signing[name] for name in ("KeySpec", "KeyUsage")}),
    ):
        key_id = kms.create_key(**kind)["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=os.environ[alias], TargetKeyId=key_id)
    bucket = {"Bucket": os.environ["ROOTS_BUCKET"]}
    storage = session.create_client("s3", region_name="cn-north-1")
    where = {"LocationConstraint": "cn-north-1"}
    storage.create_bucket(**bucket, CreateBucketConfiguration=where, ObjectLockEnabledForBucket=True)
    storage.put_object_lock_configuration(
        **bucket, ObjectLockConfiguration=resources["RootsBucket"]["Properties"]["ObjectLockConfiguration"]
    )
    bootstrap.load_profile()
    world = World()
    mock.stop(remove_data=False)
    return mock, world


@pytest.fixture
def world(_loaded: tuple[mock_aws, World]) -> Iterator[World]:
    """Tables with the county loaded and nothing else."""
    mock, world = _loaded
    # Only for the length of a test: what runs against an emulator must not meet moto.
    mock.start(reset=False)
    world.lay_back()
    offices.forget()
    tenant.forget_rules()
    yield world
    mock.stop(remove_data=False)


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """The whole application, called as API Gateway calls it; numbers are random, so nobody is drawn for a visit."""
    monkeypatch.setattr(aftercare, "is_sampled", lambda _case: False)
    import app  # importing it reads the stage's routes, which most tests do not need

    with Client(app.app) as made:
        yield made


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`later(minutes=6)`: the product's own movable clock goes on."""

    def move(**by: float) -> None:
        monkeypatch.setattr(clock, "_OFFSET", clock._OFFSET + timedelta(**by))

    return move


@pytest.fixture
def on_day(later: Callable[..., None]) -> Callable[[str], None]:
    """`on_day("2026-12-20")`: ten in the morning of that day, whenever the tests run."""
    return lambda day: later(seconds=(datetime.fromisoformat(f"{day}T10:00+08:00") - clock.now()).total_seconds())

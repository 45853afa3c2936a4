"""The meter agrees with the worked examples of the developer guide, and sees what really goes over the wire."""

import boto3
import botocore.session
import pytest
from pynamodb.attributes import UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from benchmarks.meter import Meter
from benchmarks.units import Index, Table, get_units, item_size, query_units, transact_get_units, write_units
from tests.quiet_aws import ELSEWHERE, quiet_aws

DUE = Index("due", ("shard", "wake_at"), ("kind",))
LISTS = Index("lists", ("list_name", "list_key"), None)
CASES = Table("cases", ("pk", "sk"), (DUE, LISTS))
A_CASE = {
    "pk": {"S": "CASE#1"},
    "sk": {"S": "CASE"},
    "kind": {"S": "CASE"},
    "shard": {"S": "0"},
    "wake_at": {"S": "2026-03-01"},
}


def an_item(size: int) -> dict:
    """An item of exactly so many bytes."""
    return {"pk": {"S": "x" * 10}, "filler": {"B": b"-" * (size - len("pk") - 10 - len("filler"))}}


def a_write(table: str, **action: dict) -> dict:
    ((verb, content),) = action.items()
    return {verb: {"TableName": table, **content}}


def put(meter: Meter, item: dict, operation: str = "PutItem") -> list[str]:
    body = {"TableName": "cases", "Item": item}
    if operation == "TransactWriteItems":
        body = {"TransactItems": [{"Put": body}]}
    return [str(line) for line in meter.record(operation, body, {}).lines]


@pytest.mark.parametrize(
    ("attribute", "size"),
    [
        ({"名": {"S": "信访"}}, 3 + 6),
        ({"n": {"N": "0"}}, 1 + 1),
        ({"n": {"N": "12345"}}, 1 + 3 + 1),
        ({"n": {"N": "-12345"}}, 1 + 3 + 1 + 1),
        ({"n": {"N": "1200"}}, 1 + 1 + 1),
        ({"n": {"N": "0.0012"}}, 1 + 1 + 1),
        ({"n": {"N": "12E-20"}}, 1 + 1 + 1),
        ({"b": {"B": b"12345"}}, 1 + 5),
        ({"t": {"BOOL": True}}, 1 + 1),
        ({"t": {"NULL": True}}, 1 + 1),
        ({"s": {"SS": ["ab", "c"]}}, 1 + 3),
        ({"s": {"NS": ["12", "345"]}}, 1 + 2 + 3),
        ({"s": {"BS": [b"ab", b"c"]}}, 1 + 3),
        ({"l": {"L": []}}, 1 + 3),
        ({"l": {"L": [{"S": "ab"}, {"S": "c"}]}}, 1 + 3 + 2 * 1 + 3),
        ({"m": {"M": {"a": {"S": "bc"}}}}, 1 + 3 + 1 + 1 + 2),
    ],
)
def test_an_attribute_weighs_its_name_and_its_value_in_utf8(attribute, size):
    assert item_size(attribute) == size


def test_a_write_is_rounded_up_to_one_kilobyte():
    assert write_units(None, an_item(100)) == 1
    assert write_units(None, an_item(1024)) == 1
    assert write_units(None, an_item(1025)) == 2
    assert write_units(None, an_item(3584)) == 4  # 3.5 KB


def test_an_update_is_charged_on_the_larger_image():
    assert write_units(an_item(3000), an_item(500)) == 3
    assert write_units(an_item(500), an_item(3000)) == 3
    assert write_units(None, None) == 1


def test_a_strong_read_of_3500_bytes_is_one_unit_and_of_8_kilobytes_two():
    assert get_units(an_item(3584), consistent=True) == 1
    assert get_units(an_item(8192), consistent=True) == 2
    assert get_units(an_item(8193), consistent=True) == 3
    assert get_units(an_item(8192), consistent=False) == 1
    assert transact_get_units(an_item(3584)) == 2


def test_a_missing_item_costs_the_smallest_read():
    assert get_units(None, consistent=True) == 1
    assert get_units(None, consistent=False) == 0.5


def test_a_batch_read_of_1500_bytes_and_6500_bytes_rounds_each_item():
    """The developer guide's example: 4 KB + 8 KB, not 8 KB."""
    meter = Meter([Table("cases", ("pk",))])
    for name, size in (("a", 1536), ("b", 6656)):
        item = an_item(size) | {"pk": {"S": name * 10}}
        meter.record("PutItem", {"TableName": "cases", "Item": item}, {})
    keys = [{"pk": {"S": name * 10}} for name in "ab"]
    request = {"RequestItems": {"cases": {"Keys": keys, "ConsistentRead": True}}}
    assert [line.reads for line in meter.record("BatchGetItem", request, {}).lines] == [1, 2]


def test_a_query_sums_its_items_before_rounding():
    assert query_units([an_item(1536), an_item(6656)], consistent=True) == 2
    assert query_units([an_item(64)] * 40, consistent=False) == 0.5
    assert query_units([], consistent=False) == 0.5


def test_an_index_entry_costs_one_to_enter_two_to_move_one_to_leave_and_nothing_when_unchanged():
    meter = Meter([CASES])
    assert put(meter, A_CASE) == ["CASE 1 + due 1"]
    assert put(meter, A_CASE | {"stage": {"S": "accepted"}}) == ["CASE 1"]
    assert put(meter, A_CASE | {"wake_at": {"S": "2026-04-01"}}) == ["CASE 1 + due 2"]
    assert put(meter, A_CASE | {"wake_at": {"S": "2026-04-01"}, "kind": {"S": "CASES"}}) == ["CASES 1 + due 1"]
    assert put(meter, {name: A_CASE[name] for name in ("pk", "sk", "kind")}) == ["CASE 1 + due 1"]
    assert put(meter, {name: A_CASE[name] for name in ("pk", "sk", "kind")}) == ["CASE 1"]


def test_an_index_entry_is_sized_by_what_it_projects():
    item = A_CASE | {"filler": {"B": b"-" * 2000}, "list_name": {"S": "desk"}, "list_key": {"S": "1"}}
    assert put(Meter([CASES]), item) == ["CASE 3 + due 1 + lists 3"]


def test_a_transaction_doubles_the_table_and_not_the_index():
    assert put(Meter([CASES]), A_CASE, "TransactWriteItems") == ["CASE 2 + due 1"]


def test_a_condition_check_is_paid_like_a_write_of_the_item_it_looks_at():
    meter = Meter([CASES])
    tree = {"pk": {"S": "ORG#"}, "sk": {"S": "TREE"}, "filler": {"B": b"-" * 1500}}
    put(meter, tree)
    check = a_write("cases", ConditionCheck={"Key": {name: tree[name] for name in ("pk", "sk")}})
    assert [str(line) for line in meter.record("TransactWriteItems", {"TransactItems": [check]}, {}).lines] == [
        "check TREE 4"
    ]


def test_a_deletion_is_paid_by_the_size_of_what_was_there():
    meter = Meter([CASES])
    put(meter, A_CASE | {"filler": {"B": b"-" * 3000}})
    body = {"TableName": "cases", "Key": {name: A_CASE[name] for name in ("pk", "sk")}}
    assert str(meter.record("DeleteItem", body, {}).lines[0]) == "CASE 3 + due 1"
    assert str(meter.record("DeleteItem", body, {}).lines[0]) == "CASE 1"


def test_a_refused_write_is_paid_but_changes_no_image_and_no_index():
    meter = Meter([CASES])
    refused = {"Error": {"Code": "ConditionalCheckFailedException"}}
    body = {"TableName": "cases", "Item": A_CASE}
    assert str(meter.record("PutItem", body, refused).lines[0]) == "CASE 1"
    assert put(meter, A_CASE) == ["CASE 1 + due 1"]


@pytest.fixture
def moto_tables(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", ELSEWHERE)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_ACCOUNT_ID_ENDPOINT_MODE", "disabled")
    with quiet_aws():
        session = botocore.session.Session()
        session.create_client("dynamodb").create_table(
            TableName="cases",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "shard", "wake_at")
            ],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "due",
                    "KeySchema": [
                        {"AttributeName": "shard", "KeyType": "HASH"},
                        {"AttributeName": "wake_at", "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["kind"]},
                }
            ],
        )
        yield


def test_the_wire_is_read_from_any_client(moto_tables):
    """Updates are charged on the image that is really there, before and after, in whichever way they are sent."""
    with Meter().listening() as meter:
        table = boto3.resource("dynamodb").Table("cases")
        with meter.bill() as bill:
            table.put_item(Item={"pk": "CASE#1", "sk": "CASE", "kind": "CASE", "body": b"-" * 1500})
            table.update_item(
                Key={"pk": "CASE#1", "sk": "CASE"},
                UpdateExpression="SET #s = :s, wake_at = :w REMOVE body",
                ExpressionAttributeNames={"#s": "shard"},
                ExpressionAttributeValues={":s": "0", ":w": "2026-03-01"},
            )
            table.get_item(Key={"pk": "CASE#1", "sk": "CASE"}, ConsistentRead=True)
            boto3.client("sns").list_topics()
    assert str(bill) == "CASE 2, CASE 2 + due 1, CASE 1"
    assert bill.trips == 4
    assert bill.operations == {"PutItem": 1, "UpdateItem": 1, "GetItem": 1, "sns:ListTopics": 1}
    assert (bill.write_units, bill.read_units) == (5, 1)


def test_items_that_were_there_before_the_meter_count_as_the_image_before(moto_tables):
    client = botocore.session.Session().create_client("dynamodb")
    client.put_item(TableName="cases", Item=A_CASE)
    with Meter().listening() as meter:
        botocore.session.Session().create_client("dynamodb").put_item(
            TableName="cases", Item=A_CASE | {"wake_at": {"S": "2026-04-01"}}
        )
    assert [str(line) for call in meter.calls for line in call.lines] == ["CASE 1 + due 2"]


def test_a_filter_hides_items_that_are_paid_for(moto_tables):
    with Meter().listening() as meter:
        client = botocore.session.Session().create_client("dynamodb")
        for number in range(3):
            item = {"pk": {"S": "CASE#1"}, "sk": {"S": f"TEXT#{number}"}, "body": {"B": b"-" * 3000}}
            client.put_item(TableName="cases", Item=item)
        with meter.bill() as bill:
            answer = client.query(
                TableName="cases",
                KeyConditionExpression="#p = :p AND begins_with(sk, :s)",
                FilterExpression="sk = :one",
                ExpressionAttributeNames={"#p": "pk"},
                ExpressionAttributeValues={":p": {"S": "CASE#1"}, ":s": {"S": "TEXT"}, ":one": {"S": "TEXT#1"}},
                ConsistentRead=True,
            )
    assert answer["Count"] == 1
    assert str(bill) == "query(TEXT*3) 3"
    assert bill.lines[0].examined == 3


def test_pynamodb_is_metered_like_any_other_client(moto_tables):
    class Case(Model):
        class Meta:
            table_name = "cases"
            region = ELSEWHERE

        pk = UnicodeAttribute(hash_key=True)
        sk = UnicodeAttribute(range_key=True)
        kind = UnicodeAttribute(default="CASE")
        shard = UnicodeAttribute()
        wake_at = UnicodeAttribute()

    with (
        Meter().listening() as meter,
        meter.bill() as bill,
        TransactWrite(connection=Connection(region=ELSEWHERE)) as transaction,
    ):
        transaction.save(Case("CASE#1", "CASE", shard="0", wake_at="2026-03-01"))
        transaction.condition_check(Case, "ORG#", "TREE", condition=Case.kind.does_not_exist())
    assert str(bill) == "check TREE 2, CASE 2 + due 1"
    assert bill.operations == {"TransactWriteItems": 1}

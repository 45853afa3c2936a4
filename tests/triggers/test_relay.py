"""What was committed leaves on the topic, without a word of the petition; bad records hold up no good ones."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import botocore.session
import pytest
from chalice.app import DynamoDBEvent

from chalicelib.settings import settings
from chalicelib.store import keys
from chalicelib.triggers import relay
from chalicelib.triggers.relay import CloudEvent
from tests.quiet_aws import quiet_aws
from tests.triggers.world import World

REGION = "cn-north-1"


def record(item: dict[str, Any], name: str = "INSERT", sequence: str = "100") -> dict[str, Any]:
    """A stream record as Lambda gets it."""
    image = {
        attribute: {"B": b64encode(value).decode()} if isinstance(value, bytes) else {"S": str(value)}
        for attribute, value in item.items()
    }
    where = {"pk": {"S": item["pk"]}, "sk": {"S": item["sk"]}}
    stream = {"Keys": where, "SequenceNumber": sequence}
    if name != "REMOVE":
        stream["NewImage"] = image
    return {"eventID": sequence, "eventName": name, "eventSource": "aws:dynamodb", "dynamodb": stream}


@pytest.fixture
def events() -> list[dict[str, Any]]:
    """The EVENT items of a petition that was filed, forwarded and accepted."""
    world = World()
    case_id = world.file()
    world.forward(case_id)
    world.accept(case_id)
    return world.table.query(keys.case(case_id), prefix=keys.EVENTS).items


@pytest.fixture
def records(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [record(item, sequence=str(100 + place)) for place, item in enumerate(events)]


class Topic:
    """Takes events; fails when told to."""

    def __init__(self, *failing: int) -> None:
        self.got: list[CloudEvent] = []
        self.failing, self.calls = set(failing), 0

    def __call__(self, event: CloudEvent) -> None:
        self.calls += 1
        if self.calls - 1 in self.failing:
            raise ConnectionError("the topic does not answer")
        self.got.append(event)


def test_every_event_leaves_in_order(records: list[dict[str, Any]]) -> None:
    topic = Topic()
    assert relay.publish_all(records, topic) == {"batchItemFailures": []}
    assert [(event.type, event.seq, event.org) for event in topic.got] == [
        ("petition.registered", 1, "bureau"),
        ("petition.forwarded", 2, "housing"),
        ("petition.accepted", 3, "housing"),
    ]


def test_the_body_is_a_cloud_event_that_says_where_to_look_and_nothing_else(records: list[dict[str, Any]]) -> None:
    topic = Topic()
    relay.publish_all(records[:1], topic)
    body = json.loads(topic.got[0].body())
    case_id = body["subject"]
    assert body == {
        "specversion": "1.0",
        "id": f"{case_id}/1",
        "source": "/petitions",
        "type": "petition.registered",
        "subject": case_id,
        "time": "2026-11-25T02:00:00Z",
        "datacontenttype": "application/json",
        "data": {"case": case_id, "seq": 1, "org": "bureau"},
    }


@pytest.mark.parametrize(
    "break_it",
    [
        lambda one: one["dynamodb"].pop("NewImage"),
        lambda one: one["dynamodb"]["NewImage"]["body"].update(B="!"),
        lambda one: one["dynamodb"]["NewImage"]["body"].update(B=b64encode(b"not deflated").decode()),
        lambda one: one["dynamodb"]["Keys"]["sk"].update(S="EVENT#000007"),
        lambda one: one.pop("dynamodb"),
    ],
)
def test_a_poison_record_is_parked_with_an_alarm_and_the_rest_goes_on(
    break_it: Any, records: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    break_it(records[0])
    topic = Topic()
    assert relay.publish_all(records, topic) == {"batchItemFailures": []}
    assert [event.seq for event in topic.got] == [2, 3]
    assert '"EventParked": 1' in capsys.readouterr().out


@pytest.mark.parametrize("change", ["MODIFY", "REMOVE"])
def test_a_changed_or_removed_event_raises_the_alarm_and_is_not_published(
    change: str, events: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    topic = Topic()
    relay.publish_all([record(events[0], change)], topic)
    assert topic.got == []
    assert '"EventTampered": 1' in capsys.readouterr().out


@pytest.mark.parametrize("change", ["MODIFY", "REMOVE"])
def test_the_log_of_a_tampered_event_says_which_record_and_never_whose_case(
    change: str, events: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    """It may be a report of misconduct: its number alone tells that there is one."""
    relay.publish_all([record(events[0], change, sequence="4711")], Topic())
    (logged,) = caplog.records
    assert (logged.change, logged.sk, logged.sequence) == (change, events[0]["sk"], "4711")  # type: ignore[attr-defined]
    assert events[0]["pk"].partition("#")[2] not in str(vars(logged))


def test_other_items_of_the_table_are_not_published() -> None:
    topic = Topic()
    relay.publish_all([record({"pk": "CASE#1", "sk": "CASE", "state": "{}"}, "MODIFY")], topic)
    assert topic.got == []


def test_a_topic_that_fails_midway_has_the_batch_come_again_from_there(records: list[dict[str, Any]]) -> None:
    topic = Topic(1)
    assert relay.publish_all(records, topic) == {"batchItemFailures": [{"itemIdentifier": "101"}]}
    assert [event.seq for event in topic.got] == [1]


def test_a_topic_that_does_not_answer_at_all_is_an_error_of_the_function(records: list[dict[str, Any]]) -> None:
    with pytest.raises(ConnectionError):
        relay.publish_all(records, Topic(0))


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A queue that subscribes, raw, to events of one organ."""
    with quiet_aws():
        relay._sns.cache_clear()
        session = botocore.session.get_session()
        sns, sqs = (session.create_client(name, region_name=REGION) for name in ("sns", "sqs"))
        topic = sns.create_topic(Name="events")["TopicArn"]
        url = sqs.create_queue(QueueName="notices")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        wanted = {"RawMessageDelivery": "true", "FilterPolicy": json.dumps({"org": ["housing"]})}
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=wanted)
        monkeypatch.setattr(relay, "settings", replace(settings, topic_arn=topic, region=REGION))
        yield lambda: sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        relay._sns.cache_clear()


def test_subscribers_choose_by_attribute_and_get_the_event_itself(queue: Any, records: list[dict[str, Any]]) -> None:
    answer = relay.relay(DynamoDBEvent({"Records": records}, None))
    assert answer == {"batchItemFailures": []}
    bodies = [json.loads(message["Body"]) for message in queue()]
    assert sorted(body["data"]["seq"] for body in bodies) == [2, 3]

"""Every EVENT that was committed leaves on the topic as a CloudEvent, without personal data.

The invariant: bad data never stops the stream. What cannot be published is parked by an alarm, and stays in the
table, where the sweep finds the notices it owes. Only a topic that does not answer makes the batch come again.
"""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from chalicelib.domain.case import PETITIONER, REPORT
from chalicelib.domain.values import value
from chalicelib.settings import settings
from chalicelib.store import chain, keys
from chalicelib.telemetry import came_through, logger, metric

Image = Mapping[str, Any]
"""One record of the stream, as Lambda gets it. Chalice's own record class breaks on some of them."""


@value
class CloudEvent:
    """What subscribers get: which event of which case, so that they read the rest themselves."""

    case_id: str
    seq: int
    type: str
    time: str
    org: str

    @property
    def procedure(self) -> str:
        """`petition` of `petition.accepted`."""
        return self.type.partition(".")[0]

    def body(self) -> str:
        """CloudEvents 1.0, structured mode."""
        return json.dumps(
            {
                "specversion": "1.0",
                "id": f"{self.case_id}/{self.seq}",
                "source": "/petitions",
                "type": self.type,
                "subject": self.case_id,
                "time": self.time,
                "datacontenttype": "application/json",
                "data": {"case": self.case_id, "seq": self.seq, "org": self.org},
            }
        )


def relay(event: Any) -> dict[str, list[dict[str, str]]]:
    """Publish a batch of the stream; the answer names the record from which it has to come again."""
    return publish_all(event.to_dict()["Records"], publish)


def publish_all(records: list[Image], send: Callable[[CloudEvent], None]) -> dict[str, list[dict[str, str]]]:
    """Publish in order. When the topic fails at the first one, raise: nothing of the batch was done.

    Records after a failure are not tried: the stream goes on from the failed one anyway.
    """
    for place, record in enumerate(records):
        event = _read(record)
        if event is None:
            continue
        try:
            send(event)
        except Exception as error:
            if place == 0:
                raise
            logger.error("event not published", extra={"case": event.case_id, "through": came_through(error)})
            metric("EventNotPublished")
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def publish(event: CloudEvent) -> None:
    """Put one event on the topic. A subject always: some subscribers cannot do without it."""
    named = {"event": event.type, "procedure": event.procedure, "org": event.org}
    _sns().publish(
        TopicArn=settings.topic_arn,
        Subject=f"{event.type} {event.case_id}",
        Message=event.body(),
        MessageAttributes={
            name: {"DataType": "String", "StringValue": value} for name, value in named.items() if value
        },
    )


def _read(record: Image) -> CloudEvent | None:
    """The event of a record; None when there is nothing to publish. Never raises."""
    try:
        where = record["dynamodb"]["Keys"]
        pk, sk = where["pk"]["S"], where["sk"]["S"]
        if not sk.startswith(keys.EVENTS):
            return None
        if record["eventName"] != "INSERT":
            _alarm_tampering(record["eventName"], sk, record["dynamodb"].get("SequenceNumber"))
            return None
        found = json.loads(chain.unpack(_bytes(record["dynamodb"]["NewImage"]["body"]["B"])))
        if found["type"].partition(".")[0] == REPORT:  # nobody subscribes to reports of misconduct (第三十条第三款)
            return None
        event = CloudEvent(found["case"], int(found["seq"]), found["type"], found["at"], _org(found))
        if (keys.case(event.case_id), keys.event(event.seq)) != (pk, sk):
            raise ValueError("the event stands under another key than its own")
    except Exception as error:  # whatever is wrong with it, the rest of the shard goes on
        metric("EventParked")
        sequence = record.get("dynamodb", {}).get("SequenceNumber") if isinstance(record, dict) else None
        logger.error("record parked", extra={"sequence": sequence, "through": came_through(error)})
        return None
    return event


def _alarm_tampering(name: str, sk: str, sequence: Any) -> None:
    """An EVENT is written once. A change or removal can only come from outside the program.

    Its case is not named: it may be a report of misconduct. The place by which the reconciler calls it would need a key
    of this function, which has none and could then open all that the stream carries. The stream itself has the record
    under its sequence number for a day, and the reconciler names the case to whom it may be named.
    """
    metric("EventTampered")
    logger.critical("an event was changed or removed", extra={"change": name, "sk": sk, "sequence": sequence})


def _org(found: Mapping[str, Any]) -> str:
    """The organ an event concerns: who receives the case, who acts, whose date it is, where it was registered."""
    data = found["data"]
    owner = data.get("owner", "")
    where = data["office"] if found["type"].endswith(".registered") else ""
    named = data.get("to") or data.get("org") or (owner if owner != PETITIONER else "")
    return str(named or found["by"].get("org") or where)


def _bytes(value: str | bytes) -> bytes:
    return b64decode(value) if isinstance(value, str) else value


@cache
def _sns() -> Any:
    import botocore.session
    from botocore.config import Config

    config = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})
    return botocore.session.get_session().create_client("sns", region_name=settings.region, config=config)

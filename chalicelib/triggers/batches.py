"""A batch from a queue: each message on its own, and an answer that names those to be delivered again.

The invariant: one message that cannot be read holds up no other. It comes back a few times, then waits in the
dead-letter queue, where an alarm stands on it.
"""

from collections.abc import Callable
from typing import Any

from chalicelib.telemetry import came_through, logger, metric


def each(event: Any, work: Callable[[str], object], *, consumer: str) -> dict[str, list[dict[str, str]]]:
    """Do the work for the body of every message; the answer is SQS's own form of a partial failure."""
    failed = []
    for record in event.to_dict()["Records"]:
        try:
            work(record["body"])
        except Exception as error:  # whatever is wrong with one message, the others go on
            logger.error(
                "message not handled",
                extra={"consumer": consumer, "message_id": record["messageId"], "error": type(error).__name__}
                | {"through": came_through(error)},
            )
            metric("MessageNotHandled", Consumer=consumer)
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}

"""The emulator's own process: MiniStack, plus snapshots every few seconds and the time on each text message.

Runs in the emulator's virtual environment. The additions touch what is no public interface, so the version is
pinned in requirements-local.txt; `tests/component` fails when a new version no longer fits.
"""

import logging
import os
import sys
import threading
import time
from typing import Any

import ministack.app as ministack
import ministack.services.lambda_svc as functions
import ministack.services.sns as sns
import ministack.services.sqs as sqs

from chalicelib import clock


def keep_saving(every: float) -> None:
    """Save all services again and again, as at a graceful stop; a failed snapshot is told and the next one tried."""
    while True:
        time.sleep(every)
        try:
            ministack.save_all(ministack._build_persistence_save_dict())
        except Exception:
            logging.exception("snapshot failed")


class StampedMessages:
    """The record of one phone's text messages; MiniStack itself does not write down when they were sent."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        self._records = records

    def append(self, record: dict[str, Any]) -> None:
        """Keep one message with the moment it was sent, on the clock the functions use."""
        self._records.append({**record, "SentAt": clock.now().isoformat()})


def stamp_text_messages() -> None:
    """Put StampedMessages between SNS and its record."""
    records_of = sns._sms_log_for
    sns._sms_log_for = lambda phone: StampedMessages(records_of(phone))


def forget_stream_positions() -> None:
    """Read a table's stream from its beginning after a restart.

    MiniStack saves how far a stream was read, but not the stream: the next start would wait for as many new
    records as there were old ones. What an old record had still to bring, the sweep brings.
    """
    saved = functions.get_state
    functions.get_state = lambda: {**saved(), "dynamodb_stream_positions": {}}


def keep_queue_addresses() -> None:
    """Call queues by one port, whichever the emulator listens on.

    MiniStack finds a queue by its whole address. The port is another one at each start, and after a restart no
    topic found its queues any more.
    """
    sqs.DEFAULT_PORT = "4566"
    sqs._CANONICAL_NETLOC = f"{sqs.DEFAULT_HOST}:{sqs.DEFAULT_PORT}"


def main() -> None:
    """Start the snapshots, then hand over to MiniStack until it is told to stop."""
    logging.getLogger("persistence").setLevel(logging.WARNING)
    stamp_text_messages()
    forget_stream_positions()
    keep_queue_addresses()
    every = float(os.environ["SNAPSHOT_SECONDS"])
    threading.Thread(target=keep_saving, args=(every,), daemon=True).start()
    sys.argv = ["ministack"]
    ministack.main()


if __name__ == "__main__":
    main()

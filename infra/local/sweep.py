"""Run the sweep at once instead of waiting up to five minutes: `make sweep`. The timer goes on as before."""

import json
import uuid
from datetime import UTC
from typing import Any

from botocore.config import Config

from infra.local import emulator, place

LONGEST_S = 300
"""Longer than the function's time-out."""


def sweep(where: place.Place) -> Any:
    """Invoke the sweep as EventBridge does and answer what it returned; SystemExit when it failed."""
    return invoke(where, "SweepDeadlines")


def invoke(where: place.Place, function: str) -> Any:
    """Invoke a function that waits for the timer; SystemExit when it failed."""
    event = {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": f"{where.now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "region": emulator.REGION,
        "resources": [],
        "detail": {},
    }
    # Botocore gives up after a minute and asks again: a long sweep would be joined by a second one.
    patient = Config(read_timeout=LONGEST_S, retries={"total_max_attempts": 1})
    functions = emulator.LocalSession(where.emulator).client("lambda", config=patient)
    done = functions.invoke(FunctionName=where.outputs[function], Payload=json.dumps(event).encode())
    answer = done["Payload"].read().decode()
    if "FunctionError" in done:
        raise SystemExit(f"{function} failed: {answer}")
    return json.loads(answer or "null")


def main() -> None:
    """Sweep the running stack and print what it did."""
    print(json.dumps(sweep(place.find(place.chosen_state())), ensure_ascii=False))


if __name__ == "__main__":
    main()

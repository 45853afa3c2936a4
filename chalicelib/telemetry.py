"""Logs and metrics. The invariant: neither ever carries personal data, text of a case or a secret.

An unexpected error is logged by its type and the places it came through: its message may quote a petition.
"""

import json
import logging
import traceback
from types import TracebackType

from aws_lambda_powertools.logging import Logger

from chalicelib import clock
from chalicelib.settings import settings

NAMESPACE = "Sunlight"
SERVICE = "sunlight"
"""Not the name of the Chalice app: Chalice puts a handler on the logger of its own name, and every line came twice."""
QUIET = ("pynamodb", "botocore", "urllib3")
"""At DEBUG these print whole items and bodies."""

logger = Logger(service=SERVICE, level=settings.log_level)
for _name in QUIET:
    logging.getLogger(_name).setLevel(logging.WARNING)


def metric(name: str, value: float = 1, unit: str = "Count", **dimensions: str) -> None:
    """One CloudWatch metric as a line of embedded metric format: no call, no client, no import.

    Counted by stage alone, which the alarms watch, and by its own dimensions too.
    """
    described = {
        "Namespace": NAMESPACE,
        "Dimensions": [["stage"], *([["stage", *sorted(dimensions)]] if dimensions else [])],
        "Metrics": [{"Name": name, "Unit": unit}],
    }
    line = {"_aws": {"Timestamp": int(clock.now().timestamp() * 1000), "CloudWatchMetrics": [described]}}
    said = json.dumps({**line, "stage": settings.stage, **dimensions, name: value}, ensure_ascii=False)
    print(said + "\n", end="")  # one write: the sweep counts from several threads


def came_through(error: BaseException) -> list[str]:
    """Where an error came through, innermost last, without its message."""
    found = _places(error.__traceback__)
    cause = error.__cause__
    return found if cause is None else [*found, f"caused by {type(cause).__name__}", *_places(cause.__traceback__)]


def _places(stack: TracebackType | None) -> list[str]:
    # `extract_tb` would read the sources from disk for lines that nobody prints.
    frames = ((frame.f_code, line) for frame, line in traceback.walk_tb(stack))
    return [f"{code.co_filename}:{line} {code.co_name}" for code, line in frames]

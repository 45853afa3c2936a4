"""CPU of a warm request, against a bare botocore handler that makes the very same calls on the same stub.

Both run in one process, request by request in turns; what is compared is the ratio inside a round.
"""

import json
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import botocore.session

from benchmarks.meter import decoded
from benchmarks.process import result_of
from benchmarks.stub import serving
from benchmarks.wire import Recording, Request

ROUNDS = 11
WARM_UP = 30
REQUESTS_PER_ROUND = 60

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


def measure(recording: Path, env: dict[str, str]) -> dict[str, Any]:
    """Ratios and milliseconds of CPU per kind of request, from a fresh process."""
    with serving(recording) as to_stub:
        return result_of("-m", "benchmarks.warm", recording, env=env | to_stub)


def _compare(name: str, request: Request, app: Handler) -> dict[str, Any]:
    bare = _bare(request)
    for handler in (app, bare):
        answer = handler(_fresh(request.event), None)
        if answer["statusCode"] != request.status:
            raise SystemExit(f"{name} answered {answer['statusCode']} on the stub, not {request.status}: {answer}")
    _round(app, bare, request, WARM_UP)
    rounds = [_round(app, bare, request, REQUESTS_PER_ROUND) for _ in range(ROUNDS)]
    ratios = sorted(ours / theirs for ours, theirs in rounds)
    return {
        "ratio": round(statistics.median(ratios), 3),
        "spread": [round(ratios[0], 3), round(ratios[-1], 3)],
        "cpu_ms": round(statistics.median(ours for ours, _ in rounds), 3),
        "bare_cpu_ms": round(statistics.median(theirs for _, theirs in rounds), 3),
        "calls": [operation for operation, _ in request.calls],
    }


def _round(app: Handler, bare: Handler, request: Request, times: int) -> tuple[float, float]:
    """CPU of a request in milliseconds, both ways, request by request in turns: neighbours disturb both alike."""
    spent = [0.0, 0.0]
    for _ in range(times):
        for which, handler in enumerate((app, bare)):
            event = _fresh(request.event)
            start = time.process_time()
            handler(event, None)
            spent[which] += time.process_time() - start
    return spent[0] * 1000 / times, spent[1] * 1000 / times


def _bare(request: Request) -> Handler:
    """What one would write with botocore alone if the items were given: parse, call, answer."""
    client = botocore.session.Session().create_client("dynamodb")
    calls = [(_method(client, operation), decoded(body)) for operation, body in request.calls]

    def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
        json.loads(event["body"] or "null")
        for method, parameters in calls:
            method(**parameters)
        headers = {"Content-Type": "application/json"}
        return {"statusCode": request.status, "headers": headers, "body": json.dumps(request.body, ensure_ascii=False)}

    return handle


def _method(client: Any, operation: str) -> Callable[..., Any]:
    return getattr(client, next(name for name, api in client.meta.method_to_api_mapping.items() if api == operation))


def _fresh(event: dict[str, Any]) -> dict[str, Any]:
    """The same request as a new one: another key, or it would be a repetition."""
    return event | {"headers": event["headers"] | {"idempotency-key": str(uuid.uuid4())}}


if __name__ == "__main__":
    from app import app

    requests = Recording.load(Path(sys.argv[1])).requests
    print(json.dumps({name: _compare(name, request, app) for name, request in requests.items()}))

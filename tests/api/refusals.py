"""What every refusal promises: its status, the shape of a problem, Chinese words for each field, nothing half-done."""

import json
import re
from typing import Any

PROBLEM = "application/problem+json"
CHINESE = re.compile("[\u4e00-\u9fff]")
_UNSENT = {"Idempotency-Key": "key-of-a-refusal", "Content-Type": "application/json"}


def send(person: Any, method: str, path: str, content: Any = None, **headers: str) -> Any:
    """One call with a body as bytes, or as anything JSON can say; lone surrogates too."""
    raw = content if isinstance(content, bytes) else b"" if content is None else json.dumps(content).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    token = {"Authorization": f"Bearer {person.token}"} if person.token else {}
    sent = {name: value for name, value in {**_UNSENT, **token, **named}.items() if value}
    return person.client.http.request(method, path, headers=sent, body=raw)


def refused(
    person: Any, path: str, content: Any, status: int, *pointers: str, method: str = "POST", **headers: str
) -> Any:
    """The problem a call is answered with; raises AssertionError unless it is refused wholly and politely."""
    before = _stored(person.world)
    answer = send(person, method, path, content, **headers)
    told = answer.json_body
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM), answer.body.decode()
    assert told["status"] == status
    assert CHINESE.search(told["detail"])
    assert CHINESE.search(told["title"])
    assert {each["pointer"] for each in told["errors"]} == set(pointers), told["errors"]
    assert all(CHINESE.search(each["message"]) for each in told["errors"])
    assert _stored(person.world) == before, "something was stored although the call was refused"
    return told


def _stored(world: Any) -> tuple[int, int]:
    """How much is kept of cases, and how many text messages went out."""
    return len(world.items("cases")), len(world.sms)

"""A small fuzzing of the application in this process; `make fuzz` does it with 1,000 requests on the whole stack."""

import json
from typing import Any

import httpx
import pytest
from schemathesis import Case

from infra.fuzz.attack import attack
from infra.fuzz.county import County
from infra.fuzz.steps import UNREACHED
from infra.openapi.__main__ import FILE
from tests.api.wsgi import Origin

FEWEST, EACH, SEED = 168, 4, 7
"""Every route twice as petitioner and twice as clerk: once as it should be, once as it comes."""


@pytest.fixture
def origin(client: Any, world: Any) -> Origin:
    """The one address."""
    return Origin(client, world)


def test_generated_requests_are_all_answered_as_described(origin: Origin) -> None:
    def send(case: Case) -> object:
        return case.call(app=origin, base_url="http://localhost/api")

    with httpx.Client(base_url="http://localhost", transport=httpx.WSGITransport(app=origin)) as http:
        county = County(http)
        county.sign_everybody_in()
        document = json.loads(FILE.read_text("utf-8"))
        cases = max(FEWEST, EACH * sum(len(methods) for methods in document["paths"].values()))
        figures = attack(document, county, send, cases=cases, seed_=SEED)
    assert figures.shown == {}
    assert figures.cases == cases
    wanted = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    silent = {each for each in wanted - figures.reached if each.rsplit("/", 1)[-1] not in UNREACHED}
    assert not silent, "a route never said yes"

"""Generate, send, compare, count. A failure is told with the request that made it, and the run goes on."""

import contextlib
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from infra.fuzz.aim import aim, clerk_for
from infra.fuzz.county import County
from infra.fuzz.steps import UNREACHED
from infra.fuzz.steps.base import PETITIONER

AS = ("petitioner", "clerk")
LAST = "/sessions/current"
"""It ends the session that the others need."""
TRIES = 50


@dataclass
class Figures:
    """What came of a run."""

    seed: int
    cases: int = 0
    routes: int = 0
    as_whom: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    reached: set[str] = field(default_factory=set)
    failures: Counter[str] = field(default_factory=Counter)
    """What went wrong where, and how often."""
    shown: dict[str, str] = field(default_factory=dict)
    """One request for each, with its answer."""

    def fail(self, label: str, told: str) -> None:
        """Count a failure, and keep the first of its kind."""
        self.failures[label] += 1
        self.shown.setdefault(label, told)

    def line(self) -> dict[str, Any]:
        """The figures as one JSON object."""
        return {
            "cases": self.cases,
            "as_petitioner": self.as_whom["petitioner"],
            "as_clerk": self.as_whom["clerk"],
            "routes": self.routes,
            "routes_that_said_yes": len(self.reached),
            "statuses": {str(status): number for status, number in sorted(self.statuses.items())},
            "failures": self.failures.total(),
            "seed": self.seed,
        }


def every_refusal_is_explained(_context: Any, response: Any, _case: Case) -> None:
    """People are told in Chinese what to do; nobody is told to come back later when nothing is the matter."""
    if response.status_code == 503:
        raise AssertionError("503 although nothing was busy")
    if response.status_code >= 400 and not re.search("[\u4e00-\u9fff]", response.json()["detail"]):
        raise AssertionError("the detail is not in Chinese")


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    every_refusal_is_explained,
]
Send = Callable[[Case], Any]


def attack(document: dict[str, Any], county: County, send: Send, *, cases: int, seed_: int) -> Figures:
    """Send so many requests in all, evenly over routes and over both kinds of people."""
    described = schemathesis.openapi.from_dict(document)
    operations = [each.ok() for each in described.get_all_operations()]
    operations.sort(key=lambda each: each.path == LAST)
    wanted_yes = [each for each in operations if each.path.rsplit("/", 1)[-1] not in UNREACHED]
    figures = Figures(seed_, routes=len(wanted_yes))
    targets = [(operation, whom) for operation in operations for whom in AS]
    chance = random.Random(seed_)
    for place, (operation, whom) in enumerate(targets):
        wanted = cases * (place + 1) // len(targets) - cases * place // len(targets)
        who = PETITIONER if whom == "petitioner" else clerk_for(operation.path)
        for number, case in enumerate(generated(operation, wanted, seed_)):
            number_of_case = aim(case, who, county, chance, exact=number == 0)
            _one(case, send, figures, county, number_of_case)
            figures.as_whom[whom] += 1
    return figures


def generated(operation: Any, wanted: int, seed_: int) -> Iterator[Case]:
    """Exactly so many requests for one operation: as described and, from the second on by turns, otherwise."""
    kinds = {
        mode: _drawn(operation, mode, wanted, seed_) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    }
    good, bad = kinds[GenerationMode.POSITIVE], kinds[GenerationMode.NEGATIVE] or kinds[GenerationMode.POSITIVE]
    for place in range(wanted):
        drawn = bad if place % 2 else good
        yield drawn[place // 2 % len(drawn)]


def _drawn(operation: Any, mode: GenerationMode, wanted: int, seed_: int) -> list[Case]:
    """Requests drawn by Hypothesis; fewer where there are not so many different ones, none where none can be wrong."""
    drawn: list[Case] = []

    @seed(seed_)
    @settings(
        max_examples=max(1, (wanted + 1) // 2),
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def draw(case: Case) -> None:
        drawn.append(case)

    with contextlib.suppress(Unsatisfiable):
        draw()
    return drawn


def _one(case: Case, send: Send, figures: Figures, county: County, number: str) -> None:
    figures.cases += 1
    label = f"{case.method} {case.path}"
    try:
        response = send(case)
    except Exception as error:
        figures.fail(f"{label}: no answer", f"{type(error).__name__}: {error}")
        return
    figures.statuses[response.status_code] += 1
    if response.status_code < 400:
        figures.reached.add(label)
        if case.method == "POST" and number:
            county.moved(number)
    try:
        case.validate_response(response, checks=list(CHECKS))
    except FailureGroup as found:
        titles = sorted({each.title for each in found.exceptions})
        figures.fail(f"{label} -> {response.status_code}: {'; '.join(titles)}", found.message)

"""Taking one grant away leaves every other one, and leaves nothing that grants more."""

from typing import Any

import pytest

from infra.faults import grants
from infra.faults.grants import Grant


def held(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Action and resource, one by one, of everything a document allows."""
    found = []
    for each in document["Statement"]:
        if each["Effect"] == "Allow":
            resources = each["Resource"] if isinstance(each["Resource"], list) else [each["Resource"]]
            assert resources, "a statement that names no resource grants its actions on all of them"
            found += [(action, str(resource)) for action in each["Action"] for resource in resources]
    return found


def resource_of(grant: Grant) -> str:
    """The resource a grant is on, as its policy file has it."""
    named = grants.statements(grant.function)[grant.statement]["Resource"]
    return str(named if grant.resource is None else named[grant.resource])


@pytest.mark.parametrize("function", list(grants.functions()))
def test_only_the_grant_that_is_taken_is_gone(function: str) -> None:
    document = {"Version": "2012-10-17", "Statement": grants.statements(function)}
    every = held(document)
    taken = list(grants.granted(function))
    assert len(taken) == len(every)
    for grant in taken:
        left = held(grants.without(document, grant))
        assert sorted([*left, (grant.action, resource_of(grant))]) == sorted(every), grant

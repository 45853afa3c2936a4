"""A few grants taken from roles on a running stack: a probe notices each (`make soak-iam` takes all of them)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import soak_iam
from infra.faults import grants
from infra.faults.grants import NOT_ENFORCED, Grant, Roles
from infra.faults.probes import Probes
from infra.local.running import running

FEW = [
    ("statistics", "dynamodb:PutItem"),
    ("relay", "sns:Publish"),
    ("notices", "kms:Decrypt"),
    ("notices", "dynamodb:UpdateItem"),  # refused, it stops no notice: the counter alone shows it
    ("sealed", "dynamodb:ConditionCheckItem"),
    ("reconcile", "dynamodb:Scan"),
    ("receipts", "kms:Sign"),
    ("publish_roots", "s3:PutObject"),
]


@pytest.fixture(scope="module")
def taking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Probes, Roles]]:
    """A stack of its own, whose consumers rest and whose roles are changed."""
    folder = tmp_path_factory.mktemp("grants")
    with running(folder) as stack:
        yield Probes(stack, folder / "totp"), Roles(stack)


@pytest.mark.parametrize(("function", "action"), FEW)
def test_a_function_without_one_of_its_grants_fails_its_probe(
    taking: tuple[Probes, Roles], function: str, action: str
) -> None:
    (grant, *_) = [each for each in grants.granted(function) if each.action == action]
    before = taking[1].document(function)
    assert grants.take_away(*taking, function, [grant])[grant]
    assert taking[1].document(function) == before


def test_a_function_with_something_it_does_not_need_is_found(taking: tuple[Probes, Roles], tmp_path: Path) -> None:
    probes, roles = taking
    role, name, document = roles.document("statistics")
    needless = {"Sid": "Needless", "Effect": "Allow", "Action": ["dynamodb:Query"], "Resource": "*"}
    roles.put(role, name, document | {"Statement": [*document["Statement"], needless]})
    try:
        grant = Grant("statistics", len(document["Statement"]), "Needless", "dynamodb:Query", None)
        noticed = grants.take_away(probes, roles, "statistics", [grant])
    finally:
        roles.put(role, name, document)
    assert noticed == {grant: ""}
    assert not soak_iam.report(noticed, [], 1.0)["held"]


def test_what_no_probe_can_notice_here_is_named_with_its_reason_and_really_granted() -> None:
    every = {grant.action for function in grants.functions() for grant in grants.granted(function)}
    assert set(NOT_ENFORCED) <= every
    assert all(NOT_ENFORCED.values())


@pytest.mark.parametrize("function", list(grants.functions()))
def test_every_function_has_something_to_take_away_and_a_probe(taking: tuple[Probes, Roles], function: str) -> None:
    assert any(grant.action not in NOT_ENFORCED for grant in grants.granted(function))
    assert taking[0].knows(function)

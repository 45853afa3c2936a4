"""The packaged artefact on the local AWS, IAM enforced, through real HTTP: one stack for all tests of this folder."""

from collections.abc import Iterator

import httpx
import pytest

from infra.local.place import Place
from infra.local.running import running


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A whole stack over a folder of its own."""
    with running(tmp_path_factory.mktemp("stack")) as where:
        yield where


@pytest.fixture(scope="session")
def http(stack: Place) -> Iterator[httpx.Client]:
    """A client of its one origin."""
    with httpx.Client(base_url=stack.origin, timeout=30, trust_env=False) as client:
        yield client

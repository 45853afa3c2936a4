"""The template that AWS gets, packaged once for all tests of this folder."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra import package


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> package.Package:
    """A package of the stage dev."""
    return package.build("dev", tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def template(packaged: package.Package) -> dict[str, Any]:
    """Its template."""
    body: dict[str, Any] = json.loads(Path(packaged.template).read_text())
    return body


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> dict[str, Any]:
    """The resources of its template, by logical id."""
    found: dict[str, Any] = template["Resources"]
    return found

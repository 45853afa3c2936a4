"""Write docs/coverage.md: `python -m infra.coverage`."""

import sys
from pathlib import Path

import pytest

from infra.coverage.document import NotCovered, by_feature, document

FILE = Path(__file__).parents[2] / "docs" / "coverage.md"


class Markers:
    """Collects which test is marked with which features, and runs none."""

    def __init__(self) -> None:
        self.marked: list[tuple[str, tuple[int, ...]]] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Called once everything is collected."""
        for item in items:
            numbers = [number for mark in item.iter_markers("feature") for number in mark.args]
            if numbers:
                self.marked.append((item.nodeid, tuple(numbers)))


def written() -> str:
    """The document as the tests are marked now. Raises NotCovered."""
    markers = Markers()
    pytest.main(["--collect-only", "-qq", "tests"], plugins=[markers])
    return document(by_feature(sorted(markers.marked)))


if __name__ == "__main__":
    try:
        FILE.write_text(written(), "utf-8")
    except NotCovered as missing:
        sys.exit(str(missing))
    print(FILE.relative_to(Path.cwd()))

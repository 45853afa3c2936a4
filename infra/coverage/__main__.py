"""Write docs/coverage.md: `python -m infra.coverage`."""

import contextlib
import io
import re
import sys
from pathlib import Path

import pytest

from infra.coverage.document import NotCovered, by_feature, document

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "coverage.md"
JOURNEYS = ROOT / "web" / "e2e" / "journeys"
JOURNEY = re.compile(r"// features: ([0-9, ]+)\n +test\([\"`]([^\"`]+)")


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
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", "-qq", "tests"], plugins=[markers])
    return document(by_feature(sorted(markers.marked + journeys())))


def journeys() -> list[tuple[str, tuple[int, ...]]]:
    """The browser's journeys, each with the features named in the comment above it."""
    found = []
    for file in sorted(JOURNEYS.glob("*.mjs")):
        for numbers, name in JOURNEY.findall(file.read_text("utf-8")):
            found.append((f"e2e/{file.name}::{name}", tuple(int(number) for number in numbers.split(","))))
    return found


def main() -> int:
    """Write the document; with --check only say whether it is stale."""
    try:
        text = written()
    except NotCovered as missing:
        print(missing, file=sys.stderr)
        return 1
    if "--check" in sys.argv:
        return 0 if FILE.read_text("utf-8") == text else 1
    FILE.write_text(text, "utf-8")
    print(FILE.relative_to(Path.cwd()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

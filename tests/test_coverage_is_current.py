"""docs/coverage.md names the tests that prove each feature, as they are marked now."""

import subprocess
import sys
from pathlib import Path

import pytest

from infra.coverage.document import MAY_NOT_BE_LEFT, NotCovered, check, features

ROOT = Path(__file__).parents[1]
TESTS = {number: ["a test"] for number in range(1, 109)}


def test_the_document_is_the_one_the_markers_give() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "infra.coverage", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"stale: run `make coverage`\n{done.stderr}"


def test_every_feature_of_the_petition_part_is_listed() -> None:
    asked, left = features()
    assert sorted(asked) == list(range(1, 109))
    assert set(left) <= set(asked)
    assert not set(left) & set(MAY_NOT_BE_LEFT)


@pytest.mark.parametrize("number", MAY_NOT_BE_LEFT)
def test_what_may_not_be_left_is_refused_without_a_test(number: int) -> None:
    tests = {each: named for each, named in TESTS.items() if each != number}
    with pytest.raises(NotCovered, match=f"{number}: may not be left"):
        check(tests, features()[0], {number: "没有时间"})


def test_a_feature_without_test_or_reason_is_refused() -> None:
    with pytest.raises(NotCovered, match="17: neither"):
        check({number: named for number, named in TESTS.items() if number != 17}, features()[0], {})

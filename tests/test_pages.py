"""The pages show whatever the interface can say: a key of a text that no page knows would be words nobody reads."""

import re
from pathlib import Path

import pytest

from infra.openapi import words

TIMELINE = (Path(__file__).parents[1] / "web" / "assets" / "timeline.js").read_text("utf-8")
NAMED = set(re.findall(r'\["(\w+)", "', TIMELINE[TIMELINE.index("const SAID") :]))
FOR_MACHINES = {"digest"}
"""Compared, not read."""
SHOWN_BY_THEMSELVES = {"claims": "the petition", "commitments": "the opinion"}


@pytest.mark.parametrize("key", sorted(set(words.SAID) - FOR_MACHINES - set(SHOWN_BY_THEMSELVES)))
def test_whatever_was_said_at_a_step_is_shown_in_the_timeline(key: str) -> None:
    assert key in NAMED

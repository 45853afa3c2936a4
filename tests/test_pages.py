"""The pages show whatever the interface can say: a key of a text that no page knows would be words nobody reads.

What stands on every page stands on each of them alike.
"""

import re
from pathlib import Path

import pytest

from infra.openapi import words

WEB = Path(__file__).parents[1] / "web"
TIMELINE = (WEB / "assets" / "timeline.js").read_text("utf-8")
NAMED = set(re.findall(r'\["(\w+)", "', TIMELINE[TIMELINE.index("const SAID") :]))
FOR_MACHINES = {"digest"}
"""Compared, not read."""
SHOWN_BY_THEMSELVES = {"claims": "the petition", "commitments": "the opinion"}


@pytest.mark.parametrize("key", sorted(set(words.SAID) - FOR_MACHINES - set(SHOWN_BY_THEMSELVES)))
def test_whatever_was_said_at_a_step_is_shown_in_the_timeline(key: str) -> None:
    assert key in NAMED


PAGES = {each.stem: each.read_text("utf-8") for each in sorted(WEB.glob("*.html"))}
SHARED = {
    "head": ("<!DOCTYPE html>", '  <meta name="description"'),
    "masthead": ('  <a class="skip"', '    <nav class="mainnav"'),
    "navigation": ('    <nav class="mainnav"', "  </header>"),
    "telephone": ('  <a class="callbar', "  <main "),
    "footer": ('  <footer class="footer">', "</html>"),
}
"""Pages are plain files, so each holds its own copy."""
OF_THE_DESK = {"navigation", "footer"}
"""Its tabs depend on who signed in, and its footer leads back to the petitioners' pages."""


@pytest.mark.parametrize("block", SHARED)
def test_what_every_page_has_is_the_same_on_each(block: str) -> None:
    begin, end = SHARED[block]
    copies = {
        name: page[page.index(begin) : page.index(end, page.index(begin))].replace(' aria-current="page"', "")
        for name, page in PAGES.items()
        if name != "staff" or block not in OF_THE_DESK
    }
    assert len(copies) >= 5
    assert {name for name, copy in copies.items() if copy != copies["index"]} == set()


VERIFIER = (WEB / "assets" / "proof.js").read_text("utf-8")
FAULTS = {fault for pair in re.findall(r'need\(.*, (?:"(\w+)"|`(\w+):[^`]*`)\);', VERIFIER) for fault in pair if fault}
WORDS = set(re.findall(r"^    (\w+): \"", (WEB / "assets" / "proof-page.js").read_text("utf-8"), re.MULTILINE))


def test_every_fault_that_the_verifier_names_has_words() -> None:
    assert {"key", "root", "receipt", "path"} <= FAULTS
    assert FAULTS - {"keys"} <= WORDS, "`keys` is told at the second input"

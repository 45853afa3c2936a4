"""docs/procedures.md says what the tables say now, all of it, and in Chinese."""

import re

import pytest

from chalicelib.domain import intake, limits
from chalicelib.domain.inspection import KINDS
from chalicelib.domain.owed import OWED
from chalicelib.domain.petition import PETITION
from chalicelib.domain.stages import STAGES
from chalicelib.domain.tables.inspection import INSPECTION
from infra.procedures import document, words
from infra.procedures.__main__ import FILE
from tests.domain.test_words import NOT_SAID

TEXT = document.document()


def test_the_procedures_are_those_of_the_tables() -> None:
    assert FILE.read_text("utf-8") == TEXT, "stale: run `make procedures`"


def test_every_step_is_said_once_and_nothing_else_is() -> None:
    said = [action for chapter in words.CHAPTERS.values() for action in chapter]
    assert sorted(said) == sorted(step.action for step in PETITION.steps)


def test_whatever_depends_on_something_is_said_for_an_event_that_exists() -> None:
    assert set(words.VARIANTS) <= set(OWED)


def test_every_step_of_supervision_is_said_with_its_article_and_every_kind_with_its_own() -> None:
    assert set(words.INSPECTIONS) == {step.action for step in INSPECTION.steps}
    assert [step.label for step in INSPECTION.steps if f"- **{step.label}**（{step.law}）" not in TEXT] == []
    assert [label for label, law in KINDS.values() if f"| {label} | {law} |" not in TEXT] == []


@pytest.mark.feature(15, 91)
@pytest.mark.parametrize("step", PETITION.steps, ids=lambda step: step.action)
def test_every_step_names_its_article(step: object) -> None:
    assert f"．{step.label}**（{step.law}）" in TEXT  # type: ignore[attr-defined]


@pytest.mark.parametrize("label", [*STAGES.values(), *(limit.label for limit in limits.PETITION.values())])
def test_every_stage_and_every_limit_is_in_it(label: str) -> None:
    assert f"“{label}”" in TEXT or f"| {label} |" in TEXT


@pytest.mark.parametrize("rows", [intake.GROUNDS, intake.ROUTES, intake.FINDINGS])
def test_every_closed_list_is_in_it_with_its_articles(rows: dict[str, tuple[str, str]]) -> None:
    assert [said for said, law in rows.values() if f"| {said} | {law} |" not in TEXT] == []


def test_the_text_of_every_notice_that_a_step_mentions_is_in_it() -> None:
    mentioned = set(re.findall("[SM][0-9]{2}[a-z]?", TEXT))
    assert mentioned == set(re.findall("^[|] ([SM][0-9]{2}[a-z]?) [|]", TEXT, re.M))


def test_the_diagram_has_an_arrow_for_every_way_from_stage_to_stage() -> None:
    arrows = set(re.findall("^    (.+) --> (.+): ", TEXT, re.M))
    wanted = {(stage or "[*]", step.to) for step in PETITION.steps for stage in step.frm if step.to in STAGES}
    assert wanted <= arrows
    assert {("objected", "forwarded"), ("objected", "assigned")} <= arrows


def test_no_name_of_the_code_is_left_in_what_people_read() -> None:
    read = re.sub("```mermaid.+?```|`make procedures`|[SM][0-9]{2}[a-z]?|PDF|KB", "", TEXT, flags=re.S)
    assert re.findall("[A-Za-z_]{2,}", read) == []


@pytest.mark.parametrize("word", NOT_SAID)
def test_no_word_that_was_ruled_out_is_used(word: str) -> None:
    assert word not in TEXT

"""docs/reliability.md says what the proofs say now, and every one of them held."""

import json
import re
from typing import Any

import pytest

from infra.reliability import document
from infra.reliability.document import FILE, ROOT
from infra.reliability.frame import DONE_WHEN, SCALE

TEXT = document.document()


def test_the_document_is_that_of_the_proofs() -> None:
    assert FILE.read_text("utf-8") == TEXT, "stale: run `make reliability`"


def test_every_proof_held() -> None:
    assert document.failed() == []


def test_every_file_of_a_proof_is_in_it_and_every_place_it_names_exists() -> None:
    named = set(re.findall(r"\]\(\.\./([^)]+)\)", TEXT))
    assert {f"benchmarks/{path.name}" for path in (ROOT / "benchmarks").glob("soak_*.json")} >= {
        name for name in named if name.startswith("benchmarks/")
    }
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert [proof["title"] for proof in document.proofs().values() if f"### {proof['title']}" not in TEXT] == []


def test_all_nine_lines_stand_in_it_and_what_was_not_run_is_not_called_shown() -> None:
    assert len(DONE_WHEN) == 9
    for asked, names in DONE_WHEN:
        assert asked in TEXT
        for name in names:
            said = next(line for line in TEXT.splitlines() if line.startswith("|") and f"{name}.json" in line)
            ran = (ROOT / "benchmarks" / f"{name}.json").exists()
            assert said.endswith("| not yet run |") != ran
            assert said.endswith("| held |") == (ran and is_at_scale(name))


def is_at_scale(name: str) -> bool:
    """As large as the issue asks, where it asks for a size."""
    figures = document.proofs()[name]["figures"]
    return all(int(figures.get(figure, 0)) >= asked for figure, asked in SCALE.get(name, {}).items())


def test_a_run_that_is_small_in_any_figure_says_in_which(monkeypatch: pytest.MonkeyPatch) -> None:
    read = {"soak_kill": {"held": True, "figures": {"kills": 1_000}}}
    assert document._state("soak_kill", read) == "held in a smaller run: 0 of 40 points"
    read["soak_kill"]["figures"]["points"] = 40
    assert document._state("soak_kill", read) == "held"


@pytest.mark.parametrize("name", sorted(document.proofs()))
def test_every_command_is_one_of_the_makefile(name: str) -> None:
    target = document.proofs()[name]["command"].split()[1]
    assert re.search(f"^{target}:.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M), target


def test_a_proof_that_did_not_hold_is_told(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    proof: dict[str, Any] = {"title": "T", "asked": "a", "command": "make x", "seconds": 1.5, "figures": {"lost": 3}}
    proof |= {"held": False, "commit": "abc"}
    (tmp_path / "soak_store.json").write_text(json.dumps(proof))
    monkeypatch.setattr(document, "BENCHMARKS", tmp_path)
    assert document.failed() == ["soak_store"]
    assert "**did not hold**" in document.document()
    (tmp_path / "soak_kill.json").write_text(json.dumps({"held": True}))
    with pytest.raises(ValueError, match="soak_kill"):
        document.proofs()


def test_a_proof_that_does_not_say_on_what_it_ran_is_refused(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    proof = {"title": "T", "asked": "a", "command": "make x", "seconds": 1.5, "figures": {}, "held": True}
    (tmp_path / "soak_store.json").write_text(json.dumps(proof))
    monkeypatch.setattr(document, "BENCHMARKS", tmp_path)
    with pytest.raises(ValueError, match="commit"):
        document.proofs()

"""A small run of `make soak-tamper`, and the same of what stands outside the chain."""

import ast
import json
from pathlib import Path

import pytest

from benchmarks import tamper
from infra.traces.exports import CITIZEN, STAFF, exported, exported_for, long_case
from infra.verify.logs import check_export

FOLDER = Path(tamper.ROOT) / "infra" / "verify"


def test_every_byte_that_is_changed_is_found() -> None:
    whole = exported_for(STAFF, *long_case(3))
    figures = tamper.every_byte(whole) | tamper.every_byte_on_the_page(whole) | tamper.forged(whole)
    assert figures["changed"] == figures["found"] == 3 * len(whole)
    assert figures["changed_page"] == figures["found_page"] == len(whole)
    assert figures["forged"] == figures["forged_found"] > 1000


def test_both_verifiers_name_the_same_first_fault() -> None:
    figures = tamper.agreement(600, seed=7)
    assert figures["disagreements"] == 0
    assert figures["logs_whole"] > 100
    assert figures["logs_damaged"] > 200


def test_both_verifiers_take_the_offices_own_exports_with_what_is_kept_back() -> None:
    files = [exported(seed, by) for seed in range(1, 13) for by in (STAFF, CITIZEN)]
    assert {tamper.verdict(each) for each in files} == {"ok"}
    assert set(tamper.pages_verdicts(files)) == {"ok"}
    assert any("hash" in entry for each in files for entry in check_export(each)["events"])


def test_the_verifier_shares_no_code_with_the_office() -> None:
    allowed = {"argparse", "base64", "collections", "datetime", "hashlib", "json", "pathlib", "re", "sys", "typing"}
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                assert {each.name.split(".")[0] for each in node.names} <= allowed, path.name
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                assert (node.module or "").split(".")[0] in allowed, path.name


def test_parts_that_were_found_by_other_code_are_not_added_to(tmp_path: Path) -> None:
    """One file says one thing: who changes a verifier runs all of it anew."""
    out = tmp_path / "soak_tamper.json"
    assert tamper.earlier(out) == {}
    for digest, stands in ((tamper.code(), True), ("0" * 16, False), (None, False)):
        out.write_text(json.dumps({"figures": {"code": digest, "logs": 1}}), "utf-8")
        if stands:
            assert tamper.earlier(out)["figures"]["logs"] == 1
            continue
        with pytest.raises(SystemExit, match="other code"):
            tamper.earlier(out)

"""The verifier as a program: several files at once, each met by its own, and nothing that ends in a traceback."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.tamper import CASE, renewed
from infra.verify import __main__ as program
from infra.verify.logs import Fault, leaf_hash, tree_hash
from infra.verify.signed import check_roots
from tests.verify.signer import KEYS, SIGNER


def export(case: str, word: str, **more: Any) -> bytes:
    """A case of one event."""
    body = _coded({"case": case, "seq": 1, "prev": "", "data": {"w": word}, "text": ""})
    head = leaf_hash(body)
    told = {"case": case, "count": 1, "events": [{"body": body.decode()}], "head": head.hex(), "texts": []}
    return renewed(_coded(told | {"tree": tree_hash([head]).hex()} | more))


def receipt(case: str, word: str) -> dict[str, str]:
    """A receipt of that event."""
    body = _coded({"case": case, "seq": 1, "prev": "", "data": {"w": word}, "text": ""})
    return SIGNER.signed({"kind": "receipt", "case": case, "seq": 1, "hash": leaf_hash(body).hex()})


def _coded(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], keys: Any = None, **files: bytes
) -> tuple[int, list[str]]:
    """The program's exit code, and its lines."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "keys.json").write_text(json.dumps(keys if keys is not None else published()))
    paths = [str(folder / name) for name in files]
    monkeypatch.setattr(sys, "argv", ["verify", *paths, "--keys", str(folder / "keys.json")])
    code = program.main()
    return code, capsys.readouterr().out.splitlines()


def published() -> dict[str, Any]:
    import base64

    return {"keys": [{"spki": base64.b64encode(spki).decode()} for spki in KEYS.values()]}


def test_of_several_exports_each_meets_its_own_receipts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = "260000000018"
    told = {"first": export(CASE, "甲", receipts=[]), "second": export(other, "乙", receipts=[])}
    good = _coded({"items": [receipt(CASE, "甲"), receipt(other, "乙")]})
    assert run(tmp_path, monkeypatch, capsys, **told, receipts=good)[0] == 0
    for rewritten in (receipt(CASE, "丙"), receipt(other, "丙")):
        code, lines = run(tmp_path, monkeypatch, capsys, **told, receipts=_coded(rewritten))
        assert (code, lines[-1]) == (1, "不通过  receipts  receipt:1")


def test_an_export_without_receipts_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for more in ({}, {"receipts": None}):
        code, (line,) = run(tmp_path, monkeypatch, capsys, case=export(CASE, "甲", **more))
        assert (code, "0份回执" in line) == (0, True)


def test_what_is_empty_holds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list of roots that has none is no proof of anything: it would say that all of them hold."""
    for nothing in ({"roots": []}, {"items": []}, {"roots": None}):
        code, (line,) = run(tmp_path, monkeypatch, capsys, file=_coded(nothing))
        assert (code, line) == (1, "不通过  file  empty（这个文件里什么也没有）")
    with pytest.raises(Fault, match="empty"):
        check_roots([], KEYS)


@pytest.mark.parametrize("keys", [{"keys": [{}]}, {"keys": "x"}, {"keys": [{"spki": 1}]}, {"keys": [{"spki": "a"}]}])
def test_a_file_of_keys_that_is_none_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], keys: Any
) -> None:
    code, lines = run(tmp_path, monkeypatch, capsys, keys, case=export(CASE, "甲"))
    assert (code, lines) == (1, ["不通过  keys.json  不是一份公钥文件"])

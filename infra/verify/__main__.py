"""Checks what the office gave out: exports of cases, receipts, roots, proofs of inclusion. Standard library alone.

    python -m infra.verify FILE… [--keys FILE]

The keys are published with the roots (`/api/roots`); those that come inside a file prove nothing about who signed.
The folder works by itself wherever it is put: `python -m verify`.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .logs import BEGINS, Fault, check_export
from .signed import check_envelope, check_inclusion, check_receipt, check_roots, read_keys

Exports = dict[str, dict[str, Any]]
"""By the number of their case, those that held: a receipt or a proof meets the export of its own case."""


def check(data: bytes, keys: dict[str, bytes], exports: Exports) -> str:
    """Check one file, whatever it is; what was found in order, in Chinese. Raises Fault."""
    if data.startswith(BEGINS):
        return _export(data, keys, exports)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise Fault("form") from None
    if not isinstance(value, dict):
        raise Fault("form")
    if "roots" in value:
        roots = check_roots(value["roots"], keys)
        return f"{len(roots)}夜公布的校验值逐夜相连，签名有效"
    if "path" in value:
        root = check_inclusion(value, keys, exports.get(str(value.get("case"))))
        return f"事项 {value['case']} 已列入 {root['on']} 公布的校验值"
    envelopes = value.get("items", [value])
    if not isinstance(envelopes, list) or not envelopes:
        raise Fault("empty")
    for each in envelopes:
        statement = check_envelope(each, keys)
        if statement.get("kind") == "receipt":
            check_receipt(statement, exports.get(str(statement.get("case"))))
    return f"{len(envelopes)}份签名有效"


def _export(data: bytes, keys: dict[str, bytes], exports: Exports) -> str:
    found = check_export(data)
    receipts = found.get("receipts")
    receipts = receipts if isinstance(receipts, list) else []
    for each in receipts if keys else ():
        check_receipt(check_envelope(each, keys), found)
    exports[str(found.get("case"))] = found
    hidden = sum("hash" in each for each in found["events"])
    signed = "的签名有效" if keys else "没有核对签名（没有给出公布的公钥）"
    return (
        f"事项 {found['case']} 的全部记录：{found['count']}条记录首尾相连（{hidden}条只给出校验码），"
        f"{len(receipts)}份回执{signed}"
    )


def main() -> int:
    """Check every file; 1 when anything does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--keys", type=Path, help="公布的公钥（/api/roots 的内容）")
    asked = parser.parse_args()
    contents = [path.read_bytes() for path in asked.files]
    try:
        keys = read_keys(json.loads(asked.keys.read_bytes())) if asked.keys else {}
    except (Fault, ValueError, RecursionError):
        print(f"不通过  {asked.keys.name}  不是一份公钥文件")
        return 1
    exports: Exports = {}
    wrong = 0
    for path, data in sorted(zip(asked.files, contents, strict=True), key=lambda each: not each[1].startswith(BEGINS)):
        try:
            print(f"通过  {path.name}  {check(data, keys, exports)}")
        except Fault as fault:
            wrong += 1
            print(f"不通过  {path.name}  {fault}{'（这个文件里什么也没有）' if str(fault) == 'empty' else ''}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

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


def check(data: bytes, keys: dict[str, bytes], export: dict[str, Any] | None = None) -> str:
    """Check one file, whatever it is; what was found in order, in Chinese. Raises Fault."""
    if data.startswith(BEGINS):
        found = check_export(data)
        hidden = sum("hash" in each for each in found["events"])
        for each in found["receipts"] if keys else ():
            check_receipt(check_envelope(each, keys), found)
        signed = (
            f"{len(found['receipts'])}份回执签名有效"
            if keys
            else f"{len(found['receipts'])}份回执未核对签名（没有公钥）"
        )
        return f"案件导出 {found['case']}：{found['count']}个事件首尾相连（{hidden}个只给出摘要），{signed}"
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise Fault("form") from None
    if not isinstance(value, dict):
        raise Fault("form")
    if "roots" in value:
        roots = check_roots(value["roots"], keys)
        return f"{len(roots)}夜的根逐夜相连，签名有效"
    if "path" in value:
        root = check_inclusion(value, keys, export)
        return f"案件 {value['case']} 在 {root['on']} 公布的根中"
    for each in value.get("items", [value]):
        statement = check_envelope(each, keys)
        if statement.get("kind") == "receipt":
            check_receipt(statement, export)
    return f"{len(value.get('items', [value]))}份签名有效"


def main() -> int:
    """Check every file; 1 when anything does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--keys", type=Path, help="公布的公钥（/api/roots 的内容）")
    asked = parser.parse_args()
    contents = [path.read_bytes() for path in asked.files]
    keys = read_keys(json.loads(asked.keys.read_bytes())) if asked.keys else {}
    export, wrong = None, 0
    for path, data in sorted(zip(asked.files, contents, strict=True), key=lambda each: not each[1].startswith(BEGINS)):
        try:
            print(f"通过  {path.name}  {check(data, keys, export)}")
            export = json.loads(data)["export"] if data.startswith(BEGINS) else export
        except Fault as fault:
            wrong += 1
            print(f"不通过  {path.name}  {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""Nothing of an exported case can be changed unseen, and both verifiers see the same.

`make soak-tamper` changes every single byte of an export of 300 events in several ways; renews the file's own digest
after every change of the chain's part, as a forger would; and gives 10,000 random logs, whole and damaged in many
ways, to the verifier at the command line and to the one of the page (by Node, the very file the page loads). They
have to name the same first fault. Result: benchmarks/soak_tamper.json.
"""

import argparse
import base64
import hashlib
import json
import multiprocessing
import random
import re
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from infra.reliability.measured import keep
from infra.traces.exports import STAFF, exported_for, long_case
from infra.verify.logs import BEGINS, FOLLOWS, Fault, check_export, leaf_hash, tree_hash

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "soak_tamper.json"
PAGE = ROOT / "infra" / "verify" / "verdicts.cjs"
DECIDES = ("infra/verify/logs.py", "infra/verify/verdicts.cjs", "web/assets/proof.js", "benchmarks/tamper.py")
"""What both verifiers say rests on these files: parts that were run on others do not make one result."""
PARTS = ("bytes", "page", "forged", "logs")
MASKS = (0x01, 0x80, 0xFF)
CASE = "260000000000"
WORDS = ("路灯不亮", "已转送", "\n", '"', "\\", "\u2028", "𠀀", "é", "\x7f", "\x1f", "a" * 40, "")


def main() -> None:
    """Run all of it; 1 when anything was not seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=300, help="events of the export whose every byte is changed")
    parser.add_argument("--renewed", type=int, default=60, help="events of the one whose digest is renewed each time")
    parser.add_argument("--logs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part, beside what others left")
    parser.add_argument("--out", type=Path, default=RESULT)
    asked = parser.parse_args()
    began = time.monotonic()
    before = earlier(asked.out) if asked.part else {}
    figures: dict[str, Any] = before.get("figures", {}) | {"code": code()}
    if not asked.part or {"bytes", "page"} & set(asked.part):
        whole = exported_for(STAFF, *long_case(asked.events))
        figures |= {"events": asked.events, "bytes": len(whole)}
    if not asked.part or "bytes" in asked.part:
        figures |= every_byte(whole)
    if not asked.part or "page" in asked.part:
        figures |= every_byte_on_the_page(whole)
    if not asked.part or "forged" in asked.part:
        figures |= forged(exported_for(STAFF, *long_case(asked.renewed))) | {"forged_events": asked.renewed}
    if not asked.part or "logs" in asked.part:
        figures |= agreement(asked.logs, asked.seed)
    missing = {"found", "found_page", "forged_found", "logs"} - figures.keys()
    held = not missing and (
        figures["changed"] == figures["found"] == figures["bytes"] * len(MASKS)
        and figures["changed_page"] == figures["found_page"] == figures["bytes"]
        and figures["forged"] == figures["forged_found"]
        and figures["disagreements"] == 0
        and min(figures["logs_whole"], figures["logs_damaged"]) > figures["logs"] // 10
    )
    how = f"--events {asked.events} --renewed {asked.renewed} --logs {asked.logs} --seed {asked.seed}"
    ran = [*before.get("ran", []), " ".join([*(f"--part {part}" for part in asked.part or PARTS), how])]
    result = {
        "title": "Every changed byte of an exported case is found, and both verifiers agree",
        "asked": "Every single-byte change of an exported case of 300 events is found; both verifiers agree on 10,000 "
        "random logs",
        "command": f"make soak-tamper EVENTS={figures.get('events', 0)} LOGS={figures.get('logs', 0)}",
        "ran": ran,
        "seconds": round(before.get("seconds", 0) + time.monotonic() - began, 1),
        "figures": figures,
        "held": held,
    }
    keep(asked.out, result)
    print(json.dumps(result, ensure_ascii=False, indent=1))
    raise SystemExit(0 if held else 1)


def earlier(out: Path) -> dict[str, Any]:
    """What other parts found with this very code. SystemExit for what another code found: it cannot be added to."""
    before: dict[str, Any] = json.loads(out.read_text("utf-8")) if out.exists() else {}
    if before and before["figures"].get("code") != code():
        raise SystemExit(f"{out.name} was found by other code: run every part anew, or into another file")
    return before


def code() -> str:
    """A digest of everything that decides what is found."""
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in DECIDES)).hexdigest()[:16]


# --- every byte ---


def every_byte(whole: bytes) -> dict[str, Any]:
    """Each byte changed by each mask, at the command line's verifier."""
    check_export(whole)
    with multiprocessing.Pool(2) as pool:
        found = sum(pool.starmap(_found, [(whole, mask) for mask in MASKS]))
    return {"masks": ", ".join(f"{mask:#04x}" for mask in MASKS), "changed": len(whole) * len(MASKS), "found": found}


def every_byte_on_the_page(whole: bytes) -> dict[str, Any]:
    """Each byte changed by the first mask, at the page's verifier."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.json"
        path.write_bytes(whole)
        told = json.loads(_node("bytes", str(path), str(MASKS[0])))
    return {"changed_page": told["changed"], "found_page": told["found"] if told["untouched"] == "ok" else 0}


def _found(whole: bytes, mask: int) -> int:
    data = bytearray(whole)
    seen = 0
    for at in range(len(data)):
        data[at] ^= mask
        seen += verdict(bytes(data)) != "ok"
        data[at] ^= mask
    return seen


def forged(whole: bytes) -> dict[str, Any]:
    """Each byte of the chain's part changed, and the digest of the file made to fit."""
    inner = whole[len(BEGINS) + 64 + len(FOLLOWS) : -1]
    places = [at for start, end in _parts(inner) for at in range(start, end)]
    with multiprocessing.Pool(2) as pool:
        halves = pool.starmap(_forged, [(inner, places[::2]), (inner, places[1::2])])
    return {"forged": len(places), "forged_found": sum(halves)}


def _parts(inner: bytes) -> list[tuple[int, int]]:
    """Where case, count, events, head, texts and tree stand."""
    text = inner.decode()
    found = []
    for name, after in (("case", "count"), ("events", "exported_at"), ("head", "limits"), ("texts", "tree")):
        start, end = text.index(f'"{name}":'), text.index(f',"{after}":')
        found.append((len(text[:start].encode()), len(text[:end].encode())))
    tree = re.search(r'"tree":"[0-9a-f]{64}"', text)
    assert tree is not None
    return [*found, (len(text[: tree.start()].encode()), len(text[: tree.end()].encode()))]


def _forged(inner: bytes, places: list[int]) -> int:
    data, seen = bytearray(inner), 0
    for at in places:
        data[at] ^= 0x01
        seen += verdict(renewed(bytes(data))) != "ok"
        data[at] ^= 0x01
    return seen


def renewed(inner: bytes) -> bytes:
    """A file whose digest fits what follows it."""
    return BEGINS + hashlib.sha256(inner).hexdigest().encode() + FOLLOWS + inner + b"}"


def verdict(data: bytes) -> str:
    """What the verifier at the command line says: "ok" or the first fault."""
    try:
        check_export(data)
    except Fault as fault:
        return str(fault)
    return "ok"


# --- both verifiers ---


def agreement(number: int, seed: int) -> dict[str, Any]:
    """Random logs, one half of them damaged, through both verifiers."""
    chance = random.Random(seed)
    logs = [log(chance) if chance.random() < 0.4 else damaged(log(chance), chance) for _ in range(number)]
    mine = [verdict(each) for each in logs]
    theirs = pages_verdicts(logs)
    differs = [place for place in range(number) if mine[place] != theirs[place]]
    for place in differs[:5]:
        print(f"log {place}: command line {mine[place]!r}, page {theirs[place]!r}")
    kinds = Counter(re.sub(r"\d+", "n", each) for each in mine)
    return {
        "logs": number,
        "logs_whole": kinds.pop("ok", 0),
        "logs_damaged": sum(kinds.values()),
        "disagreements": len(differs),
        "faults_named": ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())),
    }


def pages_verdicts(logs: list[bytes]) -> list[str]:
    """What the page's verifier says of each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "logs.txt"
        path.write_bytes(b"".join(base64.b64encode(each) + b"\n" for each in logs))
        return _node("logs", str(path)).splitlines()


def _node(*arguments: str) -> str:
    return subprocess.run(["node", str(PAGE), *arguments], capture_output=True, text=True, check=True).stdout


def log(chance: random.Random) -> bytes:
    """A whole export: some events kept back, some with texts, nothing of the office's program in it."""
    entries: list[dict[str, str]] = []
    hashes: list[bytes] = []
    texts = []
    for seq in range(1, chance.randint(1, 30) + 1):
        said = _words(chance) if chance.random() < 0.5 else ""
        event = {
            "case": CASE,
            "seq": seq,
            "prev": hashes[-1].hex() if hashes else "",
            "data": {"n": chance.randrange(-5, 10**9), "w": _words(chance), "l": [True, None, {}]},
            "text": hashlib.sha256(said.encode()).hexdigest() if said else "",
        }
        body = _coded(event)
        hashes.append(leaf_hash(body))
        if chance.random() < 0.2:
            entries.append({"hash": hashes[-1].hex()})
        else:
            entries.append({"body": body.decode()})
            texts += [{"seq": seq, "text": said}] if said and chance.random() < 0.7 else []
    head, tree = hashes[-1].hex(), tree_hash(hashes).hex()
    told = {"case": CASE, "count": len(hashes), "events": entries, "head": head, "tree": tree, "texts": texts}
    return renewed(_coded(told | {"receipts": [], "on": "2026-11-25"}))


def _words(chance: random.Random) -> str:
    return "".join(chance.choice(WORDS) for _ in range(chance.randint(1, 4)))


def _coded(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """The same, damaged in one of many ways; now and then the way does nothing."""
    return chance.choice(DAMAGES)(whole, chance)


def _byte(whole: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(whole))
    return whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :]


def _cut(whole: bytes, chance: random.Random) -> bytes:
    return whole[: chance.randrange(len(whole))]


def _doubled(whole: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(whole))
    return whole[:at] + whole[at : at + chance.randint(1, 9)] + whole[at:]


def _on_bytes(change: Callable[[bytes, random.Random], bytes]) -> Callable[[bytes, random.Random], bytes]:
    """Damage the inside and renew the digest."""
    return lambda whole, chance: renewed(change(whole[len(BEGINS) + 64 + len(FOLLOWS) : -1], chance))


def _on_value(change: Callable[[Any, random.Random], Any]) -> Callable[[bytes, random.Random], bytes]:
    """Damage what is said and renew the digest."""

    def damage(whole: bytes, chance: random.Random) -> bytes:
        told = json.loads(whole)["export"]
        change(told, chance)
        return renewed(_coded(told))

    return damage


def _swap(told: Any, chance: random.Random) -> None:
    events, at = told["events"], chance.randrange(len(told["events"]))
    events[at], events[-1] = events[-1], events[at]


def _repeat(told: Any, chance: random.Random) -> None:
    told["events"].insert(0, chance.choice(told["events"]))


def _rewrite(told: Any, chance: random.Random) -> None:
    """One event told otherwise, in good form, everything after it untouched."""
    entry = chance.choice(told["events"])
    if "body" in entry:
        event = json.loads(entry["body"])
        event["data"]["n"] += 1
        entry["body"] = _coded(event).decode()


def _other_hash(told: Any, chance: random.Random) -> None:
    told[chance.choice(("head", "tree"))] = hashlib.sha256(chance.randbytes(8)).hexdigest()


def _other_text(told: Any, chance: random.Random) -> None:
    if told["texts"]:
        chance.choice(told["texts"])["text"] += "。"


def _odd(told: Any, chance: random.Random) -> None:
    """Values of other kinds where a reader may stumble."""
    odd = chance.choice(([], {}, None, True, 0, 1.5, "", "x", 2**60, {"é": 1}, [[[]]]))
    place = chance.choice(("case", "count", "events", "head", "texts", "tree"))
    if chance.random() < 0.5:
        told[place] = odd
    else:
        entry = {"body": _coded(odd).decode()} if chance.random() < 0.5 else odd
        told["events"][chance.randrange(len(told["events"]))] = entry


def _spelled(inner: bytes, chance: random.Random) -> bytes:
    """The same said in another form."""
    old, new = chance.choice(
        (
            (b'":', b'": '),
            ("路".encode(), rb"\u8def"),
            ("路".encode(), rb"\ud800"),
            (b'"count":', b'"count":0,"count":'),
            (b"true", b"1.0"),
            (b'"count":', b'"count":1e2,"counted":'),
            (b"null", b"NaN"),
            (b"null", b"-0"),
            (b"null", b"[" * 60 + b"]" * 60),
            (b"null", b"12345678901234567890"),
            ("亮".encode(), b"\xff\xfe"),
            ("亮".encode(), b"\xed\xa0\x80"),
            (b"{", b"\xef\xbb\xbf{"),
            (rb"\\n", rb"\\u000a"),
            (b"]", b"],"),
        )
    )
    return inner.replace(old, new, 1)


DAMAGES = (
    _byte, _byte, _cut, _doubled, _on_bytes(_byte), _on_bytes(_byte), _on_bytes(_doubled), _on_value(_swap),
    _on_value(_repeat), _on_value(_rewrite), _on_value(_other_hash), _on_value(_other_text), _on_value(_odd),
    _on_value(lambda told, _: told["events"].pop()), _on_bytes(_spelled), _on_bytes(_spelled),
)  # fmt: skip


if __name__ == "__main__":
    main()

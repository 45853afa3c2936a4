"""What a proof says in words: its article, its verdict, what became of the warnings, and the facts of its derivation.

The wording of a derivation is not counted again: that it names the article, the number and these days is checked, and
that it names no other day. Where its words are not those that an event told, that is remarked upon (`reworded`).
Names of events and offices are not checked.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .told import told_in_run

LAW: dict[str, Any] = json.loads(Path(__file__).with_name("limits.json").read_text("utf-8"))
BY_RULE = ("label", "law", "kind", "of", "unit")
VERDICTS = {
    "in_time": "按期完成", "late": "超期完成", "running": "在期限内", "overdue": "已超期，尚未完成",
    "stopped": "停止计时", "lapsed": "期限届满", "moot": "期限不再适用", "replaced": "期限重新起算",
}  # fmt: skip
PEOPLE = ("petitioner", "representative", "signer", "signers", "proxy")
"""Of the notices to others, organs, a petitioner's export holds only what his proofs say."""
NAMED_DAY = re.compile(r"(\d+)年(\d+)月(\d+)日")
STOPPED_SINCE = re.compile(r"\d+年\d+月\d+日起停止计时，到期日将在恢复计时后重新计算。")


def unlike_rule(proof: dict[str, Any], export: dict[str, Any]) -> Iterator[str]:
    """Name, article and kind are those of the limit; the verdict is called what it is."""
    rule = export["limits"][proof["limit"]]
    law = LAW.get(proof["limit"], {}).get("article", rule["law"])
    wanted = {name: rule[name] for name in BY_RULE} | {"law": law, "verdict_label": VERDICTS.get(proof["verdict"])}
    yield from (f"{name} 应为{said}，写的是{proof[name]}" for name, said in wanted.items() if proof[name] != said)


def unlike_facts(proof: dict[str, Any]) -> Iterator[str]:
    """The derivation names article, number and days of this proof, and no other days."""
    text, law = proof["derivation"], proof["law"]
    total, measure = proof["days"] + proof["extended_by"], "日" if proof["unit"] == "days" else "个工作日"
    named = {f"{year}-{int(month):02}-{int(day):02}" for year, month, day in NAMED_DAY.findall(text)}
    needed = {proof[name] for name in ("start_on", "stat_due", "due")}
    may = needed | {proof["legal_due"]} | {begins for begins, ends in proof["pauses"] if ends is None}
    yield from (f"说明没有写明{day}" for day in sorted(needed - named))
    yield from (f"说明所写的{day}不是这个期限的日期" for day in sorted(named - may))
    if not text.rpartition("依据：")[2].startswith(f"《信访工作条例》{law}" if law.startswith("第") else law):
        yield f"说明没有写明依据{law}"
    if total and not re.search(rf"(?<!\d){total}{measure}", text):
        yield f"说明没有写明{total}{measure}"


def unlike_notices(proof: dict[str, Any], export: dict[str, Any]) -> Iterator[str]:
    """What became of each warning is what the notices of its event say."""
    for warning in proof["warnings"]:
        rows = [_row(each) for each in export["notices"] if each["event_seq"] == warning["seq"]]
        shown = [tuple(each[name] for name in SHOWN) for each in warning["notices"]]
        if export["reader"] == "petitioner":
            shown = [each for each in shown if each[0].partition(":")[0] in PEOPLE]
        if Counter(rows) != Counter(shown):
            yield f"第{warning['seq']}号事件的通知与通知记录不同：应有{len(rows)}条，写了{len(shown)}条"


SHOWN = ("recipient", "channel", "state", "state_label", "at")


def _row(notice: dict[str, Any]) -> tuple[str, ...]:
    at = notice["attempts"][-1]["at"] if notice["attempts"] else notice["owed_at"]
    return (*(notice[name] for name in SHOWN[:-1]), at)


def reworded(export: dict[str, Any]) -> Iterator[str]:
    """Proofs whose derivation is worded otherwise than an event told it: a newer release may, or a forger."""
    events = [json.loads(entry["body"]) if "body" in entry else None for entry in export["events"]]
    for proof in export["deadline_proofs"]:
        told = told_in_run(proof, export, events)
        if told and STOPPED_SINCE.sub("", proof["derivation"]) != STOPPED_SINCE.sub("", told[-1][1]["derivation"]):
            yield f"证明 {proof['label']}（第{proof['run']}次）的说明文字与第{told[-1][0]['seq']}号事件告知的不同"

"""Who stands behind a petition beside its principal: representatives, joint signers, a proxy (第二十条).

The invariant: names and telephones stay in `Contact`, which is sealed; a case knows only how many there are.
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.errors import FieldError, FieldsInvalid, RuleBroken
from chalicelib.domain.intake import VISIT, Contact, Filing

MOST_REPRESENTATIVES_OF_A_VISIT = 5
"""代表人数不得超过5人 -- 第二十条第三款. It binds visits only, neither letters nor online petitions."""
GROUP = 5
"""集体访: so many people or more came together (practice)."""
VISITS_LAW = "第二十条第三款"


def check(filing: Filing, contact: Contact) -> None:
    """Representatives of a visit are few, and what only a visit has is told of a visit only (第二十条)."""
    many = len(contact.representatives)
    if filing.channel == VISIT:
        if many > MOST_REPRESENTATIVES_OF_A_VISIT:
            said = f"多人走访应当推选代表，代表不得超过{MOST_REPRESENTATIVES_OF_A_VISIT}人，填写了{many}人"
            raise RuleBroken(said, law=VISITS_LAW, fields=[FieldError("/representatives", said, "too_many")])
        return
    wrong = []
    if filing.persons > 1:
        wrong.append(FieldError("/persons", "只有来访才登记来访人数", "not_a_visit"))
    if filing.level_skipping:
        wrong.append(FieldError("/level_skipping", "只有来访才登记越级走访", "not_a_visit"))
    if wrong:
        raise FieldsInvalid(wrong)


def facts(filing: Filing, contact: Contact) -> dict[str, Any]:
    """What a case keeps of its people: numbers. Nothing at all where one person filed for himself."""
    found: dict[str, Any] = {}
    count = counts(contact)
    if any(count.values()):
        found["people"] = count
    if filing.persons > 1:
        found["persons"] = filing.persons
    if filing.level_skipping:
        found["level_skipping"] = True
    if filing.open_to_join:
        found["open_to_join"] = True
    return found


def counts(contact: Contact) -> dict[str, int]:
    """`r`epresentatives, joint `s`igners, and whether a pro`x`y acts."""
    return {"r": len(contact.representatives), "s": len(contact.joint_signers), "x": int(contact.proxy is not None)}


def is_group_visit(facts: Mapping[str, Any]) -> bool:
    """集体访: five people or more came (practice)."""
    return int(facts.get("persons", 1)) >= GROUP


def has_proxy(facts: Mapping[str, Any]) -> bool:
    """Somebody acts for the principal."""
    return bool(facts.get("people", {}).get("x"))


def code_version(facts: Mapping[str, Any]) -> int:
    """Which query code opens the case; a new one makes all before it void."""
    return int(facts.get("code", 1))


def warnings(facts: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What whoever registers a visit is told; it is registered all the same: code, words, article (第二十条)."""
    found = []
    if facts.get("level_skipping"):
        said = "来访应当到有权处理的本级或者上一级机关、单位的接待场所提出，请做好解释和引导；本次已照常登记"
        found.append(("level_skipping", said, "第二十条第一款"))
    if int(facts.get("persons", 1)) > MOST_REPRESENTATIVES_OF_A_VISIT and not facts.get("people", {}).get("r"):
        said = f"多人来访应当推选代表，不超过{MOST_REPRESENTATIVES_OF_A_VISIT}人，请补登代表的姓名和电话"
        found.append(("representatives_wanted", said, VISITS_LAW))
    return found

"""The people of a case as they are shown: numbers masked, and to whoever only signed or wants to join, nobody's."""

from typing import Any

from chalicelib.domain.case import PETITIONER, SIGNER, Actor, Case
from chalicelib.domain.identity import mask_identity_number, mask_phone
from chalicelib.domain.intake import Companion, Contact
from chalicelib.domain.people import has_proxy, is_group_visit


def is_aside(by: Actor) -> bool:
    """A joint signer or somebody who may join: he reads what is asked for, not who asks or what is said to them."""
    return by.role == PETITIONER and by.standing in ("", SIGNER)


def principal(contact: Contact, by: Actor) -> dict[str, str]:
    """Name and address in full for who may see the case; numbers masked."""
    if is_aside(by):
        return {"name": "", "phone": "", "address": "", "identity_number": ""}
    return {
        "name": contact.name,
        "phone": _masked(contact.phone),
        "address": contact.address,
        "identity_number": mask_identity_number(contact.identity_number) if contact.identity_number else "",
    }


def beside(case: Case, contact: Contact, by: Actor) -> dict[str, Any]:
    """Who stands with the principal: how many for everybody, who for those who may know."""
    facts, hidden = case.facts, is_aside(by)
    found: dict[str, Any] = {
        "representatives": [] if hidden else [_companion(each) for each in contact.representatives],
        "signers": len(contact.joint_signers),
        "proxy": None if hidden or contact.proxy is None else _proxy(case, contact),
        "open_to_join": bool(facts.get("open_to_join")),
        "persons": int(facts.get("persons", 1)),
        "group_visit": is_group_visit(facts),
        "level_skipping": bool(facts.get("level_skipping")),
    }
    if by.role != PETITIONER:
        found["joint_signers"] = [_companion(each) for each in contact.joint_signers]
    return found


def _companion(each: Companion) -> dict[str, str]:
    return {"name": each.name, "phone": _masked(each.phone)}


def _proxy(case: Case, contact: Contact) -> dict[str, Any]:
    assert contact.proxy is not None
    return {
        "name": contact.proxy.name,
        "phone": _masked(contact.proxy.phone),
        "relation": contact.proxy.relation,
        "revoked": not has_proxy(case.facts),
    }


def _masked(phone: str) -> str:
    return mask_phone(phone) if phone else ""

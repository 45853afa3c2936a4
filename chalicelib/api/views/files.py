"""The photos and papers of a case, as a list: what there is, not what is in it."""

from typing import Any

from chalicelib.api.views.people import is_aside
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.events.own import EvidenceAttached, MaterialAttached
from chalicelib.domain.materials import KINDS
from chalicelib.store.cases import CaseFile

ATTACHED = (MaterialAttached.wire, EvidenceAttached.wire)


def files(file: CaseFile, by: Actor) -> list[dict[str, Any]]:
    """Those this person may open: a petitioner not what an office keeps to itself, who joined only none."""
    if is_aside(by):
        return []
    return [
        {
            "number": each.data["number"],
            "name": file.texts[each.seq]["name"],
            "kind": KINDS[each.data["media"]],
            "size": each.data["size"],
            "at": each.at.isoformat(),
            "by_staff": each.type == EvidenceAttached.wire,
            "internal": each.data.get("internal", False),
        }
        for each in file.events
        if each.type in ATTACHED and not (by.role == PETITIONER and each.data.get("internal"))
    ]

"""What of a case's chain somebody may take away in its exact bytes; the rest he gets as a hash, and can check too.

The invariant: nothing leaves in an export that the view of the case keeps from the same person.
"""

from collections.abc import Iterable
from typing import Any

from chalicelib.api.views.people import is_aside
from chalicelib.api.views.timeline import CUT_OUT, FOR_THE_FILE, is_between_organs
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.deadline_proof import Told
from chalicelib.domain.events import BY_WIRE
from chalicelib.domain.events.base import EVERYTHING, STAFF
from chalicelib.domain.events.matters import MatterSplit
from chalicelib.domain.petition import kept_from
from chalicelib.domain.values import value
from chalicelib.store.cases import CaseFile
from chalicelib.store.receipts import Receipt
from chalicelib.store.signing import Envelope

BEFORE_THE_CUT = ("petition.registered", "petition.claims_confirmed", "petition.drafted", "petition.replied")
"""What was said there may hold the part that was cut out since: only the office of registration reads it (第三十条)."""
OPINION, SERVED = "petition.replied", "petition.served"


@value
class Readable:
    """`events` and `texts` by number; `hidden` are the duties that are kept from this person."""

    is_petitioner: bool
    events: frozenset[int]
    texts: frozenset[int]
    hidden: frozenset[str]

    @classmethod
    def of(cls, file: CaseFile, by: Actor) -> "Readable":
        """For one person and one case he may see."""
        hidden = kept_from(file.case, by) if file.case.procedure == "petition" else frozenset()
        is_petitioner = by.role == PETITIONER
        read = _petitioner_reads if is_petitioner else _staff_reads
        events = frozenset(each.seq for each in file.events if read(each, file, by) and not _touches(each, hidden))
        texts = frozenset(seq for seq in events if _text(file, seq, by))
        return cls(is_petitioner, events, texts, hidden)

    def clock(self, limit: str, about: str) -> bool:
        """A petitioner is not shown what runs between organs, nobody what is kept from him."""
        return about not in self.hidden and not (self.is_petitioner and is_between_organs(limit))

    def names(self, event: Told) -> bool:
        """May it be told which event it was and when, even where its words are kept back?"""
        if event.seq in self.events:
            return True
        if _touches(event, self.hidden) or event.type == CUT_OUT:
            return False
        return not self.is_petitioner or _is_for_petitioners(event)

    def receipts(self, file: CaseFile, found: Iterable[Receipt]) -> list[Envelope]:
        """The receipts of what happened before these eyes: of what is kept from somebody he gets none (第十八条第四款).

        Whoever was told has the receipt of it, also where the event itself stays between organs.
        """
        told = {each.seq for each in file.events if not _touches(each, self.hidden) and each.type != CUT_OUT}
        return [each.envelope for each in found if each.seq in told | self.events]


def _petitioner_reads(each: Any, file: CaseFile, by: Actor) -> bool:
    if is_aside(by) or not _is_for_petitioners(each):
        return False
    return not any(each.data.get(name) for name in BY_WIRE[each.type].inner)


def _is_for_petitioners(each: Told) -> bool:
    return BY_WIRE[each.type].seen != STAFF and not is_between_organs(each.data.get("limit"))


def _staff_reads(each: Any, file: CaseFile, by: Actor) -> bool:
    return each.type != CUT_OUT or by.org == file.case.office


def _touches(each: Told, hidden: frozenset[str]) -> bool:
    return each.data.get("about") in hidden or any(said.get("about") in hidden for said in each.clocks)


def _text(file: CaseFile, seq: int, by: Actor) -> bool:
    each, said = file.events[seq - 1], file.texts.get(seq)
    if not said:
        return False
    if by.role == PETITIONER:
        served = max((one.seq for one in file.events if one.type == SERVED), default=0)
        mine = seq == 1 or BY_WIRE[each.type].seen == EVERYTHING or (each.type == OPINION and seq < served)
        return mine and not any(name in said for name in FOR_THE_FILE)
    was_cut = any(one.type in (CUT_OUT, MatterSplit.wire) for one in file.events)
    return by.org == file.case.office or not (was_cut and each.type in (*BEFORE_THE_CUT, MatterSplit.wire))

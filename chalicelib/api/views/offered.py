"""Steps whose offer depends on what the case itself does not hold: the office tree, the proofs of notices."""

from collections.abc import Callable, Mapping

from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed.recipients import is_person
from chalicelib.store import proofs
from chalicelib.store.cases import CaseFile


def _has_a_unit_that_is_no_more(file: CaseFile, tree: OfficeTree) -> bool:
    office = tree.get(file.case.agency or file.case.office)
    return office is None or not office.active


def _has_a_notice_for_a_person(file: CaseFile, tree: OfficeTree) -> bool:
    found = map(proofs.proof, file.notices)
    return any(each.state == proofs.HANDED and is_person(each.recipient) for each in found)


_ONLY_WHEN: Mapping[str, Callable[[CaseFile, OfficeTree], bool]] = {
    "succeed": _has_a_unit_that_is_no_more,
    "record_notice": _has_a_notice_for_a_person,
}


def is_offered(action: str, file: CaseFile, tree: OfficeTree) -> bool:
    """May the page offer this step; asked for at another time, its function says why not."""
    only_when = _ONLY_WHEN.get(action)
    return only_when is None or only_when(file, tree)

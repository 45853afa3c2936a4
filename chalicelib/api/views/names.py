"""Offices by their names."""

from chalicelib.domain.offices import OfficeTree


def office_of(org: str, tree: OfficeTree) -> dict[str, str]:
    """An office as it is shown: its name, and where it is reached."""
    office = tree.get(org)
    return {"id": org, "name": office.name, "phone": office.phone} if office else {"id": org, "name": org, "phone": ""}


def name_of(org: str, tree: OfficeTree) -> str:
    """An office's name; of one that is not in the tree, its id."""
    office = tree.get(org)
    return office.name if office else org

"""The office tree: who stands below whom, and which petition bureau looks after whom. Pure; loaded from a profile."""

from collections.abc import Iterable, Mapping
from dataclasses import field

from chalicelib.domain.values import value

LEVELS = ("province", "city", "county", "township", "village")
DISCIPLINE = "discipline"
KINDS = (
    "government", "bureau", "joint_meeting", DISCIPLINE, "department", "committee", "township", "village", "external",
)  # fmt: skip
NO_PETITIONS = ("external", "joint_meeting", "government", DISCIPLINE)
"""Kinds of office that no petition is filed with or handed to: outside the tenant, without handlers of their own,
or, as a discipline organ, there for reports of misconduct alone."""


@value
class Office:
    """One organ (机关、单位). `bureau` marks the petition bureau (信访部门); `short` fits an SMS (8 characters)."""

    id: str
    name: str
    short: str
    level: str
    kind: str
    parent: str | None = None
    phone: str = ""
    duties: tuple[str, ...] = ()
    active: bool = True

    @property
    def is_bureau(self) -> bool:
        """A petition bureau registers and forwards for everybody (第二十二条), others for themselves (第二十三条)."""
        return self.kind == "bureau"


@value
class OfficeTree:
    """All offices of a tenant, at one version of the tree."""

    offices: Mapping[str, Office]
    version: int = 1
    _children: dict[str, list[str]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, offices: Iterable[Office], version: int = 1) -> "OfficeTree":
        """Build the tree; raise ValueError when a parent is missing or the tree runs in a circle."""
        by_id = {office.id: office for office in offices}
        children: dict[str, list[str]] = {}
        for office in by_id.values():
            if office.parent is not None:
                if office.parent not in by_id:
                    raise ValueError(f"{office.id!r} stands under {office.parent!r}, which does not exist")
                children.setdefault(office.parent, []).append(office.id)
        tree = cls(by_id, version, children)
        for office_id in by_id:
            tree.path(office_id)
        return tree

    def get(self, office_id: str) -> Office | None:
        """The office, if there is one."""
        return self.offices.get(office_id)

    def path(self, office_id: str) -> tuple[str, ...]:
        """The office and everything above it, nearest first. Raises KeyError, ValueError (a circle)."""
        found: list[str] = []
        at: str | None = office_id
        while at is not None:
            if at in found:
                raise ValueError(f"{office_id!r} stands under itself")
            found.append(at)
            at = self.offices[at].parent
        return tuple(found)

    def below(self, office_id: str) -> tuple[str, ...]:
        """The office and everything below it."""
        found = [office_id]
        for child in self._children.get(office_id, ()):
            found.extend(self.below(child))
        return tuple(found)

    def is_within(self, office_id: str, ancestor: str) -> bool:
        """True when the office is the ancestor or stands below it."""
        return office_id in self.offices and ancestor in self.path(office_id)

    def bureau_of(self, office_id: str) -> Office | None:
        """The petition bureau that looks after an office: the nearest one beside it or above it."""
        for ancestor in self.path(office_id):
            if self.offices[ancestor].is_bureau:
                return self.offices[ancestor]
            for child in self._children.get(ancestor, ()):
                if self.offices[child].is_bureau:
                    return self.offices[child]
        return None

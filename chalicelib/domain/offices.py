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
    superior: str | None = None
    """Who stands one level above it for review (第三十五条), where that is not who it stands under: a vertical body."""
    successor: str | None = None
    """Who goes on exercising its powers after it was split, merged or abolished (第二十四条第二款)."""

    @property
    def handles_petitions(self) -> bool:
        """Petitions are filed with it and handed to it; so it may be inspected, too (第三十八条)."""
        return self.kind not in NO_PETITIONS

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
            if office.superior is not None and office.superior not in by_id:
                raise ValueError(f"the superior {office.superior!r} of {office.id!r} does not exist")
            if office.successor is not None and office.successor not in by_id:
                raise ValueError(f"the successor {office.successor!r} of {office.id!r} does not exist")
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

    def area_of(self, office_id: str) -> str:
        """What an office looks after: a government its whole area, a bureau or department the area it belongs to."""
        office = self.offices[office_id]
        return office.id if office.kind == "government" or office.parent is None else office.parent

    def government_of(self, office_id: str) -> str | None:
        """The government whose area it is: the nearest one above, or the office itself."""
        return next((each for each in self.path(office_id) if self.offices[each].kind == "government"), None)

    def bureau_of(self, office_id: str) -> Office | None:
        """The petition bureau that looks after an office: the nearest one beside it or above it."""
        return self._nearest(office_id, "bureau")

    def joint_meeting_of(self, office_id: str) -> Office | None:
        """The joint meeting of an office's area: the nearest one beside it or above it."""
        return self._nearest(office_id, "joint_meeting")

    def successor_of(self, office_id: str) -> Office | None:
        """The office that goes on with an abolished one's powers, through all that were abolished since."""
        seen, at = {office_id}, self.offices[office_id].successor
        while at is not None and at not in seen:
            if self.offices[at].active:
                return self.offices[at]
            seen.add(at)
            at = self.offices[at].successor
        return None

    def common_superior(self, office_ids: Iterable[str]) -> Office | None:
        """The nearest office above all of these (第二十四条第一款); a vertical body stands under its own superior."""
        above = [self._above(each) for each in office_ids]
        return next((self.offices[each] for each in above[0] if all(each in other for other in above)), None)

    def _above(self, office_id: str) -> tuple[str, ...]:
        office = self.offices[office_id]
        return self.path(office.superior) if office.superior else self.path(office_id)[1:]

    def _nearest(self, office_id: str, kind: str) -> Office | None:
        for ancestor in self.path(office_id):
            for each in (ancestor, *self._children.get(ancestor, ())):
                if self.offices[each].kind == kind:
                    return self.offices[each]
        return None

"""Several departments, one reply (第二十四条)."""

from datetime import date

from chalicelib.domain.events.base import STAFF, Event
from chalicelib.domain.values import happening


@happening
class DepartmentsAsked(Event):
    """第二十四条: a matter of two or more organs. What is asked is sealed."""

    wire, label, shown = "petition.departments_asked", "请协办单位", "牵头单位请配合单位一起办理"
    orgs: tuple[str, ...]
    due: date


@happening
class JointlyAnswered(Event):
    """What one department has to say; the lead makes one reply of it. `left` still have to answer."""

    seen = STAFF
    wire, label, shown = "petition.jointly_answered", "反馈协办意见", "配合单位已提出意见"
    org: str
    about: str
    answered: tuple[int, ...] = ()
    """The claims it answers."""
    left: int = 0


@happening
class SupportDeclined(Event):
    """第二十三条第三款 by analogy: not within its powers, with detailed reasons."""

    seen = STAFF
    wire, label, shown = "petition.support_declined", "说明不属于职责", "配合单位说明不属于其职责"
    org: str
    about: str


@happening
class DepartmentReleased(Event):
    """The lead needs it no longer, or asked it by mistake."""

    seen = STAFF
    wire, label, shown = "petition.department_released", "解除协办", "牵头单位不再需要该配合单位"
    org: str
    about: str


@happening
class CoordinationHeld(Event):
    """第十三条、第二十四条: 协调处理. The minutes are sealed; `org` wrote them."""

    wire, label, shown = "petition.coordinated", "协调会议纪要", "有关单位已开会协调"
    org: str
    held_on: date
    attended: tuple[str, ...]


EVENTS: tuple[type[Event], ...] = (
    DepartmentsAsked,
    JointlyAnswered,
    SupportDeclined,
    DepartmentReleased,
    CoordinationHeld,
)

"""What kinds of duty there are beside the road; each chapter names its own in its table."""

from collections.abc import Callable, Mapping

from chalicelib.domain.case import Duty
from chalicelib.domain.values import value


@value
class DutyKind:
    """Its label, the label of each state it can be in, and whether the petitioner is shown it.

    `kept_to` names the offices that alone may read it, its events and its clock; none named: all who see the case.
    """

    label: str
    states: Mapping[str, str]
    shown: bool = True
    kept_to: Callable[[Duty], tuple[str, ...]] | None = None

"""What kinds of duty there are beside the road; each chapter names its own in its table."""

from collections.abc import Mapping

from chalicelib.domain.values import value


@value
class DutyKind:
    """Its label, the label of each state it can be in, and whether the petitioner is shown it."""

    label: str
    states: Mapping[str, str]
    shown: bool = True

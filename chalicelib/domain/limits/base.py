"""What a time limit is: a rule of time with its article. A clock is what runs when it applies to one case."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["days", "working_days"]
Party = Literal["organ", "petitioner"]

LADDER = (0, 3, 7)
"""After how many days of lateness the next rung is told; who stands on which rung, `owed` says."""
LINES_UNTIL = 45
"""So many days of lateness are told by a line each working day; after them by one line a week."""


@dataclass(frozen=True)
class TimeLimit:
    """A rule of time; a clock is what runs when the rule applies to one case.

    `days` are calendar days. Neither `days` nor `working_days` means that each case names its own number.
    `remind` is how many days before the due date, in the limit's own unit. `then` is the step the law takes
    by itself when the limit runs out; None means that somebody is late: then `ladder` is after how many days of it
    the next rung is told, and `lines_until` up to which of them whoever owes is told so every working day.
    """

    name: str
    label: str
    law: str
    days: int | None = None
    working_days: int | None = None
    of: Party = "organ"
    extendable_by: int = 0
    remind: tuple[int, ...] = ()
    then: str | None = None
    ladder: tuple[int, ...] = LADDER
    lines_until: int = LINES_UNTIL
    kind: Literal["statutory", "service"] = "statutory"
    since: str = "收到信访事项"
    note: str = ""
    each: bool = False
    """Every duty has a clock of its own: several may run at once in one case."""
    for_staff: bool = False
    """A petitioner is not shown it."""

    def __post_init__(self) -> None:
        if self.days is not None and self.working_days is not None:
            raise ValueError(f"limit {self.name!r} counts either days or working days, not both")
        if not self.ladder or self.ladder[0] != 0 or list(self.ladder) != sorted(set(self.ladder)):
            raise ValueError(f"limit {self.name!r} needs a ladder that begins with 0 and rises, found {self.ladder}")

    @property
    def unit(self) -> Unit:
        """A number set per case is in calendar days, because the person who sets it names a date."""
        return "days" if self.working_days is None else "working_days"

    @property
    def number(self) -> int | None:
        return self.days if self.working_days is None else self.working_days

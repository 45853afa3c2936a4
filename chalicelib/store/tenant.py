"""What this process works with: the tenant's table, cases and rules, made once and shared by every call."""

import functools
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalicelib.domain import limits
from chalicelib.domain.limits import TimeLimit
from chalicelib.domain.procedure import Rules
from chalicelib.domain.values import replace
from chalicelib.profiles.profile import current
from chalicelib.store.cases import Cases
from chalicelib.store.dynamo import CasesTable
from chalicelib.store.keyring import keys
from chalicelib.store.table import Table

if TYPE_CHECKING:
    from chalicelib.store.calendars import Kept
    from chalicelib.store.reports import Reports


@functools.cache
def table() -> Table:
    """The business table of this deployment."""
    return CasesTable()


@functools.cache
def cases() -> Cases:
    """The cases of this deployment."""
    return Cases(table(), keys())


@functools.cache
def reports() -> "Reports":
    """The reports of misconduct of this deployment; imported when needed, for no petition needs it."""
    from chalicelib.store.reports import Reports

    return Reports(table(), keys())


def report_rules() -> Rules:
    """The same calendar, and the limits of reports of misconduct: no profile changes them."""
    from chalicelib.domain.limits.report import REPORT

    return replace(rules(), limits=REPORT)


KEEP_S = 300
_held: tuple[float, Rules] | None = None


def rules(*, fresh: bool = False) -> Rules:
    """The calendar in force and the limits of this tenant's profile: read at most every five minutes, or now.

    A process that has not heard yet counts as it did before; the sweep recounts what was told meanwhile.
    Raises Busy, Denied.
    """
    global _held
    now = time.monotonic()
    if fresh or _held is None or now - _held[0] >= KEEP_S:
        from chalicelib.store import calendars

        _held = (now, rules_of(calendars.load(table())))
    return _held[1]


def rules_of(kept: "Kept") -> Rules:
    """The rules with the calendars that were just read."""
    *earlier, in_force = kept.calendars()
    return Rules(in_force, limits_of_profile(), {each.version: each for each in earlier})


def forget_rules() -> None:
    """Read the calendar anew on the next call: whoever changed it must not count with the old one."""
    global _held
    _held = None


@functools.cache
def limits_of_profile() -> Mapping[str, TimeLimit]:
    """What this tenant's profile makes of the limits."""
    return limits.configured(current().targets)

"""What this process works with: the tenant's table, cases and rules, made once and shared by every call."""

import functools
from typing import TYPE_CHECKING

from chalicelib.domain import limits
from chalicelib.domain.procedure import Rules
from chalicelib.domain.workdays import Calendar
from chalicelib.profiles.profile import current
from chalicelib.store.cases import Cases
from chalicelib.store.dynamo import CasesTable
from chalicelib.store.keyring import keys
from chalicelib.store.table import Table

if TYPE_CHECKING:
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

    return Rules(rules().calendar, REPORT)


@functools.cache
def rules() -> Rules:
    """The calendar that ships with this release and the limits of this tenant's profile."""
    return Rules(Calendar.shipped(), limits.configured(current().targets))

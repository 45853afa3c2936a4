"""What this process works with: the tenant's table, cases and rules, made once and shared by every call."""

import functools

from chalicelib.domain import limits
from chalicelib.domain.procedure import Rules
from chalicelib.domain.workdays import Calendar
from chalicelib.profiles.profile import current
from chalicelib.store.cases import Cases
from chalicelib.store.dynamo import CasesTable
from chalicelib.store.keyring import keys
from chalicelib.store.table import Table


@functools.cache
def table() -> Table:
    """The business table of this deployment."""
    return CasesTable()


@functools.cache
def cases() -> Cases:
    """The cases of this deployment."""
    return Cases(table(), keys())


@functools.cache
def rules() -> Rules:
    """The calendar that ships with this release and the limits of this tenant's profile."""
    return Rules(Calendar.shipped(), limits.configured(current().targets))

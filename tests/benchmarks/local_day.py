"""A fault, as a pytest plugin: the legal day is asked of the machine's zone."""

from datetime import date, datetime

from chalicelib import clock


def _local_day() -> date:
    return datetime.fromtimestamp(clock.now().timestamp()).date()


clock.today = _local_day

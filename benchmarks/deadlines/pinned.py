"""A pytest plugin: the product's clock shows the instant in `PINNED_AT` when each test begins, and goes on."""

import os
from datetime import datetime

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Turn the movable clock for what is made once; it is asked of the environment, for a subprocess can be told."""
    _pin()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Half a minute before midnight stays that for every test, however long those before it took."""
    _pin()


def _pin() -> None:
    pinned = os.environ.get("PINNED_AT")
    if pinned:
        from chalicelib import clock

        clock._OFFSET += datetime.fromisoformat(pinned) - clock.now()

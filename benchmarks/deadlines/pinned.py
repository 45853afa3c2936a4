"""A pytest plugin: the product's clock shows the instant in `PINNED_AT` when the tests begin, and goes on."""

import os
from datetime import datetime

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Turn the movable clock; it is asked of the environment, so that a subprocess can be told."""
    pinned = os.environ.get("PINNED_AT")
    if pinned:
        from chalicelib import clock

        clock._OFFSET = datetime.fromisoformat(pinned) - clock.now()

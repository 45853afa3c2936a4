"""moto for a test that brings its own resources, beside the world that other tests share."""

from collections.abc import Iterator
from contextlib import contextmanager

from moto import mock_aws


@contextmanager
def quiet_aws() -> Iterator[None]:
    """Like `mock_aws`, but what other tests have loaded stays: a plain one begins by forgetting every table."""
    mock = mock_aws()
    mock.start(reset=False)
    try:
        yield
    finally:
        mock.stop(remove_data=False)

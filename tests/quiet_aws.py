"""moto for a test that brings its own resources, beside the world that other tests share."""

from collections.abc import Iterator
from contextlib import contextmanager

from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

ELSEWHERE = "cn-northwest-1"
"""Where a test makes tables of its own: the shared world is in cn-north-1."""


@contextmanager
def quiet_aws() -> Iterator[None]:
    """Like `mock_aws`, but what other tests have loaded stays: a plain one begins by forgetting every table."""
    mock = mock_aws()
    mock.start(reset=False)
    try:
        yield
    finally:
        dynamodb_backends[DEFAULT_ACCOUNT_ID][ELSEWHERE].reset()
        mock.stop(remove_data=False)

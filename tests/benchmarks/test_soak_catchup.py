"""What the proof of catching up calls held: all of it, once, in order and in time."""

import pytest

from benchmarks.soak_catchup import LEAST_DUE, LIMIT_S, held

SOUND = {
    "due": LEAST_DUE,
    "acted": LEAST_DUE,
    "parked": 0,
    "missed": 0,
    "overtaken": 0,
    "seconds_to_catch_up": LIMIT_S,
}


def test_everything_once_in_order_and_in_time_holds() -> None:
    assert held(SOUND)


@pytest.mark.parametrize(
    "wrong",
    [
        {"due": LEAST_DUE - 1, "acted": LEAST_DUE - 1},
        {"acted": LEAST_DUE - 1},
        {"acted": LEAST_DUE + 1},
        {"parked": 1},
        {"missed": 1},
        {"overtaken": 1},
        {"seconds_to_catch_up": LIMIT_S + 0.1},
    ],
    ids=str,
)
def test_anything_less_does_not_hold(wrong: dict[str, float]) -> None:
    assert not held(SOUND | wrong)

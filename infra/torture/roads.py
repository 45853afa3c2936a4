"""What people do with a petition: roads as tables, from which chance strays. Bodies are those of the fuzzing.

A step is `(action, who, body, days until it is taken)`; who is `unit`, `reader`, `head`, `bureau`, `petitioner`.
"""

import functools
import random
from typing import Any

import msgspec

from chalicelib.api.steps import every_call
from chalicelib.api.steps.call import StepCall
from chalicelib.domain.case import BUREAU, CLERK, PETITIONER, UNIT_HEAD, Actor
from infra.fuzz.steps import GOOD_STEPS

Step = tuple[str, str, dict[str, Any], tuple[float, float]]
CALLS = {action: call for action, call in every_call().items() if call.taken is None}
UNITS = ("housing", "education", "transport", "market", "water", "health", "town-qingxi", "tax")
SOON, DAYS, WEEKS, LATE = (0.01, 0.4), (0.5, 5.0), (3.0, 25.0), (15.0, 20.0)


def call_body(action: str) -> dict[str, Any]:
    """A body of this step that makes sense."""
    good = GOOD_STEPS.get(action, {})
    return dict(good) if isinstance(good, dict) else {}


def _step(action: str, who: str = "unit", days: tuple[float, float] = DAYS, **body: Any) -> Step:
    return action, who, call_body(action) | body, days


FORWARD = _step("forward", "bureau", SOON)
ACCEPT = _step("accept")
SERVE = _step("serve", days=SOON)
RATE = _step("rate", "petitioner", DAYS)
ON_PAPER = (
    _step("hear_petitioner", days=DAYS), _step("investigate", days=DAYS), _step("draft_reply", days=WEEKS),
    _step("second_read", "reader", SOON), _step("sign", "head", SOON), SERVE,
)  # fmt: skip
REVIEWED = (
    _step("request_review", "petitioner", WEEKS), _step("decide_review", "bureau", WEEKS),
    _step("serve_review", "bureau", SOON),
)  # fmt: skip
_SAID: Any = GOOD_STEPS["reply"]
GIVEN_UP = _step("withdraw", "petitioner", (20.0, 45.0))
ANSWER = _step("reply", answers=[_SAID["answers"][0] | {"finding": "explain"}])
REVISIT = _step("revisit", "bureau", DAYS, satisfied="satisfied", carried_out="yes", solved=True, remark="已经解决。")

ROADS: tuple[tuple[str, str, int, tuple[Step, ...]], ...] = (
    ("withdrawn", "grievance", 40, (_step("withdraw", "petitioner"),)),
    ("declined", "grievance", 16, (
        FORWARD, _step("propose_ending", ground="pending_elsewhere", explanation="市局正在办理同一事项。"),
        _step("decline", "head", SOON),
    )),
    ("answered at once", "consultation", 14, (
        _step("answer_directly", "bureau", SOON), _step("serve", "bureau", SOON), RATE,
    )),
    ("question", "consultation", 6, (FORWARD, _step("accept", track="consultation"), ANSWER, SERVE, RATE)),
    ("suggestion", "suggestion", 4, (FORWARD, _step("accept", track="suggestion"), ANSWER, SERVE)),
    ("objected", "grievance", 3, (
        FORWARD, _step("object", days=SOON), _step("uphold_objection", "bureau", SOON),
        _step("forward", "bureau", SOON, to="market"), _step("accept", "market"),
        _step("withdraw", "petitioner", WEEKS),
    )),
    ("forwarded late", "grievance", 4, (_step("forward", "bureau", LATE), _step("withdraw", "petitioner", DAYS))),
    ("objection refused", "grievance", 2, (
        FORWARD, _step("object", days=SOON), _step("reject_objection", "bureau", SOON), ACCEPT,
        _step("withdraw", "petitioner", WEEKS),
    )),
    ("full procedure", "grievance", 2, (FORWARD, ACCEPT, *ON_PAPER, REVISIT, RATE)),
    ("extended", "grievance", 1, (FORWARD, ACCEPT, _step("extend", "head", WEEKS), GIVEN_UP)),
    ("reviewed", "grievance", 1, (FORWARD, ACCEPT, *ON_PAPER, REVISIT, *REVIEWED)),
    ("supervised", "grievance", 1, (
        FORWARD, _step("press", "bureau"), _step("complain", "petitioner", WEEKS),
        _step("answer_complaint", "bureau", WEEKS), _step("withdraw", "petitioner"),
    )),
    ("urged", "grievance", 1, (
        FORWARD, _step("supplement", "petitioner"), _step("urge", "petitioner"), _step("withdraw", "petitioner", WEEKS),
    )),
    ("nobody acts", "grievance", 1, ()),
    ("forwarded and forgotten", "grievance", 1, (FORWARD, GIVEN_UP)),
)  # fmt: skip
"""Name, kind, weight, steps. Most petitions are plain; lateness and the long procedure are played in every hundred."""
FORGOTTEN = 0.1
"""Of those left lying; the others are seen to once they are late. One that is late for months brings more lines than
twenty others bring steps.
"""
_WHEEL = tuple(at for at, road in enumerate(ROADS) for _ in range(road[2]))


DIRECT = ("withdrawn", "question", "suggestion", "full procedure")
"""Roads that also begin at the unit itself (第二十三条第二款): nobody forwards anything."""


def road(chance: random.Random) -> tuple[str, str, tuple[Step, ...]]:
    """One road by its weight."""
    name, kind, _, steps = ROADS[chance.choice(_WHEEL)]
    return name, kind, steps


def actor(who: str, unit: str) -> Actor:
    """A member of staff, or the petitioner."""
    if who == "petitioner":
        return Actor(PETITIONER)
    if who == "bureau":
        return Actor(BUREAU, "bureau", "bureau1")
    if "/" in who:
        unit, _, who = who.partition("/")
    posts = {"unit": (CLERK, "clerk"), "reader": (CLERK, "reader"), "head": (UNIT_HEAD, "head")}
    role, post = posts.get(who, (CLERK, "clerk"))
    org = unit if who in posts else who
    return Actor(role, org, f"{org}-{post}")


def colleague(by: Actor) -> Actor:
    """Somebody of the same post with the same page open."""
    return Actor(by.role, by.org, f"{by.user}-2", by.standing) if by.user else by


def body(action: str, asked: dict[str, Any]) -> Any:
    """The body as its model; the same body is made once."""
    return _model(action, msgspec.json.encode(asked))


def call(action: str) -> StepCall:
    """How a step is decided."""
    return CALLS[action]


@functools.lru_cache(4096)
def _model(action: str, asked: bytes) -> Any:
    return msgspec.json.decode(asked, type=CALLS[action].body, strict=False)

"""The county in which traces play: its offices, its people, and bodies of steps that make sense now and then."""

import contextlib
import functools
import random
import typing
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from chalicelib.domain import limits
from chalicelib.domain.case import PETITIONER, Actor, Case
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.workdays import Calendar
from chalicelib.profiles.profile import load
from chalicelib.store import people
from chalicelib.store.bootstrap import demo_users
from infra.fuzz.steps import GOOD_STEPS

PROFILE = load("county", is_local=True)
TREE = OfficeTree.of(PROFILE.offices)
RULES = Rules(Calendar.shipped(), limits.configured(PROFILE.targets))
SCENE = ("bureau", "county", "joint-meeting", "housing", "education", "transport")
"""Where the people of a trace come from: few offices, so that they meet."""
PEOPLE = (
    Actor(PETITIONER),
    *(Actor(user.role, user.org, user.id) for user in demo_users(PROFILE) if user.org in SCENE),
)
DAYS_OFF = (0, 0, 0, 0, -1, -3, 1, 10, 20, 30)
_USERS = {user.id: user for user in demo_users(PROFILE)}


@contextlib.contextmanager
def accounts_of_the_profile() -> Iterator[None]:
    """While this lasts, who has an account is asked of the profile: a trace has no tables."""
    kept = people.exists, people.load_user
    people.exists, people.load_user = _USERS.__contains__, _USERS.get
    try:
        yield
    finally:
        people.exists, people.load_user = kept


def body(action: str, model: type[Struct], case: Case, on: date, chance: random.Random) -> Any:
    """A body for a step: a good one, with some of it changed to something else that a page could send."""
    good = GOOD_STEPS.get(action, {})
    given = dict(good) if isinstance(good, Mapping) else {}
    for name, is_required, kind, metas in _fields(model):
        if name in given or is_required or chance.random() < 0.3:
            found = _some(name, kind, metas, case, on, chance)
            if found is not None:
                given[name] = found
    return msgspec.convert(given, model, strict=False)


@functools.cache
def _fields(model: type[Struct]) -> tuple[tuple[str, bool, Any, list[Meta]], ...]:
    return tuple((each.encode_name, each.required, *_bare(each.type)) for each in msgspec.structs.fields(model))


def _some(name: str, kind: Any, metas: list[Meta], case: Case, on: date, chance: random.Random) -> Any:
    if kind is date:
        return (on + timedelta(days=chance.choice(DAYS_OFF))).isoformat()
    if typing.get_origin(kind) is Literal and chance.random() < 0.4:
        return chance.choice(typing.get_args(kind))
    if kind is bool and chance.random() < 0.4:
        return chance.random() < 0.5
    if any((meta.extra or {}).get("input") == "office" for meta in metas) and chance.random() < 0.5:
        return chance.choice(SCENE)
    if name == "duty" and case.duties:
        return chance.choice(case.duties).id
    return None


def _bare(kind: Any) -> tuple[Any, list[Meta]]:
    if typing.get_origin(kind) is Annotated:
        bare, inner = _bare(typing.get_args(kind)[0])
        return bare, [*inner, *(each for each in kind.__metadata__ if isinstance(each, Meta))]
    rest = [each for each in typing.get_args(kind) if each is not type(None)]
    if typing.get_origin(kind) is not Literal and len(rest) < len(typing.get_args(kind)):
        return _bare(rest[0])
    return kind, []

"""Who acts, on which case, and how a step is taken: load, decide, commit, answer. One path for every step.

The invariant: visibility is decided before anything is told about the case, and a step is decided again when
the office tree moved under it.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from typing import Any, TypeVar

import msgspec

from chalicelib import clock, policy
from chalicelib.api import views
from chalicelib.api.http import answer, body, idempotency_key, if_match, session
from chalicelib.domain.case import PETITIONER, Actor, Case, Change
from chalicelib.domain.errors import NotFound
from chalicelib.domain.numbers import is_case_number
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.values import value
from chalicelib.store import offices
from chalicelib.store.cases import CaseFile, Command, Held, StaleTree
from chalicelib.store.table import Put
from chalicelib.store.tenant import cases, rules

Model = TypeVar("Model", bound=msgspec.Struct)
TRIES = 3
"""How often a step is decided again because the office tree moved meanwhile: a profile is loaded once in months."""


@value
class Acting:
    """What a step function needs: the case, who, when, and by which rules.

    `texts` is what was said, by the number of its event, and `file` all that stands beside the case: for steps that
    read it, otherwise empty. Into `beside` a step puts what has to be written with it and is no part of the case.
    """

    case: Case
    by: Actor
    on: date
    tree: OfficeTree
    rules: Rules
    texts: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    file: CaseFile | None = None
    beside: list[Put] = field(default_factory=list)


def actor() -> Actor:
    """Who calls, as the domain knows it."""
    me = session()
    return Actor(me.role) if me.role == PETITIONER else Actor(me.role, me.org, me.user)


def scope(action: str) -> str:
    """Whose Idempotency-Keys these are: nobody can meet another person's."""
    me = session()
    return f"{me.role}|{me.user or me.phone_index or me.case_number}|{action}"


def see(case: Case, tree: OfficeTree) -> None:
    """Raise NotFound unless the caller may see this case: unknown and forbidden look alike."""
    me = session()
    is_own = me.case_number == case.id or bool(me.phone_index and me.phone_index == case.facts.get("person"))
    if not policy.may_see(actor(), case, tree, is_own=is_own):
        raise NotFound("没有找到这件信访事项")


def read(case_id: str) -> CaseFile:
    """The file of a case the caller may see. Raises NotFound."""
    if not is_case_number(case_id):
        raise NotFound("没有找到这件信访事项")
    file = cases().read(case_id)
    see(file.case, offices.tree())
    return file


def take(
    case_id: str, action: str, model: type[Model], decide: Callable[[Acting, Model], Change], *, reads: bool = False
) -> Any:
    """Take a step of a case as its body asks, and answer the case as it stands then.

    Raises NotFound, StaleCase, KeyReused and what the step's function raises.
    """
    asked, version = body(model), if_match()
    if not is_case_number(case_id):
        raise NotFound("没有找到这件信访事项")
    command = Command.of(scope(case_id), idempotency_key(), [action, version, msgspec.to_builtins(asked)])
    (held, file), tree = _loaded(case_id, reads), offices.tree()
    see(held.case, tree)
    for attempt in range(TRIES):
        if not cases().begin(held, version, command):
            break
        try:
            _decide_and_commit(held, file, asked, decide, command, tree)
            break
        except StaleTree:
            if attempt == TRIES - 1:
                raise
            offices.forget()
            (held, file), tree = _loaded(case_id, reads), offices.tree()
    return shown(cases().read(case_id))


def shown(file: CaseFile) -> Any:
    """A case as its caller sees it, with its version as ETag."""
    view = views.case(file, actor(), offices.tree(), rules(), clock.today())
    return answer(view, etag=file.case.version)


def _loaded(case_id: str, reads: bool) -> tuple[Held, CaseFile | None]:
    """The case and, where a step reads it, all that stands beside it: one trip either way."""
    if not reads:
        return cases().load(case_id), None
    file = cases().read(case_id)
    return Held(file.case, file.key), file


def _decide_and_commit(
    held: Held,
    file: CaseFile | None,
    asked: Model,
    decide: Callable[[Acting, Model], Change],
    command: Command,
    tree: OfficeTree,
) -> None:
    at = clock.now()
    step = Acting(held.case, actor(), at.date(), tree, rules(), file.texts if file else {}, file)
    change = decide(step, asked)
    cases().commit(held, change, command, at=at, tree=tree, rules=rules(), beside=step.beside)

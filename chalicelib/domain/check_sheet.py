"""The scored check sheet of a closed case, and the draw of the cases that are looked at (自查、抽查、联查、责任倒查).

Pure: a case and what happened to it in, points out. A sign that does not concern the case (no extension, no promise)
is left out of both sides of the score. What the sheet cannot know, a person corrects and says why.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from chalicelib.domain.aftercare import BROKEN, COMMITMENT
from chalicelib.domain.case import Case
from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.domain.events import (
    HandlingExtended,
    OpinionGiven,
    OpinionServed,
    PetitionAccepted,
    PetitionRated,
    PetitionRegistered,
    RatingLapsed,
)
from chalicelib.domain.events.opinion import MatterInvestigated, PetitionerHeard
from chalicelib.domain.intake import CONSULTATION, EXPLAIN, SUGGESTION
from chalicelib.domain.values import replace, value

Passed = tuple[date, str, Mapping[str, Any]]
"""An event as it was recorded: its day, its wire name, its open facts."""

REGISTERED_WITHIN = timedelta(days=3)
"""No article names a number for the registration (service): three days bridge a weekend."""


@value
class Seen:
    """What the sheet looks at."""

    case: Case
    passed: tuple[Passed, ...]

    def all(self, wire: str) -> tuple[Passed, ...]:
        """Every event of a kind, oldest first."""
        return tuple(each for each in self.passed if each[1] == wire)

    def has(self, wire: str) -> bool:
        """It happened at all."""
        return bool(self.all(wire))


Found = bool | None
"""Kept, not kept, or None: it does not concern this case."""


@value
class Sign:
    """One line of the sheet: what is looked at, by which article, for how many points."""

    code: str
    label: str
    law: str
    points: int
    find: Callable[[Seen], Found]


@value
class Line:
    """What a line got. `reason` is there when a person set the points."""

    code: str
    points: int
    full: int
    reason: str = ""

    @property
    def concerns(self) -> bool:
        """It counts in this case."""
        return self.full > 0


@value
class Sheet:
    """The lines of one case, in the order of the table."""

    lines: tuple[Line, ...]

    @property
    def points(self) -> int:
        """What it got."""
        return sum(line.points for line in self.lines)

    @property
    def full(self) -> int:
        """What it could have got."""
        return sum(line.full for line in self.lines)

    def corrected(self, code: str, points: int, reason: str) -> "Sheet":
        """The sheet as a person sees it; every correction has its reason. Raises FieldsInvalid."""
        line = next((each for each in self.lines if each.code == code and each.concerns), None)
        if line is None:
            raise FieldsInvalid([FieldError("/line", "这一项不涉及这件事项，不能改分", "not_a_choice")])
        if not 0 <= points <= line.full:
            raise FieldsInvalid([FieldError("/points", f"这一项应为0至{line.full}分", "out_of_range")])
        if not reason:
            raise FieldsInvalid([FieldError("/reason", "改分的，请写明理由", "missing")])
        new = replace(line, points=points, reason=reason)
        return Sheet(tuple(new if each.code == code else each for each in self.lines))

    def text(self) -> list[list[Any]]:
        """As it is sealed."""
        return [[line.code, line.points, line.full, line.reason] for line in self.lines]

    @classmethod
    def of(cls, text: Iterable[Sequence[Any]]) -> "Sheet":
        """Back from `text`."""
        return cls(tuple(Line(*row) for row in text))


def score(case: Case, passed: Iterable[Passed]) -> Sheet:
    """Fill in the sheet from what is on record."""
    seen = Seen(case, tuple(passed))
    return Sheet(tuple(_line(sign, sign.find(seen)) for sign in SIGNS))


def sample(numbers: Iterable[str], how_many: int, seed: str) -> tuple[str, ...]:
    """Draw without favour: the same numbers and seed give the same draw, so that it can be repeated."""
    of = sorted(set(numbers))
    return tuple(random.Random(seed).sample(of, min(how_many, len(of))))


def _line(sign: Sign, found: Found) -> Line:
    if found is None:
        return Line(sign.code, 0, 0)
    return Line(sign.code, sign.points if found else 0, sign.points)


def _kept(*limits: str) -> Callable[[Seen], Found]:
    """Every clock of these that was met was met in time; what lost its object concerns nobody."""

    def find(seen: Seen) -> Found:
        ended = [each for each in seen.case.clocks if each.limit in limits and each.ending == "met"]
        return all(each.ended_on is not None and each.ended_on <= each.due for each in ended) if ended else None

    return find


def _registered(seen: Seen) -> Found:
    case = seen.case
    if not seen.has(PetitionRegistered.wire):
        return None
    return case.registered_at.date() - case.received_on <= REGISTERED_WITHIN


def _before_opinion(wire: str) -> Callable[[Seen], Found]:
    """It happened, and not after the opinion it should have led to; asked only of a grievance that was accepted:
    who suggests or asks is answered without it (第三十一条 speaks of 申诉求决类事项)."""

    def find(seen: Seen) -> Found:
        given = [place for place, each in enumerate(seen.passed) if each[1] == OpinionGiven.wire]
        # The track it is on now: accepted as a suggestion, it may have been corrected to a grievance since, or back.
        by_request = seen.case.facts.get("track") not in (SUGGESTION, CONSULTATION)
        if not given or not seen.has(PetitionAccepted.wire) or not by_request:
            return None
        return any(each[1] == wire for each in seen.passed[: given[-1]])

    return find


def _opinion(seen: Seen) -> Mapping[str, Any] | None:
    given = seen.all(OpinionGiven.wire)
    return given[-1][2] if given else None


def _answered(seen: Seen) -> Found:
    opinion = _opinion(seen)
    return None if opinion is None else len(opinion["findings"]) >= int(seen.case.facts.get("claims", 1))


def _based(seen: Seen) -> Found:
    """A finding that decides was refused without its basis; whether the basis fits, a person sees and corrects."""
    opinion = _opinion(seen)
    return None if opinion is None or all(each == EXPLAIN for each in opinion["findings"]) else True


def _extended(seen: Seen) -> Found:
    """Once, and by no more than 30 days (第三十四条)."""
    extended = seen.all(HandlingExtended.wire)
    return None if not extended else len(extended) == 1 and int(extended[0][2]["days"]) <= 30


def _served(seen: Seen) -> Found:
    """A service is recorded with how it was done, and refused without its proof."""
    return seen.has(OpinionServed.wire) if seen.has(OpinionGiven.wire) else None


def _asked_to_rate(seen: Seen) -> Found:
    if not seen.has(OpinionServed.wire):
        return None
    was_asked = seen.case.clock("rating") is not None
    return was_asked or seen.has(PetitionRated.wire) or seen.has(RatingLapsed.wire)


def _promises(seen: Seen) -> Found:
    promises = seen.case.duties_of(COMMITMENT)
    return all(duty.state != BROKEN for duty in promises) if promises else None


SIGNS: tuple[Sign, ...] = (
    Sign("registered", "及时登记", "第二十二条第一款", 5, _registered),
    Sign("forwarded", "按期转送、交办", "第二十二条第一款", 10, _kept("route")),
    Sign("informed", "按期书面告知", "第二十三条第二款、第三款", 10, _kept("inform", "inform_direct")),
    Sign("heard", "听取陈述", "第三十一条第六项", 10, _before_opinion(PetitionerHeard.wire)),
    Sign("investigated", "调查核实", "第三十一条第六项", 10, _before_opinion(MatterInvestigated.wire)),
    Sign("answered", "逐项答复诉求", "第三十二条", 15, _answered),
    Sign("based", "写明依据", "第三十二条", 10, _based),
    Sign("on_time", "按期办结", "第三十四条", 10, _kept("handle", "redo")),
    Sign("extended", "延期合规", "第三十四条", 5, _extended),
    Sign("served", "送达有凭证", "第三十四条、第三十五条", 5, _served),
    Sign("rated", "请信访人评价", "第二十一条", 5, _asked_to_rate),
    Sign("promises", "承诺兑现", "第三十二条", 5, _promises),
)
LABELS: Mapping[str, tuple[str, str]] = {sign.code: (sign.label, sign.law) for sign in SIGNS}

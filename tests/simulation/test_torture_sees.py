"""The product damaged on purpose, in memory: each damage stood unnoticed before, and the checks have to see it now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain import elapsing, procedure
from chalicelib.domain.case import Change
from chalicelib.domain.owed import SITE, Notice
from chalicelib.store import cases as store
from chalicelib.store import proofs, reports
from chalicelib.store.cases import Cases
from chalicelib.triggers import notices
from infra.alarms.evaluator import Alarms
from infra.torture import alarms, roads
from infra.torture.accusers import Accusation
from infra.torture.clients import Petition
from infra.torture.play import in_silence
from infra.torture.world import World

Patch = pytest.MonkeyPatch
ROADS: dict[str, tuple[roads.Step, ...]] = {name: steps for name, _, _, steps in roads.ROADS}
PLAYED = ("nobody acts", "forwarded and forgotten", "full procedure", "withdrawn", "nobody acts", "supervised")


def _played(begin: Callable[[World], object] | None = None, days: int = 400) -> World:
    with in_silence():
        world = World("15/0", 0.0)
        world.longest = timedelta(days=days)
        if begin is not None:
            begin(world)
        else:
            for number, name in enumerate(PLAYED):
                petition = Petition(world, number)
                petition.kind, petition.unit, petition.office = "grievance", "housing", "bureau"
                petition.name, petition.steps = name, ROADS[name]
        world.run()
    return world


def _seen(world: World) -> set[str]:
    return {each.split()[0] for each in world.found.wrong}


def test_the_sound_product_passes_the_same_world() -> None:
    assert _played().found.wrong == []


# I3: what is owed


def _needless(monkeypatch: Patch) -> None:
    monkeypatch.setattr(
        notices, "_send", lambda post, file, proof: proofs.save(post.cases.table, proof, proofs.needless(proof, ""))
    )


def _needless_for_the_number(monkeypatch: Patch) -> None:
    said = notices.SAME_NUMBER
    monkeypatch.setattr(
        notices, "_send", lambda post, file, proof: proofs.save(post.cases.table, proof, proofs.needless(proof, said))
    )


def _to_a_person(monkeypatch: Patch) -> None:
    monkeypatch.setattr(
        notices, "_send", lambda post, file, proof: notices._hand_over(post, file, proof, notices.NO_NUMBER)
    )


def _doubtful(monkeypatch: Patch) -> None:
    monkeypatch.setattr(
        notices,
        "_result",
        lambda post, file, claimed, phone, words: proofs.doubt(claimed, post.now(), notices.NO_ANSWER),
    )


def _in_ten_years(monkeypatch: Patch) -> None:
    def postponed(post: Any, file: Any, proof: Any) -> None:
        proofs.save(post.cases.table, proof, proofs.postpone(proof, post.now() + timedelta(days=3650)))

    monkeypatch.setattr(notices, "_send", postponed)


def _a_night_more(monkeypatch: Patch) -> None:
    """Put off by half a day, again and again: each wait is short, and it never ends."""

    def postponed(post: Any, file: Any, proof: Any) -> None:
        proofs.save(post.cases.table, proof, proofs.postpone(proof, post.now() + timedelta(hours=12)))

    monkeypatch.setattr(notices, "_send", postponed)


def _told_to_others(monkeypatch: Patch) -> None:
    sound = store.owed
    more = (Notice("org:tax", SITE, ("S16",)),)
    monkeypatch.setattr(store, "owed", lambda case, event: sound(case, event) + more)


def _told_to_nobody(monkeypatch: Patch) -> None:
    sound = store.owed
    monkeypatch.setattr(store, "owed", lambda case, event: sound(case, event)[1:])


def _with_another_text(monkeypatch: Patch) -> None:
    sound = store.owed
    monkeypatch.setattr(
        store, "owed", lambda case, event: tuple(replace(each, texts=("S02",)) for each in sound(case, event))
    )


def _sent_in_name_only(monkeypatch: Patch) -> None:
    monkeypatch.setattr(
        notices,
        "_result",
        lambda post, file, claimed, phone, words: replace(claimed, state=proofs.SENT, wake_at=None),
    )


# I5, I6, I10: what time does


def _one_reminder_for_all(monkeypatch: Patch) -> None:
    sound = elapsing.remind

    def remind(case: Any, clock: Any, **how: Any) -> Change:
        change = sound(case, clock, **how)
        clocks = tuple(
            replace(each, reminded=9) if (each.limit, each.about) == (clock.limit, clock.about) else each
            for each in change.case.clocks
        )
        return replace(change, case=replace(change.case, clocks=clocks))

    monkeypatch.setattr(elapsing, "remind", remind)


def _no_ladder(monkeypatch: Patch) -> None:
    sound = elapsing._rung_at
    monkeypatch.setattr(elapsing, "_rung_at", lambda clock, rule: None if clock.told_overdue else sound(clock, rule))


def _no_lines(monkeypatch: Patch) -> None:
    monkeypatch.setattr(elapsing, "_line_at", lambda clock, rule, calendar: None)


def _met_by_nobody(monkeypatch: Patch) -> None:
    sound = elapsing.overdue

    def overdue(case: Any, clock: Any, **how: Any) -> Change:
        change = sound(case, clock, **how)
        clocks = tuple(
            each.end(how["at"].date(), "met") if each.limit == clock.limit else each for each in change.case.clocks
        )
        return replace(change, case=replace(change.case, clocks=clocks))

    monkeypatch.setattr(elapsing, "overdue", overdue)


def _ended_by_the_step(monkeypatch: Patch) -> None:
    """A step ends a limit that it does not meet."""
    sound = procedure._ended
    monkeypatch.setattr(
        procedure,
        "_ended",
        lambda clock, step, on, about: clock.end(on, "met") if clock.is_running else sound(clock, step, on, about),
    )


def _in_the_wrong_list(monkeypatch: Patch) -> None:
    monkeypatch.setattr(store.projection, "lead_entry", lambda case: (f"DONE#{case.office}", f"2025#{case.id}"))


# I1: what was done


def _done_twice(monkeypatch: Patch) -> None:
    sound = Cases.writes

    def writes(self: Any, before: Any, change: Change, *args: Any, **how: Any) -> Any:
        return sound(self, before, replace(change, happened=change.happened + change.happened[-1:]), *args, **how)

    monkeypatch.setattr(Cases, "writes", writes)


def _committed_again(monkeypatch: Patch) -> None:
    sound = Cases.commit

    def commit(self: Any, held: Any, change: Change, command: Any, **how: Any) -> Any:
        first = sound(self, held, change, command, **how)
        again = replace(change, case=replace(first, facts=first.facts))
        return sound(self, replace(held, case=first), again, command, **how)

    monkeypatch.setattr(Cases, "commit", commit)


DAMAGE: dict[str, tuple[Callable[[Patch], None], str]] = {
    "every SMS is needless": (_needless, "I3"),
    "every SMS goes to a number that was told": (_needless_for_the_number, "I3"),
    "every SMS is handed to a person": (_to_a_person, "I3"),
    "every SMS is in doubt": (_doubtful, "I3"),
    "every SMS waits ten years": (_in_ten_years, "I3"),
    "every SMS waits half a day, for ever": (_a_night_more, "I3"),
    "another office is told too": (_told_to_others, "I3"),
    "the first who is owed is not told": (_told_to_nobody, "I3"),
    "something else is said": (_with_another_text, "I3"),
    "said to be sent": (_sent_in_name_only, "I3"),
    "the first reminder ends all later ones": (_one_reminder_for_all, "I5"),
    "the ladder ends at its first rung": (_no_ladder, "I5"),
    "nobody is told again that it is late": (_no_lines, "I5"),
    "a limit is ended as met in silence": (_met_by_nobody, "I10"),
    "a step ends what it does not meet": (_ended_by_the_step, "I10"),
    "the leading desk is in no list": (_in_the_wrong_list, "I10"),
    "a step brings its event twice": (_done_twice, "I1"),
    "a step is committed twice": (_committed_again, "I1"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_product_is_seen(damage: str, monkeypatch: Patch) -> None:
    break_it, invariant = DAMAGE[damage]
    break_it(monkeypatch)
    assert invariant in _seen(_played(days=75))


# I7: who is accused


def _accused(world: World) -> list[Accusation]:
    return [Accusation(world, number) for number in range(6)]


def test_an_accusation_that_is_acknowledged_and_not_kept_is_seen(monkeypatch: Patch) -> None:
    assert _played(_accused).found.wrong == []
    sound = reports.Reports.writes

    def writes(self: Any, before: Any, change: Change, *args: Any, **how: Any) -> Any:
        kept = before.accused if before else change.case.accused
        return sound(self, before, replace(change, case=replace(change.case, accused=kept)), *args, **how)

    monkeypatch.setattr(reports.Reports, "writes", writes)
    assert "I7" in _seen(_played(_accused))


def test_a_row_that_gives_the_accused_a_report_is_seen(monkeypatch: Patch) -> None:
    monkeypatch.setattr(reports, "_never_woken", _beside(reports._never_woken))
    assert "I7" in _seen(_played(_accused))


def _beside(sound: Callable[..., Any]) -> Callable[..., Any]:
    """The list in which a report stands is that of whoever is accused most often here."""

    def apart(write: Any) -> Any:
        found = sound(write)
        if "list_name" not in getattr(found, "item", {}):
            return found
        return replace(found, item=found.item | {"list_name": "SEALED#housing"})

    return apart


# I6: or an alarm is on


def test_lateness_without_an_alarm_is_seen(monkeypatch: Patch) -> None:
    def standing_still(world: World) -> None:
        world.off.sweep.windows.append((world.start + timedelta(days=3), world.start + timedelta(days=60)))
        petition = Petition(world, 1)
        petition.steps, petition.has_had_enough = (), True

    sound = _played(standing_still)
    assert sound.found.wrong == []
    assert sound.found.figures["late_with_alarm"]
    monkeypatch.setattr(
        alarms, "Alarms", lambda stage, since, found: Alarms(stage, since, {"none": {"Type": "of another kind"}})
    )
    assert "I6" in _seen(_played(standing_still))

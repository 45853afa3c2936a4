"""People with a browser between them and us: they press, hear nothing, press again with the same key, or give up.

A client believes what it is told and nothing else; what it was told stands in the ledger, and the checks compare.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chalicelib.api.acting import Acting
from chalicelib.domain import receiving
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.errors import DomainError
from chalicelib.domain.intake import Companion, Contact, Filing, Proxy
from chalicelib.domain.numbers import case_number
from chalicelib.store import keys
from chalicelib.store.cases import Command, Held, KeyReused, NumberTaken, StaleCase, StaleTree, unpacked
from chalicelib.store.table import Busy, Denied
from infra.torture import roads
from infra.torture.faults import Killed
from infra.torture.world import START, World
from infra.traces.world import RULES, TREE

DONE, UNHEARD, STALE, REFUSED = "done", "unheard", "stale", "refused"
AGAIN_S = (1, 30, 600, 90_000)
"""After how many seconds somebody presses again."""
SPREAD_DAYS = 21
TITLE, TEXT, CLAIM = "秘题路灯不亮", "秘语：村口的路灯坏了三个月，晚上看不见路。", "秘求修好路灯"
"""Canaries: every word that must never stand in the open begins with 秘."""


@dataclass
class Told:
    """What a client was told about one command."""

    case_id: str
    answers: list[str] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)


class Petition:
    """One petition in the hands of its people."""

    has_strayed = has_had_enough = False

    def __init__(self, world: World, number: int) -> None:
        self.world, self.number, self.case_id = world, number, ""
        chance = world.chance
        self.name, self.kind, self.steps = roads.road(chance)
        self.unit = chance.choice(roads.UNITS)
        self.place, self.generation = 0, 0
        self.filing, self.contact, self.by, self.office = self._what(chance)
        self.command = Command.of("petitioner", f"{world.found.seed}-{number}", [number])
        world.at(by_day(START, chance, days=(0, SPREAD_DAYS)), self.file)

    def _what(self, chance: Any) -> tuple[Any, Contact, Actor, str]:
        phone = f"1990099{self.number % 10_000:04d}"
        channel = chance.choice(("web", "web", "letter", "visit", "phone"))
        contact = Contact("秘名桂兰", phone, "秘址青溪镇")
        draw = chance.random()
        if channel != "web" and draw < 0.1:
            contact = Contact("秘名桂兰", "", "秘址青溪镇")
        elif channel != "web" and draw < 0.14:
            contact = Contact()
        elif draw < 0.2:
            signers = tuple(Companion(f"秘名{n}", f"1990097{(self.number * 7 + n) % 10_000:04d}") for n in range(3))
            contact = Contact("秘名桂兰", phone, "秘址青溪镇", joint_signers=signers)
        elif draw < 0.23 and channel != "web":
            contact = Contact("秘名桂兰", "", "秘址青溪镇", proxy=Proxy("秘名小兵", phone, "儿子"))
        by = Actor(PETITIONER) if channel == "web" else roads.actor("bureau", "")
        office = "bureau"
        if self.name in roads.DIRECT and chance.random() < 0.3:
            office = self.unit = "housing"
            self.steps = tuple(step for step in self.steps if step[0] != "forward")
        return (channel, chance.choice((0, 0, 1))), contact, by, office

    # -- filing ------------------------------------------------------------------------------------------------

    def file(self) -> None:
        """Press the button; hear the number, or nothing."""
        ledger = self.world.checks.filed.setdefault(self.command.key, Told(""))
        answer = self._asked(self._file, ledger)
        if answer == UNHEARD and self._presses_again(self.file):
            return
        if answer == DONE:
            if self.world.faults.hits("client_double_click", 0.03):
                self._asked(self._file, ledger)
            self._go_on()

    def _file(self) -> str:
        world = self.world
        world.known.contacts[self.command.key] = self.contact
        for attempt in range(4):
            at = world.clock()
            number = case_number(at.year, world.chance.randrange)
            channel, days = self.filing
            filing = Filing(self.kind, channel, at.date() - timedelta(days=days), TITLE, TEXT, (CLAIM,))
            change = receiving.register(
                number, filing, self.contact, TREE.offices[self.office], by=self.by, at=at, rules=RULES,
                person="p", bureau="bureau",
            )  # fmt: skip
            try:
                self.case_id = world.cases.file(change, self.contact, self.command, at=at, tree=TREE, rules=RULES)
            except (NumberTaken, StaleTree):
                if attempt == 3:
                    raise
                continue
            return self.case_id
        raise AssertionError

    # -- steps -------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """The next step of the road, if anybody takes it."""
        if self.place >= len(self.steps) or self.world.chance.random() < 0.01:
            if not self.has_had_enough and self.world.chance.random() >= roads.FORGOTTEN:
                self.world.at(by_day(self.world.now, self.world.chance, days=roads.LATE), self.have_enough)
            return
        self.world.at(by_day(self.world.now, self.world.chance, days=self.steps[self.place][3]), self.open_page)

    def have_enough(self) -> None:
        """Weeks later somebody still is late: the bureau asks the petitioner, or he withdraws. Nobody does it twice."""
        today, self.has_had_enough = self.world.now.date(), True
        late = [
            clock.limit for clock in unpacked(self._standing()).clocks if clock.is_running and clock.is_overdue(today)
        ]
        if late:
            self.steps = (*self.steps[: self.place], roads.REVISIT if "revisit" in late else roads.GIVEN_UP)
            self.open_page()

    def open_page(self) -> None:
        """See the case as it stands, and press."""
        self.generation += 1
        item = self._standing()
        action, who, asked, _ = self.steps[self.place]
        by = roads.actor(who, self.unit)
        self.has_strayed = self.world.chance.random() < 0.03
        if self.has_strayed:
            action, by = self.world.chance.choice(("forward", "accept", "serve", "extend")), roads.actor("bureau", "")
            asked = dict(roads._step(action)[2])
        self.pressed = (action, by, self._addressed(action, asked), int(item["version"]))
        self.command = self._command(by, 0)
        self.press()

    def press(self) -> None:
        """Ask for the step; again with the same key when nothing is heard."""
        action, by, asked, version = self.pressed
        ledger = self._ledger(self.command)
        answer = self._asked(lambda: self._take(action, by, asked, version, self.command), ledger, self._colleague)
        if answer == UNHEARD and self._presses_again(self.press):
            return
        if answer == DONE and self.world.faults.hits("client_double_click", 0.03):
            self._asked(lambda: self._take(action, by, asked, version, self.command), ledger)
        if answer in (STALE, UNHEARD) and self.generation < 12:
            self.world.at(self.world.now + timedelta(minutes=5), self.open_page)
            return
        self.place += not self.has_strayed  # who pressed the wrong button still has the right one before him
        self._go_on()

    def _standing(self) -> Any:
        item = self.world.memory.get(keys.case(self.case_id), keys.CASE)
        assert item is not None
        return item

    def _colleague(self) -> None:
        """Somebody with the same page open presses in between."""
        action, by, asked, version = self.pressed
        command = self._command(by, 1)
        self._asked(lambda: self._take(action, roads.colleague(by), asked, version, command), self._ledger(command))

    def _take(self, action: str, by: Actor, asked: dict[str, Any], version: int, command: Command) -> str:
        """As `acting.take`: load, may it be begun, decide, commit."""
        world, call = self.world, roads.call(action)
        model = roads.body(action, asked)
        held, file, texts = None, None, {}
        if call.reads:
            file = world.cases.read(self.case_id)
            held, texts = Held(file.case, file.key), file.texts
        else:
            held = world.cases.load(self.case_id)
        if not world.cases.begin(held, version, command):
            return self.case_id
        at = world.clock()
        step = Acting(held.case, by, at.date(), TREE, RULES, texts, file)
        change = call.decide(step, model)
        world.cases.commit(held, change, command, at=at, tree=TREE, rules=RULES, beside=step.beside)
        return self.case_id

    # -- what is heard -----------------------------------------------------------------------------------------

    def _asked(self, ask: Callable[[], str], ledger: Told, beside: Callable[[], None] | None = None) -> str:
        answer = self._heard(ask, ledger, beside)
        if answer == DONE and self.world.chance.random() < 0.02 * self.world.faults.rate:
            answer = UNHEARD  # done, but the answer is lost on the way to the browser
        ledger.answers.append(answer)
        return answer

    def _heard(self, ask: Callable[[], str], ledger: Told, beside: Callable[[], None] | None) -> str:
        found = self.world.found.figures
        try:
            ledger.numbers.add(self.world.process("api", ask, beside))
        except (Busy, Denied, StaleTree, NumberTaken, Killed):
            found["answers_lost_or_busy"] += 1
            return UNHEARD
        except StaleCase:
            found["stale"] += 1
            return STALE
        except (DomainError, KeyReused) as refused:
            if isinstance(refused, KeyReused):
                self.world.found.wrong.append(f"{self.case_id}: a repeat was taken for another command")
            found["refused"] += 1
            return REFUSED
        found["acknowledged"] += 1
        return DONE

    def _presses_again(self, what: Callable[[], None]) -> bool:
        if self.world.chance.random() > 0.93:
            return False
        self.world.faults.note("client_repeats")
        self.world.at(self.world.now + timedelta(seconds=self.world.chance.choice(AGAIN_S)), what)
        return True

    def _command(self, by: Actor, who: int) -> Command:
        action, _, asked, version = self.pressed
        key = f"{self.number}-{self.place}-{self.generation}-{who}"
        return Command.of(f"{by.role}|{by.user}|{self.case_id}", key, [action, version, sorted(asked)])

    def _ledger(self, command: Command) -> Told:
        return self.world.checks.asked.setdefault(command.key, Told(self.case_id))

    def _addressed(self, action: str, asked: dict[str, Any]) -> dict[str, Any]:
        if action == "forward" and asked.get("to") == "housing":
            return asked | {"to": self.unit}
        return asked


def by_day(since: datetime, chance: Any, *, days: tuple[float, float]) -> datetime:
    """Some days later, in office hours; one thing in twelve is done at night, when no notice may ring."""
    at = since + timedelta(days=chance.uniform(*days))
    return at if chance.random() < 0.08 else at.replace(hour=chance.randint(8, 19))

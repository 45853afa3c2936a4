"""One matter of the year: at every stage somebody does what the stage asks for, when and as well as he can.

What he may do, the rules decide: a notice given late is late, a poor draft does not pass, an extension asked for after
the day is refused, a matter of somebody else is sent back.
"""

import random
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain import oversight
from chalicelib.domain.case import PETITIONER, Actor, Case
from chalicelib.domain.intake import Contact
from chalicelib.store import keys
from chalicelib.store.cases import Command, unpacked
from infra.torture import roads
from infra.torture.clients import Petition, by_day
from infra.torture.roads import Step
from infra.torture.world import World
from infra.year.staff import NEIGHBOUR, UNITS, Unit

SPAN_DAYS = 360
OTHER = ("letter", "letter", "visit", "visit", "phone")
KINDS = ("grievance",) * 13 + ("suggestion",) * 3 + ("consultation",) * 4
MOST_TURNS = 40
TRACKS = {"grievance": "petition_procedure", "suggestion": "suggestion", "consultation": "consultation"}
RATED = ("satisfied",) * 5 + ("basically",) * 3 + ("not_satisfied",) * 2
PRESSED_AFTER = timedelta(days=4)
"""So long after a date the bureau waits before it gives an order."""


ORDER = oversight.ORDER
POOR = "我们将高度重视，认真研究，尽快处理。"
"""What the quality gate is there for."""
ANEW = "已责令物业公司15日内退还全部停车费并公示收费标准，由我局物业科会同市场监管所督促，逾期依法处罚。"
"""What was revoked does not come back the same."""


class Matter(Petition):
    """A petition whose people decide by the stage it stands at."""

    def __init__(self, world: World, number: int, seed: str, staff: dict[str, Unit], *, online: bool) -> None:
        self.world, self.number, self.case_id, self.staff = world, number, "", staff
        self.will = random.Random(f"{seed}/{number}")
        will = self.will.random
        self.kind = self.will.choice(KINDS)
        self.unit = self.will.choices(list(UNITS), list(UNITS.values()))[0]
        self.channel = "web" if online else self.will.choice(OTHER)
        self.goes_wrong, self.is_baseless = will() < 0.07, will() < 0.04
        self.is_answered_at_once = self.kind == "consultation" and will() < 0.3
        self.ends_early = self.kind == "grievance" and will() < 0.06
        self.is_withdrawn, self.wants_review = will() < 0.03, will() < 0.12
        self.rates, self.is_poor = will() < 0.62, will() < staff[self.unit].poor
        self.is_long = will() < 0.12
        self.name, self.place, self.generation = "year", 0, 0
        self.steps: tuple[Step, ...] = ()
        self.done: list[str] = []
        self.refused: list[str] = []
        self.filing = (self.channel, 0 if online else self.will.choice((0, 0, 1)))
        phone = f"1990099{number % 10_000:04d}"
        self.contact = Contact("秘名桂兰", phone if online or will() < 0.8 else "", "秘址青溪镇")
        self.by = Actor(PETITIONER) if online else roads.actor("bureau", "")
        self.office = self.unit if will() < 0.1 else "bureau"
        self.command = Command.of("petitioner", f"{seed}-{number}", [number])
        world.at(by_day(world.now, self.will, days=(0, SPAN_DAYS)), self.file)

    def _go_on(self) -> None:
        """What comes next, who does it, and when he comes to it."""
        if len(self.done) + len(self.refused) > MOST_TURNS:
            return
        found = self.next(self.case)
        if found is None:
            return
        action, who, body, days = found
        by = roads.actor(who, self.unit)
        when = self._comes_to_it(by, self.world.now + timedelta(days=days))
        late = self._is_late_by(when)
        if late is not None and "supervise" not in self.done and action in ("accept", "serve", "draft_reply", "reply"):
            action, by, body = "supervise", roads.actor("bureau", ""), self._order(late)
            when = self.staff["bureau"].there(late)
        self.planned = (action, by, body, self.case.stage)
        self.world.at(when.replace(hour=self.will.randint(8, 17)), self.open_page)

    @property
    def case(self) -> Case:
        """As everybody sees it now."""
        item = self.world.memory.get(keys.case(self.case_id), keys.CASE)
        assert item is not None
        return unpacked(item)

    def open_page(self) -> None:
        """He opens the case and does what he came for, unless it stands elsewhere by now."""
        action, by, body, stage = self.planned
        case = self.case
        if case.stage != stage:
            self._go_on()
            return
        self.generation += 1
        self.pressed = (action, by, body, case.version)
        self.command = self._command(by, 0)
        before = self.world.found.figures["refused"]
        self.place = self.generation
        self.last = action
        self._asked_for(before)

    def _asked_for(self, before: int) -> None:
        action, by, body, version = self.pressed
        self._asked(lambda: self._take(action, by, body, version, self.command), self._ledger(self.command))
        was_refused = self.world.found.figures["refused"] > before
        (self.refused if was_refused else self.done).append(action)
        if not was_refused and body.get("outcome") == "revoke":
            self.done.append("revoke")
        self.world.found.figures[f"{'refused' if was_refused else 'done'} {action}"] += 1
        self._go_on()

    def next(self, case: Case) -> tuple[str, str, dict[str, Any], float] | None:
        """By the stage: the step, whose it is, its body, and after how many days."""
        if case.duties_of(ORDER, "open") and len(self._all("answer_order")) < 2:
            return self.step("answer_order", str(case.agency or case.office), 1, 8)
        if case.duties_of(ORDER, "answered") and len(self._all("verify_order")) < 2:
            return self.step("verify_order", "bureau", 1, 6)
        stage = getattr(self, f"at_{case.stage}", None)
        found: tuple[str, str, dict[str, Any], float] | None = stage(case) if stage else None
        return found

    def at_registered(self, case: Case) -> Any:
        """It is forwarded, answered, or, made directly to its unit, accepted."""
        if self.is_withdrawn and not self.tried("withdraw"):
            return self.step("withdraw", "petitioner", 1, 12)
        if self.is_answered_at_once and self.office == "bureau" and not self.tried("answer_directly"):
            return self.step("answer_directly", "bureau", 0.1, 4)
        if self.office != "bureau":
            return self._accept(case)
        if len(self._all("forward")) > 3:
            return None
        to = NEIGHBOUR[self.unit] if self.goes_wrong and "uphold_objection" not in self.done else self.unit
        forgotten = self.will.random() < self.staff["bureau"].forgets
        return self.step("forward", "bureau", *((15.5, 22) if forgotten else (0.2, 7)), to=to)

    def at_forwarded(self, case: Case) -> Any:
        """The unit tells the petitioner; or objects, rightly or not; or ends it."""
        wrong = case.agency != self.unit
        if (wrong or self.is_baseless) and not self.tried("object"):
            late = self.will.random() < 0.15
            return self.step("object", str(case.agency), *((9, 12) if late else (0.5, 3)))
        if self.ends_early and not wrong and not self.tried("propose_ending"):
            return self.step(
                "propose_ending", "unit", 1, 8, ground="pending_elsewhere", explanation="市局正在办理同一事项。"
            )
        if "propose_ending" in self.done and not self.tried("decline"):
            return self.step("decline", "head", 0.5, 3)
        return self._accept(case)

    def at_objected(self, case: Case) -> Any:
        """The bureau looks into it."""
        wrong = case.agency != self.unit
        return self.step("uphold_objection" if wrong else "reject_objection", "bureau", 0.3, 3)

    def at_accepted(self, case: Case) -> Any:
        """On the petition procedure: heard, investigated, drafted, read, signed; otherwise answered."""
        who = str(case.agency or case.office)
        if case.facts.get("track") != "petition_procedure":
            return None if len(self._all("reply")) > 3 else self.step("reply", who, 2, 22 * self._pace(who))
        return self._on_paper(case, who)

    def at_redo(self, case: Case) -> Any:
        """Revoked: everything once more."""
        return self._on_paper(case, str(case.agency or case.office))

    def at_replied(self, case: Case) -> Any:
        """It is brought to the petitioner."""
        return self.step("serve", str(case.agency or case.office), 0.2, 3)

    def at_served(self, case: Case) -> Any:
        """It is rated, visited, and perhaps not agreed to."""
        if case.running("revisit") and len(self._all("revisit")) < 3:
            good = self.will.random() < 0.85
            said = (
                {"satisfied": "satisfied", "carried_out": "yes", "solved": True, "remark": "已经解决。"} if good else {}
            )
            return self.step("revisit", "bureau", 2, 14, **said)
        if self.rates and case.running("rating") and not self.tried("rate"):
            said = {"office": self.will.choice(RATED), "unit": self.will.choice(RATED)}
            return self.step("rate", "petitioner", 1, 20, **said, solved=self.will.random() < 0.7)
        if self.wants_review and case.running("ask_review") and not self.tried("request_review"):
            return self.step("request_review", "petitioner", 2, 25)
        return None

    def at_concluded(self, case: Case) -> Any:
        """A visit may still be owed."""
        return self.at_served(case)

    def at_under_review(self, case: Case) -> Any:
        """Decided by the organ above; the bureau keeps the record."""
        outcome = self.will.choice(("uphold", "uphold", "uphold", "change", "revoke"))
        if len(self._all("decide_review")) > 2:
            return None
        return self.step("decide_review", "bureau", 6, 28, outcome=outcome)

    def at_reviewed(self, case: Case) -> Any:
        """The review is served; one in three goes on to the last look."""
        if not self.tried("serve_review"):
            return self.step("serve_review", "bureau", 0.3, 3)
        if self.will.random() < 0.35 and case.running("ask_rereview") and not self.tried("request_rereview"):
            return self.step("request_rereview", "petitioner", 2, 25)
        return None

    def at_under_rereview(self, case: Case) -> Any:
        """The city decides; the bureau sends the file and records what it decided."""
        if not self.tried("send_file"):
            return self.step("send_file", "bureau", 0.5, 3)
        return None if self.tried("decide_rereview") else self.step("decide_rereview", "bureau", 8, 28)

    def at_rereviewed(self, case: Case) -> Any:
        """The last opinion is served."""
        return None if self.tried("serve_rereview") else self.step("serve_rereview", "bureau", 0.3, 3)

    def _accept(self, case: Case) -> Any:
        if len(self._all("accept")) > 2:
            return None
        who = str(case.agency or case.office)
        forgotten = "supervise" not in self.done and self.will.random() < self._of(who).forgets
        days = (18, 35) if forgotten else (0.5, 8 * self._pace(who))
        return self.step("accept", who, *days, track=TRACKS[self.kind])

    def _on_paper(self, case: Case, who: str) -> Any:
        facts = case.facts
        if not facts.get("heard"):
            return self.step("hear_petitioner", who, 1, 10 * self._pace(who))
        if not facts.get("investigated"):
            return self.step("investigate", who, 1, 16 * self._pace(who))
        if self.is_long and not self.tried("extend"):
            return self.step("extend", f"{who}/head", 15, 50)
        draft = facts.get("draft")
        if not draft:
            days = (1, 4) if self.refused else (3, 25 * self._pace(who) + (25 if self.is_long else 0))
            return self._draft(who, *days)
        if not draft.get("read_by"):
            if draft.get("flags") and self.refused and self.refused[-1] == "second_read":
                return self.step("return_draft", f"{who}/reader", 0.1, 2)
            return self.step("second_read", f"{who}/reader", 0.1, 3)
        return None if len(self._all("sign")) > 2 else self.step("sign", f"{who}/head", 0.2, 4)

    def _draft(self, who: str, least: float, most: float) -> Any:
        if len(self._all("draft_reply")) > 4:
            return None
        words = POOR if self.is_poor and "return_draft" not in self.done else ANEW if "revoke" in self.done else ""
        said = roads.call_body("draft_reply")["answers"][0]
        return self.step("draft_reply", who, least, most, answers=[said | ({"answer": words} if words else {})])

    def step(self, action: str, who: str, least: float, most: float, **body: Any) -> Any:
        """One step by somebody, some days from now."""
        said = roads.call_body(action) | body
        if action == "second_read":
            del said["override_reason"]  # whoever reads lets nothing through
        return action, who, said, self.will.uniform(least, max(least, most))

    def tried(self, action: str) -> bool:
        """Somebody took this step, or was refused it."""
        return action in self.done or action in self.refused

    def _all(self, action: str) -> list[str]:
        return [each for each in (*self.done, *self.refused) if each == action]

    def _of(self, who: str) -> Unit:
        return self.staff.get(who, self.staff["bureau"])

    def _pace(self, who: str) -> float:
        return self._of(who).pace

    def _comes_to_it(self, by: Actor, at: datetime) -> datetime:
        return at if by.role == PETITIONER else self._of(by.org or "").there(at)

    def _is_late_by(self, when: datetime) -> datetime | None:
        """When the bureau has waited long enough, if this comes only after that."""
        case = self.case
        due = min((each.due for each in case.clocks if each.is_running and each.owner == case.agency), default=None)
        if due is None:
            return None
        patience = datetime.combine(due, when.timetz()) + PRESSED_AFTER
        return patience if self.world.now < patience < when else None

    def _order(self, late: datetime) -> dict[str, Any]:
        return roads.call_body("supervise") | {"due": (late + timedelta(days=10)).date().isoformat()}

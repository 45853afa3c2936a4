"""A county in memory: its offices, a petition on its road, a sender that remembers, and a clock turned by hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from chalicelib import profiles
from chalicelib.clock import CHINA
from chalicelib.domain import limits, receiving
from chalicelib.domain.case import BUREAU, CLERK, PETITIONER, Actor, Change
from chalicelib.domain.intake import GRIEVANCE, WEB, Contact, Filing
from chalicelib.domain.numbers import case_number
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.workdays import Calendar
from chalicelib.notices.senders import Fate, NotSent, Sent, Unknown
from chalicelib.store import keys, proofs
from chalicelib.store.cases import Cases, Command
from chalicelib.store.memory import MemoryTable
from chalicelib.store.proofs import Proof
from chalicelib.store.sealing import Keys
from chalicelib.triggers import notices
from chalicelib.triggers.notices import Post

PHONE = "13900001111"
TREE = OfficeTree.of(profiles.load("county").offices)
RULES = Rules(Calendar.shipped(), limits.PETITION)
TEN = datetime(2026, 11, 25, 10, 0, tzinfo=CHINA)


class Died(BaseException):
    """The process was killed here."""


@dataclass
class Carrier:
    """An SMS provider: `faults` are raised one by one, `answers` are what it says when asked."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    faults: list[BaseException | None] = field(default_factory=list)
    answers: dict[str, Fate] = field(default_factory=dict)

    def send(self, phone: str, text: str, out_id: str) -> Sent:
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, NotSent | Died):
            raise fault
        self.sent.append((phone, text))
        if isinstance(fault, Unknown):
            raise fault
        return Sent(f"sms-{len(self.sent)}")

    def ask(self, out_id: str) -> Fate | None:
        return self.answers.get(out_id)


@dataclass
class World:
    """One county, one carrier, one clock."""

    at: datetime = TEN
    carrier: Carrier = field(default_factory=Carrier)
    table: MemoryTable = field(default_factory=MemoryTable)
    mobiles: dict[str, str] = field(default_factory=lambda: {"housing": "13900002222"})
    vacant: set[str] = field(default_factory=set)
    """Offices in which nobody works."""
    unheld: set[tuple[str, str]] = field(default_factory=set)
    """Posts that nobody holds, where others work: office and role."""
    post: Post = field(init=False)

    def __post_init__(self) -> None:
        pk, sk = keys.TREE
        self.table.put({"pk": pk, "sk": sk, "kind": "tree", "version": TREE.version})
        self.cases = Cases(self.table, Keys(lambda kind: kind.encode().ljust(32, b"."), lambda: 0.0))
        self.post = Post(
            cases=self.cases,
            sender=self.carrier,
            mobile_of=lambda org, _undertaker, _without: None if org in self.vacant else self.mobiles.get(org, ""),
            holder_of=self.holder_of,
            rules=lambda: RULES,
            tree=lambda: TREE,
            window=(time(8), time(20)),
            telephone="0736-6622345",
            now=lambda: self.at,
        )

    def holder_of(self, org: str, roles: Sequence[str], _without: Collection[str]) -> str | None:
        """The telephone of the office, if one of these posts is held there."""
        is_held = org not in self.vacant and any((org, role) not in self.unheld for role in roles)
        return self.mobiles.get(org, "") if is_held else None

    def file(self, *, phone: str = PHONE, number: int = 123001785) -> str:
        """A grievance to the bureau, filed by a petitioner."""
        case_id = case_number(2026, lambda below: number % below)
        filing = Filing(GRIEVANCE, WEB, self.at.date(), "楼道漏水", "三楼以上楼道漏水两个月。")
        contact = Contact(name="王某", phone=phone, address="青山县东街1号")
        change = receiving.register(
            case_id, filing, contact, TREE.offices["bureau"], by=Actor(PETITIONER), at=self.at, rules=RULES
        )
        command = Command.of("petitioner", case_id, {})
        return self.cases.file(change, contact, command, at=self.at, tree=TREE, rules=RULES)

    def forward(self, case_id: str, to: str = "housing") -> int:
        """The bureau forwards; the number of that event."""
        case = self.cases.load(case_id).case
        by = Actor(BUREAU, "bureau", "bureau1")
        return self.take(case_id, receiving.forward(case, to, tree=TREE, by=by, on=self.today, rules=RULES))

    def accept(self, case_id: str, by: str = "housing") -> int:
        """The unit accepts; the number of that event."""
        case = self.cases.load(case_id).case
        actor = Actor(CLERK, by, f"{by}-clerk")
        change = receiving.accept(case, "petition_procedure", f"{by}-clerk", by=actor, on=self.today, rules=RULES)
        return self.take(case_id, change)

    def take(self, case_id: str, change: Change) -> int:
        """Commit a step; the number of its last event."""
        held = self.cases.load(case_id)
        command = Command.of("staff", f"{case_id}-{held.case.version}", {})
        return self.cases.commit(held, change, command, at=self.at, tree=TREE, rules=RULES).version

    def deliver(self, case_id: str, seq: int = 1) -> None:
        """The queue brings an event."""
        notices.deliver(self.post, case_id, seq)

    def sweep(self) -> int:
        """Everything due is looked at once; how many rows that were."""
        due = [
            pointer
            for shard in keys.SHARDS
            for pointer in self.table.hits("due", shard, high=keys.instant(self.at)).items
            if pointer["kind"] == "notice"
        ]
        for pointer in due:
            notices.send_due(pointer, lambda: self.post)
        return len(due)

    def pass_time(self, **length: int) -> None:
        """Turn the clock."""
        self.at += timedelta(**length)

    def proof(self, case_id: str, seq: int = 1, recipient: str = PETITIONER) -> Proof:
        """The row of one notice."""
        found = proofs.of_case(self.table, case_id)
        return next(proof for proof in found if (proof.seq, proof.recipient) == (seq, recipient))

    def with_window(self, opens: time, closes: time) -> "World":
        """The same world with other hours."""
        self.post = replace(self.post, window=(opens, closes))
        return self

    @property
    def today(self) -> date:
        """The legal day."""
        return self.at.date()

"""I3 and I4: every notice owed has its row and no other has, and what became of each has a cause the world knows.

A notice may only be handed to a person, found needless, failed or doubtful because of something that happened here:
nobody has a number, the carrier refused or did not answer, a process died. What the row says of itself proves nothing.
"""

import heapq
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.case import CLERK, LEADER, SUPERVISOR, UNIT_HEAD
from chalicelib.domain.intake import Contact
from chalicelib.domain.owed.recipients import PETITIONER, PROXY, REPRESENTATIVE, SIGNER, SIGNERS, is_person, number_of
from chalicelib.store import keys, proofs
from chalicelib.store.table import Item
from chalicelib.triggers.notices import INTERRUPTED, NO_ANSWER, NO_NUMBER, SAME_NUMBER

if TYPE_CHECKING:
    from infra.torture.world import World

MOVES = {
    proofs.OWED: (proofs.OWED, proofs.CLAIMED, proofs.HANDED, proofs.NEEDLESS, proofs.SPREAD),
    proofs.CLAIMED: (proofs.SENT, proofs.OWED, proofs.FAILED, proofs.UNKNOWN, proofs.HANDED),
    proofs.FAILED: (proofs.FAILED, proofs.CLAIMED, proofs.HANDED, proofs.NEEDLESS),
    proofs.UNKNOWN: (proofs.UNKNOWN, proofs.SENT, proofs.OWED, proofs.FAILED, proofs.HANDED, proofs.NEEDLESS),
    proofs.HANDED: (proofs.TOLD,),
}
"""From which state a notice may go to which; what is not named ends."""
POSTS = {"org": CLERK, "head": UNIT_HEAD, "leader": LEADER, "supervisor": SUPERVISOR}
IN_DOUBT = (INTERRUPTED, NO_ANSWER)
LONGEST_WAIT = timedelta(hours=12, minutes=15)
"""No notice waits longer than for the next morning, or for its last try twelve hours later."""
MUST_END = timedelta(hours=72 + 12)
SKEWED = timedelta(minutes=1)
TRIES = 4


class NoticeChecks:
    """The eyes on what is owed."""

    world: "World"
    cases: dict[str, Any]
    done: Any
    open: dict[tuple[str, str], datetime]
    by_age: list[tuple[datetime, tuple[str, str]]]
    claimed: dict[tuple[str, str], datetime]
    told_overdue: set[tuple[str, str]]
    states: dict[tuple[str, str], Any]

    def wrong(self, invariant: str, what: str) -> None:
        """Somebody has to know."""
        raise NotImplementedError

    # -- as it runs --------------------------------------------------------------------------------------------

    def noticed(self, before: Item | None, after: Item, at: datetime) -> None:
        """A NOTICE row was written at this moment."""
        self.done["I3"] += 1
        key, state = (after["pk"], after["sk"]), json.loads(after["state"])
        was, self.states[key] = self.states.get(key), state
        if before is None or was is None:
            self._new(key, state)
        else:
            self._moved(was, state, before, after, at)
        if state["state"] in proofs.ENDED and "wake_at" not in after:
            self.open.pop(key, None)
        elif key not in self.open:
            self.open[key] = keys.moment(state["owed_at"])
            heapq.heappush(self.by_age, (self.open[key], key))
        if state["state"] == proofs.CLAIMED:
            self.claimed[key] = at
        if "wake_at" in after and keys.moment(after["wake_at"]) - at > LONGEST_WAIT:
            self.wrong("I3", f"{key} is left until {after['wake_at']}")

    def _new(self, key: tuple[str, str], state: dict[str, Any]) -> None:
        """A row that appears is owed by its event; or it is the part of one joint signer."""
        owes = self.cases[key[0].removeprefix("CASE#")].owes
        recipient, channel = state["recipient"], state["channel"]
        whole = (f"{SIGNERS}:1", channel) if recipient.startswith(f"{SIGNER}:") else (recipient, channel)
        if owes.get((state["seq"], *whole)) != tuple(state["texts"]):
            self.wrong("I3", f"{key}: nobody owes {recipient} {state['texts']} by event {state['seq']}")

    def overdue(self) -> None:
        """72 hours and a night after it was owed a notice has ended; while nothing sweeps, no hour counts."""
        world = self.world
        while self.by_age and world.now - self.by_age[0][0] > MUST_END:
            owed_at, key = self.by_age[0]
            if self.open.get(key) == owed_at and world.now - owed_at <= MUST_END + world.off.sweep.within(
                owed_at, world.now
            ):
                return
            heapq.heappop(self.by_age)
            if self.open.pop(key, None) is not None:
                self.told_overdue.add(key)
                world.found.figures["notices_missed"] += 1
                self.wrong("I3", f"{key} has been owed since {owed_at:%Y-%m-%d %H:%M} and never ended")

    def _moved(self, old: Any, new: Any, before: Item, after: Item, at: datetime) -> None:
        key = (after["pk"], after["sk"])
        is_parked = before["state"] == after["state"] and before["version"] == after["version"]
        if is_parked:
            return
        if new["state"] not in MOVES.get(old["state"], ()):
            self.wrong("I3", f"a notice went from {old['state']} to {new['state']}: {key}")
        elif new["state"] != old["state"] and not self._has_cause(old, new, after, at):
            self.wrong("I3", f"{key} went from {old['state']} to {new['state']} ({new.get('reason')}) without a cause")

    def _has_cause(self, old: Any, new: Any, after: Item, at: datetime) -> bool:
        provider, state = self.world.provider, new["state"]
        tried = (new.get("attempts") or [{}])[-1]
        out_id = tried.get("out_id", "")
        if state == proofs.UNKNOWN:
            if new.get("reason") == NO_ANSWER:
                return out_id in provider.unheard
            return new.get("reason") == INTERRUPTED and self._was_interrupted(out_id, after, tried, at)
        if state == proofs.FAILED:
            return out_id in provider.denied if old["state"] == proofs.UNKNOWN else out_id in provider.refused
        if state == proofs.NEEDLESS:
            return self._is_needless(after["pk"], new)
        if state == proofs.HANDED:
            return self._is_for_a_person(old, new, out_id, after["pk"], at)
        return True

    def _was_interrupted(self, out_id: str, after: Item, tried: Any, at: datetime) -> bool:
        """Whoever had claimed it died, or met a fault; or a clock was wrong enough to believe so."""
        key = (after["pk"], after["sk"])
        claimed_at = self.claimed.get(key, at)
        met_trouble = self.world.known.troubled.get(key, datetime.min.replace(tzinfo=at.tzinfo)) >= claimed_at
        doubted = keys.moment(after["wake_at"]) - proofs.FIRST_ASK
        is_skewed = abs(keys.moment(tried["at"]) - claimed_at) > SKEWED or abs(doubted - at) > SKEWED
        return met_trouble or out_id in self.world.provider.died or is_skewed

    def _is_needless(self, pk: str, new: Any) -> bool:
        contact, recipient = self.contact(pk), new["recipient"]
        if contact is None or not is_person(recipient):
            return False
        if new.get("reason") != SAME_NUMBER:
            return recipient == PROXY and contact.proxy is None
        order = [PETITIONER, PROXY, *(f"{REPRESENTATIVE}:{n}" for n in range(1, 6)), recipient]
        order += [f"{SIGNER}:{n}" for n in range(1, number_of(recipient))] if recipient.startswith(SIGNER) else []
        before = order[: order.index(recipient)] + order[order.index(recipient) + 1 :]
        told = (proofs.SENT, proofs.DELIVERED, proofs.HANDED, proofs.TOLD)
        rows = {each: self.states.get((pk, keys.notice(new["seq"], each, new["channel"]))) for each in before}
        who_told = [each for each, row in rows.items() if row is not None and row["state"] in told]
        return phone_of(contact, recipient) in {phone_of(contact, each) for each in who_told} - {""}

    def _is_for_a_person(self, old: Any, new: Any, out_id: str, pk: str, at: datetime) -> bool:
        provider, reason = self.world.provider, new.get("reason", "")
        if reason == NO_NUMBER:
            return not self.has_phone(pk, new["recipient"])
        if old["state"] == proofs.UNKNOWN:
            is_denied = out_id in provider.denied and self._is_spent(new, at)
            return reason in IN_DOUBT and (out_id in provider.could_not_say or is_denied)
        if reason not in (provider.refused.get(out_id) or ("",)):
            return False
        return self._is_spent(new, at) or out_id in provider.for_good

    @staticmethod
    def _is_spent(state: Any, at: datetime) -> bool:
        """Was it tried so often, or is it so late, that no further try would be in its three days?"""
        tries = sum(each["text"] == state["attempts"][-1]["text"] for each in state["attempts"])
        return tries >= TRIES or at - keys.moment(state["owed_at"]) > MUST_END - timedelta(hours=25)

    def contact(self, pk: str) -> Contact | None:
        """Who filed the case, as the world knows it."""
        return self.world.known.contacts.get(self.cases[pk.removeprefix("CASE#")].first)

    def has_phone(self, pk: str, recipient: str) -> bool:
        """Can this recipient be reached by telephone?"""
        if is_person(recipient):
            contact = self.contact(pk)
            return contact is not None and bool(phone_of(contact, recipient))
        kind, _, org = recipient.partition(":")
        return bool(self.world.mobile_of(org, POSTS[kind], ()))

    # -- at rest -----------------------------------------------------------------------------------------------

    def notice_at_rest(self, proof: proofs.Proof) -> None:
        """It ended, and what it says was sent was sent: once, or twice with a recorded doubt between."""
        self.done["I3"] += 1
        self.done["I4"] += 1
        figures = self.world.found.figures
        figures["notices"] += 1
        figures[f"notices_{proof.state}"] += 1
        if not proof.has_ended and proof.key not in self.told_overdue:
            is_left = proof.wake_at is None or self.world.now - proof.wake_at > timedelta(minutes=15)
            if is_left or self.world.now - keys.moment(proof.owed_at) > MUST_END:
                figures["notices_missed"] += 1
                self.wrong("I3", f"{proof.key} never ended: {proof.state}")
        if proof.state == proofs.SPREAD:
            self._was_spread(proof)
        if proof.channel != "site" and proof.state != proofs.SPREAD:
            for at, text in enumerate(proof.texts):
                self._text(proof, at, text)

    def _text(self, proof: proofs.Proof, at: int, text: str) -> None:
        figures = self.world.found.figures
        mine = [attempt for attempt in proof.attempts if attempt.text == text]
        sent = self.world.provider.sent[number_of_text(proof, text)]
        doubts = sum(attempt.reason in IN_DOUBT for attempt in mine[:-1])
        if sent > 1 + min(doubts, 1):
            figures["texts_doubled"] += 1
            self.wrong("I4", f"{proof.key} {text} was sent {sent} times")
        figures["sent_twice_after_doubt"] += sent == 2
        if sent == 0 and (at < proof.part or proof.state in (proofs.SENT, proofs.DELIVERED)):
            figures["texts_lost"] += 1
            self.wrong("I3", f"{proof.key} {text} is said to be sent and never was")

    def _was_spread(self, proof: proofs.Proof) -> None:
        """Each of the joint signers has a row of his own."""
        contact = self.contact(proof.key[0])
        for number in range(1, len(contact.joint_signers) + 1 if contact else 1):
            if self.world.memory.get(proof.key[0], keys.notice(proof.seq, f"{SIGNER}:{number}", proof.channel)) is None:
                self.wrong("I3", f"{proof.key}: signer {number} is owed a notice and has none")


def number_of_text(proof: proofs.Proof, text: str) -> str:
    """What the provider's record calls a text of a notice, whatever the try: as `provider.whose`."""
    recipient = "" if proof.recipient == PETITIONER else f"-{proof.recipient.replace(':', '')}"
    return f"{proof.case_id}-{proof.seq}-{text}{recipient}"


def phone_of(contact: Contact, recipient: str) -> str:
    """The number of one of those behind a petition; empty for nobody."""
    kind, at = recipient.partition(":")[0], number_of(recipient) - 1
    if kind == PETITIONER:
        return contact.phone
    if kind == PROXY:
        return contact.proxy.phone if contact.proxy else ""
    people = {REPRESENTATIVE: contact.representatives, SIGNER: contact.joint_signers}[kind]
    return people[at].phone if at < len(people) else ""

"""Everything owed finds its way out: claim, say, send, record. Called by the queue at once, by the sweep for the rest.

The invariant: a text is sent only under a claim this process won, and what may have been sent is not sent again:
it is asked about where the provider can answer, and otherwise a person tells the petitioner. Receipts that come by
themselves come through `api/callbacks.py`; what no try can mend it leaves here as due, to be handed over.
"""

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from chalicelib import clock, profiles
from chalicelib.domain import recusal
from chalicelib.domain.case import ADMINISTRATORS, BUREAU, CLERK, LEADER, SUPERVISOR, UNIT_HEAD
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed.recipients import PROXY, SIGNERS, is_person
from chalicelib.domain.owed.upward import line_upward
from chalicelib.domain.people import code_version, has_proxy
from chalicelib.domain.procedure import Rules
from chalicelib.domain.reaching_upward import ABSENT, NO_PHONE, RECUSED, VACANT, Gap, record_gaps
from chalicelib.domain.values import value
from chalicelib.notices import wording
from chalicelib.notices.facts import Source, facts
from chalicelib.notices.senders import Fate, NotSent, Sender, Unknown, manner, sender
from chalicelib.notices.window import Window, opens_at
from chalicelib.store import delivery, keyring, keys, offices, people, proofs, spreading
from chalicelib.store.cases import CaseFile, Cases, Command, StaleCase
from chalicelib.store.chain import Recorded
from chalicelib.store.proofs import Attempt, Proof
from chalicelib.store.quotas import Quotas, quotas
from chalicelib.store.table import Busy, Item
from chalicelib.store.tenant import cases, rules
from chalicelib.telemetry import came_through, logger, metric
from chalicelib.triggers import batches, recipients

NO_NUMBER = "没有手机号码"
NO_WORDS = "短信内容无法生成"
INTERRUPTED = "发送中断，结果待核实"
NO_ANSWER = "运营商没有回应，结果待核实"
NUMBER_IS_FULL = "这个号码的短信已达上限"
LONG = timedelta(hours=1)
"""A wait of seconds is for the room of all; one of hours is for that of a number, which is full today."""
REFUSALS = {"GatewayDown": "短信网关无法连接", "THROTTLED": "短信网关繁忙"}
"""What a clerk reads in place of the gateway's code."""
SAME_NUMBER = "同一号码已由另一条短信告知"
NO_PROXY_ANY_MORE = "代理已撤销"
POSTS = {"org": CLERK, "head": UNIT_HEAD, "leader": LEADER, "supervisor": SUPERVISOR}
"""What stands before the colon of a recipient: whom in the office, or in the government over it."""
NOBODY = "nobody"
"""Whose inbox it is when everybody here is accused: what is owed stays on record, and an alarm tells."""
OF_THE_GOVERNMENT = ("leader", "supervisor")
CLIMBS = ("S17", "S17b", "S17c")
"""Texts that lateness goes up with: they pass over whoever cannot be reached, and the gap is put down (第四十条)."""
NOTED_AT_MOST = 3
"""Tries to put a gap down while others write: the next rung finds it again."""


@value
class Post:
    """What a notice needs on its way: the real one is `post()`; the simulator and tests bring their own."""

    cases: Cases
    sender: Sender
    mobile_of: Callable[[str, str, Collection[str]], str | None]
    tree: Callable[[], OfficeTree]
    window: Window
    telephone: str
    now: Callable[[], datetime] = clock.now
    gap_of: Callable[[str, str, Collection[str]], str] = lambda _org, _role, _without: VACANT
    rules: Callable[[], Rules] = rules
    gives_receipts: bool = False
    """A text is not at its end before its receipt: the provider tells what became of it, or can be asked."""
    lookup_lag: timedelta = timedelta(0)
    """How long the provider may not find what it has: before that, `absent` means nothing."""
    quotas: Quotas | None = None
    """How many texts may go; None: as many as are owed."""


def notify(event: Any) -> dict[str, list[dict[str, str]]]:
    """Send what is owed by the events of one SQS batch; a message that cannot be handled fails alone."""
    return batches.each(event, lambda body: deliver(post(), *_named(body)), consumer="notices")


def deliver(post: Post, case_id: str, seq: int) -> None:
    """Send what one event owes. A message that comes again finds the rows moved on, and sends nothing.

    A row that fails keeps no other recipient waiting; its error is raised when all were tried.
    """
    file = post.cases.read(case_id)
    failed: list[Exception] = []
    for proof in map(proofs.proof, file.notices):
        if proof.seq == seq and not proof.has_ended:
            try:
                carry(post, file, proof)
            except Exception as error:
                failed.append(error)
    if failed:
        raise failed[0]


def send_due(pointer: Item, post_of: Callable[[], Post] | None = None) -> None:
    """The sweep's way in: a NOTICE whose `wake_at` has come. The index may be behind: the row itself decides."""
    post_now = (post_of or post)()
    proof = proofs.at(post_now.cases.table, pointer["pk"], pointer["sk"])
    if proof is None or proof.wake_at is None or proof.wake_at > post_now.now():
        return
    if proofs.was_not_brought(proof):
        metric("NoticeFoundBySweep")
    carry(post_now, post_now.cases.read(proof.case_id), proof)


def carry(post: Post, file: CaseFile, proof: Proof) -> None:
    """Move one row as far as it goes now, text by text."""
    if proof.recipient.startswith(f"{SIGNERS}:"):
        spreading.spread(post.cases.table, proof, len(file.contact.joint_signers), post.now())
        return
    if proofs.is_doubtful(proof, post.now()):
        proofs.save(post.cases.table, proof, proofs.doubt(proof, post.now(), INTERRUPTED))
        metric("NoticeUnknown")
        return
    moving = _settle(post, file, proof) if proof.state in (proofs.UNKNOWN, proofs.SENT) else proof
    while moving is not None and proofs.may_claim(moving, post.now()):
        moving = _send(post, file, moving)


def _send(post: Post, file: CaseFile, proof: Proof) -> Proof | None:
    """Send the current text, if it may be sent now. None when there is nothing more to do in this run."""
    now = post.now()
    if delivery.is_spent(proof, now):
        return _hand_over(post, file, proof, proof.reason)
    if proof.recipient == PROXY and not has_proxy(file.case.facts):
        return proofs.save(post.cases.table, proof, proofs.needless(proof, NO_PROXY_ANY_MORE))
    phone = _phone(post, file, proof)
    _note_gaps(post, file, proof)
    if phone and is_person(proof.recipient) and phone in recipients.phones_before(file, proof.recipient):
        return proofs.save(post.cases.table, proof, proofs.needless(proof, SAME_NUMBER))
    if not phone:
        return _hand_over(post, file, proof, NO_NUMBER)
    opening = opens_at(now, post.window, proof.text)
    if opening is not None:
        if proof.wake_at != opening:
            proofs.save(post.cases.table, proof, proofs.postpone(proof, opening))
        return None
    words = _words(post, file, proof)
    if words is None:
        return _hand_over(post, file, proof, NO_WORDS)
    wait = timedelta(seconds=post.quotas.wait_for_notice(post.cases.keys.index("phone", phone)) if post.quotas else 0)
    if wait > LONG and now + wait > keys.moment(proof.owed_at) + proofs.GIVE_UP:
        return _hand_over(post, file, proof, NUMBER_IS_FULL)
    if wait:
        metric("NoticeWaitsForRoom")
        proofs.save(post.cases.table, proof, proofs.postpone(proof, now + wait))
        return None
    claimed = proofs.save(post.cases.table, proof, proofs.with_words(proofs.claim(proof, now), words, file.key))
    if claimed is None:
        return None
    return proofs.save(post.cases.table, claimed, _result(post, file, claimed, phone, words))


def _result(post: Post, file: CaseFile, claimed: Proof, phone: str, words: str) -> Proof:
    try:
        sent = post.sender.send(phone, words, claimed.attempts[-1].out_id)
    except NotSent as error:
        metric("NoticeThrottled" if error.retry_after else "NoticeNotSent")
        if error.retry_after:
            wait = timedelta(seconds=error.retry_after)
            failed = proofs.put_back(claimed, post.now(), wait, REFUSALS.get(error.reason, error.reason))
            if post.quotas:
                post.quotas.give_back(post.cases.keys.index("phone", phone))
        else:
            failed = proofs.record_failed(claimed, post.now(), error.reason, retry=error.retry)
        return _or_handed(post, file, failed)
    except Unknown:
        metric("NoticeUnknown")
        return proofs.doubt(claimed, post.now(), NO_ANSWER)
    metric("NoticeSent")
    return proofs.record_sent(claimed, post.now(), sent.provider_id, gives_receipts=post.gives_receipts)


def _settle(post: Post, file: CaseFile, proof: Proof) -> Proof | None:
    """Ask what became of a text that is in doubt, or whose receipt did not come by itself, once it is time.

    Who cannot be asked leaves what is in doubt to a person.
    """
    now = post.now()
    if proof.wake_at is None or proof.wake_at > now:
        return None
    asked = proof
    for attempt in delivery.waiting(proof):
        try:
            fate = post.sender.ask(attempt.out_id)
        except (Unknown, NotSent):
            continue  # nobody answered: nothing is known, and it is asked again
        if fate is None:
            return _hand_over(post, file, proof, proof.reason)
        asked = _answered(post, asked, attempt, fate)
    if asked.state == proof.state and asked.wake_at == proof.wake_at:
        asked = delivery.put_off(asked, now)
    return proofs.save(post.cases.table, proof, _or_handed(post, file, asked))


def _answered(post: Post, proof: Proof, attempt: Attempt, fate: Fate) -> Proof:
    now = post.now()
    if fate == "not_sent":
        return proofs.record_failed(proof, now, proof.reason, retry=True)
    if fate == "absent":
        if attempt.fate == proofs.SENT and now >= keys.moment(attempt.at) + post.lookup_lag:
            metric("NoticeVanished")  # it said OK, and knows nothing of it: an alarm stands on this
        return delivery.has_no_record(proof, attempt.out_id, now, post.lookup_lag)
    if fate == "sent" and not post.gives_receipts:
        return proofs.record_sent(proof, now, "")
    return delivery.record(proof, attempt.out_id, fate, now)


def _words(post: Post, file: CaseFile, proof: Proof) -> str | None:
    """None when the text cannot be said: a fault of ours, which must not keep the notice from being given."""
    try:
        return wording.render(proof.text, **facts(proof.text, _source(post, file, proof)))
    except (wording.WordingError, KeyError, ValueError) as error:
        logger.error(
            "notice cannot be worded",
            extra={"case": proof.case_id, "seq": proof.seq, "text": proof.text, "through": came_through(error)},
        )
        metric("NoticeNotWorded")
        return None


def _source(post: Post, file: CaseFile, proof: Proof) -> Source:
    case, event = file.case, _event(file, proof.seq)
    tells_code = "q" in wording.texts()[proof.text].needs
    return Source(
        case_id=case.id,
        data=event.data,
        clocks=event.clocks,
        office=case.agency or case.office,
        offices=post.tree(),
        telephone=post.telephone,
        query_code=post.cases.query_code(case.id, code_version(case.facts)) if tells_code else "",
    )


def _phone(post: Post, file: CaseFile, proof: Proof) -> str:
    if is_person(proof.recipient):
        return recipients.phone(file, proof.recipient)
    return _reached(post, file, proof.recipient, climbs=proof.text in CLIMBS)[1]


def _note_gaps(post: Post, file: CaseFile, proof: Proof) -> None:
    """Put down that a post was empty to which lateness was to be told, for whoever supervises. Sending goes on."""
    if is_person(proof.recipient) or proof.text not in CLIMBS:
        return
    office, _, gaps = _reached(post, file, proof.recipient, climbs=True)
    for _ in range(NOTED_AT_MOST if gaps else 0):
        held = post.cases.load(proof.case_id)
        change = record_gaps(held.case, gaps, office if office in post.tree().offices else None)
        if change is None:
            return
        command = Command.of("law", f"{proof.case_id}|{held.case.version}", [event.wire for event in change.events])
        try:
            post.cases.commit(held, change, command, at=post.now(), tree=post.tree(), rules=post.rules())
        except StaleCase:
            continue
        except Busy:
            logger.warning("gap not put down", extra={"case": proof.case_id})
        return


def _reached(post: Post, file: CaseFile, recipient: str, *, climbs: bool = False) -> tuple[str, str, tuple[Gap, ...]]:
    """Which office is told, over which number, and which posts on the way were empty.

    The next one above is told when nobody is there who may know, and what `climbs` goes past those without a number.
    Who is accused, or below who is, or has recused himself is passed over (第二十八条、第三十条第三款).
    """
    kind, _, org = recipient.partition(":")
    tree, case = post.tree(), file.case
    start = (tree.government_of(org) if kind in OF_THE_GOVERNMENT and org in tree.offices else None) or org
    line = list(line_upward(start, tree, case.accused))
    recused, gaps, is_there = case.facts.get("recused", ()), [], ""
    for office in line:
        phone = post.mobile_of(office, POSTS[kind], recused)
        if phone or (phone is not None and not climbs):
            return office, phone, tuple(gaps)
        is_there = is_there or (office if phone is not None else "")
        gaps.append(Gap(kind, office, NO_PHONE if phone is not None else post.gap_of(office, POSTS[kind], recused)))
    if is_there:
        return is_there, "", tuple(gaps)
    metric("NoticeForNobody")
    may_know = recusal.permits(case.accused, tree.path(case.office))
    return case.office if may_know else (line[-1] if line else NOBODY), "", tuple(gaps)


def _hand_over(post: Post, file: CaseFile, proof: Proof, reason: str) -> Proof | None:
    return proofs.save(post.cases.table, proof, _handed(post, file, proof, reason))


def _or_handed(post: Post, file: CaseFile, proof: Proof) -> Proof:
    """A failure that comes to no other try is a person's task."""
    if proof.state == proofs.FAILED and proof.wake_at is None:
        return _handed(post, file, proof, proof.reason)
    return proof


def _handed(post: Post, file: CaseFile, proof: Proof, reason: str) -> Proof:
    metric("NoticeHandedOver")
    return proofs.hand_over(proof, post.now(), reason, _keeper(post, file, proof))


def _keeper(post: Post, file: CaseFile, proof: Proof) -> str:
    """The organ whose person goes on: the recipient itself, else who did the act that has to be told.

    Where nobody works, nobody would read it: then it is the task of the next one above.
    """
    if not is_person(proof.recipient):
        return _reached(post, file, proof.recipient)[0]
    org = _event(file, proof.seq).by.get("org") or file.case.agency or file.case.office
    return _reached(post, file, f"org:{org}")[0]


def _event(file: CaseFile, seq: int) -> Recorded:
    return next(event for event in file.events if event.seq == seq)


def _named(body: str) -> tuple[str, int]:
    """Which event a CloudEvent is about. Raises ValueError, KeyError, TypeError for anything else."""
    data = json.loads(body)["data"]
    return str(data["case"]), int(data["seq"])


def mobile_of(org: str, role: str, without: Collection[str] = ()) -> str | None:
    """Where an organ is reached: somebody of this post, else whoever else of it left a number; `""` if nobody did.

    None when nobody works there who may be told: `without` have recused themselves, others are away today, and
    whoever stands in for a head or a leader is one level up, not below. Administrators have no part in a case.
    """
    staff, today = _staff(org), clock.today()
    may = [user for user in staff if user.id not in without and not user.is_away(today)]
    holders = [user for user in staff if user.role == role]
    if not may or (role != CLERK and holders and not any(user in may for user in holders)):
        return None
    may.sort(key=lambda user: (user.role != role, user.role != BUREAU, user.id))
    loaded = (people.load_user(user.id) for user in may)
    return next((user.phone for user in loaded if user and user.phone), "")


def gap_of(org: str, role: str, without: Collection[str] = ()) -> str:
    """Why `mobile_of` found nobody: nobody works there, whoever does is away, or has recused himself."""
    staff, today = _staff(org), clock.today()
    holders = [user for user in staff if user.role == role] if role != CLERK else staff
    meant = holders or staff
    if not meant:
        return VACANT
    return ABSENT if any(user.is_away(today) and user.id not in without for user in meant) else RECUSED


def _staff(org: str) -> list[people.User]:
    return [user for user in people.find_by_org(org) if user.role not in ADMINISTRATORS]


@cache
def post() -> Post:
    """The real one, once per process."""
    tenant, provider = profiles.current(), manner()
    return Post(
        cases=cases(),
        sender=sender(keyring.gateway_key),
        mobile_of=mobile_of,
        tree=offices.tree,
        window=tenant.send_window,
        telephone=tenant.phone,
        gap_of=gap_of,
        gives_receipts=provider.gives_receipts,
        lookup_lag=provider.lookup_lag,
        quotas=quotas(),
    )

"""Everything owed finds its way out: claim, say, send, record. Called by the queue at once, by the sweep for the rest.

The invariant: a text is sent only under a claim this process won, and what may have been sent is not sent again:
it is asked about where the provider can answer, and otherwise a person tells the petitioner. Receipts that come by
themselves come through `api/callbacks.py`; what no try can mend it leaves here as due, to be handed over.
"""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from chalicelib import clock, profiles
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.owed.recipients import PROXY, SIGNERS, is_person
from chalicelib.domain.people import code_version, has_proxy
from chalicelib.domain.procedure import Rules
from chalicelib.domain.reaching_upward import VACANT
from chalicelib.domain.values import value
from chalicelib.notices import wording
from chalicelib.notices.facts import Source, facts
from chalicelib.notices.senders import Fate, NotSent, Sender, Unknown, manner, sender
from chalicelib.notices.window import AT_ANY_HOUR, Window, opens_at
from chalicelib.store import delivery, keyring, keys, offices, proofs, spreading
from chalicelib.store.cases import CaseFile, Cases
from chalicelib.store.chain import Recorded
from chalicelib.store.proofs import INTERRUPTED, Attempt, Proof
from chalicelib.store.quotas import Quotas, quotas
from chalicelib.store.table import Item
from chalicelib.store.tenant import cases, rules
from chalicelib.telemetry import came_through, logger, metric
from chalicelib.triggers import batches, reaching, recipients
from chalicelib.triggers.reaching import Reach, gap_of, holder_of, mobile_of

NO_NUMBER = "没有手机号码"
NO_WORDS = "短信内容无法生成"
NO_ANSWER = "运营商没有回应，结果待核实"
NUMBER_IS_FULL = "这个号码的短信已达上限"
LONG = timedelta(hours=1)
"""A wait of seconds is for the room of all; one of hours is for a number that is full today: then a person tells."""
REFUSALS = {"GatewayDown": "短信网关无法连接", "THROTTLED": "短信网关繁忙"}
"""What a clerk reads in place of the gateway's code."""
SAME_NUMBER = "同一号码已由另一条短信告知"
NO_PROXY_ANY_MORE = "代理已撤销"


@value
class Post:
    """What a notice needs on its way: the real one is `post()`; the simulator and tests bring their own."""

    cases: Cases
    sender: Sender
    mobile_of: Callable[[str, str, Collection[str]], str | None]
    holder_of: Callable[[str, Sequence[str], Collection[str]], str | None]
    tree: Callable[[], OfficeTree]
    window: Window
    telephone: str
    now: Callable[[], datetime] = clock.now
    gap_of: Callable[[str, Sequence[str], Collection[str]], str] = lambda _org, _roles, _without: VACANT
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
        _count_doubt(post)
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
    to = reaching.reach(post, file, proof)
    reaching.note_gaps(post, proof.case_id, to)
    told_by = recipients.same_told_before(post.cases.table, file, proof, to.phone) if is_person(proof.recipient) else ()
    if any(recipients.has_told(each) for each in told_by):
        return proofs.save(post.cases.table, proof, proofs.needless(proof, SAME_NUMBER))
    still_open = [each for each in told_by if not each.has_ended]
    if still_open:
        until = max(now + proofs.LEASE, *(each.wake_at or now for each in still_open))
        proofs.save(post.cases.table, proof, proofs.postpone(proof, until))
        return None
    if not to.phone:
        return _hand_over(post, file, proof, NO_NUMBER, to)
    opening = opens_at(now, post.window, proof.text)
    if opening is not None:
        if proof.wake_at != opening:
            proofs.save(post.cases.table, proof, proofs.postpone(proof, opening))
        return None
    words = _words(post, file, proof)
    if words is None:
        return _hand_over(post, file, proof, NO_WORDS, to)
    wait = _wait_for_room(post, to.phone, proof.text)
    if wait > LONG:
        return _hand_over(post, file, proof, NUMBER_IS_FULL, to)
    if wait:
        metric("NoticeWaitsForRoom")
        proofs.save(post.cases.table, proof, proofs.postpone(proof, now + wait))
        return None
    _tell_how_long_it_waited(post, proof)
    claimed = proofs.save(post.cases.table, proof, proofs.with_words(proofs.claim(proof, now), words, file.key))
    if claimed is None:
        return None
    return proofs.save(post.cases.table, claimed, _result(post, file, claimed, to, words))


def _result(post: Post, file: CaseFile, claimed: Proof, to: Reach, words: str) -> Proof:
    try:
        sent = post.sender.send(to.phone, words, claimed.attempts[-1].out_id)
    except NotSent as error:
        return _or_handed(post, file, _not_sent(post, claimed, to, error), to)
    except Unknown:
        metric("NoticeNotAnswered")  # with the look-ups that are not answered either: an alarm stands on them together
        _count_doubt(post)
        went = proofs.doubt(claimed, post.now(), NO_ANSWER)
    else:
        metric("NoticeSent")
        went = delivery.record_sent(claimed, post.now(), sent.provider_id, gives_receipts=post.gives_receipts)
    if post.quotas:
        post.quotas.notice_went()
    return went


def _not_sent(post: Post, claimed: Proof, to: Reach, error: NotSent) -> Proof:
    if not error.retry_after:
        metric("NoticeNotSent")
        return proofs.record_failed(claimed, post.now(), error.reason, retry=error.retry)
    metric("NoticeThrottled")
    if post.quotas:
        post.quotas.give_back(_indexed(post, to.phone))
    wait = timedelta(seconds=error.retry_after)
    return proofs.put_back(claimed, post.now(), wait, REFUSALS.get(error.reason, error.reason))


def _wait_for_room(post: Post, phone: str, text: str) -> timedelta:
    if not post.quotas:
        return timedelta(0)
    seconds = post.quotas.wait_for_notice(_indexed(post, phone), at_any_hour=text in AT_ANY_HOUR)
    return timedelta(seconds=seconds)


def _tell_how_long_it_waited(post: Post, proof: Proof) -> None:
    """From the moment at which it might have rung to its first try: an alarm stands on it."""
    if proof.attempts:
        return
    owed_at = keys.moment(proof.owed_at).astimezone(clock.CHINA)
    might = opens_at(owed_at, post.window, proof.text) or owed_at
    metric("NoticeWaitedSeconds", value=max(0.0, (post.now() - might).total_seconds()), unit="Seconds")


def _count_doubt(post: Post) -> None:
    """A provider that can be asked settles a doubt by itself; with any other a person must find out: an alarm."""
    if post.gives_receipts:
        metric("NoticeInDoubt")
    else:
        metric("NoticeUnknown")


def _indexed(post: Post, phone: str) -> str:
    return post.cases.keys.index("phone", phone)


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
            metric("NoticeNotAnswered")
            continue  # nobody answered: nothing is known, and it is asked again
        if fate is None:
            return _hand_over(post, file, proof, proof.reason)
        asked = _answered(post, asked, attempt, fate)
    if asked.state == proof.state and asked.wake_at == proof.wake_at:
        asked = delivery.put_off(asked, now)
    return proofs.save(post.cases.table, proof, _or_handed(post, file, asked))


def _answered(post: Post, proof: Proof, attempt: Attempt, fate: Fate) -> Proof:
    now = post.now()
    if proof.was_lost and fate in ("sent", "not_sent"):
        said = fate if fate == "sent" else delivery.ABSENT
        return delivery.record(proof, attempt.out_id, said, now, gives_receipts=post.gives_receipts)
    if fate == "not_sent":
        return proofs.record_failed(proof, now, proof.reason, retry=True)
    if fate == "absent":
        if attempt.fate == proofs.SENT and now >= keys.moment(attempt.at) + post.lookup_lag:
            metric("NoticeVanished")  # it said OK, and knows nothing of it: an alarm stands on this
        return delivery.has_no_record(proof, attempt.out_id, now, post.lookup_lag)
    if fate == "sent" and not post.gives_receipts:
        return delivery.record_sent(proof, now, "")
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


def _hand_over(post: Post, file: CaseFile, proof: Proof, reason: str, to: Reach | None = None) -> Proof | None:
    return proofs.save(post.cases.table, proof, _handed(post, file, proof, reason, to))


def _or_handed(post: Post, file: CaseFile, proof: Proof, to: Reach | None = None) -> Proof:
    """A failure that comes to no other try is a person's task."""
    if proof.state == proofs.FAILED and proof.wake_at is None:
        return _handed(post, file, proof, proof.reason, to)
    return proof


def _handed(post: Post, file: CaseFile, proof: Proof, reason: str, to: Reach | None) -> Proof:
    """Who has no telephone is always told by a person; whatever else comes to that is told to who runs this."""
    if reason == NO_NUMBER:
        metric("NoticeWithoutPhone")
    else:
        metric("NoticeHandedOver")
    return proofs.hand_over(proof, post.now(), reason, _keeper(post, file, proof, to))


def _keeper(post: Post, file: CaseFile, proof: Proof, to: Reach | None) -> str:
    """The organ whose person goes on: the recipient itself, else who did the act that has to be told.

    Where nobody works, nobody would read it: then it is the task of the next one above.
    """
    if not is_person(proof.recipient):
        return (to or reaching.reach(post, file, proof)).office
    org = _event(file, proof.seq).by.get("org") or file.case.agency or file.case.office
    return reaching.office(post, file, f"org:{org}").office


def _event(file: CaseFile, seq: int) -> Recorded:
    return next(event for event in file.events if event.seq == seq)


def _named(body: str) -> tuple[str, int]:
    """Which event a CloudEvent is about. Raises ValueError, KeyError, TypeError for anything else."""
    data = json.loads(body)["data"]
    return str(data["case"]), int(data["seq"])


@cache
def post() -> Post:
    """The real one, once per process."""
    tenant, provider = profiles.current(), manner()
    return Post(
        cases=cases(),
        sender=sender(keyring.gateway_key),
        mobile_of=mobile_of,
        holder_of=holder_of,
        tree=offices.tree,
        window=tenant.send_window,
        telephone=tenant.phone,
        gap_of=gap_of,
        gives_receipts=provider.gives_receipts,
        lookup_lag=provider.lookup_lag,
        quotas=quotas(),
    )

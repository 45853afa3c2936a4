"""The guard table: sessions, one-time codes, limits and strikes. What may be forgotten lives here, and only here.

The invariant: nothing in it opens by being read. Tokens are stored as hashes, codes as keyed hashes, who
called as keyed hashes; and an entry has ended when its time is over, whether or not TTL has removed it yet.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib import clock
from chalicelib.domain.errors import FieldError
from chalicelib.domain.values import value
from chalicelib.profiles.profile import Limit, current
from chalicelib.store.guard_table import Entry, asked, got, holds, quietly
from chalicelib.store.keyring import keys
from chalicelib.store.table import Busy, Denied
from chalicelib.telemetry import logger, metric

IDLE_S, SLIDE_S, ABSOLUTE_S = 30 * 60, 5 * 60, 12 * 3600
"""A session ends after half an hour of silence and after twelve hours in any case. Written every 5 minutes at most."""
CODE_S, CODE_TRIES = 5 * 60, 5
TTL_SLACK_S = 3600
TOTP_DRIFT = 1
"""A code is taken one step of 30 seconds before and after its own."""
PETITIONER = "petitioner"


class TooMany(Exception):
    """A limit is reached. Says when to come back."""

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class CodeRefused(Exception):
    """Wrong, expired, used up or somebody else's: all told alike."""

    def __init__(self, detail: str, pointer: str) -> None:
        super().__init__(detail)
        self.fields = (FieldError(pointer, detail, "refused"),)


class SignInRefused(Exception):
    """Unknown user, wrong password, wrong or used code, account closed: all told alike."""


@value
class Session:
    """Who calls. For staff, role, place and name are those of this moment, not of the sign-in."""

    role: str
    token_hash: str
    org: str | None = None
    user: str | None = None
    name: str = ""
    phone_index: str = ""
    case_number: str = ""
    code_version: int = 1
    """By which query code it began: a new code ends it."""
    sealed_phone: bytes = b""

    @property
    def phone(self) -> str:
        """The number a petitioner signed in with; empty for a session by query code."""
        if not self.sealed_phone:
            return ""
        return keys().staff_key().unseal(self.sealed_phone, _place(self.token_hash)).decode()


def open_session(*, role: str, user: str = "", phone: str = "", case_number: str = "", code_version: int = 1) -> str:
    """Begin a session and return its token, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    hashed, now = token_hash(token), _now()
    asked(
        Entry(
            f"SESSION#{hashed}",
            "SESSION",
            role=role,
            user=user or None,
            case_number=case_number or None,
            n=code_version if case_number else None,
            phone_index=phone_index(phone) if phone else None,
            sealed=keys().staff_key().seal(phone.encode(), _place(hashed)) if phone else None,
            seen_at=now,
            ends_at=now + ABSOLUTE_S,
            expires_at=now + IDLE_S,
        ).save
    )
    return token


def read_session(token: str) -> Session | None:
    """The session of a token, read consistently; None when there is none or its time is over."""
    hashed, now = token_hash(token), _now()
    found = got(f"SESSION#{hashed}", "SESSION")
    if found is None or min(found.expires_at, found.ends_at) <= now:
        return None
    if now - found.seen_at >= SLIDE_S:
        quietly(
            lambda: found.update(
                [Entry.seen_at.set(now), Entry.expires_at.set(now + IDLE_S)], condition=Entry.seen_at == found.seen_at
            )
        )
    return Session(
        role=found.role,
        token_hash=hashed,
        user=found.user,
        phone_index=found.phone_index or "",
        case_number=found.case_number or "",
        code_version=int(found.n or 1),
        sealed_phone=found.sealed or b"",
    )


def end_session(hashed: str) -> None:
    """End it at once. Ending it twice is fine."""
    asked(Entry(f"SESSION#{hashed}", "SESSION").delete)


def person_of(session: Session | None) -> str:
    """What limits per person count by; empty for staff and for nobody."""
    if session is None or session.role != PETITIONER:
        return ""
    return session.phone_index or session.case_number


def new_code(phone: str) -> tuple[str, str]:
    """A challenge and the six digits for one telephone; only the challenge goes back to who asked."""
    challenge, code = secrets.token_urlsafe(16), f"{secrets.randbelow(10**6):06d}"
    entry = Entry(f"CODE#{challenge}", "CODE", phone_index=phone_index(phone), n=0, expires_at=_now() + CODE_S)
    entry.sealed = _code_mac(challenge, code)
    asked(entry.save)
    return challenge, code


def redeem_code(challenge: str, phone: str, code: str) -> None:
    """Accept a code once. Tries are counted before they are looked at, so parallel guesses are counted too.

    Raises CodeRefused.
    """
    refused = CodeRefused("验证码不正确或者已经失效，请核对后重试或重新获取", "/code")
    entry = Entry(f"CODE#{challenge}", "CODE")
    open_still = (Entry.n < CODE_TRIES) & (Entry.expires_at > _now()) & (Entry.phone_index == phone_index(phone))
    if not holds(lambda: entry.update([Entry.n.add(1)], condition=open_still)):
        raise refused
    if not hmac.compare_digest(entry.sealed or b"", _code_mac(challenge, code)):
        raise refused
    if not holds(lambda: entry.delete(condition=Entry.pk.exists())):
        raise refused


def limit(action: str, *, source: str = "", person: str = "", number: str = "") -> None:
    """Count one call against the profile's limits of an action, those whose subject is known. Raises TooMany, Busy."""
    subjects = {"source": source, "person": person, "number": number, "everybody": "*" if source else ""}
    for rule in current().limits.get(action, ()):
        if subjects[rule.per]:
            count(action, rule, subjects[rule.per])


def count(action: str, rule: Limit, subject: str) -> None:
    """Count one call in its window. A counter that cannot be asked refuses codes and guesses, never a filing."""
    try:
        is_free, wait = _add(f"LIMIT#{action}#{rule.per}", subject, rule.window_s, rule.most)
    except (Busy, Denied):
        if rule.closed:
            raise
        logger.error("limit not counted", extra={"action": action, "per": rule.per})
        metric("LimitNotCounted", action=action)
        return
    if not is_free:
        metric("LimitReached", action=action, per=rule.per)
        raise TooMany(f"操作过于频繁，请在{_spoken(wait)}后再试", wait)


def uncount(action: str, rule: Limit, subject: str) -> None:
    """Take back one that was counted and came to nothing. Owed to nobody."""
    entry = Entry(*_window_key(f"LIMIT#{action}#{rule.per}", subject, rule.window_s))
    quietly(lambda: entry.update([Entry.n.add(-1)], condition=Entry.n > 0))


def spend(period: str, ends: int, most: int | None) -> int | None:
    """Count one text message of a period and answer how many there are; None, and nothing counted, at `most`.

    Raises Busy, Denied.
    """
    entry = Entry(f"BUDGET#{period}", "SMS")
    room = None if most is None else Entry.n.does_not_exist() | (Entry.n < most)
    until = Entry.expires_at.set(ends + TTL_SLACK_S)
    return int(entry.n or 0) if holds(lambda: entry.update([Entry.n.add(1), until], condition=room)) else None


def spent(period: str) -> int:
    """How many text messages of a period were counted, read consistently. Raises Busy, Denied."""
    found = got(f"BUDGET#{period}", "SMS")
    return int(found.n or 0) if found else 0


def unspend(period: str) -> None:
    """Take back one text message that was counted and certainly did not leave. Owed to nobody."""
    entry = Entry(f"BUDGET#{period}", "SMS")
    quietly(lambda: entry.update([Entry.n.add(-1)], condition=Entry.n > 0))


def strike(kind: str, subject: str, source: str) -> None:
    """Count one guess before it is looked at. Raises TooMany at the bound of its source or of the number."""
    bounds = current().strikes[kind]
    for per, who, most in (("both", f"{subject}|{source}", bounds.per_source), ("number", subject, bounds.per_number)):
        is_free, wait = _add(f"STRIKE#{kind}#{per}", who, bounds.window_s, most)
        if not is_free:
            metric("LockedOut", kind=kind, per=per)
            raise TooMany(f"错误次数过多，请在{_spoken(wait)}后再试", wait)


def forgive(kind: str, subject: str, source: str) -> None:
    """Take back what a right answer had counted. What others guessed wrongly stays counted."""
    window = current().strikes[kind].window_s
    quietly(lambda: Entry(*_window_key(f"STRIKE#{kind}#both", f"{subject}|{source}", window)).delete())
    number = Entry(*_window_key(f"STRIKE#{kind}#number", subject, window))
    quietly(lambda: number.update([Entry.n.add(-1)], condition=Entry.n > 0))


@contextmanager
def guessing(kind: str, subject: str, source: str) -> Iterator[None]:
    """Around a secret too long to be raced for: the bounds are read, and only a guess that is refused is written.

    Counting first, as `strike` does, would cost everybody who reads his own case four writes.
    Raises TooMany, and whatever the guess raises.
    """
    bounds = current().strikes[kind]
    counters = {
        _window_key(f"STRIKE#{kind}#both", f"{subject}|{source}", bounds.window_s): bounds.per_source,
        _window_key(f"STRIKE#{kind}#number", subject, bounds.window_s): bounds.per_number,
    }
    for entry in asked(lambda: list(Entry.batch_get(list(counters), consistent_read=True))):
        if entry.n >= counters[entry.pk, entry.sk]:
            metric("LockedOut", kind=kind)
            wait = bounds.window_s - _now() % bounds.window_s
            raise TooMany(f"错误次数过多，请在{_spoken(wait)}后再试", wait)
    try:
        yield
    except CodeRefused:
        strike(kind, subject, source)
        raise


def use_totp_step(user: str, step: int) -> bool:
    """True the first time a step, or a later one, is used: a code seen over a shoulder is worth nothing."""
    entry = Entry(f"TOTP#{user}", "TOTP")
    # A step beyond what can be valid now was used under a clock that has since been moved back (local stage).
    is_fresh = Entry.n.does_not_exist() | (Entry.n < step) | (Entry.n > step + 2 * TOTP_DRIFT)
    return holds(lambda: entry.update([Entry.n.set(step)], condition=is_fresh))


def token_hash(token: str) -> str:
    """How a token is stored and named."""
    return hashlib.sha256(token.encode()).hexdigest()


def phone_index(phone: str) -> str:
    """The blind index of a telephone number, the same that links a person's petitions."""
    return keys().index("phone", phone)


def _add(name: str, subject: str, window_s: int, most: int) -> tuple[bool, int]:
    """One more in the window if there is room; and the seconds until the window ends."""
    now = _now()
    ends = (now // window_s + 1) * window_s
    entry = Entry(*_window_key(name, subject, window_s))
    room = Entry.n.does_not_exist() | (Entry.n < most)
    added = holds(lambda: entry.update([Entry.n.add(1), Entry.expires_at.set(ends + TTL_SLACK_S)], condition=room))
    return added, ends - now


def _window_key(name: str, subject: str, window_s: int) -> tuple[str, str]:
    return f"{name}#{keys().index('guard', subject)}", f"{_now() // window_s}"


def _code_mac(challenge: str, code: str) -> bytes:
    return hmac.digest(keys().secret("one-time codes"), f"{challenge}|{code}".encode(), "sha256")


def _place(hashed: str) -> str:
    return f"guard|SESSION#{hashed}|SESSION|sealed"


def _spoken(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds}秒"
    return f"{-(-seconds // 60)}分钟" if seconds < 5400 else f"{-(-seconds // 3600)}小时"


def _now() -> int:
    return int(clock.now().timestamp())

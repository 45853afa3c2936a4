"""Who acts: invented petitioners by SMS code, members of staff by password and TOTP.

The invariant: one session per actor and run, opened when it is first needed and again when the system has ended it.
"""

import re
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from infra.replay.client import Api, Refused, Unreachable
from infra.replay.totp_steps import is_stale, opens_in, take_step

DEMO_PASSWORD = "Sunlight-2026!"
BUREAU_CLERK = "bureau1"
SIGN_IN_TRIES = 4
"""A fifth wrong guess within a quarter of an hour locks the account for this address."""
SIGN_INS_AT_ONCE = 2
"""Each starts a function of its own and makes it compute: more of them at a time would all be too late."""
CODE_WAIT_S = 20.0
CODE_TRIES = 3
CODE_TEXT = re.compile(r"验证码(\d{6})")

Given = TypeVar("Given")


class Sessions:
    """Tokens by actor. `open` is called with nobody else opening the same one."""

    def __init__(self, open_one: Callable[[str], str]) -> None:
        self._open = open_one
        self._tokens: dict[str, str] = {}
        self._failed: dict[str, Exception] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def token(self, who: str) -> str:
        """The actor's session, opened if there is none."""
        with self._lock:
            own = self._locks.setdefault(who, threading.Lock())
        with own:
            if who in self._failed:
                raise self._failed[who]
            if who not in self._tokens:
                try:
                    self._tokens[who] = self._open(who)
                except (Refused, Unreachable) as error:
                    # Trying again for every record would lock the account.
                    self._failed[who] = error
                    raise
            return self._tokens[who]

    def act(self, who: str, call: Callable[[str], Given]) -> Given:
        """Call with the actor's token; once more with a new one when the session has ended."""
        token = self.token(who)
        try:
            return call(token)
        except Refused as error:
            if error.status != 401:
                raise
        with self._lock:
            if self._tokens.get(who) == token:
                del self._tokens[who]
        return call(self.token(who))


class Petitioners(Sessions):
    """Petitioners by telephone number. `ahead_s`: how far the system's clock is ahead of ours."""

    def __init__(self, api: Api, ahead_s: float) -> None:
        super().__init__(self._sign_in)
        self._api, self._ahead_s = api, ahead_s

    def _sign_in(self, phone: str) -> str:
        for left in reversed(range(CODE_TRIES)):
            asked_at = datetime.now().astimezone() + timedelta(seconds=self._ahead_s - 1)
            challenge = self._api.post("/api/codes", {"phone": phone}, key=str(uuid.uuid4())).body["challenge"]
            form = {"challenge": challenge, "phone": phone, "code": self._code(phone, asked_at)}
            try:
                return str(self._api.post("/api/sessions", form, key=str(uuid.uuid4())).body["token"])
            except Refused as error:
                # The answer to the first try may have been lost, and a code counts once.
                if error.code != "code_refused" or not left:
                    raise
        raise AssertionError("unreachable")

    def _code(self, phone: str, since: datetime) -> str:
        give_up = time.monotonic() + CODE_WAIT_S
        while time.monotonic() < give_up:
            sent = self._api.get("/_local/sms", phone=phone, since=since.isoformat())
            codes = [match[1] for message in sent if (match := CODE_TEXT.search(message["text"]))]
            if codes:
                return str(codes[-1])
            time.sleep(0.5)
        raise Unreachable(f"no login code came to an invented telephone within {CODE_WAIT_S:.0f} seconds")


class Staff(Sessions):
    """Members of staff by user name. `steps`: the folder in which runs tell each other which steps are used."""

    def __init__(self, api: Api, steps: Path, ahead_s: float) -> None:
        super().__init__(self._sign_in)
        self._api, self._steps, self._ahead_s = api, steps, ahead_s
        self._turns = threading.Semaphore(SIGN_INS_AT_ONCE)

    def sign_in_all(self, users: list[str]) -> ThreadPoolExecutor:
        """Begin to sign everybody in at once: parallel runs wait for each other's 30 seconds side by side."""
        pool = ThreadPoolExecutor(max_workers=max(1, len(users)), thread_name_prefix="sign-in")
        for user in users:
            waiting: Future[str] = pool.submit(self.token, user)
            waiting.add_done_callback(lambda done: done.exception())
        return pool

    def _sign_in(self, user: str) -> str:
        for left in reversed(range(SIGN_IN_TRIES)):
            try:
                return self._with_own_step(user)
            except Refused as error:
                # Somebody else, such as a person with `make totp`, may have used this step.
                if error.code != "sign_in_refused" or not left:
                    raise
        raise AssertionError("unreachable")

    def _with_own_step(self, user: str) -> str:
        while True:
            step = take_step(self._steps, self._api.base, user, self._now())
            time.sleep(opens_in(step, self._now()))
            with self._turns:
                if not is_stale(step, self._now()):
                    form = {"user": user, "password": DEMO_PASSWORD, "totp": code_of(user, step)}
                    return str(self._api.post("/api/staff/sessions", form, key=str(uuid.uuid4())).body["token"])

    def _now(self) -> float:
        return time.time() + self._ahead_s


def code_of(user: str, step: int) -> str:
    """A demo account's one-time code of one step."""
    import pyotp

    from chalicelib.store import people

    return pyotp.TOTP(people.demo_totp_secret(user)).generate_otp(step)


def post_of(unit: str, post: str) -> str:
    """The demo account of a unit's `clerk`, `reader` (of drafts) or `head`."""
    return f"{unit}-{post}"


def clerk_of(unit: str) -> str:
    """The demo account of a unit's clerk."""
    return post_of(unit, "clerk")

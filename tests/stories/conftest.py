"""What stories are told with: people who call the interface, and the ways out run by hand."""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pyotp
import pytest

from chalicelib import clock
from chalicelib.notices import senders
from chalicelib.profiles import competence, profile
from chalicelib.store import bootstrap, offices, people, quotas, tenant
from chalicelib.store.tenant import cases
from chalicelib.triggers import deadlines, notices
from chalicelib.triggers.reconciler import Reconciler

_keys = itertools.count()


class Person:
    """Somebody with a session, or without one."""

    def __init__(self, client: Any, world: Any) -> None:
        self.client, self.world, self.token = client, world, ""

    def call(self, method: str, path: str, body: dict | None = None, **headers: str) -> Any:
        """One call; answers the response with its body as `.body_json`."""
        sent = {"Content-Type": "application/json", "Idempotency-Key": f"key-{next(_keys)}"}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        raw = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        return self.client.http.request(method, path, headers=sent, body=raw)

    def get(self, path: str) -> Any:
        """A GET that has to succeed."""
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.body
        return answer.json_body

    def post(self, path: str, body: dict, status: int = 201, **headers: str) -> Any:
        """A POST that has to end with this status."""
        answer = self.call("POST", path, body, **headers)
        assert answer.status_code == status, answer.body.decode()
        return answer.json_body

    def step(self, number: str, action: str, body: dict, status: int = 200) -> Any:
        """Take a step on the case as it stands."""
        version = self.get(f"/cases/{number}")["version"]
        return self.post(f"/cases/{number}/{action}", body, status, If_Match=f'"{version}"')


class Petitioner(Person):
    """A citizen with a telephone."""

    def __init__(self, client: Any, world: Any, phone: str = "19900001234") -> None:
        super().__init__(client, world)
        self.phone = phone

    def signs_in(self) -> "Petitioner":
        """By the code that was sent to the telephone."""
        challenge = self.post("/codes", {"phone": self.phone}, 202)["challenge"]
        text = [text for to, text in self.world.sms if to.endswith(self.phone)][-1]
        code = re.search(r"验证码(\d{6})", text)[1]
        self.token = self.post("/sessions", {"challenge": challenge, "phone": self.phone, "code": code})["token"]
        return self

    def files(self, **changes: Any) -> dict:
        """A petition about a car park, or about what is changed."""
        return self.post("/petitions", A_PETITION | changes)

    def texts(self) -> list[str]:
        """The SMS this telephone got, codes left out."""
        return [text for to, text in self.world.sms if to.endswith(self.phone) and "验证码" not in text]


A_PETITION = {
    "kind": "grievance",
    "title": "小区停车位被物业占用",
    "text": "我家住在青山县城关镇，小区的公共车位被物业圈起来单独收费，请有关部门查处。",
    "claims": ["退还多收的停车费", "恢复公共车位"],
    "name": "周桂兰",
    "address": "青山县城关镇解放路12号",
}


HEARD = {"how": "call", "note": "信访人说明了经过。"}
LOOKED = {"how": "visit", "note": "到现场查看，并向两户业主了解情况。", "present": "物业公司经理"}
TICKED = ["no_delay", "no_brush_off", "no_broken_word", "no_careless"]


def prepare(clerk: Person, number: str) -> None:
    """What the law wants before an opinion is written: the petitioner is heard, the matter investigated."""
    clerk.step(number, "hear_petitioner", HEARD)
    clerk.step(number, "investigate", LOOKED)


def give_opinion(at_work: Callable[[str], Person], number: str, draft: dict, unit: str = "housing") -> None:
    """The way of an opinion through the hands of a unit: heard, investigated, drafted, read and signed."""
    clerk, reader, head = (at_work(f"{unit}-{post}") for post in ("clerk", "reader", "head"))
    prepare(clerk, number)
    clerk.step(number, "draft_reply", draft)
    reader.step(number, "second_read", {"override_reason": "内容属实，先行答复"})
    head.step(number, "sign", {"checks": TICKED, "note": "同意"})


@pytest.fixture
def petitioner(client: Any, world: Any) -> Petitioner:
    """A citizen who has signed in."""
    return Petitioner(client, world).signs_in()


@pytest.fixture
def at_work(staff: Any) -> Callable[[str], Person]:
    """The people of the offices, each signed in once: a one-time code counts once."""
    held: dict[str, Person] = {}
    return lambda user: held.setdefault(user, held.get(user) or staff(user))


@pytest.fixture
def staff(client: Any, world: Any) -> Any:
    """A member of staff who has signed in: `staff("bureau1")`."""

    def signed_in(user: str) -> Person:
        person = Person(client, world)
        code = pyotp.TOTP(people.demo_totp_secret(user)).at(clock.now())
        form = {"user": user, "password": "Sunlight-2026!", "totp": code}
        person.token = person.post("/staff/sessions", form)["token"]
        return person

    return signed_in


LEFT_BY_STORIES = ("stat_behind", "notice_overdue", "claim_open")
"""Stories turn the clock without running every consumer; nothing else may be wrong with what they leave."""


@pytest.fixture(autouse=True)
def nothing_is_found_wrong(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every story the reconciler's checks look at every case that it made, and have to find nothing."""
    found_in = request.getfixturevalue("world") if "world" in request.fixturenames else None
    yield
    if found_in is None:
        return
    pks = {str(row["pk"]["S"]) for row in found_in.items("cases") if str(row["pk"]["S"]).startswith("CASE#")}
    wrong = [fault.place for pk in sorted(pks) for fault in the_reconciler().look(pk, clock.now())[1]]
    assert [place for place in wrong if place[0] not in LEFT_BY_STORIES] == []


def the_reconciler() -> Reconciler:
    """The real one, over the real table."""
    return Reconciler(cases(), {False: tenant.rules(fresh=True), True: tenant.report_rules()})


def run_ways_out(number: str) -> None:
    """What stream, topic and queue do within a second: bring every event of a case to the notices."""
    for event in cases().read(number).events:
        notices.deliver(notices.post(), number, event.seq)


def sweep() -> dict:
    """One sweep at the present moment."""
    return deadlines.sweep(None)


@pytest.fixture
def school(world: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same deployment as the university's own: its offices and people instead of the county's."""
    # What was made for one tenant and is kept by the process: its telephone would stand in the other one's texts.
    made = (notices.post, senders.sender, quotas.quotas)
    cached = (profile.current, competence.competence, tenant.limits_of_profile, *made)
    monkeypatch.setattr(profile, "settings", replace(profile.settings, profile="school"))
    world.empty_offices()
    for each in cached:
        each.cache_clear()
    offices.forget()
    tenant.forget_rules()
    bootstrap.load_profile("school")
    yield
    monkeypatch.undo()
    for each in cached:
        each.cache_clear()

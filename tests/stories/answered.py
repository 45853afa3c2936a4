"""A grievance that was answered and served, for stories of what comes after; a town that signs in when needed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from chalicelib import clock
from tests.stories.conftest import Person, Petitioner, give_opinion, run_ways_out

THE_BRIDGE = {
    "title": "村口便桥垮了半年没人修",
    "text": "去年7月涨水把我们组过河的便桥冲垮了，跟镇里说过三次，都说等资金。学生上学要绕五里路。",
    "claims": ["尽快修复便桥", "修好以前安排人接送学生"],
}
UNIT = "transport"
SERVED = {"method": "online", "cause": "facility"}
FACTS = "经现场查看，并向村支书和三户村民了解，便桥位于上溪村五组，长12米，去年7月被洪水冲毁。"
ANSWERS = [
    {
        "claim": 1,
        "finding": "not_support",
        "answer": "该便桥不在农村公路养护名录内，由村集体自行维修。",
        "basis": "《农村公路养护管理办法》第三条",
    },
    {"claim": 2, "finding": "explain", "answer": "接送学生由教育部门按校车管理规定统筹安排。", "basis": ""},
]
ASKED = {
    "request": "请撤销原意见，把便桥列入维修计划。",
    "reasons": "便桥2016年由交通局立项修建，有竣工牌，不是村里自己搭的。",
}
BY_COUNTY = {
    "facts": "复查中调取了2016年的立项批复和竣工资料，到现场看了桥头的竣工牌。",
    "findings": ["便桥由交通部门立项修建，应当纳入养护。", "已由教育局安排校车在桥修好以前绕行接送。"],
    "basis": "《农村公路养护管理办法》第三条、第九条",
}


class Town:
    """Everybody who works here: signs in when first needed, and anew after days have gone by."""

    def __init__(self, staff: Callable[[str], Person], later: Callable[..., None], petitioner: Petitioner) -> None:
        self._staff, self._later, self._petitioner = staff, later, petitioner
        self._at_work: dict[str, Person] = {}

    def __call__(self, user: str) -> Person:
        if user not in self._at_work:
            self._at_work[user] = self._staff(user)
        return self._at_work[user]

    def days_go_by(self, days: int) -> None:
        """Sessions end over night."""
        self._later(days=days)
        self._at_work.clear()
        self._petitioner.signs_in()


def accepted(town: Town, petitioner: Petitioner, **changes: Any) -> str:
    """A grievance that the unit handles."""
    number = str(petitioner.files(**THE_BRIDGE | changes)["case_number"])
    town("bureau1").step(number, "forward", {"to": UNIT})
    town(f"{UNIT}-clerk").step(number, "accept", {"track": "petition_procedure", "undertaker": "彭工"})
    return number


def opinion_given(town: Town, number: str, facts: str, answers: list[dict[str, Any]]) -> None:
    """The way of an opinion through the hands of the unit."""
    give_opinion(town, number, {"facts": facts, "answers": answers}, UNIT)


def served(town: Town, petitioner: Petitioner) -> str:
    """A grievance that was answered against the petitioner, served online today."""
    number = accepted(town, petitioner)
    opinion_given(town, number, FACTS, ANSWERS)
    town(f"{UNIT}-clerk").step(number, "serve", SERVED)
    run_ways_out(number)
    return number


def actions(view: dict[str, Any]) -> dict[str, str]:
    """The buttons of a view: action and words."""
    return {step["action"]: step["label"] for step in view["next_steps"]}


def running(view: dict[str, Any]) -> dict[str, str]:
    """What runs in a view, and until when."""
    return {each["limit"]: each["due"] for each in view["clocks"] if each["state"] == "running"}


def today(off: int = 0) -> date:
    """A day of the story."""
    return clock.today() + timedelta(days=off)

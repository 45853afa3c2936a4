"""A small county, the people who work there, and a petition at any point of its road: what the rules are tried on.

March 2026 has no holiday, so days in it are easy to count: the 2nd is a Monday.
"""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from chalicelib.clock import CHINA
from chalicelib.domain import gates, handling, intake, limits, receiving
from chalicelib.domain import opinion as chain
from chalicelib.domain.case import BUREAU, CLERK, LEADER, PETITIONER, UNIT_HEAD, WINDOW, Actor, Case
from chalicelib.domain.intake import GRIEVANCE, WEB, Answer, Companion, Contact, Filing, Opinion, Proxy
from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.tables.road import is_answered_directly
from chalicelib.domain.workdays import Calendar

RULES = Rules(Calendar.shipped(), limits.PETITION)
TREE = OfficeTree.of(
    [
        Office("county", "青山县人民政府", "县政府", "county", "government", "city"),
        Office("bureau", "青山县信访局", "县信访局", "county", "bureau", "county"),
        Office("meeting", "青山县信访工作联席会议", "联席会议", "county", "joint_meeting", "county"),
        Office("housing", "青山县住房和城乡建设局", "县住建局", "county", "department", "county"),
        Office("property", "青山县物业管理所", "物业所", "county", "department", "housing"),
        Office("water", "青山县水利局", "县水利局", "county", "department", "county"),
        Office("closed", "青山县房产局", "房产局", "county", "department", "county", active=False),
        Office("city", "江南市人民政府", "市政府", "city", "external"),
    ]
)

MARCH = {day: date(2026, 3, day) for day in range(1, 32)}

CITIZEN = Actor(PETITIONER)
STRANGER = Actor(PETITIONER, standing="")
BUREAU_CLERK = Actor(BUREAU, "bureau", "bureau1")
WINDOW_CLERK = Actor(WINDOW, "bureau", "window1")
HOUSING_CLERK = Actor(CLERK, "housing", "housing-clerk")
HOUSING_READER = Actor(CLERK, "housing", "housing-reader")
HOUSING_HEAD = Actor(UNIT_HEAD, "housing", "housing-head")
WATER_CLERK = Actor(CLERK, "water", "water-clerk")
WATER_HEAD = Actor(UNIT_HEAD, "water", "water-head")
A_LEADER = Actor(LEADER, "county", "leader1")

NUMBER = "261234567893"
CONTACT = Contact("张三丰", "13800138000", "青山县东街1号", "430102199001011234")
CROWD = replace(
    CONTACT,
    representatives=(Companion("赵大江", "13911110001"), Companion("钱小满", "13911110002")),
    joint_signers=tuple(Companion(f"孙{number:02}", f"1392222{number:04}") for number in range(1, 4)),
    proxy=Proxy("李代书", "13933330001", "儿子"),
)
"""The same person with two representatives, three joint signers and a proxy."""
CLAIMS = ("退还多收的停车费", "公示停车收费标准")


def personal(contact: Contact) -> list[str]:
    """Every name and number of the people of a case: nothing of it may stand anywhere in the open."""
    own = [contact.name, contact.phone, contact.address, contact.identity_number]
    beside = [each for one in (*contact.representatives, *contact.joint_signers) for each in (one.name, one.phone)]
    proxy = [contact.proxy.name, contact.proxy.phone, contact.proxy.relation] if contact.proxy else []
    return [each for each in (*own, *beside, *proxy) if each]


def noon(day: date) -> datetime:
    """The middle of a working day in China."""
    return datetime.combine(day, time(12), CHINA)


def filing(**changes: Any) -> Filing:
    """A grievance with two claims, over the web, received on Monday the 2nd."""
    said: dict[str, Any] = {
        "kind": GRIEVANCE,
        "channel": WEB,
        "received_on": MARCH[2],
        "title": "小区停车乱收费",
        "text": "物业每月多收停车费五十元，已经一年。",
        "claims": CLAIMS,
    }
    return Filing(**said | changes)


def registered(
    *,
    office: str = "bureau",
    by: Actor = CITIZEN,
    on: date = MARCH[2],
    contact: Contact = CONTACT,
    **changes: Any,
) -> Case:
    """A petition that was just registered."""
    told = filing(**changes)
    return receiving.register(NUMBER, told, contact, TREE.offices[office], by=by, at=noon(on), rules=RULES).case


def forwarded(*, to: str = "housing", on: date = MARCH[3], **changes: Any) -> Case:
    """A petition that the bureau forwarded on Tuesday the 3rd."""
    return receiving.forward(registered(**changes), to, tree=TREE, by=BUREAU_CLERK, on=on, rules=RULES).case


def assigned(*, due: date = MARCH[31], on: date = MARCH[3], **changes: Any) -> Case:
    """A petition that the bureau assigned, to be reported back by the end of the month."""
    case = registered(**changes)
    return receiving.assign(case, "housing", due, tree=TREE, by=BUREAU_CLERK, on=on, rules=RULES).case


def objected(*, on: date = MARCH[5], case: Case | None = None) -> Case:
    """The unit said on Thursday the 5th that it is not theirs."""
    return receiving.object_to(
        case or forwarded(), "不属于住建部门职责", "water", tree=TREE, by=HOUSING_CLERK, on=on, rules=RULES
    ).case


def returned(*, on: date = MARCH[9], case: Case | None = None) -> Case:
    """The bureau agreed on Monday the 9th and has the petition back."""
    return receiving.uphold_objection(case or objected(), by=BUREAU_CLERK, on=on, rules=RULES).case


def accepted(*, on: date = MARCH[4], case: Case | None = None, **changes: Any) -> Case:
    """The unit told the petitioner on Wednesday the 4th that it handles the matter."""
    forwarded_ = case or forwarded(**changes)
    track = intake.TRACK_OF_KIND[forwarded_.facts["kind"]]
    return receiving.accept(forwarded_, track, "housing-clerk", by=HOUSING_CLERK, on=on, rules=RULES).case


def opinion(*findings: str) -> Opinion:
    """An opinion with one answer to each claim."""
    chosen = findings or (intake.SUPPORT, intake.EXPLAIN)
    answers = tuple(
        Answer(
            number,
            finding,
            "已责成物业公司在2026年4月30日前退还多收的停车费",
            "" if finding == intake.EXPLAIN else "《物业管理条例》第五十二条",
        )
        for number, finding in enumerate(chosen, start=1)
    )
    return Opinion("3月10日到小区查看收费台账，并向物业公司和三户业主了解，多收停车费属实。", answers)


def heard(*, on: date = MARCH[9], case: Case | None = None, **changes: Any) -> Case:
    """The petitioner was heard on Monday the 9th."""
    return chain.hear_petitioner(
        case or accepted(**changes), "call", on, "信访人说明了收费的经过", by=HOUSING_CLERK, on=on, rules=RULES
    ).case


def investigated(*, on: date = MARCH[10], case: Case | None = None, **changes: Any) -> Case:
    """The unit went there on Tuesday the 10th."""
    return chain.investigate(
        case or heard(**changes), "visit", on, "查看了收费台账", by=HOUSING_CLERK, on=on, rules=RULES
    ).case


def drafted(*, on: date = MARCH[12], case: Case | None = None, said: Opinion | None = None, **changes: Any) -> Case:
    """The opinion was drafted on Thursday the 12th."""
    ready = case or investigated(**changes)
    written = said or opinion(*[intake.EXPLAIN] * ready.facts["claims"])
    return chain.draft_reply(ready, written, claims=CLAIMS, by=HOUSING_CLERK, on=on, rules=RULES).case


def read(*, on: date = MARCH[13], case: Case | None = None, **changes: Any) -> Case:
    """A second person read the draft on Friday the 13th."""
    return chain.second_read(case or drafted(**changes), by=HOUSING_READER, on=on, rules=RULES).case


def replied(*, on: date = MARCH[16], case: Case | None = None, **changes: Any) -> Case:
    """The opinion was given on Monday the 16th, with everything on that day that comes before it."""
    accepted_ = case or accepted(**changes)
    said = opinion(*[intake.EXPLAIN] * accepted_.facts["claims"])
    if is_answered_directly(accepted_):
        return handling.reply(accepted_, said, by=HOUSING_CLERK, on=on, rules=RULES).case
    ready = read(on=on, case=drafted(on=on, case=investigated(on=on, case=heard(on=on, case=accepted_))))
    return chain.sign(ready, said.text(), tuple(gates.CHECKS), "已核对", by=HOUSING_HEAD, on=on, rules=RULES).case


def served(*, on: date = MARCH[17], case: Case | None = None, **changes: Any) -> Case:
    """The petitioner had the opinion on Tuesday the 17th: what is left are his rights."""
    done = case or replied(**changes)
    return handling.serve(done, "online", on, cause="conduct", by=HOUSING_CLERK, on=on, rules=RULES).case

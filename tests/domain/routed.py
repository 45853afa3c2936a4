"""Petitions on the roads beside the main one: disputed between units, handed down from above, without a name."""

from dataclasses import replace
from datetime import date

from chalicelib.domain import disputes, receiving
from chalicelib.domain.case import Actor, Case, Change
from chalicelib.domain.intake import Contact
from chalicelib.domain.offices import OfficeTree
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, HOUSING_CLERK, MARCH, RULES, TREE, WATER_CLERK

FROM_THE_PROVINCE = {
    "from_above": "province",
    "external_number": "P20260226001",
    "above_received": {"province": date(2026, 2, 24), "city": date(2026, 2, 27)},
    "channel": "letter",
}
"""Since Tuesday the 24th of February with the province, since Friday the 27th with the city, since the 2nd with us."""
CLERK_OF = {"housing": HOUSING_CLERK, "water": WATER_CLERK}


def sent_back(case: Case, org: str, *, on: date) -> Change:
    """Forwarded to a unit, which objected, rightly: all on one day."""
    given = {"tree": TREE, "on": on, "rules": RULES}
    case = receiving.forward(case, org, by=BUREAU_CLERK, **given).case  # type: ignore[arg-type]
    case = receiving.object_to(case, "不属于本单位职责范围", by=CLERK_OF[org], **given).case  # type: ignore[arg-type]
    return receiving.uphold_objection(case, by=BUREAU_CLERK, on=on, rules=RULES)


def bounced() -> Case:
    """Sent back by two units, on the 4th and on the 9th: nobody wants it."""
    once = sent_back(county.registered(), "housing", on=MARCH[4]).case
    return sent_back(once, "water", on=MARCH[9]).case


def consulted(*units: str, agreed: str | None = None, case: Case | None = None, tree: OfficeTree = TREE) -> Case:
    """The units spoke about it on Wednesday the 11th."""
    named = units or ("housing", "water")
    return disputes.consult_units(
        case or bounced(), named, "各执一词", agreed, tree=tree, by=BUREAU_CLERK, on=MARCH[11], rules=RULES
    ).case


def disputed(*units: str, case: Case | None = None, tree: OfficeTree = TREE) -> Case:
    """Put before who decides on Thursday the 12th."""
    before = case or consulted(*units, tree=tree)
    return disputes.submit_dispute(before, "职责不清", tree=tree, by=BUREAU_CLERK, on=MARCH[12], rules=RULES).case


def designated(to: str = "water", *, by: Actor = county.A_LEADER) -> Case:
    """Decided on Tuesday the 17th."""
    return disputes.designate(disputed(), to, "按职责分工", tree=TREE, by=by, on=MARCH[17], rules=RULES).case


def forwarded_without_a_name() -> Case:
    """A letter that nobody signed."""
    return county.forwarded(contact=Contact(), channel="letter")


def served_from_above() -> Case:
    """Handed down by the province, to be reported by the 31st, answered on the 17th."""
    return county.served(above_due=MARCH[31], **FROM_THE_PROVINCE)


WITHOUT_HOUSING = OfficeTree.of(
    replace(office, active=False) if office.id == "housing" else office for office in TREE.offices.values()
)
"""The county after a reform that abolished the housing bureau and said of nobody that it goes on."""
WITH_A_SUCCESSOR = OfficeTree.of(
    replace(office, active=False, successor="water") if office.id == "housing" else office
    for office in TREE.offices.values()
)
"""And after one that said so."""

"""The people of a petition: representatives, joint signers, a proxy; who is told, and who may act."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain import intake, own, people, receiving
from chalicelib.domain.case import CODE, PETITIONER, PROXY, REPRESENTATIVE, SIGNER, Actor, Case
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, RuleBroken, WrongStage
from chalicelib.domain.intake import Companion, Contact
from chalicelib.domain.owed import SMS, Notice, owed
from chalicelib.domain.owed.recipients import everybody, is_person
from chalicelib.domain.petition import PETITION
from chalicelib.domain.procedure import next_steps
from tests.domain import county
from tests.domain.county import (
    BUREAU_CLERK,
    CITIZEN,
    CONTACT,
    CROWD,
    HOUSING_CLERK,
    MARCH,
    RULES,
    STRANGER,
    TREE,
    WATER_CLERK,
    WINDOW_CLERK,
    noon,
)


def crowd(representatives: int, **more: Any) -> Contact:
    told = tuple(Companion(f"代表{number}", f"1390000{number:04}") for number in range(representatives))
    return replace(CONTACT, representatives=told, **more)


def visit(contact: Contact = CONTACT, **changes: Any) -> Case:
    return county.registered(by=WINDOW_CLERK, contact=contact, channel="visit", **changes)


def told(case: Case, *texts: str) -> dict[str, tuple[str, ...]]:
    return {each.recipient: each.texts for each in everybody(case, Notice(PETITIONER, SMS, texts))}


@pytest.mark.feature(97)
def test_five_representatives_of_a_visit_are_registered_and_six_are_refused_with_the_article() -> None:
    assert visit(crowd(5)).facts["people"]["r"] == 5
    with pytest.raises(RuleBroken) as refused:
        visit(crowd(6))
    assert refused.value.law == "第二十条第三款"
    assert refused.value.fields[0].pointer == "/representatives"


@pytest.mark.parametrize("channel", [each for each in intake.CHANNELS if each != "visit"])
def test_letters_and_online_petitions_are_not_bound_to_five(channel: str) -> None:
    assert county.registered(contact=crowd(6), channel=channel).facts["people"]["r"] == 6


def test_signatures_are_bound_by_nothing_not_even_of_a_visit() -> None:
    signers = tuple(Companion(f"联名{number}") for number in range(400))
    assert visit(replace(CONTACT, joint_signers=signers)).facts["people"] == {"r": 0, "s": 400, "x": 0}


def test_who_files_for_himself_leaves_no_trace_of_a_crowd() -> None:
    assert not {"people", "persons", "level_skipping", "known"} & set(county.registered().facts)


@pytest.mark.parametrize(("persons", "is_group"), [(1, False), (4, False), (5, True), (120, True)])
def test_five_who_come_together_are_a_group(persons: int, is_group: bool) -> None:
    assert people.is_group_visit(visit(persons=persons).facts) == is_group


@pytest.mark.feature(9)
def test_a_level_skipping_visit_is_registered_all_the_same_and_warned_of() -> None:
    case = visit(level_skipping=True)
    assert case.stage == "registered"
    assert case.facts["level_skipping"] is True
    assert [(code, law) for code, _, law in people.warnings(case.facts)] == [("level_skipping", "第二十条第一款")]


def test_more_than_five_without_representatives_are_asked_to_elect_some() -> None:
    assert [code for code, _, _ in people.warnings(visit(persons=6).facts)] == ["representatives_wanted"]
    assert people.warnings(visit(persons=5).facts) == []
    assert people.warnings(visit(crowd(2), persons=30).facts) == []


@pytest.mark.parametrize(("field", "value"), [("persons", 6), ("level_skipping", True)])
def test_what_only_a_visit_has_is_not_told_of_a_letter(field: str, value: Any) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        county.registered(channel="letter", **{field: value})
    assert [each.pointer for each in refused.value.fields] == [f"/{field}"]


def test_a_petition_of_an_unclear_petitioner_is_notifiable_through_a_representative_or_a_proxy() -> None:
    """但信访人的姓名（名称）、住址不清的除外 -- 第二十三条第二款: here somebody is there to be told."""
    nobody = Contact()
    assert not nobody.is_notifiable
    assert replace(nobody, representatives=(Companion("赵大江", "13911110001"),)).is_notifiable
    assert replace(nobody, proxy=intake.Proxy("李代书", "13933330001")).is_notifiable
    assert not replace(nobody, joint_signers=(Companion("孙一", "13911110001"),)).is_notifiable


def test_representatives_and_proxy_are_told_everything_and_signers_what_ends_it() -> None:
    case = county.registered(contact=CROWD)
    assert told(case, "S06") == {
        "petitioner": ("S06",), "representative:1": ("S06",), "representative:2": ("S06",), "proxy": ("S06",),
    }  # fmt: skip
    assert told(case, "S10", "S11")["signers:1"] == ("S10", "S11")
    assert told(case, "S12b")["signers:1"] == ("S12b",)
    assert told(case, "S12c")["signers:1"] == ("S12c",)
    assert told(case, "S08", "S11")["signers:1"] == ("S11",)


def test_a_notice_to_an_organ_stays_one() -> None:
    notice = Notice("org:housing", SMS, ("S15",))
    assert everybody(county.registered(contact=CROWD), notice) == (notice,)
    assert not is_person("org:housing")


def test_without_anybody_beside_him_the_petitioner_alone_is_told() -> None:
    assert told(county.registered(), "S10", "S11") == {"petitioner": ("S10", "S11")}


@pytest.mark.parametrize(("by", "first"), [(CITIZEN, ("S29", "S02", "S02c")), (WINDOW_CLERK, ("S03", "S02c"))])
def test_the_principal_is_told_that_somebody_filed_for_him_online(by: Actor, first: tuple[str, ...]) -> None:
    change = receiving.register(
        county.NUMBER, county.filing(), CROWD, TREE.offices["bureau"], by=by, at=noon(MARCH[2]), rules=RULES
    )
    found = {notice.recipient: notice.texts for notice in owed(change.case, change.events[0])}
    assert found["petitioner"] == first
    assert found["proxy"] == tuple(text for text in first if text != "S29")


def test_a_transaction_of_the_largest_crowd_stays_small() -> None:
    signers = tuple(Companion(f"联名{number}", f"1390001{number:04}") for number in range(intake.MOST_SIGNERS))
    case = county.registered(contact=crowd(intake.MOST_REPRESENTATIVES, joint_signers=signers, proxy=CROWD.proxy))
    assert len(told(case, "S10", "S11")) == 1 + 20 + 1 + 1


def revoke(case: Case, by: Actor = CITIZEN) -> Case:
    return own.revoke_proxy(case, by=by, on=MARCH[5], rules=RULES).case


@pytest.mark.feature(12)
def test_the_principal_ends_the_proxy_and_nobody_else_is_told_nothing_any_more() -> None:
    case = county.forwarded(contact=CROWD)
    change = own.revoke_proxy(case, by=CITIZEN, on=MARCH[5], rules=RULES)
    after = change.case
    assert after.facts["people"] == {"r": 2, "s": 3, "x": 0}
    assert people.code_version(after.facts) == 2
    assert (after.stage, after.clocks) == (case.stage, case.clocks)
    recipients = [notice.recipient for notice in owed(after, change.events[0])]
    assert recipients == ["petitioner", "representative:1", "representative:2"]


def test_the_telephone_of_a_revoked_proxy_is_known_as_such() -> None:
    case = county.forwarded(contact=CROWD).with_facts(known={"x": "hash-of-proxy", "r": ["one"]})
    after = revoke(case)
    assert after.facts["known"] == {"r": ["one"]}
    assert after.facts["revoked"] == ["hash-of-proxy"]


@pytest.mark.parametrize("standing", [PROXY, REPRESENTATIVE, CODE, SIGNER])
def test_who_only_acts_for_the_principal_cannot_end_a_proxy(standing: str) -> None:
    """The query code does not prove that it is the principal: the proxy has it too."""
    with pytest.raises(NotYourStep) as refused:
        revoke(county.forwarded(contact=CROWD), Actor(PETITIONER, standing=standing))
    assert refused.value.law == "第十九条第一款"


@pytest.mark.parametrize(("by", "may"), [(BUREAU_CLERK, True), (HOUSING_CLERK, True), (WATER_CLERK, False)])
def test_an_office_that_the_principal_called_records_it(by: Actor, may: bool) -> None:
    case = county.forwarded(contact=CROWD)
    if may:
        assert own.revoke_proxy(case, by=by, on=MARCH[5], rules=RULES).events[0].facts()["recorded_by_staff"] is True
    else:
        with pytest.raises(NotYourStep):
            revoke(case, by)


def test_where_nobody_acts_for_him_there_is_nothing_to_end() -> None:
    with pytest.raises(RuleBroken):
        revoke(county.forwarded())
    with pytest.raises(RuleBroken):
        revoke(revoke(county.forwarded(contact=CROWD)))


def test_the_button_is_offered_to_the_principal_where_there_is_a_proxy() -> None:
    def offered(case: Case, by: Actor) -> bool:
        return "revoke_proxy" in [step.action for step in next_steps(PETITION, case, by)]

    assert offered(county.forwarded(contact=CROWD), CITIZEN)
    assert not offered(county.forwarded(), CITIZEN)
    assert not offered(county.forwarded(contact=CROWD), Actor(PETITIONER, standing=PROXY))
    assert not offered(county.forwarded(contact=CROWD), WATER_CLERK)


@pytest.mark.feature(97)
def test_others_join_a_petition_that_is_open_to_them_and_are_counted() -> None:
    case = county.forwarded(open_to_join=True)
    for number in (1, 2):
        change = own.join(case, by=STRANGER, on=MARCH[5], rules=RULES)
        case = change.case
        assert change.events[0].facts() == {"signers": number}
    assert case.facts["people"] == {"r": 0, "s": 2, "x": 0}


@pytest.mark.parametrize(("case", "by"), [
    (county.forwarded(), STRANGER),
    (county.forwarded(open_to_join=True), CITIZEN),
    (county.forwarded(open_to_join=True), Actor(PETITIONER, standing=SIGNER)),
    (county.forwarded(open_to_join=True).with_facts(people={"r": 0, "s": 500, "x": 0}), STRANGER),
])  # fmt: skip
def test_who_brought_it_already_or_is_not_wanted_does_not_join(case: Case, by: Actor) -> None:
    with pytest.raises(RuleBroken) as refused:
        own.join(case, by=by, on=MARCH[5], rules=RULES)
    assert refused.value.law == "第二十条第三款"


def test_nobody_joins_what_was_answered() -> None:
    with pytest.raises(WrongStage):
        own.join(county.served(open_to_join=True), by=STRANGER, on=MARCH[20], rules=RULES)


def test_only_a_stranger_is_offered_to_join() -> None:
    case = county.forwarded(open_to_join=True)
    assert [step.action for step in next_steps(PETITION, case, STRANGER) if step.action == "join"] == ["join"]
    assert "join" not in [step.action for step in next_steps(PETITION, case, CITIZEN)]

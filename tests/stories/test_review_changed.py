"""第三十五条: the review changes the opinion; whoever posted in time is in time, whoever signed stays away."""

from tests.stories.answered import ASKED, BY_COUNTY, Town, served, today
from tests.stories.conftest import run_ways_out, sweep


def test_a_letter_that_was_posted_in_time_reopens_a_concluded_matter_and_the_review_changes_the_opinion(
    petitioner, staff, later
):
    town = Town(staff, later, petitioner)
    number = served(town, petitioner)
    town.days_go_by(44)
    sweep()
    window = town("window1")
    assert window.get(f"/cases/{number}")["stage"] == "concluded"
    posted = {"dispatched_on": today(-20).isoformat(), "received_on": today(-2).isoformat()}
    refused = window.step(number, "request_review", ASKED | posted, 422)
    assert refused["errors"][0]["pointer"] == "/proof"
    view = window.step(number, "request_review", ASKED | posted | {"proof": "信封邮戳"})
    assert view["stage"] == "under_review"
    clocks = {each["limit"]: each for each in view["clocks"]}
    assert clocks["ask_review"]["state"] == "met"
    assert clocks["review_decide"]["start"] == posted["received_on"]

    leader = town("leader1")
    leader.step(number, "decide_review", BY_COUNTY | {"outcome": "change"})
    town("bureau1").step(number, "serve_review", {"method": "window", "proof": "本人签收"})
    run_ways_out(number)
    told = next(each for each in petitioner.get(f"/cases/{number}")["timeline"] if each["event"] == "petition.reviewed")
    assert told["outcome"] == "change"
    assert "1．便桥由交通部门立项修建" in told["text"]["findings"]
    unit = town("transport-clerk").get("/messages")["items"]
    assert any("结果是变更原意见" in each["text"] for each in unit)
    again = petitioner.step(number, "request_review", ASKED, 409)
    assert again["code"] == "wrong_stage"

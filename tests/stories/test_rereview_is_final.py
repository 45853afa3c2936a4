"""第三十六条: the city re-reviews, the bureau sends the file and records the act; the matter is not taken again."""

import pytest

from tests.stories.answered import ASKED, BY_COUNTY, Town, actions, running, served, today
from tests.stories.conftest import run_ways_out, sweep

CITY = BY_COUNTY | {"document": "临政复核〔2026〕3号"}


@pytest.mark.feature(30)
def test_the_last_opinion_ends_the_matter_and_the_same_reasons_are_not_taken_again(petitioner, staff, later):
    town = Town(staff, later, petitioner)
    number = served(town, petitioner)
    petitioner.step(number, "request_review", ASKED)
    bureau = town("bureau1")
    bureau.step(number, "decide_review", BY_COUNTY | {"outcome": "uphold"})
    bureau.step(number, "serve_review", {"method": "online"})
    town.days_go_by(20)
    view = petitioner.step(number, "request_rereview", ASKED)
    assert view["stage_label"] == "正在复核"
    assert view["timeline"][-1]["organ_name"] == "临江市人民政府"
    assert running(view)["rereview_decide"] == today(30).isoformat()

    bureau = town("bureau1")
    bureau.step(number, "send_file", {"document": "青信函〔2026〕12号"})
    refused = bureau.step(number, "decide_rereview", BY_COUNTY | {"outcome": "uphold"}, 422)
    assert refused["errors"][0]["pointer"] == "/document"
    assert bureau.step(number, "decide_rereview", CITY | {"outcome": "revoke"}, 422)
    bureau.step(number, "decide_rereview", CITY | {"outcome": "uphold"})
    assert bureau.step(number, "serve_rereview", {"method": "online", "may_publish": True}, 422)["law"]
    bureau.step(number, "serve_rereview", {"method": "mail", "proof": "邮件EMS9921签收"})
    run_ways_out(number)
    assert any("同一事实和理由不再受理，生活有困难仍可打" in text for text in petitioner.texts())

    town.days_go_by(31)
    sweep()
    view = petitioner.get(f"/cases/{number}")
    assert view["stage"] == "concluded"
    assert not [action for action in actions(view) if action.startswith("request")]
    for action in ("request_review", "request_rereview"):
        told = petitioner.step(number, action, ASKED, 422)
        assert "不再受理" in told["detail"]
        assert "第三十六条第三款" in told["law"]

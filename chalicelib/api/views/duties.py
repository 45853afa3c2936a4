"""What is owed beside the road, as it is shown: orders, answers of departments, promises, tasks."""

from datetime import date
from typing import Any

from chalicelib.api.views.clocks import clock
from chalicelib.api.views.names import name_of
from chalicelib.domain.case import PETITIONER, Case
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.petition import DUTIES
from chalicelib.domain.procedure import Rules


def duties(found: Case, tree: OfficeTree, rules: Rules, today: date, *, is_petitioner: bool) -> list[dict[str, Any]]:
    """Every duty with who owes it, where it stands and its date; what was said stands in the timeline."""
    return [
        {
            "id": duty.id,
            "kind": duty.kind,
            "kind_label": DUTIES[duty.kind].label,
            "no": duty.no,
            "org": duty.org,
            "org_name": "信访人" if duty.org == PETITIONER else name_of(duty.org, tree),
            "state": duty.state,
            "state_label": DUTIES[duty.kind].states[duty.state],
            "event_seq": duty.seq,
            "clocks": [clock(each, tree, rules, today) for each in found.clocks if each.about == duty.id],
        }
        for duty in found.duties
        if DUTIES[duty.kind].shown or not is_petitioner
    ]

"""Who takes steps in the fuzzing, and what a part says of its own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chalicelib import clock

TODAY = clock.today().isoformat()
NEXT_MONTH = (clock.today() + timedelta(days=30)).isoformat()
PETITIONER, BUREAU, UNIT, HEAD = "petitioner", "bureau1", "housing-clerk", "housing-head"
JOINT, LEADER, SUPERVISOR = "joint1", "leader1", "supervisor1"
"""Any `<unit>-clerk` and `<unit>-head` may act too, but for market-clerk: its code is for the route that signs in."""

PHONE = "19900990001"
"""The petitioner's telephone."""

A_PETITION: dict[str, Any] = {
    "kind": "grievance",
    "title": "小区停车位被物业占用",
    "text": "我家住在青山县城关镇，小区的公共车位被物业圈起来单独收费，请有关部门查处。",
    "name": "周桂兰",
    "address": "青山县城关镇解放路12号",
}
A_LETTER: dict[str, Any] = {
    "channel": "letter",
    "received_on": "2024-03-01",
    "kind": "consultation",
    "title": "咨询低保条件",
    "text": "想问低保怎么申请。",
    "petitioner": {"name": "郑桂芳", "phone": "0736-6622345", "address": "青溪镇"},
}

Body = dict[str, Any] | Callable[[Any], dict[str, Any]]
"""What is sent; or a function of the county, when it has to name something that is made first."""
Bodies = dict[str, Body]
Move = str | tuple[str, Body, str]
"""A step on the way: an action as its part says it, or an action with its own body and who takes it.

A first one called `file` says what is filed otherwise than usual, one called `register` what staff register."""
Paths = dict[str, tuple[Move, ...]]

"""The words of a bulk text: one sentence ends before the next begins."""

import pytest

from chalicelib.notices.announcing import worded


@pytest.mark.parametrize(
    ("text", "received"),
    [
        ("明天停电", "明天停电。"),
        ("明天停电。", "明天停电。"),
        ("明天停电！ ", "明天停电！"),
        ("明天停电（详见大厅公告）", "明天停电（详见大厅公告）。"),
        ("请说“我来办事”", "请说“我来办事”。"),
        ("局长说：“照常受理。”", "局长说：“照常受理。”"),
        ("照常受理（网上也行。）", "照常受理（网上也行。）"),
        ("）", "）。"),
    ],
)
def test_a_full_stop_is_set_where_none_stands(text: str, received: str) -> None:
    assert worded(text, "0736-6622345") == f"{received}不想再收请打0736-6622345。"

"""Words that a person has to look at at once: danger to life, violence, crowds, public hazards (第二十五条).

A hit is a reason to look, never a finding: it raises a human check and nothing else. Silence proves nothing either.
"""

import re
from collections.abc import Mapping

SELF_HARM, VIOLENCE, CROWD, HAZARD = "self_harm", "violence", "crowd", "hazard"
SIGNALS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    SELF_HARM: (
        "轻生、自残",
        (
            "轻生",
            "自杀",
            "跳楼",
            "跳河",
            "不想活",
            "活不下去",
            "活不了了",
            "喝农药",
            "割腕",
            "上吊",
            "遗书",
        ),
    ),
    VIOLENCE: (
        "扬言伤害他人",
        ("同归于尽", "报复社会", "杀人", "砍死", "砍人", "弄死", "放火", "纵火", "泼汽油", "炸药", "炸了", "拼命"),
    ),
    CROWD: (
        "群体聚集",
        (
            "集体去",
            "堵路",
            "堵门",
            "拉横幅",
            "聚集",
            "游行",
            "静坐",
            "围堵",
            r"[上几数]百人",
            "全村人都",
            "罢工",
        ),
    ),
    HAZARD: (
        "公共安全隐患",
        ("煤气泄漏", "燃气泄漏", "要塌", "坍塌", "塌方", "食物中毒", "集体中毒", "漏电", "触电", "井盖丢失", "洪水"),
    ),
}
"""Signal -> its name and the words that raise it."""
_PATTERNS = {signal: re.compile("|".join(words)) for signal, (_, words) in SIGNALS.items()}


def found(*texts: str) -> tuple[str, ...]:
    """The signals raised by what was written, most dangerous first."""
    whole = re.sub(r"\s", "", "\n".join(texts))
    return tuple(signal for signal, pattern in _PATTERNS.items() if pattern.search(whole))

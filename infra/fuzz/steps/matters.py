"""Several petitions about one matter."""

from infra.fuzz.steps.base import PETITIONER, Bodies, Paths

GOOD_STEPS: Bodies = {
    "link": lambda county: {"other": county.fresh("link").number, "relation": "related", "note": "同一小区"},
    "merge": lambda county: {"other": county.fresh("merge").number},
    "unmerge": {"note": "两件情况不同"},
    "split": {"claims": ["2"], "kind": "suggestion", "title": "建议统一规划停车位"},
    "cut_out": {"title": "小区停车位被占用", "text": "请恢复公共车位。"},
}
TAKEN_BY: dict[str, str] = {}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {
    "unmerge": ("forward", "merge"),
    "split": (("file", {"claims": ["恢复公共车位", "统一规划停车位"]}, PETITIONER), "forward"),
}

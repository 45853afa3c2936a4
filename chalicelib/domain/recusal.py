"""Who may never receive a case: the accused, and whatever stands below them (第三十条第三款)."""

from collections.abc import Iterable


def permits(accused: Iterable[str], org_path: Iterable[str]) -> bool:
    """May this office get a desk? `org_path` is the office and everything above it.

    不得将信访人的检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位。-- 第三十条第三款
    """
    return not set(accused) & set(org_path)

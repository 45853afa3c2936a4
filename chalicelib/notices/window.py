"""The hours at which a notice may ring: 08:00 to 20:00 unless the profile says otherwise. A login code rings at once.

The invariant: a notice is never lost to the night, only moved to the next opening.
"""

from datetime import datetime, time, timedelta

AT_ANY_HOUR = ("S01", "S27")
"""The person asked for it a second ago and is waiting; or a life may be in danger (第二十五条)."""

Window = tuple[time, time]


def opens_at(now: datetime, window: Window, text_id: str = "") -> datetime | None:
    """The next opening; None while the window is open. It may reach over midnight (20:00 to 02:00)."""
    opens, closes = window
    at = now.time()
    is_open = opens <= at < closes if opens < closes else at >= opens or at < closes
    if is_open or text_id in AT_ANY_HOUR:
        return None
    opening = now.replace(hour=opens.hour, minute=opens.minute, second=0, microsecond=0)
    return opening if opening > now else opening + timedelta(days=1)

"""What each role sees of a case."""

from chalicelib.api.views.case import case, desk_row, findings, receipt, row
from chalicelib.api.views.matters import leading_opinion, may_use_leading_opinion

__all__ = ["case", "desk_row", "findings", "leading_opinion", "may_use_leading_opinion", "receipt", "row"]

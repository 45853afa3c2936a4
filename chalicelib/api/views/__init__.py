"""What each role sees of a case."""

from chalicelib.api.views.case import case, desk_row, findings, receipt, row

__all__ = ["case", "desk_row", "findings", "receipt", "row"]

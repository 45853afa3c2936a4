"""What each role sees of a case."""

from chalicelib.api.views.case import case, receipt, row

__all__ = ["case", "receipt", "row"]

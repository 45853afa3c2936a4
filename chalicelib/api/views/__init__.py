"""What each role sees of a case."""

from chalicelib.api.views.case import case, findings, receipt, row

__all__ = ["case", "findings", "receipt", "row"]

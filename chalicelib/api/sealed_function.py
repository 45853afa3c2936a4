"""The door of the second function. It stands alone, so that this function loads the sealed application and no other."""

from typing import Any

from chalice.app import Blueprint

sealed_function = Blueprint(__name__)


@sealed_function.lambda_function(name="sealed")
def sealed(event: Any, context: Any) -> Any:
    """Serve the bodies competent for reports of misconduct (第三十条): a function, a role and a key of their own."""
    from chalicelib.api.sealed import sealed_app

    return sealed_app(event, context)

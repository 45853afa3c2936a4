"""The second application, called as its own function is: whoever works for a body competent for reports."""

import json
from typing import Any

from chalice.test import Client

from chalicelib.api.sealed import sealed_app
from tests.stories.conftest import Person


class Reader(Person):
    """A member of staff who has signed in at the ordinary interface and calls the sealed one."""

    def __init__(self, signed_in: Person) -> None:
        super().__init__(None, signed_in.world)
        self.token = signed_in.token

    def call(self, method: str, path: str, body: dict | None = None, **headers: str) -> Any:
        with Client(sealed_app) as self.client:
            return super().call(method, path, body, **headers)

    def reads(self, number: str) -> dict:
        """A report that has to open."""
        return dict(self.get(f"/sealed/reports/{number}"))

    def takes(self, number: str, action: str, body: dict, status: int = 200) -> Any:
        """A step of a report as it stands."""
        version = self.reads(number)["version"]
        return self.post(f"/sealed/reports/{number}/{action}", body, status, If_Match=f'"{version}"')

    def numbers(self) -> list[str]:
        """The reports in the list of the reader's body."""
        return [each["case_number"] for each in self.get("/sealed/reports")["items"]]


def is_nothing(answer: Any) -> bool:
    """Unknown and forbidden look alike."""
    return answer.status_code == 404 and json.loads(answer.body)["code"] == "not_found"

"""Write docs/api/openapi.json: `make openapi`."""

import json
from pathlib import Path

import app
from infra.openapi.document import document

FILE = Path(__file__).resolve().parent.parent.parent / "docs" / "api" / "openapi.json"


def written() -> str:
    """The file as it has to be."""
    return json.dumps(document(app.app), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(written(), "utf-8")
    print(FILE.relative_to(FILE.parent.parent.parent))

"""Write docs/procedures.md: `make procedures`."""

from pathlib import Path

from infra.procedures.document import document

FILE = Path(__file__).resolve().parent.parent.parent / "docs" / "procedures.md"

if __name__ == "__main__":
    FILE.write_text(document(), "utf-8")
    print(FILE.relative_to(FILE.parent.parent))

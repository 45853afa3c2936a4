"""`python -m infra.reliability`: write docs/reliability.md anew from benchmarks/soak_*.json."""

from infra.reliability.document import FILE, document, failed


def main() -> None:
    """Write the document; a proof that did not hold is told by name, and is an error."""
    FILE.write_text(document(), "utf-8")
    print(FILE.relative_to(FILE.parent.parent))
    if failed():
        raise SystemExit(f"did not hold: {', '.join(failed())}")


if __name__ == "__main__":
    main()

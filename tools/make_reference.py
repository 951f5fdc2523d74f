"""Writes what is generated from the models: mappings/mapping.schema.json and the reference in docs/mapping.md."""

from __future__ import annotations

from pathlib import Path

from migrate.mappers.reference import MARKER, reference_text, schema_text

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Write both files."""
    (ROOT / "mappings/mapping.schema.json").write_text(schema_text(), encoding="utf-8")
    guide = ROOT / "docs/mapping.md"
    by_hand = guide.read_text(encoding="utf-8").partition(MARKER)[0]
    guide.write_text(by_hand + reference_text(), encoding="utf-8")


if __name__ == "__main__":
    main()

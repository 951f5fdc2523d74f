"""The documentation names every command, option, exit code, finding and report key, and nothing that is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer.main

from migrate import errors
from migrate.cli import app
from migrate.findings import CODES
from migrate.ledger import TABLES
from migrate.report import FILE_TOTALS, TOTALS

DOCS = Path(__file__).resolve().parents[1] / "docs"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
OPTIONS = sorted(
    {
        (name, option)
        for name, command in COMMANDS.items()
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("-")
    }
)
SECTIONS = dict(re.findall(r"(?ms)^## (\w+)\n(.*?)(?=^## |\Z)", (DOCS / "commands.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_has_a_section_and_its_help(name):
    assert COMMANDS[name].help
    assert SECTIONS[name]


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_each_option_is_documented(command, option):
    assert f"`{option}" in SECTIONS[command]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_no_option_is_documented_that_is_not_there(command):
    known = {option for name, option in OPTIONS if name == command}
    rows = re.findall(r"^\| (`-.*?) \|", SECTIONS[command], re.M)
    named = {option for row in rows for option in re.findall(r"`(--?[a-z-]+)", row)}
    assert named == known


def test_each_exit_code_is_documented():
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {0, errors.CHANGES_PENDING, errors.INTERRUPTED, *(kind.exit_code for kind in classes)}
    text = (DOCS / "exit-codes.md").read_text(encoding="utf-8")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.M)} == codes


def test_each_finding_has_its_paragraph_and_each_paragraph_its_finding():
    text = (DOCS / "findings.md").read_text(encoding="utf-8")
    paragraphs = dict(re.findall(r"(?ms)^### (G\d{3}) [^\n]+\n(.*?)(?=^##|\Z)", text))
    assert len(re.findall(r"^### G\d{3}", text, re.M)) == len(paragraphs), "a code is explained twice"
    assert sorted(paragraphs) == sorted(CODES)
    assert all(len(words.split()) > 5 for words in paragraphs.values())


def test_the_codes_are_in_order():
    assert list(CODES) == sorted(CODES)


def test_the_reports_keys_are_documented():
    schema = json.loads((DOCS / "report.schema.json").read_text(encoding="utf-8"))
    text = (DOCS / "report.md").read_text(encoding="utf-8")
    rows = [schema, *(part["items"] for part in schema["properties"].values() if "properties" in part.get("items", {}))]
    for key in {key for row in rows for key in row["properties"]} - {"key", "kind"}:
        assert re.search(rf'["`*]{key}["`*]', text), key
    assert schema["properties"]["totals"]["required"] == list(TOTALS)
    assert schema["properties"]["files"]["additionalProperties"]["required"] == list(FILE_TOTALS)


def test_the_ledgers_tables_are_documented():
    text = (DOCS / "ledger.md").read_text(encoding="utf-8")
    for table in re.findall(r"CREATE TABLE (\w+)", TABLES):
        assert f"**{table}**" in text
    columns = re.findall(r"(\w+) (?:TEXT|INTEGER|BLOB)", TABLES)
    for column in set(columns) - {"id", "name", "value"}:
        assert f"`{column}`" in text, column


def test_links_between_documents_lead_somewhere():
    for document in DOCS.glob("*.md"):
        text = re.sub(r"(?s)```.*?```|`[^`]*`", "", document.read_text(encoding="utf-8"))
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (document.parent / link).exists(), f"{document.name}: {link}"

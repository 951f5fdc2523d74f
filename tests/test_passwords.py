"""Where a password may come from, and where it may not be seen."""

from __future__ import annotations

import sys

import pytest

from migrate.errors import ConfigError
from migrate.options import Options
from migrate.passwords import NAME, password_for


def test_from_the_environment() -> None:
    assert password_for("ed", {NAME: " abcd efgh "}) == "abcd efgh"


def test_from_the_first_line_of_a_file(tmp_path) -> None:
    file = tmp_path / "password"
    file.write_text("abcd efgh\nof example.org\n")
    assert password_for("ed", {f"{NAME}_FILE": str(file)}) == "abcd efgh"


def test_from_a_command() -> None:
    command = f"{sys.executable} -c \"print('abcd')\""
    assert password_for("ed", {f"{NAME}_COMMAND": command}) == "abcd"


def test_asked_for() -> None:
    assert password_for("ed", {}, lambda question: question.split()[-1]) == "ed:"


@pytest.mark.parametrize(("environment", "ask", "words"), [
    ({}, None, "There is no password"),
    ({}, lambda _: " ", "There is no password"),
    ({NAME: "a", f"{NAME}_FILE": "b"}, None, "both set"),
    ({f"{NAME}_FILE": "/nowhere"}, None, "cannot be read"),
    ({f"{NAME}_COMMAND": "/nowhere"}, None, "cannot be run"),
    ({f"{NAME}_COMMAND": "false"}, None, "code 1"),
    ({f"{NAME}_COMMAND": "true"}, None, "empty"),
    ({f"{NAME}_COMMAND": "'"}, None, "cannot be run"),
])
def test_mistakes_are_said(environment, ask, words) -> None:
    with pytest.raises(ConfigError, match=words):
        password_for("ed", environment, ask)


def test_options_do_not_show_it() -> None:
    options = Options(source="a", out="b", user="ed", password="secret")
    assert "secret" not in repr(options)
    assert "secret" not in str(options.wish())

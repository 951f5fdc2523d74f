"""Front matter as text: what was written reads back, in YAML, in TOML, and in Hugo itself."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from migrate.writers.hugo.frontmatter import date_text, front_matter, toml, yaml
from tests.writers.hugo.projects import run_hugo

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
SCALARS = TEXTS | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, min_size=1, max_size=4),
    max_leaves=12,
)
MAPS = st.dictionaries(TEXTS, VALUES, max_size=6)

NASTY = {
    "colon": "a: b",
    "hash": "a # b",
    "quote": 'say "hi" \\ there',
    "single": "it's",
    "empty": "",
    "blank": "  x  ",
    "number": "012",
    "yes": "yes",
    "date": "2019-07-22",
    "line": "a\nb\ttab\r",
    "emoji": "🎉 қазақ",
    "null": "null",
    "separator": "a\u2028b\u2029c\x85d\ufeffe\x7ff",
    "shortcode": "{{< x >}} {{ .Site }}",
    "tag": "!!python/x",
    "at": "@x",
    "percent": "%d",
    "star": "*x &y",
    "dash": "---",
    "zero": "a\x00b",
    "list": "- x",
    "bracket": "[a, b]",
    "on": "on",
}
SETTINGS = 'baseURL = "https://example.org/"\ndisableKinds = ["rss", "sitemap", "taxonomy"]\n'
LAYOUT = "@@{{ .Params | jsonify }}@@{{ .Date.Format `2006-01-02T15:04:05Z07:00` | safeHTML }}"


@given(MAPS)
def test_yaml_reads_back(values):
    assert pyyaml.load(yaml(values), pyyaml.CSafeLoader) == (without_empty_maps(values) or None)


@given(MAPS)
def test_toml_reads_back(values):
    assert tomllib.loads(toml(values)) == without_empty_maps(values)


def without_empty_maps(values):
    return {
        key: without_empty_maps(value) if isinstance(value, dict) else value
        for key, value in values.items()
        if value != {}
    }


def test_a_block_with_its_fences():
    values = {"title": "x", "draft": True, "tags": ["a", "b"], "params": {"a": {"b": 1}}}
    assert front_matter(values) == '---\ntitle: "x"\ndraft: true\ntags: ["a", "b"]\nparams:\n  a:\n    b: 1\n---\n'
    assert front_matter(values, "toml") == (
        '+++\ntitle = "x"\ndraft = true\ntags = ["a", "b"]\n\n[params.a]\nb = 1\n+++\n'
    )


def test_nothing_is_written_twice_or_for_nothing():
    assert yaml({1: "a", "1": "b", "none": None, "empty": {}, "kept": ""}) == '"1": "a"\nkept: ""\n'


def test_what_has_no_form_becomes_text():
    assert yaml({"a": 2**70, "b": float("inf"), "c": "\ud800x"}) == f'a: "{2**70}"\nb: "inf"\nc: "\ufffdx"\n'


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2019, 7, 22, 10, tzinfo=timezone(timedelta(hours=6))), "2019-07-22T10:00:00+06:00"),
        (datetime(2019, 7, 22, 10, 0, 0, 123456, tzinfo=UTC), "2019-07-22T10:00:00+00:00"),
        (datetime(1890, 1, 1, tzinfo=ZoneInfo("Asia/Almaty")), "1889-12-31T18:52:12+00:00"),
        (datetime(33, 1, 1, tzinfo=UTC), "0033-01-01T00:00:00+00:00"),
        (date(2020, 5, 6), "2020-05-06"),
    ],
)
def test_dates(moment, text):
    assert date_text(moment) == text


@pytest.mark.hugo
@pytest.mark.parametrize("language", ["yaml", "toml"])
def test_hugo_reads_every_nasty_text_as_it_is(hugo, tmp_path, language):
    (tmp_path / "content").mkdir()
    (tmp_path / "layouts").mkdir()
    (tmp_path / "hugo.toml").write_text(SETTINGS)
    (tmp_path / "layouts/all.html").write_text(LAYOUT)
    values = {"date": datetime(2019, 7, 22, 10, tzinfo=timezone(timedelta(hours=6))), "params": NASTY}
    (tmp_path / "content/x.md").write_text(front_matter(values, language), encoding="utf-8")
    run_hugo(hugo, tmp_path, "--panicOnWarning")
    _, params, moment = (tmp_path / "public/x/index.html").read_text(encoding="utf-8").split("@@")
    read = json.loads(params)
    assert {key: read[key] for key in NASTY} == NASTY
    assert moment == "2019-07-22T10:00:00+06:00"

"""Mapping files: found, laid over each other, checked, and every mistake told with its line."""

from __future__ import annotations

import json
import time
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from migrate.config import load_mapping, packaged_names
from migrate.errors import ConfigError
from migrate.mappers.layers import Layer, lay_over, read_layer
from migrate.mappers.reference import reference_text, schema_text
from migrate.mappers.tables import Mapping

ROOT = Path(__file__).resolve().parents[1]


def write(folder: Path, text: str, name: str = "my.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str) -> list[str]:
    """The lines of the error, without the file's folder."""
    with pytest.raises(ConfigError) as error:
        load_mapping("hugo", write(folder, text))
    return [line.strip().replace(str(folder) + "/", "") for line in str(error.value).splitlines()[1:]]


# Loading


def test_the_default_mapping_is_whole() -> None:
    mapping = load_mapping("hugo")
    assert mapping.frontmatter.rename["metadata.description"] == "description"
    assert mapping.shortcodes["center"].html is not None
    assert mapping.shortcodes["owl-carousel"].shortcode == "carousel"


def test_a_file_of_ones_own_says_only_what_differs(tmp_path: Path) -> None:
    text = "extends: hugo\nmenus: {name: top}\nimages: {featured: {keys: [hero]}}\n"
    mapping = load_mapping("hugo", write(tmp_path, text))
    assert (mapping.menus.name, mapping.menus.depth) == ("top", 1)
    assert mapping.images.featured.keys == ("hero",)          # a list is replaced
    assert mapping.images.featured.first                      # a map is merged
    assert "center" in mapping.shortcodes


def test_without_extends_a_file_builds_on_the_targets_own(tmp_path: Path) -> None:
    assert "center" in load_mapping("hugo", write(tmp_path, "html: markdown\n")).shortcodes


def test_extends_none_starts_from_nothing(tmp_path: Path) -> None:
    assert load_mapping("hugo", write(tmp_path, "extends: none\n")) == Mapping()


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert load_mapping("hugo", write(tmp_path, "# nothing yet\n")) == load_mapping("hugo")


def test_files_build_on_files_beside_them(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    write(tmp_path / "shared", "menus: {name: ours}\nhtml: markdown\n", "house.yaml")
    write(tmp_path / "shared", "extends: house.yaml\nmenus: {depth: 2}\n", "blog.yaml")
    mapping = load_mapping("hugo", write(tmp_path, "extends: shared/blog.yaml\nhtml: keep\n"))
    assert (mapping.menus.name, mapping.menus.depth, mapping.html) == ("ours", 2, "keep")


def test_null_removes(tmp_path: Path) -> None:
    mapping = load_mapping("hugo", write(tmp_path, "shortcodes: {center: null}\nfrontmatter: {rename: null}\n"))
    assert "center" not in mapping.shortcodes
    assert mapping.frontmatter.rename == {}


def test_a_shortcode_gets_another_kind_of_rule(tmp_path: Path) -> None:
    text = "shortcodes:\n  center: {unwrap: true}\n  owl-carousel: {shortcode: slider}\n"
    mapping = load_mapping("hugo", write(tmp_path, text))
    assert mapping.shortcodes["center"].action == "unwrap"
    assert mapping.shortcodes["center"].html is None
    assert mapping.shortcodes["owl-carousel"].shortcode == "slider"
    assert mapping.shortcodes["owl-carousel"].options["items"].default == 3       # the rest of it stays


def test_keys_are_what_was_written(tmp_path: Path) -> None:
    text = ("languages: {names: {no: {label: Norsk}, on: {label: x}}}\n"
            "taxonomies: {rename: {tag: {2015: 2016, yes: no}}}\n")
    mapping = load_mapping("hugo", write(tmp_path, text))
    assert set(mapping.languages.names) == {"no", "on"}
    assert mapping.taxonomies.rename == {"tag": {"2015": "2016", "yes": "no"}}


def test_yes_and_no_are_booleans_where_one_is_wanted(tmp_path: Path) -> None:
    assert load_mapping("hugo", write(tmp_path, "addresses: {aliases: no}\n")).addresses.aliases is False


def test_loading_is_quick() -> None:
    load_mapping("hugo")
    start = time.perf_counter()
    load_mapping("hugo")
    assert time.perf_counter() - start < 0.2


# Mistakes


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    assert "\n".join(mistakes(tmp_path, """extends: hugo
imgaes: {first: true}
addresses:
  overrides:
    - {old: kk, new: /b, nww: 3}
  aliases: perhaps
shortcodes:
  left: {unwrap: true, drop: true}
  div:
    html:
      open: '<div {a b}>'
  slides: {shortcode: x, body: slide}
source: {timezone: Asia/Almata, languages: 3}
menus: {depth: 9}
html: md
templates: [a]
""")) == """\
my.yaml:2: imgaes: there is no such key; did you mean images?
my.yaml:5: addresses.overrides[0].nww: there is no such key; did you mean new?
my.yaml:5: addresses.overrides[0].old: expected a path from the site's root, with one * at most
my.yaml:6: addresses.aliases: expected true or false, found 'perhaps'
my.yaml:8: shortcodes.left: expected exactly one of html, shortcode, handler, unwrap, drop, keep; found unwrap and drop
my.yaml:11: shortcodes.div.html.open: {a b} at character 6 is no placeholder: expected {name}, {name|default}, \
{name:filter} (px, prefix, each, words, number, slug, url, raw), {?name}…{/} or {!name}…{/}
my.yaml:12: shortcodes.slides.body: expected 'markdown', 'slides', 'text' or 'none', found 'slide'; did you mean slides?
my.yaml:13: source.languages: expected a list, found 3, or 'auto', found 3
my.yaml:13: source.timezone: no time zone is called 'Asia/Almata'; expected one like Europe/Berlin
my.yaml:14: menus.depth: expected 1, 2 or 3, found 9
my.yaml:15: html: expected 'keep' or 'markdown', found 'md'
my.yaml:16: templates: expected `key: value` lines, found a list"""


def test_a_mistake_below_is_told_with_its_own_file(tmp_path: Path) -> None:
    write(tmp_path, "extends: hugo\n\nmenus: {naem: x}\n", "below.yaml")
    assert mistakes(tmp_path, "extends: below.yaml\nhtml: x\n") == [
        "below.yaml:3: menus.naem: there is no such key; did you mean name?",
        "my.yaml:2: html: expected 'keep' or 'markdown', found 'x'",
    ]


@pytest.mark.parametrize(("text", "said"), [
    ("extends: hugoo\n", "my.yaml:1: extends: there is no mapping 'hugoo'; did you mean hugo?"),
    ("extends: ./none.yaml\n", "my.yaml:1: extends: there is no mapping './none.yaml'"),
    ("extends: my.yaml\n", "my.yaml:1: extends: 'my.yaml' builds on this file itself"),
    ("extends: [a]\n", "my.yaml:1: extends: expected one name or path, found ['a']"),
    ("html: keep\nhtml: markdown\n", "my.yaml:2: html: written twice in this map"),
    ("html: [\n", "my.yaml:2: no YAML: did not find expected node content"),
    ("- a\n", "my.yaml:1: expected `key: value` lines"),
    ("? [a]\n: b\n", "a key is text, not a list or map"),
    ("menus:\n\tname: x\n", "my.yaml:2: no YAML"),
    ("shortcodes: {x: {unwrap: true, extract: {pattern: '('}}}\n", "x.extract.pattern: not a regular expression"),
    ("shortcodes: {x: {handler: nobody}}\n", "shortcodes.x.handler: expected 'content-inject'"),
    ("shortcodes: {x: {html: {}}}\n", "shortcodes.x.html.open: is missing"),
    ("frontmatter: {template: {params.x: '{?a}'}}\n", "frontmatter.template: params.x: the condition at character 1"),
    ("output: {front_matter: json}\n", "expected 'yaml' or 'toml', found 'json'"),
])
def test_a_mistake_says_what_was_expected(tmp_path: Path, text: str, said: str) -> None:
    assert any(said in line for line in mistakes(tmp_path, text))


def test_a_target_without_mapping() -> None:
    with pytest.raises(ConfigError, match=r"there is no mapping for hugoo; did you mean hugo\?"):
        load_mapping("hugoo")


@pytest.mark.parametrize(("content", "said"), [(b"a: \xff\n", "is not UTF-8"), (None, "cannot be read")])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "my.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=said):
        load_mapping("hugo", path)


BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{','.join(['*' + chr(97 + level)] * 10)}]\n" for level in range(8))


@pytest.mark.parametrize(("text", "said"), [
    (BOMB, "too many or too deeply nested values"),
    ("a: &a [*a]\n", "too many or too deeply nested values"),
    ("a: " + "[" * 60 + "]" * 60 + "\n", "too many or too deeply nested values"),
    ("a: " + "[" * 100_000 + "]" * 100_000 + "\n", ""),
    ("# " + "x" * 1_000_001 + "\n", "a mapping file is much smaller"),
    ("a: !!python/object/apply:os.system [echo]\n", "a: there is no such key"),
])
def test_hostile_files_are_mistakes(tmp_path: Path, text: str, said: str) -> None:
    start = time.perf_counter()
    assert any(said in line for line in mistakes(tmp_path, text))
    assert time.perf_counter() - start < 3


@given(st.text(max_size=80))
def test_any_text_is_a_layer_or_a_mistake(text: str) -> None:
    layer = read_layer(text, "x.yaml")
    assert isinstance(layer.values, dict)


TREES = st.recursive(st.none() | st.integers() | st.text(max_size=3),
                     lambda inner: st.dictionaries(st.sampled_from("abcd"), inner, max_size=3), max_leaves=10)
MAPS = st.dictionaries(st.sampled_from("abcd"), TREES, max_size=4)


@given(MAPS)
def test_laying_a_file_over_itself_changes_nothing(values: dict[str, object]) -> None:
    once = lay_over(Layer({}, {}), Layer(values, {}))
    assert lay_over(once, Layer(values, {})).values == once.values


@given(MAPS, MAPS)
def test_the_upper_file_wins(under: dict[str, object], over: dict[str, object]) -> None:
    both = lay_over(Layer(under, {}), Layer(over, {})).values
    for key, value in over.items():
        if value is None:
            assert key not in both
        elif not isinstance(value, dict):
            assert both[key] == value
    assert all(both[key] == value for key, value in under.items() if key not in over)


# What is generated


def test_the_schema_is_current() -> None:
    assert (ROOT / "mappings/mapping.schema.json").read_text("utf-8") == schema_text(), "run tools/make_reference.py"


def test_the_reference_is_current() -> None:
    assert (ROOT / "docs/mapping.md").read_text("utf-8").endswith(reference_text()), "run tools/make_reference.py"


@pytest.mark.parametrize("name", packaged_names())
def test_shipped_mappings_fit_the_schema_and_name_it(name: str) -> None:
    text = (ROOT / f"mappings/{name}.yaml").read_text("utf-8")
    assert text.splitlines()[0] == "# yaml-language-server: $schema=mapping.schema.json"
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))
    validator.validate(yaml.safe_load(text))


def test_the_schema_knows_what_the_models_know() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))
    assert validator.is_valid({"extends": "hugo", "shortcodes": {"center": None}})
    assert not validator.is_valid({"imgaes": {}})
    assert not validator.is_valid({"html": "md"})


@pytest.mark.parametrize(("target", "foreign"), [
    ("hugo", {"wordpress"}),
    ("wordpress", {"templates", "output", "shortcodes"}),
])
def test_every_section_of_the_default_mapping_is_written_out(target: str, foreign: set[str]) -> None:
    written = set(yaml.safe_load((ROOT / f"mappings/{target}.yaml").read_text("utf-8"))) - {"extends"}
    assert written | foreign == set(Mapping.model_fields)


def test_the_examples_in_the_guide_are_right(tmp_path: Path) -> None:
    blocks = (ROOT / "docs/mapping.md").read_text("utf-8").split("```yaml\n")[1:]
    assert len(blocks) > 3
    for block in blocks:
        load_mapping("hugo", write(tmp_path, block.partition("```")[0]))

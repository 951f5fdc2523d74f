"""WordPress' own editor calls every block valid: of the cases, of pages that nobody wrote, of the real sites."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

import pytest

from migrate.content.decisions import Decisions
from migrate.content.tree import Tree
from migrate.conversion import Converter, Text, Voice
from migrate.mappers import map_site
from migrate.model.document import Document, Key
from migrate.model.resource import Resource
from migrate.readers.grav.layout import locate
from migrate.readers.grav.reader import ReadOptions, read_body, read_site
from migrate.writers.wordpress.blocks import BlockOptions, joined, to_blocks
from migrate.writers.wordpress.menus import render_menus
from migrate.writers.wordpress.words import WordPressWords
from tests.content.documents import DIALECTS, document, mutation
from tests.mappers.sites import page
from tests.wordpress.bodies import WORDPRESS, blocks
from tests.wordpress.cases import cases, filled
from tests.wordpress.layouts import laid
from tests.wordpress.packages import Unavailable
from tests.wordpress.validator import GOOD, Validator, validators

SITES = ("hemcenter-news", "disroot-howto", "unitexgramlab", "othercodes-blog", "skeleton-multilang", "jibec-blog", "learn-ru",
         "skeleton-open-publishing", "tech-saviours-news")
NOW = datetime(2024, 1, 1, tzinfo=UTC)
GENERATED = 250

pytestmark = pytest.mark.wordpress


@pytest.fixture(scope="module")
def editors(tmp_path_factory: pytest.TempPathFactory) -> list[Validator]:
    """The editors of all versions that are there, Debian's first."""
    try:
        return validators(tmp_path_factory.mktemp("editors"))
    except Unavailable as error:
        pytest.skip(f"no editor of WordPress: {error}")


def judged(editors: list[Validator], texts: dict[str, str], version: tuple[int, int] = (6, 1)) -> None:
    """All of it is good; what only newer versions know is asked of those alone. Of the forms for 6.1 every version
    says so, of the newer ones the newer."""
    for editor in editors[0 if version < (6, 3) else 1:]:
        wrong = [verdict for verdict in editor.judge(texts) if verdict.verdict not in GOOD]
        assert not wrong, (editor.name, wrong[:5])


def test_the_judge_knows_what_is_wrong(editors: list[Validator]) -> None:
    for editor in editors:
        verdicts = editor.judge({
            "good": "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->",
            "bad": "<!-- wp:paragraph -->\n<p>a<div>b</div></p>\n<!-- /wp:paragraph -->",
            "strange": "<!-- wp:x/y /-->", "loose": "text", "empty": ""})
        assert [(verdict.text, verdict.verdict) for verdict in verdicts] == [
            ("good", "valid"), ("bad", "invalid"), ("strange", "invalid"), ("loose", "loose")]


@pytest.mark.parametrize("version", [(6, 1), (6, 3)], ids=["6.1", "6.3"])
def test_the_cases_are_valid(editors: list[Validator], version: tuple[int, int]) -> None:
    judged(editors, {case.name: filled(blocks(case.body, version=version).text) for case in cases()}, version)


def test_styles_and_captions_are_valid(editors: list[Validator]) -> None:
    body = '[owl-carousel]\n![A](a.jpg "T \'q\' & [x]")\n![B](b.jpg)\n[/owl-carousel]\n\n[justify]\na\n[/justify]'
    judged(editors, {f"{captions} {inline}": filled(blocks(body, options=BlockOptions(captions=captions, inline_style=inline)).text)
                     for captions in ("text", "style", "none") for inline in (True, False)})


def test_menus_are_valid(editors: list[Validator]) -> None:
    layout = laid(page("01.home", home=True, url="/", title="Home -- <b>"), page("02.tea", menu='"Tea" & [x]'),
                  page("02.tea/01.green"), page("03.out", external_url="https://elsewhere.example/?a=1&b=--"),
                  over={"menus": {"depth": 2}})
    (menu,) = render_menus(layout)
    assert "wp:navigation-submenu" in menu.fields["content"]
    judged(editors, {"menu": filled(menu.fields["content"])})


@pytest.mark.parametrize("kind", ["generated", "mutated"])
def test_pages_that_nobody_wrote_are_valid(editors: list[Validator], kind: str, request: pytest.FixtureRequest) -> None:
    dice = Random(20)
    bodies = [case.body for case in cases()]
    texts = {}
    for number in range(GENERATED):
        text = document(dice) if kind == "generated" else mutation(dice, bodies)
        texts[f"{number}: {text[:60]!r}"] = filled(blocks(text, version=(6, 1), dialect=DIALECTS[number % len(DIALECTS)]).text)
    judged(editors, texts)


@cache
def bodies_of(source: Path, version: tuple[int, int]) -> dict[str, str]:
    """All pages of a real site as blocks."""
    site = map_site(read_site(locate(str(source)), ReadOptions(now=NOW)), WORDPRESS)
    texts: dict[str, str] = {}

    def say(tree: Tree, decisions: Decisions, *, subject: str, first_line: int) -> Text:
        made = to_blocks(tree, decisions, BlockOptions(version=version), subject=subject, first_line=first_line)
        return Text(made.text, made.findings, extra=made.extra)

    def printed(document: Document, parts: object) -> tuple[Resource, ...]:
        texts[document.source] = filled(joined(parts)[0])  # type: ignore[arg-type]
        return ()

    keys = {key: Key(f"media:{media.name}") for key, media in site.media.items() if media.kind != "vector"}
    words = WordPressWords(keys, {}, frozenset(document.key for document in site.documents))
    converter = Converter(site, WORDPRESS, Voice(words, say, printed))
    for one in site.documents:
        converter.convert(one)
    assert any(read_body(site, one) for one in site.documents)
    return texts


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize("version", [(6, 1), (6, 3)], ids=["6.1", "6.3"])
@pytest.mark.parametrize("name", SITES)
def test_a_real_site_is_valid(editors: list[Validator], shared: Path, name: str, version: tuple[int, int]) -> None:
    if version > (6, 1) and len(editors) == 1:
        version = (6, 1)                                    # nobody here knows newer forms
    texts = bodies_of(shared / "corpus" / name / "user", version)
    assert len(texts) > 5
    judged(editors, texts, version)


@pytest.mark.corpus
def test_every_site_of_the_corpus_is_judged(shared: Path) -> None:
    assert {path.parent.name for path in (shared / "corpus").glob("*/user")} == set(SITES)

"""Real Hugo shows what Grav shows: cases of what Hugo itself reads, the real pages, the probes, generated texts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from migrate.content.goldmark import GoldmarkOptions, render
from migrate.content.goldmark.preview import preview
from migrate.content.tree import parse
from migrate.model.document import Dialect
from tests.content.documents import DIALECTS, document, mutation
from tests.content.goldmark.blind_spots import blind_spots
from tests.content.goldmark.differences import Text, differences
from tests.content.goldmark.real_pages import RealPage, real_pages, usual_decisions
from tests.content.hugo_oracle import goldmark_html

SEED = int(os.environ.get("GOLDMARK_SEED") or "20240611")
GENERATED = int(os.environ.get("GOLDMARK_TEXTS") or "3000")
ONCE_SILENT = Path(__file__).parent / "cases" / "once_silent.jsonl"
OPTIONS = GoldmarkOptions()
pytestmark = pytest.mark.hugo


@pytest.mark.parametrize("text", [
    "{{< x >}}", "`{{< x >}}`", "```\n{{% x %}}\n```\n", "{{</* x */>}}", "{{<", "a {{% b", "`{{<`", "    {{<\n", "{{< /x >}}",
    "<div title='{{<'>{{%</div>\n", "[a](b '{{<')", "{{ x }} {% y %} {{- z -}} >}}", "<!-- {{< x >}} -->", "{{<\nx >}}",
])
def test_hugo_prints_what_looks_like_a_shortcode(hugo: str, text: str) -> None:
    tree = parse(text, Dialect())
    assert differences(hugo, [Text(text, tree, {}, OPTIONS, render(tree))]) == []


def test_only_our_divider_divides(hugo: str) -> None:
    texts = ["a\n\n===\n\nb\n", "a <!--more--> b\n", "`<!--more-->` a\n", "a\n\n<!--more-->\n\nb\n", "<div>\n<!--more-->\n</div>\n"]
    written = [render(parse(text, Dialect())).text for text in texts]
    assert [("<!--more-->" in text) for text in written] == [True, False, False, False, False]
    assert goldmark_html(hugo, written[:1], OPTIONS)[0].split() == ["<p>a</p>", "<p>b</p>"]


@pytest.mark.parametrize("text", ["a\u00a0b\u200bc\u2028d\u200d", "\ufeffa", "a\0b\x0bc\x0cd", "a\r\nb\rc\r\n\r\n    d\r\n", "\ta\n\tb\n"])
def test_odd_characters_arrive(hugo: str, text: str) -> None:
    tree = parse(text, Dialect())
    assert differences(hugo, [Text(text, tree, {}, OPTIONS, render(tree))]) == []


@pytest.fixture(scope="session")
def pages(shared: Path) -> list[RealPage]:
    return list(real_pages(shared / "corpus"))


def options_for(pages: list[RealPage]) -> dict[str, GoldmarkOptions]:
    """Extra is on for a site as soon as one of its pages needs it."""
    extra = {page.name.split("/")[0] for page in pages if page.dialect.extra}
    return {page.name: GoldmarkOptions(extra=page.name.split("/")[0] in extra) for page in pages}


@pytest.mark.corpus
@pytest.mark.slow
def test_real_pages(hugo: str, pages: list[RealPage], capsys: pytest.CaptureFixture[str]) -> None:
    options = options_for(pages)
    texts = [Text(page.name, tree, {}, options[page.name], render(tree, {}, options[page.name]))
             for page in pages for tree in (parse(page.body, page.dialect),)]
    found = differences(hugo, texts)
    copied = sum(text.rendered.copied_blocks for text in texts) / sum(text.rendered.total_blocks for text in texts)
    with capsys.disabled():
        print(f"\n{len(texts)} real pages: {len(found)} differ; {copied:.1%} of the blocks are the author's own text")
    assert [difference for difference in found if not difference.announced] == []
    assert len(found) <= len(texts) / 1000
    assert copied > 0.9


@pytest.mark.corpus
@pytest.mark.slow
def test_real_pages_with_decisions_are_kept(pages: list[RealPage]) -> None:
    copied = total = warned = 0
    options = options_for(pages)
    for page in pages:
        tree = parse(page.body, page.dialect)
        rendered = render(tree, usual_decisions(tree), options[page.name])
        copied, total = copied + rendered.copied_blocks, total + rendered.total_blocks
        warned += any(finding.code == "G207" for finding in rendered.findings)
    assert copied / total > 0.9
    assert warned <= len(pages) / 200


def probe_bodies(shared: Path) -> Iterator[str]:
    with (shared / "facts" / "grav-probes.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield from (text.split("---", 2)[-1] for name, text in record["files"].items()
                        if name.endswith(".md") and isinstance(text, str))


@pytest.mark.corpus
def test_probes(hugo: str, shared: Path) -> None:
    texts = []
    for number, body in enumerate(sorted(set(probe_bodies(shared)))):
        for dialect in (Dialect(), Dialect(extra=True, notices=("yellow", "red", "blue", "green"))):
            tree, options = parse(body, dialect), GoldmarkOptions(extra=dialect.extra)
            texts.append(Text(f"{number}: {body[:60]!r}", tree, {}, options, render(tree, {}, options)))
    assert len(texts) > 200
    assert differences(hugo, texts) == []


@pytest.mark.slow
@pytest.mark.parametrize("hard_wraps", [False, True])
def test_generated_texts(hugo: str, hard_wraps: bool, capsys: pytest.CaptureFixture[str]) -> None:
    random = Random(SEED + hard_wraps)
    texts = [written(document(random), random.choice(DIALECTS), hard_wraps=hard_wraps) for _ in range(GENERATED)]
    _judge("generated texts", hugo, texts, capsys)


@pytest.mark.slow
@pytest.mark.corpus
def test_mutated_real_pages(hugo: str, pages: list[RealPage], capsys: pytest.CaptureFixture[str]) -> None:
    random = Random(SEED)
    bodies = sorted({page.body for page in pages})
    _judge("mutated pages", hugo, [written(mutation(random, bodies), random.choice(DIALECTS)) for _ in range(GENERATED)], capsys)


def written(text: str, dialect: Dialect, *, hard_wraps: bool = False) -> Text:
    """The text, written for Hugo."""
    tree, options = parse(text, dialect), GoldmarkOptions(extra=dialect.extra, hard_wraps=hard_wraps)
    return Text(text, tree, {}, options, render(tree, {}, options))


def _judge(what: str, hugo: str, texts: list[Text], capsys: pytest.CaptureFixture[str]) -> None:
    found = differences(hugo, texts)
    silent = [difference for difference in found if not difference.announced]
    with capsys.disabled():
        print(f"\n{len(texts)} {what}, seed {SEED}: {len(found)} differ, {len(silent)} of them silently")
    assert len(found) <= len(texts) * 0.005, found[:5]
    assert silent == []


def test_what_differed_in_silence_once(hugo: str) -> None:
    texts = []
    for line in ONCE_SILENT.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        switches = {name: _frozen(value) for name, value in record["dialect"].items()}
        texts.append(written(record["text"], Dialect(**switches), hard_wraps=record["hard_wraps"]))
    assert len(texts) > 10
    assert [difference for difference in differences(hugo, texts) if not difference.announced] == []


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


@pytest.mark.slow
@pytest.mark.parametrize("extra", [False, True])
def test_what_the_library_is_trusted_with(hugo: str, extra: bool, capsys: pytest.CaptureFixture[str]) -> None:
    random = Random(SEED + extra)
    found = blind_spots(hugo, [document(random) for _ in range(GENERATED)], GoldmarkOptions(extra=extra))
    with capsys.disabled():
        print(f"\n{GENERATED} texts, seed {SEED}: {len(found)} are read otherwise without a doubt")
    assert len(found) <= GENERATED / 1000, found


def test_the_library_and_goldmark_agree(hugo: str) -> None:
    """A few texts, whole: what `preview` says is what Hugo builds."""
    texts = ["# a\n\n* b\n* c\n\n| d |\n|:-:|\n| e |\n", "~~a~~ ~b~ `c`  \nd", "- a\n\n  b\n- c\n", "[a](<b c> 'd') ![e](f)\n"]
    for text, html in zip(texts, goldmark_html(hugo, texts, OPTIONS), strict=True):
        ours = preview(text, OPTIONS)
        assert html.replace("\t", "").replace("\n", "").replace(' id="a"', "") == \
            ours.replace("<br />", "<br>").replace(" />", ">").replace("\n", "")

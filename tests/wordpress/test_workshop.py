"""From a page of the source to its fields: what is between layout, texts and renderer."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.mappers import map_site
from migrate.model.reference import token
from migrate.readers.grav.layout import locate
from migrate.readers.grav.reader import ReadOptions, read_site
from migrate.workshop import WordPressWorkshop
from migrate.writers.wordpress.layout import Disk, lay_out
from tests.wordpress.layouts import FACTS, NOW, WORDPRESS, mapping, other

B = token("document:/b", "url")


def workshop(folder: Path, text: str, facts=FACTS, rules=WORDPRESS) -> WordPressWorkshop:
    """Two pages; the first has this text."""
    for name, body in (("01.a/docs.md", text), ("02.b/docs.md", "Other")):
        (folder / "pages" / name).parent.mkdir(parents=True)
        (folder / "pages" / name).write_text(f"---\ntitle: {name[3]}\n---\n{body}\n", encoding="utf-8")
    site = map_site(read_site(locate(str(folder)), ReadOptions(now=NOW)), rules)
    return WordPressWorkshop(lay_out(site, rules, facts, Disk(digests={}, times={})))


@pytest.mark.parametrize(("link", "address"), [
    ("/b#there", f'href="{B}#there"'),
    ("/b?target=_blank#there", f'href="{B}#there" target="_blank" rel="noopener"'),
    ("/b?x=1", f'href="{B}?x=1"'),
    ("/b?target=_blank", f'href="{B}" target="_blank" rel="noopener"'),
    ("https://e.org/x?id=1&noprocess", 'href="https://e.org/x?id=1">'),
    ("https://e.org/x?id=1&rel=me&noprocess=id", 'href="https://e.org/x?id=1" rel="me"'),
])
def test_links_keep_what_follows_the_path(tmp_path, link, address) -> None:
    made = workshop(tmp_path, f"[b]({link})")
    assert address in made.convert(made.site.documents[0]).resources[0].fields["content"]


@pytest.mark.parametrize(("capabilities", "videos", "shown"), [
    ({"unfiltered_html"}, "auto", "<iframe"),
    (set(), "auto", "<!-- wp:embed"),
    (set(), "frame", "<iframe"),
    ({"unfiltered_html"}, "embed", "<!-- wp:embed"),
])
def test_videos_stay_frames_where_the_user_may_write_them(tmp_path, capabilities, videos, shown) -> None:
    frame = '<iframe src="https://www.youtube-nocookie.com/embed/SUUtcYl2xrE?start=9" width="560"></iframe>'
    rules = mapping(wordpress={"videos": videos})
    made = workshop(tmp_path, frame, other(FACTS, capabilities=frozenset(capabilities)), rules)
    assert shown in made.convert(made.site.documents[0]).resources[0].fields["content"]


def test_footnotes_go_where_the_target_has_a_field(tmp_path) -> None:
    made = workshop(tmp_path, "Text[^1].\n\n[^1]: Note", other(FACTS, footnotes=True))
    fields = made.convert(made.site.documents[0]).resources[0].fields
    assert ("meta" in fields) == ("wp:footnotes" in fields["content"])


def test_pages_come_before_what_is_below_them(tmp_path) -> None:
    (tmp_path / "pages/02.b/01.c").mkdir(parents=True)
    (tmp_path / "pages/02.b/01.c/docs.md").write_text("---\ntitle: C\n---\n")
    made = workshop_in(tmp_path)
    ordered = [document.key for document in made.in_order(made.site.documents)]
    assert ordered.index("document:/b") < ordered.index("document:/b/c")


def workshop_in(folder: Path) -> WordPressWorkshop:
    (folder / "pages/02.b/docs.md").write_text("---\ntitle: B\n---\n")
    site = map_site(read_site(locate(str(folder)), ReadOptions(now=NOW)), WORDPRESS)
    return WordPressWorkshop(lay_out(site, WORDPRESS, FACTS, Disk(digests={}, times={})))

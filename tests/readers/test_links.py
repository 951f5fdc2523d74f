"""Where links and pictures lead: by cases, against Grav's own answers, and against hostile input."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.model.document import Document
from migrate.model.site import Site
from migrate.readers.grav.index import SiteIndex, index_of
from migrate.readers.grav.links import resolve
from migrate.readers.grav.reader import ReadOptions, locate, read_site
from tests.readers.grav_answers import NOW, PNG, records, write_probe
from tests.readers.grav_links import pairs

FILES = {
    "config/system.yaml": "languages:\n  supported: [en, fr]\n",
    "config/site.yaml": "redirects:\n  /old/(.*): /blog/$1\n",
    "pages/01.home/default.en.md": "---\ntitle: Home\n---\n",
    "pages/01.home/default.fr.md": "---\ntitle: Accueil\n---\n",
    "pages/02.blog/blog.en.md": "---\ntitle: Blog\n---\n",
    "pages/02.blog/blog.fr.md": "---\ntitle: Blog\nslug: carnet\n---\n",
    "pages/02.blog/img.png": "",
    "pages/02.blog/01.first/item.en.md": "---\ntitle: First\n---\n![](image://u.png) /user/images/u.png\n",
    "pages/02.blog/01.first/Größe.png": "",
    "pages/02.blog/01.first/a+b.png": "",
    "pages/02.blog/01.first/notes.xcf": "",
    "pages/02.blog/02.second/item.en.md": "---\ntitle: Second\nslug: two\n---\n",
    "pages/02.blog/02.second/b.png": "",
    "pages/02.blog/02.second/doc.pdf": "",
    "pages/03.empty/01.child/default.en.md": "---\ntitle: Child\n---\n",
    "pages/04.bare/picture.png": "",
    "images/u.png": "",
}
FIRST, SECOND = "document:/blog/first@en", "document:/blog/second@en"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    user = tmp_path_factory.mktemp("site") / "user"
    for name, text in FILES.items():
        file = user / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() or PNG)
    (user.parent / "secret.png").write_bytes(PNG)
    return read_site(locate(user), ReadOptions(now=NOW))


@pytest.fixture(scope="module")
def index(site: Site) -> SiteIndex:
    return index_of(site)


@pytest.fixture(scope="module")
def first(site: Site) -> Document:
    return next(document for document in site.documents if document.key == FIRST)


LINKS = [
    # written, kind, key, what Grav prints
    ("../02.second", "page", SECOND, "/en/blog/two"),
    ("../second", "page", SECOND, "/en/blog/second"),
    ("../02.second/item.en.md", "page", SECOND, "/en/blog/two"),
    ("../02.second/doc.pdf", "media", "media:02.blog/02.second/doc.pdf", "/en/blog/two/doc.pdf"),
    ("/02.blog/02.second", "page", SECOND, "/en/blog/two"),
    ("/blog/two#part", "page", SECOND, "/en/blog/two#part"),
    ("/blog", "page", "document:/blog@en", "/en/blog"),
    ("/", "page", "document:/home@en", "/en/"),
    ("../../01.home", "page", "document:/home@en", "/en"),
    ("/blog/two.html", "page", SECOND, "/en/blog/two.html"),
    ("", "page", FIRST, "/en/blog/first/"),
    ("/old/x", "unresolved", None, "/en/old/x"),        # its rule does not see the language prefix
    ("/empty", "redirect", None, "/en/empty"),
    ("nowhere", "unresolved", None, "/en/blog/first/nowhere"),
    ("https://e.com/a%2Fb?q=1", "external", None, "https://e.com/a/b?q=1"),
    ("//cdn.x/a.js", "external", None, "//cdn.x/a.js"),
    ("mailto:a@b.c", "mail", None, "mailto:a@b.c"),
    ("tel:+77", "mail", None, "tel:+77"),
    ("javascript:void(0)", "external", None, "javascript:void(0)"),
    ("#part", "fragment", None, "#part"),
    ("image://u.png", "stream", "media:user:images/u.png", "/user/images/u.png"),
    ("page://02.blog/img.png", "stream", "media:02.blog/img.png", "/user/pages/02.blog/img.png"),
]


@pytest.mark.parametrize(("written", "kind", "key", "printed"), LINKS)
def test_link(written: str, kind: str, key: str | None, printed: str, first: Document, index: SiteIndex) -> None:
    found = resolve(written, document=first, image=False, index=index)
    assert (found.kind, found.key, found.url) == (kind, key, printed)
    assert (found.problem is None) == (kind != "unresolved")


MENDED = [
    # written, image, key, a word of the problem
    ("/en/blog/two", False, SECOND, "second language prefix"),
    ("/fr/carnet", False, "document:/blog@fr", "second language prefix"),
    ("/Blog/Two", False, SECOND, "capitals"),
    ("./", False, FIRST, "surround"),
    ("../two.md", False, SECOND, "ending"),
    ("/blog/two/tag:x", False, SECOND, "parameters"),
    ("/user/images/u.png", False, "media:user:images/u.png", None),
    ("./a+b.png", True, "media:02.blog/01.first/a+b.png", "./"),
    ("gro%CC%88%C3%9Fe.PNG", True, "media:02.blog/01.first/Größe.png", "capitals"),
    ("/en/blog/img.png", True, "media:02.blog/img.png", "language"),
    ("/user/images/u.png", True, "media:user:images/u.png", None),
]


@pytest.mark.parametrize(("written", "image", "key", "problem"), MENDED)
def test_what_grav_did_not_find_is_found(written: str, image: bool, key: str, problem: str | None, first: Document,
                                         index: SiteIndex) -> None:
    found = resolve(written, document=first, image=image, index=index)
    assert found.key == key
    assert problem in found.problem if problem and found.problem else found.problem == problem


IMAGES = [
    ("../02.second/b.png", "media:02.blog/02.second/b.png", "/user/pages/02.blog/02.second/b.png"),
    ("../two/b.png", "media:02.blog/02.second/b.png", "/user/pages/02.blog/02.second/b.png"),
    ("/blog/img.png", "media:02.blog/img.png", "/user/pages/02.blog/img.png"),
    ("a+b.png", "media:02.blog/01.first/a+b.png", "/user/pages/02.blog/01.first/a+b.png"),
    ("/bare/picture.png", "media:04.bare/picture.png", "/user/pages/04.bare/picture.png"),
    ("image://u.png", "media:user:images/u.png", "/user/images/u.png"),
    ("none.png?resize=1,2", None, "/blog/first/none.png?resize=1,2"),
    ("notes.xcf", None, "/blog/first/notes.xcf"),
]


@pytest.mark.parametrize(("written", "key", "printed"), IMAGES)
def test_image(written: str, key: str | None, printed: str, first: Document, index: SiteIndex) -> None:
    found = resolve(written, document=first, image=True, index=index)
    assert (found.key, found.url) == (key, printed)


def test_redirects_of_the_site_are_kept(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/site.yaml").write_text("redirects:\n  /old/(.*): /blog/$1\n")
    (tmp_path / "pages/blog").mkdir(parents=True)
    (tmp_path / "pages/blog/item.md").write_text("text")
    read = read_site(locate(tmp_path), ReadOptions(now=NOW))
    found = resolve("/old/x", document=read.documents[0], image=False, index=index_of(read))
    assert (found.kind, found.url, found.problem) == ("redirect", "/old/x", None)


def test_query_becomes_attributes_and_actions(first: Document, index: SiteIndex) -> None:
    link = resolve("https://e.com/a%20b?target=_blank&classes=x,y&q=%C3%BC", document=first, image=False, index=index)
    assert link.attributes == (("target", "_blank"), ("class", "x y"))
    assert (link.url, link.better) == ("https://e.com/a b?q=%C3%BC", "https://e.com/a%20b?q=%C3%BC")
    image = resolve("/blog/img.png?resize=10,20&lightbox&id=i", document=first, image=True, index=index)
    assert image.query == (("resize", "10,20"), ("lightbox", ""))
    assert image.attributes == (("id", "i"),)
    kept = resolve("/blog?target=_blank&noprocess", document=first, image=False, index=index)
    assert (kept.attributes, kept.query) == ((), (("target", "_blank"),))


HOSTILE = ["../../../etc/passwd", "../../../../secret.png", "/../../etc/passwd", "..\\..\\etc\\passwd", "/etc/passwd",
           "a\0b", "user://../../secret.png", "image://../../../etc/passwd", "page://../../secret.png",
           "/user/../../secret.png", "%2e%2e/%2e%2e/%2e%2e/secret.png", "C:\\x", "file:///etc/passwd", "//", "///x",
           "?", "#", "http://[", "http://[::1", "%", "%ff", ":", "::", "//:", "user://", "image:///"]


@pytest.mark.parametrize("written", HOSTILE)
@pytest.mark.parametrize("image", [False, True])
def test_nothing_outside_the_site_is_reached(written: str, image: bool, first: Document, index: SiteIndex,
                                             site: Site) -> None:
    found = resolve(written, document=first, image=image, index=index)
    keys = {document.key for document in site.documents} | set(site.media)
    assert found.key is None or found.key in keys
    assert all(Path(site.media[key].path).is_relative_to(site.root) for key in {found.key} & set(site.media) if key)


PARTS = st.sampled_from(["/", "..", ".", "02.blog", "01.first", "blog", "two", "b.png", "?", "#", "&", "=", "%2e",
                         "%", "//", "en", "fr", ":", "user://", "image://", "http://", "mailto:", " ", "é", "\\", "\0",
                         ".md", "a+b.png"])


@settings(max_examples=400, deadline=None)
@given(st.lists(PARTS, max_size=9).map("".join) | st.text(max_size=40), st.booleans())
def test_resolve_never_fails(url: str, image: bool) -> None:
    found = resolve(url, document=CACHED[0], image=image, index=CACHED[1])
    assert found.kind in ("page", "media", "external", "fragment", "mail", "stream", "redirect", "unresolved")
    assert found.key is None or str(found.key) in CACHED[2]


CACHED: list[Any] = []


@pytest.fixture(autouse=True)
def _cached(first: Document, index: SiteIndex, site: Site) -> None:
    CACHED[:] = [first, index, {document.key for document in site.documents} | set(site.media)]


# Where ours is not what Grav prints: probe or site, address as written, why.
DEVIATIONS: dict[str, str] = {
    "big.png?format=jpeg": "a change of format is the target's work",
    "theme://images/logo.png": "Grav itself prints an address that leads nowhere",
    "a.png": "images-cache-all: the address inside the image cache",
    "big.png?resize=10,10": "images-cache-all: the address inside the image cache",
    "a+b.png": "a plus in a name is a plus",
    "a%2Bb.png": "a plus in a name is a plus",
    "/blog/item:1": "PHP takes :1 for a port",
}


def test_every_probe_link(shared: Path, tmp_path: Path) -> None:
    differing, agreeing = {}, 0
    for number, probe in enumerate(records(shared / "facts/grav-probes.jsonl")):
        if "pages" not in probe or probe["name"] in ("images-abs", "ui"):   # another host; plug-in with pictures twice
            continue
        read = read_site(locate(write_probe(probe, tmp_path / str(number))), ReadOptions(now=NOW))
        for pair in pairs(probe["pages"], read):
            agreeing += pair.agrees
            if not pair.agrees:
                differing[pair.written] = (probe["name"], pair)
    assert differing.keys() == DEVIATIONS.keys(), {url: differing[url] for url in differing.keys() - DEVIATIONS}
    assert agreeing > 380


@pytest.mark.corpus
def test_every_corpus_link(shared: Path) -> None:
    differing, agreeing = [], 0
    for folder in sorted((shared / "corpus").iterdir()):
        if (folder / "expected.jsonl").is_file():
            read = read_site(locate(folder / "user"), ReadOptions(now=NOW))
            for pair in pairs(records(folder / "expected.jsonl"), read):
                agreeing += pair.agrees
                differing += [] if pair.agrees else [(folder.name, pair)]
    # two neighbours in a raw HTML list, which Grav prints in another order than they stand in the text
    assert {pair.file for _, pair in differing} <= {"09.webservers-hosting/00.servers/01.nginx/docs.md"}, differing
    assert agreeing > 4500

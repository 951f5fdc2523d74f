"""Bodies of a small site on their way to blocks, without a disk: a page, a neighbour, a module and some files."""

from __future__ import annotations

from functools import partial

from migrate.config import load_mapping
from migrate.content.tree import parse
from migrate.mappers.body import decide
from migrate.mappers.place import Around, Place
from migrate.mappers.rawhtml import apply, edits_in
from migrate.mappers.tables import Mapping
from migrate.model.document import Dialect, Document, Key
from migrate.model.site import Media, Redirect, Site
from migrate.readers.grav.index import index_of
from migrate.readers.grav.links import resolve
from migrate.writers.wordpress.blocks import BlockOptions, Blocks, to_blocks
from migrate.writers.wordpress.elements import text_of
from migrate.writers.wordpress.html_reader import read_html
from migrate.writers.wordpress.words import WordPressWords
from tests.mappers.sites import page, site

WORDPRESS = load_mapping("wordpress")
LIVE = frozenset(WORDPRESS.shortcodes)
DIALECT = Dialect(shortcodes=LIVE, shortcode_lines=LIVE, notices=("yellow", "red", "blue", "green"), extra=True)
FOLDER = "01.blog/01.first"
KINDS = {"a.jpg": "image", "b.jpg": "image", "c d.jpg": "image", "move.gif": "animated", "film.mp4": "video",
         "sound.mp3": "audio", "paper.pdf": "file", "sign.svg": "vector"}

HERE = page(FOLDER, key=Key("document:/blog/first"))
OTHER = page("01.blog/02.second", key=Key("document:/blog/second"))
MODULE = page("01.blog/02.second/_part", key=Key("document:/blog/second/_part"), modular=True, parent=OTHER.key)


def _media(name: str) -> Media:
    return Media(key=Key(f"media:{FOLDER}/{name}"), path=f"/site/{name}", folder=FOLDER, name=name, kind=KINDS[name])


MEDIA = {Key(f"media:{FOLDER}/{name}"): _media(name) for name in KINDS}
ATTACHMENTS = {key: Key(f"media:{media.name}") for key, media in MEDIA.items() if media.kind != "vector"}
REDIRECTS = (Redirect(origin="/gone", goal="/blog/second"), Redirect(origin="/away", goal="https://x.org/"),
             Redirect(origin="/blog/tag:tea", goal="/tag/tea/"), Redirect(origin="/teas", goal="/blog/tag:tea"))
SITE: Site = site(page("01.blog"), HERE, OTHER, MODULE, media=MEDIA, url="https://old.example.org",
                  redirects=REDIRECTS)


def around(mapping: Mapping = WORDPRESS) -> Around:
    """The site as a body sees it."""
    words = WordPressWords(ATTACHMENTS, {Key(f"media:{FOLDER}/sign.svg"): "https://new.example.org/files/sign.svg"},
                           frozenset((HERE.key, OTHER.key)))
    pages_at = {document.url: document.key for document in SITE.documents}
    return Around(mapping=mapping, documents={document.key: document for document in SITE.documents}, media=MEDIA,
                  resolver=partial(resolve, index=index_of(SITE)), words=words, site_config={},
                  page_addresses=frozenset(pages_at), pages_at=pages_at,
                  old_addresses=frozenset(("/gone",)), leads={item.origin: item.goal for item in REDIRECTS},
                  hosts=frozenset(("old.example.org",)))


def blocks(text: str, *, version: tuple[int, int] = (6, 3), dialect: Dialect = DIALECT, mapping: Mapping = WORDPRESS,
           options: BlockOptions | None = None, here: Document = HERE) -> Blocks:
    """The text of the first page as blocks."""
    place = Place(tree=parse(text, dialect), here=here, around=around(mapping))
    edits, _ = edits_in(place)
    place = Place(tree=parse(apply(text, edits), dialect), here=here, around=place.around)
    options = options or BlockOptions(version=version)
    return to_blocks(place.tree, decide(place).decisions, options, subject="blog/first", first_line=5)


def seen(html: str) -> str:
    """What a reader sees of HTML, without blanks: browsers fold them, and blocks have their own."""
    return "".join("".join(text_of(read_html(html).children)).split())

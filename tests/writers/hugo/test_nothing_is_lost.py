"""Whatever folders, languages and files a site has: nothing that Hugo would lose in silence is ever planned."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.mappers import map_site
from migrate.model.document import Key
from migrate.model.site import Language, Media
from migrate.writers.hugo.paths import resource_key
from migrate.writers.hugo.project import lay_out
from tests.mappers.sites import HUGO, page, site

NAMES = st.one_of(
    st.sampled_from(
        ["a", "A", "a b", "a-b", "index", "_index", "tags", "404", "_hero", "x.ru", "é", "e\u0301", "50%", "home"]
    ),
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Nd", "No"), exclude_characters="/."), min_size=1, max_size=12
    ),
)
FILES = st.sampled_from(
    ["a.png", "A.png", "a b.png", "a-b.png", "list.html", "x.ru.png", "a", "_hero", "index.md", ".x"]
)
LANGUAGES = (Language(code="kk", prefix="/kk", default=True), Language(code="ru", prefix="/ru"))


@st.composite
def sites(draw):
    """A site with odd names: translated or not, drafts, modules, hidden pages, files everywhere."""
    languages = draw(st.sampled_from([(), LANGUAGES]))
    folders = draw(
        st.lists(st.lists(NAMES, min_size=1, max_size=3).map("/".join), min_size=1, max_size=8, unique=True)
    )
    documents, media = [], {}
    for folder in folders:
        parents = {other.rpartition("/")[0] for other in folders}
        for language in draw(st.sets(st.sampled_from(["kk", "ru"]), min_size=1)) if languages else [""]:
            module = folder.rpartition("/")[2].startswith("_")
            documents.append(
                page(
                    folder,
                    language=language,
                    has_children=folder in parents,
                    modular=module,
                    routable=draw(st.booleans()) and not module,
                    draft=draw(st.booleans()),
                )
            )
        for name in draw(st.sets(FILES, max_size=3)):
            key = Key(f"media:{folder}/{name}")
            media[key] = Media(key=key, path=f"/{folder}/{name}", folder=folder, name=name, kind="file")
    return site(*documents, languages=languages, media=media)


@settings(max_examples=300, deadline=None)
@given(sites())
def test_plans(whole):
    project = lay_out(map_site(whole, HUGO), HUGO)
    pages = [place.path for place in project.places.values()]
    assert len(pages) == len(whole.documents)
    names = [path.casefold() for path in (*pages, *project.media_places.values())]
    assert len(set(names)) == len(names)
    shown = [place for place in project.places.values() if not place.hidden]
    leaves = {place.path.rpartition("/")[0] for place in project.places.values() if "/index." in place.path}
    for place in shown:
        above = (
            place.path.split("/")[:-2]
            if "/index." in place.path or "/_index." in place.path
            else place.path.split("/")[:-1]
        )
        assert not any("/".join(above[:depth]) in leaves for depth in range(2, len(above) + 1)), place.path
    singles = {path.partition(".")[0] for path in pages if "index." not in path}
    folders = {path.rpartition("/")[0] for path in pages if "index." in path}
    assert not singles & folders
    addresses = [page.address for page in project.site.documents if page.address]
    assert len(set(addresses)) == len(addresses)
    files = [project.site.media[key].address.casefold() for key in project.media_places]
    assert len(set(files)) == len(files)
    assert {media.address.casefold() for media in project.site.media.values()} == set(files)   # merged folders share
    bundled = [path for path in project.media_places.values() if path.startswith("content/")]
    assert len({resource_key(path) for path in bundled}) == len(bundled)

"""Names that the site has given otherwise, or that pages change: nothing is lost, made twice, or taken for another."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.wordpress.test_runs import Runs

pytestmark = pytest.mark.wordpress

DAY = "2020-01-02 03:04"


@pytest.fixture
def runs(empty_site, tmp_path: Path) -> Runs:
    return Runs(empty_site, tmp_path)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A user folder without pages."""
    user = tmp_path / "user"
    (user / "config").mkdir(parents=True)
    (user / "config/system.yaml").write_text("home:\n  alias: /home\n")
    write(user, {"home/home.md": page("Home")})
    return user


def page(title: str, text: str = "Text.", more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: '{DAY}'\n{more}---\n{text}\n"


def write(user: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (user / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (user / "pages" / name).write_text(text)


def there(runs: Runs, kind: str = "pages") -> dict[str, str]:
    """Titles by slugs."""
    return {slug: row["title"]["raw"] for slug, row in runs.pages(kind).items() if slug != "home"}


def actions(runs: Runs) -> dict[str, str]:
    return {row["source"]: row["action"] for row in runs.report["pages"]}


def test_a_page_that_loses_the_number_of_its_name(runs, source) -> None:
    write(source, {"about-2/default.md": page("About")})
    runs("wordpress", source, runs.site.url)
    (source / "pages/about-2").rename(source / "pages/about")
    runs("wordpress", source, runs.site.url, "--prune", "--yes")
    assert there(runs) == {"about": "About"}


def test_a_run_that_ended_between_a_page_and_those_below_it(runs, source) -> None:
    write(source, {"old/default.md": page("Above"), "old/kid/default.md": page("Kid")})
    runs("wordpress", source, runs.site.url)
    write(source, {"old/default.md": page("Above", more="slug: new\n")})
    runs("wordpress", source, runs.site.url, "--only", "old")
    for _ in range(2):
        runs("wordpress", source, runs.site.url)
        assert there(runs) == {"new": "Above", "kid": "Kid"}
    assert runs.writes == []


def test_a_page_that_takes_the_name_that_the_site_gave_it(runs, source) -> None:
    runs.site.take_slugs("about")
    write(source, {"about/default.md": page("About")})
    runs("wordpress", source, runs.site.url)
    write(source, {"about/default.md": page("About", more="slug: about-2\n")})
    for _ in range(2):
        runs("wordpress", source, runs.site.url)
        assert runs.writes == [] and there(runs) == {"about-2": "About"}


def test_two_pages_of_a_day_one_of_which_gets_the_name_of_the_other(runs, source) -> None:
    runs.site.take_slugs("about")
    write(source, {"about/default.md": page("First"), "about-2/default.md": page("Second")})
    runs("wordpress", source, runs.site.url, "--connections", 1, code=3)  # the one after the other
    assert there(runs) == {"about-2": "First"}
    assert actions(runs) == {"home/home.md": "create", "about/default.md": "create", "about-2/default.md": "failed"}


def test_a_lost_ledger_and_a_page_under_the_name_of_another(runs, source) -> None:
    runs.site.take_slugs("about")
    write(source, {"about/default.md": page("First")})
    runs("wordpress", source, runs.site.url)
    shutil.rmtree(runs.state)
    write(source, {"about-2/default.md": page("Second").replace("2020", "2021")})
    for _ in range(2):
        runs("wordpress", source, runs.site.url, "--force", "page:about-2", code=3)
        assert runs.writes == [] and there(runs) == {"about-2": "First"}
        assert actions(runs)["about-2/default.md"] == "conflict"
    assert actions(runs)["about/default.md"] == "keep"


def test_a_page_whose_name_another_of_ours_has_got(runs, source) -> None:
    runs.site.take_slugs("about")
    write(source, {"about/default.md": page("First")})
    runs("wordpress", source, runs.site.url)
    write(source, {"about-2/default.md": page("Second")})
    done = runs("wordpress", source, runs.site.url, "--force", "page:about-2", code=3)
    assert runs.writes == [] and there(runs) == {"about-2": "First"}
    assert "G445: its new place is still taken by document:/about" in done.stdout


def test_many_numbers(runs, source) -> None:
    runs.site.take_slugs("about", *(f"about-{n}" for n in range(2, 9)))
    write(source, {"about/default.md": page("First")})
    runs("wordpress", source, runs.site.url)
    shutil.rmtree(runs.state)
    runs("wordpress", source, runs.site.url)
    assert there(runs) == {"about-9": "First"}


def test_siblings_below_a_numbered_page(runs, source) -> None:
    runs.site.take_slugs("kk")
    write(source, {"kk/default.md": page("Above"), "kk/about-2/default.md": page("Second")})
    runs("wordpress", source, runs.site.url)
    shutil.rmtree(runs.state)
    write(source, {"kk/about/default.md": page("First")})
    runs("wordpress", source, runs.site.url)
    assert there(runs) == {"kk-2": "Above", "about-2": "Second", "about": "First"}


def test_a_folder_that_somebody_has_filled_without_a_ledger(runs, source) -> None:
    write(source, {"docs/deep/default.md": page("Deep")})
    runs("wordpress", source, runs.site.url)
    runs.site.run(f"wp_update_post(['ID' => {runs.pages('pages')['docs']['id']}, 'post_content' => 'By hand']);")
    shutil.rmtree(runs.state)
    runs("wordpress", source, runs.site.url, code=3)
    assert runs.writes == []
    assert actions(runs) == {"home/home.md": "adopt", "docs/deep/default.md": "adopt"}


def test_a_stranger_at_the_place_that_a_numbered_page_wanted(runs, source) -> None:
    runs.site.take_slugs("kk")
    write(source, {"kk/default.md": page("Above")})
    runs("wordpress", source, runs.site.url)
    runs.site.sql("DELETE FROM wp_posts WHERE post_title = 'Theirs'")
    runs.site.run("$page = ['post_type' => 'page', 'post_status' => 'publish'];"
                  "$above = wp_insert_post($page + ['post_title' => 'Theirs', 'post_name' => 'kk']);"
                  "wp_insert_post($page + ['post_title' => 'Their news', 'post_name' => 'news', 'post_parent' => $above]);")
    write(source, {"kk/news/default.md": page("News")})
    runs("wordpress", source, runs.site.url)
    rows = runs.site.reply("wp/v2/pages", slug="news,kk-2", context="edit", orderby="id", order="asc")
    assert [(row["title"]["raw"], row["parent"]) for row in rows][-1] == ("News", rows[0]["id"])


def test_a_language_that_lives_on_another_site_has_nothing_on_this_one(runs, source, tmp_path) -> None:
    (source / "config/system.yaml").write_text("home:\n  alias: /home\nlanguages:\n  supported: [en, kk]\n")
    (source / "pages/home/home.md").rename(source / "pages/home/home.en.md")
    write(source, {"tea/item.en.md": page("Tea", "[Other](/kk/tea)"), "tea/item.kk.md": page("Шай")})
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("extends: wordpress\nwordpress:\n  languages:\n    mode: separate\n"
                       f"    sites: {{en: '{runs.site.url}', kk: 'https://kk.example'}}\n")
    runs.site.plugin("slugs", "add_filter('wp_unique_post_slug_is_bad_flat_slug', '__return_true');")
    runs("wordpress", source, runs.site.url, "--mapping", mapping)
    assert re.search(r"https://kk.example/\S*/tea/", runs.pages()["tea-2"]["content"]["raw"])
    shutil.rmtree(runs.state)
    runs("wordpress", source, runs.site.url, "--mapping", mapping)
    assert runs.writes == [] and there(runs, "posts") == {"tea-2": "Tea"}

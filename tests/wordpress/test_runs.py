"""Whole runs, as a user starts them, against a real WordPress."""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.program import ROOT
from tests.wordpress.server import Wish, running

pytestmark = pytest.mark.wordpress

LOG = "file_put_contents('{file}', $_SERVER['REQUEST_METHOD'] . ' ' . $_SERVER['REQUEST_URI'] . \"\\n\", FILE_APPEND);"
SYSTEM = "timezone: Asia/Almaty\nlanguages:\n  supported: [kk, en]\nhome:\n  alias: /home\n"
TEA = """---
title: Tea & more
date: '2019-07-22 10:00'
taxonomy:
  category: [Drinks]
  tag: [tea, C++]
hero_image: cup.png
sticky: true
---
The first words.

===

A [link](../02.coffee), a [page](/about), [outside](https://example.org?target=_blank) and ![a cup](cup.png "Cup").
"""


def png(shade: int) -> bytes:
    """A small picture."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes([shade, shade, shade]) * 8 for _ in range(8))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A user folder in two languages."""
    files = {
        "config/system.yaml": SYSTEM,
        "config/site.yaml": "title: Tea\n",
        "pages/01.home/home.kk.md": "---\ntitle: Үй\n---\nСәлем.\n",
        "pages/01.home/home.en.md": "---\ntitle: Home\n---\nHello.\n",
        "pages/02.blog/blog.kk.md": "---\ntitle: Блог\n---\n",
        "pages/02.blog/01.tea/item.kk.md": TEA,
        "pages/02.blog/01.tea/item.en.md": TEA.replace("Tea & more", "Tea in English"),
        "pages/02.blog/02.coffee/item.kk.md": "---\ntitle: Кофе\ndate: '2020-01-02 03:04'\n---\nCoffee.\n",
        "pages/03.docs/01.deep/docs.kk.md": "---\ntitle: Терең\n---\nDeep.\n",
        "pages/about/default.kk.md": "---\ntitle: Біз туралы\npublished: false\n---\nAbout.\n",
    }
    user = tmp_path / "user"
    for name, text in files.items():
        (user / name).parent.mkdir(parents=True, exist_ok=True)
        (user / name).write_text(text, encoding="utf-8")
    (user / "pages/02.blog/01.tea/cup.png").write_bytes(png(10))
    (user / "pages/02.blog/02.coffee/cup.png").write_bytes(png(200))
    (user / "pages/02.blog/02.coffee/again.png").write_bytes(png(10))
    (user / "pages/02.blog/02.coffee/logo.svg").write_text("<svg/>")
    return user


class Runs:
    """Runs against one site, with what it has been asked since."""

    def __init__(self, site, folder: Path) -> None:
        self.site, self.state, self.log = site, folder / "state", folder / "requests.log"
        folder.chmod(0o777)
        self.log.touch()
        self.log.chmod(0o666)
        site.plugin("log", LOG.format(file=self.log))

    def __call__(self, command: str, *arguments: object, login: str = "admin",
                 code: int = 0) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "migrate", command, *map(str, arguments), "--user", login]
        line += ["--state", str(self.state)] if command != "doctor" else []
        environment = {**os.environ, "NO_COLOR": "1", "GRAV_MIGRATE_PASSWORD": self.site.users[login]}
        self.log.write_text("")
        done = subprocess.run(line, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                              timeout=300, env=environment)
        assert "Traceback" not in done.stderr, done.stderr[-3000:]
        assert done.returncode == code, done.stdout[-3000:] + done.stderr[-3000:]
        return done

    @property
    def writes(self) -> list[str]:
        """What the last run asked for besides looking."""
        return [line for line in self.log.read_text().splitlines() if not line.startswith(("GET ", "HEAD "))]

    @property
    def report(self) -> dict:
        """The last report."""
        return json.loads((self.state / "migration-report.json").read_text(encoding="utf-8"))

    def pages(self, kind: str = "posts") -> dict[str, dict]:
        """What stands there, by slug."""
        rows = self.site.reply(f"wp/v2/{kind}", status="any", context="edit", per_page=100)
        return {row["slug"]: row for row in rows}


@pytest.fixture
def runs(empty_site, tmp_path: Path) -> Runs:
    return Runs(empty_site, tmp_path)


def test_a_site_comes_over_and_stays(runs, source, tmp_path) -> None:
    site = runs.site
    looked = runs("wordpress", source, site.url, "--dry-run", "--exit-code", code=10)
    assert runs.writes == []
    assert "+title: Tea & more" in looked.stdout and not runs.state.exists()

    runs("wordpress", source, site.url)
    posts, pages = runs.pages(), runs.pages("pages")
    tea = posts["tea"]
    assert sorted(posts) == ["coffee", "tea", "tea-en"]
    assert tea["title"]["raw"] == "Tea & more"
    assert tea["date_gmt"] == "2019-07-22T04:00:00"
    assert (tea["status"], tea["sticky"], tea["comment_status"]) == ("publish", True, "closed")
    assert tea["excerpt"]["raw"] == "The first words."
    assert "<!-- wp:more -->" in tea["content"]["raw"]
    assert f'<a href="{posts["coffee"]["link"]}">' in tea["content"]["raw"]
    assert {row["slug"] for row in site.reply("wp/v2/tags")} == {"tea", "c"}
    categories = {row["slug"]: row for row in site.reply("wp/v2/categories")}
    assert categories["drinks"]["parent"] == categories["kk"]["id"]
    assert tea["categories"] == [categories["drinks"]["id"]]

    assert pages["deep"]["link"] == f"{site.url}/kk/docs/deep/"
    assert (pages["about"]["status"], pages["docs"]["status"]) == ("draft", "draft")
    assert f'<a href="{site.url}/kk/about/">' in tea["content"]["raw"]
    settings = site.reply("wp/v2/settings")
    assert (settings["show_on_front"], settings["page_on_front"]) == ("page", pages["kk"]["id"])
    assert settings["page_for_posts"] == pages["blog"]["id"]

    media = {row["slug"]: row for row in site.reply("wp/v2/media", context="edit")}
    assert len(media) == 2
    assert media[next(slug for slug in media if media[slug]["id"] == tea["featured_media"])]["post"] == tea["id"]
    assert (runs.state / "files/02.blog/02.coffee/logo.svg").exists()
    table = (runs.state / "redirects.csv").read_text()
    assert "/en/blog/tea,/2019/07/22/tea-en/,0,301" in table
    assert "/user/pages/02.blog/01.tea/cup.png,/wp-content/uploads/" in table
    assert f'"kk": {tea["id"]}' in (runs.state / "link-translations.php").read_text()
    rows = {row["source"]: row for row in runs.report["pages"] if "alias" not in row}
    assert rows["02.blog/01.tea/item.kk.md"]["target_id"] == tea["id"]
    assert rows["02.blog/01.tea/item.kk.md"]["new_url"] == "/2019/07/22/tea/"
    assert "G651" not in json.dumps(runs.report), "WordPress has kept every text as it was sent"

    again = runs("wordpress", source, site.url)
    assert runs.writes == [] and "Nothing to do." in again.stdout

    file = source / "pages/02.blog/02.coffee/item.kk.md"
    file.write_text(file.read_text().replace("Coffee.", "Much coffee."))
    changed = runs("wordpress", source, site.url)
    assert len(runs.writes) == 1 and "1 updated" in changed.stdout
    assert "Much coffee." in runs.pages()["coffee"]["content"]["raw"]

    site.run(f"wp_update_post(['ID' => {tea['id']}, 'post_content' => 'Edited by hand']);")
    (source / "pages/02.blog/01.tea/item.kk.md").write_text(TEA.replace("first", "very first"))
    told = runs("wordpress", source, site.url, "--diff", "target", code=3)
    assert runs.writes == []
    assert "-Edited by hand" in told.stdout
    assert runs.pages()["tea"]["content"]["raw"] == "Edited by hand"
    runs("wordpress", source, site.url, "--force", "post:tea")
    assert "The very first words." in runs.pages()["tea"]["content"]["raw"]


def test_what_the_site_has_numbered_is_found_again_without_a_ledger(runs, source) -> None:
    """A picture of somebody's has the slug of a page with pages below it, and a plug-in has its ways with a post's."""
    site = runs.site
    site.take_slugs("kk")
    site.plugin("slugs", "add_filter('wp_unique_post_slug_is_bad_flat_slug',"
                         " fn ($bad, $slug) => $bad || $slug === 'tea', 10, 2);")
    (source / "pages/02.blog/03.milk").mkdir()
    (source / "pages/02.blog/03.milk/item.kk.md").write_text(
        "---\ntitle: Сүт\ndate: '2020-01-03 03:04'\n---\n[Tea](../tea) [Us](/about) [Deep](/docs/deep) [Milk](.)\n")
    runs("wordpress", source, site.url)
    before = {kind: runs.pages(kind) for kind in ("posts", "pages")}
    assert "tea-2" in before["posts"] and "kk-2" in before["pages"]
    milk = before["posts"]["milk"]["content"]["raw"]
    assert all(f'{place}/">' in milk for place in ("/2019/07/22/tea-2", "/kk-2/about", "/kk-2/docs/deep"))

    shutil.rmtree(runs.state)
    found = runs("wordpress", source, site.url, "--json")
    assert runs.writes == []
    assert [row for row in json.loads(found.stdout)["pages"] if row["action"] not in ("adopt", "keep")] == []
    assert {kind: runs.pages(kind) for kind in before} == before
    again = runs("wordpress", source, site.url)
    assert runs.writes == [] and "Nothing to do." in again.stdout

    site.run(f"wp_update_post(['ID' => {before['posts']['tea-2']['id']}, 'post_content' => 'By hand']);")
    shutil.rmtree(runs.state)
    told = runs("wordpress", source, site.url, "--diff", "target", code=3)
    assert runs.writes == [] and "-By hand" in told.stdout
    assert runs.report["totals"]["conflict"] == 1


def test_a_selection_brings_what_it_needs(runs, source) -> None:
    runs("wordpress", source, runs.site.url, "--only", "03.docs/*")
    assert sorted(runs.pages("pages")) == ["deep", "docs", "kk"]
    assert runs.pages() == {} and runs.site.reply("wp/v2/media") == []
    runs("wordpress", source, runs.site.url, "--only", "02.blog/01.tea", "--lang", "kk")
    assert sorted(runs.pages()) == ["tea"]
    assert len(runs.site.reply("wp/v2/media")) == 1
    runs("wordpress", source, runs.site.url)
    assert len(runs.pages()) == 3
    runs("wordpress", source, runs.site.url)
    assert runs.writes == []


def test_permalinks_that_could_not_be_known_are_mended(runs, source) -> None:
    runs.site.run("update_option('permalink_structure', '/articles/%post_id%/'); flush_rewrite_rules();")
    try:
        runs("wordpress", source, runs.site.url)
        posts = runs.pages()
        assert re.fullmatch(r".*/articles/\d+/", posts["coffee"]["link"])
        assert f'href="{posts["coffee"]["link"]}"' in posts["tea"]["content"]["raw"]
        there = f"/articles/{posts['coffee']['id']}/"
        assert f"/kk/blog/coffee,{there},0,301" in (runs.state / "redirects.csv").read_text()
        assert {row["new_url"] for row in runs.report["pages"] if "02.coffee" in row["source"]} == {there}
        runs("wordpress", source, runs.site.url)
        assert runs.writes == []
    finally:
        runs.site.run(f"update_option('permalink_structure', '{runs.site.wish.permalinks}'); flush_rewrite_rules();")


def test_everything_as_drafts_where_subscribers_would_be_told(runs, source) -> None:
    plugin = ("add_action('rest_api_init', fn() => register_rest_route('mailpoet/v1', '/x', "
              "['methods' => 'GET', 'callback' => '__return_true', 'permission_callback' => '__return_true']));")
    runs.site.plugin("mail", plugin)
    told = runs("wordpress", source, runs.site.url)
    assert "G642" in told.stdout
    assert {row["status"] for row in (*runs.pages().values(), *runs.pages("pages").values())} == {"draft"}
    runs("wordpress", source, runs.site.url, "--status", "source")
    assert runs.pages()["tea"]["status"] == "publish"
    (runs.state / "ledger.sqlite").unlink()


def test_the_line_of_links_leads_to_translations(runs, source, tmp_path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text("wordpress: {languages: {links: top}}\n")
    runs("wordpress", source, runs.site.url, "--mapping", file)
    posts = runs.pages()
    assert f'<a href="{posts["tea-en"]["link"]}" hreflang="en" lang="en">English</a>' in posts["tea"]["content"]["raw"]


def test_the_doctor_says_what_is_to_be_mended(runs, source) -> None:
    site = runs.site
    told = runs("doctor", site.url, "--source", source).stdout
    assert "G643" in told and told.endswith("Ready, with what stands above.\n")
    editor = runs("doctor", site.url, login="editor")
    assert "G641" in editor.stdout
    assert "may not do what a migration needs" in runs("doctor", site.url, login="author", code=5).stdout
    site.run("wp_insert_post(['post_title' => 'One', 'post_status' => 'publish']);")
    assert runs("doctor", site.url).stdout.endswith("\nReady.\n")
    site.plugin("less", "add_filter('map_meta_cap', fn($caps, $cap) => $cap === 'unfiltered_html' ? ['do_not_allow'] : "
                        "$caps, 10, 2);")
    assert "G640" in runs("doctor", site.url).stdout
    site.plugin("pll", "add_action('rest_api_init', fn() => register_rest_route('pll/v1', '/x', ['methods' => 'GET', "
                       "'callback' => '__return_true', 'permission_callback' => '__return_true']));")
    assert "G644" in runs("doctor", site.url).stdout
    site.plugin("pll", None)
    (source / "config/system.yaml").write_text(SYSTEM.replace("Asia/Almaty", "Europe/Paris"))
    told = runs("doctor", site.url, "--source", source).stdout
    assert "G645" in told
    assert runs.writes == []
    wrong = subprocess.run([sys.executable, "-m", "migrate", "doctor", site.url, "--user", "admin", "--json"], cwd=ROOT,
                           capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
                           env={**os.environ, "GRAV_MIGRATE_PASSWORD": "nothing at all"})
    assert (wrong.returncode, json.loads(wrong.stdout)["ready"]) == (5, False)


def test_an_editor_goes_on_where_an_administrator_began(runs, source) -> None:
    runs("wordpress", source, runs.site.url)
    front = runs.site.reply("wp/v2/settings")["page_on_front"]
    file = source / "pages/02.blog/02.coffee/item.kk.md"
    file.write_text(file.read_text().replace("Coffee.", "Much coffee."))
    authors = {slug: row["author"] for slug, row in {**runs.pages(), **runs.pages("pages")}.items()}
    told = runs("wordpress", source, runs.site.url, "--prune", login="editor")
    assert len([line for line in runs.writes if "/wp/v2/" in line or "batch" in line]) == 1, "the text that has changed"
    assert authors == {slug: row["author"] for slug, row in {**runs.pages(), **runs.pages("pages")}.items()}
    assert "menus" not in told.stdout and "settings" not in told.stdout, "neither theirs to make nor left over"
    assert len(runs.pages("navigation")) == 2
    assert "Nothing to do." in runs("wordpress", source, runs.site.url, login="editor").stdout
    assert "Much coffee." in runs.pages()["coffee"]["content"]["raw"]
    assert runs.site.reply("wp/v2/settings")["page_on_front"] == front != 0
    told = runs("undo", runs.site.url, login="editor", code=3).stdout
    assert runs.pages() == {} and sorted(runs.pages("pages")) == ["blog", "kk"]  # in front, so not for editors to remove
    assert told.count("rest_cannot_delete") == 4, "these two, and the menus"
    assert told.endswith("4 could not be removed: see above.\n")
    runs("undo", runs.site.url)
    assert runs.pages("pages") == runs.pages("navigation") == {}


def test_going_back_removes_what_was_made_and_nothing_else(runs, source) -> None:
    runs.site.run("wp_insert_post(['post_title' => 'Mine', 'post_name' => 'mine', 'post_status' => 'publish']);")
    runs("wordpress", source, runs.site.url)
    runs.site.run(f"wp_update_post(['ID' => {runs.pages()['coffee']['id']}, 'post_content' => 'Edited']);")
    runs("undo", runs.site.url, "--dry-run", code=3)
    assert runs.writes == []
    told = runs("undo", runs.site.url, code=3)
    assert "! post:coffee" in told.stdout
    assert sorted(runs.pages()) == ["coffee", "mine"]
    assert runs.pages("pages") == {}
    assert runs.site.reply("wp/v2/media") == runs.site.reply("wp/v2/tags") == []
    assert runs.site.reply("wp/v2/settings")["show_on_front"] == "posts"


def test_a_report_names_addresses_that_lead_back(runs, source) -> None:
    file = source / "pages/02.blog/02.coffee/item.kk.md"
    file.write_text(file.read_text() + '\n<div style="background:url(/user/themes/x/y.png)">x</div>\n')
    assert "G646" in runs("wordpress", source, runs.site.url).stdout


POLYLANG = """
add_action('rest_api_init', function () {
    $get = fn($name) => function ($thing, $field, $request, $type) use ($name) {
        $of = in_array($type, ['category', 'tag']) ? get_term_meta($thing['id'], $name, true)
            : get_post_meta($thing['id'], $name, true);
        return $name === 'lang' ? ($of ?: 'kk') : (object) ($of ?: []);
    };
    $set = fn($name) => function ($value, $thing) use ($name) {
        if ($name === 'translations') {
            foreach ($value as $code => $id) {
                if (!get_post($id)) return new WP_Error('pll', "No post $id", ['status' => 400]);
            }
            $own = get_post_meta($thing->ID, 'lang', true);
            foreach ([$own => $thing->ID] + $value as $id) update_post_meta($id, $name, [$own => $thing->ID] + $value);
            return true;
        }
        return isset($thing->term_id) ? update_term_meta($thing->term_id, $name, $value) !== false
            : update_post_meta($thing->ID, $name, $value) !== false;
    };
    foreach (['lang' => ['type' => 'string'], 'translations' => ['type' => 'object']] as $name => $schema) {
        register_rest_field(['post', 'page', 'category', 'tag'], $name,
            ['get_callback' => $get($name), 'update_callback' => $set($name), 'schema' => $schema + ['context' => ['view', 'edit']]]);
    }
});
"""


def test_polylang_pro_is_told_of_languages_and_translations(runs, source) -> None:
    """A stand-in for the fields of Polylang Pro, which is no free software: `lang`, and `translations` of posts."""
    runs.site.plugin("polylang", POLYLANG)
    runs("wordpress", source, runs.site.url)
    posts = runs.pages()
    group = {"kk": posts["tea"]["id"], "en": posts["tea-en"]["id"]}
    assert (posts["tea"]["lang"], posts["tea-en"]["lang"]) == ("kk", "en")
    assert posts["tea"]["translations"] == posts["tea-en"]["translations"] == group
    terms = {term["slug"]: term["lang"] for term in runs.site.reply("wp/v2/categories") if term["slug"] != "uncategorized"}
    assert terms == {"drinks": "kk", "drinks-en": "en"}
    assert not (runs.state / "link-translations.php").exists()
    runs("wordpress", source, runs.site.url)
    assert runs.writes == []


def test_one_language_for_each_site(runs, source, tmp_path) -> None:
    file = tmp_path / "my.yaml"
    sites = {"kk": runs.site.url, "en": "https://en.example"}
    file.write_text(json.dumps({"wordpress": {"languages": {"mode": "separate", "sites": sites}}}))
    runs("wordpress", source, runs.site.url, "--mapping", file)
    assert sorted(runs.pages()) == ["coffee", "tea"]
    assert sorted(term["slug"] for term in runs.site.reply("wp/v2/categories")) == ["drinks", "uncategorized"]
    runs("wordpress", source, runs.site.url, "--mapping", file)
    assert runs.writes == []


def test_a_site_in_a_sub_directory(tmp_path, source, wordpress) -> None:
    del wordpress                                        # it says whether there is one at all
    with running(tmp_path / "site", Wish(path="/blog", permalinks="/%postname%/", timezone="UTC")) as site:
        runs = Runs(site, tmp_path)
        runs("wordpress", source, site.url)
        posts = runs.pages()
        assert posts["tea"]["link"] == f"{site.url}/tea/"
        assert f'href="{site.url}/coffee/"' in posts["tea"]["content"]["raw"]
        assert "/kk/blog/tea,/blog/tea/,0,301" in (runs.state / "redirects.csv").read_text()
        runs("wordpress", source, site.url)
        assert runs.writes == []


def test_plain_permalinks_stop_a_run(tmp_path, source, wordpress) -> None:
    del wordpress
    with running(tmp_path / "site", Wish(permalinks="")) as site:
        runs = Runs(site, tmp_path)
        stopped = runs("wordpress", source, site.url, code=5)
        assert "has plain permalinks" in stopped.stderr and runs.writes == []
        assert "has plain permalinks" in runs("doctor", site.url, code=5).stdout


def test_a_file_that_is_refused_after_all_lies_ready_to_be_copied(runs, source) -> None:
    (source / "pages/02.blog/01.tea/cup.png").write_bytes(b"this is no picture")
    told = runs("wordpress", source, runs.site.url, code=3)
    assert "G448" in told.stdout
    assert (runs.state / "files/02.blog/01.tea/cup.png").exists()
    assert f'src="{runs.site.url}/wp-content/uploads/grav/02.blog/01.tea/cup.png"' in runs.pages()["tea"]["content"]["raw"]
    again = runs("wordpress", source, runs.site.url, code=3)
    assert runs.writes == []
    name = re.search(r"--force (media:gm-\w+) does", again.stdout)
    runs("wordpress", source, runs.site.url, "--force", name[1], code=3)
    assert len(runs.writes) == 1
    (source / "pages/02.blog/01.tea/cup.png").write_bytes(png(50))
    runs("wordpress", source, runs.site.url)
    assert "uploads/grav" not in runs.pages()["tea"]["content"]["raw"]

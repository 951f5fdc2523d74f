"""The site as a Store: the suite that every store passes, on a real WordPress, and what is its own."""

from __future__ import annotations

import base64
import time
from contextlib import closing

import pytest
import requests

from migrate.apply import entry_of, recover
from migrate.errors import TargetError, Undecided, Unreachable
from migrate.ledger import open_ledger
from migrate.model.document import Key
from migrate.model.plan import Action, Entry, Intent
from migrate.model.reference import Reference, token
from migrate.model.resource import Resource
from migrate.writers import Write
from migrate.writers.wordpress.batching import MANY
from migrate.writers.wordpress.client import Account, Manners, Unsure, connect
from migrate.writers.wordpress.kinds import digest_for
from migrate.writers.wordpress.store import WordPressStore
from tests.writers.store_contract import StoreContract

pytestmark = pytest.mark.wordpress

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MANNERS = Manners(patience=0.2, deadline=20)


def opened(site, user="admin", manners=MANNERS):
    return WordPressStore(connect(site.url, Account(*site.auth(user)), manners))


def post(key="a", text="text", slug=None, **more):
    fields = {"title": "Title", "slug": slug or key, "status": "publish", "date_gmt": "2020-01-02T03:04:05",
              "content": text, **more}
    return Resource(key=Key(key), kind="post", natural_key=f"post:{fields['slug']}", fields=fields,
                    digest=digest_for("post", fields))


def page(key, natural_key, **more):
    fields = {"title": "Title", "status": "publish", "date_gmt": "2020-01-02T03:04:05", "content": "text", **more}
    return Resource(key=Key(key), kind="page", natural_key=natural_key, fields=fields, digest=digest_for("page", fields))


def made_term(key, number):
    return Entry(key=Key(key), kind="tag", target_id=str(number), desired="", observed="", natural_key=f"tag:{key}")


def thing(kind, key, natural_key, **fields):
    return Resource(key=Key(key), kind=kind, natural_key=natural_key, fields=fields, digest="")


def sent(site, path, fields, method="POST", user="admin"):
    reply = requests.request(method, site.api + path, json=fields, auth=site.auth(user), timeout=30)
    reply.raise_for_status()
    return reply.json()


def by_slug(site, slug, route="posts"):
    return site.reply(f"wp/v2/{route}", slug=slug, status="any", context="edit")


@pytest.fixture
def store(empty_site):
    store = opened(empty_site)
    yield store
    store.close()


@pytest.fixture
def again(empty_site):
    stores = []

    def open_it(user="admin"):
        stores.append(opened(empty_site, user))
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


class TestContract(StoreContract):
    NAMES = ("post:a", "post:b", "post:moved")

    def wish(self, key, text="text", place=None):
        return post(key, text, place.partition(":")[2] if place else key)

    @pytest.fixture
    def stranger(self, empty_site):
        def change(what):
            time.sleep(1.1)  # the site knows when something was changed, to the second
            slug = (what if isinstance(what, str) else what.natural_key).partition(":")[2]
            found = by_slug(empty_site, slug)
            path = f"wp/v2/posts/{found[0]['id']}" if found else "wp/v2/posts"
            if isinstance(what, str):
                sent(empty_site, path, {}, "DELETE")
            else:
                sent(empty_site, path, dict(what.fields))

        return change


class TestReferences:
    def test_numbers_and_addresses_are_filled_in_from_the_ledger(self, store, tmp_path):
        picture = tmp_path / "p.png"
        picture.write_bytes(PNG)
        ledger = {}

        def made(resource):
            [settled] = store.settle([resource], ledger)
            ledger[resource.key] = entry_of(settled, store.create(settled))
            return settled

        made(thing("category", "c", "category:news", name="News & Views", slug="news"))
        made(thing("tag", "t", "tag:silk", name="Silk", slug="silk"))
        made(thing("media", "m", "media:gm-1", file=str(picture), filename="p.png", slug="gm-1", title="P",
                   alt_text="A dot", caption="Cap", mime="image/png"))
        body = f'<img src="{token(Key("m"), "url")}" data-id="{token(Key("m"), "id")}">'
        post = made(thing("post", "p", "post:p", title="P", slug="p", status="publish", date_gmt="2020-01-02T03:04:05",
                          categories=(Reference(Key("c")),), tags=(Reference(Key("t")),),
                          featured_media=Reference(Key("m")), content=body))
        number = ledger["m"].target_id
        assert post.fields["content"] == f'<img src="{ledger["m"].url}" data-id="{number}">'
        assert post.fields["featured_media"] == int(number)
        assert all(entry.observed == entry.desired for entry in ledger.values()), ledger

    def test_what_is_not_there_yet_is_predicted_and_mended_only_where_that_was_wrong(self, store):
        ledger = {key: entry_of(post(key), store.create(post(key))) for key in ("b", "c")}
        store.predict({Key("b"): ledger["b"].url, Key("c"): "https://example.org/wrong/"})
        wish = thing("post", "a", "post:a", slug="a", content=f"{token(Key('b'), 'url')} {token(Key('c'), 'url')}")
        [settled] = store.settle([wish], {})
        assert settled.fields["content"] == f"{ledger['b'].url} https://example.org/wrong/"
        assert store.unsettled({Key("b"): ledger["b"]}) == set()
        assert store.unsettled(ledger) == {"a"}
        [settled] = store.settle([wish], ledger)
        assert settled.fields["content"] == f"{ledger['b'].url} {ledger['c'].url}"
        assert store.unsettled(ledger) == set()

    def test_a_page_without_its_parent_is_refused_a_post_without_its_term_is_not(self, store):
        with pytest.raises(TargetError, match="belongs under"):
            store.settle([thing("page", "a", "page:b/a", slug="a", parent=Reference(Key("b")))], {})
        [settled] = store.settle([thing("post", "a", "post:a", slug="a", tags=(Reference(Key("t")),))], {})
        assert settled.fields["tags"] == []
        assert store.unsettled({Key("t"): made_term("t", 7)}) == {"a"}


class TestNames:
    @pytest.mark.parametrize("slug", ["қазақша", "%d2%9b%d0%b0", "a-2", "2020", "x" * 190])
    def test_slugs_of_all_sorts_are_found_again(self, store, again, slug):
        entry = entry_of(post("a", slug=slug), store.create(post("a", slug=slug)))
        assert entry.observed == entry.desired
        assert again().occupied([f"post:{slug}"])
        assert again().observe([post("a", slug=slug)], {})["a"].digest == entry.desired

    def test_a_slug_that_the_site_keeps_for_itself_is_announced(self, store):
        made = store.create(post("a", slug="feed"))
        assert (made.code, made.why) == ("G650", "feed-2")

    def test_a_name_taken_since_the_run_began_is_refused_and_nothing_stays(self, store, empty_site):
        store.occupied(["post:a"])
        sent(empty_site, "wp/v2/posts", {"title": "Theirs", "slug": "a", "status": "publish"})
        with pytest.raises(TargetError, match="exists already"):
            store.create(post("a"))
        assert [item["slug"] for item in empty_site.reply("wp/v2/posts", status="any")] == ["a"]

    def test_pages_are_found_by_their_path(self, store, again):
        parent = page("p", "page:docs", slug="docs")
        entry = entry_of(parent, store.create(parent))
        for key, place in (("x", "page:x"), ("y", "page:docs/x")):
            wish = page(key, place, slug="x", parent=int(entry.target_id) if key == "y" else 0)
            assert store.create(wish).digest == wish.digest
        assert again().occupied(["page:docs/x", "page:x", "page:docs", "page:docs/docs"]) == {
            "page:docs/x", "page:x", "page:docs"}

    def test_a_term_made_since_the_run_began_is_used_and_not_ours(self, store, empty_site):
        assert not store.occupied(["category:news"])
        there = sent(empty_site, "wp/v2/categories", {"name": "News", "slug": "news"})
        [wish] = store.settle([thing("category", "c", "category:news", name="News", slug="news")], {})
        made = store.create(wish)
        assert (made.target_id, made.found, made.code) == (str(there["id"]), True, "")

    def test_a_term_of_the_same_name_that_the_site_insists_on_is_used_and_announced(self, store, empty_site):
        there = sent(empty_site, "wp/v2/categories", {"name": "News", "slug": "alt"})
        empty_site.plugin("insist", "add_filter('pre_insert_term', function ($name) {"
                                    f" return new WP_Error('term_exists', 'It exists.', {there['id']}); }});")
        [wish] = store.settle([thing("category", "c", "category:news", name="News", slug="news")], {})
        made = store.create(wish)
        assert (made.target_id, made.found, made.code, made.why) == (str(there["id"]), True, "G652", "alt")

    def test_a_term_of_the_same_slug_serves_whatever_it_is_called(self, store, again, empty_site):
        sent(empty_site, "wp/v2/tags", {"name": "Silk Road", "slug": "silk", "description": "Theirs"})
        [wish] = store.settle([thing("tag", "t", "tag:silk", name="Silk", slug="silk")], {})
        seen = store.observe([wish], {})[wish.key]
        assert seen.digest == wish.digest
        entry = entry_of(wish, seen, owned=False)
        assert again().observe([], {entry.key: entry})[entry.key].digest == entry.observed


class TestRoles:
    def test_what_a_role_may_not_say_is_announced_and_not_taken_for_an_edit(self, again):
        store = again("author")
        wish = post("a", '<!-- wp:html --><iframe src="https://example.org"></iframe><!-- /wp:html -->')
        made = store.create(wish)
        assert (made.code, made.why) == ("G651", "content")
        entry = entry_of(wish, made)
        assert again("author").observe([wish], {wish.key: entry})[wish.key].digest == entry.observed

    def test_an_author_may_not_make_categories(self, again):
        store = again("author")
        [wish] = store.settle([thing("category", "c", "category:c", name="C", slug="c")], {})
        with pytest.raises(TargetError, match="rest_cannot_create"):
            store.create(wish)


class TestMany:
    def test_a_hundred_at_once_and_what_is_refused_alone(self, store, again, empty_site):
        wishes = [post(f"p{number}", f"text {number}") for number in range(100)]
        wishes[30] = post("p30", "x", author=4711)
        writes = [Write(Action.CREATE, wish, None) for wish in wishes]
        results = dict(store.write_all(writes))
        assert [place for place, result in results.items() if isinstance(result, TargetError)] == [30]
        looking = again()
        seen = looking.observe(wishes, {})
        assert len(seen) == 99
        assert all(seen[wish.key].digest == wish.digest for wish in wishes if wish.key in seen)

    def test_what_the_site_did_to_terms_and_excerpts_is_told(self, store, empty_site):
        tags = [int(store.create(store.settle([thing("tag", name, f"tag:{name}", name=name, slug=name)], {})[0]).target_id)
                for name in ("s", "t")]
        empty_site.plugin("meddles", "add_action('rest_after_insert_post', function ($post) {"
                                     " if ($post->post_name === 'p3') wp_set_post_tags($post->ID, []);"
                                     " if ($post->post_name === 'p4')"
                                     " wp_update_post(['ID' => $post->ID, 'post_excerpt' => 'X']); });")
        wishes = [post(f"p{number}", tags=tags, excerpt=f"Short {number}") for number in range(MANY)]
        results = dict(store.write_all([Write(Action.CREATE, wish, None) for wish in wishes]))
        assert {place: (seen.code, seen.why) for place, seen in results.items() if seen.code} == {
            3: ("G651", "tags"), 4: ("G651", "excerpt")}
        assert all(results[place].digest == wish.digest for place, wish in enumerate(wishes) if place not in (3, 4))
        assert sorted(by_slug(empty_site, "p5")[0]["tags"]) == sorted(tags)

    def test_an_edit_before_the_second_look_is_not_taken_for_ours(self, store, again, empty_site, monkeypatch):
        wishes = [post(f"p{number}", excerpt=f"Short {number}") for number in range(MANY)]
        look = store._inventory.fetched

        def late(kind, numbers, names):
            time.sleep(1.1)
            sent(empty_site, f"wp/v2/posts/{numbers[0]}", {"content": "By hand"})
            return look(kind, numbers, names)

        monkeypatch.setattr(store._inventory, "fetched", late)
        results = dict(store.write_all([Write(Action.CREATE, wish, None) for wish in wishes]))
        entries = {wish.key: entry_of(wish, results[place]) for place, wish in enumerate(wishes)}
        seen = again().observe(wishes, entries)
        [edited] = [key for key in seen if seen[key].digest != entries[key].observed]
        assert by_slug(empty_site, edited)[0]["content"]["raw"] == "By hand"

    def test_a_post_that_becomes_a_page_changes_places(self, store, empty_site):
        entry = entry_of(post("a"), store.create(post("a")))
        wish = page("a", "page:a", slug="a")
        [(_, made)] = store.write_all([Write(Action.UPDATE, wish, entry)])
        assert made.digest == wish.digest
        assert by_slug(empty_site, "a", "posts") == []
        assert len(by_slug(empty_site, "a", "pages")) == 1

    def test_a_site_without_batches_gets_them_one_by_one(self, empty_site, again):
        empty_site.plugin("nobatch", "add_filter('rest_endpoints', function ($all) {"
                                     " unset($all['/batch/v1']); return $all; });")
        store = again()
        results = dict(store.write_all([Write(Action.CREATE, post(f"p{n}"), None) for n in range(5)]))
        assert all(results[n].digest == post(f"p{n}").digest for n in range(5))


class TestDoubt:
    @pytest.fixture
    def losing(self, store, monkeypatch):
        """The replies to so many batches come to nothing, though the site has done all of it; or none of it is seen."""
        def lose(count, blind=0):
            send, look, told = store._client.batch, store._inventory.looked_up, {"sent": 0, "looked": 0}

            def batch(requests):
                answers = send(requests)
                told["sent"] += 1
                if told["sent"] <= count:
                    raise Unsure("the reply is lost", over=True)
                return answers

            def looked_up(kind, slugs, names):
                told["looked"] += 1
                return [] if told["looked"] <= blind else look(kind, slugs, names)

            monkeypatch.setattr(store._client, "batch", batch)
            monkeypatch.setattr(store._inventory, "looked_up", looked_up)

        return lose

    @pytest.mark.parametrize(("lost", "blind"), [(1, 0), (3, 0), (1, 2), (2, 2)])
    def test_a_page_whose_slug_a_picture_has_is_made_once(self, store, empty_site, losing, lost, blind):
        empty_site.take_slugs("about")
        losing(lost, blind)
        made = store.create(page("p", "page:about", slug="about"))
        [there] = empty_site.reply("wp/v2/pages", status="any", context="edit")
        assert (there["slug"], str(there["id"])) == ("about-2", made.target_id)
        assert (made.code, made.why) == ("G650", "about-2")

    @pytest.mark.parametrize("tries", [1, 2])
    def test_an_interrupted_run_finds_such_a_page_again(self, again, empty_site, tmp_path, tries):
        empty_site.take_slugs("about")
        sent(empty_site, "wp/v2/pages", {"title": "Theirs", "slug": "about-2", "status": "publish"})
        wish = page("p", "page:about", slug="about")
        for _ in range(tries):
            sent(empty_site, "wp/v2/pages", wish.fields)
        (tmp_path / "state").mkdir()
        with closing(open_ledger(tmp_path / "state")) as ledger:
            ledger.intend([Intent(action=Action.CREATE, key=wish.key, kind="page", natural_key="page:about",
                                  digest=wish.digest)])
            recover(again(), ledger)
            assert not ledger.intents()
            rows = empty_site.reply("wp/v2/pages", status="publish", context="edit")
            assert {row["slug"]: row["title"]["raw"] for row in rows} == {"about-2": "Theirs", "about-3": "Title"}
            assert ledger.entries[wish.key].target_id == str(by_slug(empty_site, "about-3", "pages")[0]["id"])

    def test_the_run_stops_where_the_password_is_withdrawn(self, store, empty_site):
        store.observe((post(),), {Key("t"): made_term("t", 1)})
        empty_site.plugin("nobody", "add_filter('determine_current_user', '__return_zero', 99);")
        with pytest.raises(Unreachable, match=r"withdrawn.* goes on"):
            store.create(post())
        with pytest.raises(Unreachable, match="withdrawn"):
            list(store.write_all([Write(Action.CREATE, post(str(number)), None) for number in range(3)]))

    def test_what_never_gets_a_reply_is_looked_up_by_the_next_run(self, store, empty_site, losing):
        losing(99, blind=99)
        [(_, result)] = store.write_all([Write(Action.CREATE, post(), None)])
        assert isinstance(result, Undecided)

    def test_a_post_that_becomes_a_page_with_a_number_is_found_after_an_interruption(self, again, empty_site, tmp_path):
        empty_site.take_slugs("tea")
        entry = entry_of(post("a", slug="tea"), again().create(post("a", slug="tea")))
        wish = page("a", "page:tea", slug="tea")
        made = sent(empty_site, "wp/v2/pages", wish.fields)
        (tmp_path / "state").mkdir()
        with closing(open_ledger(tmp_path / "state")) as ledger:
            ledger.record([entry], [], [])
            ledger.intend([Intent(action=Action.UPDATE, key=wish.key, kind="page", natural_key="page:tea",
                                  digest=wish.digest, former=entry.target_id)])
            recover(again(), ledger)
            assert ledger.entries[wish.key].target_id == str(made["id"])
        assert by_slug(empty_site, "tea", "posts") == []

    def test_a_page_below_one_that_the_site_has_numbered_is_found_after_an_interruption(self, again, empty_site, tmp_path):
        empty_site.take_slugs("about")
        above = again().create(page("p", "page:about", slug="about"))
        fields = page("c", "", slug="team", parent=int(above.target_id), content="half of").fields
        sent(empty_site, "wp/v2/pages", fields)
        wish = page("c", "page:about/team", **(fields | {"content": "all of it"}))
        (tmp_path / "state").mkdir()
        with closing(open_ledger(tmp_path / "state")) as ledger:
            ledger.record([entry_of(page("p", "page:about", slug="about"), above)], [], [])
            ledger.intend([Intent(action=Action.CREATE, key=wish.key, kind="page", natural_key="page:about/team",
                                  digest=wish.digest)])
            recover(again(), ledger)
            assert ledger.entries[wish.key].target_id == str(by_slug(empty_site, "team", "pages")[0]["id"])

    @pytest.mark.parametrize(("more", "found"), [
        ({}, True),
        ({"content": "edited"}, True),
        ({"date_gmt": "2020-01-02T03:04:06"}, False),
    ])
    def test_a_page_under_a_numbered_slug_is_looked_at_where_its_date_is_the_same(self, again, empty_site, more, found):
        wish = page("p", "page:about", slug="about")
        sent(empty_site, "wp/v2/pages", wish.fields | {"slug": "about-3"} | more)
        [seen] = [*again().observe((wish,), {}).values()] or [None]
        assert (seen is not None) == found
        if seen is not None:
            assert (seen.found, seen.code, seen.why) == ((False, "", "") if more else (True, "G650", "about-3"))

    def test_a_page_under_a_numbered_slug_that_has_an_owner_is_not_another_one(self, again, empty_site):
        wish, other = page("p", "page:about", slug="about"), page("o", "page:about-2", slug="about-2")
        store = again()
        made = store.create(other)
        assert again().observe((wish,), {other.key: entry_of(other, made)}).keys() == {other.key}
        store = again()
        store.predict({}, {wish.key: "page:about", other.key: "page:about-2"})
        assert store.observe((wish,), {}) == {}

    def test_two_pages_of_one_name_are_not_taken_for_each_other(self, store, empty_site, losing):
        losing(1)
        wishes = [page(slug, f"page:{slug}", slug=slug) for slug in ("about-2", "about")]
        results = dict(store.write_all([Write(Action.CREATE, wish, None) for wish in wishes]))
        assert [results[place].digest for place in (0, 1)] == [wish.digest for wish in wishes]
        assert sorted(row["slug"] for row in empty_site.reply("wp/v2/pages", status="any")) == ["about", "about-2"]

    def test_what_another_page_wants_under_that_slug_is_not_ours(self, store, empty_site, losing):
        empty_site.take_slugs("about")
        sent(empty_site, "wp/v2/pages", {"title": "Theirs", "slug": "about-2", "status": "publish"})
        losing(1)
        store.create(page("p", "page:about", slug="about"))
        rows = empty_site.reply("wp/v2/pages", status="any", context="edit")
        assert {row["slug"]: row["title"]["raw"] for row in rows} == {"about-2": "Theirs", "about-3": "Title"}


class TestEdits:
    def test_an_edit_made_since_the_run_began_is_not_overwritten(self, store, empty_site, monkeypatch):
        monkeypatch.setattr("migrate.writers.wordpress.writing.FRESH", 0)
        entries = {key: entry_of(post(key), store.create(post(key))) for key in ("a", "b")}
        time.sleep(1.1)
        sent(empty_site, f"wp/v2/posts/{entries['a'].target_id}", {"content": "By hand"})
        writes = [Write(Action.UPDATE, post(key, "new"), entries[key]) for key in ("a", "b")]
        results = dict(store.write_all(writes))
        assert "edited on the site since" in str(results[0])
        assert results[1].digest == post("b", "new").digest
        assert by_slug(empty_site, "a")[0]["content"]["raw"] == "By hand"


class TestMedia:
    def picture(self, folder, **more):
        path = folder / "p.png"
        path.write_bytes(PNG)
        fields = {"file": str(path), "filename": 'фото "1".png', "slug": "gm-1", "title": "P", "alt_text": "Точка",
                  "caption": "<em>C</em>", "description": "", "mime": "image/png", **more}
        return thing("media", "m", "media:gm-1", **fields)

    def test_a_file_is_kept_with_its_words(self, store, again, tmp_path, empty_site):
        [wish] = store.settle([self.picture(tmp_path)], {})
        made = store.create(wish)
        assert (made.digest, made.code) == (wish.digest, "")
        assert requests.get(made.url, timeout=30).content == PNG
        entry = entry_of(wish, made)
        assert again().observe([wish], {wish.key: entry})[wish.key].digest == wish.digest
        assert again().observe([wish], {})[wish.key].digest == wish.digest

    def test_words_too_long_for_an_address_go_after_it(self, store, tmp_path):
        [wish] = store.settle([self.picture(tmp_path, caption="слово " * 700, description="d" * 9000)], {})
        assert store.create(wish).digest == wish.digest

    def test_a_type_that_the_site_refuses(self, store, tmp_path):
        [wish] = store.settle([self.picture(tmp_path, filename="x.svg", mime="image/svg+xml")], {})
        (tmp_path / "p.png").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        with pytest.raises(TargetError, match="rest_upload_sideload_error"):
            store.create(wish)

    def test_a_file_that_is_gone(self, store, tmp_path):
        [wish] = store.settle([self.picture(tmp_path)], {})
        (tmp_path / "p.png").unlink()
        with pytest.raises(TargetError, match="cannot be read"):
            store.create(wish)


class TestSettings:
    def test_a_front_page_is_set_and_seen(self, store, again, empty_site):
        number = int(store.create(page("h", "page:home", slug="home")).target_id)
        [wish] = store.settle([thing("settings", "setting:front", "settings:front", show_on_front="page",
                                     page_on_front=number)], {})
        assert store.observe([wish], {}) == {}
        entry = entry_of(wish, store.create(wish))
        assert entry.observed == entry.desired
        assert again().observe([wish], {wish.key: entry})[wish.key].digest == entry.desired
        sent(empty_site, "wp/v2/settings", {"page_on_front": 0})
        assert again().observe([wish], {wish.key: entry})[wish.key].digest != entry.desired

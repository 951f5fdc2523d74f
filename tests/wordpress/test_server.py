"""The WordPress that the other tests trust is a real one, and can be emptied and bent."""

from __future__ import annotations

import os

import pytest
import requests

from tests.wordpress.server import Wish, running

pytestmark = pytest.mark.wordpress


def post(site, **fields):
    return requests.post(site.api + "wp/v2/posts", json=fields, auth=site.auth("editor"), timeout=30)


def test_it_takes_a_post_and_shows_it(empty_site):
    made = post(empty_site, title="Жаңа", slug="one", status="publish", date_gmt="2020-01-02T03:04:05").json()
    assert made["link"] == f"{empty_site.url}/2020/01/02/one/"
    assert "Жаңа" in requests.get(made["link"], timeout=30).text


def test_emptied_it_holds_nothing(empty_site):
    post(empty_site, title="One", slug="one", status="publish")
    empty_site.empty()
    for kind in ("posts", "pages"):
        assert empty_site.reply(f"wp/v2/{kind}", status="any") == []
    for kind in ("media", "tags"):
        assert empty_site.reply(f"wp/v2/{kind}") == []
    assert [term["slug"] for term in empty_site.reply("wp/v2/categories")] == ["uncategorized"]


def test_a_plugin_is_active_at_once(empty_site):
    empty_site.plugin("refuse", "add_filter('rest_pre_dispatch', fn() => new WP_Error('no', 'No.', ['status' => 403]));")
    assert post(empty_site, title="One").status_code == 403


def test_plain_permalinks_in_a_sub_directory(tmp_path, wordpress):
    with running(tmp_path / "site", Wish(permalinks="", path="/blog")) as site:
        assert site.reply("wp/v2/users/me")["slug"] == "admin"
        assert "text/html" in requests.get(site.url + "/wp-json/", timeout=30).headers["content-type"]
        pids = site.pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

"""When the site's answer is another thing than what was sent, and when it only says it in its own way."""

from __future__ import annotations

import pytest

from migrate.writers.wordpress.kinds import altered, canonical, digest_for, digest_shown, names_in, shown


@pytest.mark.parametrize(("kind", "sent", "reply", "found"), [
    ("media", {"caption": ""}, {"caption": {"raw": "From the camera"}}, ()),
    ("media", {"caption": "Ours"}, {"caption": {"raw": "From the camera"}}, ("caption",)),
    ("post", {"slug": "", "categories": []}, {"slug": "title", "categories": [1]}, ()),
    ("post", {"slug": "tea"}, {"slug": "tea-2"}, ("slug",)),
    ("post", {"slug": "жаңа"}, {"slug": "%d0%b6%d0%b0%d2%a3%d0%b0"}, ()),
    ("post", {"status": "publish"}, {"status": "future"}, ()),
    ("post", {"status": "publish"}, {"status": "draft"}, ("status",)),
    ("post", {"content": "<p>a</p>"}, {"content": {"raw": "<p>a</p>", "rendered": "x"}}, ()),
    ("tag", {"name": "Tea & more"}, {"name": "Tea &amp; more"}, ()),
])
def test_what_was_altered(kind, sent, reply, found) -> None:
    assert altered(canonical(kind, sent), shown(kind, sent, reply)) == found


def test_a_digest_compares_the_fields_that_were_sent() -> None:
    sent = {"title": "Tea", "slug": "tea", "meta": {"footnotes": "[]"}}
    digest = digest_for("post", sent)
    reply = {"id": 5, "title": {"raw": "Tea"}, "slug": "tea", "meta": {"footnotes": "[]", "other": 1}, "excerpt": {"raw": "x"}}
    assert digest_shown("post", names_in(digest), reply) == digest
    assert digest_shown("post", names_in(digest), {**reply, "title": {"raw": "Coffee"}}) != digest

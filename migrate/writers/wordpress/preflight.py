"""Looks at a WordPress before anything is written to it: what must be known, what stops a run, what will be lost.

Only questions: GET and HEAD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from migrate.aside import Aside
from migrate.errors import TargetError
from migrate.findings import Finding, find
from migrate.writers.wordpress.client import Client, Refusal
from migrate.writers.wordpress.facts import TargetFacts, User
from migrate.writers.wordpress.menus import menu_day
from migrate.writers.wordpress.permalinks import structure_of

NEEDED = ("edit_posts", "publish_posts", "edit_others_posts", "edit_pages", "publish_pages", "edit_others_pages",
          "upload_files", "manage_categories")
"""Capabilities without which a run could not be finished: those of an editor."""

NAVIGATION = "/wp/v2/navigation"
MOST_USERS = 5000  # looked at for the authors of pages
ROLES = "An editor or administrator has them"
OWN = ("oembed/", "wp/", "wp-site-health/", "wp-block-editor/", "wp-abilities/", "batch/")
MAILING = {
    "jetpack": "Jetpack", "newsletter": "Newsletter", "mailpoet": "MailPoet", "mailster": "Mailster",
    "activitypub": "ActivityPub", "subscribe2": "Subscribe2", "onesignal": "OneSignal", "mailerlite": "MailerLite",
    "tnp": "Newsletter", "email-subscribers": "Email Subscribers", "sendpress": "SendPress", "mc4wp": "Mailchimp",
    "fluent-crm": "FluentCRM", "blog2social": "Blog2Social", "wp-to-buffer": "WP to Buffer", "feedzy": "Feedzy",
    "webpushr": "Webpushr", "share-on-mastodon": "Share on Mastodon", "publicize": "Jetpack",
}
"""Name spaces of plug-ins that tell people of each post that is published, old ones too."""

LANGUAGES = {"pll/": "Polylang", "wpml/": "WPML", "multilingualpress/": "MultilingualPress", "trp/": "TranslatePress"}


class Seen(NamedTuple):
    """What the look has found. `announces`: plug-ins that tell subscribers of what is published."""

    facts: TargetFacts
    findings: tuple[Finding, ...]
    announces: tuple[str, ...]


def look_before(client: Client, login: str) -> Seen:
    """Look at the site as `login`. Raises TargetError, with what to do, where a run could not succeed."""
    refuse_plain_permalinks(client)
    asked = Asked(client)
    facts = facts_of(client, _who_we_are(client, login), asked)
    announces = announcing(facts.plugins)
    return Seen(facts, tuple(_findings(facts, announces)), announces)


def refuse_plain_permalinks(client: Client) -> None:
    """Raise TargetError where addresses are `?p=12`: nothing could stay where it was."""
    if "rest_route=" in client.root:
        raise TargetError(
            f"{client.address} has plain permalinks (?p=12), so no page could keep its address. Choose another form "
            "under Settings → Permalinks, “Post name” if you are free to, and run again."
        )


class Asked:
    """Questions that do not wait for each other's answers."""

    def __init__(self, client: Client) -> None:
        """All are asked at once."""
        self.users = Aside(lambda: _users(client))
        self.posts = Aside(lambda: _asked(client, "wp/v2/posts", {
            "per_page": 10, "context": "edit", "_fields": "id,slug,link,date,_links"}))


def facts_of(client: Client, me: Mapping[str, Any], asked: Asked) -> TargetFacts:
    """Everything that the plan needs. `me`: the user as `client.me()` gives it."""
    index = client.index
    user = User(int(me.get("id", 0)), str(me.get("slug", "")), str(me.get("name", "")))
    zone, offset = str(index.get("timezone_string") or ""), _number(index.get("gmt_offset"))
    bare = TargetFacts(url=_address(client), title=str(index.get("name", "")), user=user, zone=zone, offset=offset)
    structure = _structure(asked.posts.result(), bare)
    posts, media = _arguments(index, "/wp/v2/posts"), _arguments(index, "/wp/v2/media")
    meta = posts.get("meta")
    registered = meta.get("properties", {}) if isinstance(meta, Mapping) else {}
    return TargetFacts(
        url=bare.url, title=bare.title, structure=structure or "/%year%/%monthnum%/%day%/%postname%/",
        structure_known=structure is not None, zone=zone, offset=offset, user=user, users=asked.users.result(),
        capabilities=_capabilities(me, _is_free(client, asked.posts.result())),
        polylang="lang" in posts and "translations" in posts, footnotes="footnotes" in registered,
        without_sizes="generate_sub_sizes" in media,
        plugins=tuple(name for name in index.get("namespaces", ()) if not str(name).startswith(OWN)))


def with_menus(client: Client, facts: TargetFacts) -> TargetFacts:
    """The facts, with when a menu of ours is to be dated, or why there is no place for one."""
    if not facts.can("edit_theme_options"):
        return replace(facts, menu_day="", no_menu=f"{facts.user.slug} may not change the look of the site (no "
                                                   "edit_theme_options)")
    if NAVIGATION not in (client.index.get("routes") or {}):
        return replace(facts, menu_day="", no_menu="it is older than WordPress 5.9")
    themes = _asked(client, "wp/v2/themes", {"status": "active", "_fields": "theme_supports"})
    if not any((theme.get("theme_supports") or {}).get("block-templates") for theme in themes):
        return replace(facts, menu_day="", no_menu="its theme is not made of blocks")
    params = {"context": "edit", "per_page": 100, "_fields": "slug,date_gmt,content.raw"}
    return replace(facts, menu_day=menu_day(_asked(client, NAVIGATION.lstrip("/"), params)))


def announcing(plugins: Iterable[str]) -> tuple[str, ...]:
    """The plug-ins that tell subscribers of what is published, by their usual names."""
    names = (name for space in plugins for key, name in MAILING.items() if str(space).lower().startswith(key))
    return tuple(sorted(set(names)))


def _who_we_are(client: Client, login: str) -> Mapping[str, Any]:
    """The user; raises TargetError where the server takes us for nobody, for somebody else, or for too little."""
    me = client.me()
    if me is None:
        raise TargetError(_anonymous(client, login))
    missing = [name for name in NEEDED if not (me.get("capabilities") or {}).get(name)]
    if missing:
        roles = ", ".join(me.get("roles") or ()) or "no role"
        raise TargetError(
            f"The user {login} ({roles}) may not do what a migration needs: {', '.join(missing)}. {ROLES}; give this "
            "user that role under Users, or name another one with --user."
        )
    return me


def _anonymous(client: Client, login: str) -> str:
    """Why a request with a password counts as a visitor's: a wrong one looks no other than one that was taken away."""
    if not client.index.get("authentication"):
        return (
            f"{client.address} takes no application passwords. They need https (or WP_ENVIRONMENT_TYPE “local”), and "
            "security plug-ins can switch them off: look under Users → Profile whether there is a section "
            "“Application Passwords”."
        )
    return (
        f"{client.address} takes the request for a visitor's, so one of three things is wrong. The user: is {login} "
        "the login or the e-mail address? The password: it must be an application password, made under Users → "
        "Profile → Application Passwords, not the one for logging in. Or the web server takes the Authorization header "
        "away: for Apache put the line “SetEnvIf Authorization \"(.*)\" HTTP_AUTHORIZATION=$1” into .htaccess, above "
        "WordPress' own."
    )


def _findings(facts: TargetFacts, announces: tuple[str, ...]) -> Iterator[Finding]:
    """What does not stop a run and has to be known."""
    if not facts.can("unfiltered_html"):
        yield find("G640", facts.url, user=facts.user.slug)
    if not facts.can("manage_options"):
        yield find("G641", facts.url, user=facts.user.slug)
    if announces:
        yield find("G642", facts.url, names=", ".join(announces))
    if not facts.structure_known:
        yield find("G643", facts.url)
    for start, name in LANGUAGES.items():
        if any(space.startswith(start) for space in facts.plugins) and not facts.polylang:
            yield find("G644", facts.url, name=name)


def zone_findings(facts: TargetFacts, zone: str, moment: datetime) -> tuple[Finding, ...]:
    """Whether the site's clocks differ from the source's: dates are the same moments, but are shown otherwise."""
    from zoneinfo import ZoneInfo

    ours = moment.astimezone(ZoneInfo(zone)).utcoffset()
    if ours == facts.local(moment).utcoffset():
        return ()
    there = facts.zone or f"UTC{facts.offset:+g}"
    return (find("G645", facts.url, here=zone, there=there),)


def _address(client: Client) -> str:
    """The site's address: what it says itself, with the scheme and host by which it was reached."""
    return client.address.rstrip("/")


def _structure(posts: Iterable[Mapping[str, Any]], facts: TargetFacts) -> str | None:
    """Permalinks as most of the newest posts show them; None where there are none."""
    found: list[str] = []
    for post in posts:
        moment = datetime.fromisoformat(str(post["date"])).replace(tzinfo=UTC)
        shown = structure_of(str(post["link"]), facts.url, slug=str(post["slug"]), number=int(post["id"]), local=moment)
        if shown:
            found.append(shown)
    return max(set(found), key=found.count) if found else None


def _capabilities(me: Mapping[str, Any], free: bool | None) -> frozenset[str]:
    """What we may do. On networks, and where the site forbids it, roles have `unfiltered_html` and users have not: a
    post of the site says what is true."""
    found = frozenset(name for name, has in (me.get("capabilities") or {}).items() if has)
    if free is None:
        return found
    return found | {"unfiltered_html"} if free else found - {"unfiltered_html"}


def _is_free(client: Client, known: list[Mapping[str, Any]]) -> bool | None:
    """Whether a post or page of the site says that we may write any HTML; None where there is neither. `known`: posts
    that were asked for already."""
    for path in ("", "wp/v2/posts", "wp/v2/pages"):
        params = {"per_page": 1, "context": "edit", "status": "any", "_fields": "id,_links"}
        rows = _asked(client, path, params) if path else known
        if rows:
            links = rows[0].get("_links") or {}
            return any(str(name).endswith("action-unfiltered-html") for name in links)
    return None


def _users(client: Client) -> tuple[User, ...]:
    """Everybody who may write, as far as we may know them."""
    for params in ({"who": "authors"}, {}):
        found: list[User] = []
        for page in range(1, MOST_USERS // 100 + 1):
            rows = _asked(client, "wp/v2/users", {**params, "per_page": 100, "page": page, "_fields": "id,slug,name"})
            found += [User(int(row["id"]), str(row["slug"]), str(row["name"])) for row in rows]
            if len(rows) < 100:
                break
        if found:
            return tuple(found)
    return ()


def _asked(client: Client, path: str, params: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows of a list; none where we may not see it."""
    try:
        rows = client.get(path, params)
    except Refusal:
        return []
    return rows if isinstance(rows, list) else []


def _arguments(index: Mapping[str, Any], route: str) -> Mapping[str, Any]:
    """What a POST to a route takes, from the index of the API."""
    endpoints = (index.get("routes") or {}).get(route, {}).get("endpoints", ())
    return next((end.get("args") or {} for end in endpoints if "POST" in end.get("methods", ())), {})


def _number(value: Any) -> float:
    try:
        return float(value or 0)
    except (TypeError, ValueError):
        return 0.0

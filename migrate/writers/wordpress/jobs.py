"""One write on its way: what is sent for it, and what its reply means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from migrate.model.document import EMPTY
from migrate.model.plan import Action, Observed
from migrate.model.resource import Resource
from migrate.writers import Write
from migrate.writers.wordpress.addresses import route
from migrate.writers.wordpress.inventory import FINAL_LINK, Row
from migrate.writers.wordpress.kinds import (
    KINDS,
    WITH_THE_FILE,
    altered,
    asked_for,
    canonical,
    digest_compared,
    digest_shown,
    identity_in,
    names_in,
    plain_slug,
    shown,
)

FREE = frozenset({"slug", "excerpt"})  # what the site may have made otherwise of a thing that is ours
SUFFIX = re.compile(r"-\d+")
UNSAID: Mapping[str, Any] = {"featured_media": 0, "format": "standard"}
"""What a new post has while nobody says anything of it. To send it, and to ask for it, costs the server four of its
sixty-five questions to the database."""

LATER = frozenset({"categories", "excerpt", "featured_media", "format", "tags"})
"""Of a post or page: what a reply shows at a price, and a list for nothing. See `second_look.py`."""


@dataclass(slots=True, kw_only=True)
class Job:
    """A write. `number` is the id of what it is about, 0 for what is to be made; `tries` grows with each sending."""

    place: int                       # in the list of writes that it came in
    action: Action
    kind: str
    number: int = 0
    fields: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""
    natural_key: str = ""
    former: str = ""                 # the natural key that it has had
    tries: int = 0
    later: tuple[str, ...] = ()      # fields that its reply need not show, for they are looked at afterwards
    reply: Mapping[str, Any] = field(default_factory=dict)  # what it said, while the rest is still to be looked at

    names: tuple[str, ...] = field(init=False)    # of the fields that are compared
    unsaid: Mapping[str, Any] = field(init=False)  # neither sent nor asked for, and true all the same

    def __post_init__(self) -> None:
        """Work out what follows from the rest."""
        self.names = names_in(self.digest)
        usual = UNSAID if self.action is Action.CREATE and self.kind in ("post", "page") else EMPTY
        self.unsaid = {name: value for name, value in usual.items() if self.fields.get(name) == value}

    def be_brief(self) -> None:
        """Let the reply leave out what is cheaper to look at in a list."""
        if self.kind in ("post", "page") and self.action is not Action.DELETE:
            self.later = tuple(name for name in self.names if name in LATER)

    @property
    def slug(self) -> str:
        """The slug that is wanted."""
        return str(self.fields.get("slug") or "")

    @property
    def path(self) -> str:
        """The route that it is sent to."""
        of_kind = KINDS[self.kind].route
        return f"{of_kind}/{self.number}" if self.number else of_kind

    @property
    def params(self) -> dict[str, Any]:
        """The parameters of that route."""
        if self.action is Action.DELETE:
            return {"force": KINDS[self.kind].alone or self.kind == "media", "_fields": "id,deleted"}
        return {"_fields": self.asked}

    @property
    def asked(self) -> str:
        """The fields that the reply shall show. `content.raw` and its like cost no rendering."""
        names = [name for name in self.names if name not in self.unsaid and name not in self.later]
        return asked_for(self.kind, names, waits=self.fields.get("status") in ("draft", "pending", "future"))

    @property
    def body(self) -> dict[str, Any]:
        """What is sent."""
        left_out = (*WITH_THE_FILE, *self.unsaid)
        return {name: value for name, value in self.fields.items() if name not in left_out and value is not None}

    @property
    def presumed(self) -> dict[str, Any]:
        """What a reply would say of what it was not asked to show, if all is as it was wished."""
        return {**{name: self.fields.get(name) for name in self.later}, **self.unsaid}

    @property
    def part(self) -> dict[str, Any]:
        """The write as a part of a batch."""
        if self.action is Action.DELETE:
            return {"method": "DELETE", "path": route(self.path, self.params)}
        return {"method": "POST", "path": route(self.path, self.params), "body": self.body}

    def updating(self, number: int) -> Job:
        """The same wish for what stands there already."""
        return Job(place=self.place, action=Action.UPDATE, kind=self.kind, number=number, fields=self.fields,
                   digest=self.digest, natural_key=self.natural_key, former=self.former, tries=self.tries,
                   later=self.later)


def job_of(place: int, write: Write, resource: Resource | None = None) -> Job:
    """A write as a job. `resource`: in the place of the write's own."""
    resource, entry = resource or write.resource, write.entry
    number = int(entry.target_id) if entry is not None and entry.target_id.isdigit() else 0
    if resource is None or write.action is Action.DELETE:
        kind, natural_key = (entry.kind, entry.natural_key) if entry else ("", "")
        return Job(place=place, action=Action.DELETE, kind=kind, number=number, natural_key=natural_key)
    return Job(
        place=place,
        action=write.action,
        kind=resource.kind,
        number=0 if write.action is Action.CREATE else number,
        fields=resource.fields,
        digest=resource.digest,
        natural_key=resource.natural_key,
        former=entry.natural_key if entry else "",
    )


def observed_of(kind: str, names: tuple[str, ...], reply: Mapping[str, Any], row: Row) -> Observed:
    """What a reply shows, over these fields."""
    return Observed(
        target_id=str(row.id),
        digest=digest_shown(kind, names, reply),
        modified=row.modified,
        url=permalink(reply, row),
    )


def compared(job: Job, reply: Mapping[str, Any]) -> tuple[str, str, str]:
    """The digest of what a reply shows, and the finding about what the site made of a wish: its code, "" where all is
    as it was sent, and what it says."""
    wish, stands = canonical(job.kind, job.fields), shown(job.kind, job.names, reply)
    if stands == wish:
        return job.digest, "", ""
    names = altered(wish, stands)
    code, why = ("G651", ", ".join(names)) if names else ("", "")
    if "slug" in names:
        code, why = "G650", f"{reply.get('slug', '')}"
    return digest_compared(job.kind, stands), code, why


def permalink(reply: Mapping[str, Any], row: Row) -> str:
    """Where it is, or will be once it is published."""
    template = reply.get("permalink_template")
    if row.status in FINAL_LINK or not template:
        return row.link
    slug = str(reply.get("slug") or reply.get("generated_slug") or "")
    return str(template).replace("%postname%", slug).replace("%pagename%", slug)


def is_doubled(job: Job, reply: Mapping[str, Any]) -> bool:
    """Whether the site has put a number after the slug, because something has that slug already."""
    wish, slug = plain_slug(job.slug), plain_slug(str(reply.get("slug", "")))
    return bool(wish) and bool(SUFFIX.fullmatch(slug.removeprefix(wish)))


def is_same(job: Job, item: Mapping[str, Any]) -> bool:
    """Whether this has the slug, the date and the parent that a job asks for."""
    identity = identity_in(digest_shown(job.kind, job.names, item))
    return identity == identity_in(job.digest) and siblings(job, item)


def is_try(job: Job, item: Mapping[str, Any]) -> bool:
    """Whether this is what was sent, under a slug that the site has numbered."""
    wish = canonical(job.kind, job.fields)
    return is_doubled(job, item) and FREE.issuperset(altered(wish, shown(job.kind, wish, item)))


def is_rival(job: Job, item: Mapping[str, Any], number: int) -> bool:
    """Whether this is what has the slug that a job did not get."""
    same = plain_slug(str(item.get("slug", ""))) == plain_slug(job.slug)
    return same and int(item["id"]) != number and siblings(job, item)


def siblings(job: Job, item: Mapping[str, Any]) -> bool:
    """Whether both have the same parent: others may share a slug."""
    wish = canonical(job.kind, {name: job.fields[name] for name in ("parent",) if name in job.fields})
    return job.kind != "page" or shown(job.kind, wish, item) == wish

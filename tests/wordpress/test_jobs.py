"""What is sent for a write, and what its reply is asked to show."""

from __future__ import annotations

from typing import Any

import pytest

from migrate.model.document import Key
from migrate.model.plan import Action, Entry
from migrate.model.resource import Resource
from migrate.writers import Write
from migrate.writers.wordpress.inventory import row_of
from migrate.writers.wordpress.jobs import Job, job_of, observed_of
from migrate.writers.wordpress.kinds import digest_for

USUAL = {"featured_media": 0, "format": "standard"}
FIELDS = {"title": "One", "slug": "one", **USUAL}
ENTRY = Entry(key=Key("one"), kind="post", target_id="7", desired="", observed="", natural_key="post:one")


def job(action: Action, **fields: Any) -> Job:
    """A write of a post with some fields."""
    fields = FIELDS | fields
    resource = Resource(key=Key("one"), kind="post", natural_key="post:one", fields=fields,
                        digest=digest_for("post", fields))
    return job_of(0, Write(action, resource, None if action is Action.CREATE else ENTRY))


def test_of_a_new_post_nothing_is_said_that_it_has_anyway() -> None:
    made = job(Action.CREATE)
    assert made.body == {"title": "One", "slug": "one"}
    assert not USUAL.keys() & set(made.asked.split(","))
    reply = {"id": 7, "slug": "one", "title": {"raw": "One"}} | made.unsaid
    assert observed_of("post", made.names, reply, row_of("post", reply)).digest == made.digest


@pytest.mark.parametrize(("action", "fields"), [
    (Action.UPDATE, {}),
    (Action.CREATE, {"featured_media": 5, "format": "quote"}),
])
def test_everything_else_is_said_and_asked_for(action: Action, fields: dict[str, Any]) -> None:
    sent = job(action, **fields)
    assert sent.body == FIELDS | fields
    assert set(sent.asked.split(",")) >= USUAL.keys()
    assert job(Action.CREATE).updating(7).body == FIELDS

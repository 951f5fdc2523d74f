"""What a reply does not show is looked at afterwards, before anything is recorded."""

from __future__ import annotations

from types import SimpleNamespace

from migrate.errors import TargetError
from migrate.model.plan import Action, Observed
from migrate.writers import Write
from migrate.writers.wordpress.inventory import PAGE
from migrate.writers.wordpress.jobs import job_of
from migrate.writers.wordpress.second_look import looked_again
from tests.wordpress.test_store import post


def made(number, **fields):
    """A job that was answered in brief, and its result."""
    job = job_of(number, Write(Action.CREATE, post(f"p{number}", tags=[1], excerpt="Short", **fields), None))
    job.be_brief()
    job.reply = {"id": number + 1, "slug": f"p{number}", "content": {"raw": "text"}, "modified_gmt": "2026-01-01T00:00:00"}
    return job, Observed(target_id=str(number + 1), digest=job.digest)


def told(results, there):
    """What comes of results, what was seen of each, and how many were asked for at a time."""
    seen, asked = {}, []

    def fetched(kind, numbers, names):
        asked.append((kind, len(numbers), tuple(names)))
        return {number: there for number in numbers if there}

    def see(job, said):
        seen[job.place] = said
        return Observed(target_id=str(said["id"]), digest="seen")

    out = list(looked_again(results, SimpleNamespace(fetched=fetched), see))
    return out, seen, asked


def test_a_hundred_at_a_time():
    results = [made(number) for number in range(PAGE + 20)]
    out, _, asked = told(results, {"tags": [1], "excerpt": {"raw": "Short"}})
    assert [(kind, count) for kind, count, _ in asked] == [("post", PAGE), ("post", 20)]
    assert asked[0][2] == ("excerpt", "tags")
    assert [(job.place, seen.digest) for job, seen in out] == [(number, "seen") for number in range(PAGE + 20)]


def test_of_what_the_reply_has_shown_it_is_the_witness():
    edited = {"tags": [7], "excerpt": {"raw": "Short"}, "content": {"raw": "by hand"}, "modified_gmt": "2026-01-02T00:00:00"}
    _, seen, _ = told([made(0)], edited)
    assert seen[0] == {"id": 1, "slug": "p0", "content": {"raw": "text"}, "modified_gmt": "2026-01-01T00:00:00",
                       "tags": [7], "excerpt": {"raw": "Short"}}


def test_what_is_gone_again_was_as_it_was_wished():
    _, seen, _ = told([made(0)], None)
    assert (seen[0]["tags"], seen[0]["excerpt"]) == ([1], "Short")


def test_refusals_and_whole_replies_pass_by():
    whole = job_of(1, Write(Action.CREATE, post("whole"), None))
    results = [(whole, Observed(target_id="9", digest="d")), (made(2)[0], TargetError("no"))]
    out, _, asked = told(results, {})
    assert (out, asked) == (results, [])


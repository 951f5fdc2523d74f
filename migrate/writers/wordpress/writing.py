"""Writes, sent and answered for: singly or in batches, with a look before anything is sent again.

A lost reply leaves up to 25 outcomes unknown. Each is looked up by its slug and date, or its id: what stands
there as it was wanted is done, what stands there otherwise is mended, what does not stand there is sent again.
A picture or a plug-in's page may have the slug, unseen by the lists: then ours stands under one with a number behind.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from migrate.errors import Refused, TargetError, Undecided, Unreachable
from migrate.model.plan import Action, Observed
from migrate.writers.wordpress.client import Client, Refusal, Unsure
from migrate.writers.wordpress.elsewhere import NUMBERED
from migrate.writers.wordpress.inventory import Inventory, row_of
from migrate.writers.wordpress.jobs import Job, compared, is_doubled, is_rival, is_same, is_try, permalink
from migrate.writers.wordpress.kinds import KINDS, digest_shown, plain_slug
from migrate.writers.wordpress.transport import FINAL, is_final
from migrate.writers.wordpress.uploads import upload

Result = tuple[Job, Observed | TargetError | None]

MOST_TRIES = 6
LONGEST_LOOK = 30.0  # seconds that a server is left to itself before the look whether a write has happened
FRESH = 5.0  # seconds for which the list of what stands there is believed
TOO_MUCH = frozenset({400, 403, 404, 405, 406, 413, 414})  # to a batch as a whole: perhaps only one part is meant
NUMBERS = 6  # behind a slug: as far as is looked where the site has not said how far it is by now
UNKNOWN = 401  # where a known user would get 403
WITHOUT = ("rest_batch_not_allowed", "rest_no_route")


class Writing:
    """Sends jobs. Its methods are called by many threads."""

    def __init__(self, client: Client, inventory: Inventory) -> None:
        """`inventory` learns of everything that is written."""
        self._client = client
        self._inventory = inventory
        self.batches = client.has_batches
        self._answered_for: set[int] = set()  # what is known to be of one job is of no other

    def together(self, jobs: Sequence[Job]) -> Iterator[Result]:
        """Carry out up to 25 jobs in one request where that is possible. Raises Unreachable."""
        edited = self._edited(jobs)
        if edited:
            for job in jobs:
                if job.place in edited:
                    yield job, TargetError(f"{job.natural_key} was edited on the site since the run began; run again")
            jobs = [job for job in jobs if job.place not in edited]
        if not jobs:
            return
        if not self.batches or not all(KINDS[job.kind].batches for job in jobs):
            for job in jobs:
                yield from self._singly(job)
            return
        try:
            answers = self._client.batch([_sent(job).part for job in jobs])
        except Unsure as doubt:
            yield from self._doubtful(jobs, doubt)
        except Refusal as refusal:
            yield from self._refused(jobs, refusal)
        else:
            yield from self._answered(jobs, answers)

    def _edited(self, jobs: Sequence[Job]) -> set[int]:
        """Places of updates and removals whose things have changed since they were listed, if that is a while ago."""
        edited: set[int] = set()
        if self._inventory.age < FRESH:
            return edited
        for kind in {job.kind for job in jobs if job.number and not job.tries and KINDS[job.kind].dated}:
            ours = [job for job in jobs if job.kind == kind and job.number and not job.tries]
            known = {job.number: self._inventory.by_id(kind, job.number) for job in ours}
            now = {number: row_of(kind, said) for number, said in
                   self._inventory.fetched(kind, [job.number for job in ours], ()).items()}
            for job in ours:
                before, after = known[job.number], now.get(job.number)
                if before is not None and after is not None and before.modified != after.modified:
                    edited.add(job.place)
        return edited

    def _singly(self, job: Job) -> Iterator[Result]:
        try:
            reply = self._sent_alone(_sent(job))
        except Unsure as doubt:
            yield from self._doubtful([job], doubt)
        except Refusal as refusal:
            yield from self._no(job, {"code": refusal.code, "message": refusal.message, "data": refusal.data}, refusal)
        else:
            yield from self._yes(job, reply)

    def _sent_alone(self, job: Job) -> Mapping[str, Any]:
        if job.kind == "media" and job.action is Action.CREATE:
            return upload(self._client, job)
        method = "DELETE" if job.action is Action.DELETE else "POST"
        said = self._client.reply(method, job.path, job.params, job.body).json
        if not isinstance(said, dict) or not ({"id", "deleted"} & said.keys()):
            raise Unsure("the server's reply does not say what it has done", over=True)
        return said

    # ------------------------------------------------------------------ answers

    def _answered(self, jobs: Sequence[Job], answers: Sequence[tuple[int, Any]]) -> Iterator[Result]:
        doubtful: list[Job] = []
        for job, (status, body) in zip(jobs, answers, strict=True):
            said = body if isinstance(body, dict) else {}
            if 200 <= status < 300 and said.get("id", said.get("deleted")):
                yield from self._yes(job, said)
            elif 400 <= status < 500 or is_final(said):
                refusal = Refusal(status, str(said.get("code", "")), str(said.get("message", "no reason given")))
                if refusal.code in WITHOUT and job.tries == 1:
                    self.batches = False
                    yield from self._singly(job)
                else:
                    yield from self._no(job, said, refusal)
            else:
                doubtful.append(job)
        if doubtful:
            yield from self._doubtful(doubtful, Unsure("the server failed at a part of a batch", over=True))

    def _refused(self, jobs: Sequence[Job], refusal: Refusal) -> Iterator[Result]:
        """A batch was refused as a whole: by halves, until it shows which part is meant."""
        self._stop_as_visitor(refusal)
        if refusal.code == "rest_no_route" or refusal.status == 405:
            self.batches = False
        if len(jobs) > 1 and refusal.status in TOO_MUCH:
            half = len(jobs) // 2
            for some in (jobs[:half], jobs[half:]):
                yield from self.together(some)
        elif len(jobs) == 1 and not self.batches:
            yield from self._singly(jobs[0])
        else:
            for job in jobs:
                yield job, TargetError(f"{job.natural_key}: {refusal}")

    def _yes(self, job: Job, said: Mapping[str, Any]) -> Iterator[Result]:
        if job.action is Action.DELETE:
            self._inventory.forget(job.kind, job.number)
            yield job, None
        elif is_doubled(job, said):
            yield from self._second(job, said)
        else:
            yield job, self._made(job, said)

    def _made(self, job: Job, said: Mapping[str, Any]) -> Observed:
        """What was made, as far as the reply shows it; what it leaves out is looked at later."""
        self._answered_for.add(int(said["id"]))
        if not job.later:
            return self.seen(job, {**job.unsaid, **said})
        job.reply = said
        return Observed(target_id=str(said["id"]), digest=job.digest)

    def seen(self, job: Job, said: Mapping[str, Any]) -> Observed:
        """What a reply shows, remembered in the inventory; with a finding where it is not what was sent."""
        row = self._inventory.note(job.kind, said)
        self._answered_for.add(row.id)
        digest, code, why = compared(job, said)
        return Observed(target_id=str(row.id), digest=digest, modified=row.modified, url=permalink(said, row),
                        code=code, why=why)

    def _second(self, job: Job, said: Mapping[str, Any]) -> Iterator[Result]:
        """The site has numbered the slug, because somebody has it: we ourselves, a stranger, or its own rules."""
        number = int(said["id"])
        holders = [one for one in self._by_slug(job.kind, [job.slug], job.names) if is_rival(job, one, number)]
        earlier = self._earlier(job, holders, said) if job.action is Action.CREATE else []
        if earlier:
            # An earlier try, given up for lost, has come through after all: that one is it.
            for one in (number, *(int(again["id"]) for again in earlier[1:])):
                self._remove(job.kind, one)
            yield from self._found(job, earlier[0])
        elif holders:
            self._undo(job, number)
            yield job, TargetError(f"{job.natural_key} exists already: somebody has made it since the run began")
        else:
            yield job, self._made(job, said)

    def _earlier(
        self, job: Job, holders: Sequence[Mapping[str, Any]], said: Mapping[str, Any]
    ) -> Sequence[Mapping[str, Any]]:
        """What tries before this one have made, the one that counts first: under the slug, or below the number that the
        site has come to. Only that of an interrupted run can come before a first try: it holds the same, where another
        page of ours, which has got this very name and may be of the same date, does not."""
        own = self._own(job, holders)
        unclear = job.tries == 1 and job.kind in NUMBERED
        if own is not None and not (unclear and digest_shown(job.kind, job.names, own) != job.digest):
            return [own]
        if job.tries < 2:
            return []
        reached = int(plain_slug(str(said["slug"])).rpartition("-")[2])
        return self._tries([job], [job], job.names, int(said["id"]), reached).get(job.place, ())

    def _own(self, job: Job, there: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
        """What has the slug, date and parent of a job, and is not known to be another's: our own earlier try."""
        return next((one for one in there if int(one["id"]) not in self._answered_for and is_same(job, one)), None)

    def _used(self, job: Job, said: Mapping[str, Any]) -> Observed:
        """A term of this name that was there before us, perhaps under another slug."""
        seen = self.seen(job, said)
        return replace(seen, code="G652" if seen.code == "G650" else "", found=True)

    def _stop_as_visitor(self, refusal: Refusal) -> None:
        """Raise Unreachable where the site knows us no more: it would refuse everything, one by one."""
        if refusal.status == UNKNOWN and self._client.me() is None:
            raise Unreachable("The site takes us for a visitor since just now. Is the application password withdrawn? "
                              "Make a new one, then run the same command: it goes on.")

    def _no(self, job: Job, said: Mapping[str, Any], refusal: Refusal) -> Iterator[Result]:
        self._stop_as_visitor(refusal)
        data = said.get("data")
        number = data.get("term_id") if isinstance(data, dict) and refusal.code == "term_exists" else None
        if job.action is Action.DELETE and refusal.status in (404, 410):
            self._inventory.forget(job.kind, job.number)
            yield job, None
        elif number and job.action is Action.CREATE:
            there = self._inventory.fetched(job.kind, [int(number)], job.names).get(int(number))
            yield job, self._used(job, there) if there else TargetError(f"{job.natural_key}: {refusal}")
        else:
            for_good = job.kind == "media" and refusal.code in FINAL
            yield job, (Refused if for_good else TargetError)(f"{job.natural_key}: {refusal}")

    # ------------------------------------------------------------------ doubt

    def _doubtful(self, jobs: Sequence[Job], doubt: Unsure) -> Iterator[Result]:
        """Find out what became of writes without a reply; send what is left again, in smaller pieces."""
        there = self._looked(jobs, doubt)
        left: list[Job] = []
        for job in jobs:
            said = there.get(job.place)
            if said is None and job.action is Action.DELETE:
                self._inventory.forget(job.kind, job.number)
                yield job, None
            elif said is None and job.action is Action.UPDATE:
                yield job, TargetError(f"{job.natural_key}: it is gone from the site ({doubt})")
            elif said is not None and job.digest and digest_shown(job.kind, job.names, said) == job.digest:
                yield job, self.seen(job, said)
            elif job.tries >= MOST_TRIES:
                yield job, Undecided(f"{job.natural_key}: the server fails at it ({doubt}); {job.tries} tries")
            else:
                left.append(job if said is None or job.number else job.updating(int(said["id"])))
        size = max(1, len(jobs) // 2) if left and left[0].tries > 1 else len(jobs)
        for start in range(0, len(left), size):
            yield from self.together(left[start : start + size])

    def _looked(self, jobs: Sequence[Job], doubt: Unsure) -> dict[int, Mapping[str, Any]]:
        """What stands there of these jobs, by their places; patient with a server that may still be at work."""
        usual = min(2 * self._client.pace.usual("POST"), LONGEST_LOOK)
        pause = 0.0 if doubt.over else max(self._client.manners.patience, usual)
        time.sleep(pause)
        there = self._standing(jobs)
        while not doubt.over and any(job.place not in there for job in jobs if job.action is Action.CREATE):
            time.sleep(pause)
            again = self._standing(jobs)
            if again.keys() == there.keys():
                break
            there = again
        return there

    def _standing(self, jobs: Sequence[Job]) -> dict[int, Mapping[str, Any]]:
        found: dict[int, Mapping[str, Any]] = {}
        for kind in {job.kind for job in jobs}:
            of_kind = [job for job in jobs if job.kind == kind]
            names = sorted({name for job in of_kind for name in job.names})
            made = [job for job in of_kind if job.number]
            items = self._inventory.fetched(kind, [job.number for job in made], names)
            found.update((job.place, items[job.number]) for job in made if job.number in items)
            new = [job for job in of_kind if not job.number]
            there = self._by_slug(kind, [job.slug for job in new if job.slug], names)
            found.update((job.place, item) for job in new if (item := self._own(job, there)) is not None)
            numbered = [job for job in new if job.place not in found or job.tries > 1]
            for place, tries in self._tries(numbered, new, names).items():
                found.setdefault(place, tries[0])
                for one in tries:
                    if one["id"] != found[place]["id"]:
                        self._remove(kind, int(one["id"]))
        return found

    def _tries(
        self, jobs: Sequence[Job], others: Sequence[Job], names: Sequence[str], but: int = 0, last: int = NUMBERS
    ) -> dict[int, list[Mapping[str, Any]]]:
        """What earlier tries at these jobs, of one kind, have made under slugs with a number behind, oldest first.

        It was not there when the run began, nobody else wants it (`others`), and it is what was sent, but for `FREE`.
        """
        jobs = [job for job in jobs if job.kind in NUMBERED and job.slug]
        slugs = [f"{job.slug}-{number}" for job in jobs for number in range(2, last + 1)]
        wanted = {plain_slug(job.slug) for job in others}
        there = [one for one in self._by_slug(jobs[0].kind, slugs, names) if self._may_be_ours(jobs[0].kind, one, but)
                 and plain_slug(str(one.get("slug", ""))) not in wanted] if jobs else []
        found = {job.place: [one for one in sorted(there, key=lambda one: int(one["id"])) if is_try(job, one)]
                 for job in jobs}
        return {place: tries for place, tries in found.items() if tries}

    def _may_be_ours(self, kind: str, item: Mapping[str, Any], but: int) -> bool:
        number = int(item["id"])
        return number != but and number not in self._answered_for and not self._inventory.was_there(kind, number)

    def _by_slug(self, kind: str, slugs: Sequence[str], names: Sequence[str]) -> list[Mapping[str, Any]]:
        return self._inventory.looked_up(kind, slugs, names) if slugs else []

    def _found(self, job: Job, said: Mapping[str, Any]) -> Iterator[Result]:
        if digest_shown(job.kind, job.names, said) == job.digest:
            yield job, self.seen(job, said)
        else:
            yield from self.together([job.updating(int(said["id"]))])

    def _remove(self, kind: str, number: int) -> None:
        """Remove what we have just made under a name that is not its own."""
        params = {"force": True, "_fields": "id,deleted"}
        self._inventory.forget(kind, number)
        with contextlib.suppress(Unsure, Refusal):
            self._client.reply("DELETE", f"{KINDS[kind].route}/{number}", params)

    def _undo(self, job: Job, number: int) -> None:
        """Take back a write that has got another name than it asked for."""
        if job.action is Action.CREATE:
            self._remove(job.kind, number)
            return
        fields = {"slug": job.former.rpartition(":")[2].rpartition("/")[2]}
        with contextlib.suppress(Unsure, Refusal):
            said = self._client.reply("POST", job.path, job.params, fields).json
            self._inventory.note(job.kind, said)


def _sent(job: Job) -> Job:
    job.tries += 1
    return job

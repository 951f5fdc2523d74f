"""What a user asked for: the command line as one value."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Everything that a migration depends on besides the files that it reads."""

    source: str
    out: str
    target: str = "hugo"
    mapping: str | None = None
    timezone: str | None = None
    environment: str | None = None
    languages: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    limit: int | None = None
    drafts: bool | None = None  # None: as the mapping says
    dry_run: bool = False
    prune: bool = False
    max_delete: int | None = None
    forced: frozenset[str] = frozenset()
    check: bool = False  # afterwards, look at what the target shows
    jobs: int | None = None  # None: one for each core
    user: str = ""  # for a target that wants to know who writes
    password: str = field(default="", repr=False)
    insecure_http: bool = False  # the password may go unencrypted to another machine
    connections: int | None = None  # at once; None: as many as the target bears
    state: str | None = None  # folder of ledger and report; None: the target's usual one
    status: str = ""  # for everything that is written: draft; source: as the source has it, whatever speaks against it

    @property
    def whole(self) -> bool:
        """Whether the wish is the whole site, so that what nothing wants is an orphan."""
        return not self.only and not self.languages and self.limit is None

    def wish(self) -> dict[str, object]:
        """What decides which resources are wanted and how they look: part of the mark of a run."""
        return {
            "target": self.target,
            "timezone": self.timezone,
            "environment": self.environment,
            "languages": sorted(self.languages),
            "only": sorted(self.only),
            "limit": self.limit,
            "drafts": self.drafts,
            "user": self.user,
            "status": self.status,
        }

"""A file into the media library: its bytes as they are, everything else in the address.

A raw body is not bound by PHP's upload limits, unlike a form. Its digest goes along, so that what arrives
otherwise than it was sent is refused (412) instead of kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from migrate.writers.wordpress.addresses import api_url
from migrate.writers.wordpress.client import Client, Refusal, Unsure
from migrate.writers.wordpress.jobs import Job
from migrate.writers.wordpress.kinds import KINDS

BIG = 1_000_000  # bytes of a picture from which on its smaller sizes are asked for separately
LONGEST_ADDRESS = 6000
BLOCK = 1 << 20
FOLDER_PAUSES = (0.2, 1.0)  # seconds before an upload is tried again whose folder another one was making
_MONTH = re.compile(r"uploads(?:/sites/\d+)?/\d{4}/\d{2}\b")
UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f\"\\/]")


def upload(client: Client, job: Job) -> Mapping[str, Any]:
    """Upload the file of a job; gives the attachment. Raises Refusal, Unsure, Unreachable."""
    path = Path(job.fields["file"])
    try:
        size, digest = path.stat().st_size, _md5(path)
    except OSError as error:
        raise Refusal(0, "", f"Its source {path} cannot be read: {error.strerror}") from error
    name = UNSPEAKABLE.sub("-", str(job.fields.get("filename") or path.name))
    headers: dict[str, str | bytes] = {
        "Content-Disposition": f'attachment; filename="{name}"'.encode("utf-8", "replace"),
        "Content-Type": str(job.fields.get("mime") or "application/octet-stream"),
        "Content-MD5": digest,
    }
    later = size > BIG and _knows_later_sizes(client.index)
    params, rest = _parameters(client, job, later=later)
    said = _sent(client, job, params, path, headers)
    if not isinstance(said, dict) or "id" not in said:
        raise Unsure("the server's reply does not say what it has kept", over=True)
    if later:
        _make_sizes(client, int(said["id"]))
    return _completed(client, job, int(said["id"]), rest) if rest else said


def _sent(client: Client, job: Job, params: Mapping[str, Any], path: Path, headers: Mapping[str, str | bytes]) -> Any:
    """The reply to the upload. The first files of a month may all want to make its folder, and all but one fail:
    WordPress keeps nothing of those, and the folder is there when they come again.
    """
    for pause in FOLDER_PAUSES:
        try:
            return client.reply("POST", job.path, params, path, headers).json
        except Refusal as refusal:
            if refusal.code != "rest_upload_sideload_error" or not _MONTH.search(refusal.message):
                raise
            time.sleep(pause)
    return client.reply("POST", job.path, params, path, headers).json


def _completed(client: Client, job: Job, number: int, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Send what found no room in the address."""
    said = client.reply("POST", f"{job.path}/{number}", {"_fields": job.asked}, fields).json
    return said if isinstance(said, dict) else {}


def _parameters(client: Client, job: Job, *, later: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """What goes into the address, and what is too long for it."""
    params = {"_fields": job.asked, **({"generate_sub_sizes": False} if later else {})}
    rest: dict[str, Any] = {}
    for name, value in job.body.items():
        longer = params | {name: value}
        if len(api_url(client.root, job.path, longer)) > LONGEST_ADDRESS:
            rest[name] = value
        else:
            params = longer
    return params, rest


def _make_sizes(client: Client, number: int) -> None:
    """Have the smaller sizes made now; without them the picture is shown in its own size."""
    with contextlib.suppress(Unsure, Refusal):
        path = f"{KINDS['media'].route}/{number}/post-process"
        client.reply("POST", path, None, {"action": "create-image-subsizes"})


def _knows_later_sizes(index: Mapping[str, Any]) -> bool:
    """Whether the site can be asked to keep a picture without making its sizes: from WordPress 7.1 on."""
    endpoints = index.get("routes", {}).get("/wp/v2/media", {}).get("endpoints", ())
    return any("generate_sub_sizes" in endpoint.get("args", ()) for endpoint in endpoints)


def _md5(path: Path) -> str:
    """What Content-MD5 is in WordPress: the digest in hexadecimal."""
    digest = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


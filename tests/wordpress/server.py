"""Start a real WordPress on loopback in a second or two, and end it by the ids of its processes.

    with running(folder) as site:
        requests.get(site.api + "wp/v2/posts", auth=site.auth("editor"))

MariaDB on an empty folder without networking, PHP's own server with four workers and opcache. Everything lies
below `folder`, and is gone with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.wordpress.packages import Unavailable, Unpacked, unpacked

HERE = Path(__file__).resolve().parent
PATIENCE = 60  # seconds until something must be up
SALTS = "AUTH_KEY SECURE_AUTH_KEY LOGGED_IN_KEY NONCE_KEY AUTH_SALT SECURE_AUTH_SALT LOGGED_IN_SALT NONCE_SALT"
DATABASE = ("--no-defaults",  # must come first
            "--skip-networking", "--skip-grant-tables", "--skip-name-resolve",
            "--performance-schema=0", "--skip-log-bin", "--innodb-log-file-size=32M", "--innodb-buffer-pool-size=64M",
            "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--innodb-flush-method=nosync",
            "--character-set-server=utf8mb4", "--max-connections=64")
SETTINGS = ("memory_limit=256M", "opcache.enable=1", "opcache.validate_timestamps=1", "opcache.revalidate_freq=2",
            "display_errors=0")
CONTENT = ("posts", "postmeta", "comments", "commentmeta", "term_relationships", "terms", "term_taxonomy", "termmeta")


THEIRS = """INSERT INTO wp_posts (post_type, post_status, post_name, post_title, post_mime_type, post_author, post_date,
 post_date_gmt, post_modified, post_modified_gmt, post_content, post_excerpt, to_ping, pinged, post_content_filtered)
 VALUES ('attachment', 'inherit', '{slug}', 'Theirs', 'image/png', 1, '2020-01-01', '2020-01-01', '2020-01-01', '2020-01-01',
 '', '', '', '', '')"""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How the site shall be. `plugins`: PHP texts by file name, active on every request (mu-plugins)."""

    permalinks: str = "/%year%/%monthnum%/%day%/%postname%/"  # "" for plain ones
    timezone: str = "Asia/Almaty"
    path: str = ""  # "/blog": WordPress in a sub-directory
    environment: str = "local"  # "production": no application passwords over plain http
    upload: str = "64M"
    workers: int = 4
    port: int = 0  # 0: a free one
    public: int = 0  # the port that WordPress believes it is at: of a proxy before it
    plugins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Site:
    """A running WordPress. `users`: application passwords by login; the logins are the names of the roles."""

    url: str  # without a slash at its end
    door: str  # the same without the proxy that may stand before it
    users: Mapping[str, str]
    password: str  # the login password of all of them, for a browser
    version: str
    root: Path  # the folder with wp-load.php
    folder: Path
    wish: Wish
    php: Sequence[str]
    pids: Sequence[int]

    @property
    def api(self) -> str:
        """The root of the REST API, with a slash at its end; not through a proxy."""
        return self.door + ("/wp-json/" if self.wish.permalinks else "/?rest_route=/")

    def auth(self, login: str = "admin") -> tuple[str, str]:
        """Login and application password."""
        return login, self.users[login]

    def plugin(self, name: str, code: str | None) -> None:
        """Put a plug-in there that is active at once, or take it away (None). `code` without `<?php`."""
        path = self.root / "wp-content" / "mu-plugins" / f"{name}.php"
        path.parent.mkdir(exist_ok=True)
        if code is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(f"<?php\n{code}\n", encoding="utf-8")

    def plugins(self) -> list[str]:
        """The names of the plug-ins that `plugin` has put there."""
        return [path.stem for path in (self.root / "wp-content" / "mu-plugins").glob("*.php")]

    def run(self, code: str) -> str:
        """Run PHP inside WordPress (without a web server); what it prints."""
        before = f"$_SERVER['HTTP_HOST'] = '{self.url.split('/')[2]}'; require '{self.root}/wp-load.php';"
        return _said([*self.php, "-d", "display_errors=stderr", "-r", before + code])

    def sql(self, *statements: str) -> str:
        """Run statements in the database; the rows of the last one as JSON."""
        code = (f"$db = new mysqli(null, 'root', '', 'wp', 0, '{self.folder}/db.sock');"
                "foreach (json_decode($argv[1]) as $one) { $rows = $db->query($one); }"
                "echo json_encode(is_object($rows) ? $rows->fetch_all(MYSQLI_ASSOC) : []);")
        return _said([*self.php, "-r", code, json.dumps(statements)])

    def empty(self) -> None:
        """Remove all posts, pages, media, terms and comments; ids go on from where they were."""
        self.sql(
            *(f"DELETE FROM wp_{table}" for table in CONTENT),
            "INSERT INTO wp_terms (term_id, name, slug) VALUES (1, 'Uncategorized', 'uncategorized')",
            "INSERT INTO wp_term_taxonomy (term_taxonomy_id, term_id, taxonomy, description)"
            " VALUES (1, 1, 'category', '')",
            "DELETE FROM wp_options WHERE option_name LIKE '%_transient_%' OR option_name IN"
            " ('rewrite_rules', 'sticky_posts', 'page_on_front', 'page_for_posts', 'category_children', 'show_on_front')",
            "INSERT INTO wp_options (option_name, option_value, autoload) VALUES ('show_on_front', 'posts', 'yes')",
        )
        shutil.rmtree(self.root / "wp-content" / "uploads", ignore_errors=True)
        (self.root / "wp-content" / "uploads").mkdir()

    def take_slugs(self, *slugs: str) -> None:
        """Pictures of somebody's have these slugs: WordPress numbers those of pages that nothing stands above."""
        self.sql(*(THEIRS.format(slug=slug) for slug in slugs))

    def reply(self, path: str, login: str = "admin", **more: Any) -> Any:
        """GET something of the REST API as JSON: `path` such as "wp/v2/posts"."""
        import requests

        answer = requests.get(self.api + path, auth=self.auth(login), params=more, timeout=30)
        answer.raise_for_status()
        return answer.json()


@contextlib.contextmanager
def running(folder: Path, wish: Wish | None = None) -> Iterator[Site]:
    """A new, empty site in a new folder. Raises Unavailable where there is none to be had."""
    wish = wish or Wish()
    parts = unpacked()
    folder.mkdir(parents=True)
    with contextlib.ExitStack() as stack:
        yield _started(folder.resolve(), wish, parts, stack)


def _started(folder: Path, wish: Wish, parts: Unpacked, stack: contextlib.ExitStack) -> Site:
    port = wish.port or free_port()
    door = f"http://127.0.0.1:{port}{wish.path}"
    url = f"http://127.0.0.1:{wish.public or port}{wish.path}"
    root = folder / f"doc{wish.path}"
    _lay_out(parts.wordpress, root)
    names = {"url": url, "socket": f"{folder}/db.sock", "environment": wish.environment,
             "salts": "\n".join(f"define('{name}', '{secrets.token_hex(24)}');" for name in SALTS.split())}
    (root / "wp-config.php").write_text((HERE / "wp-config.php.txt").read_text(encoding="utf-8") % names)
    database = _database(folder, parts, stack)
    told = {"url": url, "root": str(root), "socket": names["socket"], "title": "A test",
            "password": secrets.token_hex(8), "timezone": wish.timezone, "permalinks": wish.permalinks}
    (folder / "wishes.json").write_text(json.dumps(told))
    told |= json.loads(_said([*parts.php, "-d", "display_errors=stderr", str(HERE / "install.php"),
                              str(folder / "wishes.json")]))
    web = _web_server(folder, wish, port, parts, stack)
    site = Site(url=url, door=door, users=told["users"], password=told["password"], version=told["version"], root=root,
                folder=folder, wish=wish, php=parts.php, pids=(database, web))
    for name, code in wish.plugins.items():
        site.plugin(name, code)
    _wait(lambda: _answers(site.api), "WordPress")
    return site


def _lay_out(wordpress: Path, root: Path) -> None:
    """Hard links where that is possible: WordPress replaces its files, and never edits them."""
    root.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copytree(wordpress, root, copy_function=os.link)
    except (OSError, shutil.Error):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(wordpress, root)
    (root / "wp-content" / "uploads").mkdir(exist_ok=True)


def _database(folder: Path, parts: Unpacked, stack: contextlib.ExitStack) -> int:
    """An empty data folder and no grants: nothing to be initialised. Gives the process's id."""
    (folder / "db").mkdir()
    command = [str(parts.mariadbd), *DATABASE, f"--lc-messages-dir={parts.messages}", f"--datadir={folder}/db",
               f"--socket={folder}/db.sock", f"--pid-file={folder}/db.pid",
               *(["--user=root"] if os.geteuid() == 0 else [])]
    return _spawned(command, folder / "db.log", {"LD_LIBRARY_PATH": str(parts.libraries)}, stack, signal.SIGKILL,
                    lambda: _connects(f"{folder}/db.sock"))


def _web_server(folder: Path, wish: Wish, port: int, parts: Unpacked, stack: contextlib.ExitStack) -> int:
    limits = (f"upload_max_filesize={wish.upload}", f"post_max_size={wish.upload}")
    options = [word for setting in (*SETTINGS, *limits) for word in ("-d", setting)]
    command = [*parts.php, *options, "-S", f"127.0.0.1:{port}", "-t", f"{folder}/doc", str(HERE / "router.php")]
    more = {"PHP_CLI_SERVER_WORKERS": str(wish.workers), "WORDPRESS_BASE": wish.path}
    return _spawned(command, folder / "http.log", more, stack, signal.SIGINT,
                    lambda: _connects(("127.0.0.1", port)))


def _spawned(command: Sequence[str], log: Path, more: Mapping[str, str], stack: contextlib.ExitStack,
             end: signal.Signals, is_up: Any) -> int:
    """Start a process in a group of its own; it ends with the stack, and with us should we be killed."""
    library = ctypes.CDLL(None, use_errno=True)

    def with_us() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background jobs ignore it, and hand that on
        library.prctl(1, int(end))  # PR_SET_PDEATHSIG

    with log.open("w") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                                   env={**os.environ, **more}, start_new_session=True, preexec_fn=with_us)
    stack.callback(_ended, process, end)
    _wait(lambda: process.poll() is not None or is_up(), command[0])
    if process.poll() is not None:
        raise Unavailable(f"{Path(command[0]).name} did not start: {log.read_text()[-2000:]}")
    return process.pid


def _ended(process: subprocess.Popen[bytes], end: signal.Signals) -> None:
    for sign in (end, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)  # its own group: the workers too
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
            return


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _connects(address: Any) -> bool:
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family) as one:
        return one.connect_ex(address) == 0


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as reply:
            reply.read()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _wait(ready: Any, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > deadline:
            raise Unavailable(f"{what} is not up after {PATIENCE} s")
        time.sleep(0.01)


def _said(command: Sequence[str]) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise Unavailable(f"{Path(command[0]).name} failed: {(run.stderr or run.stdout)[-2000:]}")
    return run.stdout

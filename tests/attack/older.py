"""`python -m tests.attack.older`: a process of an earlier version on today's schema.

While a service is brought up to date, processes of before answer beside the new schema. One of the
commit named by --commit is started on the schema that it knows, the schema is brought to today's
beneath it, and it must go on reading and writing.
"""

import argparse
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2

from api.platform import migrations
from api.platform.database import open_database
from api.platform.settings_needs import PROJECT_ROOT
from config.settings import Settings
from tests.attack.target import SEENEMALL, Target, target

_COMMIT = "4b42bf1ef62fb042be0405c5a0bf00c9c27a7412"  # the last one whose newest schema is 0023
_VIEWER = {"user_id": "dana", "profile": "kids"}
_OWN = {"profile": "kids"}
_TITLE = "movie:862"
_EVENTS = {**_VIEWER, "items": [_TITLE], "event_type": "liked"}
_ASKED: tuple[tuple[str, str, dict[str, str], dict[str, Any] | None], ...] = (
    ("GET", "/healthz", {}, None),
    ("PUT", "/users/dana/profiles/kids", {}, {"kind": "child", "max_age": 9}),
    ("POST", "/user/history", {}, _EVENTS),
    ("GET", "/user/history", _VIEWER, None),
    ("GET", "/recommend", _VIEWER, None),
    ("GET", "/recommend", _VIEWER | {"query": "funny films with animals"}, None),
    ("POST", "/recommend/preview", {}, {**_VIEWER, "item": _TITLE}),
    ("GET", f"/items/{_TITLE}", {}, None),
    ("GET", "/search", {"q": "toy"}, None),
    ("GET", "/search/interpret", {"q": "funny"}, None),
    ("POST", "/feedback", {}, {**_VIEWER, "item_id": _TITLE, "event_type": "like"}),
    ("PUT", f"/users/dana/watchlist/{_TITLE}", _OWN, None),
    ("GET", "/users/dana/watchlist", _OWN, None),
    ("PUT", "/users/dana/library", {}, {"items": [_TITLE]}),
    ("GET", "/users/dana/library", {}, None),
    ("GET", "/users/dana/export", {}, None),
    ("DELETE", "/users/dana", {}, None),
)


def check_out(commit: str, folder: Path) -> None:
    """The files of a commit; raises CalledProcessError for one that the repository has not."""
    command = ["git", "-C", str(PROJECT_ROOT), "archive", commit]
    packed = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=60).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(folder, filter="data")


def answers(service: Target) -> dict[str, int]:
    """What the process is asked about a viewer, and the status of each answer."""
    found: dict[str, int] = {}
    url = f"http://127.0.0.1:{service.port}"
    with httpx2.Client(base_url=url, timeout=30) as client:
        for method, path, query, body in _ASKED:
            answer = client.request(method, path, params=query, json=body)
            found[f"{method} {path}"] = answer.status_code
    return found


def main() -> int:
    """Prints what it answered; 1 when it answered anything otherwise than before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commit", default=_COMMIT)
    commit = parser.parse_args().commit
    with (
        tempfile.TemporaryDirectory(prefix="seenemall-older-code-") as code,
        tempfile.TemporaryDirectory(prefix="seenemall-older-data-") as data,
    ):
        check_out(commit, Path(code))
        before, after = _trial(Path(code), Path(data))
    for asked, status in after.items():
        print(f"{asked}: {before[asked]} on its own schema, {status} on today's")
    held = before == after and all(200 <= status < 300 for status in after.values())
    print("held" if held else "did not hold")
    return int(not held)


def _trial(code: Path, data: Path) -> tuple[dict[str, int], dict[str, int]]:
    os.chmod(data, 0o755)  # as root the server runs as a user of its own
    environment = {**os.environ, "DATA_DIR": str(data)}
    subprocess.run([*SEENEMALL, "job", "sample"], env=environment, cwd=code, check=True)
    with (
        target(data, code=code) as service,
        closing(open_database(Settings.load({"DATA_DIR": data}))) as database,
    ):
        print(f"started on schema {migrations.current_revision(database)}", flush=True)
        before = answers(service)
        migrations.upgrade(database)
        print(f"brought to {migrations.current_revision(database)}", flush=True)
        return before, answers(service)


if __name__ == "__main__":
    sys.exit(main())

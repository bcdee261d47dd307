"""docs/how-to/add-a-catalogue-source.md, followed in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from config.settings import PROJECT_ROOT
from tests.acceptance.conftest import Service

_PAGE = (PROJECT_ROOT / "docs" / "how-to" / "add-a-catalogue-source.md").read_text(encoding="utf-8")
_PARTS = ("api", "etl", "config", "alembic", "alembic.ini")
# A line that names a file, and every block below it up to the next such line.
_STEP = re.compile(r"^`([\w/.]+)`:$(.*?)(?=^`[\w/.]+`:$|\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(python|json|diff)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _steps() -> Iterator[tuple[str, str, str]]:
    for name, text in _STEP.findall(_PAGE):
        for language, block in _BLOCK.findall(text):
            yield name, language, block


def _follow(folder: Path) -> None:
    for part in _PARTS:
        copy = shutil.copytree if (PROJECT_ROOT / part).is_dir() else shutil.copy
        copy(PROJECT_ROOT / part, folder / part)
    for name, language, block in _steps():
        path = folder / name
        if language != "diff":
            path.parent.mkdir(exist_ok=True)
            path.write_text(block, encoding="utf-8")
            continue
        lines = block.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] in " -")
        after = "".join(line[1:] for line in lines if line[0] in " +")
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{name} has {text.count(before)} times:\n{before}"
        path.write_text(text.replace(before, after), encoding="utf-8")


def _run(folder: Path, service: Service, *arguments: str) -> str:
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "api.commands.seenemall", "job", "club", *arguments],
        env=clean | {"DATABASE_URL": service.database.libpq_url},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_title_of_a_new_source_is_found_in_search(service: Service, tmp_path: Path) -> None:
    assert len(list(_steps())) == 7
    _follow(tmp_path)
    assert service.http.get("/search", params={"q": "lantern"}).json()["items"] == []
    assert _run(tmp_path, service, "--dry-run").startswith("club: read 1, written 1,")
    assert _run(tmp_path, service).startswith("club: read 1, written 1, unchanged 0, rejected 0")
    assert _run(tmp_path, service).startswith("club: read 1, written 0, unchanged 1, rejected 0")
    (found,) = service.http.get("/search", params={"q": "lantern"}).json()["items"]
    assert (found["tmdb_id"], found["title"], found["release_year"]) == (
        None,
        "The Lantern Keeper",
        1961,
    )
    assert service.http.get("/items/club:7").json()["id"] == found["id"]

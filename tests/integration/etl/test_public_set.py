"""`seenemall ratings`: the licence, the archive whole and as published, the model."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.platform.database import Database
from tests.builders import rows_of
from tests.doubles.json_server import JsonServer
from tests.doubles.ratings import write_zip
from tests.doubles.titles import film, store
from tests.integration.etl.test_command_line import call, process_as_before

__all__ = ["process_as_before"]  # a fixture, for these tests too
NAME = "ml-latest-small"
ARCHIVE, DIGEST = f"/{NAME}.zip", f"/{NAME}.zip.md5"


@pytest.fixture
def grouplens() -> Iterator[JsonServer]:
    with JsonServer() as server:
        yield server


def publish(server: JsonServer, content: bytes, *, digest: str | None = None) -> None:
    told = digest or hashlib.md5(content, usedforsecurity=False).hexdigest()
    server.answers[ARCHIVE] = lambda _: content
    server.answers[DIGEST] = lambda _: f"MD5 ({NAME}.zip) = {told}\n".encode()


def learn(
    monkeypatch: pytest.MonkeyPatch,
    database: Database,
    server: JsonServer,
    data: Path,
    *arguments: str,
) -> int | str | None:
    """The exit status of the command."""
    environment = {"GROUPLENS_URL": server.url, "DATA_DIR": str(data)}
    return call(monkeypatch, database, *arguments, group="ratings", **environment)


def kept(data: Path) -> list[str]:
    """What lies where archives are kept."""
    folder = data / "ratings"
    return sorted(one.name for one in folder.iterdir()) if folder.exists() else []


def test_from_nothing_to_a_model(
    database: Database,
    grouplens: JsonServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    store(database, film(101), film(102), film(103))
    publish(grouplens, write_zip(tmp_path / "set.zip").read_bytes())
    assert learn(monkeypatch, database, grouplens, tmp_path, "--yes") == 0
    said = capfd.readouterr()
    assert f"{grouplens.url}/{NAME}-README.html" in said.err
    assert "no commercial" in said.err
    assert said.out.startswith("neighbours: read 4")
    assert kept(tmp_path) == [f"{NAME}.zip"]
    path = str(tmp_path / "ratings" / f"{NAME}.zip")
    assert rows_of(database, "SELECT ratings_path FROM collaborative_models WHERE active") == [
        (path,)
    ]


def test_without_an_agreement_nothing_is_asked_for(
    database: Database,
    grouplens: JsonServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert learn(monkeypatch, database, grouplens, tmp_path) == 1
    assert capfd.readouterr().err.endswith(
        "Nobody can be asked here: --yes agrees to the licence.\n"
    )
    assert learn(monkeypatch, database, grouplens, tmp_path, "ml-1b", "--yes") == 1
    assert capfd.readouterr().err == ("There is no set 'ml-1b'; known: ml-latest-small, ml-32m.\n")
    assert grouplens.asked == []


@pytest.mark.parametrize(
    ("content", "digest", "sentence"),
    [
        (b"PK cut off", None, f"{NAME}.zip is no zip archive."),
        (b"PK", "0" * 32, f"{NAME}.zip came with another digest than GroupLens publishes"),
        (b"x" * (2**24 + 1), None, f"GroupLens sent too much for {NAME}.zip."),
        (b"PK", "none", f"GroupLens publishes no digest as {NAME}.zip.md5"),
    ],
)
def test_what_is_not_the_set_is_thrown_away(
    content: bytes,
    digest: str | None,
    sentence: str,
    database: Database,
    grouplens: JsonServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    publish(grouplens, content, digest=digest)
    assert learn(monkeypatch, database, grouplens, tmp_path, "--yes") == 1
    assert capfd.readouterr().err.splitlines()[-1].startswith(sentence)
    assert kept(tmp_path) == []
    assert rows_of(database, "SELECT id FROM collaborative_models") == []


def _archive(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_an_archive_that_would_unpack_to_more_than_the_set_is_refused(
    database: Database,
    grouplens: JsonServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    publish(grouplens, _archive({"ratings.csv": b"0" * (2**27 + 1), "links.csv": b""}))
    assert learn(monkeypatch, database, grouplens, tmp_path, "--yes") == 1
    assert "more than that set ever did" in capfd.readouterr().err
    publish(grouplens, _archive({"ml/ratings.csv": b""}))
    assert learn(monkeypatch, database, grouplens, tmp_path, "--yes") == 1
    assert capfd.readouterr().err.endswith(f"{NAME}.zip holds no links.csv.\n")
    assert kept(tmp_path) == []


def test_a_server_that_fails_once_is_asked_again(
    database: Database,
    grouplens: JsonServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    store(database, film(101), film(102), film(103))
    content = write_zip(tmp_path / "set.zip").read_bytes()
    publish(grouplens, content)
    refusals: Iterator[object] = iter([(503, {})])
    grouplens.answers[ARCHIVE] = lambda _: next(refusals, content)
    assert learn(monkeypatch, database, grouplens, tmp_path, "--yes") == 0
    assert len(grouplens.asked_for(ARCHIVE)) == 2
    assert capfd.readouterr().out.startswith("neighbours: read 4")

"""`seenemall serve` and `seenemall keys`: what cannot work is one sentence."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from api import __version__
from api.access.key_store import ApiKeyStore
from api.platform.database import Database
from config.settings import PROJECT_ROOT
from tests.doubles.spaces import activate, fill_space


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # A free port, because this machine may be serving on the usual one.
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    clean["PORT"] = "0"
    return subprocess.run(
        [sys.executable, "-m", "api.commands.seenemall", *arguments],
        env=clean | environment,
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _assert_one_sentence(done: subprocess.CompletedProcess[str], *, about: str) -> None:
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert about in line
    assert line.endswith(".")
    assert "hunter2" not in line


@pytest.mark.parametrize(
    ("arguments", "about"),
    [
        (("keys", "create", "--label", "x", "--scope", "foo"), "'--scope': 'foo' is not one of"),
        (("job", "tmdb", "--limit", "0"), "'--limit': must be at least 1."),
        (("job", "tmdb", "--limit", "x"), "'--limit': must be a whole number."),
    ],
)
def test_an_option_is_refused_in_words_of_ours(arguments: tuple[str, ...], about: str) -> None:
    done = _run(*arguments, TERM="dumb", COLUMNS="200")
    assert done.returncode == 2
    assert about in done.stderr
    assert "Value error" not in done.stderr


def test_a_file_that_is_not_there_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    done = _run("import", str(tmp_path / "none.zip"), "--user", "dana")
    _assert_one_sentence(done, about="none.zip cannot be read: No such file or directory")


@pytest.mark.parametrize(
    ("environment", "about"),
    [
        ({"PORT": "none"}, "PORT"),
        ({"API_KEYS": "short"}, "API_KEYS"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/none"}, "127.0.0.1:1"),
        ({"HOST": "192.0.2.1"}, "192.0.2.1"),
        ({"DATABASE_URL": "postgresql://u:hunter2@[::1/x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://u:hunter2@host/x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://u:hunter2@127.0.0.1:1/x?hunter2=1"}, "DATABASE_URL"),
        ({"OPENAI_BASE_URL": "htp://u:hunter2@host"}, "OPENAI_BASE_URL"),
        ({"RERANK_ENDPOINT": "u:hunter2@host"}, "RERANK_ENDPOINT"),
        ({"CORS_ORIGINS": "null"}, "CORS_ORIGINS"),
        ({"CORS_ORIGINS": "https://tv.example/"}, "CORS_ORIGINS"),
    ],
)
def test_what_cannot_work_is_one_sentence(environment: dict[str, str], about: str) -> None:
    _assert_one_sentence(_run("serve", **environment), about=about)


@pytest.mark.parametrize(
    ("environment", "about"),
    [
        ({"BUSINESS_RULES_PATH": "/nowhere.json"}, "Cannot read /nowhere.json"),
        ({"BUSINESS_RULES_PATH": "pyproject.toml"}, "pyproject.toml: the file: Invalid JSON"),
        ({"EXPLANATION_TEMPLATES_PATH": "/nowhere.json"}, "Cannot read /nowhere.json"),
        ({"EXPLANATION_TEMPLATES_PATH": "config/business_rules.json"}, "sentences: is needed"),
        ({"API_KEYS": "root:hunter2hunter2hunter2"}, "API_KEYS: each entry is a key, client:KEY"),
        ({"RATE_LIMIT_STORAGE": "hunter2://host"}, "RATE_LIMIT_STORAGE"),
    ],
)
def test_a_check_finds_what_would_end_the_start(environment: dict[str, str], about: str) -> None:
    for arguments in (("serve", "--check"), ("serve",)):
        _assert_one_sentence(_run(*arguments, **environment), about=about)


def test_help_loads_nothing_that_it_does_not_need() -> None:
    heavy = {"numpy", "sqlalchemy", "psycopg", "fastapi", "onnxruntime", "pydantic_settings"}
    code = (
        "import sys\nfrom api.commands import seenemall\n"
        "sys.argv = ['seenemall', '--help']\n"
        "try: seenemall.main()\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    assert "strategies" in done.stdout
    assert heavy & set(done.stderr.split()) == set()


def test_serving_loads_nothing_that_only_some_services_need() -> None:
    """Each of these costs every process 8 to 30 MB; see docs/measurements.md."""
    unneeded = {
        "alembic", "cryptography", "google.genai", "jwt", "openai", "scipy.linalg",
        "scipy.optimize", "sqlalchemy",
    }  # fmt: skip
    code = "import sys, api.http.application, api.http.server; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    assert unneeded & set(done.stdout.split()) == set()


def test_the_version_is_that_of_the_service() -> None:
    assert _run("--version").stdout.strip() == __version__


def test_a_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        _assert_one_sentence(_run("serve", PORT=port), about=port)


def test_an_open_address_without_a_key_is_refused_with_what_to_do(database: Database) -> None:
    done = _run("serve", HOST="0.0.0.0", DATABASE_URL=database.libpq_url)
    _assert_one_sentence(done, about="seenemall keys create")


def test_vectors_of_another_model_are_refused_with_what_to_do(database: Database) -> None:
    activate(database, fill_space(database, []))
    done = _run("serve", DATABASE_URL=database.libpq_url)
    _assert_one_sentence(done, about="The vectors in use are of hash, but EMBED_MODEL=all-MiniLM")
    assert "make embed" in done.stderr


def test_a_check_finds_a_genre_in_the_rules_that_there_is_not(tmp_path: Path) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text('{"filters": {"exclude_genres": ["Crime", "Horor"]}}')
    done = _run("serve", "--check", BUSINESS_RULES_PATH=str(rules))
    _assert_one_sentence(
        done, about="rules.json: filters.exclude_genres: there is no genre 'Horor'"
    )
    assert "did you mean Horror?" in done.stderr


@pytest.mark.parametrize(
    ("label", "about"),
    [
        ("", "must say what the key is for"),
        (" ", "must say what the key is for"),
        ("x" * 101, "must have at most 100 characters, not 101"),
        ("phone\x1b[31m", "must not have control characters"),
        ("phone\ntablet", "must not have control characters"),
    ],
)
def test_a_key_that_nobody_would_know_is_not_made(
    database: Database, label: str, about: str
) -> None:
    # The first key ends the keyless state for good: an unset variable must not.
    done = _run("keys", "create", "--label", label, DATABASE_URL=database.libpq_url)
    _assert_one_sentence(done, about=about)
    assert not ApiKeyStore(database).has_keys()


def test_a_key_is_made_listed_and_revoked_by_command(database: Database) -> None:
    def keys(*arguments: str) -> subprocess.CompletedProcess[str]:
        return _run("keys", *arguments, DATABASE_URL=database.libpq_url)

    key = keys("create", "--scope", "admin", "--label", "the backend").stdout.strip()
    store = ApiKeyStore(database)
    assert store.find(key) == (key[:12], "admin")
    listed = keys("list").stdout
    assert key[:12] in listed
    assert "the backend" in listed
    assert key not in listed
    other = keys("create", "--label", "the phone").stdout.strip()
    assert "another" not in keys("revoke", other[:12]).stderr
    revoked = keys("revoke", key[:12])
    assert revoked.returncode == 0
    assert "make another: seenemall keys create --scope admin" in revoked.stderr
    assert store.find(key) is None
    again = keys("revoke", key[:12])
    assert again.returncode == 1
    assert key[:12] in again.stderr

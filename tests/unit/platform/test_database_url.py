"""URLs of databases: any that SQLAlchemy reads means the same to libpq."""

import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url

from api.platform.database_url import of_libpq, without_password

_URLS = (
    "postgresql://host/name",
    "postgres://dana@host:5433/name",
    "postgresql+psycopg://dana:secret@host/name?sslmode=disable",
    "postgresql+psycopg2://dana:p%40ss%2Fword@host:5432/name",
    "postgresql://dana:a/b:c?d#e%zz@host/name",
    "postgresql://dana:@host/name",
    "postgresql://dana@/name?host=/var/run/postgresql",
    "postgresql://dana:secret@[::1]:5432/name",
    "postgresql:///name",
)


@pytest.mark.parametrize("url", _URLS)
def test_every_part_is_what_sqlalchemy_reads(url: str) -> None:
    parts = {key: str(value) for key, value in conninfo_to_dict(of_libpq(url)).items()}
    read = make_url(url.replace("postgres:", "postgresql:"))
    wanted = {
        "user": read.username,
        "password": read.password,
        "host": read.host or read.query.get("host"),
        "port": str(read.port) if read.port else None,
        "dbname": read.database,
        "sslmode": read.query.get("sslmode"),
    }
    assert parts == {key: value for key, value in wanted.items() if value}


@pytest.mark.parametrize("url", _URLS)
def test_a_url_of_libpq_stays_as_it_is(url: str) -> None:
    assert of_libpq(of_libpq(url)) == of_libpq(url)


def test_a_password_is_not_shown() -> None:
    shown = without_password(of_libpq("postgresql+psycopg://dana:hun/ter@host/name"))
    assert shown == "postgresql://dana:***@host/name"


@pytest.mark.parametrize("url", ["mysql://dana:hunter2@host/name", "hunter2", ""])
def test_what_is_no_url_of_postgres_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="postgresql://user@host/name") as refused:
        of_libpq(url)
    assert "hunter2" not in str(refused.value)

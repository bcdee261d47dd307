"""How long statements may take: a request's little, those that read the whole catalogue more."""

from api.platform.database import Database


def test_what_reads_the_whole_catalogue_has_more_time_than_a_request(database: Database) -> None:
    def patience() -> str:
        with database.autocommit() as cursor:
            return str(cursor.execute("SHOW statement_timeout").fetchall())

    with database.patiently() as cursor:
        assert cursor.execute("SHOW statement_timeout").fetchall() == [("3min",)]
    assert patience() == str([("15s",)])  # nothing of it stays with the connection

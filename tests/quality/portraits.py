"""`python -m tests.quality.portraits`: the first page for tastes, to be judged title by title.

Asks a copy of the catalogue of DATABASE_URL or DATA_DIR twice: with the collaborative model that it
has, and without any. The histories were written down before any answer was looked at; the lists of
the first ten have led to changes of the ranking, so the next six tell what those are worth.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from api.http.services import Services
from api.platform.copying import copy_rows
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.recommend.constraints.age import OldestAge
from api.recommend.request import RecommendRequest
from config.settings import Settings
from tests.evaluation.database import copy_of_catalogue
from tests.quality.measure import open_services

PLACES = 20
_PROFILES = ("id", "user_id", "profile", "consent_collaborative")
_INTERACTIONS = ("profile_id", "item_id", "event_type", "watched_at", "occurred_at")
# By ix_items_title where there is one; sixteen portraits ask for a hundred names in one statement.
_NAMED = text("""
SELECT DISTINCT ON (title, release_year, media_type) title, release_year, media_type, id
FROM items WHERE retired_at IS NULL AND title = ANY(:titles)
ORDER BY title, release_year, media_type, vote_count DESC
""")
_TOLD = text("""
SELECT id, title, release_year, media_type, original_language, vote_count, vote_average
FROM items WHERE id = ANY(:ids)
""")
_NEXT_PROFILE = text("SELECT coalesce(max(id), 0) + 1 FROM profiles")


@dataclass(frozen=True, slots=True)
class Named:
    """A title by its name; the year tells it from namesakes."""

    title: str
    year: int
    kind: str = "movie"


@dataclass(frozen=True, slots=True)
class Portrait:
    """A viewer in a few words."""

    name: str
    liked: tuple[Named, ...]  # the oldest liking first
    disliked: tuple[Named, ...] = ()
    max_age: int | None = None


def _films(*named: tuple[str, int]) -> tuple[Named, ...]:
    return tuple(Named(title, year) for title, year in named)


def _shows(*named: tuple[str, int]) -> tuple[Named, ...]:
    return tuple(Named(title, year, "tv") for title, year in named)


FIRST_TEN = (
    Portrait(
        "Studio Ghibli and Pixar",
        _films(
            ("Toy Story", 1995),
            ("My Neighbor Totoro", 1988),
            ("Finding Nemo", 2003),
            ("Princess Mononoke", 1997),
            ("Ratatouille", 2007),
            ("Howl's Moving Castle", 2004),
            ("Up", 2009),
            ("Spirited Away", 2001),
        ),
    ),
    Portrait(
        "paranoia of the 1970s",
        _films(
            ("Klute", 1971),
            ("Marathon Man", 1976),
            ("All the President's Men", 1976),
            ("Three Days of the Condor", 1975),
            ("The Parallax View", 1974),
            ("The Conversation", 1974),
        ),
    ),
    Portrait(
        "Korean drama series",
        _shows(
            ("My Demon", 2023),
            ("Vincenzo", 2021),
            ("True Beauty", 2020),
            ("King the Land", 2023),
            ("Goblin", 2016),
        ),
    ),
    Portrait(
        "a family that hates horror",
        _films(
            ("Back to the Future", 1985),
            ("Home Alone", 1990),
            ("Mrs. Doubtfire", 1993),
            ("The Incredibles", 2004),
            ("Paddington 2", 2017),
        ),
        disliked=_films(("The Conjuring", 2013), ("It", 2017), ("Hereditary", 2018)),
    ),
    Portrait(
        "European arthouse",
        _films(
            ("Three Colors: Blue", 1993),
            ("The White Ribbon", 2009),
            ("Amour", 2012),
            ("Ida", 2013),
            ("Portrait of a Lady on Fire", 2019),
            ("The Worst Person in the World", 2021),
            ("Toni Erdmann", 2016),
        ),
    ),
    Portrait(
        "a nine-year-old",
        _films(
            ("Matilda", 1996),
            ("Zootopia", 2016),
            ("Inside Out", 2015),
            ("How to Train Your Dragon", 2010),
            ("Harry Potter and the Philosopher's Stone", 2001),
        ),
        max_age=9,
    ),
    Portrait(
        "film noir",
        _films(
            ("Laura", 1944),
            ("The Big Sleep", 1946),
            ("Out of the Past", 1947),
            ("The Maltese Falcon", 1941),
            ("Double Indemnity", 1944),
        ),
    ),
    Portrait(
        "crime series",
        _shows(
            ("The Sopranos", 1999),
            ("True Detective", 2014),
            ("Better Call Saul", 2015),
            ("Breaking Bad", 2008),
            ("The Wire", 2002),
        ),
    ),
    Portrait(
        "action from Asia",
        _films(
            ("Police Story", 1985),
            ("Oldboy", 2003),
            ("Hard Boiled", 1992),
            ("Infernal Affairs", 2002),
            ("The Raid", 2012),
        ),
    ),
    Portrait(
        "thoughtful science fiction",
        _films(
            ("Solaris", 1972),
            ("Contact", 1997),
            ("Blade Runner", 1982),
            ("2001: A Space Odyssey", 1968),
            ("Interstellar", 2014),
            ("Arrival", 2016),
        ),
    ),
)

NEXT_SIX = (
    Portrait(
        "westerns",
        _films(
            ("High Noon", 1952),
            ("The Searchers", 1956),
            ("The Wild Bunch", 1969),
            ("Unforgiven", 1992),
            ("The Good, the Bad and the Ugly", 1966),
            ("Once Upon a Time in the West", 1968),
        ),
    ),
    Portrait(
        "British sitcoms",
        _shows(
            ("Fawlty Towers", 1975),
            ("Blackadder", 1983),
            ("The Office", 2001),
            ("Peep Show", 2003),
            ("The IT Crowd", 2006),
        ),
    ),
    Portrait(
        "romantic comedies",
        _films(
            ("10 Things I Hate About You", 1999),
            ("You've Got Mail", 1998),
            ("Crazy, Stupid, Love.", 2011),
            ("Notting Hill", 1999),
            ("When Harry Met Sally...", 1989),
        ),
    ),
    Portrait(
        "animation series from Japan",
        _shows(
            ("Death Note", 2006),
            ("Cowboy Bebop", 1998),
            ("Attack on Titan", 2013),
            ("Steins;Gate", 2011),
            ("Fullmetal Alchemist: Brotherhood", 2009),
        ),
    ),
    Portrait(
        "films in Hindi",
        _films(
            ("Dilwale Dulhania Le Jayenge", 1995),
            ("Lagaan: Once Upon a Time in India", 2001),
            ("PK", 2014),
            ("Dangal", 2016),
            ("3 Idiots", 2009),
        ),
    ),
    Portrait(
        "war in films and series",
        (
            *_films(("Das Boot", 1981), ("Come and See", 1985), ("Dunkirk", 2017)),
            *_shows(("The Pacific", 2010), ("Band of Brothers", 2001)),
            *_films(("Saving Private Ryan", 1998)),
        ),
    ),
)
PORTRAITS = (*FIRST_TEN, *NEXT_SIX)


def main() -> int:
    """Prints the lists; 1 with one sentence where there is no catalogue to ask."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.portraits", description=__doc__)
    parser.parse_args()
    try:
        settings = Settings.load()
        with copy_of_catalogue(settings) as database:
            missing = write_portraits(database)
            for line in missing:
                print(line)
            for model in ("with the model", "without a model"):
                if model == "without a model":
                    with database.engine.begin() as connection:
                        connection.execute(text("DELETE FROM collaborative_models"))
                with open_services(settings, database) as services:
                    services.warming.read()
                    for line in told(services, database, model):
                        print(line)
    except SeenEmAllError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def write_portraits(database: Database, portraits: Sequence[Portrait] = PORTRAITS) -> list[str]:
    """Gives each a profile with its history, a day between two likings; what was not found."""
    with database.engine.begin() as connection:
        named = [one for each in portraits for one in (*each.liked, *each.disliked)]
        rows = connection.execute(_NAMED, {"titles": [one.title for one in named]})
        ids = {Named(title, year, kind): item_id for title, year, kind, item_id in rows}
        first = connection.execute(_NEXT_PROFILE).scalar_one()
        profiles = [(first + n, one.name, None, False) for n, one in enumerate(portraits)]
        copy_rows(connection, "profiles", profiles, columns=_PROFILES)
        events = [
            (first + number, ids[one], kind, at, at)
            for number, portrait in enumerate(portraits)
            for one, kind, at in _events(portrait)
            if one in ids
        ]
        copy_rows(connection, "interactions", events, columns=_INTERACTIONS)
    return [f"not in this catalogue: {one.title} ({one.year})" for one in named if one not in ids]


def _events(portrait: Portrait) -> Iterator[tuple[Named, str, datetime]]:
    kinds = [(one, "disliked") for one in portrait.disliked]
    kinds += [(one, "liked") for one in portrait.liked]
    start = datetime.now(UTC) - timedelta(days=len(kinds))
    for day, (one, kind) in enumerate(kinds):
        yield one, kind, start + timedelta(days=day)


def told(services: Services, database: Database, model: str) -> Iterator[str]:
    """The first places of each portrait's list, a line for each title."""
    for portrait in PORTRAITS:
        yield f"\n## {portrait.name}, {model}"
        ids = first_places(services, portrait)
        with database.engine.connect() as connection:
            rows = {row.id: row for row in connection.execute(_TOLD, {"ids": ids})}
        for place, item_id in enumerate(ids, start=1):
            row = rows[item_id]
            yield (
                f"{place:2} {row.title} ({row.release_year}, {row.media_type}, "
                f"{row.original_language}, {row.vote_average:.1f} of {row.vote_count} votes)"
            )


def first_places(services: Services, portrait: Portrait, places: int = PLACES) -> list[int]:
    """The ids of a portrait's first page; the same chance every time."""
    age = portrait.max_age
    filters = () if age is None else (OldestAge("parameter", age, hides_unrated=True),)
    request = RecommendRequest(user_id=portrait.name, limit=places, filters=filters, diversify=True)
    run = services.runs.prepare(request).run(seed=1)
    ids: list[int] = run.item_ids[:places].tolist()
    return ids


if __name__ == "__main__":
    sys.exit(main())

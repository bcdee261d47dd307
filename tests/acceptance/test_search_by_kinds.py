"""GET /search: kinds of what people type, numbers in words, files, makers beside titles, series."""

from datetime import date

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_company, add_credit, add_item, add_person, announce_catalogue

# Title, year, popularity, other names.
_TITLES: list[tuple[str, int, float, list[str]]] = [
    ("Heat", 1995, 70, []),
    ("The Heat", 2013, 75, []),
    ("Up", 2009, 80, []),
    ("Wake Up", 2004, 85, []),
    ("It", 2017, 70, []),
    ("It", 1990, 30, []),
    ("Halloween", 1978, 50, []),
    ("Halloween", 2018, 60, []),
    ("The Thing", 1982, 60, []),
    ("The Thing", 2011, 65, []),
    ("Drive", 2011, 60, []),
    ("Drive My Car", 2021, 70, []),
    ("Frozen", 2013, 80, []),
    ("Frozen", 2010, 20, []),
    ("Inception", 2010, 90, []),
    ("Pulp Fiction", 1994, 90, []),
    ("The Matrix", 1999, 90, []),
    ("The Matrix Reloaded", 2003, 70, []),
    ("City of God", 2002, 70, ["Cidade de Deus"]),
    ("Dune", 2021, 95, []),
    ("Dune", 1984, 30, []),
    ("Dune: Part Two", 2024, 96, []),
    ("Se7en", 1995, 80, []),
    ("Seven Pounds", 2008, 85, []),
    ("One Hundred and One Dalmatians", 1961, 50, []),
    ("101 Dalmatians", 1996, 60, []),
    ("28 Days Later", 2002, 60, []),
    ("28 Weeks Later", 2007, 65, []),
    ("20,000 Leagues Under the Sea", 1954, 40, []),
    ("(500) Days of Summer", 2009, 50, []),
    ("Zero Dark Thirty", 2012, 50, []),
    ("30 Days of Night: Dark Days", 2010, 60, []),
    ("22 Jump Street", 2014, 50, []),
    ("Nineteen Eighty-Four", 1984, 30, []),
    ("8½", 1963, 30, []),
    ("The Naked Gun 2½: The Smell of Fear", 1991, 30, []),
    ("The Naked Gun", 2025, 60, []),
    ("10 Cloverfield Lane", 2016, 40, []),
    ("Apollo 13", 1995, 50, []),
    ("E.T. the Extra-Terrestrial", 1982, 70, []),
    ("M*A*S*H", 1970, 40, []),
    ("R.I.P.D.", 2013, 40, []),
    ("tick, tick... BOOM!", 2021, 30, []),
    ("O Brother, Where Art Thou?", 2000, 40, []),
    ("Romeo + Juliet", 1996, 50, []),
    ("Romeo and Juliet", 1968, 40, []),
    ("Batman v Superman: Dawn of Justice", 2016, 60, []),
    ("Kramer vs. Kramer", 1979, 40, []),
    ("Godzilla x Kong: The New Empire", 2024, 60, []),
    ("Mr. & Mrs. Smith", 2005, 50, []),
    ("Léon: The Professional", 1994, 70, ["Léon"]),
    ("L'Avventura", 1960, 20, []),
    ("Y tu mamá también", 2001, 40, []),
    ("Breathless", 1960, 40, ["À bout de souffle"]),
    ("The Seventh Seal", 1957, 40, ["Det sjunde inseglet"]),
    ("Princess Mononoke", 1997, 70, ["もののけ姫"]),
    ("In the Mood for Love", 2000, 50, ["花樣年華"]),
    ("Stalker", 1979, 50, ["Сталкер"]),
    ("Dangal", 2016, 50, ["दंगल"]),
    ("Oldboy", 2003, 60, ["올드보이"]),
    ("A Separation", 2011, 50, ["جدایی نادر از سیمین"]),
    ("Inglourious Basterds", 2009, 80, []),
    ("The Inglorious Bastards", 1978, 10, []),
    ("Interstellar", 2014, 95, []),
    ("Eternal Sunshine of the Spotless Mind", 2004, 70, []),
    ("Rocky", 1976, 60, []),
    ("Rocky V", 1990, 30, []),
    ("Malcolm X", 1992, 40, []),
    ("Toy Story 3", 2010, 70, []),
    ("Brooklyn's Finest", 2010, 40, []),
    ("V for Vendetta", 2006, 60, []),
    ("What's Eating Gilbert Grape", 1993, 40, []),
    ("Schindler's List", 1993, 80, []),
    ("Troll 2", 1990, 10, []),
]
# Title, day, popularity, collection.
_SERIES = [
    ("Die Hard", date(1988, 7, 15), 70, "Die Hard Collection"),
    ("Die Hard 2", date(1990, 7, 3), 50, "Die Hard Collection"),
    ("Die Hard: With a Vengeance", date(1995, 5, 19), 60, "Die Hard Collection"),
    ("X-Men", date(2000, 7, 13), 70, "X-Men Collection"),
    ("X2", date(2003, 4, 27), 60, "X-Men Collection"),
    ("X-Men: First Class", date(2011, 6, 1), 75, "X-Men Collection"),
    ("Fellows of the Ring", date(2001, 12, 18), 90, "The Ring Saga Collection"),
    ("The Two Towns", date(2002, 12, 18), 85, "The Ring Saga Collection"),
    ("Troll", date(2022, 12, 1), 60, "Troll Collection"),
    ("Troll Returns", date(2025, 12, 1), 65, "Troll Collection"),
]
_SHOWS = [("Fargo", 2014, 40), ("Brooklyn Nine-Nine", 2013, 70), ("House", 2004, 70)]
_FILMS_OF_THE_SAME_NAME = [("Fargo", 1996, 60), ("House", 1977, 20)]


@pytest.fixture(scope="module")
def named(start_quiet: ServiceFactory) -> Service:
    service = start_quiet()
    database, ids = service.database, dict[tuple[str, int], int]()
    for title, year, popularity, others in _TITLES:
        ids[title, year] = add_item(
            database,
            title,
            tmdb_id=len(ids) + 1,
            release_year=year,
            popularity=popularity,
            alternatives=others,
        )
    for title, day, popularity, collection in _SERIES:
        ids[title, day.year] = add_item(
            database,
            title,
            tmdb_id=len(ids) + 1,
            release_date=day,
            release_year=day.year,
            popularity=popularity,
            collection_id=len(collection),
            collection_name=collection,
        )
    for kind, titles in (("tv", _SHOWS), ("movie", _FILMS_OF_THE_SAME_NAME)):
        for title, year, popularity in titles:
            ids[title, year] = add_item(
                database,
                title,
                tmdb_id=len(ids) + 1,
                media_type=kind,
                release_year=year,
                popularity=popularity,
            )
    for person, part_in in {
        "Al Pacino": ("Heat", 1995),
        "Robert De Niro": ("Heat", 1995),
        "Stephen King": ("It", 1990),
        "John Carpenter": ("The Thing", 1982),
        "Ryan Gosling": ("Drive", 2011),
        "Christopher Nolan": ("Inception", 2010),
        "Quentin Tarantino": ("Pulp Fiction", 1994),
        "Kristen Bell": ("Frozen", 2013),
    }.items():
        add_credit(database, ids[part_in], add_person(database, person))
    add_company(database, "Pixar", [ids["Up", 2009]], tmdb_id=3)
    add_company(database, "Walt Disney Pictures", [ids["Frozen", 2013]], tmdb_id=2)
    announce_catalogue(database)
    return service


@pytest.mark.parametrize(
    ("typed", "title", "year"),
    [
        # A title beside somebody who made it.
        ("heat al pacino", "Heat", 1995),
        ("al pacino heat", "Heat", 1995),
        ("heat with al pacino", "Heat", 1995),
        ("heat de niro", "Heat", 1995),
        ("stephen king it", "It", 1990),
        ("it by stephen king", "It", 1990),
        ("the thing john carpenter", "The Thing", 1982),
        ("john carpenter's the thing", "The Thing", 1982),
        ("john carpenters the thing", "The Thing", 1982),
        ("drive ryan gosling", "Drive", 2011),
        ("nolan inception", "Inception", 2010),
        ("inception by christopher nolan", "Inception", 2010),
        ("pulp tarantino", "Pulp Fiction", 1994),
        ("up pixar", "Up", 2009),
        ("pixar up", "Up", 2009),
        ("frozen disney", "Frozen", 2013),
        ("frozen 2013 kristen bell", "Frozen", 2013),
        # Words that ask, and names of files.
        ("inception movie", "Inception", 2010),
        ("the movie inception", "Inception", 2010),
        ("watch inception online", "Inception", 2010),
        ("city of god 2002 movie", "City of God", 2002),
        ("heat film 1995", "Heat", 1995),
        ("Heat (1995 film)", "Heat", 1995),
        ("Heat.1995.1080p.BluRay.x264", "Heat", 1995),
        ("The_Matrix_1999_4k_remux.mkv", "The Matrix", 1999),
        ("fargo movie", "Fargo", 1996),
        ("fargo tv show", "Fargo", 2014),
        ("house series", "House", 2004),
        ("house film", "House", 1977),
        # Years in other places and ways.
        ("2021 dune", "Dune", 2021),
        ("1984 dune", "Dune", 1984),
        ("(1984) Dune", "Dune", 1984),
        ("dune '21", "Dune", 2021),
        ("dune ’84", "Dune", 1984),
        ("the matrix, 1999", "The Matrix", 1999),
        ("Matrix, The (1999)", "The Matrix", 1999),
        # Numbers in words and digits.
        ("seven", "Se7en", 1995),
        ("101 dalmatians 1961", "One Hundred and One Dalmatians", 1961),
        ("one hundred and one dalmatians 1996", "101 Dalmatians", 1996),
        ("twenty-eight days later", "28 Days Later", 2002),
        ("twenty eight weeks later", "28 Weeks Later", 2007),
        ("twenty thousand leagues", "20,000 Leagues Under the Sea", 1954),
        ("20000 leagues under the sea", "20,000 Leagues Under the Sea", 1954),
        ("five hundred days of summer", "(500) Days of Summer", 2009),
        ("500 days", "(500) Days of Summer", 2009),
        ("zero dark 30", "Zero Dark Thirty", 2012),
        ("twenty two jump street", "22 Jump Street", 2014),
        ("1984", "Nineteen Eighty-Four", 1984),
        ("8.5", "8½", 1963),
        ("eight and a half", "8½", 1963),
        ("naked gun 2.5", "The Naked Gun 2½: The Smell of Fear", 1991),
        ("ten cloverfield lane", "10 Cloverfield Lane", 2016),
        ("apollo thirteen", "Apollo 13", 1995),
        ("7th seal", "The Seventh Seal", 1957),
        ("brooklyn 99", "Brooklyn Nine-Nine", 2013),
        ("brooklyn99", "Brooklyn Nine-Nine", 2013),
        ("toystory3", "Toy Story 3", 2010),
        ("toy story three", "Toy Story 3", 2010),
        ("rocky 5", "Rocky V", 1990),
        ("malcolm x", "Malcolm X", 1992),
        ("v for vendetta", "V for Vendetta", 2006),
        # Parts by their place in a series, and no part where a title bears the name.
        ("die hard 3", "Die Hard: With a Vengeance", 1995),
        ("die hard iii", "Die Hard: With a Vengeance", 1995),
        ("die hard part three", "Die Hard: With a Vengeance", 1995),
        ("die hard 2", "Die Hard 2", 1990),
        ("die hard 1", "Die Hard", 1988),
        ("x men 2", "X2", 2003),
        ("xmen 3", "X-Men: First Class", 2011),
        ("ring saga 2", "The Two Towns", 2002),
        ("troll 2", "Troll 2", 1990),
        ("dune 2", "Dune: Part Two", 2024),
        # Signs, marks and scripts.
        ("“Heat” 1995", "Heat", 1995),
        ("«drive my car»", "Drive My Car", 2021),
        ("e.t.", "E.T. the Extra-Terrestrial", 1982),
        ("et the extraterrestrial", "E.T. the Extra-Terrestrial", 1982),
        ("mash", "M*A*S*H", 1970),
        ("ripd", "R.I.P.D.", 2013),
        ("tick tick boom", "tick, tick... BOOM!", 2021),
        ("oh brother where art thou", "O Brother, Where Art Thou?", 2000),
        ("romeo+juliet", "Romeo + Juliet", 1996),
        ("romeo & juliet 1968", "Romeo and Juliet", 1968),
        ("batman vs superman", "Batman v Superman: Dawn of Justice", 2016),
        ("kramer versus kramer", "Kramer vs. Kramer", 1979),
        ("godzilla kong", "Godzilla x Kong: The New Empire", 2024),
        ("mister and mrs smith", "Mr. & Mrs. Smith", 2005),
        ("leon", "Léon: The Professional", 1994),
        ("lavventura", "L'Avventura", 1960),
        ("l avventura", "L'Avventura", 1960),
        ("y tu mama tambien", "Y tu mamá también", 2001),
        ("a bout de souffle", "Breathless", 1960),
        ("もののけ", "Princess Mononoke", 1997),
        ("年華", "In the Mood for Love", 2000),
        ("сталкер", "Stalker", 1979),
        ("दंगल", "Dangal", 2016),
        ("old boy", "Oldboy", 2003),
        ("جدایی", "A Separation", 2011),
        ("whats eating gilbert", "What's Eating Gilbert Grape", 1993),
        ("schindler list", "Schindler's List", 1993),
        # Slips.
        ("intersteller", "Interstellar", 2014),
        ("eternal sunshine of a spotless mind", "Eternal Sunshine of the Spotless Mind", 2004),
    ],
)  # fmt: skip
def test_each_kind_finds_its_title_first(named: Service, typed: str, title: str, year: int) -> None:
    found = named.http.get("/search", params={"q": typed}).json()["items"]
    assert [(one["title"], one["release_year"]) for one in found[:1]] == [(title, year)]


def test_what_is_better_known_and_a_slip_away_follows_the_very_name(named: Service) -> None:
    found = named.http.get("/search", params={"q": "inglorious bastards"}).json()["items"]
    assert [one["title"] for one in found] == ["The Inglorious Bastards", "Inglourious Basterds"]


def test_a_title_beside_somebody_who_had_no_part_in_it_is_not_taken_for_theirs(
    named: Service,
) -> None:
    found = named.http.get("/search", params={"q": "up al pacino"}).json()["items"]
    assert found == []


def test_the_pages_of_a_title_beside_its_makers_go_on(named: Service) -> None:
    first = named.http.get("/search", params={"q": "pixar up", "limit": 1}).json()
    assert [one["title"] for one in first["items"]] == ["Up"]
    assert "next_cursor" not in first

"""GET /search: names as people type them."""

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, add_person, announce_catalogue

# Title, year, popularity, other names.
_TITLES: list[tuple[str, int, float, list[str]]] = [
    ("M", 1931, 8, []),
    ("Memento", 2000, 60, []),
    ("Parasite", 1982, 3, []),
    ("Parasite", 2019, 90, ["기생충"]),
    ("Godzilla", 1954, 20, ["ゴジラ"]),
    ("Godzilla", 2014, 60, []),
    ("Godzilla Minus One", 2023, 80, []),
    ("Lilo & Stitch", 2002, 50, []),
    ("Dune", 1984, 30, []),
    ("Dune", 2021, 95, []),
    ("Dune: Part Two", 2024, 96, []),
    ("Heat", 1995, 70, []),
    ("The Heat", 2013, 60, []),
    ("Spider-Man", 2002, 80, []),
    ("Spider-Man: No Way Home", 2021, 90, []),
    ("Ocean's Eleven", 2001, 60, []),
    ("Don't Look Up", 2021, 60, []),
    ("It's a Wonderful Life", 1946, 50, []),
    ("Alien", 1979, 80, []),
    ("Alien³", 1992, 50, []),
    ("9½ Weeks", 1986, 20, []),
    ("The Godfather", 1972, 90, []),
    ("The Godfather Part II", 1974, 80, []),
    ("Rocky", 1976, 60, []),
    ("Rocky IV", 1985, 50, []),
    ("Ghost House", 2026, 10, ["भूत बंगला"]),
    ("Spirited Away", 2001, 85, ["千と千尋の神隠し"]),
    ("$", 1971, 5, []),
    ("Blade Runner 2049", 2017, 70, []),
    ("Blade Runner", 1982, 75, []),
    ("1917", 2019, 60, []),
    ("WALL·E", 2008, 80, []),
    ("Se7en", 1995, 80, []),
    ("Amélie", 2001, 70, ["Le Fabuleux Destin d'Amélie Poulain"]),
    ("Star Wars", 1977, 90, ["Star Wars: Episode IV - A New Hope"]),
    ("The Shawshank Redemption", 1994, 90, []),
    ("Shrek", 2001, 80, ["Шрек"]),
    ("Mission: Impossible - Dead Reckoning Part One", 2023, 70, []),
    ("Crouching Tiger, Hidden Dragon", 2000, 60, ["臥虎藏龍"]),
    ("Kill Bill: Vol. 2", 2004, 70, []),
    ("X-Men", 2000, 70, []),
    ("Ready Player One", 2018, 60, []),
    ("Seven Samurai", 1954, 60, ["七人の侍"]),
    ("Hitchcock", 2012, 20, []),
    ("How I Met Your Mother", 2005, 99, []),
]


@pytest.fixture(scope="module")
def named(start_quiet: ServiceFactory) -> Service:
    service = start_quiet()
    for number, (title, year, popularity, others) in enumerate(_TITLES, start=1):
        add_item(
            service.database,
            title,
            tmdb_id=number,
            release_year=year,
            popularity=popularity,
            alternatives=others,
        )
    for name in ("Alfred Hitchcock", "Quentin Tarantino", "Penélope Cruz", "Conan O'Brien"):
        add_person(service.database, name)
    announce_catalogue(service.database)
    return service


def _first(service: Service, typed: str) -> tuple[str, int]:
    answer = service.http.get("/search", params={"q": typed})
    assert answer.status_code == 200, answer.text
    found = answer.json()["items"]
    assert found, typed
    return found[0]["title"], found[0]["release_year"]


@pytest.mark.parametrize(
    ("typed", "title", "year"),
    [
        ("M", "M", 1931),
        ("m", "M", 1931),
        ("Parasite", "Parasite", 2019),
        ("parasite 1982", "Parasite", 1982),
        ("기생충", "Parasite", 2019),
        ("기생", "Parasite", 2019),
        ("Godzilla", "Godzilla", 2014),
        ("godzila", "Godzilla", 2014),
        ("ゴジラ", "Godzilla", 1954),
        ("godzilla 1954", "Godzilla", 1954),
        ("lilo and stitch", "Lilo & Stitch", 2002),
        ("lilo & stitch", "Lilo & Stitch", 2002),
        ("lilo stitch", "Lilo & Stitch", 2002),
        ("dune", "Dune", 2021),
        ("dune 2021", "Dune", 2021),
        ("dune 1984", "Dune", 1984),
        ("Dune (1984)", "Dune", 1984),
        ("dune [1984]", "Dune", 1984),
        ("dune 1985", "Dune", 1984),
        ("dune 2", "Dune: Part Two", 2024),
        ("dune part ii", "Dune: Part Two", 2024),
        ("Heat (1995)", "Heat", 1995),
        ("heat", "Heat", 1995),
        ("the heat", "The Heat", 2013),
        ("heat 2013", "The Heat", 2013),
        ("spiderman", "Spider-Man", 2002),
        ("spider man", "Spider-Man", 2002),
        ("spidermna", "Spider-Man", 2002),
        ("spiderman no way", "Spider-Man: No Way Home", 2021),
        ("no way home", "Spider-Man: No Way Home", 2021),
        ("oceans eleven", "Ocean's Eleven", 2001),
        ("oceans 11", "Ocean's Eleven", 2001),
        ("ocean's ele", "Ocean's Eleven", 2001),
        ("oceanseleven", "Ocean's Eleven", 2001),
        ("dont look up", "Don't Look Up", 2021),
        ("Don`t look up", "Don't Look Up", 2021),
        ("its a wonderful life", "It's a Wonderful Life", 1946),
        ("wonderful life", "It's a Wonderful Life", 1946),
        ("alien 3", "Alien³", 1992),
        ("alien iii", "Alien³", 1992),
        ("9 1/2 weeks", "9½ Weeks", 1986),
        ("nine 1/2 weeks", "9½ Weeks", 1986),
        ("godfather 2", "The Godfather Part II", 1974),
        ("The Godfather Part 2", "The Godfather Part II", 1974),
        ("godfather part two", "The Godfather Part II", 1974),
        ("godfather", "The Godfather", 1972),
        ("godfahter", "The Godfather", 1972),
        ("rocky iv", "Rocky IV", 1985),
        ("rocky 4", "Rocky IV", 1985),
        ("rocky 4.0", "Rocky IV", 1985),
        ("rocky for", "Rocky IV", 1985),
        ("godfather too", "The Godfather Part II", 1974),
        ("ready player won", "Ready Player One", 2018),
        ("rocky", "Rocky", 1976),
        ("भूत", "Ghost House", 2026),
        ("बंगला", "Ghost House", 2026),
        ("神隠し", "Spirited Away", 2001),
        ("千尋", "Spirited Away", 2001),
        ("藏龍", "Crouching Tiger, Hidden Dragon", 2000),
        ("藏龙", "Crouching Tiger, Hidden Dragon", 2000),
        ("卧虎藏龙", "Crouching Tiger, Hidden Dragon", 2000),
        ("七人", "Seven Samurai", 1954),
        ("7 samurai", "Seven Samurai", 1954),
        ("$", "$", 1971),
        ("blade runner 2049", "Blade Runner 2049", 2017),
        ("blade runner 1982", "Blade Runner", 1982),
        ("1917", "1917", 2019),
        ("1917 (2019)", "1917", 2019),
        ("walle", "WALL·E", 2008),
        ("wall e", "WALL·E", 2008),
        ("wall-e", "WALL·E", 2008),
        ("se7en", "Se7en", 1995),
        ("amelie", "Amélie", 2001),
        ("AMELIE POULAIN", "Amélie", 2001),
        ("fabuleux destin", "Amélie", 2001),
        ("starwars", "Star Wars", 1977),
        ("star wars episode 4", "Star Wars", 1977),
        ("a new hope", "Star Wars", 1977),
        ("shawshank", "The Shawshank Redemption", 1994),
        ("shawshenk redemtion", "The Shawshank Redemption", 1994),
        ("redemption shawshank", "The Shawshank Redemption", 1994),
        ("the shawshank redemption full movie", "The Shawshank Redemption", 1994),
        ("шрек", "Shrek", 2001),
        ("dead reckoning", "Mission: Impossible - Dead Reckoning Part One", 2023),
        ("crouching tiger", "Crouching Tiger, Hidden Dragon", 2000),
        ("crouching dragon", "Crouching Tiger, Hidden Dragon", 2000),
        ("kill bill 2", "Kill Bill: Vol. 2", 2004),
        ("kill bill volume two", "Kill Bill: Vol. 2", 2004),
        ("xmen", "X-Men", 2000),
        ("x men", "X-Men", 2000),
        ("readyplayerone", "Ready Player One", 2018),
        ("ready player 1", "Ready Player One", 2018),
        ("meme", "Memento", 2000),
        ("himym", "How I Met Your Mother", 2005),
        ("HIMYM", "How I Met Your Mother", 2005),
    ],
)  # fmt: skip
def test_what_is_typed_finds_the_title_first(
    named: Service, typed: str, title: str, year: int
) -> None:
    assert _first(named, typed) == (title, year)


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("tarantino", "Quentin Tarantino"),
        ("tarrantino", "Quentin Tarantino"),
        ("quentin", "Quentin Tarantino"),
        ("tarantino quentin", "Quentin Tarantino"),
        ("penelope cruz", "Penélope Cruz"),
        ("obrien", "Conan O'Brien"),
        ("conan o brien", "Conan O'Brien"),
        ("hitchcok", "Alfred Hitchcock"),
    ],
)
def test_what_is_typed_finds_the_person(named: Service, typed: str, person: str) -> None:
    found = named.http.get("/search", params={"q": typed}).json()["people"]
    assert [one["name"] for one in found] == [person]


def test_a_person_and_a_title_of_one_word_are_both_found(named: Service) -> None:
    found = named.http.get("/search", params={"q": "hitchcock"}).json()
    assert [one["title"] for one in found["items"]] == ["Hitchcock"]
    assert [one["name"] for one in found["people"]] == ["Alfred Hitchcock"]


@pytest.mark.parametrize("typed", ["…", "!!", "qqqqqqqq", "ن"])
def test_what_no_name_has_finds_nothing(named: Service, typed: str) -> None:
    found = named.http.get("/search", params={"q": typed}).json()
    assert found == {"items": [], "people": [], "companies": [], "guessed": []}

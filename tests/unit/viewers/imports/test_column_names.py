"""Which column of a table of one's own says what, by its heading."""

import pytest

from api.viewers.imports.sources.column_names import meanings, stated_scale
from tests.unit.viewers.imports.exports import export_of


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "my rating",
            "our score",
            "your rating",
            "personal rating",
            "own rating",
            "rating (mine)",
        ),
        *("meine note", "deine bewertung", "eigene bewertung", "persönliche wertung"),
        *("ma note", "notre note", "note perso", "note personnelle", "mon évaluation"),
        *("mi nota", "mi puntuación", "nuestra valoración", "nota personal", "nota propia"),
        *("la mia valutazione", "il mio voto", "voto personale", "il nostro punteggio"),
        *("minha nota", "a minha nota", "o meu voto", "nota pessoal", "nossa avaliação"),
    ],
)
def test_whose_a_rating_is_may_stand_beside_it(heading: str) -> None:
    assert meanings([heading]).columns == {"rating": heading}


@pytest.mark.parametrize(
    ("heading", "top"),
    [
        *(("rating /5", 5), ("rating/10", 10), ("note /20", 20), ("rating (out of 10)", 10)),
        *(("rating out of 5", 5), ("rating (1-10)", 10), ("score [0–100]", 100)),
        *(("my score 1 to 10", 10), ("5-star rating", 5), ("rating (5 stars)", 5)),
        *(("rating10", 10), ("rating (10)", 10), ("score %", 100), ("rating in percent", 100)),
        *(("meine note (von 10)", 10), ("bewertung 1 bis 10", 10), ("bewertung in prozent", 100)),
        *(("ma note sur 20", 20), ("note de 1 à 10", 10), ("note (5 étoiles)", 5)),
        *(("mi nota de 1 a 10", 10), ("puntuación sobre 5", 5), ("nota (5 estrellas)", 5)),
        *(("il mio voto da 1 a 10", 10), ("voto su 5", 5), ("punteggio (100 punti)", 100)),
        *(("minha nota de 0 a 10", 10), ("avaliação (5 estrelas)", 5)),
    ],
)
def test_a_heading_may_say_which_scale_ratings_are_on(heading: str, top: float) -> None:
    meant = meanings([heading])
    assert (meant.columns, meant.stated_scale) == ({"rating": heading}, top)
    assert stated_scale(heading) == top


@pytest.mark.parametrize(
    "heading",
    [
        *("imdb rating", "average rating", "critics score out of 100", "rotten tomatoes %"),
        *("durchschnittliche bewertung", "note moyenne", "note de la presse", "nota media"),
        *("voto medio", "média das notas", "number of ratings", "notes", "votes /10", "my list"),
        *("part 1 to 5", "watched 2023", "visto su netflix", "seats (5)"),
    ],
)
def test_what_is_somebody_elses_or_no_rating_is_left(heading: str) -> None:
    meant = meanings(["title", heading])
    assert (meant.columns, meant.left) == ({"title": "title"}, (heading,))


@pytest.mark.parametrize(
    ("columns", "taken"),
    [
        (("title", "rating", "my rating"), "my rating"),
        (("title", "note", "meine note /5"), "meine note /5"),
        (("title", "rating", "rating (2)"), "rating"),
        (("title", "imdb rating", "rating"), "rating"),
    ],
)
def test_of_two_ratings_ones_own_is_taken_then_the_first(
    columns: tuple[str, ...], taken: str
) -> None:
    assert meanings(columns).columns["rating"] == taken


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        *(("my film", "title"), ("le film", "title"), ("la película", "title")),
        *(("release year (approx.)", "year"), ("date (dd/mm/yy)", "watched"), ("vu le", "watched")),
        *(("director(es)", "people"), ("rating 5", None), ("year 1990-2020", None)),
    ],
)
def test_other_columns_are_known_as_before(heading: str, meaning: str | None) -> None:
    assert meanings([heading]).columns == ({} if meaning is None else {meaning: heading})


@pytest.mark.parametrize(
    ("heading", "written", "rating"),
    [
        ("Meine Note /5", "4", 8.0),
        ("Rating /5", "3.5", 7.0),
        ("Ma note (sur 20)", "15", 7.5),
        ("Score (1-10)", "4", 4.0),  # without the heading it would be taken for stars
        ("Rating %", "80", 8.0),
        ("Mi nota", "4", 8.0),  # nothing says more than that all are up to 5
    ],
)
def test_a_rating_is_read_on_the_scale_of_its_heading(
    heading: str, written: str, rating: float
) -> None:
    (row,) = export_of(f"Title,Year,{heading}\nHeat,1995,{written}\n").rows
    assert (row.kind, row.rating) == ("rated", rating)


def test_a_rating_beyond_the_stated_scale_is_told() -> None:
    (row,) = export_of("Title,Rating /5\nHeat,8\n").rows
    assert row.skipped == "a rating of 8 is not on a scale to 5"


@pytest.mark.parametrize("heading", ["rating /" + "9" * 5000, "1" * 100_000, "(" * 100_000])
def test_a_heading_of_any_length_is_left_at_once(heading: str) -> None:
    meant = meanings(["title", heading])
    assert (meant.left, meant.stated_scale) == ((heading,), None)

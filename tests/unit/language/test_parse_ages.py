"""Who may watch, in six languages: what is refused caps below it, and the younger age holds."""

import pytest

from tests.names_builder import read

_REFUSED = [
    ("no R-rated", 16),
    ("not rated R", 16),
    ("never rated R", 16),
    ("avoid R-rated films", 16),
    ("exclude rated R", 16),
    ("without rated R", 16),
    ("nothing rated R", 16),
    ("no R", 16),
    ("comedies, not R please", 16),
    ("nothing R-rated or NC-17", 16),
    ("no TV-MA", 16),
    ("no TV MA shows", 16),
    ("no NC-17", 17),
    ("nothing X-rated", 17),
    ("no PG-13", 12),
    ("please don't show me anything that is R-rated", 16),
    ("I do not want my kids to see R-rated films", 16),
    ("we can't watch R-rated films", 16),
    ("no horror, gore or R-rated films", 16),
    ("no horror, R-rated", 16),
    ("avoid: TV-MA", 16),
    ("R-rated films are not allowed", 16),
    ("R-rated? No.", 16),
    ("R-rated movies excluded", 16),
    ("anything but R-rated", 16),
    ("action, but not rated R", 16),
    ("nothing above PG-13", 13),
    ("nothing over 12", 12),
    ("under R", 16),
    ("up to PG-13", 13),
    ("rated R or lower", 17),
    ("rated PG or lower", 8),
    ("not rated higher than PG", 8),
    ("nothing rated above PG", 8),
    ("not above PG", 8),
    ("no higher than PG-13", 13),
    ("nothing stronger than PG-13", 13),
    ("no movies rated higher than PG-13", 13),
    ("rated lower than PG-13", 12),
    ("nicht höher als FSK 12", 12),
    ("pas supérieur à PG-13", 13),
    ("no superior a PG-13", 13),
    ("non superiore a PG-13", 13),
    ("não superior a PG-13", 13),
    ("not for adults", 16),
    ("no adult content", 16),
    ("not 18+", 16),
    ("no 18+ films", 16),
    ("not over 18", 16),
    ("no over-18s", 16),
    ("no 16+", 15),
    ("no 18s", 16),
    ("not a 15", 14),
    ("no 18 certificate", 17),
    ("BBFC 15", 15),
    ("not BBFC 15", 14),
    ("no MA15+", 14),
    ("no R18+", 17),
    ("no M rated films", 14),
    ("nothing 12A", 11),
    ("not for a six year old", 5),
    ("nicht ab 18", 16),
    ("kein FSK 16", 15),
    ("keine Filme ab 16", 15),
    ("keine Filme ab 18 Jahren", 16),
    ("nicht für Erwachsene", 16),
    ("ohne FSK 18", 17),
    ("FSK 18 nicht", 17),
    ("nie R-rated", 16),
    ("nichts mit R-rated", 16),
    ("pas R-rated", 16),
    ("pas de films -16", 15),
    ("pas pour adultes", 16),
    ("jamais R-rated", 16),
    ("sans TV-MA", 16),
    ("pas 18+", 16),
    ("interdit aux moins de 16 ans", 15),
    ("sin R-rated", 16),
    ("nada para adultos", 16),
    ("no +18", 16),
    ("que no sea para mayores de 16 años", 15),
    ("não para maiores de 16 anos", 15),
    ("about pirates et nicht ab 18", 16),
    ("PG or not R", 8),
    ("-16", 15),
    ("nunca R-rated", 16),
    ("nada de mayores de 18", 16),
    ("senza R-rated", 16),
    ("mai R-rated", 16),
    ("niente VM14", 13),
    ("non per adulti", 16),
    ("sem R-rated", 16),
    ("não para adultos", 16),
    ("nada de classificação 18", 17),
    ("não 18+", 16),
    ("geen Kijkwijzer 16, no Kijkwijzer 16", 15),
]
_AGES = [
    ("12 and under", 12),
    ("12 & under", 12),
    ("12 or younger", 12),
    ("under 12", 11),
    ("for under 12s", 11),
    ("under-12 films", 11),
    ("up to 12", 12),
    ("up to age 12", 12),
    ("under the age of 12", 11),
    ("for 8-10 year olds", 8),
    ("for 8 to 10 year olds", 8),
    ("ages 6 to 10", 6),
    ("ages 6+", 6),
    ("ages 10 and up", 10),
    ("for kids 6 and up", 6),
    ("12+", 12),
    ("16+ thriller", 16),
    ("my daughter is seven", 7),
    ("my daughter, who is 7, loves dragons", 7),
    ("my daughter loves dragons, she's seven", 7),
    ("my son (8)", 8),
    ("my kids are 5 and 9", 5),
    ("for my kids aged 9 and 5", 5),
    ("kids 5 and 9", 5),
    ("my 9 year old and my 14 year old", 9),
    ("my 14yo and my 9yo", 9),
    ("for a 6 y/o", 6),
    ("for my 18 month old", 1),
    ("for a two and a half year old", 2),
    ("for my 6.5 year old", 6),
    ("dinosaurs, 6 year old", 6),
    ("a film about dinosaurs for my 6 year old", 6),
    ("I am 12 years old", 12),
    ("for my grandson of 7", 7),
    ("nothing scary for my 6 year old", 6),
    ("don't want anything scary, my daughter is 6", 6),
    ("not too scary for a 6 year old", 6),
    ("Kinder 5 und 9 Jahre", 5),
    ("für meine Kinder, 5 und 9 Jahre", 5),
    ("ab 6", 6),
    ("Film ab 6 Jahren", 6),
    ("für Kinder ab 6", 6),
    ("bis 12 Jahre", 12),
    ("unter 12 Jahren", 11),
    ("für 6-Jährige", 6),
    ("für meinen 7-jährigen Sohn", 7),
    ("für unsere sechsjährige Tochter", 6),
    ("meine Tochter ist sieben", 7),
    ("für zwölf Jahre", 12),
    ("para niños de 6 años", 6),
    ("para mi hija de siete años", 7),
    ("mi hija tiene siete años", 7),
    ("menores de 12 años", 11),
    ("hasta 12 años", 12),
    ("a partir de 6 años", 6),
    ("de 8 a 10 años", 8),
    ("pour ma fille de 7 ans", 7),
    ("ma fille a sept ans", 7),
    ("dès 6 ans", 6),
    ("à partir de 6 ans", 6),
    ("moins de 12 ans", 11),
    ("pour enfants de 6 à 8 ans", 6),
    ("pour un enfant de onze ans", 11),
    ("per bambini di 6 anni", 6),
    ("mia figlia ha sette anni", 7),
    ("dai 6 anni", 6),
    ("fino a 12 anni", 12),
    ("sotto i 12 anni", 11),
    ("para crianças de 6 anos", 6),
    ("minha filha tem sete anos", 7),
    ("até 12 anos", 12),
    ("menores de doze anos", 11),
    ("für Jugendliche", 13),
    ("Kinderfilme", 8),
    ("películas infantiles", 8),
    ("pour les ados", 13),
    ("tous publics", 0),
    ("per bambini", 8),
    ("filmes infantis", 8),
]
_TWO_AGES = [
    ("for a six year old but not rated R", 6),
    ("for a six year old, R-rated", 6),
    ("R-rated, for a six year old", 6),
    ("for a six year old, adults only", 6),
    ("for kids, for adults", 8),
    ("for adults, for kids", 8),
    ("for my 6 year old, 18+", 6),
    ("for my 6 year old, and for my 16 year old", 6),
    ("for a 16 year old, PG", 8),
    ("PG-13 or R", 13),
    ("PG, not R", 8),
    ("not for kids, my daughter is 7", 7),
    ("not for kids under 6", 5),
    ("FSK 18 für meine Kinder, 5 und 9", 5),
    ("R-rated comedy with no violence", 13),
    ("no violence, R-rated", 13),
]
_WISHES: list[tuple[str, int | None, int | None]] = [
    ("R-rated comedies", 17, 17),
    ("R-rated comedies, no romance", 17, 17),
    ("an R-rated film that isn't stupid", 17, 17),
    ("no romance, but R-rated", 17, 17),
    ("non-English R-rated films", 17, 17),
    ("R-rated, not in English", 17, 17),
    ("R-rated, no longer than 90 minutes", 17, 17),
    ("no longer than 90 minutes, R-rated", 17, 17),
    ("not before 1990, R-rated", 17, 17),
    ("not only R-rated", 17, 17),
    ("No Country for Old Men but R-rated", 17, 17),
    ("not for kids, R-rated", 17, 17),
    ("not for kids, for adults", 17, None),
    ("18+", 17, None),
    ("ages 18+", 17, None),
    ("ab 18", 17, None),
    ("FSK 18", 18, 18),
    ("für Erwachsene", 17, None),
    ("para adultos", 17, None),
    ("pour adultes", 17, None),
    ("over 18", 17, None),
    ("PG-13 or higher", 13, None),
    ("at least PG-13", 13, None),
    ("not for kids", 9, None),
    ("nicht für Kinder", 9, None),
    ("pas pour enfants", 9, None),
    ("no horror, PG-13", None, 13),
    ("kein Horror, FSK 12", None, 12),
    ("no G-rated films", 1, None),
]
_NO_AGES = [
    "movies about a 12 year old boy",
    "a boy of 12 years finds a dragon",
    "about a girl who is 12",
    "the 40-year-old virgin",
    "from the last 5 years",
    "movies over 20 years old",
    "5 good movies",
    "up to 10 films",
    "under 12 episodes",
    "rating 8+",
    "8+ imdb",
    "under 2 hours",
    "12 Angry Men",
    "I have been looking for this for 10 years",
    "not seen in 10 years",
    "married for 12 years",
    "my wife and I",
    "I'm 35",
    "1917",
    "he is 40",
    "adult animation",
    "no 3 movies",
    "two and a half men",
    "a Japanese film from the year 12",
    "set 12 years later",
    "seit 10 Jahren",
    "los años 80",
    "últimos 10 años",
    "les 10 dernières années",
    "dopo 12 anni",
]


@pytest.mark.parametrize(("text", "oldest"), _REFUSED)
def test_what_is_refused_caps_below_it(text: str, oldest: int) -> None:
    intent = read(text)
    assert (intent.age_min, intent.age_max) == (None, oldest)


@pytest.mark.parametrize(("text", "oldest"), _AGES)
def test_an_age_of_viewers_is_a_cap(text: str, oldest: int) -> None:
    intent = read(text)
    assert (intent.age_min, intent.age_max) == (None, oldest)


@pytest.mark.parametrize(("text", "oldest"), _TWO_AGES)
def test_of_two_ages_the_younger_holds_in_any_order(text: str, oldest: int) -> None:
    intent = read(text)
    assert (intent.age_min, intent.age_max) == (None, oldest)


@pytest.mark.parametrize(("text", "youngest", "oldest"), _WISHES)
def test_what_is_asked_for_is_not_refused(
    text: str, youngest: int | None, oldest: int | None
) -> None:
    intent = read(text)
    assert (intent.age_min, intent.age_max) == (youngest, oldest)


@pytest.mark.parametrize("text", _NO_AGES)
def test_other_numbers_are_no_ages(text: str) -> None:
    intent = read(text)
    assert (intent.age_min, intent.age_max) == (None, None)


@pytest.mark.parametrize(
    "text", ["for a six year old, R-rated", "R-rated for a six year old", "18+ for my kids"]
)
def test_a_wish_for_adults_says_that_the_younger_age_counts(text: str) -> None:
    notes = [mention.note for mention in read(text).mentions if mention.field == "maturity"]
    assert sorted(notes, key=str) == [
        "Contradicts a younger age in the request, which counts.",
        None,
    ]


def test_a_refused_certificate_refuses_neither_the_genre_nor_the_medium_beside_it() -> None:
    intent = read("no R-rated comedies")
    assert (intent.genres, intent.excluded_genres) == ((frozenset({35}),), frozenset())
    assert read("no R-rated films").media_types == {"movie"}


def test_a_list_of_refusals_goes_on_behind_a_certificate() -> None:
    for text in ("no horror, R-rated films or war", "no R-rated, horror or war films"):
        intent = read(text)
        assert intent.age_max == 16
        assert intent.excluded_genres == {27, 10752}


@pytest.mark.parametrize(
    ("text", "oldest"),
    [
        ("something for my grandchildren", 8),
        ("a film for the kiddos", 8),
        ("a comedy with the little ones", 8),
        ("something the grandkids (4 and 9) can watch", 4),
        ("for grandkids 6 and 10", 6),
        ("etwas für die Enkel", 8),
        ("ein Film mit meinen Enkelkindern", 8),
        ("etwas für die Kleinen", 8),
        ("una película para mis nietos", 8),
        ("un film pour mes petits-enfants", 8),
        ("un film per i miei nipotini", 8),
        ("um filme para os meus netos", 8),
    ],
)
def test_grandchildren_are_children(text: str, oldest: int) -> None:
    assert read(text).age_max == oldest


def test_a_story_of_grandchildren_is_for_anybody() -> None:
    text = "a widow who raises her grandchildren in Kansas and robs a bank"
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("movies for the birthday party of an 8 year old", 8),
        ("party of 7 year olds, what to watch", 7),
        ("birthday movies for a bunch of 6 year olds", 6),
        ("kids birthday party movie", 8),
        ("Kindergeburtstag Film", 8),
        ("für eine Gruppe von 10 Jährigen", 10),
        ("cumpleaños de un niño de 8 años", 8),
        ("anniversaire d'un enfant de 6 ans", 6),
        ("un film pour mes jumeaux de 5 ans", 5),
        ("festa di bambini di 7 anni", 7),
        ("aniversário de uma menina de 9 anos", 9),
    ],
)
def test_whose_birthday_it_is_says_who_watches(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "a group of 6 year olds find a body in the woods",
        "the story of an 8 year old boy who kills",
        "the birthday party of a mafia boss",
    ],
)
def test_children_of_a_story_are_nobody_who_watches(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("it's my daughter's 8th birthday", 8),
        ("for my sons 7th birthday", 7),
        ("my kid's seventh birthday party", 7),
        ("pour les 7 ans de ma fille", 7),
        ("mon fils fête ses 7 ans", 7),
        ("zum 8. Geburtstag", 8),
        ("meine Tochter hat Geburtstag, 8", 8),
        ("mein Sohn wird heute 7 Jahre alt", 7),
        ("für den Kindergeburtstag, 6 Jahre", 6),
        ("compleanno di mia figlia fa 8 anni", 8),
        ("el 7 cumpleaños de mi hija", 7),
        ("o aniversário de 7 anos da minha filha", 7),
    ],
)
def test_how_old_somebody_gets_says_who_watches(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "my 40th birthday",
        "movies from the last 5 years for my daughter",
        "a film where a girl turns 30 on her 13th birthday",
        "friday the 13th",
        "the 7th seal",
    ],
)
def test_other_numbers_are_no_age(text: str) -> None:
    assert read(text).age_max is None

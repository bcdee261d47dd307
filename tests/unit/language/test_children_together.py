"""What children watch, where they are together, and who needs care limit, with no age said."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "what do kids watch these days",
        "What are the kids watching right now?",
        "shows that kids love on netflix",
        "popular with kids",
        "i bambini cosa guardano",
        "no scary stuff, kids watching",
        "kids' favourites",
        "was gucken Kinder gern",
        "Filme, die Kinder lieben",
        "was gefällt Kindern",
        "bei Kindern beliebt",
        "que regardent les enfants",
        "un film qui plaira aux enfants",
        "films à montrer aux enfants",
        "qué ven los niños",
        "que ven los ninos hoy",
        "películas que les gustan a los niños",
        "cosa guardano i bambini",
        "cosa piace ai bambini",
        "o que as crianças gostam",
        "o que as crianças assistem hoje",
    ],
)
def test_what_children_watch_is_for_them(text: str) -> None:
    assert read(text).age_max == 8


def test_what_teenagers_watch_is_for_them() -> None:
    assert read("what do teens watch").age_max == 13
    assert read("qué ven los adolescentes").age_max == 13


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("a class of 25 pupils", 8),
        ("for my class", 8),
        ("my class wants to watch a movie", 8),
        ("for my students", 8),
        ("school trip bus", 8),
        ("school trip tomorrow, need a movie", 8),
        ("for summer camp", 8),
        ("at summer camp", 8),
        ("for my scouts", 5),
        ("girl guides evening", 5),
        ("youth group movie night", 11),
        ("for high school", 14),
        ("birthday party of nine-year-olds", 9),
        ("pyjama party", 8),
        ("in der Kita zeigen", 0),
        ("eine Klasse mit 25 Schülern", 8),
        ("für meine Pfadfinder", 5),
        ("Klassenfahrt", 8),
        ("une classe de 25 élèves", 8),
        ("pour ma classe", 8),
        ("sortie scolaire", 8),
        ("à l'école", 8),
        ("para mi clase", 8),
        ("excursión del colegio", 8),
        ("una clase de 25 alumnos", 8),
        ("per la mia classe", 8),
        ("gita scolastica", 8),
        ("per i miei scout", 5),
        ("para a minha turma", 8),
        ("festa do pijama", 8),
        ("na escola", 8),
    ],
)
def test_children_who_are_together_watch(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "a film that isn't scary for my daughter",
        "something that won't scare my son",
        "something that won't scare the kids",
        "a not too scary movie for my nephew",
        "my daughter is bored",
        "sick kid at home",
        "the kids are bored",
        "my daughter's birthday party",
        "first movie for my daughter",
        "my younger sister gets scared easily",
        "my little sister gets scared easily",
        "for my younger brother",
        "ein Film, der meiner Tochter keine Angst macht",
        "mein Sohn ist krank",
        "Geburtstag meiner Tochter",
        "für meine jüngere Schwester",
        "un film qui ne fait pas peur pour ma fille",
        "qui fait pas peur a mon fils",
        "qui ne fait pas peur aux enfants",
        "anniversaire de ma fille",
        "que no asuste a mi hija",
        "que no les dé miedo a los niños",
        "cumple de mi hijo",
        "mi hermana menor se asusta",
        "un film che non faccia paura a mia figlia",
        "che non spaventi i bambini",
        "compleanno di mia figlia",
        "um filme que não meta medo à minha filha",
        "que não assuste as crianças",
        "para minha irmã mais nova",
    ],
)
def test_whoever_needs_care_is_a_child(text: str) -> None:
    assert read(text).age_max == 8


@pytest.mark.parametrize(
    "text",
    [
        "my sister gets scared easily",
        "my brother is afraid of spiders",
        "meine Schwester gruselt sich schnell",
        "ma sœur a vite peur",
        "mi hermana se asusta fácilmente",
        "mia sorella si spaventa facilmente",
        "minha irmã se assusta fácil",
        "my sister's birthday party",
        "my brother is sick",
        "not too scary for my wife",
        "I'm bored",
    ],
)
def test_whoever_is_as_old_as_who_asks_is_none(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    "text",
    [
        "babysitting gone wrong",
        "babysitting from hell",
        "a school trip gone wrong",
        "school bus hijacking movie",
        "slumber party massacre",
        "romance at summer camp",
        "horror film set at a summer camp",
        "high school slasher",
        "a film about a scout troop that gets lost",
        "scouts in the zombie apocalypse",
        "movies in which kids watch a murder",
        "kids watching a murder",
        "a monster that scares the kids of a village",
        "what do women watch",
        "popular with critics",
        "class struggle",
        "film avec une baby-sitter",
        "a thriller in a class of its own",
        "a school shooting",
        "birthday party massacre",
    ],
)
def test_those_of_a_plot_and_adults_limit_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize("text", ["fuer Kinder", "was gefaellt Kindern", "fuer kleine Maedchen"])
def test_umlauts_may_be_spelled_out(text: str) -> None:
    assert read(text).age_max == 8


def test_a_genre_with_its_umlaut_spelled_out_is_one() -> None:
    assert read("Komoedie").genres == read("Komödie").genres != ()


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("i'm a babysitter", 8),
        ("babysiting tonight", 8),
        ("with two little ones", 8),
        ("soy niñera", 8),
        ("sou babá", 8),
        ("babysitting tonight, nothing where it goes wrong", 8),
        ("babysitting and want a murder mystery", 8),
    ],
)
def test_a_minder_watches_with_children(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "die Kinder übernachten bei Oma, Horror",
        "die Kinder sind im Auto mit Papa",
        "die Kinder sind nicht im Raum",
        "no kids around",
        "los niños duermen en casa de la abuela",
        "the kids are in class, horror please",
        "my younger sister is 30 and loves horror",
        "my younger brother (32) and I",
        "meine jüngere Schwester ist 34",
        "ma jeune soeur a 30 ans",
        "mi hermana menor tiene 30 años",
        "my daughter's birthday tomorrow, she turns 40",
        "my son's birthday party, he is 25",
        "my son is ill in hospital, he is 35",
        "a film in high school",
        "une série au lycée",
        "una serie en el instituto",
        "movies for high school sweethearts",
        "movies for class warfare fans",
        "school camp slasher",
    ],
)
def test_those_elsewhere_grown_up_or_of_a_setting_limit_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    "text",
    [
        "a film for my class",
        "something for our school trip",
        "a film to show in school",
        "a movie in class",
        "film at summer camp",
        "film a scuola",
        "ein Film in der Kita",
        "die Kinder sind im Auto",
        "los niños duermen en casa",
        "my younger sister loves horror",
        "my younger sister is 30 minutes away",
        "my daughter's birthday party, I am 40",
        "babysitting goes wrong when kids watch horror so something mild",
    ],
)
def test_what_is_unclear_of_them_still_limits(text: str) -> None:
    age = read(text).age_max
    assert age is not None
    assert age <= 8

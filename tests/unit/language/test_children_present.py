"""Children who watch limit though nobody asks "for kids"; those who surely do not limit nothing.

What is unclear is decided for the younger age. "Not for my 6 year old" may be said of what the
child is not to see while it watches, so it caps below six; "rated over 16" caps at 16 as long as
the text names a child or refuses anything.
"""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "the kids are with us tonight",
        "my little ones are joining",
        "kids are over tonight, something funny",
        "our kids will be watching too",
        "kids in the room, comedy",
        "the grandkids are staying over",
        "a thriller, the kids are still up",
        "nothing that scares my kids",
        "something my kids won't be scared of",
        "something the whole family can watch",
        "for my kid",
        "my kid wants dinosaurs",
        "unsere Kleinen",
        "für unsere Kleinen",
        "die Kinder sind heute da",
        "die Kids gucken mit",
        "einen Film, den können auch meine Kinder sehen",
        "etwas, das die ganze Familie sehen kann",
        "una película que puedan ver mis hijos",
        "los niños están con nosotros esta noche",
        "con los peques",
        "algo que toda la familia pueda ver",
        "un film que peuvent voir mes enfants",
        "les enfants regardent avec nous",
        "nos petits sont là",
        "quelque chose que toute la famille puisse regarder",
        "un film che possano vedere i miei figli",
        "i bambini sono con noi stasera",
        "qualcosa che tutta la famiglia possa guardare",
        "um filme que possam ver os meus filhos",
        "as crianças estão conosco hoje",
        "para os pequenos",
    ],
)
def test_children_who_are_there_watch(text: str) -> None:
    intent = read(text)
    assert intent.age_max == 8
    assert not any("kid" in topic.name for topic in intent.topics)


@pytest.mark.parametrize(
    "text",
    [
        "my kids aren't asleep yet",
        "my kids are not in bed",
        "something my kids fall asleep to",
        "until my kids are in bed",
        "before my kids go to bed",
        "my kids are in bed and want a movie",
        "18+ but my kids are joining",
        "PG-13, the kids are with us",
        "nothing my kids shouldn't see",
        "bis meine Kinder im Bett sind",
        "mes enfants ne dorment pas",
    ],
)
def test_children_who_may_still_watch_limit(text: str) -> None:
    assert read(text).age_max == 8


@pytest.mark.parametrize(
    "text",
    [
        "kids are asleep, horror",
        "my kids are asleep, horror",
        "the kids are finally in bed, a thriller",
        "date night, the kids are at grandma's",
        "my kids are not here, horror",
        "the kids are not at home",
        "without my kids",
        "my children are grown up, something dark",
        "die Kinder schlafen schon, ein Horrorfilm",
        "meine Kinder sind bei den Großeltern",
        "ohne meine Kinder",
        "mis hijos están durmiendo, algo de terror",
        "sin mis hijos",
        "mes enfants dorment, un film d'horreur",
        "sans mes enfants",
        "i miei figli dormono, un horror",
        "meus filhos estão dormindo, um filme de terror",
    ],
)
def test_children_who_surely_do_not_watch_limit_nothing(text: str) -> None:
    intent = read(text)
    assert (intent.age_min, intent.age_max) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "two kids find a treasure map",
        "the kids find a treasure map",
        "a woman caring for a child",
        "TV shows with a kind of similar vibe",
        "a movie about my little sister",
        "unsere kleinen Geheimnisse",
        "mes petits secrets",
        "my inner child",
        "child-free evening",
    ],
)
def test_children_of_a_plot_and_words_like_theirs_limit_nothing(text: str) -> None:
    assert read(text).age_max is None


def test_an_age_or_a_certificate_that_is_said_for_them_counts() -> None:
    assert read("my kids are with us, they are 10 and 12").age_max == 10
    assert read("I do not want my kids to see R-rated films").age_max == 16


def test_not_for_them_is_for_older_ones() -> None:
    assert read("not for our little ones").age_min == 9
    assert read("nicht für unsere Kleinen").age_min == 9


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("with Emma (6) and Tom (9)", 6),
        ("with Tom (9) and Emma (6)", 6),
        ("Emma is 6, Tom is 9", 6),
        ("emma is 6, tom is 9", 6),
        ("Tom and Emma are 9 and 6", 6),
        ("movie night with Mia (4) and her dad", 4),
        ("movie night with Mia, 4, and her dad", 4),
        ("for Emma 6 and Tom 9", 6),
        ("Mia is 4 and wants dinosaurs", 4),
        ("Leo turns 5 on sunday, something with cars", 5),
        ("Max (8) und Lena (11) schauen mit", 8),
        ("Lena ist 9, Max ist 5, etwas Lustiges", 5),
        ("con Pablo (5) y Lucía (8)", 5),
        ("Pablo tiene 8 años y Lucía tiene 5", 5),
        ("avec Lucas (7 ans) et Chloé (10 ans)", 7),
        ("Lucas a 10 ans et Chloé 7 ans", 7),
        ("Giulia ha 6 anni", 6),
        ("com a Ana (6) e o João (9)", 6),
        ("a Ana tem 6 anos", 6),
    ],
)
def test_a_child_who_is_named_with_an_age_is_that_old(text: str, age: int) -> None:
    intent = read(text)
    assert intent.age_max == age
    assert intent.parts == ()


@pytest.mark.parametrize(
    "text",
    [
        "Fargo is 8/10",
        "with Tom Hanks (9)",
        "movies like Alien (5)",
        "Heat (1995)",
        "season (4)",
        "Tom is 70",
        "something with Zendaya, 5 films",
    ],
)
def test_other_numbers_behind_names_are_nobodys_age(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    "text",
    [
        "it is a kids movie and I'm looking for something more adult",
        "I like kids movies but want something more grown up",
        "more adult than a kids movie",
        "more mature than a children's film",
        "es ist ein Kinderfilm und ich suche etwas Erwachseneres",
        "c'est un film pour enfants et je cherche quelque chose de plus adulte",
        "es una película para niños y busco algo más adulto",
        "è un film per bambini e cerco qualcosa di più adulto",
        "é um filme para crianças e procuro algo mais adulto",
    ],
)
def test_what_is_to_be_more_than_a_film_for_children_is_for_none(text: str) -> None:
    intent = read(text)
    assert (intent.age_min, intent.age_max) == (9, None)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("it's a kids movie and my kids want something more adult", 8),
        ("a kids movie but more mature", 8),
        ("more mature than a kids movie, my son is 12", 12),
        ("not for my 6 year old", 5),
        ("nicht für meinen 6-jährigen", 5),
        ("nothing rated over 16", 16),
        ("rated over 16 for my son", 16),
        ("no horror, rated over 16", 16),
        ("rated over 12", 12),
    ],
)
def test_what_may_be_said_of_a_child_limits(text: str, age: int) -> None:
    intent = read(text)
    assert intent.age_max is not None
    assert intent.age_max <= age


def test_what_is_rated_over_an_age_is_for_older_ones_where_no_child_is_named() -> None:
    assert (read("rated over 16").age_min, read("rated over 16").age_max) == (17, None)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("something for my in-laws and a toddler", 0),
        ("for my wife and a kid", 8),
        ("with my parents and two kids", 8),
        ("with grandma and a toddler", 0),
        ("just me and a toddler tonight", 0),
        ("my husband and a toddler", 0),
        ("my in-laws and a toddler", 0),
        ("nur ich und ein Kleinkind", 0),
        ("für meine Schwiegereltern und ein Kleinkind", 0),
        ("para mis suegros y un niño", 8),
        ("pour ma mère et un enfant", 8),
        ("we have a kid with us", 8),
        ("we've got kids over", 8),
        ("tengo un niño con nosotros", 8),
        ("ho un bimbo", 8),
        ("children present", 8),
        ("there are children in the room", 8),
        ("grandchildren visiting", 8),
        ("Kinder anwesend", 8),
        ("enfants présents", 8),
        ("niños presentes", 8),
        ("babysitting two boys", 8),
        ("I'm babysitting two girls tonight", 8),
        ("babysitting my niece, something funny", 8),
        ("looking after three kids", 8),
        ("ich babysitte zwei Jungs", 8),
        ("cuidando a dos niños", 8),
        ("with my sister's kids", 8),
        ("my friend's kids are here", 8),
        ("toddler-friendly", 0),
        ("kid-safe", 8),
        ("child-safe horror", 8),
        ("child-appropriate", 8),
        ("kindertaugliche Filme", 8),
        ("adapté aux enfants", 8),
        ("a misura di bambino", 8),
        ("with my teenage daughter", 13),
        ("for my teenage sons and my wife", 13),
        ("my teenage daughter loves horror", 13),
        ("our teen kids", 13),
        ("mit meiner jugendlichen Tochter", 13),
        ("con mi hija adolescente", 13),
        ("avec ma fille adolescente", 13),
        ("con mia figlia adolescente", 13),
        ("com minha filha adolescente", 13),
        ("with my teenage daughter and my toddler", 0),
        ("for my kids and a toddler", 0),
        ("films about pirates for my kids and a toddler", 0),
    ],
)
def test_those_who_watch_with_somebody_or_are_minded_limit(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "kids are not asleep yet",
        "the kids aren't asleep",
        "the kids are not in bed yet",
        "the kids won't go to bed",
        "the little one is still awake",
        "Kinder schlafen noch nicht",
        "die Kinder sind noch nicht im Bett",
        "les enfants ne dorment pas encore",
        "los niños todavía no duermen",
        "i bambini non dormono ancora",
        "as crianças ainda não dormem",
    ],
)
def test_children_who_are_not_asleep_yet_watch(text: str) -> None:
    intent = read(text)
    assert intent.age_max == 8
    assert intent.free_text == ""
    assert intent.topics == ()


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("kids are asleep, no comedy", 35),
        ("kids are asleep no comedy", 35),
        ("die Kinder schlafen, keine Komödie", 35),
    ],
)
def test_what_is_refused_behind_sleeping_children_is_of_the_film(text: str, genre: int) -> None:
    intent = read(text)
    assert intent.age_max is None
    assert intent.excluded_genres == {genre}


@pytest.mark.parametrize(
    "text",
    [
        "ohne Kinder",
        "sem crianças",
        "sin niños",
        "sans enfants",
        "senza bambini",
        "without kids",
        "ohne die Kinder",
        "a night without kids",
        "we don't have kids",
        "I don't have any children",
        "we have no kids",
        "wir haben keine Kinder",
        "no tenemos niños",
        "nous n'avons pas d'enfants",
        "non abbiamo figli",
        "não temos filhos",
    ],
)
def test_who_has_no_children_beside_them_says_nothing_of_films(text: str) -> None:
    intent = read(text)
    assert (intent.age_min, intent.age_max) == (None, None)
    assert intent.excluded_words == frozenset()
    assert intent.topics == ()
    assert intent.free_text == ""


@pytest.mark.parametrize(
    "text", ["horror without kids", "a movie without kids", "without kids or zombies"]
)
def test_a_film_without_children_has_none_in_it(text: str) -> None:
    intent = read(text)
    assert intent.age_max is None
    assert any(mention.field == "exclude_content" for mention in intent.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "a dog and a kid",
        "it and a kid",
        "with Tom Hanks and a kid",
        "a movie with a dog and a kid",
        "a nanny looking after two boys",
        "a film about babysitting two boys",
        "a couple have a kid who sees ghosts",
        "a babysitter horror",
        "a horror movie with teenage girls",
        "a teenage girl falls in love",
        "teenage son of a mobster",
        "my teenage years",
        "the dead are not asleep",
        "a Christmas present",
    ],
)
def test_children_whom_a_plot_tells_of_limit_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("without kids under 10", 9),
        ("without kids aged 5 and 9, horror", 4),
        ("without the kids, 18+", 16),
        ("we don't have kids, nothing 18+", 16),
    ],
)
def test_an_age_that_is_refused_beside_them_limits_all_the_same(text: str, age: int) -> None:
    assert read(text).age_max == age

"""Ages as families, teachers and children themselves write them: who is whose, with apostrophes
lost, by the class that they are in. The youngest counts; what is told of nobody who watches limits
nothing."""

import pytest

from tests.names_builder import TODAY, read


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("hes 6 and loves trains", 6),
        ("shes 4", 4),
        ("theyre 4 and 9", 4),
        ("im 9 years old and bored", 9),
        ("me and my brother (im 10 hes 6)", 6),
        ("my daughters 9", 9),
        ("my cousin whos 5", 5),
        ("my girlfriends kid, 5", 5),
        ("ds 7 dd 10", 7),
        ("son 7, daughter 4", 4),
        ("dad of a 4 yr old", 4),
        ("7y/o boy loves cars", 7),
        ("my boy 9y", 9),
        ("my 18mo", 1),
        ("kids r 5 n 8", 5),
        ("all 10ish", 10),
        ("a 7ish year old", 7),
        ("we r 9 and 11", 9),
        ("calm show before nap, 2y", 2),
        ("5yo and up", 5),
        ("ages - 5 and 8", 5),
        ("got a 6 and 10 year old to entertain", 6),
        ("Kinder ca. 8", 8),
        ("bin 13", 13),
        ("ist das was für 5-jährige", 5),
        ("my 5 almost 6 year old", 5),
    ],
)
def test_ages_are_read_as_they_are_typed(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("mum of 3 (2, 5 and 8)", 2),
        ("dad of two, 4 and 7", 4),
        ("dad of two 4 and 7", 4),
        ("uncle of two boys 5 and 8", 5),
        ("nanny of two, 3 and 6", 3),
        ("auntie to a 6 year old", 6),
        ("babysitter for 3yr old", 3),
        ("i'm a mother of a 5 year old", 5),
        ("nan looking after two girls, 6 and 8", 6),
        ("Mama von 3 (2, 5 und 8)", 2),
        ("Papa von zwei, 3 und 6", 3),
        ("Babysitten, 5 und 7", 5),
        ("abuela de dos, 4 y 6", 4),
        ("papá de una niña de 5", 5),
        ("maman de 3 (2, 5 et 8 ans)", 2),
        ("mamma di 3 (2, 5 e 8 anni)", 2),
        ("mãe de 3 (2, 5 e 8)", 2),
        ("tengo un hijo de 5 y una hija de 8", 5),
    ],
)
def test_those_whom_somebody_has_or_minds_watch(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("grandson 6", 6),
        ("two sisters, 8 and 10", 8),
        ("brothers 6 and 9", 6),
        ("niece 9 sleepover", 9),
        ("8 to 12 year olds sleepover", 8),
        ("sleepover with six 9 yr olds", 9),
        ("zwei Schwestern, 8 und 10", 8),
        ("Neffe zu Besuch, 8 Jahre", 8),
        ("mi hermanito de 5", 5),
        ("mi hermanita de 4 años", 4),
        ("hermanos de 6 y 9", 6),
        ("mon petit frère de 6 ans", 6),
        ("deux sœurs, 8 et 10 ans", 8),
        ("il mio fratellino ha 5 anni", 5),
        ("la mia sorellina di 4", 4),
        ("irmãozinho de 5 anos", 5),
        ("meu irmão mais novo tem 6", 6),
        ("duas irmãs, 8 e 10 anos", 8),
    ],
)
def test_brothers_and_sisters_have_their_ages(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("was 5 in march", 5),
        ("she was 6 last week", 6),
        ("turned 4 in June", 4),
        ("my daughter, nearly 6, is scared of the dark", 6),
        ("about to be 5", 5),
        ("almost 5, loves dinosaurs", 5),
        ("wurde gestern 6", 6),
        ("gestern 8 geworden", 8),
        ("ist im März 5 geworden", 5),
        ("mi sobrino cumplió 6 ayer", 6),
        ("tiene 8 recién cumplidos", 8),
        ("acaba de cumplir 5", 5),
        ("elle a eu 5 ans hier", 5),
        ("il vient d'avoir 6 ans", 6),
        ("il a 6 ans", 6),
        ("ha compiuto 6 anni ieri", 6),
        ("mia figlia fa 7 anni domani", 7),
        ("fez 6 anos ontem", 6),
        ("acabou de fazer 6", 6),
    ],
)
def test_who_has_just_come_to_an_age_watches_for_it(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("0-3 years", 0),
        ("ages 0-3", 0),
        ("for 3-5", 3),
        ("3 bis 6 Jahre", 3),
        ("0-3 anni", 0),
        ("ab 6 freigegeben", 6),
        ("ab 0 freigegeben", 0),
        ("ages range from 5 to 13", 5),
        ("crianças dos 4 aos 8 anos", 4),
    ],
)
def test_a_range_begins_with_the_youngest(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("year 3 pupils", 7),
        ("year 7s", 11),
        ("school disco film for year 2s", 6),
        ("hes in year 2", 6),
        ("I teach year 4", 8),
        ("yr 5 class treat film", 9),
        ("hes in p3 at school", 7),
        ("kid in grade 4", 9),
        ("grades 1-2", 6),
        ("1st and 2nd graders", 6),
        ("third and fourth grade", 8),
        ("3rd & 4th graders", 8),
        ("1. bis 4. Klasse", 6),
        ("a kid in second grade", 7),
        ("hes a 4th grader", 9),
        ("KS1 class", 5),
        ("Grundschüler der 2. Klasse", 7),
        ("meine Klasse (3. Schuljahr)", 8),
        ("Kinder in der 3. Klasse", 8),
        ("3.-Klässler", 8),
        ("Klasse 5 Filmnachmittag", 10),
        ("Lehrerin einer 4. Klasse", 9),
        ("va a tercero de primaria", 8),
        ("elle est en CM1", 9),
        ("élèves de 6ème", 11),
        ("maîtresse de CP", 6),
        ("va in seconda elementare", 7),
        ("prima media", 11),
        ("aluno do segundo ano", 7),
    ],
)
def test_a_class_tells_how_old_its_youngest_are(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("she starts school in autumn", 4),
        ("starting school", 4),
        ("shes in reception", 0),
        ("sie kommt im Herbst in die Schule", 5),
        ("un enfant en maternelle", 0),
        ("moyenne section", 0),
        ("un bimbo all'asilo", 0),
        ("está en infantil", 0),
        ("niños de infantil", 0),
        ("minha filha vai na creche", 0),
        ("he starts school in september and loves trains", 4),
        ("my son is in middle school", 11),
    ],
)
def test_a_school_tells_how_old_its_youngest_are(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "toddler tv",
        "toddler videos",
        "preschool friendly tv show",
        "preschool age show",
        "daycare movie day",
        "kindergarten party",
        "Kleinkind-Film",
        "for tots",
    ],
)
def test_what_is_made_for_the_smallest_is_for_them(text: str) -> None:
    assert read(text).age_max == 0


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("can a 9 year old watch this", 9),
        ("would an eight year old understand it", 8),
        ("est-ce adapté à un enfant de 6 ans", 6),
        ("kann ein 6-jähriger das gucken", 6),
        ("qué puede ver un niño de 6", 6),
        ("est-ce qu'un enfant de 7 ans peut le voir", 7),
        ("cosa può vedere un bambino di 6 anni", 6),
        ("sou uma menina de 10 anos", 10),
    ],
)
def test_who_asks_whether_a_child_may_watch_asks_for_it(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("newborn and a 3 year old", 0),
        ("my 3rd grader and kindergartner", 0),
        ("infant and toddler", 0),
        ("kindergartners, 5 and 6", 5),
    ],
)
def test_those_of_a_known_age_count_beside_others(text: str, age: int) -> None:
    assert read(text).age_max == age


@pytest.mark.parametrize(
    "text",
    [
        "5 bis 6 Jahre im Gefängnis",
        "the war lasts 6-7 years",
        "films less than 10 years old",
        "he's 60 and loves westerns",
        "he was 5 when the war began",
        "my son was so bored, 2 stars",
        "a mother of a 5 year old boy hunts the killer",
        "a nanny looking after two girls, 6 and 8, vanishes",
        "a father of two",
        "mum of the bride",
        "year 2 of the plague",
        "year 3000 films",
        "a teacher of eighth grade",
        "she starts school and falls in love with her teacher",
        "10 or so movies",
        "all 8 episodes",
        "we are 4 adults",
        "my wife turned 40",
        "seit 5 Jahren tot",
        "há 3 anos",
        "ein klasse Krimi",
        "dos hermanas",
        "prima di 5 film",
    ],
)
def test_other_numbers_and_schools_limit_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("less than 10 years old", 9),
        ("cartoons less than 10 years old", 9),
        ("films less than 10 years old for my kids", 8),
        ("movies under 10 years old", 9),
        ("a 5 year old film", 5),
        ("6-7 years", 6),
        ("kids year 5 to 8", 5),
        ("not for my 6 year old but for my 14 year old", 5),
    ],
)
def test_what_may_be_of_children_or_of_titles_limits(text: str, age: int) -> None:
    oldest = read(text).age_max
    assert oldest is not None
    assert oldest <= age


def test_films_of_less_than_so_many_years_are_of_those_years() -> None:
    assert read("films less than 10 years old").years == ((TODAY.year - 9, 2100),)


def test_a_child_of_four_asks_for_no_old_film() -> None:
    assert read("dad of a 4 yr old").years == ()
    assert read("my 4 yr old").years == ()

"""Numbers of seasons, which nobody knows here, and prizes that films or shows alone win."""

import pytest

from tests.names_builder import labels, mention_of, read


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("shows with many seasons", "many seasons"),
        ("series with lots of seasons", "lots of seasons"),
        ("shows with at least 5 seasons", "at least 5 seasons"),
        ("something with less than 3 seasons", "less than 3 seasons"),
        ("shows with 2-3 seasons", "2-3 seasons"),
        ("shows with two or three seasons", "two or three seasons"),
        ("a show with only a few seasons", "only a few seasons"),
        ("a series with not too many seasons", "not too many seasons"),
        ("Serien mit vielen Staffeln", "vielen Staffeln"),
        ("Serien mit mindestens 5 Staffeln", "mindestens 5 Staffeln"),
        ("eine lange Serie", "lange Serie"),
        ("séries avec beaucoup de saisons", "beaucoup de saisons"),
        ("series con muchas temporadas", "muchas temporadas"),
        ("serie con tante stagioni", "tante stagioni"),
        ("séries com muitas temporadas", "muitas temporadas"),
        ("a long-running comedy", "long-running"),
    ],
)
def test_it_is_said_that_the_number_of_seasons_is_not_known(text: str, wished: str) -> None:
    told = mention_of(text, "runtime")
    assert told.label == wished
    assert told.note is not None
    assert read(text).media_types == {"tv"}
    assert not read(text).rest


@pytest.mark.parametrize("text", ["a show with only one season", "una serie de una temporada"])
def test_one_season_is_a_kind_of_show(text: str) -> None:
    assert "Miniseries" in labels(text)
    assert read(text).rest == ()


@pytest.mark.parametrize(
    "text", ["my son is 5, a show with 3 seasons", "para niños de 6 años, 3 temporadas"]
)
def test_an_age_beside_it_still_limits(text: str) -> None:
    assert read(text).age_max in (5, 6)


@pytest.mark.parametrize(
    "text",
    [
        "shows with short episodes",
        "Serien mit kurzen Folgen",
        "séries aux épisodes courts",
        "series con episodios cortos",
        "serie con episodi brevi",
        "séries com episódios curtos",
    ],
)
def test_what_two_words_say_of_a_medium_is_told_of_both(text: str) -> None:
    """Pages show it once, and whoever takes it back takes back both."""
    assert labels(text).count("Shows") == 2


def test_a_medium_that_is_meant_alone_is_told() -> None:
    assert labels("something with short episodes") == ["At most 35 minutes", "Shows"]


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("best picture winners", {"movie"}),
        ("oscar winners of the 90s", {"movie"}),
        ("oscarprämierte Dramen", {"movie"}),
        ("ganadoras del oscar", {"movie"}),
        ("palme d'or", {"movie"}),
        ("vincitori di oscar", {"movie"}),
        ("vencedores do oscar", {"movie"}),
        ("emmy winners", {"tv"}),
        ("oscar winning series", {"tv"}),
        ("award winning dramas", set()),
    ],
)
def test_a_prize_tells_what_alone_wins_it(text: str, media: set[str]) -> None:
    assert read(text).media_types == media
    assert "Acclaimed" in labels(text)


def test_the_worst_are_praised_by_no_prize() -> None:
    assert "Acclaimed" not in labels("the worst rated oscar winners")


@pytest.mark.parametrize(
    "text", ["heist classics", "black and white classics", "Zombie-Klassiker", "clásicos de zombis"]
)
def test_classics_stand_behind_what_they_are_about(text: str) -> None:
    assert "Acclaimed" in labels(text)
    assert not read(text).rest


def test_who_becomes_popular_is_no_well_known_title() -> None:
    assert "Well known" not in labels("she becomes popular")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("like Heat but faster", "Exciting"),
        ("like Heat but more serious", "Drama"),
        ("like Heat but less serious", "Light"),
        ("wie Heat aber ernster", "Drama"),
        ("wie Heat aber langsamer", "Slow burn"),
        ("wie Heat aber schneller", "Exciting"),
        ("comme Heat mais plus sérieux", "Drama"),
        ("comme Heat mais plus lent", "Slow burn"),
        ("como Heat pero más seria", "Drama"),
        ("como Heat pero más rápida", "Exciting"),
        ("come Alien ma più spaventoso", "Horror"),
        ("come Heat ma più serio", "Drama"),
        ("como Alien mas mais assustador", "Horror"),
        ("como Heat mas mais lento", "Slow burn"),
    ],
)
def test_more_qualities_are_compared(text: str, label: str) -> None:
    assert label in labels(text)
    assert not read(text).rest


@pytest.mark.parametrize(
    "text",
    [
        "something light after a rough day",
        "etwas Leichtes nach einer langen Woche",
        "quelque chose de léger après une longue semaine",
        "algo ligero después de un día duro",
        "qualcosa di leggero dopo una giornata difficile",
        "algo leve depois de um dia difícil",
    ],
)
def test_light_and_calm_are_wished_for_after_a_hard_day(text: str) -> None:
    assert labels(text) == ["Light", "Calm"]
    assert not read(text).rest

"""Every constraint has its sentence: what the title is, and what is asked of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from api.catalogue.names.topics import Topic
from api.language.intent import Intent, Mention, Part
from api.language.vocabulary.renown import RENOWNS, rated_at_most
from api.recommend.constraints.constraint import Constraint, PreviewedTitle
from api.recommend.constraints.excluded_content import ExcludedContent
from api.recommend.constraints.hydrator import constraints_of
from api.recommend.constraints.keywords import Keywords
from api.recommend.constraints.offers import Offers
from api.recommend.constraints.people import People
from api.recommend.constraints.runtime import LongestRuntime
from api.recommend.constraints.topics import OnTopic
from api.recommend.preview.constraints import BrokenConstraints
from api.recommend.preview.placement import Why
from api.viewers.preferences.preference import Preference, preference
from config.business_rules import BusinessRules
from tests.facts_builder import Title, facts_of, query_over

_RECORD: dict[str, Any] = {
    "maturity_rating": "R",
    "status": "Released",
    "original_language": "fr",
    "countries": ["FR", "BE"],
    "offers": [{"service": "amp", "offer_type": "rent", "name": "Other", "url": None}],
    "credits": [
        {"id": 5, "name": "A. Actor", "role": "cast"},
        {"id": 6, "name": "D. Director", "role": "director"},
    ],
    "keywords": ["gore", "heist"],
}
_TITLE = Title(
    1, genres=("Crime", "Drama"), year=1995, runtime=131, age=17, language="fr", vote_count=12
)


def told(
    title: Title = _TITLE,
    *,
    found: dict[type[Constraint], Any] | None = None,
    mentions: tuple[Mention, ...] = (),
    rules: dict[str, Any] | None = None,
    preferences: tuple[Preference, ...] = (),
    **asked: Any,
) -> list[Why]:
    """What is told of a title under these words of a request, rules and preferences.

    `found` are the ids that a constraint would look up.
    """
    intent = Intent("in words", mentions, **asked)
    business = BusinessRules.model_validate({"filters": rules or {}})
    query = query_over(facts_of([title]), rules=business, preferences=preferences, country="DE")
    query = replace(query, intent=intent, interpreted=intent.interpreted())

    def looked_up(one: Constraint) -> Constraint:
        if isinstance(one, Offers):
            one = replace(one, names={"nfx": "Netflix"})
        return replace(one, titles=found[type(one)]) if found and type(one) in found else one  # type: ignore[call-arg]

    query = replace(query, constraints=constraints_of(query).map(looked_up))
    row = np.array([0], dtype=np.int32)
    violations = query.constraints.violations(query.facts, row)
    codes = [code for code, broken in violations.items() if broken[0]]
    return BrokenConstraints(query, 0, _RECORD).reasons(codes)


def _person(name: str, *people: int, field: Any = "person") -> Mention:
    return Mention(field, list(people), name, 0, 2)


def test_what_is_not_out_yet_names_the_day() -> None:
    title = replace(_TITLE, released=date(2027, 3, 1))
    assert told(title) == [
        Why(
            "not_released",
            "Comes out on 2027-03-01.",
            {"by": "calendar", "release_date": "2027-03-01", "status": "Released"},
        )
    ]


def test_who_asks_for_what_is_to_come_gets_nothing_that_is_out() -> None:
    (why,) = told(replace(_TITLE, released=date(2020, 3, 1)), is_to_come=True)
    assert (why.code, why.detail) == (
        "released",
        "Came out on 2020-03-01; the request asks for what is not out yet.",
    )
    assert told(replace(_TITLE, released=date(2027, 3, 1)), is_to_come=True) == []


_NOBODY = np.empty(0, dtype=np.int32)


@pytest.mark.parametrize(
    ("asked", "code", "detail"),
    [
        (
            {"genres": (frozenset({35}), frozenset({53, 80}))},
            "genre",
            "Not Comedy, as the request asks for.",
        ),
        (
            {"genres": (frozenset({35, 37}), frozenset({53}))},
            "genre",
            "Not Comedy or Western and Thriller, as the request asks for.",
        ),
        (
            {"excluded_genres": frozenset({80, 18, 27})},
            "excluded_genre",
            "Excluded by the request: Crime and Drama.",
        ),
        (
            {"excluded_kinds": frozenset({frozenset({80, 18}), frozenset({27})})},
            "excluded_kind",
            "Excluded by the request: Crime and Drama at once.",
        ),
        (
            {"keywords": frozenset({"miniseries"}), "found": {Keywords: _NOBODY}},
            "without_keyword",
            "Not marked as miniseries, as the request asks for.",
        ),
        (
            {"topics": (Topic("zombie", ("zombie",), 9),), "found": {OnTopic: _NOBODY}},
            "off_topic",
            "Nothing says that it is of the kind “zombie”, as the request asks for.",
        ),
        (
            {"renowns": (RENOWNS["acclaimed"],)},
            "renown",
            "Has 12 votes, 7 of 10 on average; the request asks for what is acclaimed.",
        ),
        (
            {"renowns": (rated_at_most(6.5),)},
            "renown",
            "Has 12 votes, 7 of 10 on average; the request asks for what is rated 6.5 or less.",
        ),
        (
            {"years": ((1980, 1989), (2001, 2001))},
            "year",
            "Of 1995; the request asks for 1980 to 1989 or 2001.",
        ),
        (
            {"excluded_years": ((1990, 1999),)},
            "excluded_year",
            "Of 1995; the request excludes 1990 to 1999.",
        ),
        ({"runtime_max": 120}, "too_long", "Runs 131 minutes; the request allows 120."),
        ({"runtime_min": 150}, "too_short", "Runs 131 minutes; the request asks for 150 at least."),
        ({"age_max": 12}, "for_older", "Rated 17 here; the request caps at 12."),
        ({"age_min": 18}, "for_younger", "Rated 17 here; the request asks for 18 at least."),
        (
            {"languages": frozenset({"en", "de"})},
            "language",
            "In fr; the request asks for de or en.",
        ),
        (
            {"excluded_languages": frozenset({"fr"})},
            "excluded_language",
            "In fr; the request excludes fr.",
        ),
        (
            {"countries": frozenset({"GB"})},
            "country",
            "From FR and BE; the request asks for GB.",
        ),
        (
            {"media_types": frozenset({"tv"})},
            "media_type",
            "It is a film, which the request leaves out.",
        ),
        (
            {"services": frozenset({"nfx", "xyz"}), "found": {Offers: _NOBODY}},
            "not_offered",
            "Not on Netflix or xyz in DE.",
        ),
        (
            {"offer_types": frozenset({"free", "ads"}), "found": {Offers: _NOBODY}},
            "not_offered",
            "Not to be watched in DE (ads or free).",
        ),
        (
            {
                "parts": (Part(frozenset({7})), Part(frozenset({5})), Part(frozenset({8, 9}))),
                "found": {People: (_NOBODY, np.array([1], dtype=np.int32), _NOBODY)},
                "mentions": (
                    _person("Seven", 7),
                    _person("Five", 5),
                    _person("Eight", 8),
                    _person("Nine", 9),
                ),
            },
            "without_person",
            "Without Seven and Eight or Nine, as the request asks for.",
        ),
        (
            {
                "excluded_parts": (Part(frozenset({6}), frozenset({"director"})),),
                "excluded_keywords": frozenset({"gore", "blood"}),
                "found": {ExcludedContent: np.array([1], dtype=np.int32)},
            },
            "excluded_content",
            "Excluded by the request: D. Director and gore.",
        ),
        (
            {"excluded_titles": frozenset({1})},
            "excluded_id",
            "Excluded by the request: this very title.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_constraint_of_the_request(asked: dict[str, Any], code: str, detail: str) -> None:
    (why,) = told(**asked)
    assert (why.code, why.detail) == (code, detail)
    assert why.evidence["by"] == "request"


@pytest.mark.parametrize(
    ("asked", "detail"),
    [
        (
            {"years": ((1980, 1989),)},
            "Of a year that is not known; the request asks for 1980 to 1989.",
        ),
        ({"runtime_max": 120}, "Its runtime is not known; the request allows 120."),
        ({"age_max": 12}, "Not rated here; the request caps at 12."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_title_does_not_say_of_itself(asked: dict[str, Any], detail: str) -> None:
    (why,) = told(Title(1, year=0, runtime=0, age=-1), **asked)
    assert why.detail == detail
    assert None in why.evidence.values()


@pytest.mark.parametrize(
    ("rules", "code", "detail"),
    [
        ({"exclude_genres": ["crime"]}, "excluded_genre", "Crime"),
        ({"include_genres": ["Comedy"]}, "rule_genre", "only Comedy"),
        ({"min_vote_count": 50}, "few_votes", "minimum votes 50 (has 12)"),
        ({"min_release_year": 2000}, "too_old", "no title before 2000 (of 1995)"),
        ({"max_release_year": 1990}, "too_new", "no title after 1990 (of 1995)"),
        ({"exclude_ids": [1]}, "excluded_id", "this very title"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rule_of_the_operator(rules: dict[str, Any], code: str, detail: str) -> None:
    (why,) = told(rules=rules)
    assert (why.code, why.detail) == (code, f"Excluded by the business rules: {detail}.")
    assert why.evidence["by"] == "rules"


@pytest.mark.parametrize(
    ("never", "code", "detail"),
    [
        (
            preference("genre", "Crime", "never"),
            "excluded_genre",
            "Excluded by the viewer's preferences: Crime.",
        ),
        (
            preference("language", "fr", "never"),
            "excluded_language",
            "In fr; the viewer's preferences exclude fr.",
        ),
        (
            preference("decade", "1990s", "never"),
            "excluded_year",
            "Of 1995; the viewer's preferences exclude 1990 to 1999.",
        ),
        (
            preference("maturity", "16", "never"),
            "for_older",
            "Rated 17 here; the viewer's preferences cap at 15.",
        ),
        (
            preference("media_type", "movie", "never"),
            "media_type",
            "It is a film, which the viewer's preferences leave out.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_the_viewer_never_wants(never: Preference, code: str, detail: str) -> None:
    (why,) = told(preferences=(never,))
    assert (why.code, why.detail) == (code, detail)
    assert why.evidence["by"] == "preferences"


def test_request_and_preference_each_tell_their_own_bound() -> None:
    found = told(age_max=12, preferences=(preference("maturity", "16", "never"),))
    assert [why.evidence["allowed"] for why in found] == [12, 15]


def test_what_both_exclude_is_told_twice_the_request_first() -> None:
    found = told(excluded_genres=frozenset({18}), rules={"exclude_genres": ["Crime"]})
    assert [why.detail for why in found] == [
        "Excluded by the request: Drama.",
        "Excluded by the business rules: Crime.",
    ]


def test_a_bound_that_was_widened_says_so() -> None:
    looser = LongestRuntime("words", 110).looser(10)
    title = PreviewedTitle(facts_of([_TITLE]), 0, _RECORD)
    assert looser.explain(title)[0] == (
        "Runs 131 minutes; the request allows 126, widened as it is to fill the page."
    )


@pytest.mark.parametrize(
    ("is_show", "minutes", "detail"),
    [
        (False, 90, None),
        (False, 100, "Runs 100 minutes; the request allows 95."),
        (True, 24, None),
        (True, 60, "Runs 60 minutes; the request allows 35."),
    ],
)
def test_of_shows_a_short_episode_is_asked_for(
    is_show: bool, minutes: int, detail: str | None
) -> None:
    title = Title(1, year=1995, runtime=minutes, is_show=is_show)
    found = told(title, runtime_max=95, episode_max=35)
    assert [why.detail for why in found] == ([] if detail is None else [detail])


def test_a_bound_of_episodes_is_widened_with_that_of_films() -> None:
    looser = LongestRuntime("words", 95, episode=35).looser(10)
    assert (looser.minutes, looser.episode) == (109, 40)


def test_a_title_that_keeps_everything_has_nothing_to_be_told() -> None:
    assert told(runtime_max=131, age_max=17, genres=(frozenset({80}),)) == []

"""The words that the parser knows, merged from one file per language: see `languages/en.toml`.

Each class is a section of those files and each of its fields a key; the English file says
what each key is for. An array becomes the set of its phrases, or a tuple where parts of
words are meant; a table becomes what each of its phrases means. All phrases are folded.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from functools import cached_property
from typing import Annotated

from api.domain.folding import fold
from api.domain.items import OfferType
from api.language.vocabulary.meanings import (
    CONTENTS,
    COUNTRY_MEANINGS,
    GENRE_MEANINGS,
    KIND_MEANINGS,
    LANGUAGE_MEANINGS,
    MEDIA_MEANINGS,
    WEAK_GENRE_MEANINGS,
    Content,
    Meaning,
)
from api.language.vocabulary.moods import MOODS, Mood
from api.language.vocabulary.renown import RENOWNS, Renown

Endings = tuple[str, ...]


class Phrases(frozenset[str]):
    """Phrases of one or more folded words."""

    @cached_property
    def reach(self) -> Mapping[str, int]:
        """How many words the longest phrase has, by the word that it begins with."""
        reach: dict[str, int] = {}
        for phrase in self:
            first, *more = phrase.split()
            reach[first] = max(reach.get(first, 0), len(more) + 1)
        return reach


def first_words_of(section: object) -> frozenset[str]:
    """With which any phrase of a section's fields begins."""
    of_fields = (one for one in vars(section).values() if isinstance(one, Phrases | Mapping))
    return frozenset(phrase.split()[0] for phrases in of_fields for phrase in phrases)


class Bound(Enum):
    """Which side of a number is wanted."""

    below = "below"
    at_most = "at_most"
    above = "above"
    at_least = "at_least"
    around = "around"


ROLES: Mapping[str, tuple[str, ...]] = {
    "cast": ("cast",),
    "maker": ("director", "creator"),
    "writer": ("writer", "creator"),
    "creator": ("creator",),
    "composer": ("composer",),
    "producer": ("producer",),
}
_OFFERS: Mapping[str, tuple[OfferType, ...]] = {
    "free": ("free", "ads"),
    "ads": ("ads",),
    "rent": ("rent",),
    "buy": ("buy",),
    "subscription": ("subscription",),
}
# First and last minute; None is open. A short film has 40 minutes at most by the Academy's rule.
LENGTHS: Mapping[str, tuple[int | None, int | None]] = {
    "short_film": (None, 40),
    "short": (None, 95),
    "long": (150, None),
    "not_short": (80, None),
    "not_long": (None, 120),
    "feature_length": (41, None),
    "short_episodes": (None, 35),
}
# First and last year of a decade.
_SHARES: Mapping[str, tuple[int, int]] = {"early": (0, 3), "middle": (3, 6), "late": (6, 9)}
_PRESENT: Mapping[str, str] = {"year": "year", "decade": "decade", "century": "century"}
_YEAR_BOUNDS: Mapping[str, Bound] = {
    "before": Bound.below,
    "until": Bound.at_most,
    "after": Bound.above,
    "since": Bound.at_least,
}


@dataclass(frozen=True, slots=True)
class Keys:
    """What a key of a table stands for; `read` raises KeyError or ValueError for an unknown one."""

    read: Callable[[str], object]


@dataclass(frozen=True, slots=True)
class NeverAlso:
    """Phrases that must not stand in the section's `other` key as well."""

    other: str


@dataclass(frozen=True, eq=False)
class Terms:
    """Genres, media, languages and countries."""

    genres: Annotated[Mapping[str, Meaning], Keys(GENRE_MEANINGS.__getitem__)]
    weak_genres: Annotated[Mapping[str, Meaning], Keys(WEAK_GENRE_MEANINGS.__getitem__)]
    kinds: Annotated[Mapping[str, Meaning], Keys(KIND_MEANINGS.__getitem__)]
    moods: Annotated[Mapping[str, Mood], Keys(MOODS.__getitem__)]
    renown: Annotated[Mapping[str, Renown], Keys(RENOWNS.__getitem__)]
    best: Phrases
    media: Annotated[Mapping[str, Meaning], Keys(MEDIA_MEANINGS.__getitem__)]
    languages: Annotated[Mapping[str, Meaning], Keys(LANGUAGE_MEANINGS.__getitem__)]
    language_places: Annotated[Mapping[str, Meaning], Keys(LANGUAGE_MEANINGS.__getitem__)]
    countries: Annotated[Mapping[str, Meaning], Keys(COUNTRY_MEANINGS.__getitem__)]
    country_places: Annotated[Mapping[str, Meaning], Keys(COUNTRY_MEANINGS.__getitem__)]
    language_suffixes: Phrases
    foreign: Phrases
    foreign_before_media: Phrases
    idioms: Phrases
    before_hyphen: Phrases
    subtitles: Endings
    before_places: Phrases
    before_own_places: Phrases
    before_own_nationality: Phrases
    behind_weak_genres: Phrases
    before_weak_genres: Phrases
    of_medium: Phrases
    within_sentence: Phrases
    next_request: Phrases
    stand_ins: Phrases
    hints: Phrases
    things: Phrases
    compound_heads: Endings

    @cached_property
    def places(self) -> Phrases:
        return Phrases((*self.language_places, *self.country_places))

    @cached_property
    def nationalities(self) -> Phrases:
        """Some words of one language are places in another: French "italien"."""
        return Phrases((*self.languages, *self.countries))

    @cached_property
    def origins(self) -> Mapping[str, Meaning]:
        """Languages and countries, and the places that stand for them."""
        named = {**self.languages, **self.language_places}
        return named | {**self.countries, **self.country_places}

    @cached_property
    def meanings(self) -> Mapping[str, Meaning]:
        """Every phrase that asks for something."""
        return {**self.origins, **self.media, **self.genres, **self.weak_genres, **self.kinds}


@dataclass(frozen=True, eq=False)
class Contents:
    """What viewers do not want to see."""

    words: Annotated[Mapping[str, Content], Keys(CONTENTS.__getitem__)]


@dataclass(frozen=True, eq=False)
class Connectors:
    """The small words around a request."""

    or_words: Phrases
    and_words: Annotated[Phrases, NeverAlso("or_words")]
    contrasts: Phrases
    prepositions: Phrases
    fillers: Phrases
    empty_words: Phrases
    small_talk: Phrases

    @cached_property
    def joints(self) -> frozenset[str]:
        return self.or_words | self.and_words

    @cached_property
    def no_content(self) -> frozenset[str]:
        """Words that say nothing of what is wanted."""
        return self.fillers | self.empty_words

    @cached_property
    def plot_joints(self) -> frozenset[str]:
        """Words that connect, none of which describes a plot."""
        return self.joints | self.contrasts | self.prepositions | self.no_content


@dataclass(frozen=True, eq=False)
class Negation:
    """Words that negate what stands behind them, or before."""

    negations: Phrases
    neither: Phrases
    nor: Phrases
    harmless: Annotated[Phrases, NeverAlso("negations")]
    left: Phrases
    denials: Phrases
    desires: Phrases
    emphatic: Phrases
    fondness: Annotated[Phrases, NeverAlso("negations")]
    opening: Annotated[Phrases, NeverAlso("negations")]
    surfeit: Phrases
    warnings: Phrases
    lately: Phrases
    bare: Phrases
    indispensable: Phrases
    at_large: Phrases
    reclaiming: Phrases
    universals: Phrases
    excepting: Phrases
    kept_before: Phrases
    kept_away: Phrases
    preferring: Phrases
    preferred_to: Phrases
    more_of: Phrases
    chosen_over: Phrases
    than: Phrases
    seen_all: Phrases
    without: Phrases
    of_qualities: Phrases
    prefixes: Phrases
    of_verbs: Phrases
    copulas: Phrases
    copulas_before: Phrases
    existential: Phrases
    are: Phrases
    recalling: Phrases
    definite: Phrases
    skipped: Phrases
    excess: Phrases
    others: Phrases
    stand_ins: Phrases
    begin_a_wish: Phrases
    in_the: Phrases
    beside_in_the: Phrases
    linking: Phrases
    before_lists: Phrases
    of_dislike: Phrases
    exceptions: Phrases
    dismissals: Phrases
    judging: Phrases
    judgements: Phrases
    before_dismissals: Phrases
    naming: Phrases
    not_mine: Phrases
    flat_dismissals: Phrases
    unfit: Phrases
    emphasis: Phrases
    watching: Phrases
    affirmations: Phrases
    again: Phrases
    of_adjectives: Phrases
    degrees: Phrases
    behind: Phrases
    behind_idioms: Phrases
    of_any_title: Phrases
    adjectives: Phrases
    containing: Phrases
    relatives: Phrases
    contrasting: Phrases
    little: Phrases
    small: Phrases
    not_much: Phrases
    of_large_nouns: Phrases
    zero: Phrases
    companions: Phrases
    companion_owners: Phrases
    one_of_them: Phrases
    companion_links: Phrases
    and_me: Phrases
    animals: Phrases
    spared: Phrases
    aversions: Phrases
    likings: Phrases

    @cached_property
    def small_amounts(self) -> Phrases:
        """How little is wanted, from little to none."""
        return Phrases(self.little | self.not_much | self.zero)

    @cached_property
    def of_words(self) -> Phrases:
        """Negations behind which a word in small letters is a word, and the name of no title."""
        return Phrases(
            self.without | self.of_adjectives | self.of_qualities | self.of_verbs | self.copulas
        )


@dataclass(frozen=True, eq=False)
class Tolerances:
    """Words of what may be and need not be: it is neither asked for nor refused."""

    before: Phrases
    behind: Phrases
    permitting: Phrases
    not_only: Phrases
    also: Phrases
    refused_behind: Annotated[Phrases, NeverAlso("behind")]


@dataclass(frozen=True, eq=False)
class Plots:
    """Words that open, end and mark the description of a plot."""

    openers: Phrases
    memories: Phrases
    likings: Phrases
    ends: Annotated[Phrases, NeverAlso("openers")]
    no_opener_behind: Phrases
    numbers: Phrases
    produced: Phrases
    vague_years: Phrases
    set_in: Phrases
    settings: Phrases
    settings_behind: Phrases
    auxiliaries: Phrases
    show_verbs: Phrases
    infinitive: Phrases
    objects: Phrases
    peoples: Phrases
    characters: Phrases
    clause_endings: Endings
    gerund_endings: Endings
    possessives: Phrases
    before_refusals: Phrases
    with_refusals: Phrases

    @cached_property
    def borders(self) -> Phrases:
        """What opens or ends one."""
        return Phrases(self.openers | self.ends)


@dataclass(frozen=True, eq=False)
class Numbers:
    """Numbers in words, and places in a series."""

    words: Annotated[Mapping[str, int], Keys(int)]
    ordinals: Annotated[Mapping[str, int], Keys(int)]


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Words that put a bound on a number, before or behind it."""

    before: Annotated[Mapping[str, Bound], Keys(Bound.__members__.__getitem__)]
    behind: Annotated[Mapping[str, Bound], Keys(Bound.__members__.__getitem__)]
    articles: Phrases


@dataclass(frozen=True, eq=False)
class TitleWords:
    """Words before, in and behind titles."""

    articles: Phrases
    indefinite_articles: Phrases
    seed_signs: Phrases
    weak_seed_signs: Annotated[Phrases, NeverAlso("seed_signs")]
    comparing: Phrases
    like: Phrases
    before_likening: Phrases
    before_like: Phrases
    refusals: Phrases
    behind_series: Phrases
    series: Phrases
    of_series: Phrases
    one_title: Phrases
    meeting: Phrases
    links_of_names: Phrases
    behind_seeds: Phrases
    or_similar: Phrases
    but: Phrases
    pronouns: Phrases
    unseen: Phrases
    yet: Phrases
    asking: Phrases
    small_words: Phrases
    ends: Phrases
    before_year: Phrases
    year_ends: Phrases
    empty_titles: Phrases
    no_titles: Phrases
    other_works: Phrases
    sources: Phrases
    newer: Phrases
    older: Annotated[Phrases, NeverAlso("newer")]
    older_than: Phrases
    newer_than: Annotated[Phrases, NeverAlso("older_than")]
    shorter: Phrases
    longer: Annotated[Phrases, NeverAlso("shorter")]


@dataclass(frozen=True, eq=False)
class PeopleWords:
    """Words that lead to a person's name, and those within it."""

    roles: Annotated[Mapping[str, tuple[str, ...]], Keys(ROLES.__getitem__)]
    unsure_signs: Phrases
    last_name_signs: Phrases
    capital_signs: Phrases
    particles: Phrases
    possessives: Phrases
    families: Phrases
    before_families: Phrases
    adaptations: Phrases
    adaptations_of: Phrases
    nicknames: Annotated[Mapping[str, str], Keys(str)]

    @cached_property
    def nickname_phrases(self) -> Phrases:
        return Phrases(self.nicknames)

    @cached_property
    def signs(self) -> Phrases:
        return Phrases(self.roles)

    @cached_property
    def sure_signs(self) -> frozenset[str]:
        """After these a last name alone will do, and a misspelling is accepted."""
        return frozenset(self.roles) - self.unsure_signs

    @cached_property
    def loose_signs(self) -> frozenset[str]:
        """Signs of makers that mean any part as well: the German "von"."""
        return self.unsure_signs | self.capital_signs

    @cached_property
    def before_last_names(self) -> frozenset[str]:
        return self.sure_signs | self.last_name_signs

    @cached_property
    def small_name_signs(self) -> frozenset[str]:
        return self.sure_signs - self.capital_signs


@dataclass(frozen=True, eq=False)
class ServiceWords:
    """Words around streaming services, and kinds of offers."""

    on: Phrases
    gone: Phrases
    own: Phrases
    joints: Phrases
    more_joints: Phrases
    offers: Annotated[Mapping[str, tuple[OfferType, ...]], Keys(_OFFERS.__getitem__)]
    not_offers_before: Phrases
    before_free: Phrases
    behind_free: Phrases
    watching: Phrases

    @cached_property
    def offer_phrases(self) -> Phrases:
        return Phrases(self.offers)


@dataclass(frozen=True, eq=False)
class RuntimeWords:
    """Units and phrases of running times."""

    hours: Phrases
    minutes: Phrases
    joined_hours: Phrases
    joined_minutes: Phrases
    lengths: Annotated[Mapping[str, tuple[int | None, int | None]], Keys(LENGTHS.__getitem__)]
    short: Phrases
    short_nouns: Phrases
    long_words: Phrases
    short_words: Annotated[Phrases, NeverAlso("long_words")]
    lasting: Phrases
    at_hand: Phrases
    for_as_long: Phrases
    range_openers: Phrases
    range_joints: Phrases
    in_plots_before: Phrases
    half_hours: Phrases
    one: Phrases
    and_a_half: Phrases
    one_and_a_half: Phrases
    rest_joints: Phrases

    @cached_property
    def of_length(self) -> frozenset[str]:
        """Words of how long or short something is; a few are last names as well: "lange"."""
        return self.long_words | self.short_words

    @cached_property
    def first_words(self) -> frozenset[str]:
        """With which a running time can begin, beside numbers."""
        return first_words_of(self)

    @cached_property
    def joined(self) -> re.Pattern[str]:
        """ "1h40", "2h" or "90min": groups of hours, their minutes, and minutes alone."""
        hours, minutes = _any_of(self.joined_hours), _any_of(self.joined_minutes)
        return re.compile(rf"(\d{{1,2}}){hours}(?:(\d{{1,2}}){minutes}?)?|(\d{{1,3}}){minutes}")


@dataclass(frozen=True, eq=False)
class YearWords:
    """Decades, and words that place a year before, after or beside another one."""

    decades: Annotated[Mapping[str, int], Keys(int)]
    decade_numbers: Annotated[Mapping[str, int], Keys(int)]
    decade_endings: Endings
    decade_nouns: Phrases
    decade_links: Phrases
    behind_decades: Phrases
    shares: Annotated[Mapping[str, tuple[int, int]], Keys(_SHARES.__getitem__)]
    links: Phrases
    bounds: Annotated[Mapping[str, Bound], Keys(_YEAR_BOUNDS.__getitem__)]
    compared: Phrases
    from_words: Phrases
    of_a_life: Phrases
    life_in: Phrases
    seen: Phrases
    seen_at_end: Phrases
    seen_before: Phrases
    seen_when: Phrases
    born: Phrases
    born_behind: Phrases
    made: Phrases
    range_openers: Phrases
    range_joints: Phrases
    now: Phrases
    list_joints: Phrases
    the_year: Phrases
    onwards: Phrases
    or_words: Phrases
    later: Phrases
    earlier: Annotated[Phrases, NeverAlso("later")]
    this_century: Phrases
    relative_openers: Phrases
    relative_articles: Phrases
    last: Phrases
    year: Phrases
    years: Phrases
    decade: Phrases
    decade_plurals: Phrases
    few: Phrases
    present: Annotated[Mapping[str, str], Keys(_PRESENT.__getitem__)]
    last_several: Phrases
    last_year: Phrases
    aged: Phrases
    ago_before: Phrases
    ago_behind: Phrases
    recent: Phrases
    behind_recent: Phrases
    new: Phrases
    brand: Phrases
    releases: Phrases
    to_come: Phrases
    news: Phrases
    old: Phrases
    old_ways: Phrases
    about: Phrases
    old_nouns: Phrases
    not_of_titles_behind: Phrases
    of_titles_behind: Phrases
    behind_nouns: Phrases
    new_places: Phrases

    @cached_property
    def first_words(self) -> frozenset[str]:
        """With which a span of years can begin, beside figures."""
        return first_words_of(self)

    @cached_property
    def bound_phrases(self) -> Phrases:
        return Phrases(self.bounds)

    @cached_property
    def present_phrases(self) -> Phrases:
        return Phrases(self.present)

    @cached_property
    def decade_figures(self) -> re.Pattern[str]:
        """ "90s", "1980er": a group of two or four digits."""
        return re.compile(rf"(\d{{4}}|\d{{2}}){_any_of(self.decade_endings)}")


@dataclass(frozen=True, eq=False)
class MaturityWords:
    """Audiences, ages, what refuses them, and words beside certificates."""

    audiences: Annotated[Mapping[str, int], Keys(int)]
    adults: Annotated[Phrases, NeverAlso("audiences")]
    adult_content: Annotated[Phrases, NeverAlso("adults")]
    more_adult: Phrases
    before_others: Phrases
    audience_nouns: Phrases
    made_for: Annotated[Mapping[str, int], Keys(int)]
    fitness: Phrases
    numbers: Annotated[Mapping[str, int], Keys(int)]
    number_joints: Phrases
    bounds_before: Annotated[Mapping[str, Bound], Keys(Bound.__members__.__getitem__)]
    bounds_behind: Annotated[Mapping[str, Bound], Keys(Bound.__members__.__getitem__)]
    less_than: Phrases
    before_age: Phrases
    articles: Phrases
    for_whom: Phrases
    children: Phrases
    relatives: Annotated[Phrases, NeverAlso("children")]
    young: Phrases
    called: Annotated[Mapping[str, int], Keys(int)]
    little_ones: Phrases
    bare_children: Phrases
    teens: Phrases
    yet: Phrases
    minding: Phrases
    minding_alone: Phrases
    selves: Phrases
    before_audiences: Phrases
    definite: Phrases
    present: Phrases
    absent: Annotated[Phrases, NeverAlso("present")]
    absent_before: Phrases
    after: Phrases
    bedtime: Phrases
    until: Phrases
    wishes: Phrases
    frightened: Phrases
    frightening: Phrases
    frightens: Phrases
    siblings: Phrases
    bored_or_ill: Phrases
    what: Phrases
    watched: Phrases
    watched_by: Phrases
    liked_by: Phrases
    parties: Phrases
    gatherings: Annotated[Mapping[str, int], Keys(int)]
    gathered_at: Annotated[Mapping[str, int], Keys(int)]
    before_gatherings: Phrases
    gone_wrong: Phrases
    pronouns: Phrases
    we: Phrases
    are: Phrases
    became: Phrases
    just: Phrases
    become: Phrases
    everyone: Phrases
    roughly: Phrases
    parents: Phrases
    occasions: Phrases
    may: Phrases
    seeing: Phrases
    aged: Phrases
    before_years: Phrases
    years: Phrases
    joined_years: Phrases
    about_endings: Phrases
    years_old: Phrases
    old: Phrases
    old_endings: Endings
    months: Phrases
    birthdays: Phrases
    soon: Phrases
    aged_behind: Phrases
    graders: Phrases
    grades: Annotated[Mapping[str, int], Keys(int)]
    before_grades: Annotated[Mapping[str, int], Keys(int)]
    at_school: Annotated[Mapping[str, int], Keys(int)]
    attending: Phrases
    schools: Phrases
    no_ages: Phrases
    rated: Phrases
    rated_behind: Phrases
    board_links: Phrases
    refusals: Phrases
    turns: Annotated[Phrases, NeverAlso("refusals")]
    others: Phrases
    asking: Phrases
    prefixes: Phrases
    allowed: Phrases
    forbidden: Phrases
    in_plots: Phrases

    @cached_property
    def signs(self) -> Mapping[str, frozenset[str]]:
        """By phrase the keys, of those that stand before an age, which have it."""
        keys = ["aged", "are", "articles", "became", "before_age", "before_years"]
        keys += ["bounds_before", "called", "children", "everyone", "for_whom", "just", "parents"]
        keys += ["minding", "pronouns", "we", "relatives", "roughly", "soon", "teens", "young"]
        phrases = {phrase for key in keys for phrase in getattr(self, key)}
        return {
            phrase: frozenset(key for key in keys if phrase in getattr(self, key))
            for phrase in phrases
        }

    @cached_property
    def of_children(self) -> Phrases:
        """What speaks of somebody who may well be a child, watching or not."""
        spoken = (self.children, self.relatives, self.little_ones, self.bare_children, self.teens)
        taught = (self.graders, self.grades, self.before_grades, self.at_school, self.attending)
        called = (self.audiences, self.called, self.minding, self.minding_alone, self.occasions)
        met = (self.gatherings, self.gathered_at, self.schools)
        return Phrases(frozenset().union(*spoken, *taught, *called, *met))

    @cached_property
    def having(self) -> Phrases:
        """Those of `for_whom` that say more than whose they are: "we have", "a bunch of"."""
        return Phrases(phrase for phrase in self.for_whom if " " in phrase)

    @cached_property
    def audience_phrases(self) -> Phrases:
        return Phrases(self.audiences)

    @cached_property
    def ages_of_children(self) -> Mapping[str, int]:
        """By the word for children the youngest age that "for" them means: "kids", "toddlers"."""
        ages: dict[str, int] = {}
        for phrase, age in self.audiences.items():
            if (last := phrase.split()[-1]) in self.children | self.relatives:
                ages[last] = min(ages.get(last, age), age)
        return ages

    @cached_property
    def called_phrases(self) -> Phrases:
        return Phrases(self.called)

    @cached_property
    def made_for_phrases(self) -> Phrases:
        return Phrases(self.made_for)

    @cached_property
    def gathering_phrases(self) -> Phrases:
        return Phrases(self.gatherings)

    @cached_property
    def gathered_at_phrases(self) -> Phrases:
        return Phrases(self.gathered_at)

    @cached_property
    def grade_phrases(self) -> Phrases:
        return Phrases(self.grades)

    @cached_property
    def at_school_phrases(self) -> Phrases:
        return Phrases(self.at_school)

    @cached_property
    def number_phrases(self) -> Phrases:
        return Phrases(self.numbers)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """What an audience or a number that is an age can begin with, beside figures."""
        phrases = (*self.audiences, *self.adults, *self.adult_content, *self.numbers, *self.rated)
        phrases += (*self.young, *self.little_ones, *self.bare_children, *self.ages_of_children)
        phrases += (*self.teens, *self.minding, *self.minding_alone, *self.called, *self.at_school)
        phrases += (*self.made_for, *self.relatives, *self.children)
        phrases += (*self.gatherings, *self.gathered_at)
        return frozenset(phrase.split()[0] for phrase in phrases)

    @cached_property
    def phrases_behind(self) -> Phrases:
        return Phrases(self.bounds_behind)


@dataclass(frozen=True, eq=False)
class RatingWords:
    """Words beside an average of votes."""

    marks: Phrases
    stars: Phrases
    points: Phrases
    of_ten: Phrases
    of_five: Phrases
    of_hundred: Phrases
    percent: Phrases
    links: Phrases
    bounds_before: Annotated[Mapping[str, Bound], Keys(Bound.__members__.__getitem__)]
    bounds_behind: Annotated[Mapping[str, Bound], Keys(Bound.__members__.__getitem__)]

    @cached_property
    def phrases_behind(self) -> Phrases:
        return Phrases(self.bounds_behind)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """With which what says that a number is of votes begins, but for "/10"."""
        phrases = (*self.marks, *self.stars, *self.points, *self.of_ten)
        return frozenset((*(phrase.split()[0] for phrase in phrases), "10"))


@dataclass(frozen=True, eq=False)
class CountWords:
    """Words around a number of titles."""

    adjectives: Phrases
    nouns: Phrases
    not_counted: Phrases
    other_parts: Phrases
    of_shows: Phrases
    amounts: Phrases
    lasting_shows: Phrases
    top: Phrases
    plurals: Phrases
    plural_endings: Endings

    @cached_property
    def parts(self) -> Phrases:
        """What a number counts of one title."""
        return Phrases(self.of_shows | self.other_parts)


@dataclass(frozen=True, eq=False)
class ViewerWords:
    """Words of how many watch, and for whom."""

    before: Phrases
    before_people: Phrases
    of_us: Phrases
    people: Phrases
    groups: Phrases
    behind: Phrases
    for_whom: Phrases
    occasions: Phrases
    present: Phrases


@dataclass(frozen=True, eq=False)
class TopicWords:
    """What titles are about, where it is not said in the words of TMDB's keywords."""

    words: Annotated[Mapping[str, str], Keys(str)]
    other_cities: Phrases

    @cached_property
    def phrases(self) -> Phrases:
        return Phrases(self.words)

    @cached_property
    def cities(self) -> Phrases:
        """Of them those that name cities, which TMDB mostly writes as "rome, italy"."""
        return Phrases(
            phrase
            for phrase, keyword in self.words.items()
            if ", " in keyword or keyword in self.other_cities
        )


@dataclass(frozen=True, eq=False)
class NarrowerTopics:
    """What a refusal leaves out of topics whose words are narrower than their keyword."""

    words: Annotated[Mapping[str, str], Keys(str)]


@dataclass(frozen=True, eq=False)
class ShortForms:
    """Words as phones shorten them, and what they are short for: as many words, or fewer."""

    words: Annotated[Mapping[str, str], Keys(fold)]

    @cached_property
    def phrases(self) -> Phrases:
        return Phrases(self.words)


@dataclass(frozen=True, eq=False)
class OwnLists:
    """What the household means to watch, and what it owns."""

    watchlist: Phrases
    library: Annotated[Phrases, NeverAlso("watchlist")]
    of: Phrases

    @cached_property
    def first_words(self) -> frozenset[str]:
        """With which one begins."""
        return frozenset((*self.watchlist.reach, *self.library.reach))


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of all languages, by what they are for."""

    terms: Terms
    content: Contents
    connectors: Connectors
    negation: Negation
    tolerances: Tolerances
    plots: Plots
    numbers: Numbers
    comparisons: Comparisons
    titles: TitleWords
    people: PeopleWords
    services: ServiceWords
    runtimes: RuntimeWords
    years: YearWords
    maturity: MaturityWords
    ratings: RatingWords
    counts: CountWords
    viewers: ViewerWords
    topics: TopicWords
    narrower_topics: NarrowerTopics
    own_lists: OwnLists
    short_forms: ShortForms

    @cached_property
    def term_phrases(self) -> Phrases:
        """Everything that can be asked for or refused."""
        terms = self.terms
        asked_for = (*terms.meanings, *terms.moods, *terms.renown)
        foreign = (*terms.foreign, *terms.foreign_before_media)
        return Phrases((*asked_for, *terms.best, *foreign, *self.content.words))

    def refused_topic(self, phrase: str) -> str:
        """What a refusal of the phrase leaves out, in English: a narrower word may widen a wish,
        never a refusal. "No kittens" allows cats."""
        narrow = self.narrower_topics.words.get(phrase)
        return narrow or self.topics.words.get(phrase, phrase)

    @cached_property
    def refuse_nothing(self) -> Phrases:
        """What has a negation in it, and is none: turns of speech, and what need not be."""
        known = self.tolerances
        no_refusals = (self.negation.harmless, self.negation.fondness)
        said = (known.before, known.not_only, known.behind, *no_refusals)
        return Phrases(phrase for phrases in said for phrase in phrases)

    @cached_property
    def first_words_of_refusals(self) -> frozenset[str]:
        """With which a refusal begins, and what looks like one; asked of every word of a text."""
        known = self.negation
        halves = (known.neither, known.nor, known.excepting)
        opening = (known.opening, known.denials, known.warnings, known.surfeit)
        said = (known.negations, known.aversions, self.refuse_nothing, *halves, *opening)
        begun = {first for phrases in said for first in phrases.reach}
        return frozenset(begun | self.connectors.or_words)

    @cached_property
    def known_words(self) -> frozenset[str]:
        """The single words of everything that can be asked for or refused."""
        spelled = ([*phrase.split()] for phrase in (*self.terms.meanings, *self.content.words))
        # The letters of "U.S.A." mean nothing alone: one of them is an article. Nor does
        # the "to" of "to laugh".
        parts = {word for words in spelled if max(map(len, words)) > 1 for word in words}
        return frozenset(parts - self.plots.infinitive)

    @cached_property
    def plain_words(self) -> frozenset[str]:
        """Words that need not be part of a name."""
        years = self.years.old | self.years.new | self.years.recent
        return self.known_words | self.connectors.no_content | years

    @cached_property
    def before_names(self) -> frozenset[str]:
        """Words before a bare name that ask for what is of it: "best of", "early"."""
        return self.plain_words | self.titles.asking | self.years.shares.keys()

    @cached_property
    def all_words(self) -> frozenset[str]:
        """Every word of every phrase of every language."""
        tables = (vars(getattr(self, section.name)) for section in fields(self))
        phrases = (
            phrase
            for table in tables
            for key in table.values()
            if isinstance(key, (dict, frozenset))
            for phrase in key
        )
        return frozenset(word for one in phrases if isinstance(one, str) for word in one.split())

    @cached_property
    def often_mistyped(self) -> Mapping[str, list[str]]:
        """Single words that ask for something, refuse it, or belong to names of genres ("science
        fiction"), by their first letter."""
        kinds = (self.terms.meanings, self.terms.moods, self.topics.words, self.content.words)
        phrases = {phrase for kind in kinds for phrase in kind} | set(self.topics.words.values())
        phrases |= {word for phrase in self.maturity.audiences for word in phrase.split()}
        phrases |= self.maturity.minding_alone
        for phrase, meaning in self.terms.meanings.items():
            if meaning.genres and len(phrase.split()) == 2:
                phrases |= {word for word in phrase.split() if len(word) > 6}
        phrases |= {word for word in self.negation.negations if len(word) > 5}
        # "Somthing funny": a word of names may be as near to a shorter one.
        phrases |= {word for word in self.connectors.no_content if len(word) > 7}
        found: dict[str, list[str]] = {}
        for phrase in sorted(phrases):
            if phrase.isalpha():
                found.setdefault(phrase[0], []).append(phrase)
        return found

    @cached_property
    def signs(self) -> Phrases:
        """What says how parts are meant, and asks for nothing itself."""
        titles = self.titles
        of_titles = (titles.seed_signs, titles.weak_seed_signs, titles.like, titles.asking)
        return Phrases(self.plots.memories.union(*of_titles, self.connectors.small_talk))

    @cached_property
    def name_ends(self) -> frozenset[str]:
        """Words that end what may be a mistyped title."""
        return self.connectors.joints | self.connectors.contrasts | self.titles.ends


def _any_of(endings: Phrases | Endings) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, endings)))})" if endings else "(?!)"

"""How sure a part of a request is: a command filters, what is told or remembered only lifts.

"90s thrillers under two hours" asks; "I saw it in the 90s, I think on TV" tells. The more a text
tells beside its parts, the less any of them may hide the title that is meant.
"""

from api.language.intent import IntentField
from api.language.reading.plot_text import PLOT_WORDS, describes_a_noun, words_left
from api.language.reading.reading import Finding, Reading, gap_behind, is_liked, phrase_at

# What gives way to doubt. Ages never do, nor does what is refused or a medium that is named.
SOFTENED: frozenset[IntentField] = frozenset(
    {
        "genre",
        "renown",
        "keyword",
        "year",
        "runtime",
        "language",
        "country",
        "person",
        "company",
        "service",
        "offer_type",
        "watchlist",
        "library",
    }
)


# No fact of a title says its mood for sure, and many lack keywords that they could have.
ALWAYS_SOFT: frozenset[IntentField] = frozenset({"mood", "exclude_mood", "topic"})

# What a title can be likened to: it feels like a western, and not like Netflix.
_LIKENED: frozenset[IntentField] = frozenset(
    {"genre", "renown", "keyword", "year", "language", "country", "person", "company"}
)
_ENDS = frozenset(".!?;\n")  # of a sentence
_TOPIC_WORDS = 2  # left over beside "I like", as in "I like heist movies"
_TAGS = 3  # that make a list of them
_TAG_WORDS = 2  # of each, on average fewer


def softened(reading: Reading, *, protects: bool) -> frozenset[IntentField]:
    """The fields whose parts lift and do not filter; an age that `protects` always does."""
    soft = set(ALWAYS_SOFT)
    years = reading.found("year")
    if years and all(one.is_vague for one in years):
        soft.add("year")
    renowns = reading.found("renown")
    if renowns and all(one.is_vague for one in renowns):
        soft.add("renown")
    if _are_people_unsure(reading):
        soft.add("person")
    soft |= _of_people_told(reading)
    if reading.is_narrative:
        soft |= SOFTENED
    elif reading.tells_a_liking:
        soft |= _told_alone(reading)
    if reading.is_narrative or reading.tells_a_liking:
        # "Foreign" among what is told; a refusal of English is none of these.
        soft |= {"exclude_language"} if reading.found("exclude_language") else set()
        soft |= set() if protects else {"maturity"}
    if reading.is_narrative and _counts_parts_alone(reading):
        soft.add("media_type")
    if _is_a_list_of_tags(reading):
        soft |= {"genre", "year"}
    if _hints_at_genres(reading) or _are_liked_apart(reading):
        soft.add("genre")
    return frozenset(soft | _likened_alone(reading))


def _are_people_unsure(reading: Reading) -> bool:
    """Whether nobody is named for sure. A last name that is a guess holds in a command of which
    every word is understood: what only lifts leaves a page of what everybody knows."""
    people = reading.found("person")
    seeds = [one for one in reading.found("seed") if not one.is_negated]
    is_command = not seeds and words_left(reading) == 0

    def is_unsure(one: Finding) -> bool:
        is_likened = one.is_likened and not one.is_negated
        is_last_name = one.stop - one.start == 1
        return is_likened or (one.is_vague and not (is_last_name and is_command))

    return bool(people) and all(map(is_unsure, people))


def _of_people_told(reading: Reading) -> set[IntentField]:
    """ "British woman marries Indian man": nationalities of those in the story, and of no film."""
    origins = [one for one in reading.findings if one.kind in ("language", "country")]
    wanted = [one for one in origins if not one.is_negated]
    if wanted and all(describes_a_noun(reading, one) for one in wanted):
        return {"language", "country"}
    return set()


def _counts_parts_alone(reading: Reading) -> bool:
    """ "I loved Cosmos, it has like 10 episodes": nothing but these says that it is a show."""
    words, parts = reading.words, reading.lexicon.counts.parts
    media = reading.found("media_type")
    return bool(media) and all(
        one.is_implied or words.phrase(one.start, one.stop) in parts for one in media
    )


def _likened_alone(reading: Reading) -> set[IntentField]:
    """ "Feels like a hot day in Mexico": what such a clause alone has says what a title is like,
    and not what it is."""
    words, known = reading.words, reading.lexicon.titles
    likened = [False] * len(words)
    inside = False
    for place in range(len(words)):
        inside = inside and not _ends_likening(reading, place)
        likened[place] = inside
        is_sign = words.word(place) in known.like and words.word(place - 1) in known.before_likening
        # "I feel like a comedy" asks for one.
        inside = inside or (is_sign and words.word(place - 2) not in known.asking)
    wanted = [one for one in reading.findings if not one.is_negated]
    inside_alone = {one.kind for one in wanted if likened[one.start] and _may_liken(one)}
    return inside_alone - {one.kind for one in wanted if not likened[one.start]}


def _ends_likening(reading: Reading, place: int) -> bool:
    """At the end of a sentence, and where "…, with Tom Hanks" begins something else."""
    words, prepositions = reading.words, reading.lexicon.connectors.prepositions
    gap = words.gap(place)
    return not _ENDS.isdisjoint(gap) or ("," in gap and words.word(place) in prepositions)


def _may_liken(finding: Finding) -> bool:
    """A length, a service and a list of one's own are never what a title is like, but for a length
    that is told roughly: "after a really long trip"."""
    return finding.kind in _LIKENED or (finding.kind == "runtime" and finding.is_vague)


def _told_alone(reading: Reading) -> set[IntentField]:
    """What is only told: "I like comedies. Something with Tom Hanks" asks for him."""
    told = [False] * len(reading.words)
    begun, is_told = 0, False
    likings = reading.lexicon.plots.likings
    for place in range(len(reading.words) + 1):
        if place == len(reading.words) or not _ENDS.isdisjoint(reading.words.gap(place)):
            told[begun:place] = [is_told] * (place - begun)
            begun, is_told = place, False
        is_told = is_told or phrase_at(reading.words, place, likings) > place
    asked = {one.kind for one in reading.findings if not told[one.start]}
    return set(SOFTENED - asked)


def _are_liked_apart(reading: Reading) -> bool:
    """ "He likes horror, she likes musicals": what each of them likes is seldom in one title."""
    genres = [one for one in reading.found("genre") if not one.is_negated]
    return sum(is_liked(reading, one.start) for one in genres) > 1


def _hints_at_genres(reading: Reading) -> bool:
    """ "With horror undertones", and no other genre: what has none of it may still be meant."""
    genres, hints = reading.found("genre"), reading.lexicon.terms.hints
    wanted = [one for one in genres if not one.is_negated]
    return bool(wanted) and all(reading.words.word(one.stop) in hints for one in wanted)


def _is_a_list_of_tags(reading: Reading) -> bool:
    """ "Fantasy, space, action": what somebody thinks of, one word of it known as no genre."""
    words = reading.words
    marks = [words.gap(place).strip() for place in range(1, len(words))]
    commas = sum(mark in (",", "/") for mark in marks)
    says_more = words_left(reading) > 0 or bool(reading.found("topic"))
    return commas >= _TAGS - 1 and len(words) < _TAG_WORDS * (commas + 1) and says_more


def weigh_certainty(reading: Reading) -> None:
    """Takes out the years that belong to titles, and sets `is_narrative`."""
    reading.findings = [one for one in reading.findings if not _is_year_of_a_title(reading, one)]
    said = _remembered(reading)
    # "I like comedies" is a way to ask for one, "I like comedies, and Heat most" tells of a taste.
    reading.tells_a_liking = (
        bool(said)
        and reading.lexicon.plots.likings.issuperset(said)
        and words_left(reading) <= _TOPIC_WORDS
        and not reading.found("seed")
    )
    tells = bool(said) and not reading.tells_a_liking
    reading.is_narrative = words_left(reading) >= PLOT_WORDS or tells


def _is_year_of_a_title(reading: Reading, finding: Finding) -> bool:
    """ "The Truman Show (1998)", known or not: nothing of 1998 is asked for."""
    words = reading.words
    if finding.kind != "year" or finding.start == 0:
        return False
    is_opened = words.gap(finding.start).endswith("(")
    return is_opened and gap_behind(words, finding.stop).startswith(")")


def _remembered(reading: Reading) -> list[str]:
    """How somebody speaks of what they like or have seen: "I like comedies" demands none."""
    words, memories = reading.words, reading.lexicon.plots.memories
    return [
        words.phrase(place, stop)
        for place in range(len(words))
        if (stop := phrase_at(words, place, memories)) > place
    ]

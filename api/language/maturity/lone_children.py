"""Whether a child whose age is said watches, though nobody says "for" or "my": "7 year old girl",
"no disney, kid is 6", "something a 6 year old can follow".

"A 15 year old movie" is that old itself. A plot tells more of its child: "a 7 year old girl finds a
ring". What may be either limits.
"""

from api.language.maturity.age_signs import (
    Signs,
    ends_phrase,
    is_before_another_child,
    names_children,
)
from api.language.reading.reading import Reading, is_stop, phrase_at

_LONGEST_WISH = 4  # words: "is it ok for"
_YOUNGEST_FILM = 13  # "10 year old movies" may be for somebody of ten


def is_a_lone_child(reading: Reading, signs: Signs, place: int) -> bool:
    """Whether the number at a place is the age of such a child; of a short text that is no plot."""
    words = reading.words
    if signs.bound is not None or not (signs.is_relative or signs.is_child or signs.is_noun):
        return False
    if not signs.unit and not signs.is_being:
        # "Girl, 7", but neither "lost boys 2" nor "two girls 1 cup".
        is_figure = words.word(place)[:1].isdecimal()
        begins = not _content_before(reading, signs.start) or _may_watch(reading, signs)
        return is_figure and begins and min(signs.numbers) > 0 and _ends(reading, signs.stop)
    if _may_watch(reading, signs):
        return True
    if not (signs.is_relative or signs.is_child) and (
        _describes_a_thing(reading, signs.stop) or _is_of_a_film(reading, signs)
    ):
        return False
    return not _is_of_a_plot(reading, signs, place)


def _may_watch(reading: Reading, signs: Signs) -> bool:
    """ "Can a 9 year old watch Jurassic Park", "qué puede ver un niño de 6": asked of one who is to
    watch, and told of nobody."""
    words, known = reading.words, reading.lexicon.maturity
    before = range(max(signs.start - _LONGEST_WISH, 0), signs.start)
    # "Want" alone may be of a plot.
    if any(phrase_at(words, at, known.wishes) == signs.start for at in before[:-1]):
        return True
    if not any(phrase_at(words, at, known.may) == signs.start for at in before):
        return False
    behind = known.seeing, known.wishes
    return any(phrase_at(words, signs.stop, some) > signs.stop for some in behind)


def _ends(reading: Reading, stop: int) -> bool:
    is_end = ends_phrase(reading, stop) or is_before_another_child(reading, stop)
    return is_end or _is_of_viewers(reading, stop)


def _describes_a_thing(reading: Reading, stop: int) -> bool:
    """ "12 year old whisky"; of "10 year old movies" nobody knows who is ten."""
    return not _ends(reading, stop) and _is_content(reading, stop)


def _is_of_a_film(reading: Reading, signs: Signs) -> bool:
    """ "A 15 year old movie", of one film and of nobody; a "15 year old movie night" is for whoever
    is fifteen."""
    words, lexicon = reading.words, reading.lexicon
    medium, stop = words.word(signs.stop), signs.stop + 1
    is_one = medium in lexicon.terms.media and medium not in lexicon.counts.plurals
    is_one = is_one and not medium.endswith(lexicon.counts.plural_endings)
    if not is_one or is_stop(words.gap(signs.stop)) or len(signs.numbers) > 1:
        return False
    connectors = lexicon.connectors
    behind = connectors.prepositions | connectors.joints | connectors.contrasts
    is_whole = stop == len(words) or is_stop(words.gap(stop)) or words.word(stop) in behind
    return is_whole and signs.numbers[0] >= _YOUNGEST_FILM and not names_children(reading)


def _is_of_a_plot(reading: Reading, signs: Signs, place: int) -> bool:
    words, lexicon = reading.words, reading.lexicon
    behind = signs.stop
    if _is_of_viewers(reading, behind) or is_stop(words.gap(behind)):
        behind = len(words)
    if (opener := phrase_at(words, behind, lexicon.plots.openers)) > behind:
        # "Who loves horses" is of a viewer, "who sees ghosts" of a plot.
        is_said = words.word(opener) in lexicon.maturity.are or _is_of_viewers(reading, opener)
        return not is_said
    content = _content_behind(reading, behind)
    is_led_to = _content_before(reading, signs.start)
    has_article = any(word in lexicon.titles.articles for word in words.words[signs.start : place])
    if content is None:
        return has_article and is_led_to  # "they adopt a 9 year old girl"
    if _follows_titles(reading, signs.start):
        return False
    return has_article or is_led_to or _has_an_object(reading, content)


def _is_of_viewers(reading: Reading, place: int) -> bool:
    """Whether what stands behind a child is of those who watch, or of what they watch: "wants",
    "hates", "and 9 year old boy", "horror movie", "sleepover"."""
    words, lexicon = reading.words, reading.lexicon
    of_viewers = lexicon.maturity.wishes, lexicon.maturity.present
    refused = lexicon.negation.aversions, lexicon.negation.negations
    if any(phrase_at(words, place, some) > place for some in (*of_viewers, *refused)):
        return True
    word = words.word(place)
    is_joined = word in lexicon.connectors.joints or words.gap(place).strip() in ("&", "+", "/")
    asked_for = lexicon.term_phrases, lexicon.maturity.occasions
    return is_joined or any(phrase_at(words, place, some) > place for some in asked_for)


def _content_before(reading: Reading, start: int) -> bool:
    """Whether a word with a meaning of its own leads to the child within the clause."""
    place = start
    while place > 0 and not is_stop(reading.words.gap(place)):
        place -= 1
        if reading.words.word(place) in reading.lexicon.connectors.joints:
            return False
        if _is_content(reading, place):
            return True
    return False


def _content_behind(reading: Reading, stop: int) -> int | None:
    """Where the first such word stands behind it, within the clause."""
    for place in range(stop, len(reading.words)):
        if is_stop(reading.words.gap(place)):
            return None
        if _is_content(reading, place):
            return place
    return None


def _has_an_object(reading: Reading, content: int) -> bool:
    """ "Finds a ring", "in a haunted house": words of a sentence, where "unicorns" is a wish."""
    words, articles = reading.words, reading.lexicon.titles.articles
    for place in range(content, len(words)):
        if place > content and is_stop(words.gap(place)):
            return False
        if _is_content(reading, place) and words.word(place - 1) in articles:
            return True
    return False


def _follows_titles(reading: Reading, start: int) -> bool:
    """ "Something a 6 year old girl can follow", "a film a 6 year old understands"."""
    words, lexicon = reading.words, reading.lexicon
    word = words.word(start - 1)
    of_titles = lexicon.terms.media, lexicon.terms.stand_ins, lexicon.years.of_titles_behind
    return not is_stop(words.gap(start)) and any(word in some for some in of_titles)


def _is_content(reading: Reading, place: int) -> bool:
    words, lexicon = reading.words, reading.lexicon
    word = words.word(place)
    if not word or reading.taken[place] or word in lexicon.plain_words or word[0].isdecimal():
        return False
    # "My girlfriends kid" has lost its apostrophe.
    companions = lexicon.negation.companions
    is_one = word in companions or word.removesuffix("s") in companions
    if is_one or word in lexicon.maturity.relatives:
        return False
    known = lexicon.maturity.signs, lexicon.connectors.plot_joints, lexicon.numbers.words
    is_known = any(word in some for some in known) or word in lexicon.negation.negations
    return not is_known and phrase_at(words, place, lexicon.term_phrases) == place

"""Last names before a genre or a topic: "ford westerns", "kurosawa samurai".

Before a genre whoever makes such titles is meant, though somebody else of the name is known better:
John Ford, and not Harrison. Otherwise it is the best known of the name, who has to be a maker.
"""

from collections.abc import Sequence

from api.language.parts.topics import is_topic_first
from api.language.reading.reading import Reading, is_stop, phrase_at
from api.language.vocabulary.lexicon import ROLES

_MAKERS = frozenset(ROLES["maker"])
_FAMOUS = 12.0  # standing from which a last name that is no other word says who is meant
_LONGEST_TOPIC = 3  # words


def maker_before_a_kind(reading: Reading, place: int) -> tuple[int, ...]:
    """The rows of who is meant by the last name at `place`, several of those who are about as well
    known; none where it is another word, or where more stands before it than what asks."""
    words, lexicon = reading.words, reading.lexicon
    word, behind = words.word(place), place + 1
    behind += words.word(behind) in lexicon.people.possessives
    if place > 0 and words.word(place - 1) not in lexicon.before_names:
        return ()
    if reading.is_a_word(place) or reading.names.topics.has(word) or words.gap(behind) != " ":
        return ()
    genres, is_sure = _genres_at(reading, behind)
    if reading.names.topics.has_word(word):
        # "Jordan basketball" and "potter fantasy" are of those whom titles are about.
        rows = reading.names.people.makers_of(word, genres) if is_sure else ()
    elif genres or (_only_asks(reading, place) and _is_a_topic(reading, behind)):
        rows = _best_known_maker(reading, word, genres)
    else:
        return ()
    return rows if reading.names.people.standing(rows) >= _FAMOUS else ()


def _best_known_maker(reading: Reading, last_name: str, genres: Sequence[int]) -> tuple[int, ...]:
    """All of several makers who are about as well known, if it is no genre that could tell them."""
    people = reading.names.people
    if genres and (rows := people.makers_of(last_name, genres)):
        return rows
    if people.is_shared(last_name):
        return (
            ()
            if genres
            else tuple(row for row in people.family(last_name) if people.have_role((row,), _MAKERS))
        )
    rows = people.last_name(last_name)
    return rows if _MAKERS & set(people.known_for(rows)) else ()


def _genres_at(reading: Reading, place: int) -> tuple[tuple[int, ...], bool]:
    """What the words at a place ask for, if that is a genre, and whether they mean nothing else:
    "crime" and "music" are as often what titles are about."""
    words, terms = reading.words, reading.lexicon.terms
    stop = phrase_at(words, place, reading.lexicon.term_phrases)
    phrase = words.phrase(place, stop) if stop > place else ""
    meaning = terms.meanings.get(phrase)
    return () if meaning is None else meaning.genres, phrase in terms.genres


def _only_asks(reading: Reading, stop: int) -> bool:
    """Whether nothing is said before `stop`: "their German Shepard dog" names no Shepard."""
    lexicon = reading.lexicon
    asking = lexicon.titles.asking | lexicon.connectors.no_content | lexicon.years.shares.keys()
    return asking.issuperset(reading.words.words[:stop])


def _is_a_topic(reading: Reading, place: int) -> bool:
    """Whether the clause ends with what many titles are about, or goes on with a medium."""
    words, media = reading.words, reading.lexicon.terms.media
    return any(
        (stop == len(words) or is_stop(words.gap(stop)) or words.word(stop) in media)
        and is_topic_first(reading, place, stop)
        for stop in range(place + 1, min(place + _LONGEST_TOPIC, len(words)) + 1)
    )

"""The closed vocabulary in a text: genres, media, languages, countries, unwanted content."""

from api.catalogue.names.topics import LONGEST_TOPIC
from api.domain.genres import GENRES, genre_id
from api.language.intent import IntentField
from api.language.reading.dismissed import dismissal_at
from api.language.reading.reading import (
    Finding,
    Reading,
    aversion_at,
    half_at,
    harmless_at,
    is_liked,
    is_stop,
    negation_at,
    phrase_at,
)
from api.language.vocabulary.meanings import MEDIA_MEANINGS, Meaning
from api.language.vocabulary.renown import ACCLAIMED, POORLY_RATED, PRAISE, RENOWNS, Renown

# Words of a noun phrase behind its quality, with the genre.
_NOUN_PHRASE = 4
_ORIGINS: frozenset[IntentField] = frozenset({"language", "country"})
# Before them a place is what titles are about.
_OF_THE_PAST = frozenset({genre_id("History"), genre_id("War")})
_NEGATION = 4  # words
_AMOUNT = 3  # words of "a lot of" and the like
_FEWEST_OF_A_TOPIC = 2  # titles
_OPENER = 4  # words of "about the" and the like
# What titles are about may be a genre: "about war", but "about family" asks for no family film.
_OF_STORIES = frozenset(genre_id(name) for name in ("Crime", "History", "Music", "War"))


def find_terms(reading: Reading) -> None:
    """Notes every phrase of the vocabulary that asks for something, and takes its words."""
    place = 0
    while place < len(reading.words):
        place = max(_term_at(reading, place), place + 1)
    _drop_praise_of_the_worst(reading)
    _drop_lesser_praise(reading)


def _drop_lesser_praise(reading: Reading) -> None:
    """ "The best hidden gems", "best movies ever": what is said for sure says enough."""
    renowns = reading.found("renown")
    if not all(one.is_vague for one in renowns):
        reading.findings = [
            one for one in reading.findings if one.kind != "renown" or not one.is_vague
        ]


def _drop_praise_of_the_worst(reading: Reading) -> None:
    """ "The worst movies of all time", "les moins bien notés" are praised for nothing."""
    renowns = [one for one in reading.found("renown") if isinstance(one.value, Renown)]
    if any(one.value == RENOWNS[POORLY_RATED] for one in renowns):
        for finding in renowns:
            if finding.value in PRAISE:
                reading.findings.remove(finding)


def _term_at(reading: Reading, place: int) -> int:
    words, terms = reading.words, reading.lexicon.terms
    contents = reading.lexicon.content.words
    reach = reading.lexicon.term_phrases.reach.get(words.word(place))
    if reach is None or reading.taken[place]:
        return place
    for stop in range(min(place + reach, len(words)), place, -1):
        if not reading.is_free(place, stop) or _is_parted(reading, place, stop):
            continue
        phrase = words.phrase(place, stop)
        if is_foreign(reading, place, stop):
            _take(reading, "exclude_language", ("en",), "Not English", place, stop)
            reading.findings[-1].can_be_negated = False
            return stop
        if phrase in contents and not reading.story[place]:
            _take(reading, "exclude_content", contents[phrase], phrase, place, stop)
            return stop
        if phrase in terms.renown and _is_a_quality(reading, place, stop):
            _take(reading, "renown", terms.renown[phrase], phrase, place, stop)
            _take_medium_of_prize(reading, terms.renown[phrase], place, stop)
            _take_media_within(reading, place, stop)
            return stop
        if phrase in terms.best and _is_of_the_best(reading, place, stop):
            _take(reading, "renown", RENOWNS[ACCLAIMED], phrase, place, stop)
            reading.findings[-1].can_be_negated = False
            reading.findings[-1].is_vague = True
            return stop
        if phrase in terms.moods and _is_a_quality(reading, place, stop):
            _take(reading, "mood", terms.moods[phrase], terms.moods[phrase].label, place, stop)
            _take_media_within(reading, place, stop)
            return stop
        meaning = terms.meanings.get(phrase)
        if meaning is not None and _is_requested(reading, meaning, phrase, place, stop):
            _take_meaning(reading, meaning, place, stop)
            return stop
    return place


def _take_medium_of_prize(reading: Reading, renown: Renown, place: int, stop: int) -> None:
    """ "Oscar winners" are films; "with Oscar-winning actors" may be shows."""
    is_of_people = stop < len(reading.words) and reading.is_a_topic(stop, stop + 1)
    is_of_people &= reading.words.word(stop) not in reading.lexicon.terms.meanings
    if renown.media is not None and not is_of_people:
        _take_meaning(reading, MEDIA_MEANINGS[renown.media], place, stop)
        reading.findings[-1].is_implied = True


def _take_media_within(reading: Reading, start: int, stop: int) -> None:
    """ "The scariest movie ever", "comfort shows": the phrase names a medium as well."""
    media = reading.lexicon.terms.media
    for place in range(start, stop):
        if (meaning := media.get(reading.words.word(place))) is not None:
            _take_meaning(reading, meaning, place, place + 1)


def _is_of_the_best(reading: Reading, place: int, stop: int) -> bool:
    """ "The best documentaries", "i film migliori", but not "his best friend in a comedy"."""
    words, terms = reading.words, reading.lexicon.terms
    is_told = reading.story[place] or not reading.is_short
    if is_told or words.phrase(place, stop + 1) in terms.idioms:
        return False
    first = place - (words.word(place - 1) in reading.lexicon.titles.articles)
    behind = words.word(first - 1)
    if behind in reading.lexicon.negation.negations or "-" in words.gap(stop):
        return False
    ends = stop == len(words) or is_stop(words.gap(stop))
    return _describes_titles(reading, stop) or (ends and behind in terms.media)


def is_foreign(reading: Reading, start: int, stop: int) -> bool:
    """Whether the words ask for anything that is not in English."""
    terms, phrase = reading.lexicon.terms, reading.words.phrase(start, stop)
    is_beside = phrase in terms.foreign_before_media and reading.words.gap(stop) == " "
    return phrase in terms.foreign or (is_beside and reading.words.word(stop) in terms.media)


def _is_parted(reading: Reading, start: int, stop: int) -> bool:
    """Whether a mark stands between the words; of "romance/comedy" both are meant."""
    words = reading.words
    if _is_of_letters(reading, start, stop):
        return False
    gaps = [words.gap(inside) for inside in range(start + 1, stop)]
    is_a_kind = words.phrase(start, stop) in reading.lexicon.terms.kinds
    return any(is_stop(gap) or ("/" in gap and not is_a_kind) for gap in gaps)


def _is_a_quality(reading: Reading, place: int, stop: int) -> bool:
    """ "A dark comedy" and "something light", but not "in the dark" or "a light goes out"."""
    words, terms = reading.words, reading.lexicon.terms
    if reading.story[place]:
        return False
    if phrase_at(words, place, reading.lexicon.plots.openers) > place:
        return _ends_what_is_wanted(reading, stop)  # "about love", but not "about love in a war"
    if stop - place > 1:
        return True
    after = words.word(stop)
    others = (terms.meanings, terms.moods, terms.renown)
    if any(after in some for some in others) or _describes_titles(reading, stop):
        return True
    ends = range(stop + 2, stop + _NOUN_PHRASE)
    if any(words.phrase(stop, end) in terms.kinds for end in ends):
        return True  # "an easy rom com"
    before = words.word(place - 1)
    if after in terms.stand_ins:
        return True
    if before in terms.within_sentence:
        return False
    connectors = reading.lexicon.connectors
    is_known = _is_known(reading, place - 1) or _ends_a_topic(reading, place)
    if words.phrase(place, stop) in terms.renown and not is_known:
        return False  # "she becomes popular"
    ends_clause = stop == len(words) or is_stop(words.gap(stop)) or reading.taken[stop]
    ends_clause = ends_clause or half_at(words, reading.lexicon, stop) > stop
    # "Something light after a long day": what follows is another quality, in several words.
    ends_clause = ends_clause or phrase_at(words, stop, reading.lexicon.term_phrases) > stop
    if ends_clause or after in connectors.joints | connectors.contrasts | connectors.no_content:
        return True
    # "Cozy murder", "inspiring true stories": a topic follows, and "dark web" is none of two.
    ends = range(stop + 1, min(stop + LONGEST_TOPIC, len(words)) + 1)
    end = next((at for at in ends if at == len(words) or is_stop(words.gap(at))), stop)
    is_of_a_topic = end > stop and reading.is_free(stop, end) and reading.is_a_topic(stop, end)
    return is_of_a_topic and _is_known(reading, place - 1) and not reading.is_a_topic(place, end)


def _ends_a_topic(reading: Reading, stop: int) -> bool:
    """ "Black and white classics", "heist classics": what titles are about stands right before."""
    starts = range(max(stop - LONGEST_TOPIC, 0), stop)
    return not is_stop(reading.words.gap(stop)) and any(
        reading.is_free(start, stop) and reading.is_a_topic(start, stop) for start in starts
    )


def _is_known(reading: Reading, place: int) -> bool:
    """Whether nothing stands there, or a word that is no content of a story."""
    lexicon, word = reading.lexicon, reading.words.word(place)
    if not word or reading.taken[place]:
        return True
    return word in lexicon.plain_words or word in lexicon.negation.negations


def _describes_titles(reading: Reading, start: int) -> bool:
    """ "Bleak dystopian drama", "dark heist movies": one noun phrase, up to its genre or medium."""
    words, lexicon = reading.words, reading.lexicon
    ends = (lexicon.connectors.plot_joints, lexicon.connectors.prepositions)
    for place in range(start, min(start + _NOUN_PHRASE, len(words))):
        word = words.word(place)
        meaning = lexicon.terms.meanings.get(word)
        if is_stop(words.gap(place)):
            return False
        if meaning is not None and (meaning.media or (meaning.genres and not meaning.is_weak)):
            return True
        if word in lexicon.terms.renown:
            return True  # "underrated sci-fi gems"
        if any(word in some for some in ends):
            return False
    return False


def _is_requested(reading: Reading, meaning: Meaning, phrase: str, place: int, stop: int) -> bool:
    words, terms = reading.words, reading.lexicon.terms
    idioms = (words.phrase(place, stop + 1), words.phrase(max(place - 1, 0), stop))
    if not terms.idioms.isdisjoint(idioms):
        return False
    if reading.story[place]:
        return meaning.is_weak and _is_all_they_are_about(reading, meaning, place, stop)
    is_origin = bool(meaning.languages or meaning.countries)
    if is_origin and is_origin_of_a_thing(reading, place, stop):
        return False
    if meaning.languages and _is_of_subtitles(reading, place, stop):
        return False  # subtitles do not make a film English
    if phrase in terms.before_hyphen and "-" in words.gap(stop):
        return False
    if meaning.media is not None and _is_in_a_name(reading, place, stop):
        return False
    if phrase in terms.things and words.word(place - 1) in terms.within_sentence:
        return False  # "the horrors have become mundane"
    if phrase in terms.places and phrase not in terms.nationalities:
        is_asked = _is_made_there(reading, place) or _is_listed_place(reading, place, stop)
        return is_asked or _is_refused_place(reading, place)
    return not meaning.is_weak or _stands_out(reading, place, stop)


def is_origin_of_a_thing(reading: Reading, place: int, stop: int) -> bool:
    """ "Russian roulette", "greek mythology", which are topics, and "an American soldier", "un
    soldat américain": a nationality of what titles are about, and not of titles."""
    words, lexicon = reading.words, reading.lexicon
    if is_stop(words.gap(stop)) or _describes_titles(reading, stop):
        return False
    characters, behind = lexicon.plots.characters, words.word(stop)
    is_behind = words.word(place - 1) in characters and not is_stop(words.gap(place))
    is_beside = behind in characters or is_behind
    if is_beside and words.phrase(place, stop) in lexicon.terms.nationalities:
        return True
    if behind in lexicon.terms.nationalities and "/" in words.gap(stop):
        return is_origin_of_a_thing(reading, stop, stop + 1)  # "an English/British man"
    is_a_thing = behind not in lexicon.plain_words and behind not in lexicon.terms.moods
    topic = reading.names.topics.named(words.phrase(place, stop + 1)) if is_a_thing else None
    return topic is not None and topic.titles >= _FEWEST_OF_A_TOPIC


def _is_of_subtitles(reading: Reading, start: int, stop: int) -> bool:
    """ "English subtitles", "mit deutschen Untertiteln", "sottotitoli in italiano"."""
    words, lexicon = reading.words, reading.lexicon
    begins = lexicon.terms.subtitles
    if words.word(stop).startswith(begins) or words.word(start - 1).startswith(begins):
        return True
    small = lexicon.connectors.prepositions | lexicon.connectors.fillers
    is_joined = words.word(start - 1) in small
    return is_joined and words.word(start - 2).startswith(begins)


def _is_all_they_are_about(reading: Reading, meaning: Meaning, place: int, stop: int) -> bool:
    """ "Shows about war", "filme über krieg": a medium before, a genre, and nothing of a story
    behind it."""
    _words, _lexicon = reading.words, reading.lexicon
    if meaning.keyword is not None or not _OF_STORIES.issuperset(meaning.genres):
        return False
    starts = range(max(place - _OPENER, 0), place)
    start = next((at for at in starts if _opens_at(reading, at) == place), place)
    if start == place or not any(
        one.stop == start and one.kind in ("media_type", "keyword", "genre")
        for one in reading.findings
    ):
        return False
    return _ends_what_is_wanted(reading, stop)


def _ends_what_is_wanted(reading: Reading, stop: int) -> bool:
    """Whether nothing of a story follows what titles are about."""
    words, ends = reading.words, reading.lexicon.terms.next_request
    return stop == len(words) or is_stop(words.gap(stop)) or words.word(stop) in ends


def _opens_at(reading: Reading, place: int) -> int:
    """The end of "about" or "about the" at `place`; `place` for none."""
    stop = phrase_at(reading.words, place, reading.lexicon.plots.openers)
    return stop + (stop > place and reading.words.word(stop) in reading.lexicon.titles.articles)


def _is_made_there(reading: Reading, place: int) -> bool:
    """Films "from Japan", but not "a trip to Japan" and not "the history of Spain"."""
    words, before_places = reading.words, reading.lexicon.terms.before_places
    return any(
        words.phrase(start, place) in before_places and _is_known(reading, start - 1)
        for start in (place - 2, place - 1)
    )


def _is_listed_place(reading: Reading, place: int, stop: int) -> bool:
    """ "From Iran or Turkey": what the place before is, this one is; "Turkey and Iran films",
    "Korea movies", "UK crime drama": places right before a medium or a genre are of titles too."""
    words = reading.words
    if not _is_a_place_at_all(reading, place, stop):
        return False
    before = _before_joint(reading, place)
    for one in reading.findings:
        is_before = one.stop == before < place or (one.stop == place and "," in words.gap(place))
        if one.kind in _ORIGINS and is_before:
            return True
    return _leads_to_titles(reading, place, stop)


def _is_a_place_at_all(reading: Reading, place: int, stop: int) -> bool:
    """ "Us comedies", "the best us movies", but "give us movies"; "US" is one anywhere."""
    words, lexicon = reading.words, reading.lexicon
    word, before = words.word(place), words.word(place - 1)
    if stop - place > 1:  # "u s" is none without its dots
        return len(word) > 1 or _is_of_letters(reading, place, stop)
    if word not in lexicon.connectors.no_content or words.written(place, stop).isupper():
        return True
    if place == 0 or is_stop(words.gap(place)):
        return True
    if words.phrase(place - 1, place + 1) in lexicon.terms.idioms:
        return False
    describing = (
        *(lexicon.titles.articles, lexicon.negation.negations, lexicon.connectors.joints),
        *(lexicon.counts.adjectives, lexicon.counts.top, lexicon.terms.genres),
        *(lexicon.terms.languages, lexicon.terms.countries, lexicon.terms.renown),
    )
    return any(before in some for some in describing)


def _is_of_letters(reading: Reading, start: int, stop: int) -> bool:
    """ "U.S.", "u.k."."""
    words = reading.words
    letters = all(len(word) == 1 for word in words.words[start:stop])
    return (
        letters
        and stop - start > 1
        and all(words.gap(inside) == "." for inside in range(start + 1, stop))
    )


def _before_joint(reading: Reading, place: int) -> int:
    joints = reading.lexicon.connectors.joints
    return place - 1 if reading.words.word(place - 1) in joints else place


def _leads_to_titles(reading: Reading, place: int, stop: int) -> bool:
    words, lexicon = reading.words, reading.lexicon
    places, before = lexicon.terms.places, words.word(place - 1)
    is_within = before in lexicon.terms.within_sentence | lexicon.connectors.prepositions
    if is_within and before not in lexicon.titles.articles:
        return False  # "a trip to Japan comedy"
    number, end, last = 1, stop, place
    while (following := end + (words.word(end) in lexicon.connectors.joints)) < len(words):
        behind = phrase_at(words, following, places)
        if behind == following or is_stop(words.gap(following).replace(",", "")):
            break
        number, end, last = number + 1, behind, following
    gap = words.gap(end)
    is_beside = gap == " " or (gap == ". " and _is_of_letters(reading, last, end))
    if not is_beside or not _is_of_titles(reading, end):
        return False
    # "Vietnam movies" are about a war, and "turkey films" may be about a bird.
    names_a_topic = words.phrase(place, stop) in lexicon.topics.words
    is_a_word = stop - place == 1 and _means_more(reading, place)
    return number > 1 or not (names_a_topic or is_a_word)


def _means_more(reading: Reading, place: int) -> bool:
    words = reading.words
    is_small = not words.tokens[place].is_capital
    is_known = words.word(place) in reading.lexicon.connectors.no_content  # looked at before
    return is_small and not is_known and reading.names.ordinary_words.has(words.word(place))


def _is_of_titles(reading: Reading, start: int) -> bool:
    """Whether a medium or a genre begins at a place, be it behind a weak genre: "crime drama". "US
    history documentary" is about the place."""
    words, meanings = reading.words, reading.lexicon.terms.meanings
    stop = phrase_at(words, start, reading.lexicon.term_phrases)
    meaning = meanings.get(words.phrase(start, stop))
    if meaning is None or not (meaning.media or meaning.genres):
        return False
    if not meaning.is_weak:
        return True
    is_of_the_past = not _OF_THE_PAST.isdisjoint(meaning.genres)
    return words.gap(stop) == " " and not is_of_the_past and _is_of_titles(reading, stop)


def _is_in_a_name(reading: Reading, place: int, stop: int) -> bool:
    """ "The Truman Show (1998)": a medium in the middle of capitals, with a year in brackets."""
    words = reading.words
    if place == 0 or is_stop(words.gap(place)) or not words.gap(stop).endswith("("):
        return False
    return words.tokens[place - 1].is_capital and words.tokens[place].is_capital


def _stands_out(reading: Reading, place: int, stop: int) -> bool:
    """Whether a word that is also part of stories is asked for: "crime films", "war, drama"."""
    words, terms = reading.words, reading.lexicon.terms
    connectors, contents = reading.lexicon.connectors, reading.lexicon.content.words
    before, after = words.word(place - 1), words.word(stop)
    if after in connectors.joints:
        after = words.word(stop + 1)
    if after in terms.meanings or after in contents or after in terms.behind_weak_genres:
        return True
    if before in reading.lexicon.negation.negations or _is_refused(reading, place):
        return True
    if place > 0 and negation_at(words, reading.lexicon, place - 1) == place:
        return True  # "weder Krieg noch Krimi"
    if _is_asked_in_amounts(reading, place) or _ends_a_refusal(reading, place):
        return True
    if before in connectors.joints and words.word(place - 2) in terms.meanings:
        return True
    is_of_a_people = before in terms.nationalities and not is_stop(words.gap(place))
    if is_of_a_people and words.word(place) in reading.lexicon.plots.characters:
        return False  # "A French family moves to the countryside"
    if before in terms.meanings and not terms.meanings[before].is_weak:
        return not is_stop(words.gap(place)) or "," in words.gap(place)
    if before in terms.of_medium and words.word(place - 2) in terms.media:
        return True  # "film di guerra"
    if dismissal_at(reading, stop) > stop:
        return True  # "la guerra no es lo mío"
    ends_clause = stop == len(words) or is_stop(words.gap(stop))
    if is_liked(reading, place) and (ends_clause or words.word(stop) in connectors.joints):
        return True  # "my husband likes action and I like romance"
    if before in terms.within_sentence:
        return _is_dated(reading, place, stop)
    begins_clause = place == 0 or is_stop(words.gap(place))
    is_alone = ends_clause or reading.taken[stop] or after in terms.next_request
    is_alone = is_alone or _is_parted_by_a_refusal(reading, place, stop)
    # "Krimi, aber lustig", "action like my dad used to watch"
    is_alone = is_alone or after in connectors.contrasts or after in reading.lexicon.titles.like
    return is_alone and (
        begins_clause or before in connectors.no_content or reading.taken[place - 1]
    )


def _is_parted_by_a_refusal(reading: Reading, start: int, stop: int) -> bool:
    """ "Acción sin violencia", "Krimi ja", "Krieg nein"; a "historia" is what every title has."""
    words, lexicon = reading.words, reading.lexicon
    if words.phrase(start, stop) in lexicon.negation.of_any_title:
        return False
    known = lexicon.negation
    is_refused = phrase_at(words, stop, known.flat_dismissals) > stop
    is_negation = negation_at(words, lexicon, stop) > stop
    is_next = is_negation and harmless_at(words, lexicon, stop) == stop
    return is_refused or is_next or words.word(stop) in known.affirmations


def _is_dated(reading: Reading, place: int, stop: int) -> bool:
    """ "Un polar des années 70": what begins with an article and has years behind it."""
    words, known = reading.words, reading.lexicon.titles
    is_one = words.word(place - 1) in known.indefinite_articles | known.articles
    begins = place == 1 or is_stop(words.gap(place - 1))
    return is_one and begins and any(one.start == stop for one in reading.found("year"))


def _is_refused(reading: Reading, place: int) -> bool:
    """ "That don't involve war", "not about the war"."""
    words, lexicon = reading.words, reading.lexicon
    first = place
    if words.word(place - 1) in lexicon.connectors.no_content | lexicon.titles.articles:
        first -= words.word(place - 2) in lexicon.plots.openers
    starts = range(max(first - _NEGATION, 0), first)
    said_of = lexicon.negation.containing | lexicon.plots.openers
    return words.word(first - 1) in said_of and any(
        negation_at(words, lexicon, start) == first for start in starts
    )


def _ends_a_refusal(reading: Reading, place: int) -> bool:
    """ "Instead of action", "tired of crime", and behind an article "tranne la guerra": a refusal
    of several words or of an exception, which nothing of a story stands before."""
    words, lexicon = reading.words, reading.lexicon
    leading = lexicon.negation.exceptions | lexicon.negation.of_dislike
    has_article = words.word(place - 1) in lexicon.titles.articles
    for end in (place, place - 1) if has_article else (place,):
        for start in range(max(end - _NEGATION, 0), end):
            is_aversion = aversion_at(words, lexicon, start) == end
            is_refusal = is_aversion or negation_at(words, lexicon, start) == end
            if not is_refusal or harmless_at(words, lexicon, start) > start:
                continue
            is_exact = is_aversion or words.phrase(start, end) in leading
            begins = is_stop(words.gap(start)) or _is_known(reading, start - 1)
            if (end == place or is_exact) and (is_aversion or begins):
                return True
    return False


def _is_refused_place(reading: Reading, place: int) -> bool:
    """ "Not Hollywood", "nothing but no Hollywood", but not "a world without America"."""
    words, known = reading.words, reading.lexicon.negation.negations
    starts = range(max(place - _NEGATION, 0), place)
    start = next((at for at in starts if phrase_at(words, at, known) == place), place)
    return start < place and (is_stop(words.gap(start)) or _is_known(reading, start - 1))


def _is_asked_in_amounts(reading: Reading, place: int) -> bool:
    """ "Any crime", "lots of action", "viel Action", "less war"."""
    lexicon = reading.lexicon
    amounts = lexicon.terms.before_weak_genres | lexicon.negation.small_amounts
    starts = range(max(place - _AMOUNT, 0), place)
    return any(reading.words.phrase(start, place) in amounts for start in starts)


def _take_meaning(reading: Reading, meaning: Meaning, start: int, stop: int) -> None:
    """One finding for each thing that the phrase asks for, all from the same words."""
    if meaning.media is not None:
        label = "Films" if meaning.media == "movie" else "Shows"
        _take(reading, "media_type", meaning.media, label, start, stop)
    if meaning.languages:
        _take(reading, "language", meaning.languages, meaning.label or "", start, stop)
    if meaning.countries:
        _take(reading, "country", meaning.countries, meaning.label or "", start, stop)
    if meaning.needed is not None:
        _take(reading, "keyword", meaning.needed, meaning.needed.capitalize(), start, stop)
    if meaning.mood is not None:
        _take(reading, "mood", meaning.mood, meaning.mood.label, start, stop)
    for genre in meaning.genres:
        _take(reading, "genre", genre, GENRES[genre], start, stop)
        reading.findings[-1].keyword = meaning.keyword


def _take(
    reading: Reading, kind: IntentField, value: object, label: str, start: int, stop: int
) -> None:
    reading.take(Finding(kind, value, label, start, stop, can_be_negated=True))

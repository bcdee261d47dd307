"""Words behind a negation that are no part of the vocabulary: "without zombies", "nothing raunchy".

What tells of them is out, and they are not searched for. That takes something that titles are told
by: a word of a keyword. Of any other it is said that nothing can be left out by it.
"""

from api.catalogue.names.topics import LONGEST_TOPIC, singulars
from api.language.intent import UNTOLD
from api.language.reading.reading import (
    Finding,
    Reading,
    aversion_at,
    is_linked,
    is_stop,
    negation_at,
    phrase_at,
)
from api.language.refusals.lists import begins_a_wish, goes_on_behind_comma
from api.language.vocabulary.lexicon import ROLES
from api.language.vocabulary.meanings import KINDS, SCARCE

_PHRASE = 3  # words of one thing that is refused: "found footage", "coming of" is none
_LONGEST_COPULA = 3  # words: "qui ne soit"
_GOES_BY = "Goes by TMDB's keywords and, in a command, by the words of stories."


def exclude_unknown(reading: Reading, start: int, stop: int, *, is_of_things: bool = False) -> None:
    """ "Without zombies", "no time travel or ghosts" behind the negation [start, stop), of which
    `is_of_things` is known where it is said of whoever watches."""
    words, known = reading.words, reading.lexicon.negation
    negation = words.phrase(start, stop)
    is_aversion = aversion_at(words, reading.lexicon, start) > start
    is_said_of_titles = words.word(stop - 1) in known.containing
    is_said_of_titles |= is_linked(words, reading.lexicon, start, stop)
    is_of_things |= negation in known.without or is_aversion or is_said_of_titles
    # What refuses where a clause begins alone says a dislike, too.
    is_dislike = negation in known.before_lists | known.of_dislike
    is_dislike |= negation not in known.negations and not is_aversion
    if is_dislike and _is_of_a_topic(reading, stop):
        is_of_things = True  # "tired of remakes, sequels and superheroes", "not keen on zombies"
    if negation in known.of_dislike and _leads_to_a_medium(reading, stop):
        is_of_things = True  # "no patience for slow movies"
    is_contrast = negation in known.contrasting and _follows_a_wish(reading, start)
    # "Not in the mood for anything heavy"
    stand_in = phrase_at(words, stop, known.stand_ins) if negation in known.negations else stop
    is_of_qualities = negation in known.of_qualities or is_contrast or stand_in > stop
    if negation in known.contrasting and _is_by_somebody(reading, stop):
        stand_in, is_of_things = stop + 1, True
    quality = _said_of_titles(reading, start, stop)
    is_linked_quality = quality > 0
    is_of_qualities |= is_linked_quality
    stand_in = max(stand_in, quality)
    is_answer = is_stop(words.gap(stop)) and not leads_to_a_list(reading, stop)
    if not (is_of_things or is_of_qualities) or is_answer:
        return  # "No, any time is good" is an answer
    begins_a_wish = is_linked_quality or is_contrast or _begins_a_wish(reading, start)
    if is_of_qualities and not is_of_things and not begins_a_wish:
        return  # "a film where nothing happens"
    if is_aversion and words.word(stop) in known.definite:
        return  # "He hates his job"
    if _is_of_any_title(reading, stop):
        return  # "no plot, just vibes" says what a film is like
    if negation in known.without and _is_of_somebody(reading, start):
        return  # "A man with no memory"
    if words.word(start - 2) in known.existential and words.word(start - 1) in known.are:
        return  # "There are no right answers"
    lists = leads_to_a_list(reading, stop)
    stand_in = _behind_medium_of(reading, stand_in)
    _exclude(reading, start, stand_in, is_of_things=is_of_things, is_listed=False, lists=lists)


def leads_to_a_list(reading: Reading, stop: int) -> bool:
    """Whether a colon stands behind a negation that ends at `stop`: "triggers: drugs", but "no: a
    thriller" is an answer."""
    is_flat = reading.words.word(stop - 1) in reading.lexicon.negation.flat_dismissals
    return reading.words.gap(stop).strip() == ":" and not is_flat


def exclude_listed(
    reading: Reading, end: int, *, is_of_things: bool, is_begun: bool = False
) -> None:
    """ "No gore or clowns": what is joined to something known that ends at `end`; `is_begun`: the
    list has gone behind a comma before."""
    words, connectors = reading.words, reading.lexicon.connectors
    if is_stop(words.gap(end)):
        if goes_on_behind_comma(reading, end, is_begun=is_begun):
            start = _behind_joint(reading, end)
            _exclude(reading, end, start, is_of_things=is_of_things, is_listed=True)
    elif words.word(end) in connectors.or_words and negation_at(words, reading.lexicon, end) == end:
        _exclude(reading, end, end + 1, is_of_things=is_of_things, is_listed=True)


def exclude_word(reading: Reading, start: int, stop: int, *, is_of_things: bool = True) -> None:
    """The one thing or quality that the words [start, stop) name.

    A quality takes a keyword of its own: "nothing slow" refuses no slow motion.
    """
    name, written = reading.words.phrase(start, stop), reading.words.written(start, stop)
    own = reading.lexicon.refused_topic(name)
    is_known = own in KINDS or reading.names.topics.has(own)
    is_told = is_known or (is_of_things and _is_told_by_keywords(reading, start, stop))
    refused = Finding("exclude_content", name, written, start, stop, is_negated=True)
    refused.note, refused.remark = (None, _GOES_BY) if is_told else (UNTOLD, None)
    refused.is_vague = own in SCARCE
    reading.take(refused)
    leave_out_medium(reading, stop)
    reading.leave_out_genres_within(start, stop)
    if not singulars(reading.words.word(stop - 1)) and not is_stop(reading.words.gap(stop)):
        # "No cheesy comedies" refuses some of them: they are not asked for.
        reading.findings = [
            one for one in reading.findings if one.kind != "genre" or one.start != stop
        ]


def topic_at(reading: Reading, start: int) -> int:
    """The end of the longest topic that begins at `start`; `start` for none."""
    for stop in range(min(start + LONGEST_TOPIC, len(reading.words)), start, -1):
        gaps = (reading.words.gap(place) for place in range(start + 1, stop))
        is_whole = reading.is_free(start, stop) and not any(map(is_stop, gaps))
        if is_whole and reading.is_a_topic(start, stop):
            return stop
    return start


def leave_out_medium(reading: Reading, start: int) -> None:
    """ "No superhero films" does not exclude films, nor ask for them."""
    reading.findings = [
        one for one in reading.findings if one.kind != "media_type" or one.start != start
    ]


def behind_titles(reading: Reading, place: int) -> int:
    """Behind the "movies" and the "stuff" of what is refused: "no superhero movies or romcoms". The
    "or shows" of "no vampire movies or shows" refuses no others."""
    words, lexicon = reading.words, reading.lexicon
    if is_stop(words.gap(place)):
        return place
    media = lexicon.terms.media
    end = place + (words.word(place) in media)
    last = end + 2
    is_of_both = end > place and words.word(end) in lexicon.connectors.joints
    is_of_both = is_of_both and words.word(end + 1) in media and not is_stop(words.gap(end + 1))
    if is_of_both and (last == len(words) or is_stop(words.gap(last))):
        leave_out_medium(reading, end + 1)
        return last
    return max(end, phrase_at(words, place, lexicon.negation.stand_ins))


def _behind_medium_of(reading: Reading, place: int) -> int:
    """Behind the "films de" of "pas de films de zombies", which asks for no films."""
    words, lexicon = reading.words, reading.lexicon
    is_of = words.word(place) in lexicon.terms.media and not is_stop(words.gap(place + 1))
    if not is_of or words.word(place + 1) not in lexicon.terms.of_medium:
        return place
    begun = _topic_at(reading, place + 2) or _unknown_behind(reading, place + 2)
    if begun > place + 2:
        leave_out_medium(reading, place)
        return place + 2
    return place


def _exclude(
    reading: Reading,
    start: int,
    stop: int,
    *,
    is_of_things: bool,
    is_listed: bool,
    lists: bool = False,
) -> None:
    """From `stop` on, unknown words and, where something stands before them in a list, known
    ones; `lists`: the list goes on behind any comma."""
    begun, place = start, stop
    while True:
        place = _behind_skipped(
            reading, place, is_listed=is_listed, is_of_qualities=not is_of_things
        )
        end = _topic_at(reading, place) or _unknown_behind(reading, place)
        if end > place:
            if not is_of_things and not _is_a_quality(reading, place, end):
                return
            exclude_word(reading, place, end, is_of_things=is_of_things)
            end = behind_titles(reading, end)
        elif not is_listed or (end := _negated_at(reading, place)) == place:
            return
        for taken in range(begun, place):
            reading.taken[taken] = True
        is_begun = lists or (is_listed and is_stop(reading.words.gap(begun)))
        if begins_a_wish(reading, end, stop) or not _goes_on(reading, end, is_begun=is_begun):
            return
        begun, place, is_listed = end, _behind_joint(reading, end), True


def makers_of(reading: Reading) -> frozenset[str]:
    """ "By", "from": what leads to who makes titles."""
    roles = reading.lexicon.people.roles
    return frozenset(word for word, role in roles.items() if role == ROLES["maker"])


def _is_of_a_topic(reading: Reading, stop: int) -> bool:
    """Whether what stands behind the negation that ends at `stop` begins with a topic."""
    start = _behind_skipped(reading, stop)
    ends = range(start + 1, min(start + LONGEST_TOPIC, len(reading.words)) + 1)
    return any(reading.is_free(start, end) and reading.is_a_topic(start, end) for end in ends)


def _leads_to_a_medium(reading: Reading, stop: int) -> bool:
    """Whether unknown words and a medium follow."""
    start = _behind_skipped(reading, stop)
    end = _unknown_behind(reading, start)
    media = reading.lexicon.terms.media
    starts = range(start + 1, end + 1)
    return any(reading.words.word(at) in media for at in starts)


def _is_of_somebody(reading: Reading, start: int) -> bool:
    """Whether the negation at `start` is what somebody in a plot lacks: "a man without memory"."""
    words, lexicon = reading.words, reading.lexicon
    place = start - (words.word(start - 1) in lexicon.plots.with_refusals)
    articles = lexicon.titles.indefinite_articles | lexicon.titles.articles
    begins = place == 1 or is_stop(words.gap(place - 1)) or words.word(place - 2) in articles
    is_said_of = place > 0 and begins and not is_stop(words.gap(place))
    return is_said_of and words.word(place - 1) in lexicon.plots.characters


def _is_of_any_title(reading: Reading, start: int) -> bool:
    """Whether what is refused from `start` on is what every title has: its plot, its story."""
    words, known = reading.words, reading.lexicon.negation.of_any_title
    start = _behind_skipped(reading, start)
    stop = phrase_at(words, start, known)
    return stop > start and _topic_at(reading, start) <= stop


def _behind_skipped(
    reading: Reading, place: int, *, is_listed: bool = False, is_of_qualities: bool = False
) -> int:
    """Behind "any" and "the", in a list behind "anything" and "other", and before a quality behind
    how much of it: "pas trop bête"."""
    words, lexicon = reading.words, reading.lexicon
    # An article of one letter is a word of other languages as well: "No I haven't".
    articles = {word for word in lexicon.titles.articles if len(word) > 1}
    known = lexicon.negation
    small = articles | known.skipped | known.excess
    small |= (known.others | known.stand_ins) if is_listed else frozenset()
    small |= known.degrees if is_of_qualities else frozenset()
    while words.word(place) in small and not is_stop(words.gap(place + 1)):
        place += 1
    return place


def _behind_joint(reading: Reading, place: int) -> int:
    """Behind "or"; behind a comma alone there is nothing to pass."""
    return place + (reading.words.word(place) in reading.lexicon.connectors.joints)


def _topic_at(reading: Reading, start: int) -> int:
    """The end of a topic of several words, "black and white", or of one that begins with a word of
    another part, "sexual assault"; 0 for none."""
    for stop in range(min(start + LONGEST_TOPIC, len(reading.words)), start + 1, -1):
        gaps = (reading.words.gap(place) for place in range(start + 1, stop))
        is_whole = reading.is_free(start, stop) and not any(map(is_stop, gaps))
        if is_whole and reading.is_a_topic(start, stop):
            return stop
    beside = [one for one in reading.findings if one.start == start and one.stop == start + 1]
    is_content = bool(beside) and all(one.kind == "exclude_content" for one in beside)
    stop = start + 2
    if not is_content or not reading.is_free(start + 1, stop):
        return 0
    if not reading.names.topics.has(reading.words.phrase(start, stop)):
        return 0
    reading.findings = [one for one in reading.findings if one not in beside]
    return stop


def _goes_on(reading: Reading, end: int, *, is_begun: bool) -> bool:
    """Whether a joint follows that lists: "no zombies and ghosts", but "and a happy end"."""
    words, connectors = reading.words, reading.lexicon.connectors
    if is_stop(words.gap(end)):
        return goes_on_behind_comma(reading, end, is_begun=is_begun)
    if words.word(end) in connectors.or_words:
        return negation_at(words, reading.lexicon, end) == end
    return words.word(end) in connectors.joints


def _negated_at(reading: Reading, place: int) -> int:
    """The end of something known that stands in a list of the unknown: "no rape or violence"."""
    found = [one for one in reading.findings if one.start == place and one.can_be_negated]
    for finding in found:
        finding.is_negated = True
    return max((one.stop for one in found), default=place)


def _is_by_somebody(reading: Reading, place: int) -> bool:
    """ "Not by ghibli", and not "not from the past century"."""
    is_a_name = reading.words.word(place + 1) not in reading.lexicon.titles.articles
    return is_a_name and reading.words.word(place) in makers_of(reading)


def _said_of_titles(reading: Reading, start: int, stop: int) -> int:
    """Where a quality begins that the negation [start, stop) denies of what is asked for, and not
    of somebody in it: "a comedy that isn't cheesy", "something that's not cheesy"; 0 for none."""
    words, known = reading.words, reading.lexicon.negation
    negation, relatives = words.phrase(start, stop), known.relatives
    if negation in known.copulas:
        place = start if words.word(start) in relatives else start - 1  # "que no sea tonta"
        return stop if words.word(place) in relatives and _asks(reading, place) else 0
    if negation not in known.contrasting:
        return 0
    place, before = start - 1, words.word(start - 1)
    if before in known.are and words.word(place - 1) in relatives and _asks(reading, place - 1):
        return stop
    if before in relatives and words.word(stop) in known.are and _asks(reading, place):
        return stop + 1  # "que no es tonta"
    for at in range(max(start - _LONGEST_COPULA, 0), start):
        if words.phrase(at, start) in known.copulas_before and _asks(reading, at):
            return stop  # "qui ne soit pas bête"
    return stop if _closes_with_a_copula(reading, start, stop) and _asks(reading, place) else 0


def _closes_with_a_copula(reading: Reading, start: int, stop: int) -> bool:
    """ "Eine Komödie, die nicht albern ist": the verb stands behind what the negation is of."""
    words, lexicon = reading.words, reading.lexicon
    verb = _behind_skipped(reading, stop, is_of_qualities=True) + 1
    ends = verb + 1 == len(words) or is_stop(words.gap(verb + 1))
    opens = words.word(start - 1) in lexicon.titles.articles
    return opens and words.word(verb) in lexicon.negation.are and ends


def _asks(reading: Reading, place: int) -> bool:
    """Whether what is asked for stands right before a place."""
    words, media = reading.words, reading.lexicon.terms.media
    return place > 0 and (
        reading.taken[place - 1]
        or words.word(place - 1) in media
        or phrase_at(words, place - 1, reading.lexicon.negation.stand_ins) == place
    )


def _begins_a_wish(reading: Reading, start: int) -> bool:
    """Whether the words before a negation are no part of what it is said of."""
    words, lexicon = reading.words, reading.lexicon
    if start == 0 or is_stop(words.gap(start)):
        return True
    before = words.word(start - 1)
    connectors = lexicon.connectors
    is_joined = before in connectors.joints | connectors.contrasts | connectors.empty_words
    return is_joined or before in lexicon.terms.media or reading.taken[start - 1]


def _follows_a_wish(reading: Reading, start: int) -> bool:
    """ "Funny but not stupid", "romantic, not cheesy"; "I'm not picky" is said of whoever asks."""
    words, connectors = reading.words, reading.lexicon.connectors
    if start == 0 or is_stop(words.gap(start)) or reading.taken[start - 1]:
        return True
    if words.word(start - 1) in connectors.contrasts | connectors.joints:
        return True
    return _is_behind_a_topic(reading, start)


def _is_behind_a_topic(reading: Reading, start: int) -> bool:
    """ "Erotic but not porn", "ww2 but not about the holocaust": nothing else stands before."""
    words, place = reading.words, start
    while place > 0 and words.word(place - 1) in reading.lexicon.titles.articles:
        place -= 1
    firsts = range(max(place - LONGEST_TOPIC, 0), place)
    return any(
        reading.is_a_topic(first, place) and (first == 0 or is_stop(words.gap(first)))
        for first in firsts
    )


def _is_a_quality(reading: Reading, start: int, stop: int) -> bool:
    """ "Nothing raunchy", "not stupid for a friday night": one word that ends its clause."""
    words, lexicon = reading.words, reading.lexicon
    is_last = stop == len(words) or is_stop(words.gap(stop))
    is_last |= phrase_at(words, stop, lexicon.viewers.behind) > stop  # "not stupid tonight"
    has_verb = words.word(stop) in lexicon.negation.are  # "die nicht albern ist"
    is_last |= has_verb and (stop + 1 == len(words) or is_stop(words.gap(stop + 1)))
    connectors = lexicon.connectors
    ends = (connectors.joints, connectors.contrasts, connectors.prepositions, lexicon.terms.media)
    return stop - start == 1 and (is_last or any(words.word(stop) in some for some in ends))


def _unknown_behind(reading: Reading, start: int) -> int:
    """The end of the words from `start` on that nobody knows, of a phrase; `start` for none."""
    words, lexicon = reading.words, reading.lexicon
    connectors, plots = lexicon.connectors, lexicon.plots
    small = (connectors.no_content, connectors.prepositions, connectors.contrasts, plots.set_in)
    others = (*small, lexicon.negation.containing)  # "der keine Zombies hat"
    end = start
    while end < min(start + _PHRASE, len(words)):
        word = words.word(end)
        begins_another = phrase_at(words, end, plots.openers) > end
        is_stopped = end > start and is_stop(words.gap(end))
        if reading.taken[end] or is_stopped or begins_another or len(word) < 2:
            break
        if any(word in some for some in (*others, lexicon.negation.negations)):
            break
        if negation_at(words, lexicon, end) > end:
            break  # "weder Clowns noch Spinnen"
        if end > start and word in lexicon.negation.are:
            break  # "die nicht albern ist"
        end += 1
    return end


def _is_told_by_keywords(reading: Reading, start: int, stop: int) -> bool:
    """Whether one of the words, or what they are in English, stands in a keyword."""
    words, names = reading.words, reading.names
    if words.phrase(start, stop) in reading.lexicon.topics.words:
        return True
    forms = {form for word in words.words[start:stop] for form in (word, *singulars(word))}
    return any(names.topics.has_word(form) for form in forms)

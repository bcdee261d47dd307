"""Whoever watches too: "with my wife" says nothing of what is wanted, and is not searched for."""

from collections.abc import Iterator

from api.language.maturity.ages import Ages, ages_label
from api.language.reading.reading import Finding, Reading, aversion_at, is_stop, phrase_at


def leave_out_companions(reading: Reading) -> None:
    """Takes the words of each, so that no topic is made of them.

    Children who hate or want something watch too, so what they are shown is for their age.
    """
    _leave_out_who_is_named(reading)
    _leave_out_what_is_unseen(reading)
    for start, stop in companions(reading):
        if not reading.is_free(start, stop) or reading.story[start]:
            continue
        reading.taken[start:stop] = [True] * (stop - start)
        wish = phrase_at(reading.words, stop, reading.lexicon.maturity.wishes)
        if wish > stop or aversion_at(reading.words, reading.lexicon, stop) > stop:
            _limit_to_children(reading, start, stop, wish)


def _leave_out_who_is_named(reading: Reading) -> None:
    """ "Charles and I are looking for something"."""
    words, known = reading.words, reading.lexicon.negation
    for finding in list(reading.found("person")):
        stop = phrase_at(words, finding.stop, known.and_me)
        begins = finding.start == 0 or is_stop(words.gap(finding.start))
        if stop > finding.stop == finding.start + 1 and begins:
            reading.findings.remove(finding)
            reading.taken[finding.stop : stop] = [True] * (stop - finding.stop)


def _leave_out_what_is_unseen(reading: Reading) -> None:
    """ "Something we haven't seen": what was seen is in no list anyway."""
    words, titles = reading.words, reading.lexicon.titles
    for place in range(len(words)):
        stop = phrase_at(words, place, titles.unseen)
        if stop == place or not reading.is_free(place, stop):
            continue
        end = stop + (words.word(stop) in titles.yet)
        if end == len(words) or is_stop(words.gap(end)):
            reading.taken[place:end] = [True] * (end - place)


def _limit_to_children(reading: Reading, start: int, stop: int, wish: int) -> None:
    known = reading.lexicon.maturity.ages_of_children
    ages = [known[word] for word in reading.words.words[start:stop] if word in known]
    if ages:
        meant = Ages(None, min(ages))
        reading.take(Finding("maturity", meant, ages_label(meant), start, stop))
        reading.taken[stop:wish] = [True] * (wish - stop)  # "love" is no topic


def companions(reading: Reading) -> Iterator[tuple[int, int]]:
    """The words [start, stop) of each: "my wife", "with the boys", "for grandma", "the kids" who
    hate it."""
    words, lexicon = reading.words, reading.lexicon
    known, last = lexicon.negation, 0
    definite = lexicon.titles.articles | lexicon.maturity.definite
    definite -= lexicon.titles.indefinite_articles
    for place in range(len(words)):
        end = _end_of_somebody(reading, place)
        if end == place:
            continue
        is_owned = words.word(place - 1) in known.companion_owners or (
            words.word(place - 1) in definite
            and words.word(place - 2) in lexicon.people.last_name_signs
            # "A movie with the girl who can't remember" is of a plot.
            and words.word(place - 3) not in lexicon.terms.media
        )
        # "For my 80-year-old grandmother"
        is_owned = is_owned or place - 1 in reading.of_viewing
        start = place - (is_owned and place - 1 not in reading.of_viewing)
        if not is_owned and phrase_at(words, place, known.companions) == end:
            start = _start_of_whom(reading, place, end, last)
        # "Con mi novia, que no sea de miedo": the film is not to be, and not she.
        is_of_titles = phrase_at(words, end, known.negations) > end
        stop = end + (words.word(end) in known.companion_links and not is_of_titles)
        stop = phrase_at(words, stop, lexicon.viewers.present)
        if is_owned or start < place or aversion_at(words, lexicon, stop) > stop:
            yield start, stop
            last = stop


def _end_of_somebody(reading: Reading, place: int) -> int:
    """The end of "wife", "mother in law" and "kids" at `place`; `place` for nobody."""
    words, lexicon = reading.words, reading.lexicon
    if (end := phrase_at(words, place, lexicon.negation.companions)) > place:
        return end
    people = lexicon.maturity.children, lexicon.maturity.relatives
    return place + any(words.word(place) in some for some in people)


def _start_of_whom(reading: Reading, place: int, end: int, last: int) -> int:
    """Where "for" begins before somebody [place, end), or the "and" that joins them to the one that
    ends at `last`; `place` for anybody else, as in "for friends of horror"."""
    words, lexicon = reading.words, reading.lexicon
    ends_a_wish = end == len(words) or is_stop(words.gap(end))
    small = lexicon.connectors.and_words | lexicon.negation.companion_links
    if not reading.is_short or not (ends_a_wish or words.word(end) in small):
        return place
    before, indefinite = words.word(place - 1), lexicon.titles.indefinite_articles
    first = place - (before in lexicon.titles.articles | lexicon.maturity.definite | indefinite)
    is_anybody = first < place and before in indefinite  # "with a grandmother" is of a plot
    leads = lexicon.viewers.for_whom if is_anybody else lexicon.maturity.before_audiences
    if words.word(first - 1) in leads:
        return first - 1
    is_joined = first - 1 == last > 0 and words.word(last) in lexicon.connectors.and_words
    return last if is_joined else place

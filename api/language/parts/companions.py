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
    """The words [start, stop) of each: "my wife", "with the boys", "the kids" who hate it."""
    words, lexicon = reading.words, reading.lexicon
    known, people = lexicon.negation, (lexicon.maturity.children, lexicon.maturity.relatives)
    for place, who in enumerate(words.words):
        if who not in known.companions and not any(who in some for some in people):
            continue
        is_owned = words.word(place - 1) in known.companion_owners or (
            words.word(place - 1) in lexicon.titles.articles
            and words.word(place - 2) in lexicon.people.last_name_signs
        )
        stop = place + 1 + (words.word(place + 1) in known.companion_links)
        if is_owned or aversion_at(words, lexicon, stop) > stop:
            yield place - is_owned, stop

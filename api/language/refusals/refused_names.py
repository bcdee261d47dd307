"""Names that are refused: "anything but Star Wars", "tired of James Bond", "not by Disney".

Names before a dismissal ("Marvel, no"), and titles that are judged ("I found Titanic boring"), are
refused as well.

What stands right behind a negation, to the end of its clause, is a franchise, a studio, a person's
last name or a title before it is a word that nobody knows. A maker of whom the catalogue has no
company is told by the keywords that begin with the name: "marvel cinematic universe (mcu)".
"""

from api.catalogue.names.person_names import OUTSTANDING
from api.language.intent import UNTOLD
from api.language.parts.groups import company_refused
from api.language.parts.people import note_person
from api.language.parts.titles import is_of_ordinary_words
from api.language.parts.topics import is_topic_first
from api.language.reading.dismissed import dismissal_at, ends_its_clause, kept_before
from api.language.reading.reading import (
    Finding,
    Reading,
    gap_behind,
    harmless_at,
    is_linked,
    is_stop,
    negation_at,
    phrase_at,
)
from api.language.refusals.exceptions import exception_at
from api.language.refusals.kept_from import behind_whoever_is_kept
from api.language.refusals.lists import begins_a_wish, goes_on_behind_comma
from api.language.refusals.negation import is_of_a_memory, seen_all_at
from api.language.refusals.refused_words import leads_to_a_list, makers_of
from api.language.vocabulary.meanings import Content

_LONGEST = 8  # words of a name
_NAMING = 5  # words of a negation
_JUDGING = 3  # words of "was" and "fand ich"
_MOST_BEFORE = 4  # words of a title before a negation within it
_FEWEST_TITLES = 3  # of a franchise
_KNOWN_PERSON = 12.0  # standing from which a last name alone says who is refused


def find_refused_names(reading: Reading) -> None:
    """Notes them as negated, and takes their words; the negation's own are taken with it."""
    words, known = reading.words, reading.lexicon.negation
    place = 0
    while place < len(words):
        if (harmless := harmless_at(words, reading.lexicon, place)) > place:
            place = harmless
            continue
        if (excepted := exception_at(reading, place)) > place:
            place = excepted
            continue
        if (judged := _judged_at(reading, place)) > place:
            place = judged
            continue
        if (dismissed := _dismissal_at(reading, place)) > place:
            _refuse_name_before(reading, place)
            place = dismissed  # "los musicales no son lo mío" refuses no son
            continue
        negated = negation_at(words, reading.lexicon, place)
        stop = max(negated, _again_at(reading, place), seen_all_at(reading, place))
        stop = max(stop, _but_at(reading, place))
        if (
            stop > place
            and reading.is_free(place, stop)
            and not reading.story[place]
            and not _is_an_answer(reading, stop)
            and behind_whoever_is_kept(reading, stop) == stop
            and not is_of_a_memory(reading, place, stop)
            and not _is_within_a_title(reading, place)
            and not _begins_a_title(reading, place, stop)
        ):
            # "No alien" and "not friends" may mean the word; "tired of twilight" means the title.
            is_plain = words.phrase(place, stop) in known.of_words
            is_plain = is_plain or words.word(stop - 1) in known.containing
            is_plain = is_plain or is_linked(words, reading.lexicon, place, stop)
            lists = words.phrase(place, stop) in known.before_lists
            lists = lists or leads_to_a_list(reading, stop)
            end = _listed(reading, stop, may_be_small=not is_plain, lists=lists)
            if end > stop:
                reading.taken[place:stop] = [True] * (stop - place)
                stop = end
        place = max(stop, place + 1)


def _dismissal_at(reading: Reading, place: int) -> int:
    """The end of what dismisses the name before it, "Marvel, no" as well; `place` for none."""
    words, known = reading.words, reading.lexicon.negation
    stop = dismissal_at(reading, place)
    if stop > place or "," not in words.gap(place):
        return stop
    stop = phrase_at(words, place, known.flat_dismissals)
    is_last = stop == len(words) or is_stop(words.gap(stop))
    return stop if is_last and "?" not in gap_behind(words, stop) else place


def _refuse_name_before(reading: Reading, stop: int) -> None:
    """ "Titanic is not my thing", "Marvel, no": all of the clause before a dismissal is a name."""
    start = _clause_before(reading, stop)
    if start == stop or not _is_a_name(reading, start, stop, is_whole=True):
        return
    known = len(reading.findings)
    if not (_group(reading, start, stop) or _maker(reading, start, stop)):
        _title(reading, start, stop, may_be_small=True)
    for finding in reading.findings[known:]:
        finding.is_negated = True


def _clause_before(reading: Reading, stop: int) -> int:
    """Where the clause begins that ends at `stop`."""
    words, connectors = reading.words, reading.lexicon.connectors
    ends = connectors.joints | connectors.contrasts
    start = stop
    while (
        start > 0
        and (start == stop or not is_stop(words.gap(start)))
        and words.word(start - 1) not in ends
    ):
        start -= 1
    end = kept_before(reading, start, stop)  # "ich kann Titanic nicht leiden"
    return end if end < stop else start


def _judged_at(reading: Reading, place: int) -> int:
    """The end of a judgement at `place` of a title, which is refused: "I found Titanic boring",
    "Titanic was terrible"; `place` for none, as in "the ending was terrible"."""
    words, known = reading.words, reading.lexicon.negation
    stop = phrase_at(words, place, known.judgements)
    if stop == place or is_stop(words.gap(place)) or not ends_its_clause(reading, stop):
        return place
    start, end, is_judged = _clause_before(reading, place), place, False
    if (behind := phrase_at(words, start, known.judging)) > start:
        start, is_judged = behind, True
    while end > start and words.word(end - 1) in known.degrees | known.emphasis:
        end -= 1
    for first in range(max(end - _JUDGING, start), end):
        if phrase_at(words, first, known.judging) == end:
            end, is_judged = first, True
            break
    if not is_judged or start >= end or not _is_a_name(reading, start, end, is_whole=True):
        return place
    count = len(reading.findings)
    _title(reading, start, end, may_be_small=False)
    titles = [one for one in reading.findings[count:] if one.kind == "seed"]
    reading.findings[count:] = titles  # the word of its name is not refused
    if not titles:
        reading.taken[start:end] = [False] * (end - start)
        return place
    for finding in titles:
        finding.is_negated = True
    begun = _clause_before(reading, place)
    reading.taken[begun:stop] = [True] * (stop - begun)
    return stop


def _again_at(reading: Reading, place: int) -> int:
    """The end of "same goes for" behind a name that was refused; `place` for none."""
    is_refused = bool(reading.findings) and reading.findings[-1].is_negated
    return phrase_at(reading.words, place, reading.lexicon.negation.again) if is_refused else place


def _but_at(reading: Reading, place: int) -> int:
    """The end of the "but" of "anything by Nolan but Tenet"; `place` for none."""
    words, known = reading.words, reading.lexicon.negation
    stop = phrase_at(words, place, known.excepting)
    start = _clause_before(reading, place) if stop > place else place
    is_of_all = known.universals.issuperset(words.words[start : start + 1])
    return stop if start < place and is_of_all else place


def _is_an_answer(reading: Reading, stop: int) -> bool:
    """ "No, any time is fine" and "he doesn't, the mother does" refuse nothing; "except: Heat"
    does."""
    gap = reading.words.gap(stop)
    return is_stop(gap) and ":" not in gap


def _is_within_a_title(reading: Reading, place: int) -> bool:
    """Whether the word is a part of a name that begins before it: "Spider-Man: No Way Home"."""
    titles = reading.names.titles
    for start in range(max(place - _MOST_BEFORE, 0), place):
        end, rows = reading.longest_title(start, len(reading.words))
        if end > place + 1 and titles.is_known(titles.best(rows)):
            return True
    return False


def _begins_a_title(reading: Reading, place: int, stop: int) -> bool:
    """ "Sin City" and "like don't breathe": the negation [place, stop) begins a name, which is all
    that is asked for, is written in capitals or famous, and no word of the vocabulary is refused.
    """
    words, titles = reading.words, reading.names.titles
    end, rows = reading.longest_title(place, len(words))
    if end <= stop or not (end == len(words) or is_stop(words.gap(end))):
        return False
    behind = words.words[stop:end]
    if reading.lexicon.plain_words.issuperset(behind):
        return False  # "no kids", "no horror"
    best = titles.best(rows)
    asks = reading.lexicon.before_names
    is_all = end == len(words) and asks.issuperset(words.words[:place])
    has_capitals = all(token.is_capital for token in words.tokens[stop:end])
    return titles.is_famous(best) or (titles.is_known(best) and (is_all or has_capitals))


def _listed(reading: Reading, start: int, *, may_be_small: bool, lists: bool) -> int:
    """Takes "Star Wars", or "Star Wars, Star Trek or James Bond", from `start` on; where the
    negation `lists`, "Star Wars, James Bond" too. The end of it."""
    words, joints = reading.words, reading.lexicon.connectors.joints
    end = _name_behind(reading, start, may_be_small=may_be_small)
    first = last = start
    while end > start:
        last = end
        if words.word(end) in joints:
            if begins_a_wish(reading, end, first):
                break  # "no zombies and a happy end"
            start = end + 1
        elif (
            end < len(words)
            and words.gap(end).strip() == ","
            and (lists or goes_on_behind_comma(reading, end))
        ):
            start = end
        else:
            break
        end = _name_behind(reading, start, may_be_small=may_be_small)
    return last


def _name_behind(reading: Reading, start: int, *, may_be_small: bool) -> int:
    """The end of the name that begins at `start` or behind fillers; `start` for none."""
    signs = phrase_at(reading.words, start, reading.lexicon.people.signs)
    is_by = signs > start and reading.words.word(signs - 1) in makers_of(reading)
    for first in dict.fromkeys((signs, _behind_fillers(reading, signs))):
        for stop in range(min(first + _LONGEST, len(reading.words)), first, -1):
            if not _is_a_name(reading, first, stop):
                continue
            known = len(reading.findings)
            if (
                _group(reading, first, stop)
                or _maker(reading, first, stop)
                or _person(reading, first, stop)
                or _title(reading, first, stop, may_be_small)
                or (is_by and _unknown_maker(reading, first, stop))
            ):
                for finding in reading.findings[known:]:
                    finding.is_negated = True
                return stop
    return start


def _behind_fillers(reading: Reading, start: int) -> int:
    """ "The", "any more"."""
    words, lexicon = reading.words, reading.lexicon
    while words.word(start) in lexicon.negation.skipped | lexicon.titles.articles:
        start += 1
    return start


def _is_a_name(reading: Reading, start: int, stop: int, *, is_whole: bool = False) -> bool:
    """Whether the words are not all ordinary ones, and what follows ends a name, unless it
    `is_whole`."""
    words, lexicon = reading.words, reading.lexicon
    if not reading.is_free(start, stop) or lexicon.plain_words.issuperset(words.words[start:stop]):
        return False
    if stop - start == 1 and not words.tokens[start].is_capital and _is_a_verb(reading, start):
        return False
    if words.word(start) in lexicon.runtimes.of_length and not words.tokens[start].is_capital:
        return False  # "keine Geduld für lange Filme" refuses no Jessica Lange
    if phrase_at(words, start, lexicon.maturity.audience_phrases) > start:
        return False  # "no kids movies" is not for kids
    if words.phrase(start, stop) in lexicon.negation.of_any_title:
        return False  # "no plot" refuses no Plot
    if words.phrase(start, stop) in lexicon.terms.moods and not _is_one_as_typed(
        reading, start, stop
    ):
        return False  # "kein Happy End"
    if words.phrase(start, stop) in lexicon.years.bounds:
        return False  # "not before the 2000s" refuses no Before Sunrise
    gaps = [words.gap(place) for place in range(start + 1, stop)]
    if any(is_stop(gap) and ":" not in gap for gap in gaps):
        return False
    if is_whole or stop == len(words) or is_stop(words.gap(stop)):
        return True
    ends = (lexicon.name_ends, lexicon.connectors.plot_joints, lexicon.terms.media)
    return any(words.word(stop) in some for some in ends)


def _is_one_as_typed(reading: Reading, start: int, stop: int) -> bool:
    """ "Not Dark", which has a capital within a text in small letters or in German."""
    words, titles = reading.words, reading.names.titles
    is_capital = stop - start == 1 and start > 0 and words.tokens[start].is_capital
    is_more_or_less = words.word(start - 1) in reading.lexicon.negation.degrees  # "not too Dark"
    rows = reading.titles_named(start, stop) if is_capital and not is_more_or_less else ()
    is_title_case = all(token.is_capital for token in words.tokens)
    return bool(rows) and titles.is_well_known(titles.best(rows)) and not is_title_case


def _is_a_verb(reading: Reading, place: int) -> bool:
    """ "I never saw it", "they don't return": behind these negations a small word is no name."""
    words, known = reading.words, reading.lexicon.negation.of_verbs
    return any(words.phrase(start, place) in known for start in range(max(place - 2, 0), place))


def _group(reading: Reading, start: int, stop: int) -> bool:
    name = reading.words.phrase(start, stop)
    franchise = reading.names.groups.named("franchise", name)
    if franchise is not None and franchise.standing >= _FEWEST_TITLES:
        is_small = stop - start == 1 and not reading.words.tokens[start].is_capital
        if is_small and not _is_called(reading, start):
            # "No alien": the films of that name, and what the word means.
            _note_word(reading, start, stop)
        reading.take(Finding("franchise", franchise, franchise.label, start, stop, True))
        return True
    return company_refused(reading, start, stop)


def _maker(reading: Reading, start: int, stop: int) -> bool:
    """Whoever makes titles and is no company here: what is marked as of theirs is refused."""
    words, topics = reading.words, reading.names.topics
    name = words.phrase(start, stop)
    if stop - start > 1 or name in reading.lexicon.all_words or topics.has(name):
        return False
    is_title = bool(reading.names.titles.called(name))
    is_many = words.word(stop) in reading.lexicon.terms.media
    if (is_title and not is_many) or not (keywords := topics.of_maker(name)):
        return False
    content = Content(f"Nothing of {words.written(start, stop)}", keywords=keywords)
    goes_by = f"No company of that name is known; goes by keywords ({', '.join(keywords)})."
    if _person(reading, start, stop):  # "nothing from Disney" is by Walt Disney neither
        person = reading.findings[-1]
        person.is_untold = True
        goes_by = f"{goes_by} {person.label} is left out too."
    told = Finding("exclude_content", content, content.label, start, stop, True, remark=goes_by)
    told.is_vague = True  # few of a maker's titles are marked as theirs
    reading.take(told)
    return True


def _unknown_maker(reading: Reading, start: int, stop: int) -> bool:
    """ "Nothing by A24": that it is known of no title is said."""
    words, people = reading.words, reading.names.people
    is_name = words.tokens[start].is_capital and not _writes_nouns_large(reading)
    if stop - start > 1 or not is_name or people.last_name(words.word(start)):
        return False
    content = Content(f"Nothing of {words.written(start, stop)}")
    reading.take(Finding("exclude_content", content, content.label, start, stop, True, note=UNTOLD))
    return True


def _person(reading: Reading, start: int, stop: int) -> bool:
    people, words = reading.names.people, reading.words
    if stop - start > 1:
        return False  # whole names are found without a sign
    topics = reading.names.topics
    longer = (words.phrase(start, end) for end in range(stop + 1, min(start + 4, len(words)) + 1))
    if any(topics.has(phrase) for phrase in longer):
        return False  # "not in black and white"
    is_name = words.tokens[start].is_capital and not _is_a_large_noun(reading, start)
    standing = _KNOWN_PERSON if is_name else OUTSTANDING
    rows = people.last_name(words.word(start), standing=standing)
    if rows:
        if not words.tokens[start].is_capital:
            _note_word(reading, start, stop)  # "no zombie" is less Rob than the undead
        note_person(reading, rows, (), start, stop)
    return bool(rows)


def _is_a_large_noun(reading: Reading, place: int) -> bool:
    """ "Komödie ohne Kitsch": behind a negation of a language in which a capital tells no name."""
    known = reading.lexicon.negation.of_large_nouns
    return reading.words.word(place - 1) in known or _writes_nouns_large(reading)


def _writes_nouns_large(reading: Reading) -> bool:
    """Whether some word of the vocabulary has a capital within the text: German writes "ohne
    Kitsch"."""
    tokens = reading.words.tokens[1:]
    return any(one.is_capital and one.word in reading.lexicon.known_words for one in tokens)


def _is_called(reading: Reading, start: int) -> bool:
    """ "Not named heat": behind such a negation the words are a name, and nothing else."""
    words, naming = reading.words, reading.lexicon.negation.naming
    return any(words.phrase(at, start) in naming for at in range(max(start - _NAMING, 0), start))


def _is_no_other_word(reading: Reading, place: int) -> bool:
    """ "Not inception", which means nothing else, and "lynch but not dune", behind a maker."""
    words, names = reading.words, reading.names
    word = words.word(place)
    if word.isalpha() and not (reading.is_a_word(place) or names.topics.has_word(word)):
        return True
    negations = reading.lexicon.negation.negations
    starts = range(max(place - _NAMING, 1), place)
    start = next((at for at in starts if words.phrase(at, place) in negations), 0)
    return start > 0 and bool(names.people.last_name(words.word(start - 1), standing=_KNOWN_PERSON))


def _note_word(reading: Reading, start: int, stop: int) -> None:
    """What the refused word means, beside what is called so."""
    word = reading.words.phrase(start, stop)
    reading.take(Finding("exclude_content", word, word, start, stop, is_negated=True))


def _title(reading: Reading, start: int, stop: int, may_be_small: bool) -> bool:
    """A known title: of several words, with a capital, or one that nearly all know."""
    titles, words = reading.names.titles, reading.words
    rows = reading.titles_named(start, stop)
    if not rows:
        return False
    if _is_somebodys(reading, start, stop) and not titles.called(words.phrase(start, stop)):
        return False  # whole names of people are found without a sign
    row = titles.best(rows)
    is_topic = is_topic_first(reading, start, stop) and not titles.is_famous(row)
    if is_topic and not _is_called(reading, start):
        _note_word(reading, start, stop)  # "without a happy ending"
        return True
    is_capital = any(words.tokens[place].is_capital for place in range(start, stop))
    is_long = stop - start > 1
    is_called = _is_called(reading, start)
    # "There were no old people" names no title, nor does "apart from the humans".
    is_name = is_long and (may_be_small or not is_of_ordinary_words(reading, start, stop))
    if is_capital or is_name or is_called:
        is_meant = titles.is_known(row)
    else:
        may_be_small = is_long or may_be_small or _is_no_other_word(reading, start)
        # "Not twilight": what nearly all know, beside what the word means; "without the
        # supernatural" means the topic.
        is_famous = titles.is_famous(row) and not reading.is_a_topic(start, stop)
        is_meant = is_famous or (may_be_small and titles.is_well_known(row))
    if not is_meant:
        return False
    is_a_word_first = not (is_capital or may_be_small)
    if stop - start == 1 and not is_called and (is_a_word_first or not titles.is_well_known(row)):
        _note_word(reading, start, stop)  # German writes all nouns with a capital
    reading.take(Finding("seed", row, titles.labels[row], start, stop, True))
    return True


def _is_somebodys(reading: Reading, start: int, stop: int) -> bool:
    """ "No David Attenborough": a whole name, by which films about or with them are called too."""
    end, rows = reading.names.people.longest(reading.words.words, start, stop)
    return bool(rows) and end == stop and stop - start > 1

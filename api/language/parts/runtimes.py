"""Running times: "under two hours", "90 minutes", "1h40", "an hour and a half", "short films"."""

from dataclasses import dataclass
from re import Match

from api.language.parts.refused_runtimes import adjective_at, dismissal_behind, refusal_before
from api.language.reading.comparisons import bound_before, bound_behind
from api.language.reading.numbers import number_at
from api.language.reading.reading import (
    Finding,
    Reading,
    begins_for_who_asks,
    is_stop,
    phrase_at,
)
from api.language.vocabulary.lexicon import LENGTHS, Bound
from api.language.vocabulary.meanings import MEDIA_MEANINGS, Meaning
from api.platform.counted import counted

# "A 90 minute film" is as good at 85 or 95.
_ABOUT = 10
_AT_HAND = 3  # words of "we only have"
_VAGUE = tuple(LENGTHS[key] for key in ("short", "not_short", "not_long", "long", "short_episodes"))
# Who refuses what is long means what is not too long.
_OPPOSITES = {
    LENGTHS["long"]: LENGTHS["not_long"],
    LENGTHS["short"]: LENGTHS["not_short"],
}
# Of shows "short" is half an hour, and what fills an hour, advertisements and all, is "too long":
# whoever says no number speaks of an evening, and not of the seasons that follow.
_EPISODES = {LENGTHS["short"]: 35, LENGTHS["not_long"]: 40}
LONGEST = 600
_MEDIA = {
    LENGTHS["short_film"]: MEDIA_MEANINGS["movie"],
    LENGTHS["short_episodes"]: MEDIA_MEANINGS["tv"],
}


@dataclass(frozen=True, slots=True)
class Minutes:
    """A window of minutes; None is open."""

    first: int | None
    last: int | None

    @property
    def longest_episode(self) -> int | None:
        """What the window means of shows where it was told roughly, if that is something else."""
        return _EPISODES.get((self.first, self.last))


def find_runtimes(reading: Reading) -> None:
    """Notes every running time and takes its words."""
    words = reading.words
    place = 0
    while place < len(words):
        if not reading.taken[place]:
            place = max(_fixed_at(reading, place), _duration_found(reading, place), place)
        place += 1
    # "Something short, 20 minute episodes": the number says how short.
    told = reading.found("runtime")
    for finding in told:
        episode = finding.value.longest_episode if isinstance(finding.value, Minutes) else None
        if finding.is_vague and episode is not None:
            finding.remark = f"Of shows, episodes of at most {counted(episode, 'minute')}."
    if any(not one.is_vague for one in told):
        reading.findings = [one for one in reading.findings if one not in told or not one.is_vague]


def _fixed_at(reading: Reading, place: int) -> int:
    words, known = reading.words, reading.lexicon.runtimes
    for stop in range(min(place + 4, len(words)), place, -1):
        window = known.lengths.get(words.phrase(place, stop))
        if window is not None and reading.is_free(place, stop) and not reading.story[place]:
            is_refused = _note(reading, Minutes(*window), place, stop, over_terms=True)
            reading.findings[-1].is_vague = window in _VAGUE
            medium = _medium_of(reading, window, place, stop)
            if medium is not None and not (is_refused and _refuses_all(reading, window, medium)):
                reading.take(Finding("media_type", medium.media, medium.label or "", place, stop))
                reading.findings[-1].is_implied = window in _MEDIA
            return stop - 1
    if (joined := _joined_length(reading, place)) is not None:
        _note(reading, Minutes(*LENGTHS[joined]), place, place + 1, over_terms=True)
        reading.findings[-1].is_vague = True
        return place
    if (length := adjective_at(reading, place)) is not None:
        _note(reading, Minutes(*LENGTHS[length]), place, place + 1, is_opposite=True)
        reading.findings[-1].is_vague = True
        return place
    # "Short animated films": the noun may stand behind other words of the vocabulary.
    is_noun_behind = words.word(place + 2) in known.short_nouns
    is_term_between = words.word(place + 1) in reading.lexicon.known_words
    if words.word(place) in known.short and is_noun_behind and is_term_between:
        _note(reading, Minutes(*LENGTHS["short_film"]), place, place + 1)
    elif (length := _length_of_a_kind(reading, place)) is not None:
        _note(reading, Minutes(*LENGTHS[length]), place, place + 1)
        reading.findings[-1].is_vague = True
    else:
        return place - 1
    return place


def _length_of_a_kind(reading: Reading, place: int) -> str | None:
    """ "Short comedy shows", "kurze lustige Filme", "comedia corta": a length beside a genre, up to
    its medium or the end of what is said, of which nothing is refused."""
    words, lexicon = reading.words, reading.lexicon
    known, terms = lexicon.runtimes, lexicon.terms
    word = words.word(place)
    if word not in known.of_length or reading.taken[place] or reading.story[place]:
        return None
    stop = place + 1
    while _is_of_a_kind(reading, stop) and not is_stop(words.gap(stop)):
        stop += 1
    is_whole = _ends_a_wish(reading, stop) or words.word(stop) in terms.media
    is_beside = stop > place + 1 and is_whole
    is_behind = place > 0 and not is_stop(words.gap(place)) and _ends_a_wish(reading, place + 1)
    is_behind = is_behind and _is_of_a_kind(reading, place - 1)
    if not (is_beside or is_behind) or refusal_before(reading, place, over_terms=True) is not None:
        return None
    return "short" if word in known.short_words else "long"


def _is_of_a_kind(reading: Reading, place: int) -> bool:
    """Whether a word of a genre or a mood stands there."""
    terms, word = reading.lexicon.terms, reading.words.word(place)
    meaning = terms.meanings.get(word)
    return word in terms.moods or (meaning is not None and bool(meaning.genres))


def _ends_a_wish(reading: Reading, stop: int) -> bool:
    """Whether nothing more of what is wanted follows, or what it is about."""
    words, lexicon = reading.words, reading.lexicon
    is_end = stop >= len(words) or is_stop(words.gap(stop))
    is_end = is_end or words.word(stop) in lexicon.terms.next_request
    return is_end or phrase_at(words, stop, lexicon.plots.openers) > stop


def _joined_length(reading: Reading, place: int) -> str | None:
    """ "Lustig und kurz", "short and funny": a length beside a genre or a mood, of which nothing is
    refused."""
    words, lexicon = reading.words, reading.lexicon
    known, and_words = lexicon.runtimes, lexicon.connectors.and_words
    word = words.word(place)
    if word not in known.of_length or reading.taken[place] or reading.story[place]:
        return None
    behind, following = words.word(place - 1) in and_words, words.word(place + 1) in and_words
    is_end = place + 1 == len(words) or is_stop(words.gap(place + 1))
    before = words.word(place - 1)
    is_begin = place == 0 or is_stop(words.gap(place)) or before in lexicon.connectors.no_content
    beside = [place - 2] * (behind and is_end) + [place + 2] * (following and is_begin)
    if (
        not any(_is_of_a_kind(reading, at) for at in beside)
        or refusal_before(reading, place, over_terms=True) is not None
    ):
        return None
    return "short" if word in known.short_words else "long"


def _medium_of(
    reading: Reading, window: tuple[int | None, int | None], start: int, stop: int
) -> Meaning | None:
    """ "A short movie" is no episode of a show, and neither is a short."""
    if window in _MEDIA:
        return _MEDIA[window]
    media = reading.lexicon.terms.media
    return next((media[word] for word in reading.words.words[start:stop] if word in media), None)


def _refuses_all(reading: Reading, window: tuple[int | None, int | None], medium: Meaning) -> bool:
    """ "No short films" refuses them, and films are wanted as little as shows; "not a long movie"
    asks for one, where nothing else is spoken of."""
    media = reading.lexicon.terms.media
    spoken_of = {media[word].media for word in reading.words.words if word in media}
    return window in _MEDIA or bool(spoken_of - {medium.media})


def _duration_found(reading: Reading, place: int) -> int:
    words, known = reading.words, reading.lexicon.runtimes
    stop, minutes = _duration_at(reading, place)
    if minutes is None or not reading.is_free(place, stop):
        return place - 1
    end, last = _duration_at(reading, stop + 1)
    if words.word(stop) in known.range_joints and last is not None and last > minutes:
        is_opened = words.word(place - 1) in known.range_openers
        _note(reading, Minutes(minutes, last), place - is_opened, end)
        return end - 1
    start, bound = bound_before(reading, place)
    if (window := _between(reading, place, stop, minutes)) is not None:
        return window
    if bound is None:
        is_plus = any(words.gap(at).startswith("+") for at in range(place + 1, stop))  # "2+ hours"
        stop, bound = (stop, Bound.at_least) if is_plus else bound_behind(reading, stop)
    if bound in (None, Bound.around):
        begun, behind = _at_hand_before(reading, start), _as_long_behind(reading, stop)
        if behind > stop and words.word(start) in reading.lexicon.plots.openers:
            return place - 1  # "a thriller about a 10 hour flight"
        if begun < start or behind > stop:
            start, stop, bound = begun, behind, Bound.at_most
    # A length that nothing bounds may be part of a plot: "one hour to save the world".
    if bound is None and (reading.story[place] or words.word(stop) in known.in_plots_before):
        return place - 1
    _note(reading, _window(minutes, bound), start, stop)
    return stop - 1


def _at_hand_before(reading: Reading, place: int) -> int:
    """Where "I have" or "we only have" begins before a time, be it with a small word between;
    `place` for none, as in "that have two hours"."""
    words, known = reading.words, reading.lexicon.runtimes.at_hand
    is_small = words.word(place - 1) in reading.lexicon.connectors.no_content
    for end in (place, place - 1) if is_small else (place,):
        for start in range(max(end - _AT_HAND, 0), end):
            is_free = reading.is_free(start, place) and not is_stop(words.gap(place))
            is_free = is_free and begins_for_who_asks(words, reading.lexicon, start)
            if words.phrase(start, end) in known and is_free:
                return start
    return place


def _as_long_behind(reading: Reading, stop: int) -> int:
    """The end of "flight" behind "a 10 hour", which takes the time that somebody has; `stop` for
    anything else, as in "a two hour road movie"."""
    words = reading.words
    behind = phrase_at(words, stop, reading.lexicon.runtimes.for_as_long)
    is_part = is_stop(words.gap(stop)) or not reading.is_free(stop, behind)
    is_of_films = words.word(behind) in reading.lexicon.terms.media and not is_stop(
        words.gap(behind)
    )
    return stop if is_part or is_of_films else behind


def _window(minutes: int, bound: Bound | None) -> Minutes:
    match bound:
        case Bound.below:
            # Two hours sharp is not under two hours.
            return Minutes(None, minutes - 1)
        case Bound.at_most:
            return Minutes(None, minutes)
        case Bound.above:
            return Minutes(minutes + 1, None)
        case Bound.at_least:
            return Minutes(minutes, None)
        case _:
            return Minutes(max(minutes - _ABOUT, 1), minutes + _ABOUT)


def _between(reading: Reading, place: int, stop: int, minutes: int) -> int | None:
    """ "between 90 and 120 minutes", "90-120 min", "from one to two hours": the end, if it is."""
    words, known = reading.words, reading.lexicon.runtimes
    joint = words.word(place - 1)
    is_joined = joint in known.range_joints or (
        place > 0 and words.gap(place).strip() in ("-", "–", "—")
    )
    if not is_joined:
        return None
    end = place if words.gap(place).strip() in ("-", "–", "—") else place - 1
    for first in range(max(end - 3, 0), end):
        behind, lower = _duration_at(reading, first)
        if lower is None:
            behind, lower = number_at(reading, first)
            # "one to two hours": the unit is behind the second number.
            if lower is not None and words.word(stop - 1) in known.hours:
                lower *= 60
        if lower is None or behind != end or not 0 < lower < minutes:
            continue
        opening = first
        if words.word(first - 1) in known.range_openers:
            opening = first - 1
        if not reading.is_free(opening, stop):
            return None
        _note(reading, Minutes(lower, minutes), opening, stop)
        return stop - 1
    return None


def _duration_at(reading: Reading, place: int) -> tuple[int, int | None]:
    """(end, minutes) of a duration that begins at `place`."""
    words, known = reading.words, reading.lexicon.runtimes
    word = words.word(place)
    if (joined := known.joined.fullmatch(word)) is not None:
        return _joined(reading, place, joined)
    if (end := phrase_at(words, place, known.half_hours)) > place:
        return end, 30
    # "Anderthalb Stunden", "hora y media"
    if word in known.one_and_a_half and words.word(place + 1) in known.hours:
        return place + 2, 90
    if word in known.hours and (end := phrase_at(words, place + 1, known.and_a_half)) > place + 1:
        return end, 90
    if word in known.one and words.word(place + 1) in known.hours:
        return _with_rest(reading, place + 2, 60)
    end, number = number_at(reading, place)
    if number is None:
        return place, None
    half = 0
    if (behind := phrase_at(words, end, known.and_a_half)) > end:
        end, half = behind, 30
    elif words.gap(end) in (".", ",") and words.word(end).isdigit() and len(words.word(end)) == 1:
        half = 6 * int(words.word(end))  # "1.5 hours"
        end += 1
    if words.word(end) in known.hours:
        return _with_rest(reading, end + 1, 60 * number + half)
    if words.word(end) in known.minutes and not half:
        return end + 1, _sane(number)
    return place, None


def _joined(reading: Reading, place: int, joined: Match[str]) -> tuple[int, int | None]:
    """A number and its unit in one word: "90min", "1h40", "1h"."""
    if joined[3] is not None:
        return place + 1, _sane(int(joined[3]))
    minutes = 60 * int(joined[1]) + int(joined[2] or 0)
    if joined[2] is not None:
        return place + 1, _sane(minutes)
    end, rest = _duration_at(reading, place + 1)  # "1h 40min"
    if rest is not None and rest < 60:
        return end, _sane(minutes + rest)
    return _with_rest(reading, place + 1, minutes)


def _with_rest(reading: Reading, end: int, minutes: int) -> tuple[int, int | None]:
    """Adds "and a half", "and 20 minutes", "30 min" to hours."""
    words, known = reading.words, reading.lexicon.runtimes
    if (behind := phrase_at(words, end, known.and_a_half)) > end:
        return behind, _sane(minutes + 30)
    start = end + 1 if words.word(end) in known.rest_joints else end
    behind, number = number_at(reading, start)
    if number is not None and number < 60 and words.word(behind) in known.minutes:
        return behind + 1, _sane(minutes + number)
    return end, _sane(minutes)


def _sane(minutes: int) -> int | None:
    return minutes if 0 < minutes <= LONGEST else None


def _note(
    reading: Reading,
    window: Minutes,
    start: int,
    stop: int,
    *,
    over_terms: bool = False,
    is_opposite: bool = False,
) -> bool:
    """Notes what is wished for; whether the window was refused. The opposite of one that is
    refused may be what is given."""
    is_above = window.last is None and not (over_terms or is_opposite)
    refusal = refusal_before(
        reading, start, over_terms=over_terms or is_opposite, over_nouns=is_above
    )
    dismissal = dismissal_behind(reading, stop) if refusal is None else None
    if (refusal is not None or dismissal is not None) and not is_opposite:
        window = _opposite(window)
    reading.take(Finding("runtime", window, runtime_label(window), start, stop))
    if dismissal is not None:
        reading.taken[stop : dismissal[1]] = [True] * (dismissal[1] - stop)
    if refusal is not None and not _refuses_more(reading, refusal, start):
        reading.taken[refusal:start] = [
            taken or reading.words.word(place) not in reading.lexicon.terms.media
            for place, taken in enumerate(reading.taken[refusal:start], refusal)
        ]
    return refusal is not None or dismissal is not None


def _refuses_more(reading: Reading, refusal: int, start: int) -> bool:
    """ "No horror or long movies": the refusal is needed for what else it refuses."""
    alternatives = reading.lexicon.connectors.or_words
    return not alternatives.isdisjoint(reading.words.words[refusal:start])


def _opposite(window: Minutes) -> Minutes:
    if (wished := _OPPOSITES.get((window.first, window.last))) is not None:
        return Minutes(*wished)
    if window.first is None and window.last is not None:
        return Minutes(window.last + 1, None)
    # "No 3 hour movies" refuses those that are longer, too.
    return Minutes(None, max((window.first or 1) - 1, 1))


def runtime_label(window: Minutes) -> str:
    """The window in words for a client; one of its ends is not open."""
    match window:
        case Minutes(None, last):
            return f"At most {counted(last or 0, 'minute')}"
        case Minutes(first, None):
            return f"At least {counted(first or 0, 'minute')}"
        case Minutes(first, last):
            return f"{first} to {counted(last or 0, 'minute')}"

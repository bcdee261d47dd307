"""Whether a certificate or an age is refused; stricter than negation.py, as children depend on it.

A refusal holds for the rest of its sentence, up to a word like "but", whatever stands between. A
comma ends it for all but adults' certificates, unless the list goes on to a joint: "no horror, war
or PG-13", but "no horror, PG-13".
"""

from api.language.reading.reading import Reading, is_stop, phrase_at

_REACH = 24  # words
_BETWEEN = 4  # words between a certificate and what refuses it behind


class AgeRefusals:
    """The refusals of one text; they are looked for when the first age was found."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._spans: list[tuple[int, int]] | None = None
        self._used: set[tuple[int, int]] = set()

    @property
    def are_any(self) -> bool:
        """Whether the text refuses anything at all."""
        return bool(self._all())

    def beside(self, place: int) -> int | None:
        """The start of the refusal right before a place, but for articles; None without one."""
        words, articles = self._reading.words, self._reading.lexicon.maturity.articles
        while place > 0 and not is_stop(words.gap(place)):
            found = next((span[0] for span in self._all() if span[0] < place <= span[1]), None)
            if found is not None or words.word(place - 1) not in articles:
                return found
            place -= 1
        return None

    def begins_within(self, place: int) -> bool:
        """Whether a place is within a refusal: the "über" of "nicht über FSK 12"."""
        return any(start < place < stop for start, stop in self._all())

    def use(self, start: int) -> None:
        """The refusal that starts here refuses nothing else: "not for kids, R-rated"."""
        self._used |= {span for span in self._all() if span[0] == start}

    def reach(self, start: int, stop: int, *, over_commas: bool = False) -> bool:
        """Whether a refusal before or behind the words [start, stop) reaches them."""
        return self._before(start, stop, over_commas=over_commas) or self._behind(stop)

    def _before(self, place: int, end: int, *, over_commas: bool) -> bool:
        words, joints = self._reading.words, self._reading.lexicon.connectors.joints
        before = [span for span in self._all() if span[1] <= place and span not in self._used]
        if not before or before[-1][1] < place - _REACH:
            return False
        stop = before[-1][1]
        if any(words.word(inside) in self._turns for inside in range(stop, place)):
            return False
        is_listed = words.word(place - 1) in joints or words.word(end) in joints
        commas_count = over_commas or (is_listed and stop < place)
        gaps = [words.gap(inside) for inside in range(stop, place + 1)]
        if any(_ends_sentence(gap) for gap in gaps):
            return False
        return commas_count or not any("," in gap for gap in gaps)

    @property
    def _turns(self) -> frozenset[str]:
        return self._reading.lexicon.maturity.turns

    def _behind(self, stop: int) -> bool:
        """ "R-rated films are not allowed", "R-rated? No.", "FSK 18 nicht"."""
        words, lexicon = self._reading.words, self._reading.lexicon
        known = lexicon.maturity
        end = None
        for place in range(stop, stop + _BETWEEN):
            if phrase_at(words, place, known.forbidden) > place:
                return True
            end = next((end for start, end in self._all() if start == place), None)
            word = words.word(place)
            is_between = word in lexicon.terms.media or word in known.are
            if end is not None or not (is_between or word in known.rated_behind):
                break
        if end is None or ";" in words.gap(place):
            return False
        is_last = end >= len(words) or is_stop(words.gap(end))
        return is_last or phrase_at(words, end, known.allowed) > end

    def _all(self) -> list[tuple[int, int]]:
        if self._spans is None:
            self._spans = _refusals(self._reading)
        return self._spans


def _refusals(reading: Reading) -> list[tuple[int, int]]:
    """The words [start, stop) of each refusal, in the order of the text."""
    words, lexicon = reading.words, reading.lexicon
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(words):
        harmless = max(
            phrase_at(words, place, lexicon.negation.harmless),
            phrase_at(words, place, lexicon.terms.foreign),
        )
        stop = max(
            phrase_at(words, place, lexicon.negation.negations),
            phrase_at(words, place, lexicon.maturity.refusals),
        )
        if harmless > place and not _refuses_at_its_end(reading, place, harmless):
            place = harmless
        elif stop == place or _is_part_of_more(reading, place, stop):
            place += 1
        else:
            is_whole = not any(is_stop(words.gap(inside)) for inside in range(place + 1, stop))
            # "Non-violent" refuses one word.
            is_prefix = words.gap(stop) == "-" and words.word(place) in lexicon.maturity.prefixes
            if is_whole and not is_prefix:
                spans.append((place, stop))
            place = stop
    return spans


def _refuses_at_its_end(reading: Reading, start: int, stop: int) -> bool:
    """ "PG or not R": the "or not" is harmless only where nothing follows."""
    words, negations = reading.words, reading.lexicon.negation.negations
    is_last = stop >= len(words) or is_stop(words.gap(stop))
    return not is_last and start + 1 < stop and words.word(stop - 1) in negations


def _is_part_of_more(reading: Reading, start: int, stop: int) -> bool:
    """ "No Country for Old Men", "no longer than 90 minutes", "not before 2000"."""
    words, bounds = reading.words, reading.lexicon.years.bounds
    if any(words.phrase(start, start + length) in bounds for length in (2, 3)):
        return True
    return reading.taken[start] and any(
        finding.start <= start and finding.stop > stop for finding in reading.findings
    )


def _ends_sentence(gap: str) -> bool:
    return any(mark in ".;!?" for mark in gap)

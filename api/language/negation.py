"""Which findings a "not" negates, and unknown words that it excludes.

A negation reaches over what is joined by "or" and "and", over fillers, and over a comma only when
the list behind it goes on to such a joint: "no horror, war or gore", but "no horror, French".
"""

from api.language.reading import Finding, Reading, is_stop, phrase_at

_REACH = 24  # words
_PHRASE = 3  # words of one thing that is refused: "found footage", "coming of" is none


def apply_negations(reading: Reading) -> None:
    """Marks findings as negated and takes the words of each negation that had an effect."""
    words, known = reading.words, reading.lexicon.negation
    place = 0
    while place < len(words):
        if (harmless := phrase_at(words, place, known.harmless)) > place:
            place = harmless
            continue
        stop = phrase_at(words, place, known.negations)
        if stop == place or reading.taken[place]:
            place += 1
            continue
        _negate(reading, place, stop)
        place = stop
    _negate_behind(reading)


def _negate(reading: Reading, start: int, stop: int) -> None:
    reached = _reached(reading, stop)
    if reading.words.phrase(start, stop) in reading.lexicon.negation.of_adjectives:
        reached = _without_the_noun(reached)
    negatable = [finding for finding in reached if finding.can_be_negated]
    if any(finding.kind != "media_type" for finding in negatable):
        # "no horror films" does not exclude films.
        for finding in negatable:
            if finding.kind == "media_type":
                reading.findings.remove(finding)
        negatable = [finding for finding in negatable if finding.kind != "media_type"]
    for finding in negatable:
        finding.is_negated = True
    if negatable:
        for place in range(start, stop):
            reading.taken[place] = True
    else:
        _exclude_unknown(reading, start, stop)


def _without_the_noun(reached: list[Finding]) -> list[Finding]:
    """ "Not American comedies" are comedies."""
    if not reached or reached[0].kind not in ("language", "country"):
        return reached
    first = reached[0]
    return [f for f in reached if f.start != first.stop or f.kind != "genre"]


def _reached(reading: Reading, start: int) -> list[Finding]:
    """The findings in reach of a negation that ends at `start`."""
    words, connectors = reading.words, reading.lexicon.connectors
    by_start: dict[int, list[Finding]] = {}
    for finding in reading.findings:
        by_start.setdefault(finding.start, []).append(finding)
    reached: list[Finding] = []
    held: list[Finding] = []  # behind a comma, until a joint follows
    behind_comma = False
    place = start
    while place < min(start + _REACH, len(words)):
        if is_stop(words.gap(place)):
            if "," not in words.gap(place) or not (reached or held):
                break
            behind_comma = True
        word = words.word(place)
        found = by_start.get(place)
        if found is not None:
            # "No horror from the 80s" and "no horror on Netflix" go on to what is wanted.
            if not found[0].can_be_negated or (
                (reached or held) and found[0].kind in ("year", "service")
            ):
                break
            (held if behind_comma else reached).extend(found)
            place = max(finding.stop for finding in found)
            if found[0].kind == "maturity":
                place = next((f.stop for f in by_start.get(place, ()) if _is_medium(f)), place)
                if not _goes_on(reading, place):
                    break
            continue
        if _is_of_a_medium(reading, place, reached):
            pass  # "pas de film d'horreur"
        elif word in connectors.joints:
            if behind_comma and held:
                reached.extend(held)
                held, behind_comma = [], False
            elif behind_comma:
                behind_comma = False
        elif (
            word in connectors.contrasts
            or word not in connectors.fillers
            # "No horror on Netflix" goes on, "no films with Tom Cruise" has said nothing yet.
            or (not all(map(_is_medium, [*reached, *held])) and word in connectors.prepositions)
        ):
            break
        place += 1
    return reached


def _is_of_a_medium(reading: Reading, place: int, reached: list[Finding]) -> bool:
    """Whether a word joins the medium just before it with the genre behind it."""
    is_behind = bool(reached) and _is_medium(reached[-1]) and reached[-1].stop == place
    return is_behind and reading.words.word(place) in reading.lexicon.terms.of_medium


def _is_medium(finding: Finding) -> bool:
    return finding.kind == "media_type"


def _goes_on(reading: Reading, place: int) -> bool:
    """ "No R-rated, horror or war films", but "no R-rated comedies" refuses no comedies."""
    return "," in reading.words.gap(place) or (
        reading.words.word(place) in reading.lexicon.connectors.joints
    )


def _exclude_unknown(reading: Reading, start: int, stop: int) -> None:
    """ "Without zombies", "no time travel or ghosts": what tells of that is out, and not searched
    for."""
    words, known = reading.words, reading.lexicon.negation
    if words.phrase(start, stop) not in known.without:
        return
    begun, place = start, stop
    while True:
        while words.word(place) in known.skipped:
            place += 1
        end = _unknown_behind(reading, place)
        if end == place:
            return
        name, written = words.phrase(place, end), words.written(place, end)
        reading.take(Finding("exclude_content", name, written, place, end, is_negated=True))
        for taken in range(begun, place):
            reading.taken[taken] = True
        if words.word(end) not in reading.lexicon.connectors.joints or is_stop(words.gap(end)):
            return
        begun, place = end, end + 1


def _unknown_behind(reading: Reading, start: int) -> int:
    """The end of the words from `start` on that nobody knows, of a phrase; `start` for none."""
    words, lexicon = reading.words, reading.lexicon
    connectors, plots = lexicon.connectors, lexicon.plots
    others = (connectors.no_content, connectors.prepositions, connectors.contrasts, plots.set_in)
    end = start
    while end < min(start + _PHRASE, len(words)):
        word = words.word(end)
        begins_another = phrase_at(words, end, plots.openers) > end
        if reading.taken[end] or is_stop(words.gap(end)) or begins_another or len(word) < 3:
            break
        if any(word in some for some in (*others, lexicon.negation.negations)):
            break
        end += 1
    return end


def _negate_behind(reading: Reading) -> None:
    """ "Gore-free", "horror free"."""
    words, behind = reading.words, reading.lexicon.negation.behind
    for finding in reading.findings:
        is_free = finding.can_be_negated and words.word(finding.stop) in behind
        if is_free and ("-" in words.gap(finding.stop) or finding.kind == "exclude_content"):
            finding.is_negated = True
            reading.taken[finding.stop] = True

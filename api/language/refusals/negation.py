"""Which findings a "not" negates, and unknown words that it excludes.

A negation reaches over what is joined by "or" and "and", over fillers, and over a comma only when
the list behind it goes on to such a joint: "no horror, war or gore", but "no horror, French". One
that is a prefix reaches its own word alone ("non-gory horror"), and one of what somebody remembers
or of what was refuses nothing ("I remember neither the actor nor the movie name").
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from api.domain.genres import genre_id
from api.language.parts.free_of import is_free_of
from api.language.reading.reading import (
    Finding,
    Reading,
    aversion_at,
    begins_for_who_asks,
    harmless_at,
    is_stop,
    negation_at,
    phrase_at,
    taken_back_at,
)
from api.language.refusals.kept_from import behind_whoever_is_kept
from api.language.refusals.lists import begins_a_wish
from api.language.refusals.refused_words import (
    behind_titles,
    exclude_listed,
    exclude_unknown,
    exclude_word,
    leads_to_a_list,
    leave_out_medium,
    topic_at,
)
from api.language.vocabulary.meanings import CONTENTS, Content

_REACH = 24  # words
_LONGEST_TOPIC = 3  # words
_LONGEST_NEGATION = 5  # words
# What somebody who asks for a genre, but not too much of it, is spared.
_WORST: Mapping[object, Content] = {genre_id("Horror"): CONTENTS["gore"]}
_OF_ADJECTIVES = frozenset(
    {"language", "country", "mood", "renown", "year", "genre", "exclude_content"}
    | {"watchlist", "library"}
)
_ORIGINS = frozenset({"language", "country"})
_EITHER = frozenset({"genre", "language", "country"})
# "No Marvel and French" asks for something French.
_JOINED_TO_NAMES = frozenset({"genre", "exclude_content"})
# Before a genre they say whose it is: "no Adam Sandler comedies" refuses no comedies.
_MAKERS = frozenset({"person", "company", "franchise"})


def apply_negations(reading: Reading) -> None:
    """Marks findings as negated and takes the words of each negation that had an effect."""
    words = reading.words
    place = 0
    while place < len(words):
        if (harmless := harmless_at(words, reading.lexicon, place)) > place:
            _take_a_fondness(reading, place)
            place = harmless
            continue
        stop = negation_at(words, reading.lexicon, place)
        stop = max(stop, aversion_at(words, reading.lexicon, place), _seen_all_at(reading, place))
        if stop == place:
            _take_a_liking(reading, place)
            place += 1
            continue
        if reading.taken[place]:
            _go_on_with_names(reading, stop)
            place += 1
            continue
        if not is_of_a_memory(reading, place, stop):
            _negate(reading, place, stop)
        place = stop
    _negate_compounds(reading)


def seen_all_at(reading: Reading, place: int) -> int:
    """The end of "seen all of" at a place; the place for none, as in "I haven't seen all"."""
    words, lexicon = reading.words, reading.lexicon
    is_said = begins_for_who_asks(words, lexicon, place)
    return phrase_at(words, place, lexicon.negation.seen_all) if is_said else place


def _seen_all_at(reading: Reading, place: int) -> int:
    """The end of "seen everything by" before who made it; `place` for none, as before "the
    classics", of which there are more."""
    stop = seen_all_at(reading, place)
    is_of_names = any(one.start == stop and one.kind in _MAKERS for one in reading.findings)
    return stop if is_of_names else place


def _take_a_fondness(reading: Reading, place: int) -> None:
    """ "Can't live without" and the "hates" of "everyone hates westerns, but I love them" say
    nothing that is searched for."""
    words, lexicon = reading.words, reading.lexicon
    stop = phrase_at(words, place, lexicon.negation.fondness)
    stop = max(stop, taken_back_at(words, lexicon, place))
    if not reading.story[place]:
        reading.taken[place:stop] = [True] * (stop - place)


def _take_a_liking(reading: Reading, place: int) -> None:
    """The "loves" of "hates horror, loves comedies" is no topic."""
    is_next = "," in reading.words.gap(place) and not reading.taken[place]
    is_liking = is_next and reading.words.word(place) in reading.lexicon.negation.likings
    if is_liking and any(one.is_negated and one.stop <= place for one in reading.findings):
        reading.taken[place] = True


def refuse_what_is_joined_to_topics(reading: Reading) -> None:
    """ "Anything but zombie movies and musicals": what is joined to topics that were refused last,
    when the rest of the text had been read."""
    for topic in [one for one in reading.found("exclude_content") if one.is_negated]:
        if _is_refused_alone(reading, topic.start):
            leave_out_medium(reading, topic.stop)
            _refuse_joined(reading, topic.start, behind_titles(reading, topic.stop))


def _is_refused_alone(reading: Reading, start: int) -> bool:
    """Whether a negation stands right before, whose words are taken with those behind it."""
    words, negations = reading.words, reading.lexicon.negation.negations
    if _is_prefix(reading, start - 1):
        return False  # a "non-gory film" is one
    starts = range(max(start - _LONGEST_NEGATION, 0), start)
    return any(reading.taken[at] and phrase_at(words, at, negations) == start for at in starts)


def is_of_a_memory(reading: Reading, start: int, stop: int) -> bool:
    """Whether the negation [start, stop) says what somebody remembers: "I remember neither", "nor
    remembered"."""
    words, recalling = reading.words, reading.lexicon.negation.recalling
    if words.word(stop) in recalling:
        return True
    while start > 0 and not is_stop(words.gap(start)):
        start -= 1
        if words.word(start) in recalling:
            return True
    return False


def _negate(reading: Reading, start: int, stop: int) -> None:
    kept_from = behind_whoever_is_kept(reading, stop)
    is_kept_from, stop = kept_from > stop, kept_from
    # "That don't feature": no medium is meant.
    reading.findings = [
        one for one in reading.findings if not (_is_medium(one) and start < one.start < stop)
    ]
    # The fear of "me dan miedo" asks for nothing.
    reading.findings = [
        one
        for one in reading.findings
        if not (one.kind == "genre" and start < one.start and one.stop <= stop)
    ]
    lists = reading.words.phrase(start, stop) in reading.lexicon.negation.before_lists
    lists = lists or leads_to_a_list(reading, stop)
    # "No films from the 80s": the "from" is a part of what is refused.
    begun = [one.start for one in reading.findings if start < one.start < stop < one.stop]
    reached = _reached(reading, min(begun, default=stop), lists=lists)
    described = [finding for finding in reached if not _is_medium(finding)]
    if _is_prefix(reading, stop - 1) and not _is_either(reading, described):
        reached = [finding for finding in reached if finding.start == stop]
    is_of_years = bool(reached) and reached[0].kind == "year"  # "keine alten Komödien"
    if is_of_years or reading.words.phrase(start, stop) in reading.lexicon.negation.of_adjectives:
        reached = _without_the_noun(reached, _OF_ADJECTIVES)
    reached = _without_the_noun(reached, _MAKERS)
    reached = _without_that_one(reading, stop, reached)
    negatable = [finding for finding in reached if finding.can_be_negated]
    if reading.words.word(stop) in reading.lexicon.negation.degrees:
        negatable = spare_what_is_asked(reading, negatable)
        if reached and not negatable:
            reading.taken[start:stop] = [True] * (stop - start)
            return
    if any(finding.kind != "media_type" for finding in negatable):
        # "no horror films" does not exclude films.
        for finding in negatable:
            if finding.kind == "media_type":
                reading.findings.remove(finding)
        negatable = [finding for finding in negatable if finding.kind != "media_type"]
    if _is_either(reading, negatable):
        for finding in negatable:
            reading.findings.remove(finding)
        reading.taken[start:stop] = [True] * (stop - start)
        return
    if _refuse_topic_of_origin(reading, start, stop, negatable):
        return
    for finding in negatable:
        finding.is_negated = True
    if negatable:
        for place in range(start, stop):
            reading.taken[place] = True
        _take_small_words(reading, stop, negatable)
        is_of_things = negatable[0].kind not in _OF_ADJECTIVES or negatable[0].kind == "genre"
        end = max(finding.stop for finding in negatable)
        # "No horror movies, clowns or gore"
        end = max(
            (one.stop for one in reached if _is_medium(one) and one.start == end), default=end
        )
        exclude_listed(reading, end, is_of_things=is_of_things, is_begun=lists)
    else:
        exclude_unknown(reading, start, stop, is_of_things=is_kept_from)


def _refuse_topic_of_origin(
    reading: Reading, start: int, stop: int, negatable: list[Finding]
) -> bool:
    """Whether "no American remakes" is said, which refuses remakes, and nothing else American."""
    is_of_things = reading.words.phrase(start, stop) in reading.lexicon.negation.without
    if not is_of_things or not negatable or any(one.kind not in _ORIGINS for one in negatable):
        return False
    topic = max(one.stop for one in negatable)
    end = topic_at(reading, topic)
    if end == topic or is_stop(reading.words.gap(topic)):
        return False
    reading.findings = [one for one in reading.findings if one not in negatable]
    reading.taken[start:topic] = [True] * (topic - start)
    exclude_word(reading, topic, end)
    exclude_listed(reading, end, is_of_things=True)
    return True


def _take_small_words(reading: Reading, start: int, refused: list[Finding]) -> None:
    """ "Excessive" and "scenes" in "no excessive sexual scenes": they say nothing that is left, but
    that it is refused more softly."""
    words, known = reading.words, reading.lexicon.negation
    first = min(one.start for one in refused)
    for place in range(start, first):
        is_much = words.word(place) in known.excess
        is_small = is_much or words.word(place) in known.degrees
        reading.taken[place] = reading.taken[place] or is_small
        for finding in refused if is_much else ():
            finding.is_softer = True
    for finding in refused:
        stop = phrase_at(words, finding.stop, known.stand_ins)
        if isinstance(finding.value, Content) and reading.is_free(finding.stop, stop):
            reading.taken[finding.stop : stop] = [True] * (stop - finding.stop)


def _go_on_with_names(reading: Reading, stop: int) -> None:
    """ "No Star Wars or clowns": what is joined to a name that was refused already."""
    named = [one for one in reading.findings if one.is_negated and one.start >= stop]
    last: int | None = None
    for one in sorted(named, key=lambda one: one.start):
        if one.start > (stop if last is None else last) + 1:
            break
        last = max(one.stop, last or 0)
    if last is None:
        return
    leave_out_medium(reading, last)
    lists = leads_to_a_list(reading, stop)
    last = _refuse_joined(reading, stop, behind_titles(reading, last), lists=lists)
    exclude_listed(reading, last, is_of_things=True, is_begun=lists)


def _refuse_joined(reading: Reading, start: int, end: int, *, lists: bool = False) -> int:
    """ "No Star Wars or musicals": refuses what is known and joined to names from `start` on that
    end at `end`; the end of it, or of the names."""
    is_joined = reading.words.word(end) in reading.lexicon.connectors.joints
    if not is_joined or is_stop(reading.words.gap(end)) or begins_a_wish(reading, end, start):
        return end
    joined = _reached(reading, end, lists=lists)
    joined = [one for one in joined if one.can_be_negated and one.kind in _JOINED_TO_NAMES]
    for finding in joined:
        finding.is_negated = True
        leave_out_medium(reading, finding.stop)
    return max((one.stop for one in joined), default=end)


def _is_prefix(reading: Reading, place: int) -> bool:
    """Whether the word at a place is the first half of another: "non-gory"."""
    words = reading.words
    return words.word(place) in reading.lexicon.negation.prefixes and words.gap(place + 1) == "-"


def _is_either(reading: Reading, negatable: list[Finding]) -> bool:
    """ "Non-animated or animated" asks for neither; an age or a content stays refused."""
    said = {(one.kind, reading.words.phrase(one.start, one.stop)) for one in negatable}
    is_twice = len({one.start for one in negatable}) > 1  # a romcom is of two genres
    return is_twice and len(said) == 1 and negatable[0].kind in _EITHER


def _without_that_one(reading: Reading, stop: int, reached: list[Finding]) -> list[Finding]:
    """ "I can't stand that movie" refuses one, and not all movies."""
    pointing = reading.lexicon.titles.pronouns
    media = [finding for finding in reached if finding.kind == "media_type"]
    pointed = [one for one in media if reading.words.word(one.start - 1) in pointing]
    for finding in pointed:
        reading.findings.remove(finding)
    is_of_media = len(media) == len(reached)
    spared = [one for one in media if is_of_media and not _is_of_all(reading, stop, one)]
    return [one for one in reached if one not in pointed and one not in spared]


def _is_of_all(reading: Reading, start: int, medium: Finding) -> bool:
    """Whether a refusal of the medium is one of all of them, and not of "the movie name", of one
    "from a movie", or of those that more is said of: "no films from before the war"."""
    words, lexicon = reading.words, reading.lexicon
    # The "de" of "pas de série" is the negation's, which ends at `start`.
    before = words.word(medium.start - 1) if medium.start > start else ""
    behind = words.word(medium.stop)
    if before in lexicon.negation.definite or before in lexicon.connectors.prepositions:
        return False
    is_article = before in lexicon.titles.articles
    # The "for" of "no time for a series" is the negation's as well.
    leads_to_it = medium.start - 2 >= start and words.word(medium.start - 2)
    if is_article and leads_to_it in lexicon.connectors.prepositions:
        return False
    if medium.stop == len(words) or is_stop(words.gap(medium.stop)):
        return True
    says_more = behind in lexicon.connectors.prepositions | lexicon.people.signs
    is_next = behind in lexicon.terms.next_request | lexicon.connectors.joints
    return not says_more and (is_next or behind in lexicon.connectors.no_content)


def spare_what_is_asked(reading: Reading, reached: list[Finding]) -> list[Finding]:
    """ "Scary but not too scary" asks for it all the same, without what is worst of it."""
    asked = [one for one in reading.found("genre") if one not in reached and not one.is_negated]
    again = [
        one
        for one in reached
        # Of "horror with fewer jump scares" nothing is asked twice.
        if one.keyword is None and any(one.value == other.value for other in asked)
    ]
    for one in again:
        reading.findings.remove(one)
        if one.kind == "genre" and (worst := _WORST.get(one.value)) is not None:
            reading.findings.append(
                replace(
                    one, kind="exclude_content", value=worst, label=worst.label, is_negated=True
                )
            )
    return [one for one in reached if one not in again]


def _without_the_noun(reached: list[Finding], kinds: Collection[str]) -> list[Finding]:
    """ "Not American comedies" are comedies, and so are those that are "not too sad" or "not in my
    library"; `kinds` are what may describe the noun."""
    if not reached or reached[0].kind not in kinds:
        return reached
    first = reached[0]
    return [f for f in reached if f.start != first.stop or f.kind != "genre"]


def _reached(reading: Reading, start: int, *, lists: bool) -> list[Finding]:
    """The findings in reach of a negation that ends at `start`; of one that `lists`, those behind
    commas too."""
    by_start: dict[int, list[Finding]] = {}
    for finding in reading.findings:
        by_start.setdefault(finding.start, []).append(finding)
    reach = _Reach(reading, by_start, start)
    end = min(start + _REACH, len(reading.words))
    place: int | None = start
    while place is not None and place < end and reach.goes_past_mark(place):
        place = reach.past_findings(place) if place in by_start else reach.past_word(place)
    return reach.reached + reach.held if lists else reach.reached


@dataclass(slots=True)
class _Reach:
    """How far a negation reaches, word for word."""

    reading: Reading
    by_start: Mapping[int, list[Finding]]
    start: int
    reached: list[Finding] = field(default_factory=list)
    held: list[Finding] = field(default_factory=list)  # behind a comma, until a joint follows
    behind_comma: bool = False

    def goes_past_mark(self, place: int) -> bool:
        """Whether no mark before the word ends it; a comma behind a finding does not."""
        gap = self.reading.words.gap(place)
        if place == self.start and leads_to_a_list(self.reading, place):
            return True  # "Avoid: horror"
        if is_stop(gap):
            if "," not in gap or not (self.reached or self.held):
                return False
            self.behind_comma = True
        return True

    def past_findings(self, place: int) -> int | None:
        """Takes what begins at the word; the next word, None for none."""
        found = self.by_start[place]
        # "No horror from the 80s" and "no horror on Netflix" go on to what is wanted.
        # "No films from the 80s" has said nothing before them.
        has_said = not all(map(_is_medium, [*self.reached, *self.held]))
        is_wanted = has_said and found[0].kind in ("year", "service")
        if is_wanted or not found[0].can_be_negated:
            return None
        (self.held if self.behind_comma else self.reached).extend(found)
        stop = max(finding.stop for finding in found)
        if found[0].kind != "maturity":
            return stop
        stop = next((one.stop for one in self.by_start.get(stop, ()) if _is_medium(one)), stop)
        return stop if _goes_on(self.reading, stop) else None

    def past_word(self, place: int) -> int | None:
        """The next word, None where this one ends it."""
        word, connectors = self.reading.words.word(place), self.reading.lexicon.connectors
        if self._is_of_a_medium(place):  # "pas de film d'horreur"
            return place + 1
        signs = phrase_at(self.reading.words, place, self.reading.lexicon.people.signs)
        is_first = not self.reached and not self.held
        if is_first and any(one.kind == "person" for one in self.by_start.get(signs, ())):
            return signs  # "not written by Stephen King"
        if word in connectors.joints:
            if begins_a_wish(self.reading, place, self.start):
                return None
            self._join()
            return place + 1
        # "No horror on Netflix" goes on, "no films with Tom Cruise" has said nothing yet.
        has_said = not all(map(_is_medium, [*self.reached, *self.held]))
        ends = word in connectors.contrasts or (has_said and word in connectors.prepositions)
        titles = self.reading.lexicon.titles
        # "Doesn't feel like horror", "nicht an wie Horror"
        likenings = (titles.before_likening, titles.like, titles.comparing)
        is_likening = any(word in some for some in likenings)
        known = self.reading.lexicon.negation
        if self._describes_content(place):
            return place + 1
        is_small = word in connectors.fillers | known.degrees | known.skipped | known.excess
        is_small = is_small or word in known.companion_owners  # "sick of my period dramas"
        return place + 1 if (is_small or is_likening) and not ends else None

    def _describes_content(self, place: int) -> bool:
        """ "No awkward sex scenes" and "without graphic violence" refuse all of them."""
        behind = self.by_start.get(place + 1, [])
        is_first = place == self.start and not is_stop(self.reading.words.gap(place + 1))
        is_unknown = is_first and not self.reading.taken[place]
        is_unknown = is_unknown and not self.reading.is_a_topic(place, place + 1)
        if is_unknown and any(one.kind == "exclude_content" for one in behind):
            self.reading.taken[place] = True
            return True
        return False

    def _join(self) -> None:
        if self.behind_comma:
            self.reached.extend(self.held)
            self.held, self.behind_comma = [], False

    def _is_of_a_medium(self, place: int) -> bool:
        """Whether a word joins the medium just before it with the genre behind it."""
        before = self.reached[-1] if self.reached else None
        is_behind = before is not None and _is_medium(before) and before.stop == place
        return is_behind and self.reading.words.word(place) in self.reading.lexicon.terms.of_medium


def _is_medium(finding: Finding) -> bool:
    return finding.kind == "media_type"


def _goes_on(reading: Reading, place: int) -> bool:
    """ "No R-rated, horror or war films", but "no R-rated comedies" refuses no comedies."""
    return "," in reading.words.gap(place) or (
        reading.words.word(place) in reading.lexicon.connectors.joints
    )


def _negate_compounds(reading: Reading) -> None:
    """ "Gore-free", "horror free", "zombie-free", "un-scary"."""
    words = reading.words
    for finding in reading.findings:
        if finding.can_be_negated and is_free_of(reading, finding.stop):
            finding.is_negated = True
            reading.taken[finding.stop] = True
    for place in range(1, len(words)):
        if not reading.is_free(place - 1, place):
            continue
        if words.gap(place) == "-" and _is_prefix(reading, place - 1):
            _negate_one(reading, place)
        elif not reading.taken[place] and is_free_of(reading, place):
            _exclude_before(reading, place)


def _exclude_before(reading: Reading, stop: int) -> None:
    """ "Time travel free": the longest topic before the word at `stop`, or else one word."""
    starts = range(max(stop - _LONGEST_TOPIC, 0), stop)
    free = [at for at in starts if reading.is_free(at, stop)]
    first = next((at for at in free if reading.is_a_topic(at, stop)), stop - 1)
    exclude_word(reading, first, stop)
    reading.taken[stop] = True


def _negate_one(reading: Reading, place: int) -> None:
    """What the word at a place says, behind its prefix."""
    joined = [one for one in reading.findings if one.start == place and one.can_be_negated]
    for finding in joined:
        finding.is_negated = True
        reading.taken[place - 1] = True

"""The state of one parse: what was found, which words are taken, which describe a plot."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from api.language.entities import EntityAtTmdb, UnknownName
from api.language.intent import IntentField
from api.language.vocabulary.lexicon import Lexicon, Phrases, Plots
from api.language.vocabulary.names import Names
from api.language.vocabulary.tokens import Words

_STOPS = frozenset(",;.!?:")
_LONGEST_NEGATION = 3  # words before an opener
_LONGEST_LIST = 16  # words of what is refused before an "or"
_SHORT = 2  # letters of a word that its accent tells from others
_LONGEST_LEFT = 4  # words of "clean water left"
_LONGEST_LINK = 8  # words of "or any movie that has"
_LONGEST_WISH = 25  # words
_LONGEST_WARNED = 20  # words of a text that is to be without what it warns of
_LONGEST_TITLE = 14  # words of a name that is looked for
# "Die Hard 4.0", "Fast & Furious", "9½ Weeks": a name is spelled by them, and no word has them.
_SIGN_OF_A_NAME = re.compile(r"\d[.,]\d|[&+¼½¾⅐-⅞]")


@dataclass(slots=True)
class Finding:
    """Something recognised in the words [start, stop)."""

    kind: IntentField
    value: object
    label: str
    start: int
    stop: int
    # Whether a "not" before it negates it; a count or a running time has no opposite.
    can_be_negated: bool = False
    is_negated: bool = False
    is_softer: bool = False  # refused by what marks it for sure alone: "less gore"
    is_vague: bool = False  # whether its value is a guess: "recent" names no year
    is_untold: bool = False  # what another finding tells of as well
    is_implied: bool = False  # a medium that its words have beside another meaning
    is_likened: bool = False  # a person who stands for what they make: "like Tarantino"
    keyword: str | None = None  # what a negation refuses in place of a whole genre
    note: str | None = None
    remark: str | None = None


@dataclass(slots=True)
class Reading:
    """One text being read."""

    words: Words
    names: Names
    today: date
    links: Mapping[UnknownName, EntityAtTmdb]  # TMDB's answers for names that are unknown here
    lexicon: Lexicon = field(init=False)
    taken: list[bool] = field(init=False)
    story: list[bool] = field(init=False)
    has_signs: bool = field(init=False)  # some that names are told apart by
    findings: list[Finding] = field(default_factory=list)
    unknown_names: list[UnknownName] = field(default_factory=list)
    excepted: list[Finding] = field(default_factory=list)  # taken out of what is refused
    tolerated: set[int] = field(default_factory=set)  # words of what need not be that say something
    of_viewing: set[int] = field(default_factory=set)  # words of who watches, and when
    is_narrative: bool = False  # whether its parts are told rather than asked for
    tells_a_liking: bool = False  # "I like comedies", and nothing else
    _named: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lexicon = self.names.lexicon
        self.taken = [False] * len(self.words)
        self.story = story_words(self.words, self.lexicon)
        self.has_signs = _SIGN_OF_A_NAME.search(self.words.text) is not None

    @property
    def is_short(self) -> bool:
        """Whether it may be a wish: longer texts tell of films, and of those who are in them."""
        return len(self.words) <= _LONGEST_WISH

    def is_free(self, start: int, stop: int) -> bool:
        """Whether no word of [start, stop) is taken."""
        return stop <= len(self.words) and not any(self.taken[start:stop])

    def take(self, finding: Finding) -> None:
        """Notes a finding and takes its words."""
        self.findings.append(finding)
        for place in range(finding.start, finding.stop):
            self.taken[place] = True

    def titles_named(self, start: int, stop: int) -> tuple[int, ...]:
        """Rows of the titles that are called as the words [start, stop), signs and all."""
        # Several readers look at the same words, and the one spelling of a name takes its time.
        if (known := self._named.get((start, stop))) is not None:
            return known
        titles = self.names.titles
        rows = titles.named(self.words.phrase(start, stop))
        if not rows and self.has_signs and stop <= len(self.words):
            rows = titles.named(self.words.written(start, stop))
        self._named[start, stop] = rows
        return rows

    def longest_title(self, start: int, stop: int) -> tuple[int, tuple[int, ...]]:
        """(end, rows) of the longest name that begins at `start` and ends by `stop`."""
        for end in range(min(start + _LONGEST_TITLE, stop), start, -1):
            if rows := self.titles_named(start, end):
                return end, rows
        return start, ()

    def is_a_word(self, place: int) -> bool:
        """Whether the word means something else in any text, as "day" and "heat" do."""
        word = self.words.word(place)
        return word in self.lexicon.plain_words or self.names.ordinary_words.has(word)

    def is_a_topic(self, start: int, stop: int) -> bool:
        """Whether the words [start, stop), or what they are in English, are what titles are
        about."""
        phrase = self.words.phrase(start, stop)
        if phrase in self.lexicon.topics.words:
            return True
        says_nothing = self.lexicon.connectors.no_content.issuperset(self.words.words[start:stop])
        return not says_nothing and self.names.topics.named(phrase) is not None

    def leave_out_genres_within(self, start: int, stop: int) -> None:
        """ "Not period drama" asks for no drama: it is a part of what is refused."""
        self.findings = [
            one
            for one in self.findings
            if one.kind != "genre" or one.is_negated or not start <= one.start < one.stop <= stop
        ]

    def found(self, kind: IntentField) -> list[Finding]:
        """The findings of a kind, in the order in which they were found."""
        return [finding for finding in self.findings if finding.kind == kind]


def phrase_at(words: Words, start: int, phrases: Phrases) -> int:
    """The end of the longest of the phrases that begins at `start`; `start` for none."""
    # Asked some thousand times of a long text, nearly always in vain.
    written = words.words
    if not 0 <= start < len(written) or (reach := phrases.reach.get(written[start])) is None:
        return start
    for stop in range(min(start + reach, len(words)), start, -1):
        if words.phrase(start, stop) in phrases:
            return stop
    return start


def is_liked(reading: Reading, place: int) -> bool:
    """Whether a verb of liking stands right before: "likes war", "me gusta la acción"."""
    words, lexicon = reading.words, reading.lexicon
    before = place - (words.word(place - 1) in lexicon.titles.articles)
    return words.word(before - 1) in lexicon.negation.likings


def gap_behind(words: Words, stop: int) -> str:
    """What stands behind the words up to `stop`, at the end of the text too."""
    return words.gap(stop) if stop < len(words) else words.text[words.tokens[-1].end :]


def is_stop(gap: str) -> bool:
    """Whether punctuation between two words ends a clause."""
    return any(mark in _STOPS for mark in gap)


def negation_at(words: Words, lexicon: Lexicon, place: int) -> int:
    """The end of the negation that begins at `place`, with the verb of what titles have in "that
    don't involve war"; `place` for none."""
    known = lexicon.negation
    if words.word(place) not in lexicon.first_words_of_refusals:
        return place
    if (half := half_at(words, lexicon, place)) > place:
        return half
    stop = phrase_at(words, place, known.negations)
    if _is_in_the(words, lexicon, place, stop):
        return place
    if any(is_stop(words.gap(at)) for at in range(place + 1, stop)):  # "no, quiero terror"
        apart = next(at for at in range(place + 1, stop) if is_stop(words.gap(at)))
        stop = apart if words.phrase(place, apart) in known.negations else place
    if stop > place and _ends_a_comparison(words, lexicon, place, stop):
        return place
    stop = max(stop, _opening_at(words, lexicon, place), _but_of_all_at(words, lexicon, place))
    stop += _is_before_a_copula(words, lexicon, place, stop)
    is_said_of_titles = stop > place and words.word(place - 1) in known.relatives
    has_verb = words.word(stop) in known.containing and not is_stop(words.gap(stop))
    is_a_duty = words.word(stop + 1) in lexicon.plots.infinitive  # "it doesn't have to be animated"
    if is_said_of_titles and has_verb and not is_a_duty:
        return stop + 1
    if stop > place and words.word(place) not in lexicon.connectors.or_words:
        return _with_stand_in(words, lexicon, place, stop)
    return max(stop, _refused_as_well(words, lexicon, place))


def _is_before_a_copula(words: Words, lexicon: Lexicon, place: int, stop: int) -> bool:
    """ "No es terror": whether the negation [place, stop) goes on to what a title is not to be."""
    is_one = place < stop and words.word(stop) in lexicon.negation.are
    if not is_one or is_stop(words.gap(stop)) or is_stop(words.gap(stop + 1)):
        return False
    return phrase_at(words, stop + 1, lexicon.term_phrases) > stop + 1


def _is_in_the(words: Words, lexicon: Lexicon, place: int, stop: int) -> bool:
    """Whether the negation [place, stop) is none of the language of the text: "um filme no Japão".
    Behind a mark it is one all the same."""
    known = lexicon.negation
    is_apart = is_stop(words.gap(stop)) or (place > 0 and is_stop(words.gap(place)))
    if words.phrase(place, stop) not in known.in_the or is_apart:
        return False
    others = (at for at in range(len(words)) if at != place)
    return any(phrase_at(words, at, known.beside_in_the) > at for at in others)


def _opening_at(words: Words, lexicon: Lexicon, place: int) -> int:
    """The end of a refusal at `place` that is one where a clause begins alone, as in "too many
    westerns" and "I'm scared of clowns", or with "lately" behind it; `place` for none."""
    known = lexicon.negation
    stop = max(phrase_at(words, place, known.opening), _denied_at(words, lexicon, place))
    if len(words) <= _LONGEST_WARNED:
        stop = max(stop, phrase_at(words, place, known.warnings))
    if stop == place and (much := phrase_at(words, place, known.surfeit)) > place:
        clause = range(much, min(much + _LONGEST_LINK, clause_end(words, much)))
        is_lately = any(phrase_at(words, at, known.lately) > at for at in clause)
        stop = much if is_lately else place
    return stop if stop > place and begins_for_who_asks(words, lexicon, place) else place


def _denied_at(words: Words, lexicon: Lexicon, place: int) -> int:
    """The end of "don't really fancy" and "not up for" at `place`; `place` for none."""
    known = lexicon.negation
    stop = phrase_at(words, place, known.denials)
    if stop == place or is_stop(words.gap(stop)):
        return place
    while (behind := phrase_at(words, stop, known.emphatic)) > stop:
        if phrase_at(words, stop, known.desires) > behind:
            break
        stop = behind
    end = phrase_at(words, stop, known.desires)
    return end if end > stop else place


def clause_end(words: Words, place: int) -> int:
    """Where the clause ends that goes on at `place`."""
    while place < len(words) and not is_stop(words.gap(place)):
        place += 1
    return place


def begins_for_who_asks(words: Words, lexicon: Lexicon, place: int) -> bool:
    """Whether nothing stands in the clause before `place` but small words, of whoever asks."""
    connectors, negation = lexicon.connectors, lexicon.negation
    of_people = (negation.companion_owners, negation.companions, lexicon.maturity.selves)
    small = (connectors.plot_joints, *of_people)
    while place > 0 and not is_stop(words.gap(place)):
        place -= 1
        word = words.word(place)
        if word in connectors.joints or word in connectors.contrasts:
            return True
        if not any(word in some for some in small):
            return False
    return True


def _but_of_all_at(words: Words, lexicon: Lexicon, place: int) -> int:
    """The end of the "but" of "any genre but war" and "every film but a western"; `place` for
    none, as in "any thriller but with jokes"."""
    known = lexicon.negation
    stop = phrase_at(words, place, known.excepting)
    behind = words.word(stop)
    says_how = behind in lexicon.connectors.prepositions or behind in known.negations
    if stop in (place, len(words)) or says_how or is_stop(words.gap(stop)):
        return place
    terms = lexicon.terms
    # "Any language but English"
    small = (terms.media, terms.language_suffixes, known.stand_ins, lexicon.connectors.fillers)
    at = place
    while at > 0 and not is_stop(words.gap(at).replace(",", "") if at == place else words.gap(at)):
        at -= 1
        if words.word(at) in known.universals:
            return stop
        if not any(words.word(at) in some for some in small):
            return place
    return place


def half_at(words: Words, lexicon: Lexicon, place: int) -> int:
    """The end of "weder" with a "noch" behind it at `place`, or of that "noch"; `place` for none.

    No other negation stands between the halves, and "né" has its accent: "ne" is French.
    """
    known = lexicon.negation
    word = words.word(place)
    is_first, is_second = word in known.neither, word in known.nor
    if not (is_first or is_second):
        return place
    if len(word) <= _SHORT and words.written(place, place + 1).isascii():
        return place
    behind = range(place + 1, min(place + _LONGEST_LIST, len(words))) if is_first else ()
    before = range(place - 1, max(place - _LONGEST_LIST, -1), -1) if is_second else ()
    for places, halves in ((behind, known.nor), (before, known.neither)):
        for at in places:
            mark = words.gap(at if at > place else at + 1)
            if is_stop(mark) and mark.strip() != ",":
                break
            if words.word(at) in halves:
                return place + 1
            if phrase_at(words, at, known.negations) > at:
                break
    return place


def _with_stand_in(words: Words, lexicon: Lexicon, start: int, stop: int) -> int:
    """The end of "no movies about" and "nothing that has", of which [start, stop) is a negation."""
    end, is_bare = said_of_others(words, lexicon, stop)
    is_of_all = words.phrase(start, stop) in lexicon.negation.of_qualities
    return stop if is_bare and not is_of_all else end


def _refused_as_well(words: Words, lexicon: Lexicon, place: int) -> int:
    """The end of "or anything with" at `place`, where something stands before it that is refused:
    "no horror or anything with clowns", "nothing with ghosts or that has jump scares"."""
    if words.word(place) not in lexicon.connectors.or_words or not _is_refused_before(
        words, lexicon, place
    ):
        return place
    stop, _ = said_of_others(words, lexicon, place + 1)
    return stop if stop > place + 1 else place


def said_of_others(words: Words, lexicon: Lexicon, place: int) -> tuple[int, bool]:
    """(end, whether nothing stands for titles) of "anything with", "movies about" or "that has" at
    `place`; `place` for none."""
    known, start = lexicon.negation, place
    while words.word(place) in known.skipped | lexicon.titles.articles:
        place += 1
    stand_in = place
    while phrase_at(words, stand_in, known.linking) == stand_in < len(words):
        behind = phrase_at(words, stand_in, known.stand_ins)
        behind += behind == stand_in and words.word(stand_in) in lexicon.terms.media
        if behind == stand_in or is_stop(words.gap(stand_in)):
            return start, True
        stand_in = behind
    stop = phrase_at(words, stand_in, known.linking)
    is_whole = stand_in < stop < len(words) and not is_stop(words.gap(stop))
    if not is_whole or is_stop(words.gap(stand_in)):
        return start, True
    is_bare = stand_in == place and words.word(place) not in known.stand_ins
    return stop, is_bare


def is_linked(words: Words, lexicon: Lexicon, start: int, stop: int) -> bool:
    """Whether the negation [start, stop) ends with what leads to something that titles have: "no
    movies with", "nothing about"."""
    linking = lexicon.negation.linking
    return any(words.phrase(at, stop) in linking for at in range(start + 1, stop))


def _is_refused_before(words: Words, lexicon: Lexicon, place: int) -> bool:
    """Whether the clause before `place` refuses something up to there."""
    known, begun = lexicon.negation, place
    while begun > max(place - _LONGEST_LIST, 0) and not _ends_list(words, begun, place):
        begun -= 1
        if words.word(begun) in lexicon.connectors.contrasts:
            return False
        if harmless_at(words, lexicon, begun) > begun:
            return False
        stop = phrase_at(words, begun, known.negations)
        commas = any("," in words.gap(inside) for inside in range(begun + 1, place))
        if begun < stop < place and (not commas or words.phrase(begun, stop) in known.without):
            return True
    return False


def _ends_list(words: Words, place: int, end: int) -> bool:
    gap = words.gap(place)
    return place < end and is_stop(gap) and gap.strip() != ","


def harmless_at(words: Words, lexicon: Lexicon, place: int) -> int:
    """The end of what begins at `place` with a negation and refuses nothing: "not only", "no
    doubt", "nothing except"; `place` for none, and where a longer negation begins: "don't care
    for"."""
    if words.word(place) not in lexicon.first_words_of_refusals:
        return place
    stop = phrase_at(words, place, lexicon.refuse_nothing)
    stop = stop if stop >= phrase_at(words, place, lexicon.negation.negations) else place
    return max(stop, only_at(words, lexicon, place), taken_back_at(words, lexicon, place))


def taken_back_at(words: Words, lexicon: Lexicon, place: int) -> int:
    """The end of a negation at `place` that is taken back behind it: "without westerns I can't
    live", "everyone hates westerns, but I love them"; `place` for others.

    What somebody who watches too does not want stays refused.
    """
    known = lexicon.negation
    is_at_large = words.word(place - 1) in known.at_large
    stop = max(phrase_at(words, place, some) for some in (known.negations, known.opening))
    stop = max(stop, aversion_at(words, lexicon, place))
    if stop == place or (aversion_at(words, lexicon, place) > place and not is_at_large):
        return place
    is_bare = words.phrase(place, stop) in known.bare
    reach = range(stop + 1, min(stop + _LONGEST_LEFT, clause_end(words, stop)))
    if any(phrase_at(words, at, known.left) > at for at in reach):
        return stop  # "no oxygen left"
    for at in range(stop + 1, min(stop + _LONGEST_LINK, len(words))):
        mark = words.gap(at)
        if is_bare and phrase_at(words, at, known.indispensable) > at:
            return stop
        is_turn = is_stop(mark) or words.word(at - 1) in lexicon.connectors.contrasts
        end = phrase_at(words, at, known.reclaiming) if is_turn else at
        if end > at and (end == len(words) or is_stop(words.gap(end))):
            return stop
        if is_stop(mark) and "," not in mark:
            return place
    return place


def only_at(words: Words, lexicon: Lexicon, place: int) -> int:
    """The end of "nothing except" or "no movies other than" at `place`, which wants what follows
    and nothing else; `place` for none, as in "no horror except"."""
    known, stop = lexicon.negation, phrase_at(words, place, lexicon.negation.negations)
    if stop == place or phrase_at(words, place, known.exceptions) > place:
        return place
    small = (lexicon.terms.media, known.stand_ins, known.skipped, known.others)
    while stop < len(words) and phrase_at(words, stop, known.exceptions) == stop:
        if is_stop(words.gap(stop)) or not any(words.word(stop) in some for some in small):
            return place
        stop += 1
    end = phrase_at(words, stop, known.exceptions)
    is_apart = end == len(words) or is_stop(words.gap(stop).replace(",", ""))
    return place if end == stop or is_apart else end


def is_harmless(words: Words, lexicon: Lexicon, start: int, stop: int) -> bool:
    """Whether the negation [start, stop) is a part of what refuses nothing."""
    starts = range(max(start - _LONGEST_NEGATION, 0), start + 1)
    return any(harmless_at(words, lexicon, at) >= stop for at in starts)


def _ends_a_comparison(words: Words, lexicon: Lexicon, place: int, stop: int) -> bool:
    """ "Al menos 7" and "pelo menos 7" refuse no Se7en."""
    starts = range(max(place - _LONGEST_NEGATION, 0), place)
    return any(words.phrase(start, stop) in lexicon.comparisons.before for start in starts)


def aversion_at(words: Words, lexicon: Lexicon, place: int) -> int:
    """The end of "hates" and "is scared of", said at `place` of whoever watches too; `place` for
    none."""
    known = lexicon.negation
    # Asked of every word, of which hardly any begins with one.
    if (stop := phrase_at(words, place, known.aversions)) == place:
        return place
    before = place - 2 if words.word(place - 1) in known.companion_links else place - 1
    if _is_somebody_in_a_plot(words, lexicon, before):
        return place
    is_said_of = (
        words.word(before) in known.companions
        or words.word(before) in lexicon.maturity.children
        or _is_a_child_of_theirs(words, lexicon, before)
        or _is_of_nobody(words, lexicon, place)
        or _is_of_one_of_them(words, lexicon, place)
    )
    return _with_stand_in(words, lexicon, place, stop) if is_said_of else place


def _is_somebody_in_a_plot(words: Words, lexicon: Lexicon, place: int) -> bool:
    """ "A family that hates christmas", but "with a friend who hates horror"."""
    if words.word(place - 1) not in lexicon.titles.indefinite_articles:
        return False
    is_beside = words.word(place - 2) in lexicon.connectors.prepositions
    return words.word(place) in lexicon.plots.characters and not is_beside


def _is_of_nobody(words: Words, lexicon: Lexicon, place: int) -> bool:
    """Whether a clause begins at a place that may be said of who is no longer named: "hates gore",
    "my wife loves comedies, hates horror"; behind a comma in a plot it is of somebody in it."""
    gap = words.gap(place) if 0 < place < len(words) else ""
    if place == 0 or (is_stop(gap) and "," not in gap):
        return True
    known = lexicon.negation
    is_begun = words.word(0) in known.companion_owners | known.likings | known.companions
    return "," in gap and is_begun


def _is_of_one_of_them(words: Words, lexicon: Lexicon, place: int) -> bool:
    """Whether "one of us" or "the other" ends at a place, where a clause begins or behind another
    such clause; "a film where one hates the other" is of a plot."""
    known = lexicon.negation
    for start in range(max(place - _LONGEST_LINK, 0), place):
        if words.phrase(start, place) not in known.one_of_them:
            continue
        before = words.word(start - 1)
        joints = lexicon.connectors.joints | lexicon.connectors.contrasts
        if start == 0 or is_stop(words.gap(start)) or before in joints:
            return True
        earlier = range(max(start - _LONGEST_LIST, 0), start)
        return any(phrase_at(words, at, known.aversions) > at for at in earlier)
    return False


def _is_a_child_of_theirs(words: Words, lexicon: Lexicon, place: int) -> bool:
    """ "My niece", "my 6 year old", "little one"; "a girl who hates war" is of a plot."""
    known, owners = lexicon.maturity, lexicon.negation.companion_owners
    if words.word(place) in known.relatives and words.word(place - 1) in owners:
        return True
    if words.phrase(max(place - 1, 0), place + 1) in known.children:
        return True
    starts = range(max(place - 2, 0), place + 1)
    years = next((at for at in starts if words.phrase(at, place + 1) in known.years_old), None)
    return years is not None and words.word(years - 2) in owners


def story_words(words: Words, lexicon: Lexicon) -> list[bool]:
    """Which words describe a plot: from "about" or "where" to the end of the clause."""
    plots = lexicon.plots
    story = [False] * len(words)
    inside = False
    place = 0
    while place < len(words):
        if inside and (is_stop(words.gap(place)) or phrase_at(words, place, plots.ends) > place):
            inside = False
        stop = phrase_at(words, place, plots.openers)
        is_opener = stop > place and aversion_at(words, lexicon, stop) == stop
        is_opener = is_opener and not _is_negated(words, lexicon, place, stop)
        # "Who doesn't love a western" tells of nobody.
        is_opener = is_opener and phrase_at(words, place, lexicon.negation.fondness) == place
        # "About to be 5" is no plot.
        is_opener = is_opener and phrase_at(words, place, lexicon.maturity.just) <= stop
        if is_opener and not _is_comparison(words, plots, place, stop):
            inside = True
            place = stop
            continue
        story[place] = inside
        place += 1
    return story


def _is_negated(words: Words, lexicon: Lexicon, start: int, stop: int) -> bool:
    """ "Not about" says what no plot is about."""
    starts = range(max(start - _LONGEST_NEGATION, 0), start)
    if any(phrase_at(words, at, lexicon.negation.negations) == stop for at in starts):
        return True
    longer = range(max(start - _LONGEST_LINK, 0), start)
    return any(negation_at(words, lexicon, at) == stop for at in longer)


def _is_comparison(words: Words, plots: Plots, start: int, stop: int) -> bool:
    """ "about 90 minutes" and "über 2 Stunden" bound a number, "how about" opens no plot."""
    if words.word(start - 1) in plots.no_opener_behind:
        return True
    following = words.word(stop)
    return stop - start == 1 and (following[:1].isdigit() or following in plots.numbers)

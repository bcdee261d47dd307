"""What a request wants titles to be about: "zombies", "time travel", "filme über haie"."""

from dataclasses import replace

from api.catalogue.names.topics import Topic, topic_spelling
from api.language.intent import IntentField
from api.language.parts.free_in_idioms import is_free_in_an_idiom
from api.language.reading.plot_text import is_content
from api.language.reading.reading import Finding, Reading, is_harmless, is_stop, phrase_at
from api.language.vocabulary.meanings import Content

_LONGEST = 4  # words
# Titles that make a topic of words which are also the name of a title that not everybody knows.
_MANY_TITLES = 10
# Words of a clause that say something beside its topics; more make a plot of it.
_MOST_BESIDE = 1
# What is never told of a plot, but of who watches, where and for how long.
_OF_VIEWING: frozenset[IntentField] = frozenset(
    {"maturity", "service", "offer_type", "runtime", "watchlist", "library"}
)
# What the words of a topic may ask for beside it.
_BESIDE = frozenset({"genre", "media_type", "language", "country", "exclude_content"})
GOES_BY = "Goes by TMDB's keywords and by the words of the story."


def find_topics(reading: Reading) -> None:
    """Notes the topics of a request that asks, the longest first; one that tells has a plot."""
    if reading.is_narrative:
        return
    found = _content_asked_for(reading)
    place = 0
    while place < len(reading.words):
        begun = next((one for one in found if one.start <= place < one.stop), None)
        if begun is not None:
            place = begun.stop
            continue
        topic = _topic_at(reading, place)
        found += [topic] if topic is not None else []
        place = topic.stop if topic is not None else place + 1
    is_plot = _tells_a_plot(reading, found)
    known = {place for topic in found for place in range(topic.start, topic.stop)}
    of_any_title = reading.lexicon.negation.of_any_title
    for topic in found:
        is_told = is_plot and reading.story[topic.start]
        if is_told or _others_beside(reading, topic, known) > _MOST_BESIDE:
            continue
        if (start := _negation_before(reading, topic.start)) < topic.start:
            if reading.words.phrase(topic.start, topic.stop) in of_any_title:
                continue
            reading.taken[start : topic.start] = [True] * (topic.start - start)
            phrase = reading.words.phrase(topic.start, topic.stop)
            topic = replace(topic, kind="exclude_content", value=phrase, is_negated=True)
            reading.leave_out_genres_within(topic.start, topic.stop)
        reading.take(topic)


def _content_asked_for(reading: Reading) -> list[Finding]:
    """ "Shows with gore": content that nobody refuses is what titles are about; its words are free
    again."""
    asked = []
    for finding in [one for one in reading.found("exclude_content") if not one.is_negated]:
        if not isinstance(finding.value, Content):
            continue
        reading.findings.remove(finding)
        reading.taken[finding.start : finding.stop] = [False] * (finding.stop - finding.start)
        topic = Topic(finding.label, finding.value.keywords, _MANY_TITLES)
        asked.append(replace(finding, kind="topic", value=topic, remark=GOES_BY))
    return asked


def _negation_before(reading: Reading, place: int) -> int:
    """Where the negation begins that stands right before: "not a remake"; `place` for none."""
    words, known = reading.words, reading.lexicon.negation
    # "Nothing about the sharks", "not in black and white".
    between = (
        known.skipped | reading.lexicon.plots.openers | reading.lexicon.connectors.prepositions
    )
    stop = place
    while stop > 0 and words.word(stop - 1) in between:
        if is_stop(words.gap(stop)):
            return place  # "No, any time is fine"
        stop -= 1
    if is_stop(words.gap(stop)):
        return place
    starts = range(max(stop - _LONGEST, 0), stop)
    # The "a" of "not a remake" may be the negation's own.
    ends = ((at, phrase_at(words, at, known.negations)) for at in starts)
    found = next(((at, end) for at, end in ends if stop <= end <= place), None)
    if found is None or is_harmless(words, reading.lexicon, *found):
        return place  # "nothing except zombies" is all about them
    return found[0]


def _others_beside(reading: Reading, topic: Finding, known: set[int]) -> int:
    """How many words of its clause say something, and are of no topic and no part: "thieves betray
    their boss after a heist" is a plot."""
    words = reading.words
    start, stop = topic.start, topic.stop
    while start > 0 and not is_stop(words.gap(start)):
        start -= 1
    while stop < len(words) and not is_stop(words.gap(stop)):
        stop += 1
    return sum(place not in known and is_content(reading, place) for place in range(start, stop))


def _tells_a_plot(reading: Reading, topics: list[Finding]) -> bool:
    """Whether more than topics stands behind "about" or "where": "the narrator is dead", but not
    "dinosaurs for kids"."""
    words, lexicon = reading.words, reading.lexicon
    of_viewing = [one for one in reading.findings if one.kind in _OF_VIEWING]
    told = (*topics, *of_viewing)
    known = {place for one in told for place in range(one.start, one.stop)}
    known |= reading.of_viewing
    small = (lexicon.connectors.joints, lexicon.connectors.prepositions, lexicon.titles.articles)
    return any(
        is_story and place not in known and not any(words.word(place) in some for some in small)
        for place, is_story in enumerate(reading.story)
    )


def is_topic_first(reading: Reading, start: int, stop: int) -> bool:
    """Whether the words [start, stop) are a topic of many titles, which comes before the name of
    one that is not famous: "pirates", whatever film is called so, but not "the pirates"."""
    if reading.words.word(start) in reading.lexicon.titles.articles:
        return False
    topic = _topic_of(reading, start, stop)
    return topic is not None and topic.titles >= _MANY_TITLES


def _topic_at(reading: Reading, start: int) -> Finding | None:
    """The longest topic that begins at `start`."""
    for stop in range(min(start + _LONGEST, len(reading.words)), start, -1):
        topic = _topic_of(reading, start, stop) if _is_a_phrase(reading, start, stop) else None
        if topic is not None:
            label = reading.words.written(start, stop)
            return Finding("topic", topic, label, start, stop, remark=GOES_BY)
    return None


def _is_a_phrase(reading: Reading, start: int, stop: int) -> bool:
    words = reading.words
    if any(is_stop(words.gap(place)) for place in range(start + 1, stop)):
        return False
    if is_free_in_an_idiom(reading, stop) or not reading.tolerated.isdisjoint(range(start, stop)):
        return False  # "guilt-free" is about no guilt
    phrase = words.phrase(start, stop)
    is_vocabulary = phrase in reading.lexicon.topics.words
    if reading.is_free(start, stop) and not is_vocabulary:
        return is_content(reading, start) and is_content(reading, stop - 1)
    if not is_vocabulary and not (stop - start > 1 and is_content(reading, start)):
        return False
    # "Silent films" and "spaghetti westerns" are of a medium or a genre as well. A word within a
    # longer phrase is that of its language: no "rom com" is about Rome, German "Rom".
    covered = {place for place in range(start, stop) if not reading.taken[place]}
    is_translated = reading.lexicon.topics.words.get(phrase, phrase) != phrase
    for finding in reading.findings:
        is_wider = finding.start < start or finding.stop > stop
        if finding.kind in _BESIDE and not finding.is_negated and not (is_translated and is_wider):
            covered.update(range(finding.start, finding.stop))
    is_covered = covered.issuperset(range(start, stop))
    return is_covered and (is_vocabulary or _is_a_kind(reading, start, stop))


def _is_a_kind(reading: Reading, start: int, stop: int) -> bool:
    """ "Body horror" and "period drama": a whole keyword that ends with a genre."""
    topic = reading.names.topics.named(reading.words.phrase(start, stop))
    return topic is not None and topic.name in map(topic_spelling, topic.keywords)


def _topic_of(reading: Reading, start: int, stop: int) -> Topic | None:
    words, lexicon = reading.words, reading.lexicon
    phrase = words.phrase(start, stop)
    own = lexicon.topics.words.get(phrase)
    says_nothing = lexicon.connectors.no_content.issuperset(words.words[start:stop])
    if own is None and (says_nothing or phrase in lexicon.term_phrases):
        return None
    return reading.names.topics.named(phrase if own is None else own)

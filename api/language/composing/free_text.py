"""What is left of a text to search with, when filters and names are taken out of it."""

from collections.abc import Mapping

from api.domain.folding import fold
from api.language.reading.plot_text import words_left
from api.language.reading.reading import Finding, Reading

_TOO_FEW = 1  # words, to search with beside a refusal
# They describe the story as well, so they stay beside other words: "submarine thriller".
_KEPT = frozenset({"genre", "media_type", "topic", "keyword"})


def free_text(reading: Reading) -> str:
    """The rest as it was written; "" when it says nothing."""
    words, joints = reading.words, reading.lexicon.connectors.plot_joints
    is_title = any(finding.kind == "title" for finding in reading.findings)
    if is_title:
        return words.text.strip()
    says_something = any(
        not (taken or _is_a_letter(word)) and (reading.story[place] or word not in joints)
        for place, (word, taken) in enumerate(zip(words.words, reading.taken, strict=True))
    )
    if _is_left_of_a_refusal(reading):
        return ""
    if not (says_something or reading.found("topic") or _names_a_kind(reading)):
        return ""
    out = list(reading.taken)
    for finding in reading.findings:
        if finding.kind in _KEPT and not finding.is_negated:
            for place in range(finding.start, finding.stop):
                out[place] = False
    topics = {
        place: finding
        for finding in reading.found("topic")
        for place in range(finding.start, finding.stop)
    }
    parts: list[str] = []
    for place, token in enumerate(words.tokens):
        if out[place]:
            continue
        # The gap keeps hyphens and apostrophes between words that both stay; the halves of
        # "Haifilme", which has none, are the words of a "shark film".
        if place > 0 and not out[place - 1]:
            parts.append(token.gap or " ")
        elif parts:
            parts.append(" ")
        parts.append(_written(reading, topics, place))
    return " ".join("".join(parts).split())


def _is_left_of_a_refusal(reading: Reading) -> bool:
    """ "No superheroes please, something clever": a word that is unknown here finds what has it by
    chance, where nothing but what is left out was understood."""
    findings = reading.findings
    if not findings or not all(one.is_negated for one in findings) or reading.unknown_names:
        return False
    return not any(reading.story) and words_left(reading) <= _TOO_FEW


def _is_a_letter(word: str) -> bool:
    """ "Silent Hill f": what is left of a name that nobody here knows."""
    return len(word) == 1 and word.isascii() and word.isalpha()


def _written(reading: Reading, topics: Mapping[int, Finding], place: int) -> str:
    """The word as it is written; a topic that other words stand for by its own, once.

    Stories and their vectors are English: "Haie" are looked for as "shark".
    """
    words, token = reading.words, reading.words.tokens[place]
    topic = topics.get(place)
    own = reading.lexicon.topics.words
    if topic is None or words.phrase(topic.start, topic.stop) not in own:
        written = words.text[token.start : token.end]
        is_a_slip = fold(written).replace(" ", "") != token.word
        return token.word if is_a_slip else written
    return own[words.phrase(topic.start, topic.stop)] if place == topic.start else ""


def _names_a_kind(reading: Reading) -> bool:
    """ "Space opera", "whodunits": more than the genre that it is of, and stories have the word, as
    they have "miniseries", which few catalogues mark."""
    if any(not one.is_negated for one in reading.found("keyword")):
        return True
    languages = {(one.start, one.stop) for one in reading.found("language")}
    return any(
        one.keyword is not None and not one.is_negated and (one.start, one.stop) not in languages
        for one in reading.found("genre")
    )

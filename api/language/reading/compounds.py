"""German compounds: "Krimiserien" are crime and shows, "Liebesdrama" is romance and drama.

What such a word ends with is written as a word of its own, where the languages know both halves or
it ends with a medium, so that each is read as what it is and nothing of it is lost. A compound that
a language lists as a whole stays one ("Kinderfilme" says who watches), and says its medium beside:
see find_media_within.
"""

from collections.abc import Iterator
from dataclasses import replace

from api.language.intent import IntentField
from api.language.reading.reading import Finding, Reading
from api.language.reading.slips import is_a_word
from api.language.vocabulary.names import Names
from api.language.vocabulary.tokens import Token, Words

_SHORTEST = 3  # letters of the first half
_SHORTEST_UNKNOWN = 4  # of one that nothing knows: "verfilmen" is a verb
# What joins the halves, or is lost between them: "Kriegsfilm", "Boxfilm" of "Boxen".
_JOINTS = ("", "s", "es", "n", "en", "er")
_LOST = ("", "e", "en", "n")
_SAY_NO_MEDIUM: frozenset[IntentField] = frozenset({"genre", "maturity", "topic"})


def with_halves_apart(words: Words, names: Names) -> Words:
    """The words with such compounds as two; how they are written stays."""
    tokens = tuple(
        one for token in words.tokens for one in (_without(token, names) or _halves(token, names))
    )
    if len(tokens) == len(words.tokens):
        return words
    return Words(words.text, tokens, tuple(token.word for token in tokens))


def _without(token: Token, names: Names) -> tuple[Token, ...]:
    """ "Gewaltfreie": what it is free of and "freie"; nothing for other words."""
    lexicon, word = names.lexicon, token.word
    if word in lexicon.all_words or names.titles.has_word(word):
        return ()
    for end in sorted(lexicon.negation.behind, key=len, reverse=True):
        first = word.removesuffix(end)
        if first == word or len(first) < _SHORTEST or first in lexicon.negation.behind_idioms:
            continue
        known = next(_known(first, names), None)
        if known is not None:
            middle = token.end - len(end)
            second = Token(end, middle, token.end, gap="-", is_capital=False)
            return replace(token, word=known, end=middle), second
    return ()


def _halves(token: Token, names: Names) -> tuple[Token, ...]:
    lexicon, word = names.lexicon, token.word
    if not word.endswith(lexicon.terms.compound_heads):
        return (token,)
    if word in lexicon.topics.words and (parts := _topic_and_medium(token, names)):
        return parts
    if word in lexicon.all_words:
        return (token,)
    for head in sorted(lexicon.terms.compound_heads, key=len, reverse=True):
        first = word.removesuffix(head)
        if first == word or len(first) < _SHORTEST:
            continue
        known = next(_known(first, names), None)
        if known is None and _is_of_a_medium(word, first, head, names):
            known = first
        if known is not None:
            middle = token.end - len(head)
            second = Token(head, middle, token.end, gap="", is_capital=False)
            return replace(token, word=known, end=middle), second
    return (token,)


def _topic_and_medium(token: Token, names: Names) -> tuple[Token, ...]:
    """ "Schwarzweißfilme" are films, and old ones or those from France as others are; nothing for
    what is no topic without its end."""
    lexicon, word = names.lexicon, token.word
    heads = [one for one in lexicon.terms.compound_heads if one in lexicon.terms.media]
    for head in sorted(heads, key=len, reverse=True):
        first = word.removesuffix(head)
        if first != word and first in lexicon.topics.words:
            middle = token.end - len(head)
            second = Token(head, middle, token.end, gap="", is_capital=False)
            return replace(token, word=first, end=middle), second
    return ()


def _is_of_a_medium(word: str, first: str, head: str, names: Names) -> bool:
    """ "Arztserien" are shows, whatever the first half is; a word of a name is left alone."""
    is_medium = head in names.lexicon.terms.media
    return is_medium and len(first) >= _SHORTEST_UNKNOWN and not is_a_word(word, names)


def _known(first: str, names: Names) -> Iterator[str]:
    """The forms of a first half that ask for a genre, a mood or a topic."""
    lexicon = names.lexicon
    stems = [first.removesuffix(joint) for joint in _JOINTS if first.endswith(joint)]
    for form in (stem + end for end in _LOST for stem in stems):
        meaning = lexicon.terms.meanings.get(form)
        is_kind = (meaning is not None and bool(meaning.genres)) or form in lexicon.terms.moods
        is_kind = is_kind or form in lexicon.content.words
        if is_kind or form in lexicon.topics.words or names.topics.has(form):
            yield form


def find_media_within(reading: Reading) -> None:
    """Notes the medium that compounds end with of which a part was read as a whole."""
    terms = reading.lexicon.terms
    with_media = {one.start for one in reading.found("media_type")}
    for finding in list(reading.findings):
        word = reading.words.word(finding.start)
        is_one_word = finding.stop == finding.start + 1 and finding.start not in with_media
        if finding.is_negated or finding.kind not in _SAY_NO_MEDIUM or not is_one_word:
            continue
        head = max((one for one in terms.compound_heads if word.endswith(one)), key=len, default="")
        meaning = terms.media.get(head)
        if meaning is not None and meaning.media is not None and head != word:
            label = "Films" if meaning.media == "movie" else "Shows"
            span = (finding.start, finding.stop)
            reading.findings.append(Finding("media_type", meaning.media, label, *span))
            with_media.add(finding.start)

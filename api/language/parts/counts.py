"""How many titles are asked for: "5 films", "top ten thrillers", "three good comedies"."""

from api.language.reading.numbers import number_at
from api.language.reading.reading import Finding, Reading
from api.platform.counted import counted

_MOST = 100
_LONGEST_NAME = 4  # words before the number within one


def find_count(reading: Reading) -> None:
    """Notes the first count; a number counts when titles follow within three words."""
    words, known = reading.words, reading.lexicon.counts
    for place in range(len(words)):
        end, number = number_at(reading, place)
        if number is None or not 0 < number <= _MOST or not reading.is_free(place, end):
            continue
        if reading.story[place] or words.word(place - 1) in known.not_counted:
            continue
        if words.word(end) in known.parts:
            continue  # "a show with 10 episodes"
        if _is_within_a_name(reading, place, end):
            continue  # "world war 2 movies", "apollo 13 movies", "12 monkeys movies"
        is_an_article = number == 1 and not words.word(place).isdigit()
        if is_an_article and words.word(end) in reading.lexicon.terms.of_medium:
            continue  # "una de vaqueros"
        is_top = words.word(place - 1) in known.top
        if _titles_follow(reading, end) or is_top:
            start = place - 1 if is_top and not reading.taken[place - 1] else place
            reading.take(Finding("count", number, counted(number, "title"), start, end))
            return


def _is_within_a_name(reading: Reading, place: int, end: int) -> bool:
    """Whether words beside the number are, together with it, a topic or a known title."""
    titles = reading.names.titles
    before = range(max(place - _LONGEST_NAME, 0), place)
    if any(reading.is_a_topic(start, end) for start in before):
        return True
    longest, begun = reading.longest_title(place, len(reading.words))
    named = [reading.titles_named(start, end) for start in before]
    named.append(begun if longest > end else ())
    return any(rows and titles.is_known(titles.best(rows)) for rows in named)


def _titles_follow(reading: Reading, place: int) -> bool:
    words, known = reading.words, reading.lexicon.counts
    for ahead in range(place, min(place + 4, len(words))):
        word = words.word(ahead)
        if "-" in words.gap(ahead):
            return False
        if word in known.nouns:
            return True
        if word in reading.lexicon.known_words:
            # The noun itself: "comedies", "films"; "three french ..." goes on.
            if word.endswith(known.plural_endings) or word in known.plurals:
                return True
        elif (
            word not in known.adjectives
            and not reading.taken[ahead]
            and not reading.is_a_topic(ahead, ahead + 1)  # "5 zombie movies"
        ):
            return False
    return False

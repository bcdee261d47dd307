"""Streaming services and kinds of offers."""

from api.catalogue.names.service_spellings import ServiceName
from api.language.parts.free_in_idioms import is_free_in_an_idiom
from api.language.parts.free_of import is_free_of
from api.language.reading.reading import Finding, Reading, gap_behind, is_stop

# Services whose names are no words of any other meaning; Disney and Paramount make films, too.
_PLAIN = frozenset(
    {
        *("netflix", "hulu", "mubi", "shudder", "crunchyroll", "tubi", "plex", "kanopy", "hoopla"),
        *("britbox", "iplayer", "peacock", "hbo", "youtube", "itunes", "vudu"),
    }
)
_FAMOUS = frozenset(
    {
        *("netflix", "hulu", "mubi", "shudder", "crunchyroll", "tubi", "plex", "kanopy", "hoopla"),
        *("britbox", "bbc iplayer", "iplayer", "peacock", "disney", "disney plus", "hbo", "max"),
        *("hbo max", "amazon", "amazon prime", "prime", "prime video", "apple tv", "apple tv plus"),
        *("paramount", "paramount plus", "youtube", "criterion", "criterion channel", "stan"),
        *("now tv", "sky", "starz", "showtime", "pluto tv", "discovery plus", "canal plus"),
        "hotstar",
    }
)
_LONGEST_GONE = 3  # words of "got rid of"
_FIRST_WORDS = frozenset(name.split()[0] for name in _FAMOUS)


def find_services(reading: Reading) -> None:
    """Notes services by name, after "on" or alone where the name is unmistakable, and offers."""
    for place in range(len(reading.words)):
        if not reading.taken[place]:
            _service_at(reading, place)
    for place in range(len(reading.words)):
        if not reading.taken[place]:
            _offer_at(reading, place)


def _service_at(reading: Reading, place: int) -> None:
    words, known = reading.words, reading.lexicon.services
    is_on = words.word(place) in known.on and not _is_refused(reading, place)
    start = place + 1 if is_on else place
    if words.word(start) in known.own:
        start += 1
    if start >= len(words) or not reading.is_free(place, start + 1):
        return
    end, service = _named_at(reading, start)
    is_said = is_on and not _is_a_topic(reading, start, end)
    mark = gap_behind(words, end)
    is_said |= mark.startswith("+") and mark[1:2] in ("", " ", ",", ".", ")")  # "disney+"
    if service is not None and (is_said or is_unmistakable(words.phrase(start, end))):
        if not reading.is_free(start, end):
            return
        reading.take(Finding("service", service.short_name, service.name, start, end, True))
        reading.taken[place] = True
        _refuse_what_is_gone(reading, start)
        _listed_behind(reading, end)
        return
    is_first = words.word(start) in _FIRST_WORDS
    for stop in range(min(start + 3, len(words)), start, -1) if is_first else ():
        name = words.phrase(start, stop)
        if name in _FAMOUS and (is_on or name in _PLAIN) and reading.is_free(start, stop):
            written = words.written(start, stop)
            note = f"No service called {written} is known here."
            reading.take(Finding("service", None, written, start, stop, True, note=note))
            return


def _refuse_what_is_gone(reading: Reading, start: int) -> None:
    """ "Cancelled Netflix": the service noted last, beginning at `start`, is none to watch on."""
    words = reading.words
    first = start - (words.word(start - 1) in reading.lexicon.services.own)
    for place in range(max(first - _LONGEST_GONE, 0), first):
        is_gone = words.phrase(place, first) in reading.lexicon.services.gone
        if is_gone and reading.is_free(place, first):
            reading.findings[-1].is_negated = True
            reading.taken[place:start] = [True] * (start - place)
            return


def _named_at(reading: Reading, start: int) -> tuple[int, ServiceName | None]:
    """(end, service) of the longest name there; a "+" behind it is said "plus": "AMC+" is not
    AMC, and "netflix+hulu" are two."""
    words, services = reading.words, reading.names.services
    end, service = services.longest(words.words, start, len(words))
    for stop in range(min(start + 3, len(words)), max(start, end - 1), -1):
        if gap_behind(words, stop).startswith("+"):
            with_plus = services.of_words(f"{words.phrase(start, stop)} plus")
            if with_plus is not None:
                return stop, with_plus
    return end, service


def _is_refused(reading: Reading, place: int) -> bool:
    """ "No Netflix" begins a clause, the Portuguese "filme no Netflix" goes on."""
    words = reading.words
    begins = place == 0 or is_stop(words.gap(place))
    return begins and words.word(place) in reading.lexicon.negation.negations


def _is_a_topic(reading: Reading, start: int, stop: int) -> bool:
    """ "Films based on history" and "on discovery" ask for no service that is called so: a word
    that is a topic or a genre, written small, and no famous service."""
    words, lexicon = reading.words, reading.lexicon
    name = words.phrase(start, stop)
    is_a_word = name in lexicon.term_phrases or reading.names.topics.has(name)
    return is_a_word and name not in _FAMOUS and not words.tokens[start].is_capital


def begins_a_service(reading: Reading, place: int) -> bool:
    """Whether a service is named there: the "on" of "from 2020 on netflix" is its own."""
    words = reading.words
    if place >= len(words):
        return False
    end, service = reading.names.services.longest(words.words, place, len(words))
    if service is not None:
        return not _is_a_topic(reading, place, end)
    return any(words.phrase(place, stop) in _FAMOUS for stop in range(place + 1, place + 4))


def _listed_behind(reading: Reading, place: int) -> None:
    """ "on netflix, hulu or max"."""
    words, known = reading.words, reading.lexicon.services
    while place < len(words):
        start = place + 1 if words.word(place) in known.joints else place
        if start == place and not any(mark in words.gap(place) for mark in ",/&+"):
            return
        if words.word(start) in known.more_joints:
            start += 1
        end, service = _named_at(reading, start)
        if service is None or not reading.is_free(start, end):
            return
        reading.take(Finding("service", service.short_name, service.name, start, end, True))
        place = end


def _offer_at(reading: Reading, place: int) -> None:
    words, known = reading.words, reading.lexicon.services
    if words.word(place) not in known.offer_phrases.reach:
        return
    for stop in range(min(place + 3, len(words)), place, -1):
        offers = known.offers.get(words.phrase(place, stop))
        if offers is None or not reading.is_free(place, stop):
            continue
        # "Gore free" and "free of gore" refuse; "a free spirit" is a story.
        if stop - place == 1 and (
            is_free_of(reading, place)
            or is_free_in_an_idiom(reading, place)
            or words.word(stop) in known.not_offers_before
            or reading.story[place]
        ):
            return
        reading.take(Finding("offer_type", offers, words.phrase(place, stop), place, stop))
        return


def is_unmistakable(name: str) -> bool:
    """Whether the name of a service means nothing else: Disney and Paramount make films, too."""
    return name.split(" ")[0] in _PLAIN or " " in name

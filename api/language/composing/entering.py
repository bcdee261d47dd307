"""Puts what was found into the fields of an intent: a table of what each kind of finding enters."""

from collections.abc import Callable, Mapping
from typing import Any

from api.catalogue.names.group_names import Group
from api.catalogue.names.topics import Topic, singulars
from api.language.composing.draft import Draft
from api.language.entities import TitleAtTmdb
from api.language.intent import IntentField, Part
from api.language.maturity.ages import Ages
from api.language.parts.runtimes import Minutes
from api.language.parts.years import ToCome, Years
from api.language.reading.reading import Finding, Reading, is_stop, phrase_at
from api.language.vocabulary.meanings import KINDS, Content
from api.language.vocabulary.moods import Mood
from api.language.vocabulary.renown import REFUSED, Renown

OVERRULED = "Contradicts a later part of the request, which counts."
_NO_STORY = "TMDB knows the title, but not its story, and this catalogue does not have it."
_NOT_FOR_PRAISE = "Titles cannot be refused for being liked."
_NOT_BY_SERVICE = "Titles cannot be refused for being on a service."

# (reading, draft, finding, its value) -> why it cannot be honoured, if it cannot.
_Enters = Callable[[Reading, Draft, Finding, Any], str | None]


def enter(reading: Reading, draft: Draft, finding: Finding) -> str | None:
    """Puts a finding into the fields; why it cannot be honoured, if it cannot."""
    for kind, enters in _ENTERS.get(finding.kind, {}).items():
        if isinstance(finding.value, kind):
            return enters(reading, draft, finding, finding.value)
    return None


def _adds(wanted: str, refused: str) -> _Enters:
    """Adds a value, or all of a tuple, to the one field or the other."""

    def enters(_: Reading, draft: Draft, finding: Finding, value: object) -> None:
        values = value if isinstance(value, tuple) else (value,)
        draft.add(refused if finding.is_negated else wanted, *values)

    return enters


def _adds_once(wanted: str, refused: str) -> _Enters:
    def enters(_: Reading, draft: Draft, finding: Finding, value: object) -> None:
        draft.add_once(refused if finding.is_negated else wanted, value)

    return enters


def _years(_: Reading, draft: Draft, finding: Finding, years: Years) -> str | None:
    if finding.is_negated:
        draft.add("excluded_years", (years.first, years.last))
        return None
    return None if draft.add_years(years) else OVERRULED


def _to_come(reading: Reading, draft: Draft, finding: Finding, years: ToCome) -> str | None:
    draft.fields["is_to_come"] = True
    return _years(reading, draft, finding, years)


def _runtime(_: Reading, draft: Draft, finding: Finding, window: Minutes) -> str | None:
    if finding.is_vague:
        draft.fields["episode_max"] = window.longest_episode
    fits = draft.narrow("runtime_min", "runtime_max", window.first, window.last)
    return None if fits else OVERRULED


def _ages(_: Reading, draft: Draft, __: Finding, ages: Ages) -> None:
    draft.says_ages = True
    draft.limit_ages(ages.first, ages.last)


def _renown(_: Reading, draft: Draft, finding: Finding, renown: Renown) -> str | None:
    if finding.is_negated:
        if renown not in REFUSED:
            return _NOT_FOR_PRAISE
        renown = REFUSED[renown]
    draft.add_once("renowns", renown)
    return None


def _content(_: Reading, draft: Draft, finding: Finding, content: Content) -> None:
    draft.add("excluded_keywords", *content.keywords, *content.marks)
    if content.mood is not None:
        draft.add_once("excluded_moods", content.mood)
    if finding.is_softer:
        return  # not all horror has more gore than "less gore" allows, nor all that is for adults
    # "A scary film that isn't gory": the genre stays, its keywords and ages go.
    wanted = frozenset().union(*draft.fields.get("genres", ()))
    draft.add("excluded_genres", *(genre for genre in content.genres if genre not in wanted))
    if content.age_max is not None:
        draft.limit_ages(None, content.age_max)


def _refused_word(reading: Reading, draft: Draft, finding: Finding, word: str) -> None:
    # Stories and keywords are English: "keine Haie" are sharks.
    own = reading.lexicon.refused_topic(word)
    kinds = [KINDS[name] for name in (own, *singulars(own)) if name in KINDS]
    draft.add("excluded_keywords", *(keyword for one in kinds for keyword in one.keywords))
    for one in dict.fromkeys((word, own, *(name for kind in kinds for name in kind.words))):
        draft.add("excluded_keywords", one, *singulars(one))
        # "A man without memory" is told of; "fewer zombies" may have one in the story.
        if not reading.is_narrative and not finding.is_softer:
            draft.add("excluded_words", one)


def _topic(_: Reading, draft: Draft, __: Finding, topic: Topic) -> None:
    draft.add_once("topics", topic)


def _service(reading: Reading, draft: Draft, finding: Finding, service: str) -> str | None:
    if finding.is_negated:
        return _NOT_BY_SERVICE
    draft.add("services", service, *reading.names.services.called(finding.label))
    return None


def _person(_: Reading, draft: Draft, finding: Finding, part: Part) -> None:
    if part.people or not finding.is_negated:
        draft.add_once("excluded_parts" if finding.is_negated else "parts", part)
    # Else a person without a title here: there is nothing to leave out.


def _company(_: Reading, draft: Draft, finding: Finding, group: Group) -> None:
    if finding.is_negated:
        draft.add("excluded_companies", *group.ids)
    else:
        draft.add_once("companies", frozenset(group.ids))


def _franchise(reading: Reading, draft: Draft, finding: Finding, group: Group) -> None:
    draft.add("excluded_franchises" if finding.is_negated else "franchises", *group.ids)
    if finding.is_negated:
        # Star Wars: The Clone Wars and The Dark Knight are in no such collection.
        draft.add("excluded_titles", *_series(reading, finding))
        draft.add("excluded_names", *(name.removesuffix(" Collection") for name in group.names))


def _character(_: Reading, draft: Draft, __: Finding, group: Group) -> None:
    draft.add("characters", *(name.lower() for name in group.names))


def _seed(reading: Reading, draft: Draft, finding: Finding, row: int) -> None:
    item_id = reading.names.titles.ids[row]
    if finding.is_negated:
        draft.add("excluded_titles", item_id, *_series(reading, finding))
    else:
        draft.add("seeds", item_id)
        if _take_unseen(reading, finding):
            draft.add("unseen", item_id)


def _take_unseen(reading: Reading, title: Finding) -> bool:
    """ "I've never seen Heat or Ronin", "Heat habe ich noch nie gesehen": takes the words,
    and says whether there are any."""
    words = reading.words
    seeds = reading.found("seed")
    joint = words.word(title.start - 1) in reading.lexicon.connectors.joints
    if any(one.stop == title.start - joint and _take_unseen(reading, one) for one in seeds):
        return True
    end = next((p for p in range(title.stop, len(words)) if is_stop(words.gap(p))), len(words))
    is_last = not any(title.stop < one.start < end for one in seeds)
    for place in [*range(title.start), *(range(title.stop, end) if is_last else ())]:
        stop = phrase_at(words, place, reading.lexicon.titles.unseen)
        if stop > place and (stop == title.start or place >= title.stop):
            reading.taken[place:stop] = [True] * (stop - place)
            return True
    return False


def _seed_at_tmdb(_: Reading, draft: Draft, finding: Finding, title: TitleAtTmdb) -> str | None:
    if finding.is_negated:
        return None
    if not title.story:
        return _NO_STORY
    draft.add("stories", title.story)
    return None


def _named_title(reading: Reading, draft: Draft, _: Finding, row: int) -> None:
    draft.fields["named_title"] = reading.names.titles.ids[row]


def _count(_: Reading, draft: Draft, __: Finding, count: int) -> None:
    draft.fields["count"] = count


def _own_list(_: Reading, draft: Draft, finding: Finding, __: str) -> None:
    draft.fields[finding.kind] = "exclude" if finding.is_negated else "only"


def _series(reading: Reading, finding: Finding) -> list[int]:
    """Ids of all that has the name of what is refused: the whole series and its parts."""
    return reading.names.titles.series(reading.words.phrase(finding.start, finding.stop))


# By what a finding says and what kind of value says it. Genres and the medium are composed apart.
_ENTERS: Mapping[IntentField, Mapping[type, _Enters]] = {
    "mood": {Mood: _adds_once("moods", "excluded_moods")},
    "renown": {Renown: _renown},
    "keyword": {str: _adds("keywords", "excluded_keywords")},
    "topic": {Topic: _topic},
    "year": {ToCome: _to_come, Years: _years},
    "runtime": {Minutes: _runtime},
    "maturity": {Ages: _ages},
    "language": {tuple: _adds("languages", "excluded_languages")},
    "exclude_language": {tuple: _adds("excluded_languages", "excluded_languages")},
    "country": {tuple: _adds("countries", "excluded_countries")},
    "exclude_content": {Content: _content, str: _refused_word},
    "service": {str: _service},
    "offer_type": {tuple: _adds("offer_types", "offer_types")},
    "person": {Part: _person},
    "company": {Group: _company},
    "franchise": {Group: _franchise},
    "character": {Group: _character},
    "seed": {int: _seed, TitleAtTmdb: _seed_at_tmdb},
    "title": {int: _named_title},
    "count": {int: _count},
    "watchlist": {str: _own_list},
    "library": {str: _own_list},
}

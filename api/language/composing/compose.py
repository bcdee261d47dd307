"""Composes the intent from the findings, with their groups, contradictions and mentions."""

from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

from api.catalogue.names.topics import Topic
from api.domain.genres import genre_id
from api.domain.items import EVERY_MEDIA_TYPE, MediaType
from api.language.certainty import softened
from api.language.composing.draft import Draft
from api.language.composing.entering import OVERRULED, enter
from api.language.composing.free_text import free_text
from api.language.composing.mentions import mention_of
from api.language.composing.the_rest import the_rest
from api.language.intent import SMALL, Intent, Mention
from api.language.reading.reading import Finding, Reading, phrase_at
from api.language.vocabulary.kinds_of_shows import OF_FILMS_ALONE, OF_KEYWORDS
from api.language.vocabulary.meanings import JOINED_KINDS, LANGUAGES_OF_KINDS
from api.language.vocabulary.moods import MOODS, Mood

_BOTH = "The request asks for it and refuses it; the refusal counts."
_FOR_THE_FAMILY = "Films for the family come first, by genres and by stories of the kind."
# What says which kind of title is wanted.
_OF_A_KIND = frozenset(
    {"genre", "mood", "topic", "seed", "title", "person", "company", "franchise", "character"}
)
_OF_FAMILIES = frozenset(found for name in ("Family",) if (found := genre_id(name)))
# Fields whose order says nothing.
_SETS = frozenset(one.name for one in fields(Intent) if one.default == frozenset())
_YOUNGER = "Contradicts a younger age in the request, which counts."


def compose(reading: Reading) -> Intent:
    """The intent of everything that was found."""
    draft = Draft()
    _refuse_kinds(reading)
    _drop_nouns_of_series(reading)
    _drop_implied_media(reading)
    # Content that is not refused is part of the free text.
    for finding in [f for f in reading.found("exclude_content") if not f.is_negated]:
        reading.findings.remove(finding)
        for place in range(finding.start, finding.stop):
            reading.taken[place] = False
    reading.findings.sort(key=lambda finding: finding.start)
    mentions: list[Mention] = []
    _genres(reading, draft)
    refused = _refused_genres([f for f in reading.findings if f.kind == "genre"])
    # "No romcoms" refuses romances: that it refused comedies would be no truth.
    reading.findings = [
        f for f in reading.findings if f.kind != "genre" or not f.is_negated or f in refused
    ]
    for finding in reading.findings:
        note = finding.note or enter(reading, draft, finding)
        if note == OVERRULED:
            mentions = [_noted(m, note) if m.field == finding.kind else m for m in mentions]
            note = None
        if not finding.is_untold:
            mentions.append(mention_of(reading, finding, note))
    mentions = _with_contradictions(draft, _with_lost_ages(draft, mentions))
    mentions = _with_the_family(draft, mentions)
    mentions += [mention_of(reading, one, one.note) for one in reading.excepted]
    media_types = _media_types(reading)
    if media_types == {"tv"}:
        mentions = _with_kinds_of_shows(reading, draft, mentions)
    asked: dict[str, Any] = {
        name: frozenset(value) if name in _SETS else value for name, value in draft.fields.items()
    }
    asked["media_types"] = media_types
    is_told = draft.says_ages or _is_for_families(draft) or _speaks_of_children(reading)
    asked["age_is_of_content"] = draft.fields.get("age_max") is not None and not is_told
    asked["languages"] = _narrowest_languages(reading, asked.get("languages", frozenset()))
    return Intent(
        text=reading.words.text,
        mentions=tuple(mentions),
        free_text=free_text(reading),
        rest=the_rest(reading),
        unknown_names=tuple(reading.unknown_names),
        description=" ".join(mood.story for mood in draft.fields.get("moods", ())),
        preferred=softened(reading, protects=draft.protects),
        seed_leads=_seed_leads(reading),
        either_origin=_are_origins_joined(reading),
        likens_people=any(one.is_likened and not one.is_negated for one in reading.found("person")),
        tells_a_liking=reading.tells_a_liking,
        is_narrative=reading.is_narrative,
        **asked,
    )


def _speaks_of_children(reading: Reading) -> bool:
    """Whether a child may well watch, or be asked for: "something without violence for my son"."""
    words, known = reading.words, reading.lexicon.maturity.of_children
    return any(phrase_at(words, place, known) > place for place in range(len(words)))


def _is_for_families(draft: Draft) -> bool:
    """Whether children may well watch though no age is said: "a family film without violence"."""
    genres = frozenset().union(*draft.fields.get("genres", ()))
    return MOODS["family night"] in draft.fields.get("moods", ()) or bool(genres & _OF_FAMILIES)


def _seed_leads(reading: Reading) -> bool:
    """ "Like Inception but with a happy ending": a film like it, and not all that end well."""
    contrasts = reading.lexicon.connectors.contrasts
    seeds = [one for one in reading.found("seed") if not one.is_negated]
    return any(reading.words.word(one.stop) in contrasts for one in seeds)


def _refuse_kinds(reading: Reading) -> None:
    """ "No anime" refuses neither Japan nor animation, and "no k-dramas" no dramas: of what is of a
    genre and a language the refusal is of both at once."""
    # "Not kdrama but korean": no drama in that language.
    asked = [f.value for f in reading.found("language") if not f.is_negated]
    genres = {(f.start, f.stop) for f in reading.found("genre")}
    for finding in [f for f in reading.found("language") if f.is_negated and f.value in asked]:
        if (finding.start, finding.stop) in genres:
            reading.findings.remove(finding)
    spans = {(f.start, f.stop) for f in reading.found("language") if f.is_negated}
    of_both = [f for f in reading.found("genre") if f.is_negated and (f.start, f.stop) in spans]
    for genre in of_both:
        span = (genre.start, genre.stop)
        beside = [f for f in reading.found("language") if (f.start, f.stop) == span]
        for finding in beside if genre.keyword is not None else [genre]:
            reading.findings.remove(finding)


def _drop_nouns_of_series(reading: Reading) -> None:
    """ "The Lord of the Rings series" are films: TMDB's collections hold no shows, and nothing
    would be left."""
    ends = {one.stop for one in reading.found("franchise") if not one.is_negated}
    for finding in reading.found("media_type"):
        if finding.value == "tv" and finding.start in ends and not finding.is_negated:
            reading.findings.remove(finding)


def _drop_implied_media(reading: Reading) -> None:
    """A show that is called one is none of the films that "Oscar-winning" means by itself, and a
    film that is called one needs no second word for it."""
    told = [one for one in reading.found("media_type") if not one.is_negated]
    praised = {(one.start, one.stop) for one in reading.found("renown")}
    by_praise = [one for one in told if one.is_implied and (one.start, one.stop) in praised]
    if len(by_praise) < len(told):
        for finding in by_praise:
            reading.findings.remove(finding)


def _genres_of_its_language(reading: Reading, refused: list[Finding]) -> list[object]:
    """What a refused kind is of, where titles in its language are asked for: of what is Japanese,
    "no anime" leaves out animation, as few titles have the keyword."""
    asked = {
        code
        for one in reading.found("language")
        if not one.is_negated and isinstance(one.value, tuple)
        for code in one.value
    }
    wanted = {one.value for one in reading.found("genre") if not one.is_negated}
    return [
        one.value
        for one in refused
        if one.keyword is not None
        and asked.intersection(LANGUAGES_OF_KINDS.get(one.keyword, ()))
        and one.value not in wanted
    ]


def _genres(reading: Reading, draft: Draft) -> None:
    """Genres side by side are all wanted; those joined by "or" are alternatives."""
    words, or_words = reading.words, reading.lexicon.connectors.or_words
    groups: list[set[int]] = []
    last: Finding | None = None
    found = sorted(reading.found("genre"), key=lambda finding: (finding.start, finding.stop))
    refused = _refused_genres(found)
    kinds = [f.keyword for f in refused if f.keyword is not None]
    draft.add("excluded_keywords", *kinds)
    draft.add("excluded_kinds", *(JOINED_KINDS[one] for one in kinds if one in JOINED_KINDS))
    draft.add("excluded_genres", *_genres_of_its_language(reading, refused))
    for finding in found:
        genre = finding.value
        if not isinstance(genre, int):
            continue
        if finding.is_negated:
            if finding in refused and finding.keyword is None:
                draft.add("excluded_genres", genre)
            continue
        between = words.words[last.stop : finding.start] if last is not None else ()
        has_slash = "/" in words.gap(finding.start)
        if groups and last is not None and last.start != finding.start:
            joined = len(between) <= 3 and not or_words.isdisjoint(between)
            if joined or (has_slash and not between):
                groups[-1].add(genre)
                last = finding
                continue
        groups.append({genre})
        last = finding
    groups = _listed_with_or(reading, found, groups)
    draft.fields["genres"] = tuple(dict.fromkeys(frozenset(group) for group in groups))


def _listed_with_or(
    reading: Reading, found: list[Finding], groups: list[set[int]]
) -> list[set[int]]:
    """ "Comedy, drama or thriller": the comma joins as the "or" behind it does."""
    wanted = [finding for finding in found if not finding.is_negated]
    if len(wanted) < 3 or not groups or len(groups[-1]) < 2:
        return groups
    words, or_words = reading.words, reading.lexicon.connectors.or_words
    first_joined = next(
        (i for i, f in enumerate(wanted) if words.word(f.start - 1) in or_words), None
    )
    if first_joined is None:
        return groups
    start = first_joined - 1
    while start > 0 and reading.words.gap(wanted[start].start).strip() == ",":
        start -= 1
    listed = {f.value for f in wanted[start : first_joined + 1] if isinstance(f.value, int)}
    merged = set(groups[-1]) | listed
    return [group for group in groups[:-1] if not group <= merged] + [merged]


def _refused_genres(found: list[Finding]) -> list[Finding]:
    """Of words that mean two genres only the first is refused: no rom-coms, but comedies."""
    seen: set[int] = set()
    refused = []
    for finding in found:
        if finding.is_negated and finding.start not in seen:
            refused.append(finding)
            seen.add(finding.start)
    return refused


def _media_types(reading: Reading) -> frozenset[MediaType]:
    wanted: set[MediaType] = set()
    refused: set[MediaType] = set()
    for finding in reading.found("media_type"):
        media: Any = finding.value
        (refused if finding.is_negated else wanted).add(media)
    if refused:
        wanted = (wanted or set(EVERY_MEDIA_TYPE)) - refused
    return frozenset(wanted)


def _are_origins_joined(reading: Reading) -> bool:
    """ "Iranian or Nigerian films": a language and a country, side by side in one list, are
    alternatives; "Canadian films in French" are of both."""
    words, joints = reading.words, reading.lexicon.connectors.joints
    origins = [one for one in reading.findings if one.kind in ("language", "country")]
    wanted = [one for one in origins if not one.is_negated]
    return len({one.kind for one in wanted}) > 1 and all(
        joints.issuperset(words.words[one.stop : other.start])
        and (one.stop < other.start or words.gap(other.start).strip() in (",", "/"))
        for one, other in pairwise(wanted)
    )


def _narrowest_languages(reading: Reading, languages: frozenset[str]) -> frozenset[str]:
    """ "Indian movies in Tamil" are in Tamil: of one within another the narrower is meant."""
    told = [
        set(one.value)
        for one in reading.found("language")
        if isinstance(one.value, tuple) and not one.is_negated
    ]
    wider = [one for one in told if any(other < one for other in told)]
    kept = set().union(*(one for one in told if one not in wider))
    return frozenset(languages & kept) if wider else languages


def _with_contradictions(draft: Draft, mentions: list[Mention]) -> list[Mention]:
    """A refusal wins over a request for the same; the mention of the lost request says so."""
    asked = draft.fields
    lost: set[tuple[str, int | str]] = set()
    excluded = frozenset(asked.get("excluded_genres", ()))
    groups = asked.get("genres", ())
    for group in groups:
        lost |= {("genre", genre) for genre in group & excluded}
    asked["genres"] = tuple(left for group in groups if (left := group - excluded))
    for requested, refused, kind in (
        ("languages", "excluded_languages", "language"),
        ("countries", "excluded_countries", "country"),
    ):
        both = set(asked.get(requested, ())) & set(asked.get(refused, ()))
        lost |= {(kind, value) for value in both}
        if both:
            asked[requested] = tuple(value for value in asked[requested] if value not in both)
    refused_parts = {part.people for part in asked.get("excluded_parts", ())}
    kept = tuple(part for part in asked.get("parts", ()) if part.people not in refused_parts)
    lost_people = {
        person
        for part in asked.get("parts", ())
        if part.people in refused_parts
        for person in part.people
    }
    if lost_people:
        asked["parts"] = kept
        lost |= {("person", person) for person in lost_people}
    return [_noted(m, _BOTH) if _is_lost(m, lost) else m for m in mentions]


def _with_lost_ages(draft: Draft, mentions: list[Mention]) -> list[Mention]:
    """A wish for titles above the cap is lost, wherever it stands, and its mention says so."""
    if (oldest := draft.fields.get("age_max")) is None:
        return mentions
    return [_noted(m, _YOUNGER) if _starts_above(m, oldest) else m for m in mentions]


def _with_the_family(draft: Draft, mentions: list[Mention]) -> list[Mention]:
    """ "Kid movies": where nothing else is asked for, what small children may see is not yet what
    was made for them."""
    oldest = draft.fields.get("age_max")
    if oldest is None or oldest > SMALL or any(one.field in _OF_A_KIND for one in mentions):
        return mentions
    draft.add_once("moods", MOODS["family night"])
    return [
        replace(one, remark=_FOR_THE_FAMILY) if one.field == "maturity" else one for one in mentions
    ]


def _with_kinds_of_shows(reading: Reading, draft: Draft, mentions: list[Mention]) -> list[Mention]:
    """ "Horror series": of genres that no show has, what tells shows of the kind; the same beside
    topics that few shows are marked with, as period drama."""
    groups = draft.fields["genres"]
    of_films = [one for one in groups if one <= OF_FILMS_ALONE.keys()]
    draft.fields["genres"] = tuple(one for one in groups if one not in of_films)
    of_topics = {
        one.keywords: genre
        for one in draft.fields.get("topics", ())
        if (genre := OF_KEYWORDS.get(one.keywords[0])) is not None
    }
    kinds = {genre: OF_FILMS_ALONE[genre] for one in of_films for genre in sorted(one)}
    for kind in (*kinds.values(), *(OF_FILMS_ALONE[genre] for genre in of_topics.values())):
        draft.add_once("moods", kind)
    # What tells them is searched for in place of the words.
    reading.findings = [
        one
        for one in reading.findings
        if not (isinstance(one.value, Topic) and one.value.keywords in of_topics)
    ]
    told: list[Mention] = []
    for one in mentions:
        is_genre = one.field == "genre" and one.note is None and one.value in kinds
        told.append(_as_mood(one, kinds[one.value]) if is_genre else one)
        if one.field == "topic" and isinstance(one.value, list):
            genre = of_topics.get(tuple(map(str, one.value)))
            told += [] if genre is None else [_as_mood(one, OF_FILMS_ALONE[genre])]
    return told


def _as_mood(mention: Mention, mood: Mood) -> Mention:
    return replace(mention, field="mood", value=mood.label, label=mood.label, remark=mood.goes_by)


def _starts_above(mention: Mention, oldest: int) -> bool:
    if mention.field != "maturity" or not isinstance(mention.value, list):
        return False
    return int(mention.value[0]) > oldest


def _is_lost(mention: Mention, lost: set[tuple[str, int | str]]) -> bool:
    values = mention.value if isinstance(mention.value, list) else [mention.value]
    told = [value for value in values if value is not None]
    # "European but not French": of the languages of Europe one is lost, and the others count.
    return bool(told) and all((mention.field, value) in lost for value in told)


def _noted(mention: Mention, note: str) -> Mention:
    return replace(mention, note=note)

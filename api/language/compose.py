"""Composes the intent from the findings, with their groups, contradictions and mentions."""

from dataclasses import dataclass, field, replace
from typing import Any

from api.domain.genres import GENRES
from api.domain.items import EVERY_MEDIA_TYPE, MediaType
from api.domain.years import YearRange
from api.language.ages import Ages
from api.language.certainty import softened
from api.language.entities import TitleAtTmdb
from api.language.free_text import free_text
from api.language.group_names import Group
from api.language.intent import Intent, IntentField, Mention, Part, Value
from api.language.meanings import Content
from api.language.moods import Mood
from api.language.reading import Finding, Reading
from api.language.runtimes import Minutes
from api.language.the_rest import the_rest
from api.language.years import Years

_ADULT = 17
_BOTH = "The request asks for it and refuses it; the refusal counts."
_NO_STORY = "TMDB knows the title, but not its story, and this catalogue does not have it."
_NOT_HERE = "Found through TMDB's search; not in this catalogue anyway."
_YOUNGER = "Contradicts a younger age in the request, which counts."
_OVERRULED = "Contradicts a later part of the request, which counts."


@dataclass(slots=True)
class _Draft:
    """The fields of an intent in the making."""

    fields: dict[str, Any] = field(default_factory=dict)

    def add(self, name: str, *values: Any) -> None:
        self.fields[name] = (*self.fields.get(name, ()), *values)

    def narrow(self, low: str, high: str, first: int | None, last: int | None) -> bool:
        """Narrows a window; False when nothing would be left of it."""
        lower = _tightest(max, self.fields.get(low), first)
        upper = _tightest(min, self.fields.get(high), last)
        if lower is not None and upper is not None and lower > upper:
            self.fields[low], self.fields[high] = first, last
            return False
        self.fields[low], self.fields[high] = lower, upper
        return True

    @property
    def protects(self) -> bool:
        """Whether an age is asked for as a limit; "rated R" describes a film."""
        oldest, youngest = self.fields.get("age_max"), self.fields.get("age_min")
        return oldest is not None and not (oldest == youngest and oldest >= _ADULT)

    def limit_ages(self, first: int | None, last: int | None) -> None:
        """Caps the age: of two caps the younger holds, and none gives way to a wish for adults."""
        oldest = _tightest(min, self.fields.get("age_max"), last)
        youngest = _tightest(max, self.fields.get("age_min"), first)
        if oldest is not None and youngest is not None and youngest > oldest:
            youngest = None
        self.fields["age_min"], self.fields["age_max"] = youngest, oldest


def compose(reading: Reading) -> Intent:
    """The intent of everything that was found."""
    draft = _Draft()
    # Content that is not refused is part of the free text.
    for finding in [f for f in reading.found("exclude_content") if not f.is_negated]:
        reading.findings.remove(finding)
        for place in range(finding.start, finding.stop):
            reading.taken[place] = False
    reading.findings.sort(key=lambda finding: finding.start)
    mentions: list[Mention] = []
    _genres(reading, draft)
    for finding in reading.findings:
        note = finding.note or _enter(reading, draft, finding)
        if note == _OVERRULED:
            mentions = [_noted(m, note) if m.field == finding.kind else m for m in mentions]
            note = None
        mentions.append(_mention(reading, finding, note))
    mentions = _with_contradictions(draft, _with_lost_ages(draft, mentions))
    sets = {"languages", "countries", "services", "offer_types", "excluded_genres"}
    sets |= {"excluded_languages", "excluded_countries", "excluded_keywords", "excluded_titles"}
    sets |= {"excluded_companies", "franchises", "characters", "excluded_franchises"}
    sets |= {"excluded_words", "excluded_names"}
    fields: dict[str, Any] = {
        name: frozenset(value) if name in sets else value for name, value in draft.fields.items()
    }
    fields["media_types"] = _media_types(reading)
    return Intent(
        text=reading.words.text,
        mentions=tuple(mentions),
        free_text=free_text(reading),
        rest=the_rest(reading),
        unknown_names=tuple(reading.unknown_names),
        description=" ".join(mood.story for mood in draft.fields.get("moods", ())),
        preferred=softened(reading, protects=draft.protects),
        is_narrative=reading.is_narrative,
        **fields,
    )


def _enter(reading: Reading, draft: _Draft, finding: Finding) -> str | None:
    """Puts a finding into the fields; why it cannot be honoured, if it cannot."""
    negated = finding.is_negated
    match finding.kind, finding.value:
        case "mood", Mood() as mood:
            name = "excluded_moods" if negated else "moods"
            if mood not in draft.fields.get(name, ()):
                draft.add(name, mood)
        case "year", Years() as years:
            return _enter_years(draft, years, negated=negated)
        case "runtime", Minutes(first, last):
            fits = draft.narrow("runtime_min", "runtime_max", first, last)
            return None if fits else _OVERRULED
        case "maturity", Ages(first, last):
            draft.limit_ages(first, last)
        case "language", tuple() as codes:
            draft.add("excluded_languages" if negated else "languages", *codes)
        case "exclude_language", tuple() as codes:
            draft.add("excluded_languages", *codes)
        case "country", str() as country:
            draft.add("excluded_countries" if negated else "countries", country)
        case "exclude_content", Content() as content:
            # "A scary film that isn't gory": the genre stays, its keywords and ages go.
            wanted = frozenset().union(*draft.fields.get("genres", ()))
            draft.add("excluded_genres", *(g for g in content.genres if g not in wanted))
            draft.add("excluded_keywords", *content.keywords)
            if content.age_max is not None:
                draft.limit_ages(None, content.age_max)
        case "exclude_content", str() as word:
            draft.add("excluded_keywords", word, *singulars(word))
            if not reading.is_narrative:  # "a man without memory" is told of, and not refused
                draft.add("excluded_words", word)
        case "service", str() as service:
            if negated:
                return "Titles cannot be refused for being on a service."
            draft.add("services", service)
        case "offer_type", tuple() as offers:
            draft.add("offer_types", *offers)
        case "person", Part() as part:
            if negated and not part.people:
                return None  # a person without a title here: there is nothing to leave out
            name = "excluded_parts" if negated else "parts"
            if part not in draft.fields.get(name, ()):
                draft.add(name, part)
        case "company", Group(ids=ids):
            if negated:
                draft.add("excluded_companies", *ids)
            elif (either := frozenset(ids)) not in draft.fields.get("companies", ()):
                draft.add("companies", either)
        case "franchise", Group(ids=ids, names=names):
            draft.add("excluded_franchises" if negated else "franchises", *ids)
            if negated:  # "Star Wars: The Clone Wars" and The Dark Knight are in no such collection
                draft.add("excluded_titles", *_series(reading, finding))
                draft.add("excluded_names", *(name.removesuffix(" Collection") for name in names))
        case "character", Group(names=names):
            draft.add("characters", *(name.lower() for name in names))
        case "seed", int() as row:
            item_id = reading.names.titles.ids[row]
            if negated:
                draft.add("excluded_titles", item_id, *_series(reading, finding))
            else:
                draft.add("seeds", item_id)
        case "seed", TitleAtTmdb() as title if not negated:
            if not title.story:
                return _NO_STORY
            draft.add("stories", title.story)
        case "title", int() as row:
            draft.fields["named_title"] = reading.names.titles.ids[row]
        case "count", int() as count:
            draft.fields["count"] = count
    return None


def _series(reading: Reading, finding: Finding) -> list[int]:
    """Ids of all that has the name of what is refused: the whole series and its parts."""
    return reading.names.titles.series(reading.words.phrase(finding.start, finding.stop))


def _enter_years(draft: _Draft, years: Years, *, negated: bool) -> str | None:
    span: YearRange = (years.first, years.last)
    if negated:
        draft.add("excluded_years", span)
        return None
    known: tuple[YearRange, ...] = draft.fields.get("years", ())
    is_open = {True for first, last in (*known, span) if first <= 1870 or last >= 2100}
    if not known or not is_open:
        # "1994 or 1996", "80s and 90s": any of them.
        draft.add("years", span)
        return None
    # "after 1980, before 1990": both.
    narrowed = tuple((max(a, span[0]), min(b, span[1])) for a, b in known)
    kept = tuple((a, b) for a, b in narrowed if a <= b)
    draft.fields["years"] = kept or (span,)
    return None if kept else _OVERRULED


def _genres(reading: Reading, draft: _Draft) -> None:
    """Genres side by side are all wanted; those joined by "or" are alternatives."""
    words, or_words = reading.words, reading.lexicon.connectors.or_words
    groups: list[set[int]] = []
    last: Finding | None = None
    found = sorted(reading.found("genre"), key=lambda finding: (finding.start, finding.stop))
    refused = _refused_genres(found)
    draft.add("excluded_keywords", *(f.keyword for f in refused if f.keyword is not None))
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


def _with_contradictions(draft: _Draft, mentions: list[Mention]) -> list[Mention]:
    """A refusal wins over a request for the same; the mention of the lost request says so."""
    fields = draft.fields
    lost: set[tuple[str, int | str]] = set()
    excluded = frozenset(fields.get("excluded_genres", ()))
    groups = fields.get("genres", ())
    for group in groups:
        lost |= {("genre", genre) for genre in group & excluded}
    fields["genres"] = tuple(left for group in groups if (left := group - excluded))
    for requested, refused, kind in (
        ("languages", "excluded_languages", "language"),
        ("countries", "excluded_countries", "country"),
    ):
        both = set(fields.get(requested, ())) & set(fields.get(refused, ()))
        lost |= {(kind, value) for value in both}
        if both:
            fields[requested] = tuple(value for value in fields[requested] if value not in both)
    refused_parts = {part.people for part in fields.get("excluded_parts", ())}
    kept = tuple(part for part in fields.get("parts", ()) if part.people not in refused_parts)
    lost_people = {
        person
        for part in fields.get("parts", ())
        if part.people in refused_parts
        for person in part.people
    }
    if lost_people:
        fields["parts"] = kept
        lost |= {("person", person) for person in lost_people}
    return [_noted(m, _BOTH) if _is_lost(m, lost) else m for m in mentions]


def _with_lost_ages(draft: _Draft, mentions: list[Mention]) -> list[Mention]:
    """A wish for titles above the cap is lost, wherever it stands, and its mention says so."""
    if (oldest := draft.fields.get("age_max")) is None:
        return mentions
    return [_noted(m, _YOUNGER) if _starts_above(m, oldest) else m for m in mentions]


def _starts_above(mention: Mention, oldest: int) -> bool:
    if mention.field != "maturity" or not isinstance(mention.value, list):
        return False
    return int(mention.value[0]) > oldest


def _is_lost(mention: Mention, lost: set[tuple[str, int | str]]) -> bool:
    values = mention.value if isinstance(mention.value, list) else [mention.value]
    return any((mention.field, value) in lost for value in values if value is not None)


def _noted(mention: Mention, note: str) -> Mention:
    return replace(mention, note=note)


_NEGATED_FIELDS: dict[IntentField, IntentField] = {
    "genre": "exclude_genre",
    "mood": "exclude_mood",
    "year": "exclude_year",
    "language": "exclude_language",
    "country": "exclude_country",
    "person": "exclude_person",
    "company": "exclude_company",
    "franchise": "exclude_franchise",
    "seed": "exclude_title",
}


def _mention(reading: Reading, finding: Finding, note: str | None) -> Mention:
    words = reading.words
    kind, label, value = finding.kind, finding.label, _value(reading, finding)
    if finding.is_negated and finding.keyword is not None:
        kind, label, value = "exclude_content", f"No {finding.keyword}", finding.keyword
    elif finding.is_negated and kind == "media_type":
        label, value = ("Films", "movie") if value == "tv" else ("Shows", "tv")
    elif finding.is_negated and kind in _NEGATED_FIELDS:
        kind, label = _NEGATED_FIELDS[kind], f"Not {label}"
    elif isinstance(finding.value, Content):
        label = finding.value.label
    elif kind == "exclude_content":
        label = f"No {label}"
    start = words.tokens[finding.start].start
    end = words.end(finding.start, finding.stop)
    remark = finding.remark
    if isinstance(finding.value, Mood):
        remark = finding.value.goes_by
    if finding.is_negated and isinstance(finding.value, TitleAtTmdb):
        remark = _NOT_HERE
    return Mention(kind, value, label, start, end, note, remark)


def _value(reading: Reading, finding: Finding) -> Value:
    match finding.value:
        case Years(first, last) | Minutes(first, last) | Ages(first, last):
            return [value if value is not None else 0 for value in (first, last)]
        case Part(people, _):
            return sorted(people)
        case Group(kind="character", names=names):
            return list(names)
        case Group(ids=ids):
            return list(ids)
        case (Content() | Mood()) as meant:
            return meant.label
        case TitleAtTmdb() as title:
            return title.reference
        case tuple() as values:
            return list(values)
        case int() as row if finding.kind in ("seed", "title"):
            return reading.names.titles.ids[row]
        case int() as genre if finding.kind == "genre":
            return genre if genre in GENRES else None
        case int() | str() as value:
            return value
    return None


def singulars(word: str) -> list[str]:
    """What a plural may be the plural of: keywords are mostly in the singular."""
    if not word.endswith("s") or word.endswith("ss"):
        return []
    return [word[:-1], f"{word[:-3]}y"] if word.endswith("ies") else [word[:-1]]


def _tightest(choose: Any, one: int | None, other: int | None) -> int | None:
    known = [value for value in (one, other) if value is not None]
    return choose(known) if known else None

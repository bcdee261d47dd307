"""What a viewer says of their own taste, beside what their history says of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.resident_catalogue import ResidentCatalogue
from api.domain.genres import GENRES
from api.domain.languages import language_of
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.platform.retried import retried
from api.viewers.events import ProfileKey
from api.viewers.preferences import statements as storage
from api.viewers.preferences.preference import Preference, PreferenceKind, Stance, preference
from api.viewers.preferences.statements import Stated
from api.viewers.taste.taste import Taste
from api.viewers.versions import Versions, read_versions

LearnTaste = Callable[[Versions, CatalogueFacts, datetime], Taste]
InferredKind = Literal["genre", "language", "decade", "person"]
_NEUTRAL = 0.5  # a language or decade that is liked as often as it is common


@dataclass(frozen=True, slots=True)
class StatedByClient:
    """A preference as a client wrote it."""

    kind: PreferenceKind
    value: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Inferred:
    """What the history says; `strength` is in [0, 1] and compares within its kind."""

    kind: InferredKind
    value: str
    strength: float


class Preferences:
    """The use cases of /users/{user_id}/preferences."""

    def __init__(
        self,
        database: Database,
        catalogue: ResidentCatalogue,
        learn: LearnTaste,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._learn = learn
        self._catalogue = catalogue
        self._clock = clock

    def read(self, viewer: ProfileKey) -> tuple[list[Stated], list[Inferred]]:
        """What is stated, the oldest first, and what is inferred, by kind, the strongest first."""
        with self._database.autocommit() as cursor:
            stated = storage.read(cursor, viewer)
        now = self._clock()
        versions = read_versions(self._database, viewer.user_id, viewer.profile)
        facts = self._catalogue.current(versions.catalogue_version, now)
        return stated, list(_inferred(self._learn(versions, facts, now)))

    def replace(
        self, viewer: ProfileKey, asked_for: Sequence[StatedByClient]
    ) -> tuple[list[Stated], list[Inferred]]:
        """Makes these all that is stated; they count from the very next request on.

        Raises InvalidInput for a value that is unknown or stated twice; then nothing changes.
        """
        known: dict[tuple[PreferenceKind, str], Preference] = {}
        for place, one in enumerate(asked_for):
            try:
                stated = preference(one.kind, one.value, one.stance)
            except InvalidInput as error:
                raise InvalidInput(error.message, field=f"preferences[{place}]") from error
            if (stated.kind, stated.value) in known:
                raise InvalidInput(
                    f"{stated.kind} {stated.value} is there twice", field=f"preferences[{place}]"
                )
            known[stated.kind, stated.value] = stated

        def write() -> None:
            with self._database.transaction() as cursor:
                storage.replace(cursor, viewer, list(known.values()))

        retried(write)
        return self.read(viewer)


def _inferred(taste: Taste) -> Iterator[Inferred]:
    genres = {GENRES[genre_id]: share for genre_id, share in taste.genre_prefs.items()}
    yield from _strongest("genre", genres)
    languages = {language_of(code): leaning for code, leaning in taste.languages.items()}
    yield from _strongest("language", languages, above=_NEUTRAL)
    decades = {f"{first}s": leaning for first, leaning in taste.decades.items()}
    yield from _strongest("decade", decades, above=_NEUTRAL)
    yield from (Inferred("person", one.name, one.weight) for one in taste.people)


def _strongest(
    kind: InferredKind, strengths: dict[str, float], *, above: float = 0.0
) -> Iterator[Inferred]:
    for value, strength in sorted(strengths.items(), key=lambda pair: (-pair[1], pair[0])):
        if strength > above:
            yield Inferred(kind, value, strength)

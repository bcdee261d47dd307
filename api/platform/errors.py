"""Every error this project raises on purpose. No HTTP here: routes translate.

SeenEmAllError
├── ConfigurationError       a setting, rule file or environment that cannot work
├── DatabaseUnavailable      the database cannot be reached, is too old or not migrated
├── UpstreamUnavailable      an optional component failed; the pipeline degrades and continues
│   ├── EncoderUnavailable   the text encoder cannot be loaded or run
│   ├── EntitySearchUnavailable    TMDB was not asked, or gave no usable answer in time
│   └── LanguageModelUnavailable   a language model gave no usable answer in time
│       ├── LanguageModelUnreachable   the connection to it failed; worth one more try
│       └── LanguageModelBusy   its server asks for a pause
├── UnknownItems             references that name no catalogue item
├── NotFound                 an object that does not exist, or is not the caller's to see
│   └── UnknownProfile       a profile that a household does not have
├── InvalidInput             a well-formed request that asks for something impossible
│   └── UnknownNames         names by which nothing is called
├── InvalidCursor            a cursor that is forged, damaged or of another request
├── ExpiredCursor            a cursor whose list is no longer kept
├── Conflict                 an Idempotency-Key reused with another body
├── RulesNotWritten          rules that were changed meanwhile, or a file that cannot be written
├── JobWaiting               a job that was asked for again while a run of it waits
├── NotMadeYet               a batch whose lists are still being made
├── JobEnded                 a run that cannot be cancelled because it is over
├── JobFailed                a job of several steps, of which one failed
├── NotPublished             the catalogue could not be published; the one before serves on
├── TooManyImports           more exports than are read at once, or wait to be
├── UnusableRatings          a ratings set that cannot be read, or is too small
├── UnusableImport         somebody's export that cannot be read, or is of no known source
├── UnusableBackup           a backup that is foreign, damaged, or sealed with another passphrase
├── NotAuthenticated         no credential, or one that is not valid
├── NotAuthorised            a valid credential without the scope this needs
└── RateLimited              too many requests of one caller
"""

import re
from collections.abc import Sequence

_NAMES_AN_ITEM = re.compile(r"-?\d+|[a-z0-9_-]+:[\w.-]+", re.ASCII)
_HOW_TO_NAME_ITEMS = (
    "Name an item by its id, or as movie:603, tv:1399 or imdb:tt0133093; GET /search finds it by "
    "its title."
)


class SeenEmAllError(Exception):
    """Base of all; the message is a full sentence that is safe to show."""


class ConfigurationError(SeenEmAllError):
    """A setting, file or environment that cannot work; stops the boot."""


class DatabaseUnavailable(SeenEmAllError):
    """The database cannot be reached, is too old or is not migrated."""


class OutOfTime(SeenEmAllError):
    """A request took longer than any may."""

    def __init__(self) -> None:
        super().__init__("This took longer than a request may; come back when less is asked.")


class UpstreamUnavailable(SeenEmAllError):
    """An optional component failed; the caller can do without it."""


class EncoderUnavailable(UpstreamUnavailable):
    """The text encoder cannot be loaded or run."""


class EntitySearchUnavailable(UpstreamUnavailable):
    """TMDB could not be asked for a name, or gave no usable answer in time."""


class LanguageModelUnavailable(UpstreamUnavailable):
    """A language model gave no usable answer in time."""


class LanguageModelUnreachable(LanguageModelUnavailable):
    """The connection to a language model could not be made or broke; worth one more try."""


class LanguageModelBusy(LanguageModelUnavailable):
    """A language model's server names a time to come back, in its Retry-After."""

    def __init__(self, message: str, *, retry_after_seconds: float) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__(message)


class UnknownItems(SeenEmAllError):
    """References that name no catalogue item."""

    def __init__(self, references: Sequence[str]) -> None:
        self.references = tuple(references)
        told = f"Unknown item{'s' * (len(references) > 1)}: {', '.join(references)}."
        is_named = all(map(_NAMES_AN_ITEM.fullmatch, references))
        super().__init__(told if is_named else f"{told} {_HOW_TO_NAME_ITEMS}")


class NotFound(SeenEmAllError):
    """An object that does not exist, or that is not the caller's to see."""


class UnknownProfile(NotFound):
    """A profile that a household does not have, or that is not the caller's to see."""

    def __init__(self, profile: str | None) -> None:
        called = "without a name" if profile is None else f"called {profile!r}"
        super().__init__(
            f"There is no profile {called}; GET /users/{{user_id}}/profiles lists those there are."
        )


class InvalidInput(SeenEmAllError):
    """A well-formed request that asks for something impossible.

    With the `field` that does, a parameter or a place in the body, the message goes on after its
    name: `InvalidInput("is in the future", field="since")`. Without one it is a sentence.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        self.field = field
        self.message = message
        ended = message if message.endswith("?") else f"{message}."
        super().__init__(message if field is None else f"{field}: {ended}")


class UnknownNames(InvalidInput):
    """Names in a field by which nothing of its kind is called.

    `said` begins the sentence, and `found_by` says where those are that there are.
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        field: str,
        said: str,
        found_by: str,
        meant: Sequence[str] = (),
    ) -> None:
        """`meant` are names that there are, and that these may have been but for a slip."""
        self.names = tuple(names)
        self.said, self.found_by = said, found_by
        told = _either([repr(name) for name in names])
        way_on = f"did you mean {_either(meant)}?" if meant else found_by
        super().__init__(f"{said} {told}; {way_on}", field=field)

    def meaning(self, meant: Sequence[str]) -> "UnknownNames":
        """The same with what may have been meant."""
        return UnknownNames(
            self.names,
            field=self.field or "",
            said=self.said,
            found_by=self.found_by,
            meant=meant,
        )


class InvalidCursor(SeenEmAllError):
    """A cursor that is forged, damaged or belongs to another request.

    `differing` are the parameters in which that request differs, as far as that may be told.
    """

    def __init__(self, differing: Sequence[str] = ()) -> None:
        told = (
            f"it goes on with a list of other parameters. What differs: {', '.join(differing)}."
            if differing
            else "it must be the next_cursor of the page before, with the same parameters."
        )
        super().__init__(f"Invalid cursor: {told}")


class ExpiredCursor(SeenEmAllError):
    """A cursor whose list is no longer kept."""

    def __init__(self) -> None:
        super().__init__("This list has expired; ask for a new first page.")


class Conflict(SeenEmAllError):
    """An Idempotency-Key that was used before with another body."""


class RulesNotWritten(SeenEmAllError):
    """Rules that somebody changed meanwhile, or whose file the service may not write."""


class JobWaiting(SeenEmAllError):
    """A job that was asked for again while a run of it waits."""

    def __init__(self, job: str, *, run: int) -> None:
        self.run = run
        super().__init__(f"Run {run} of {job} is waiting already.")


class NotMadeYet(SeenEmAllError):
    """A batch whose lists are still being made."""


class JobEnded(SeenEmAllError):
    """A run that cannot be cancelled because it is over."""


class JobFailed(SeenEmAllError):
    """A job of several steps, of which one failed."""


class NotPublished(SeenEmAllError):
    """The catalogue could not be published; what was published before serves on."""


class TooManyImports(SeenEmAllError):
    """More exports than are read at once, or wait to be."""

    def __init__(self) -> None:
        super().__init__("Many exports are being read; come back in half a minute.")


class UnusableRatings(SeenEmAllError):
    """A ratings set that cannot be read, or is too small to learn from."""


class UnusableImport(SeenEmAllError):
    """Somebody's export that cannot or must not be read, or is of no source that is known."""


class UnusableBackup(SeenEmAllError):
    """A backup that is foreign, damaged, cut short, or sealed with another passphrase."""


class NotAuthenticated(SeenEmAllError):
    """No credential, or one that is not valid."""


class NotAuthorised(SeenEmAllError):
    """A valid credential without the scope that this needs."""


class RateLimited(SeenEmAllError):
    """Too many requests of one caller."""

    def __init__(
        self, *, retry_after_seconds: float, detail: str = "Too many requests; slow down."
    ) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__(detail)


def _either(names: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last

"""The sentences that explain a recommendation: the shape of config/explanation_templates.json."""

import string
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from config.hot_file import HotFile

ReasonCode = Literal[
    "similar_to_liked",
    "similar_to_watched",
    "co_liked",
    "followed",
    "chosen_by_neighbours",
    "listed_beside",
    "person_in_common",
    "same_maker",
    "as_asked",
    "matches_query",
    "similar_to_named",
    "genre_affinity",
    "trending",
    "top_rated",
    "popular",
    "acclaimed",
    "off_the_beaten_path",
    "popular_here",
]

# The facts each reason carries; a template may use no other.
PLACEHOLDERS: dict[str, frozenset[str]] = {
    "similar_to_liked": frozenset({"title"}),
    "similar_to_watched": frozenset({"title"}),
    "co_liked": frozenset({"title"}),
    "followed": frozenset({"title"}),
    "chosen_by_neighbours": frozenset({"count"}),
    "listed_beside": frozenset({"title"}),
    "person_in_common": frozenset({"person", "count"}),
    "same_maker": frozenset({"person"}),
    "as_asked": frozenset({"asked"}),
    "matches_query": frozenset(),
    "similar_to_named": frozenset({"title"}),
    "genre_affinity": frozenset({"genre"}),
    "trending": frozenset({"rank", "kind"}),
    "top_rated": frozenset({"rank", "kind"}),
    "popular": frozenset({"rank", "kind"}),
    "acclaimed": frozenset({"average", "votes"}),
    "off_the_beaten_path": frozenset(),
    "popular_here": frozenset({"rank"}),
}

# What a template is tried with: a fact of each kind, of the type that it has in a reason.
_EXAMPLES = {
    "asked": "Crime, 1995",
    "title": "Heat",
    "person": "Al Pacino",
    "count": 2,
    "genre": "Crime",
    "rank": 3,
    "kind": "movies",
    "average": 8.1,
    "votes": 1200,
}

Sentence = Annotated[str, Field(min_length=1, max_length=200)]


class ExplanationTemplates(BaseModel):
    """For each reason the sentences to vary down a page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_: str | None = Field(default=None, alias="$schema")
    sentences: dict[ReasonCode, Annotated[list[Sentence], Field(min_length=1, max_length=20)]] = (
        Field(json_schema_extra={"required": [*get_args(ReasonCode)]})
    )

    @model_validator(mode="after")
    def _say_only_what_is_known(self) -> "ExplanationTemplates":
        missing = set(get_args(ReasonCode)) - set(self.sentences)
        if missing:
            raise ValueError(f"no sentence for {', '.join(sorted(missing))}")
        for code, sentences in self.sentences.items():
            for sentence in sentences:
                used = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
                if unknown := used - PLACEHOLDERS[code]:
                    raise ValueError(f"{code} does not know {{{sorted(unknown)[0]}}}")
                try:
                    sentence.format(**{name: _EXAMPLES[name] for name in PLACEHOLDERS[code]})
                except (IndexError, KeyError, ValueError) as error:
                    raise ValueError(f"{code} cannot fill in {sentence!r}") from error
        return self


class ExplanationTemplatesFile(HotFile[ExplanationTemplates]):
    """The templates in force."""

    model = ExplanationTemplates

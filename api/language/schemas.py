"""What was understood of a text, on the wire."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from api.language.intent import ChipField, Intent, Interpreted, Status
from api.platform.wire.inputs import MaybeProfileQuery, Text


class InterpretQuery(MaybeProfileQuery):
    """Parameters of GET /search/interpret."""

    q: Annotated[
        Text,
        StringConstraints(strip_whitespace=True),
        Field(
            min_length=1,
            max_length=500,
            description="A request in words.",
            examples=["90s crime thrillers under two hours, like Heat"],
        ),
    ]
    use_llm_intent: bool = Field(
        default=True, description="Let a configured model read `q`, whoever wrote it."
    )


class Chip(BaseModel):
    """One thing that was understood; a client may show it and let the viewer remove it."""

    field: ChipField = Field(description="`words`: of the rest, that no part was read from.")
    value: str | int | list[int] | list[str] | None = Field(
        description="What the filter compares with: ids, codes, names, or [first, last], "
        "where 0 is an open end."
    )
    label: str
    text: str = Field(description="The words it was understood from, or the parameter.")
    status: Status
    source: Literal["words", "parameter"] = Field(
        default="words", description="Whether words or a parameter ask for it."
    )
    note: str | None = Field(
        default=None, description="Why it is unsupported, or how it was linked."
    )

    @classmethod
    def of(cls, interpreted: Interpreted) -> "Chip":
        """The same on the wire."""
        return cls(
            field=interpreted.field,
            value=interpreted.value,
            label=interpreted.label,
            text=interpreted.text,
            status=interpreted.status,
            source=interpreted.source,
            note=interpreted.note,
        )


class Interpretation(BaseModel):
    """A text, understood."""

    interpreted: list[Chip]
    free_text: str = Field(description="What is searched for, beside the filters.")
    degraded: list[str] = Field(description="Components that were left out.")

    @classmethod
    def of(
        cls, intent: Intent, interpreted: Sequence[Interpreted], degraded: Sequence[str]
    ) -> "Interpretation":
        """Every mention as it would count if nothing had to be relaxed."""
        chips = [Chip.of(one) for one in interpreted]
        searched = intent.rewrite or intent.free_text
        return cls(interpreted=chips, free_text=searched, degraded=list(degraded))

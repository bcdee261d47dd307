"""An intent in the making: its fields, and how a further part narrows them."""

from dataclasses import dataclass, field
from typing import Any

from api.domain.years import YearRange
from api.language.parts.years import FIRST, LAST, Years

_ADULT = 17


@dataclass(slots=True)
class Draft:
    """The fields of an intent in the making."""

    fields: dict[str, Any] = field(default_factory=dict)
    says_ages: bool = False  # whether of anybody or of titles, beside what contents mean

    def add(self, name: str, *values: Any) -> None:
        self.fields[name] = (*self.fields.get(name, ()), *values)

    def add_once(self, name: str, value: Any) -> None:
        """Unless it has this very value."""
        if value not in self.fields.get(name, ()):
            self.add(name, value)

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

    def add_years(self, years: Years) -> bool:
        """Adds a span, or narrows those before it; False when nothing would be left of them."""
        span: YearRange = (years.first, years.last)
        known: tuple[YearRange, ...] = self.fields.get("years", ())
        if not known or not any(first <= FIRST or last >= LAST for first, last in (*known, span)):
            # "1994 or 1996", "80s and 90s": any of them.
            self.add("years", span)
            return True
        # "after 1980, before 1990": both.
        narrowed = tuple((max(a, span[0]), min(b, span[1])) for a, b in known)
        kept = tuple((a, b) for a, b in narrowed if a <= b)
        self.fields["years"] = kept or (span,)
        return bool(kept)


def _tightest(choose: Any, one: int | None, other: int | None) -> int | None:
    known = [value for value in (one, other) if value is not None]
    return choose(known) if known else None

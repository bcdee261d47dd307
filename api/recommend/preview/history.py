"""What the viewer did with a title, told as reasons that it is not recommended."""

from collections.abc import Sequence
from datetime import UTC, datetime

from api.recommend.preview.placement import Why
from api.viewers.taste.evidence_of_taste import ExcludingEvent


def explain_events(events: Sequence[ExcludingEvent]) -> list[Why]:
    """One reason per event, in their order."""
    return [Why(*_code_and_detail(event), evidence=_evidence(event)) for event in events]


def _code_and_detail(event: ExcludingEvent) -> tuple[str, str]:
    day = _day(event.occurred_at)
    match event.event_type:
        case "not_now":
            if event.snoozed_until is None:
                return "snoozed", f"Snoozed on {day}."
            return "snoozed", f"Snoozed until {_day(event.snoozed_until)}."
        case "disliked" | "not_interested":
            return "turned_down", f"Turned down on {day}."
        case "rated":
            return "seen", f"Rated {event.rating or 0:g} of 10 on {day}."
        case "liked":
            return "seen", f"Liked on {day}."
        case "watched":
            # Without a date from the client it is only known when the event arrived.
            seen = "Seen" if event.watched_at else "Marked as seen"
            return "seen", f"{seen} on {day}."


def _evidence(event: ExcludingEvent) -> dict[str, object]:
    moments = {
        "occurred_at": event.occurred_at,
        "watched_at": event.watched_at,
        "snoozed_until": event.snoozed_until,
    }
    times = {name: moment.astimezone(UTC).isoformat() for name, moment in moments.items() if moment}
    rating = {} if event.rating is None else {"rating": event.rating}
    return {"event_type": event.event_type, **rating, **times}


def _day(moment: datetime) -> str:
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%B %Y}"

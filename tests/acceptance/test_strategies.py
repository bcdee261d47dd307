"""Strategies over HTTP: which one serves, what is noted of it, and what runs in its shadow."""

from pathlib import Path
from typing import Any

import pytest

from api.domain.assignment import place_of
from api.experiments.promotions import promote
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of

_BOLD = """
[strategy]
share = {share}
shadow_share = {shadow_share}
without_selectors = ["mmr", "franchise_cap", "exploration"]
[mixer.cold]
popularity = 0.0
vote = 5.0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def bold(folder: Path, *, share: float = 0.0, shadow_share: float = 0.0) -> Path:
    """A folder with one strategy, which loves votes."""
    content = _BOLD.format(share=share, shadow_share=shadow_share)
    (folder / "bold.toml").write_text(content)
    return folder


def ids(answer: dict[str, Any]) -> list[int]:
    return [item["id"] for item in answer["items"]]


def noted(service: Service, answer: dict[str, Any]) -> tuple[str, str]:
    """The strategy and the assignment that are stored with the list."""
    ((strategy, assignment),) = rows_of(
        service.database,
        "SELECT strategy, assignment FROM slates WHERE id = %(id)s",
        id=answer["recommendation_id"],
    )
    return strategy, assignment


def shadows(service: Service, answer: dict[str, Any]) -> list[tuple[Any, ...]]:
    return rows_of(
        service.database,
        "SELECT strategy, item_ids, overlap_10, error FROM shadow_lists WHERE slate_id = %(id)s",
        id=answer["recommendation_id"],
    )


def test_a_strategy_can_be_asked_for_and_has_pages_of_its_own(
    start_sample: ServiceFactory, folder: Path
) -> None:
    service = start_sample(STRATEGIES_PATH=bold(folder))
    usual, asked = service.recommend("asker"), service.recommend("asker", strategy="bold")
    assert ids(usual) != ids(asked)
    # Both are cached by now, each under its strategy.
    assert service.recommend("asker")["recommendation_id"] == usual["recommendation_id"]
    again = service.recommend("asker", strategy="bold")
    assert again["recommendation_id"] == asked["recommendation_id"]
    assert noted(service, usual) == ("standard", "champion")
    assert noted(service, asked) == ("bold", "asked")
    assert noted(service, service.recommend("asker", strategy="default")) == ("standard", "asked")
    page_two = service.recommend("asker", strategy="bold", cursor=asked["next_cursor"])
    assert not set(ids(page_two)) & set(ids(asked))
    assert "strategy" not in usual
    debug = service.recommend("asker", strategy="bold", debug=True)
    assert debug["strategy"] == {"name": "bold", "assignment": "asked"}
    refused = service.http.get("/recommend", params={"user_id": "asker", "strategy": "newest"})
    assert refused.status_code == 422
    assert refused.json()["detail"].endswith("known: default, bold, standard.")


def test_an_experiment_serves_its_share_of_viewers_unless_they_ask(
    start_sample: ServiceFactory, folder: Path
) -> None:
    service = start_sample(STRATEGIES_PATH=bold(folder, share=0.5))
    users = [f"viewer {number}" for number in range(6)]
    drawn = {user: place_of("bold", user, None) < 0.5 for user in users}
    assert set(drawn.values()) == {True, False}
    for user in users:
        expected = ("bold", "experiment") if drawn[user] else ("standard", "champion")
        assert noted(service, service.recommend(user, limit=1)) == expected
    inside = next(user for user in users if drawn[user])
    asked = service.recommend(inside, limit=1, strategy="default")
    assert noted(service, asked) == ("standard", "asked")


def test_shadows_run_beside_the_answer_and_are_held_of_the_user(
    start_sample: ServiceFactory, folder: Path
) -> None:
    service = start_sample(STRATEGIES_PATH=bold(folder, shadow_share=1.0))
    answer = service.recommend("shadowed", query="a space adventure from the 80s")
    found: list[tuple[Any, ...]] = []
    for _ in range(2_000):  # each asks the service something, so that its threads get their turn
        if found := shadows(service, answer):
            break
        service.http.get("/healthz")
    ((name, items, overlap, error),) = found
    assert (name, error) == ("bold", None)
    assert 10 < len(items) <= 50
    assert 0 <= overlap <= 1
    same = service.recommend("shadowed", query="a space adventure from the 80s", strategy="bold")
    assert items[:10] == ids(same)[:10]
    # What ran as the one that served has no shadow of itself.
    assert shadows(service, same) == []
    held = service.http.get("/users/shadowed/export").json()
    assert held["shadow_lists"] == [
        {"recommendation_id": answer["recommendation_id"], "strategy": "bold", "item_ids": items}
    ]
    service.http.delete("/users/shadowed")
    assert shadows(service, answer) == []


def test_a_promotion_counts_at_the_next_request_of_every_process(
    start_own_sample: ServiceFactory, folder: Path
) -> None:
    strategies = bold(folder)
    first, second = (start_own_sample(STRATEGIES_PATH=strategies) for _ in range(2))
    before = [noted(service, service.recommend("walker")) for service in (first, second)]
    promote(first.database, "bold", by="ada")
    page_one = first.recommend("walker")
    after = [noted(first, page_one), noted(second, second.recommend("walker"))]
    assert before == [("standard", "champion")] * 2
    assert after == [("bold", "champion")] * 2
    # The list in hand goes on as it began.
    promote(first.database, "standard", by="ada")
    page_two = second.recommend("walker", cursor=page_one["next_cursor"])
    assert page_two["recommendation_id"] == page_one["recommendation_id"]
    assert noted(second, second.recommend("walker")) == ("standard", "champion")


def test_a_champion_that_is_not_configured_is_told_and_the_standard_serves(
    start_own_sample: ServiceFactory, folder: Path
) -> None:
    service = start_own_sample(STRATEGIES_PATH=folder)
    promote(service.database, "gone", by="ada")
    assert noted(service, service.recommend("walker", limit=1)) == ("standard", "champion")
    told = service.http.get("/readyz")
    assert told.status_code == 200
    assert "The champion 'gone' is not configured here" in told.text

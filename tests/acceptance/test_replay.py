"""A served list can be made again from its log, or it is said what has moved since."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.commands.replaying import replay_list
from api.experiments.replay import Replayed
from api.platform.errors import NotFound
from config.settings import Settings
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_slate, announce_catalogue, rows_of

ReplayOf = Callable[[Service, dict[str, Any]], Replayed]


@pytest.fixture
def replay(data_dir: Path) -> ReplayOf:
    def of(service: Service, answer: dict[str, Any]) -> Replayed:
        # As the command line runs it: with today's settings, which may be others than then.
        settings = Settings.load({"DATA_DIR": data_dir})
        return replay_list(settings, service.database, UUID(answer["recommendation_id"]))

    return of


def test_a_list_is_the_same_after_the_viewer_has_gone_on(
    start_sample: ServiceFactory, replay: ReplayOf
) -> None:
    service = start_sample(RERANK_PROVIDER="small", MMR_LAMBDA="0.5")
    service.post_history("movie:949", "movie:238", user_id="replayed", event_type="liked")
    answer = service.recommend("replayed")
    words = service.recommend("replayed", query="crime thrillers from the 90s", diversify=False)
    stranger = service.recommend("a stranger")
    service.post_history(
        *(item["id"] for item in answer["items"][:5]), user_id="replayed", event_type="disliked"
    )
    for served in (answer, words, stranger):
        found = replay(service, served)
        assert found.identical, found
        assert (found.differing, found.overlap_20, found.reasons) == (0, 1.0, ())


def test_what_was_preferred_and_shown_in_vain_then_counts(
    start_sample: ServiceFactory, replay: ReplayOf
) -> None:
    service = start_sample()
    path = "/users/moody/preferences"
    said = {"preferences": [{"kind": "genre", "value": "Crime", "stance": "prefer"}]}
    assert service.http.put(path, json=said).status_code == 200
    tired = service.recommend("moody")["items"][0]["id"]
    shown = {"user_id": "moody", "item_id": tired, "event_type": "impression"}
    assert service.http.post("/feedback", json=[shown] * 5).status_code == 200
    answer = service.recommend("moody")
    said["preferences"][0]["stance"] = "never"
    assert service.http.put(path, json=said).status_code == 200
    click = {"user_id": "moody", "item_id": tired, "event_type": "click"}
    assert service.http.post("/feedback", json=click).status_code == 200
    found = replay(service, answer)
    assert found.identical, found


def test_a_history_that_was_taken_back_is_the_reason(
    start_sample: ServiceFactory, replay: ReplayOf
) -> None:
    service = start_sample()
    service.post_history("movie:949", "movie:238", user_id="forgetful", event_type="liked")
    answer = service.recommend("forgetful")
    service.http.delete("/user/history", params={"user_id": "forgetful", "item": "movie:949"})
    found = replay(service, answer)
    assert not found.identical
    assert found.first is not None
    assert found.reasons == (
        "Events were changed or taken back: 2 titles were excluded then, 1 of what is left of "
        "that history.",
    )


def test_a_catalogue_and_a_model_that_moved_are_the_reasons(
    start_own_sample: ServiceFactory, replay: ReplayOf
) -> None:
    service = start_own_sample()
    service.post_history("movie:949", "movie:238", user_id="replayed", event_type="liked")
    answer = service.recommend("replayed")
    database = service.database
    # A title leaves the catalogue, and the model is replaced by one that knows nothing.
    rows_of(
        database,
        "UPDATE items SET retired_at = now() WHERE id = %(id)s RETURNING id",
        id=answer["items"][0]["id"],
    )
    announce_catalogue(database)
    rows_of(database, "UPDATE collaborative_models SET active = false RETURNING id")
    found = replay(service, answer)
    assert (found.identical, found.same_titles) == (False, False)
    assert found.first is not None
    assert (found.first.place, found.first.then) == (1, answer["items"][0]["id"])
    catalogue, model = found.reasons
    assert catalogue.startswith("The catalogue moved from version ")
    assert model.startswith("Collaborative model ")
    assert model.endswith(" was replaced by none.")


def test_rules_and_numbers_are_those_of_then(
    start_sample: ServiceFactory, replay: ReplayOf, tmp_path: Path
) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text('{"filters": {"exclude_genres": ["Drama"]}}')
    (tmp_path / "bold.toml").write_text("[strategy]\nwithout_sources = ['trending']\n")
    service = start_sample(BUSINESS_RULES_PATH=rules, STRATEGIES_PATH=tmp_path)
    answer = service.recommend("a stranger under rules", strategy="bold")
    (tmp_path / "bold.toml").unlink()
    found = replay(service, answer)
    assert (found.identical, found.strategy) == (True, "bold")


def test_numbers_of_another_version_are_one_sentence(
    start_own_sample: ServiceFactory, replay: ReplayOf
) -> None:
    service = start_own_sample()
    answer = service.recommend("a stranger")
    rows_of(
        service.database,
        "UPDATE kept_configurations SET content = content - 'ranking' RETURNING digest",
    )
    with pytest.raises(NotFound, match="another version of the service: ranking cannot be read"):
        replay(service, answer)


def test_what_is_not_kept_cannot_be_replayed(sample: Service, replay: ReplayOf) -> None:
    with pytest.raises(NotFound, match="is kept"):
        replay(sample, {"recommendation_id": str(uuid4())})
    bare = add_slate(sample.database, "of another time")
    rows_of(
        sample.database,
        "UPDATE slates SET evidence = %(e)s WHERE id = %(id)s RETURNING id",
        id=bare,
        e=_EMPTY_HEADER,
    )
    with pytest.raises(NotFound, match="without what it was made with"):
        replay(sample, {"recommendation_id": str(bare)})


_HEADER = (
    b'{"wish":{"user_id":"of another time","services":[],"genres":[],"weights":[]},"people":{},'
    b'"phrases":{},"degraded":[],"relaxed":[],"interpreted":[],"most_per_page":null}'
)
_EMPTY_HEADER = len(_HEADER).to_bytes(4, "little") + _HEADER

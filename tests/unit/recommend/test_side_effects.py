"""What follows from a page: what it depends on fails it, what comes after does not."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest

from api.recommend.lists.served import Served
from api.recommend.lists.side_effects import SideEffects
from api.recommend.pipeline.trace import Trace
from api.recommend.strategy import Chosen, Strategy
from config.settings import Settings
from config.strategy_files import STANDARD
from tests.facts_builder import Title, facts_of, query_over, ranking_of, run_of

_ID = UUID(int=7)


@dataclass
class Effect:
    """Notes which lists it followed, or fails."""

    name: str = "noting"
    error: Exception | None = None
    applies: bool = True
    followed: list[UUID] = field(default_factory=list)

    def applies_to(self, served: Served) -> bool:
        return self.applies

    def follow(self, served: Served) -> None:
        if self.error is not None:
            raise self.error
        self.followed.append(served.slate_id)


@dataclass
class Beside(Effect):
    """The same while a block runs, whose place it notes as well."""

    @contextmanager
    def beside(self, served: Served) -> Iterator[None]:
        self.follow(served)
        yield
        self.followed.append(served.slate_id)


@pytest.fixture
def served() -> Served:
    facts = facts_of([Title(1), Title(2)])
    run = run_of(query_over(facts), ranking_of(facts, [2, 1]))
    nothing: Any = None
    strategy = Strategy(Settings.load({}).strategies[STANDARD], nothing, nothing)
    served = Served.of(run, _ID, Chosen(strategy, "champion"))
    return replace(served, page_key="a page", body=b"{}")


def test_what_a_page_depends_on_fails_it(served: Served) -> None:
    behind = Effect()
    effects = SideEffects(before_sending=(Effect(error=ZeroDivisionError()), behind))
    with pytest.raises(ZeroDivisionError):
        effects.before(served, Trace())
    assert behind.followed == []


def test_what_is_done_beside_the_page_is_done_when_the_page_is(served: Served) -> None:
    trace, storing, idle = Trace(), Beside("store_list"), Beside(applies=False)
    with SideEffects(while_rendering=(storing, idle)).beside(served, trace):
        assert storing.followed == [_ID]
    assert storing.followed == [_ID, _ID]
    assert idle.followed == []
    assert [(span.stage, span.component) for span in trace.spans] == [("follow", "store_list")]


def test_what_is_done_beside_the_page_fails_it(served: Served) -> None:
    effects = SideEffects(while_rendering=(Beside(error=ZeroDivisionError()),))
    with pytest.raises(ZeroDivisionError), effects.beside(served, Trace()):
        pass


def test_what_comes_after_a_page_fails_nothing_and_is_logged(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    failing, behind = Effect("shadows", ValueError("dana wrote: something private")), Effect()
    after = SideEffects(after_sending=(failing, behind)).after(served)
    assert after is not None
    with caplog.at_level(logging.WARNING):
        after()
    assert behind.followed == [_ID]
    (record,) = caplog.records
    assert record.__dict__["fields"] == {
        "effect": "shadows",
        "slate": str(_ID),
        "error": "ValueError",
    }


def test_an_effect_that_does_not_apply_is_not_done(served: Served) -> None:
    idle, trace = Effect(applies=False), Trace()
    effects = SideEffects(before_sending=(idle,), after_sending=(idle,))
    effects.before(served, trace)
    assert effects.after(served) is None
    assert idle.followed == []
    assert trace.spans == []


def test_what_is_done_before_sending_has_a_span_of_its_own(served: Served) -> None:
    trace = Trace()
    SideEffects(before_sending=(Effect("store_list"), Effect("keep_page"))).before(served, trace)
    assert [(span.stage, span.component) for span in trace.spans] == [
        ("follow", "store_list"),
        ("follow", "keep_page"),
    ]

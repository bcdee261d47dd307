"""What strategies are made of: their stages, their viewers, and what a shadow must not do."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from api.experiments.build_strategies import build_strategies
from api.experiments.strategies import Strategies
from api.platform.errors import ConfigurationError
from api.recommend.build_pipeline import build_strategy
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.hydrate.text_vector import TextVector
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.pipeline.runner import Pipeline
from api.recommend.request import RecommendRequest
from api.recommend.strategy import Chosen, Strategy
from api.viewers.versions import Versions
from config.settings import Settings

_NOTHING: Any = None
_ENCODER: Any = SimpleNamespace(encode=None)


def build(folder: Path, content: str) -> Strategies:
    (folder / "bold.toml").write_text(content)
    return build_strategies(
        Settings.load({"STRATEGIES_PATH": folder}),
        _NOTHING,
        encoder=_ENCODER,
        interpreter=_NOTHING,
        refiner=None,
        rerank_model=None,
        templates=_NOTHING,
        words=_NOTHING,
        centroids=_NOTHING,
        vectors=_NOTHING,
        similarity=_NOTHING,
    )


def bold(
    folder: Path, content: str, *, refiner: Any = None, rerank_model: Any = None, **environment: str
) -> Strategy:
    (folder / "bold.toml").write_text(content)
    settings = Settings.load({"STRATEGIES_PATH": folder} | environment)
    return build_strategy(
        settings,
        _NOTHING,
        settings.strategies["bold"],
        encoder=_ENCODER,
        interpreter=_NOTHING,
        refiner=refiner,
        rerank_model=rerank_model,
        templates=_NOTHING,
    )


def names(pipeline: Pipeline) -> tuple[list[str], list[str], list[str]]:
    stages: Any = (pipeline.sources, pipeline.scorers, pipeline.selectors)
    sources, scorers, selectors = ([part.name for part in parts] for parts in stages)
    return sources, scorers, selectors


def test_stages_are_left_out_by_name(tmp_path: Path) -> None:
    content = """
        [strategy]
        without_sources = ["trending"]
        without_scorers = ["novelty", "trending"]
        without_selectors = ["mmr", "exploration"]
    """
    sources, scorers, selectors = names(bold(tmp_path, content).pipeline)
    assert "trending" not in sources
    assert not {"novelty", "trending"} & set(scorers)
    assert selectors == [
        "franchise_cap",
        "shares_of_taste",
        "series_order",
        "drawn",
        "likely_first",
        "known_first",
        "made_for_children_first",
        "exact_matches_first",
        "one_and_two_others",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            "without_sources = ['charts']",
            "bold.toml: strategy.without_sources: there is no source 'charts' to leave out; known: "
            f"{', '.join(sorted(EVIDENCE.source_names))}.",
        ),
        # A title that keeps the whole wish comes first, whatever is on trial.
        (
            "without_selectors = ['wished_first']",
            "bold.toml: strategy.without_selectors: there is no selector 'wished_first' to leave "
            "out; known: exploration, franchise_cap, mmr, shares_of_taste.",
        ),
    ],
)
def test_stages_that_there_are_not_stop_the_boot(
    tmp_path: Path, content: str, sentence: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        build(tmp_path, f"[strategy]\n{content}\n")
    assert str(raised.value) == sentence


def test_strategies_share_what_their_numbers_agree_in(tmp_path: Path) -> None:
    (tmp_path / "calm.toml").write_text("[query]\nrewrite_weight = 0.5\n[profile]\nevents = 50\n")
    strategies = build(tmp_path, "[mixer.warm]\nvote = 1\n")
    trendy, calm, standard = (strategies.choose(request(name), _VERSIONS) for name in _NAMES)
    assert trendy.strategy.viewers is standard.strategy.viewers
    assert calm.strategy.viewers is not standard.strategy.viewers
    # The encoder of the words, and its cache.
    assert encoder_of(trendy) is encoder_of(standard)
    assert encoder_of(calm) is not encoder_of(standard)


@pytest.mark.parametrize(
    ("content", "shares"),
    [
        ("[collaborative]\nhalf_life = 3", False),
        ("[retrieval]\nsimilar_share = 0.1", False),
        ("[retrieval]\nann_k = 321", True),
        ("[damping]\nvote_penalty = 0.5", True),
    ],
)
def test_a_taste_is_shared_where_every_number_that_shapes_it_is_the_same(
    tmp_path: Path, content: str, *, shares: bool
) -> None:
    strategies = build(tmp_path, content)
    bold, standard = (strategies.choose(request(name), _VERSIONS) for name in ("bold", "standard"))
    assert (bold.strategy.viewers is standard.strategy.viewers) is shares


def encoder_of(chosen: Chosen) -> QueryHydrator:
    (found,) = (h for h in chosen.strategy.pipeline.hydrators if isinstance(h, TextVector))
    return found


_NAMES = ("bold", "calm", "standard")
_VERSIONS = Versions(1, None, 0, False, None, None, None)


def request(strategy: str) -> RecommendRequest:
    return RecommendRequest("dana", strategy=strategy)


def test_a_shadow_asks_no_hosted_model_and_no_other_server(tmp_path: Path) -> None:
    hosted = {"RERANK_PROVIDER": "openai", "RERANK_API_KEY": "sk-0123456789"}
    refiner = SimpleNamespace(refine=None)
    strategy = bold(tmp_path, "", refiner=refiner, rerank_model=lambda _: [], **hosted)
    offline = strategy.pipeline.offline()
    assert strategy.pipeline.reranker is not None
    assert offline.reranker is None
    served, unseen = (
        {part.name for part in pipeline.hydrators} for pipeline in (strategy.pipeline, offline)
    )
    assert served - unseen == {"entity_search", "llm_intent"}
    small = bold(tmp_path, "", RERANK_PROVIDER="small")
    assert small.pipeline.offline().reranker is not None

"""Learns from judged requests where their answers lie, and tries it on other requests."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats
from api.recommend.hydrate.toward_answers import TowardAnswers
from api.recommend.trait_model import TraitModel
from tests.quality.strangers.catalogue import Titles

FOUND = 400  # titles of a search for words, see ann_k_words in config/ranking.toml
_FOLDS = 5
_KNOWN_VOTES = 100  # of titles that tell what stories usually have in common
# Chosen with cross-validation over three quarters of the requests; neighbouring values do as well.
_RIDGE = 10.0
_WHITENED = 0.001  # added to each variance of stories: the less, the more rare directions count
_RIDGE_TRAITS, _WHITENED_TRAITS = (
    15.0,
    0.05,
)  # the same for traits, between 10 and 20 of little effect
_OF_ONE_ANSWER = 0.5  # what a request counts that has a single answer


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A request as the service searches for it."""

    id: str
    kind: str
    share: float  # of answers in its vector, by what its text does
    vector: Floats  # of its words
    rows: NDArray[np.intp]  # of its answers among the titles
    grades: Floats  # theirs
    is_plot: bool = False


def learn(requests: Sequence[Asked], titles: Titles) -> TowardAnswers:
    """Ridge regression of answers on requests, both without what all have; answers whitened.

    Whitening (the inverse of the stories' covariance) keeps what most stories share from standing
    for what is wanted. Its side of the cosine is the request's, so that titles stay as they are.
    """
    known = titles.vectors[titles.votes > _KNOWN_VOTES].astype(np.float64)
    dimension = known.shape[1]
    whitening = np.linalg.inv(np.cov(known.T) + _WHITENED * np.eye(dimension))
    weights = np.array([1.0 if len(one.rows) > 1 else _OF_ONE_ANSWER for one in requests])
    asked = np.stack([one.vector for one in requests]).astype(np.float64)
    answered = np.stack([_centre(one, titles) for one in requests])
    usual = np.average(asked, axis=0, weights=weights)
    usual_answer = np.average(answered, axis=0, weights=weights)
    own, own_answer = asked - usual, answered - usual_answer
    weighed = own * weights[:, None]
    turn = np.linalg.solve(own.T @ weighed + _RIDGE * np.eye(dimension), weighed.T @ own_answer)
    return TowardAnswers(
        usual=usual.astype(np.float32),
        turn=(turn @ whitening).astype(np.float32),
        lean=((usual_answer - known.mean(axis=0)) @ whitening).astype(np.float32),
    )


def learn_traits(requests: Sequence[Asked], titles: Titles, columns: Floats) -> TraitModel:
    """Ridge regression of the answers' traits on requests that tell no plot, whitened like stories.

    `columns` are the traits of the titles, row for row.
    """
    asked_of = [one for one in requests if not one.is_plot]
    known = columns[titles.votes > _KNOWN_VOTES].astype(np.float64)
    covariance = np.cov(known.T) + _WHITENED_TRAITS * np.eye(known.shape[1])
    usual_title = known.mean(axis=0)
    weights = np.array([1.0 if len(one.rows) > 1 else _OF_ONE_ANSWER for one in asked_of])
    asked = np.stack([one.vector for one in asked_of]).astype(np.float64)
    answered = np.stack([_mean(one, columns) for one in asked_of]) - usual_title
    usual = np.average(asked, axis=0, weights=weights)
    own, own_answer = asked - usual, answered - np.average(answered, axis=0, weights=weights)
    weighed = own * weights[:, None]
    ridge = _RIDGE_TRAITS * np.eye(asked.shape[1])
    turn = np.linalg.solve(own.T @ weighed + ridge, weighed.T @ own_answer)
    return TraitModel(
        usual=usual.astype(np.float32),
        turn=(turn @ np.linalg.inv(covariance)).astype(np.float32),
        titles=usual_title.astype(np.float32),
    )


def cross_validated(requests: Sequence[Asked], titles: Titles) -> NDArray[np.float64]:
    """As `found`, where nothing was learned from the request that searches."""
    values = np.zeros((len(requests), 2))
    folds = np.arange(len(requests)) % _FOLDS
    for fold in range(_FOLDS):
        others = [one for one, own in zip(requests, folds, strict=True) if own != fold]
        own = [one for one, of in zip(requests, folds, strict=True) if of == fold]
        values[folds == fold] = found(own, titles, learn(others, titles))
    return values


def found(requests: Sequence[Asked], titles: Titles, learned: TowardAnswers) -> NDArray[np.float64]:
    """(requests, 2): share of the answers among the FOUND nearest titles, before and after."""
    values = np.zeros((len(requests), 2))
    for place, one in enumerate(requests):
        for column, vector in enumerate((one.vector, learned.moved(one.vector, one.share))):
            cosines = titles.vectors @ vector
            least = np.partition(cosines, -FOUND)[-FOUND] if len(cosines) > FOUND else -1.0
            values[place, column] = float((cosines[one.rows] >= least).mean())
    return values


def _centre(one: Asked, titles: Titles) -> NDArray[np.float64]:
    """The mean of its answers' stories, by their gains."""
    return _mean(one, titles.vectors)


def _mean(one: Asked, columns: Floats) -> NDArray[np.float64]:
    gains = 2.0**one.grades - 1
    return np.asarray(gains @ columns[one.rows] / gains.sum(), dtype=np.float64)

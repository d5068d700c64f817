"""The learner: what coded examples teach about which themes a response carries.

Two small models, and no network. The word model is one logistic regression a theme over TF-IDF of
terms. The second weighs, for every pair of a response and a theme, that score beside the cues
found, the question asked and what such questions usually draw; it has few weights, shared by all
themes of a kind, so that a hundred examples teach it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import ThreadpoolController

from synthesis.codebook import KINDS, Codebook, Kind
from synthesis.cues import Cue
from synthesis.lessons import Array, Lesson, Record, Rows
from synthesis.readings import Reading

FOLDS = 5
ENOUGH = 200
"""Lessons of the review's own from which the second model learns from them alone.

Of fewer it learns less than they and the codebook's teach it together.
"""
MOST = 2_000
"""Lessons that the second model learns from at most, drawn from all: it has few weights."""
STRENGTH = 2.0
"""How closely the word model follows its examples (scikit-learn's C)."""
UNKNOWN = -3.0
"""The word score, in log-odds, of a theme with too few examples to learn from."""
FEWEST = 2
STRONG = 0.5
"""The precision from which a cue counts as strong."""
_threads = ThreadpoolController()
"""Sharing such small sums between cores costs more than the sums."""
CUTS = np.arange(0.15, 0.80, 0.025)


@dataclass(frozen=True, slots=True)
class _School:
    """The lessons side by side: `table` is lessons x features, `codes` lessons x themes, 0 or 1."""

    lessons: Sequence[Lesson]
    table: csr_matrix
    codes: Array

    @property
    def weights(self) -> Array:
        """Return how much each lesson counts."""
        return np.array([lesson.weight for lesson in self.lessons])

    def folds(self) -> Rows:
        """Deal the lessons into folds, an authority always whole if there are several."""
        names = [
            lesson.reading.response.authority or str(place)
            for place, lesson in enumerate(self.lessons)
        ]
        dealt = np.array([crc32(name.encode()) % FOLDS for name in names])
        leading = self.leading()
        if len(np.unique(dealt[leading])) == 1:
            dealt[leading] = np.arange(len(leading)) % FOLDS
        return dealt

    def leading(self) -> Rows:
        """Return the lessons that the second model learns from: the review's own, once enough.

        The codebook's examples are written with its cues in mind, so they flatter the cues.
        """
        own = np.flatnonzero(self.weights == self.weights.max())
        return own if len(own) >= ENOUGH else np.arange(len(self.lessons))


class WordModel:
    """Log-odds of each theme from a response's words; `weights` is features x themes."""

    def __init__(self, school: _School, rows: Rows) -> None:
        """Learn from some of the lessons."""
        table, codes = school.table[rows], school.codes[rows]
        self.weights = np.zeros((table.shape[1], codes.shape[1]))
        self.offsets = np.full(codes.shape[1], UNKNOWN)
        for column in range(codes.shape[1]):
            if FEWEST <= codes[:, column].sum() < len(codes):
                model = LogisticRegression(
                    C=STRENGTH, solver="liblinear", class_weight="balanced", random_state=0
                )
                model.fit(table, codes[:, column], sample_weight=school.weights[rows])
                self.weights[:, column] = model.coef_[0]
                self.offsets[column] = model.intercept_[0]

    def scores(self, table: csr_matrix) -> Array:
        """Return responses x themes."""
        return np.asarray(table @ self.weights + self.offsets, dtype=float)


@dataclass(frozen=True, slots=True)
class Weighing:
    """The second model of one kind: its themes, and the probability from which it says yes."""

    columns: list[int]
    weights: Array
    offset: float
    cut: float = 0.5

    def probabilities(self, features: Array) -> Array:
        """Return responses x themes of this kind, from responses x themes x features."""
        odds: Array = (features @ self.weights)[:, self.columns] + self.offset
        return 1 / (1 + np.exp(-odds))


class Opinion(NamedTuple):
    """The themes of a response with their probabilities, and how unsure they are, 0 to 1."""

    scores: dict[str, float]
    doubt: float


class Learner:
    """What the lessons taught. The themes are the codebook's, without the emergent ones."""

    def __init__(self, codebook: Codebook, cues: Sequence[Cue], lessons: Sequence[Lesson]) -> None:
        """Learn; every score that the second model learns from is of a lesson held out."""
        self.themes = [theme.code for theme in codebook if theme.kind != "emergent"]
        self.kinds: dict[Kind, list[int]] = {
            kind: [self.themes.index(theme.code) for theme in codebook.of_kind(kind)]
            for kind in KINDS
            if kind != "emergent" and codebook.of_kind(kind)
        }
        self._places = {theme: place for place, theme in enumerate(self.themes)}
        self._cues = cues
        self._vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True)
        school = _School(
            lessons=lessons,
            # One by one: the features of all of them are many times as long as their words.
            table=self._vectorizer.fit_transform(lesson.reading.features() for lesson in lessons),
            codes=np.array(
                [[float(theme in lesson.codes) for theme in self.themes] for lesson in lessons]
            ),
        )
        with _threads.limit(limits=1):
            self._study(school)

    def _study(self, school: _School) -> None:
        leading = school.leading()
        weighed = _some(leading)
        self.kinds = {
            kind: columns
            for kind, columns in self.kinds.items()
            if len(np.unique(school.codes[weighed][:, columns])) > 1
        }
        features = self._held_out(school, leading, weighed)
        self._words = WordModel(school, np.arange(len(school.lessons)))
        self._record = Record([school.lessons[row] for row in leading], self._cues, self.themes)
        self._weighings = {
            kind: _weigh(columns, features, school.codes[weighed], school.weights[weighed])
            for kind, columns in self.kinds.items()
        }

    def _held_out(self, school: _School, leading: Rows, weighed: Rows) -> Array:
        """Return the features of some leading lessons, from models blind to their authority."""
        folds = school.folds()
        parts: dict[int, Array] = {}
        for fold in sorted(set(folds[weighed].tolist())):
            held = weighed[folds[weighed] == fold]
            words = WordModel(school, np.flatnonzero(folds != fold))
            seen = [school.lessons[row] for row in leading if folds[row] != fold]
            record = Record(seen, self._cues, self.themes)
            readings = [school.lessons[row].reading for row in held]
            part = self._features(readings, words.scores(school.table[held]), record)
            parts.update(zip(held.tolist(), part, strict=True))
        return np.array([parts[row] for row in weighed.tolist()])

    def probabilities(self, readings: Sequence[Reading]) -> Array:
        """Return responses x themes, 0 to 1."""
        known = [self._known(reading.features()) for reading in readings]
        scores = self._words.scores(self._vectorizer.transform(known))
        features = self._features(readings, scores, self._record)
        result = np.zeros(scores.shape)
        for weighing in self._weighings.values():
            result[:, weighing.columns] = weighing.probabilities(features)
        return result

    def _features(self, readings: Sequence[Reading], scores: Array, record: Record) -> Array:
        """Return responses x themes x features, what the second model goes by."""
        best, weight, number = record.support(readings)
        rates = np.array([record.rates(reading) for reading in readings]).clip(1e-3, 1 - 1e-3)
        places = [self._places.get(reading.asked, -1) for reading in readings]
        asked = np.arange(len(self.themes)) == np.array(places)[:, np.newaxis]
        unasked = np.array([not reading.asked for reading in readings])[:, np.newaxis]
        strong = best > STRONG
        others = strong.sum(axis=1, keepdims=True) - strong
        columns = (
            best > 0,
            best,
            np.sqrt(weight),
            np.log1p(number),
            asked,
            scores,
            scores * (best > 0),
            np.log(rates / (1 - rates)),
            unasked,
            others,
            asked * strong,
            asked * others,
            asked * scores,
            unasked * scores,
            unasked * strong,
            unasked * best,
        )
        shape = scores.shape
        return np.stack([np.broadcast_to(column, shape) for column in columns], axis=2)

    def judge(self, readings: Sequence[Reading]) -> list[dict[str, float]]:
        """Return each reading's themes with their probabilities, 0 to 1."""
        return [opinion.scores for opinion in self.opinions(readings)]

    def opinions(self, readings: Sequence[Reading]) -> list[Opinion]:
        """Return each reading's themes, and the doubt about them: the mean over the kinds."""
        scores: list[dict[str, float]] = [{} for _ in readings]
        unsure = np.zeros(len(readings))
        with _threads.limit(limits=1):
            probabilities = self.probabilities(readings)
        for kind, columns in self.kinds.items():
            likely = probabilities[:, columns]
            chosen = self._choose(kind, likely)
            unsure += doubts(likely, chosen) / len(self.kinds)
            for row, place in np.argwhere(chosen).tolist():
                if readings[row].sentences:
                    column = columns[place]
                    scores[row][self.themes[column]] = float(probabilities[row, column])
        return [Opinion(*pair) for pair in zip(scores, unsure.tolist(), strict=True)]

    def _choose(self, kind: Kind, likely: Array) -> NDArray[np.bool_]:
        """Choose, for each response, by the kind's cut; of the stances, one at most."""
        cut = self._weighings[kind].cut
        likeliest = np.arange(likely.shape[1]) == likely.argmax(axis=1)[:, np.newaxis]
        best = np.where(likeliest, likely, 0.0)
        if kind == "stance":
            return best >= cut
        if kind == "strand":
            # Nearly every answer is about something: the likeliest strand, if not far-fetched.
            return (likely >= cut) | (best >= cut / 2)
        return likely >= cut

    def _known(self, features: Sequence[str]) -> list[str]:
        """Keep the features met in the lessons: few of a text's pairs of words are among them."""
        vocabulary = self._vectorizer.vocabulary_
        return [feature for feature in features if feature in vocabulary]

    def worth(self, features: Sequence[str]) -> tuple[list[str], Array]:
        """Return the features it knows and what each adds to the word scores, features x themes."""
        known = self._known(features)
        rows = [self._vectorizer.vocabulary_[feature] for feature in known]
        return known, self._words.weights[rows] * self._vectorizer.idf_[rows, np.newaxis]


def _some(rows: Rows) -> Rows:
    """Return `MOST` of very many rows, drawn from all, in their order."""
    if len(rows) <= MOST:
        return rows
    return np.sort(np.random.default_rng(0).choice(rows, MOST, replace=False))


def doubts(likely: Array, chosen: NDArray[np.bool_]) -> Array:
    """Return, for each response, what the F1 of the themes chosen is expected to lack of one.

    Where none is chosen, nobody knows.
    """
    right = (likely * chosen).sum(axis=1)
    sizes = chosen.sum(axis=1) + likely.sum(axis=1)
    unsure: Array = 1 - 2 * right / np.maximum(sizes, 1e-9)
    return unsure


def _weigh(columns: list[int], features: Array, codes: Array, counts: Array) -> Weighing:
    """Fit the second model for one kind, and choose from where it says yes."""
    chosen = features[:, columns]
    flat = chosen.reshape(-1, chosen.shape[2])
    mean, spread = flat.mean(axis=0), flat.std(axis=0) + 1e-6
    model = LogisticRegression(C=0.5, max_iter=500)
    shares = np.repeat(counts, len(columns))
    model.fit((flat - mean) / spread, codes[:, columns].reshape(-1), sample_weight=shares)
    weights = model.coef_[0] / spread
    draft = Weighing(columns, weights, float(model.intercept_[0] - weights @ mean))
    cut = _cut(draft.probabilities(features), codes[:, columns], counts)
    return replace(draft, cut=cut)


def _cut(probabilities: Array, codes: Array, counts: Array) -> float:
    """Choose the cut with the best samples-F1 over the lessons."""
    best = max(
        (_samples_f1((probabilities >= cut).astype(float), codes, counts), -cut) for cut in CUTS
    )
    return float(-best[1])


def _samples_f1(given: Array, gold: Array, counts: Array) -> float:
    """Return the weighted mean F1 of the rows in which either side has a theme."""
    sizes = given.sum(axis=1) + gold.sum(axis=1)
    rows = sizes > 0
    f1 = 2 * (given * gold).sum(axis=1)[rows] / sizes[rows]
    return float(np.average(f1, weights=counts[rows])) if rows.any() else 0.0

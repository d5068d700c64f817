"""Whatever is said, by whomever and under whatever use level, the review keeps its own rules."""

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, given, settings

from synthesis.findings import Basis
from synthesis.material import Material, Rating, Response
from synthesis.passages import Passage
from synthesis.review import draw_up, verify
from synthesis.schedule import Schedule
from synthesis.tags import Tag
from tests.synthesis.small_region import AUTHORITIES, CODEBOOK, SCHEDULE, small_outline

SENTENCES = (
    "Every plan is reviewed within six weeks by a manager.",
    "The Brightpath team in Ludden Quay is not yet able to count who returns.",
    "Most families wait (12 of 20) and 60% never hear from us again.",
    "She said that the girl aged 7 was seen by Alderwick twice.",
    "No audit here.",
    "Parents say “thank you” at the front door, and the police do too.",
)
THEMES = [theme.code for theme in CODEBOOK]
QUESTIONS = ("S01.3", "S05.1", "S11.1", "S12.1", "A1.1", "I01", "")


@st.composite
def bases(draw: st.DrawFn) -> Basis:
    """Draw a basis: some responses of some authorities, tagged anyhow, and some ratings."""
    names = [authority.name for authority in AUTHORITIES] + [f"Place {n}" for n in range(6)]
    responses, tags = [], []
    for turn in range(draw(st.integers(0, 14))):
        said = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True))
        source = draw(st.sampled_from(("questionnaire", "interview", "document")))
        response = Response(
            id=f"r{turn}",
            text=" ".join(said),
            authority=draw(st.sampled_from(names)),
            source=source,
            question_code="" if source == "document" else draw(st.sampled_from(QUESTIONS)),
            use_level=draw(st.sampled_from(("named", "unnamed", "withheld"))),
            verbatim=source != "interview",
        )
        responses.append(response)
        for sentence in said:
            start = response.text.index(sentence)
            passage = Passage(response, start, start + len(sentence))
            codes = draw(st.lists(st.sampled_from(THEMES), max_size=4, unique=True))
            tags += [Tag(passage, code, draw(st.floats(0.3, 1)), "drawn") for code in codes]
    ratings = [
        Rating(f"q{turn}", name, "S01.2", value, use_level=level)
        for turn, (name, value, level) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(names),
                        st.sampled_from((0, 1, 2, 3, 4, None)),
                        st.sampled_from(("named", "unnamed", "withheld")),
                    ),
                    max_size=8,
                    unique_by=lambda row: row[0],
                )
            )
        )
    ]
    schedule = draw(st.sampled_from((SCHEDULE, Schedule())))
    material = Material(AUTHORITIES, tuple(responses), ratings=tuple(ratings))
    return Basis(material, CODEBOOK, schedule, tuple(tags))


@given(bases())
@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],  # shrinking a whole review takes longer than reading it
    suppress_health_check=[HealthCheck.too_slow],
)
def test_no_review_breaks_its_own_rules(basis: Basis) -> None:
    review, ledger = draw_up(basis, small_outline())
    assert verify(review, ledger, basis.material) == []

"""A small invented region: six authorities, four strands, and one of everything a review handles.

Brackmere answers on services unnamed, beside four others; Dunmorrow answers on monitoring unnamed,
beside too few to hide among. Elverthorpe withholds what it says on services. Fennholt was asked and
never answered. Tags are set by hand, sentence by sentence.
"""

import datetime as dt
from pathlib import Path

from synthesis.codebook import Codebook, Theme
from synthesis.findings import Agreement, Basis
from synthesis.material import (
    Authority,
    Choice,
    Figure,
    KeyContact,
    Material,
    Practice,
    Rating,
    Response,
    Return,
    SharedDocument,
    UseLevel,
)
from synthesis.passages import Passage
from synthesis.review.outline import Outline, parse
from synthesis.schedule import Question, Schedule, Section
from synthesis.tags import Tag

OUTLINE = Path(__file__).parent / "review" / "small_outline.toml"

AUTHORITIES = (
    Authority(
        "X1", "Alderwick", "Unitary", ("Alderwick Council",), ("Mossgate",), ("Springboard",)
    ),
    Authority("X2", "Brackmere", "County", ("BMC",), ("Ludden Quay",), ("Brightpath",)),
    Authority("X3", "Caldershaw", "Unitary"),
    Authority("X4", "Dunmorrow", "Unitary", (), (), ("Lantern",)),
    Authority("X5", "Elverthorpe and Vale", "County", ("EVC",)),
    Authority("X6", "Fennholt", "Unitary"),
)

CODEBOOK = Codebook(
    "Small codebook",
    "3",
    (
        Theme("S01", "strand", "Identification of needs", "How families come to notice."),
        Theme("S05", "strand", "Service provision", "What is on offer.", include=("Programmes",)),
        Theme("S11", "strand", "Monitoring and audit", "How work is checked."),
        Theme("S12", "strand", "Outcomes for families", "What changed."),
        Theme("A1", "outcome", "Child abuse and neglect", "Harm at home."),
        Theme("A6", "outcome", "NEET status", "Out of work and school."),
        Theme("E1", "evidence", "Data", "Figures."),
        Theme("E2", "evidence", "Audit", "Files looked at."),
        Theme("E3", "evidence", "Case study", "One family's story."),
        Theme("P1", "stance", "Strength", "Works well."),
        Theme("P2", "stance", "Gap", "Does not."),
        Theme("P3", "stance", "Plan", "Is to come."),
        Theme("X0", "emergent", "Other", "Anything else."),
    ),
)

SCALE = (
    (0, "Not in place"),
    (1, "Emerging"),
    (2, "Developing"),
    (3, "Established"),
    (4, "Embedded"),
)

ROUTES = (("school", "Schools"), ("health", "Health visitors"), ("self", "Families themselves"))

SCHEDULE = Schedule(
    questionnaire=(
        Section(
            "S01",
            "Identification of needs",
            (
                Question("S01.1", "Who tells you about families?", "S01", "multiple", ROUTES),
                Question("S01.2", "How well is one front door established?", "S01", "maturity"),
                Question("S01.3", "How do families move between services?", "S01"),
            ),
        ),
        Section("S05", "Service provision", (Question("S05.1", "What is on offer?", "S05"),)),
        Section(
            "S11",
            "Monitoring and audit",
            (
                Question("S11.1", "How is work checked?", "S11"),
                Question("S11.2", "How many files were audited?", "S11", "number"),
            ),
        ),
        Section("S12", "Outcomes", (Question("S12.1", "What changed for families?", "S12"),)),
        Section("A1", "Abuse and neglect", (Question("A1.1", "How is neglect seen?", "A1"),)),
    ),
    interview=(
        Section(
            "I01",
            "",
            (Question("I01", "Tell me about change.", "S12", "prompt", probes=("How long?",)),),
        ),
    ),
    scale=SCALE,
)

_TAGS: list[Tag] = []
_RESPONSES: list[Response] = []


def _say(
    authority: str,
    question: str,
    *sentences: tuple[str, str],
    use_level: UseLevel = "named",
    source: str = "questionnaire",
) -> None:
    """Add a response of these sentences, each with its themes."""
    response = Response(
        id=f"{authority}-{question}",
        text=" ".join(words for words, _ in sentences),
        authority=authority,
        source=source,
        question_code=question,
        use_level=use_level,
        verbatim=source != "interview",
    )
    _RESPONSES.append(response)
    for words, themes in sentences:
        start = response.text.index(words)
        passage = Passage(response, start, start + len(words))
        _TAGS.extend(
            Tag(passage, theme, 0.9, f"says ‘{words.split()[0]}’", decided=authority == "Alderwick")
            for theme in themes.split()
        )


_say(
    "Alderwick",
    "S01.3",
    ("One front door takes every request and answers within two days.", "S01 P1"),
    ("The monthly report counts how many families come back within a year.", "S01 E1 P1"),
)
_say(
    "Brackmere",
    "S01.3",
    ("Schools tell us that the threshold document is hard to follow.", "S01 P2"),
    ("Families who step down are not tracked once the case is closed.", "S01 P2"),
)
_say(
    "Caldershaw",
    "S01.3",
    ("Health visitors and schools share a front door with social workers.", "S01 P1"),
    ("From April a panel will look at every family that steps down.", "S01 P3"),
)
_say("Dunmorrow", "S01.3", ("Our front door is staffed by people families know.", "S01 P1"))
_say(
    "EVC",
    "S01.3",
    ("Referrals reach us from the police late and often without consent.", "S01 P2"),
    ("Every child with a neglect concern is seen by the same worker.", "A1 P1"),
)
_say(
    "Alderwick",
    "S05.1",
    ("Parenting groups run in every children's centre through the year.", "S05 P1"),
)
_say(
    "Brackmere",
    "S05.1",
    ("The Brightpath team in Ludden Quay visits families in the evening.", "S05 P1"),
    ("Parenting groups fill up within a week and most families wait.", "S05 P2"),
    use_level="unnamed",
)
_say("Caldershaw", "S05.1", ("Parenting groups are offered twice a year in two towns.", "S05"))
_say("Dunmorrow", "S05.1", ("There is nothing yet for fathers who live apart.", "S05 P2"))
_say(
    "EVC",
    "S05.1",
    ("We closed four youth clubs and have told nobody outside the council.", "S05 P2"),
    use_level="withheld",
)
_say(
    "Alderwick",
    "S11.1",
    ("Managers audit ten case files a month and tell staff what they found.", "S11 E2 P1"),
)
_say(
    "Dunmorrow",
    "S11.1",
    ("Lantern holds no field for the result of an audit, so nobody counts it.", "S11 E2 P2"),
    use_level="unnamed",
)
_say(
    "Caldershaw",
    "S11.1",
    ("Lindsey, a girl aged 7 from Mill Lane, was audited twice last spring.", "S11 E2"),
)
_say(
    "Alderwick",
    "S12.1",
    ("Three in four families who used the star moved up at least one step.", "S12 E1 P1"),
)
_say(
    "Caldershaw",
    "I01",
    ("She said families feel calmer but that nobody measures it after six months.", "S12 P2"),
    source="interview",
)
_say("Dunmorrow", "A1.1", ("Workers use the Graded Care Profile at every review.", "A1 P1"))
_say("Caldershaw", "A1.1", ("Vacancies in health visiting worry us more than anything.", "X0 P2"))

MATERIAL = Material(
    authorities=AUTHORITIES,
    responses=tuple(_RESPONSES),
    returns=(
        Return(
            "Alderwick",
            "returned",
            8,
            8,
            signed_off_by="A. Director",
            signed_off_on=dt.date(2015, 9, 1),
            shown_on=dt.date(2015, 9, 7),
            answered_on=dt.date(2015, 9, 11),
        ),
        Return(
            "Brackmere",
            "partial",
            3,
            8,
            shown_on=dt.date(2015, 9, 7),
            answer_by=dt.date(2015, 9, 21),
            silent_on=dt.date(2015, 9, 22),
        ),
        Return("Caldershaw", "returned", 7, 8, interviewed_on=dt.date(2015, 7, 22), interviews=1),
        Return(
            "Dunmorrow",
            "partial",
            5,
            8,
            shown_on=dt.date(2015, 9, 28),
            answer_by=dt.date(2015, 10, 12),
        ),
        Return("EVC", "partial", 3, 8),
        Return("Fennholt", "not returned"),
    ),
    ratings=(
        Rating("r1", "Alderwick", "S01.2", 4),
        Rating("r2", "Brackmere", "S01.2", 1),
        Rating("r3", "Caldershaw", "S01.2", 3),
        Rating("r4", "Dunmorrow", "S01.2", None, "don't know"),
        Rating("r5", "EVC", "S01.2", 2, use_level="unnamed"),
    ),
    choices=(
        Choice("c1", "Alderwick", "S01.1", "school"),
        Choice("c2", "Alderwick", "S01.1", "health"),
        Choice("c3", "Brackmere", "S01.1", "school"),
        Choice("c4", "Caldershaw", "S01.1", "school"),
        Choice("c5", "Dunmorrow", "S01.1", "self", use_level="withheld"),
    ),
    figures=(
        Figure("f1", "Alderwick", "S11.2", 120, "files", "2014 to 2015"),
        Figure("f2", "Dunmorrow", "S11.2", 9, "files", "2014 to 2015", use_level="unnamed"),
    ),
    documents=(
        SharedDocument(
            "d1",
            "Alderwick",
            "S01",
            "Levels of need",
            "Threshold document",
            "https://alderwick.example/levels",
            dt.date(2014, 9, 1),
            may_share=True,
        ),
        SharedDocument("d2", "Brackmere", "S11", "Brackmere audit tool", "Audit tool"),
    ),
    contacts=(
        KeyContact(
            "k1",
            "Caldershaw",
            "S01",
            "Morgan Teal",
            "Head of early help",
            "morgan.teal@caldershaw.example",
            may_publish=True,
        ),
        KeyContact(
            "k2", "Dunmorrow", "S11", "Robin Slate", "Analyst", "robin.slate@dunmorrow.example"
        ),
    ),
    practices=(
        Practice(
            "p1",
            "Alderwick",
            "S12",
            "The star at three points",
            "Workers and families score the star at the start, the end and six months on.",
            need="Nobody knew whether change lasted.",
            impact="Three in four families moved up.",
            strength="local data",
            consent=True,
        ),
        Practice(
            "p2",
            "Brackmere",
            "S05",
            "Evening visits by Brightpath",
            "A small team visits after work, when both parents are at home.",
            consent=True,
            use_level="unnamed",
        ),
        Practice("p3", "Dunmorrow", "S05", "Secret garden", "A garden that we would keep quiet."),
    ),
    as_of=dt.date(2015, 10, 5),
)

TAGS = tuple(_TAGS)
AGREEMENT = (Agreement("S01", 40, 0.71, 0.69), Agreement("S05", 40))
BASIS = Basis(MATERIAL, CODEBOOK, SCHEDULE, TAGS, AGREEMENT)


def small_outline() -> Outline:
    """Return the small region's outline."""
    return parse(OUTLINE.read_text("utf-8"), OUTLINE.name)

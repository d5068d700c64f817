"""An invented review that holds every kind of block, as a consultant might hand it over."""

import io

from matplotlib.figure import Figure

from synthesis.review.blocks import (
    Block,
    Box,
    Bullets,
    Cell,
    Contents,
    Cover,
    CrossReference,
    EvidenceReference,
    Heading,
    Link,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Review,
    Table,
    Text,
)

AUTHORITIES = (
    "Tarnshire",
    "Port Ellery",
    "Hallowby",
    "Westmarch",
    "Lower Sedge",
    "Quillbrook",
    "Marrow Vale",
    "Stanlow Bay",
    "Fernhythe",
    "Oxcombe",
    "Greater Tolland",
    "Isle of Penn",
)
STRANDS = tuple(f"S{number:02}" for number in range(1, 14))
WORDS = ("No return", "Not asked", "Nothing found", "Starting", "Growing", "In place")


def review_of(*blocks: Block) -> Review:
    """Give a review of just these blocks."""
    return Review("Early help", "What we found", "Tolland Partnership", "Draft 1", blocks)


def sample() -> Review:
    """Give the whole invented review."""
    blocks = (*_front(), *_summary(), *_method(), *_picture_of_region(), *_strand(), *_appendices())
    return Review(
        title="Early help in the Tolland region",
        subject="How twelve authorities judge whether early help works",
        author="Tolland Improvement Partnership",
        version="Draft 3 for sign-off",
        blocks=blocks,
    )


def _front() -> tuple[Block, ...]:
    cover = Cover(
        title="Early help in the Tolland region",
        subtitle="How twelve authorities judge whether early help works, and what they can share",
        details=(
            ("Commissioned by", "Tolland Improvement Partnership"),
            ("Survey", "Early help 2015, open from 1 June to 17 July 2015"),
            ("Version", "Draft 3 for sign-off"),
            ("Status", "For the authorities named in it to check. Not yet for publication."),
        ),
    )
    return cover, Contents(), PageBreak()


def _summary() -> tuple[Block, ...]:
    return (
        Heading(1, "1 Summary", "summary"),
        Paragraph(
            (
                Text(
                    "Twelve authorities were asked how they know that early help makes a "
                    "difference. Eleven answered. They agree on what to offer families, and far "
                    "less on how to tell whether it worked."
                ),
            ),
            "lead",
        ),
        Heading(2, "1.1 Key findings", "key.findings"),
        Paragraph(
            (
                Text("Most authorities record outcomes in their own words. ", bold=True),
                Text(
                    "Nine of the eleven that answered keep a closing summary for each family "
                    "but cannot add those summaries up ("
                ),
                EvidenceReference("E1"),
                Text(", "),
                EvidenceReference("E2"),
                Text(")."),
            ),
            "key",
        ),
        Paragraph(
            (
                Text("Few authorities ask families themselves. ", bold=True),
                Text("Two of eleven ask at the end and again after six months ("),
                EvidenceReference("E3"),
                Text(")."),
            ),
            "key",
        ),
        Paragraph(
            (
                Text("The strands stand at different points. "),
                CrossReference("Table 2", "matrix"),
                Text(" shows each authority against each strand, and "),
                CrossReference("Figure 1", "fig-returns"),
                Text(
                    " how many answered. A blank return is not a “no”: it means only that we "
                    "do not know. Read the "
                ),
                Link("partnership’s page on this review", "https://tolland.example/early-help"),
                Text(" for the questionnaire, or "),
                Link("write to the review team", "mailto:review@tolland.example"),
                Text("."),
            )
        ),
        Heading(2, "1.2 What the framework should take up", "take-up"),
        Bullets(
            (
                (Text("One closing form, with five questions every authority asks alike."),),
                (
                    Text("A shared way to follow families up after six months, so that "),
                    Text("no authority", italic=True),
                    Text(" has to invent its own and results can be set side by side."),
                ),
                (Text("A register of tools, with who to ring about each."),),
            )
        ),
        Heading(2, "1.3 Next steps", "next-steps"),
        Bullets(
            (
                (Text("Authorities check their own words by 30 September."),),
                (Text("The partnership agrees the five closing questions in October."),),
                (Text("Two authorities try them out from November to March."),),
            ),
            numbered=True,
        ),
    )


def _method() -> tuple[Block, ...]:
    returned = tuple(
        (
            Cell((Text(name),)),
            Cell((Text("Returned" if place != 5 else "Not returned"),)),
            Cell((Text("Yes" if place % 3 else "No"),)),
            Cell((Text(str(place * 2 % 7)),), align="right"),
        )
        for place, name in enumerate(AUTHORITIES)
    )
    return (
        PageBreak(),
        Heading(1, "2 Method", "method"),
        Paragraph(
            (
                Text(
                    "Each authority answered one questionnaire, and those willing spoke to us "
                    "by telephone for forty minutes. We read every answer against thirteen "
                    "strands. Two people coded a third of the passages apart, compared them and "
                    "settled the differences. Words in quotation marks are people’s own; "
                    "anything else we have put in fewer words."
                ),
            )
        ),
        Heading(2, "2.1 Who returned what", "returns"),
        Table(
            anchor="returns-table",
            caption="What each authority returned",
            description="One row an authority: questionnaire, interview and number of documents.",
            header=("Authority", "Questionnaire", "Interview", "Documents"),
            rows=returned,
            widths=(3, 2, 2, 1.5),
        ),
        Paragraph(
            (Text("Source: Early help 2015. Base: 12 authorities asked, 11 answered."),), "note"
        ),
        Heading(3, "Words for how many", "words-for-how-many"),
        Paragraph(
            (
                Text(
                    "“Most” means three quarters or more of those who answered; “few” means "
                    "fewer than one in six. Below ten answers we give numbers only."
                ),
            )
        ),
    )


def _picture_of_region() -> tuple[Block, ...]:
    rows = tuple(
        (
            Cell((Text(name),)),
            *(
                Cell((Text(WORDS[(row * 5 + column * 3) % 6]),), (row * 5 + column * 3) % 6)
                for column in range(len(STRANDS))
            ),
        )
        for row, name in enumerate(AUTHORITIES)
    )
    return (
        PageBreak(),
        Heading(1, "3 The regional picture", "region"),
        Paragraph(
            (
                Text(
                    "Each cell says how far an authority has come with a strand. The shade "
                    "repeats the words: darker is further along."
                ),
            )
        ),
        Table(
            anchor="matrix",
            caption="Where each authority stands on the thirteen strands",
            description="One row an authority and one column a strand; each cell says how far.",
            header=("Authority", *STRANDS),
            rows=rows,
            widths=(2, *(1.25,) * 13),
            small=True,
            landscape=True,
        ),
        Paragraph((Text("“Nothing found” means answered, with nothing on this strand."),), "note"),
    )


def _strand() -> tuple[Block, ...]:
    return (
        Heading(1, "4 Monitoring impact and auditing", "S11"),
        Heading(2, "4.1 Position", "S11-position"),
        Paragraph(
            (
                Text("Seven of eleven authorities audit early help cases every month ("),
                EvidenceReference("E2"),
                Text(
                    "). The others audit when time allows, or only after a complaint. Where "
                    "audits are regular, heads of service could name a change that followed."
                ),
            )
        ),
        Picture(
            anchor="fig-returns",
            caption="Authorities that audit early help, by how often",
            description="Bar chart. Monthly 7, each quarter 2, after a complaint 1, never 1.",
            png=chart(),
        ),
        Heading(2, "4.2 What people told us", "S11-voices"),
        Quote(
            "We stopped counting forms and started ringing ten families a month. It is the one "
            "meeting nobody misses.",
            "Head of early help, Tarnshire",
            "E1",
        ),
        Quote(
            "Audit findings reach the team within a fortnight, though not yet the partners who "
            "do most of the work.",
            "Interview note, an authority that asked not to be named",
            "E3",
            verbatim=False,
        ),
        Heading(2, "4.3 A practice worth copying", "S11-practice"),
        Box(
            title="Ten calls a month",
            label="Promising practice",
            fields=(
                ("Authority", (Text("Tarnshire"),)),
                ("Strand", (Text("Monitoring impact and auditing"),)),
                (
                    "What they do",
                    (
                        Text(
                            "A manager who did not hold the case rings ten families picked at "
                            "random each month and asks the same five questions. Answers go to "
                            "the whole team the week after."
                        ),
                    ),
                ),
                (
                    "Evidence of impact",
                    (
                        Text(
                            "Re-referrals within six months fell from 22 to 15 in every 100 "
                            "(April 2014 to March 2015, the authority’s own figures, "
                        ),
                        EvidenceReference("E1"),
                        Text(")."),
                    ),
                ),
                ("Strength", (Text("Local data, no comparison group"),)),
                (
                    "Documents",
                    (Link("Ten calls: the script", "https://tarn.example/ten-calls"),),
                ),
            ),
        ),
        Paragraph((Text("Tarnshire agreed to share this practice and checked the words above."),)),
    )


def _appendices() -> tuple[Block, ...]:
    said = (
        "We ring ten families a month and ask five questions. It changed how we work.",
        "Monthly audit of twelve cases, two of them with a partner agency in the room.",
        "Families are asked at closure; we mean to ask again at six months but rarely manage it.",
        "There is a spreadsheet. It is kept by one person, who is leaving.",
    )
    rows = tuple(
        (
            Cell((Text(f"E{number}"),), anchor=f"E{number}"),
            Cell((Text(AUTHORITIES[number % 12]),)),
            Cell((Text(f"S11.{number % 5 + 1}"),)),
            Cell((Text(said[number % 4]),)),
        )
        for number in range(1, 41)
    )
    return (
        PageBreak(),
        Heading(1, "Appendix A: evidence index", "appendix-evidence"),
        Paragraph((Text("Every reference in this review leads to a row of this table."),)),
        Table(
            anchor="evidence",
            caption="What each reference rests on",
            description="One row a reference: its authority, its question and the words.",
            header=("Reference", "Authority", "Question", "Words"),
            rows=rows,
            widths=(1.2, 2, 1.2, 5.6),
            small=True,
        ),
    )


def chart() -> bytes:
    """Draw a small bar chart as PNG."""
    figure = Figure(figsize=(6.3, 2.6), dpi=150, layout="constrained")
    axes = figure.subplots()
    often = ["Monthly", "Each quarter", "After a complaint", "Never"]
    bars = axes.barh(often[::-1], [1, 1, 2, 7], color="#0B4A55", height=0.62)
    axes.bar_label(bars, padding=4, fontsize=10)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_xticks([])
    axes.tick_params(left=False, labelsize=10)
    stream = io.BytesIO()
    figure.savefig(stream, format="png")
    return stream.getvalue()

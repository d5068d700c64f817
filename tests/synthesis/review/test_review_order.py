"""Wherever authorities stand one after another, they stand by their names, not by their codes."""

from synthesis.material import (
    Authority,
    Figure,
    KeyContact,
    Material,
    Response,
    Return,
    SharedDocument,
)
from synthesis.review import draw_up, plain, verify
from synthesis.review.blocks import Review, Table
from tests.synthesis.small_region import small_outline
from tests.synthesis.worlds import basis, response

# In the order of their codes, which is the contrary of that of their names.
NAMES = ("Yew", "Oak", "elm", "Birch", "Ash")
FAULTED = ("Oak", "Ash")
AUTHORITIES = tuple(Authority(f"X{turn}", name) for turn, name in enumerate(NAMES, start=1))
BY_NAME = ["Ash", "Birch", "elm", "Oak", "Yew"]


def drawn() -> Review:
    """Return a review in which three describe strengths, two gaps, and all offer something."""
    said: list[tuple[Response, str]] = []
    for turn, one in enumerate(AUTHORITIES, start=11):
        words = f"One door has served everybody since 20{turn}.", "S01 P1"
        if one.name in FAULTED:
            words = f"Families wait here, and have since 20{turn}.", "S01 P2"
        said.append((response(one.code, words[0], "S01.3"), words[1]))
    made = basis(
        said,
        Material(
            AUTHORITIES,
            (),
            returns=tuple(Return(one.code, "returned", 1, 1) for one in AUTHORITIES),
            figures=tuple(
                Figure(f"f{one.code}", one.code, "S11.2", 9, "files", "2014") for one in AUTHORITIES
            ),
            documents=tuple(
                SharedDocument(f"d{one.code}", one.code, "S01", "Plan", "Plan", may_share=True)
                for one in AUTHORITIES
            ),
            contacts=tuple(
                KeyContact(
                    f"k{one.code}", one.code, "S01", f"Kay {one.name}", "Head", may_publish=True
                )
                for one in AUTHORITIES
            ),
        ),
    )
    review, ledger = draw_up(made, small_outline())
    assert verify(review, ledger, made.material) == []
    return review


REVIEW = drawn()


def test_a_sentence_that_lists_authorities_lists_them_by_name() -> None:
    assert "gaps or difficulties and no strengths: Ash and Oak." in plain.text(REVIEW)


def test_every_table_of_authorities_is_in_the_order_of_their_names() -> None:
    firsts = {
        table.anchor: [plain.spell(row[0].runs) for row in table.rows]
        for table in REVIEW.blocks
        if isinstance(table, Table)
    }
    of_authorities = {anchor: names for anchor, names in firsts.items() if set(names) == set(NAMES)}
    assert {"returns", "matrix", "documents-all", "contacts-all"} <= of_authorities.keys()
    assert {"offered-S01", "figures-S11.2"} <= of_authorities.keys()
    assert all(names == BY_NAME for names in of_authorities.values())

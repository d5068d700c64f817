"""The rules find what may identify a child, and pass over those who work for children."""

import pytest

from synthesis.identifying import find
from synthesis.identifying.hits import Hit, apart

SLIPS = (
    ("Her NHS number is 943 476 5919.", "943 476 5919", "NHS number"),
    ("NHS no 1234567890 was given.", "1234567890", "NHS number"),
    ("The pupil (A123456789012) moved school.", "A123456789012", "pupil number"),
    ("NI number AB 12 34 56 C for mum", "AB 12 34 56 C", "National Insurance number"),
    ("He was born on 3 May.", "born on 3 May", "date of birth"),
    ("dob: 3rd May 2009, Elm Street", "dob: 3rd May 2009", "date of birth"),
    ("The twins (14/03/2011) were referred.", "14/03/2011", "date of birth"),
    ("They live near SO99 9ZZ in a flat.", "SO99 9ZZ", "postcode"),
    ("Family live at 14 Willow Crescent.", "14 Willow Crescent", "address"),
    ("Sam's mum rang us on 07700 900123.", "07700 900123", "phone number"),
    ("Dad can be reached on 01632 960123.", "01632 960123", "phone number"),
    ("mum's email is kel.jones82@gmail.com", "kel.jones82@gmail.com", "email address"),
    ("An 8-year-old was seen at home.", "8-year-old", "age with a place"),
    ("The boy, aged 7, was seen at home.", "aged 7", "age with a place"),
    ("a boy of 8 at Northfield Junior", "8 at Northfield Junior", "age with a place"),
    ("We met the girl named Ada twice.", "Ada", "name"),
    ("The mother Lindsey agreed.", "Lindsey", "name"),
    ("CHLOE, 14, was missing twice", "CHLOE", "name"),
    ("jack aged 9 from Oakfield Primary", "jack", "name"),
    ("Jayden's dad left", "Jayden", "name"),
    ("Mason, who is 11, lives with his nan.", "Mason", "name"),
    ("The family of Aiden Clark were helped.", "Aiden Clark", "name"),
    ("His sister Poppy moved to foster care.", "Poppy", "name"),
    ("Two boys, Kian and Jayden, were seen by the nurse.", "Jayden", "name"),
    ("Two boys, Zephyr and Quillan, were seen.", "Zephyr", "name"),
    ("Her sons Kian and Jayden left.", "Kian", "name"),
    ("The siblings Ava, Leo and Mia were placed.", "Leo", "name"),
    ("The sisters (Orla-May and Quenna) were placed.", "Quenna", "name"),
    ("Their children: Zeph (4), Leo and Mia.", "Mia", "name"),
    ("One pupil (Kian, 7) did well.", "Kian", "name"),
    ("A child called Kian did well.", "Kian", "name"),
    ("We met baby Mia.", "Mia", "name"),
    ("Kian's mother rang.", "Kian", "name"),
    ("Quillan’s little brother rang.", "Quillan", "name"),
    ("A home at 14 Willow Crescent, DU4 7QP.", "DU4 7QP", "postcode"),
    ("The twin, DOB 14/03/2011, is now at DU4 7QP", "DU4 7QP", "postcode"),
)
CLEAN = (
    "Head of Early Help Jane Smith",
    "Contact: Jane Smith, 01632 960114, jane.smith@alder.gov.uk",
    "Contact Sarah Jones (Family Support Manager), sarah.jones@example.org",
    "Our lead is Tom Hill, Early Help Manager, 07700 900456.",
    "Dr Emma Price, consultant paediatrician, leads the clinic.",
    "Happy to demo: Dawn Elder, systems lead, 01632 960114, d.elder@alder.example, publish it.",
    "Karen Wells, Assistant Director, told the family group.",
    "PC Dave Hill works with the youth team.",
    "Each family has a keyworker, Sarah Lane from the team.",
    "Civic Centre, 12 High Street, Alder AL1 2AB",
    "0300 123 4567 is the helpline for any parent",
    "Services for children aged 5 to 11 are full.",
    "The child Protection plan was reviewed.",
    "There were 1,204 requests in 2014/15.",
    "The audit of 12 files in May 2015 found three gaps.",
    "Families wait 12 weeks.",
    "Two-year-old offer take-up is 70%, and the 2-year-old offer is well used",
    "Homeless 16- and 17-year-old young people, and every 16-year-old without an offer",
    "children aged 0-5, and young people aged 16 or over",
    "We match on name and date of birth.",
    "We meet on 12 March 2015 and again on 3 June.",
    "In 2014, 15 of 20 schools took part.",
    "Ofsted visited in March, 15 cases were seen.",
    "Families who speak little English come to the Family Nurse Partnership.",
    "Our workers Kian and Mia visit each child.",
    "Kian and Mia, family support workers, visit each child.",
    "Two teams, North and South, were seen.",
    "We run two children's centres, Alder and Birch.",
    "For children, Alder and Birch share a hub.",
    "Directors of Children, Schools and Families met.",
    "Two pupils, Year 7 and Year 9, were asked.",
    "Alder's mother and baby group meets weekly.",
    "The Hub's parents choose; today's parents are busy.",
    "Our form DU4 7QP is being revised.",
    "Mum and Dad groups run on Tuesdays at the mother and baby unit.",
)


@pytest.mark.privacy
@pytest.mark.parametrize(("text", "words", "kind"), SLIPS)
def test_what_may_identify_a_child_is_found(text: str, words: str, kind: str) -> None:
    assert (words, kind) in [(text[hit.start : hit.end], hit.kind) for hit in find(text)]


@pytest.mark.privacy
@pytest.mark.parametrize("text", CLEAN)
def test_colleagues_offices_and_groups_are_passed_over(text: str) -> None:
    assert find(text) == ()


def test_a_school_beside_a_child_is_found_and_any_other_is_not() -> None:
    text = "Leo and Mia B, twins, Grindle Infants. We work with Oakfield Primary School too."
    found = [text[hit.start : hit.end] for hit in find(text)]
    assert found == ["Leo", "Mia B", "Grindle Infants"]


def test_a_name_that_was_found_is_found_again_and_its_namesake_at_work_is_not() -> None:
    text = "Her son Kian was shy. Kian made friends. Kian Hill, team manager, was glad."
    assert [hit.start for hit in find(text)] == [8, 22]


def test_hits_are_apart_and_the_longest_is_kept() -> None:
    one, two, within = Hit(0, 9, "name", ""), Hit(12, 20, "name", ""), Hit(2, 5, "address", "")
    assert apart([two, within, one]) == (one, two)


def test_every_hit_says_why() -> None:
    for text, _, _ in SLIPS:
        assert all(hit.reason for hit in find(text))

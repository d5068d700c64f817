"""The inspection finds every fault planted in a good file, and nothing in a good one."""

import io

import pytest
from docx import Document

from synthesis.word import check
from synthesis.word.inspection.check import RULES
from synthesis.word.inspection.package import open_package
from tests.synthesis.word.inspection.planting import plant, without

BODY = "word/document.xml"
STYLES = "word/styles.xml"
SETTINGS = "word/settings.xml"
CORE = "docProps/core.xml"
RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"

END_FIELD = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
LINK = '<w:hyperlink w:anchor="E1" w:history="1">'
FIRST_HEADING = '<w:pStyle w:val="Heading1"/>'

# What is planted, and words of the violation that must be found.
FAULTS = {
    "title": (CORE, "<dc:title>Early help in the Tolland region</dc:title>", "", "say its title"),
    "subject": (
        CORE,
        "<dc:subject>How twelve authorities judge whether early help works</dc:subject>",
        "",
        "say its subject",
    ),
    "author": (
        CORE,
        "<dc:creator>Tolland Improvement Partnership</dc:creator>",
        "<dc:creator> </dc:creator>",
        "say its creator",
    ),
    "language property": (CORE, ">en-GB<", ">en-US<", "language is en-GB"),
    "language of styles": (STYLES, 'w:lang w:val="en-GB"', 'w:lang w:val="en-US"', "en-GB"),
    "language of a run": (
        BODY,
        "<w:r><w:t",
        '<w:r><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t',
        "marked as 'fr-FR'",
    ),
    "prompt": (
        SETTINGS,
        "<w:defaultTabStop",
        '<w:updateFields w:val="true"/><w:defaultTabStop',
        "ask every reader",
    ),
    "zoom": (SETTINGS, 'w:zoom w:percent="100"', "w:zoom", "without its percentage"),
    "letter paper": (BODY, 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', "not A4"),
    "turned the wrong way": (BODY, ' w:orient="landscape"', "", "not A4"),
    "unknown style": (BODY, 'w:pStyle w:val="Lead"', 'w:pStyle w:val="Led"', "'Led' does not"),
    "untyped part": (
        TYPES,
        '<Default Extension="png" ContentType="image/png"/>',
        "",
        "what type of part 'word/media/picture1.png'",
    ),
    "dead relationship": (RELATIONS, 'Target="styles.xml"', 'Target="looks.xml"', "'looks.xml'"),
    "unknown relationship": (BODY, 'r:embed="picture1"', 'r:embed="picture9"', "'picture9'"),
    "skipped level": (BODY, FIRST_HEADING, '<w:pStyle w:val="Heading2"/>', "no other heading"),
    "skipped level later": (
        BODY,
        '<w:pStyle w:val="Heading2"/>',
        '<w:pStyle w:val="Heading3"/>',
        "level 3 follows one of level 1",
    ),
    "empty heading": (
        BODY,
        '<w:t xml:space="preserve">1 Summary</w:t></w:r><w:bookmarkEnd',
        "</w:r><w:bookmarkEnd",
        "heading of level 1 is empty",
    ),
    "no caption": (BODY, '<w:tblCaption w:val="What each authority returned"/>', "", "no caption"),
    "no description": (
        BODY,
        '<w:tblDescription w:val="One row an authority: questionnaire, interview and number of '
        'documents."/>',
        "",
        "no description for those",
    ),
    "no header row": (BODY, "<w:tblHeader/>", "", "not marked as a header row"),
    "merged cells": (
        BODY,
        '<w:tcW w:w="3202" w:type="dxa"/>',
        '<w:tcW w:w="3202" w:type="dxa"/><w:gridSpan w:val="2"/>',
        "merged cells",
    ),
    "missing cell": (BODY, '<w:gridCol w:w="3202"/>', "", "does not have 3 cells"),
    "cell without its paragraph": (BODY, "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "end in a para"),
    "no alternative": (BODY, "descr=", "title=", "no description in words"),
    "text box": (BODY, "<w:r><w:t", "<w:r><w:txbxContent/><w:t", "text box"),
    "field not closed": (BODY, END_FIELD, "", "never closed"),
    "field never begun": (BODY, "<w:r><w:t", f"{END_FIELD}<w:r><w:t", "never began"),
    "field without words": (BODY, ">1</w:t>", "></w:t>", "'SEQ' shows no words"),
    "field without a separator": (
        BODY,
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve">3',
        '<w:r><w:t xml:space="preserve">3',
        "'PAGEREF' shows no words",
    ),
    "field without instruction": (BODY, " PAGEREF summary \\h ", " ", "no instruction"),
    "field that prompts": (
        BODY,
        'w:fldCharType="begin"',
        'w:fldCharType="begin" w:dirty="true"',
        "ask the reader whether",
    ),
    "field to nowhere": (BODY, "PAGEREF summary", "PAGEREF nowhere", "refers to 'nowhere'"),
    "simple field without words": (
        BODY,
        "<w:r><w:t",
        '<w:fldSimple w:instr="DATE"/><w:r><w:t',
        "'DATE' shows no words",
    ),
    "bookmark with the wrong name": (BODY, 'w:name="E2"', 'w:name="2-E"', "not accept"),
    "bookmark with a long name": (BODY, 'w:name="E2"', f'w:name="{"E" * 41}"', "not accept"),
    "bookmark twice": (BODY, 'w:name="E2"', 'w:name="e1"', "has the same name"),
    "bookmark number twice": (
        BODY,
        '<w:bookmarkStart w:id="2"',
        '<w:bookmarkStart w:id="1"',
        "has its number, 1",
    ),
    "bookmark without end": (BODY, '<w:bookmarkEnd w:id="2"/>', "", "has no end"),
    "jump to nowhere": (BODY, LINK, LINK.replace("E1", "E999"), "jumps to 'E999'"),
    "link to nowhere": (BODY, LINK, "<w:hyperlink>", "leads nowhere"),
    "link without words": (BODY, LINK, f"{LINK}</w:hyperlink>{LINK}", "has no words"),
    "dangerous link": (RELATIONS, "mailto:", "javascript:", "leads to 'javascript:"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found(docx: bytes, fault: tuple[str, str, str, str]) -> None:
    part, old, new, found = fault

    assert any(found in violation for violation in check(plant(docx, part, old, new)))


def test_a_picture_number_given_twice_is_found(docx: bytes) -> None:
    twice = plant(docx, BODY, "<w:r><w:drawing>", '<w:r><w:drawing><wp:docPr id="1" descr="a"/>')

    assert any("the same number" in violation for violation in check(twice))


def test_a_violation_says_where_it_is(docx: bytes) -> None:
    (violation,) = check(plant(docx, BODY, "<w:tblHeader/>", ""))

    assert violation.startswith("Table 'What each authority returned'")


def test_every_rule_is_set_off_by_some_fault(docx: bytes) -> None:
    packages = [open_package(plant(docx, *fault[:3])) for fault in FAULTS.values()]
    silent = [rule for rule in RULES if not any(list(rule(package)) for package in packages)]

    assert silent == []


@pytest.mark.parametrize("part", [BODY, STYLES, SETTINGS, CORE])
def test_a_missing_part_is_named(docx: bytes, part: str) -> None:
    (violation,) = check(without(docx, part))

    assert f"no part '{part}'" in violation


@pytest.mark.parametrize("junk", [b"", b"not a zip", b"PK\x03\x04junk"])
def test_what_is_no_archive_is_said_to_be_none(junk: bytes) -> None:
    (violation,) = check(junk)

    assert "not a whole zip archive" in violation


def test_a_cut_off_file_is_said_to_be_cut_off(docx: bytes) -> None:
    (violation,) = check(docx[: len(docx) // 2])

    assert "not a whole zip archive" in violation


def test_broken_xml_is_named_by_its_part(docx: bytes) -> None:
    (violation,) = check(plant(docx, STYLES, "<w:docDefaults>", "<w:docDefaults"))

    assert violation.startswith(f"{STYLES}: It is not well-formed XML")


def test_python_docx_left_to_itself_does_not_pass() -> None:
    document, stream = Document(), io.BytesIO()
    document.add_heading("Part", 2)
    document.add_table(1, 1)
    document.save(stream)
    violations = " ".join(check(stream.getvalue()))

    for expected in ("A4", "en-GB", "percentage", "header row", "no caption", "level 2 follows"):
        assert expected in violations
    assert "not in the file" not in violations

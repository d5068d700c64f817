"""Coding goes out as REFI-QDA and comes back as it was, whatever the words are made of."""

import contextlib
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from synthesis.codebook import Codebook, Theme
from synthesis.errors import InputError
from synthesis.exchange import Given, Remark, Told, draw, draw_codes, find
from synthesis.exchange.project import Code, Project, Selection, Source, User, guid
from synthesis.exchange.reading import check_project, read_codebook, read_project
from synthesis.exchange.sheets import lay_out
from synthesis.exchange.writing import write_codebook, write_project
from synthesis.material import Authority, Held, Material, Response

pytestmark = pytest.mark.exchange
SCHEMAS = Path(__file__).parents[4] / "shared" / "standards" / "refi-qda"
NOON = dt.datetime(2015, 7, 25, 12, 0, tzinfo=dt.UTC)
CODEBOOK = Codebook(
    "Tiny",
    "3",
    (
        Theme("S01", "strand", "Front door", "How requests come in.", include=("calls",)),
        Theme("E1", "evidence", "Data", "Figures."),
        Theme("X1", "emergent", "Data", "Another of the same name."),
    ),
)
TOLD = Told("Tiny survey", "Tiny", "2015", "The survey 1.0")
# What breaks counting: beyond 16 bits, more than one code point a letter, and two to end a line.
LETTERS = st.sampled_from(
    ["a", "é", "e\u0301", "👩‍👧", "–", "\r\n", "\n", "\r", "\t", " ", "ß", "\u2028"]
)
TEXTS = st.lists(LETTERS, min_size=1, max_size=30).map("".join).filter(str.strip)


def validated(content: bytes, schema: str) -> bytes:
    if not SCHEMAS.exists():
        pytest.skip("The standard's schemas are not beside the checkout.")
    document = etree.parse(io.BytesIO(content))
    etree.XMLSchema(etree.parse(SCHEMAS / schema)).assertValid(document)
    return content


def project_file(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("project.qde")


@st.composite
def coded(draw_one: st.DrawFn) -> tuple[Material, list[Given]]:
    """Responses of two authorities on two instruments, with words of them coded by two people."""
    responses, codings = [], []
    for number, text in enumerate(draw_one(st.lists(TEXTS, min_size=1, max_size=5))):
        one = Response(
            id=f"X{number % 2}/Q{number}",
            text=text,
            authority=f"X{number % 2}",
            source=draw_one(st.sampled_from(["questionnaire", "interview"])),
            question_code=f"Q{number}",
            question="What do you do?\nAnd why?",
        )
        responses.append(one)
        # Nobody selects half of a line's end.
        cuts = [at for at in range(len(text) + 1) if text[at - 1 : at + 1] != "\r\n"]
        for by in ("Cy", "tagger"):
            start, end = sorted(draw_one(st.tuples(st.sampled_from(cuts), st.sampled_from(cuts))))
            if start < end:
                theme = draw_one(st.sampled_from(["S01", "E1", "X1"]))
                codings.append(Given(one.id, start, end, theme, by, "why", NOON))
    authorities = (Authority("X0", "Alder", "Unitary"), Authority("X1", "Birch"))
    return Material(authorities, tuple(responses)), codings


@settings(deadline=None)
@given(coded())
def test_every_place_is_exact_and_leads_back(case: tuple[Material, list[Given]]) -> None:
    material, codings = case
    project = draw(material, CODEBOOK, TOLD, codings)
    texts = {one.id: one.text for one in material.responses}

    content = write_project(project)
    back = read_project(content, "tiny.qdpx")

    assert back == project
    found, unplaced = find(back, material, CODEBOOK)
    assert unplaced == []
    assert sorted(found, key=repr) == sorted(
        (one for one in codings if one.by != "tagger"), key=repr
    )
    for source in back.sources:
        for one in source.selections:
            assert source.text[one.start : one.end] == one.quote
    quoted = {one.quote for source in back.sources for one in source.selections}
    assert quoted == {
        texts[one.response][one.start : one.end].replace("\r\n", "\n").replace("\r", "\n")
        for one in codings
    }


@settings(deadline=None, max_examples=25)
@given(coded())
def test_it_obeys_the_schema(case: tuple[Material, list[Given]]) -> None:
    material, codings = case
    memo = Remark("m1", "passage", "", "Ask again.\nSoon.", "Cy", NOON, ("X0/Q0", 0, 1))
    of_theme = Remark("m2", "theme", "S01", "Too wide?", "Di", NOON)

    content = write_project(draw(material, CODEBOOK, TOLD, codings, [memo, of_theme]))

    validated(project_file(content), "Project.xsd")
    assert [note.text for note in read_project(content, "x").notes] == [memo.text, of_theme.text]


def test_the_texts_are_plain_files_without_marks() -> None:
    material = Material((), (Response("a", "One\r\ntwo \ud83d", "X0"),))

    with zipfile.ZipFile(io.BytesIO(write_project(draw(material, CODEBOOK, TOLD, [])))) as archive:
        names = archive.namelist()
        text = archive.read(names[1])

    assert names == ["project.qde", f"sources/{guid('sheet', 'X0', 'questionnaire')}.txt"]
    assert text.decode() == "[] (named)\nOne\ntwo \ufffd\n\n"


def test_the_same_coding_makes_the_same_bytes() -> None:
    material = Material((), (Response("a", "One two", "X0"),))
    codings = [Given("a", 0, 3, "S01", "Cy", at=NOON)]

    first = write_project(draw(material, CODEBOOK, TOLD, codings))

    assert write_project(draw(material, CODEBOOK, TOLD, list(codings))) == first


def test_people_come_before_the_tagger_and_names_are_used_once() -> None:
    material = Material((), (Response("a", "One two", "X0"),))
    codings = [Given("a", 0, 3, "S01", by) for by in ("tagger", "Zoe", "Ann")]

    project = draw(material, CODEBOOK, TOLD, codings)

    assert [user.name for user in project.users] == ["Ann", "Zoe", "tagger"]
    names = [code.name for code in project.each_code()]
    assert len(names) == len(set(names))
    assert [code.is_codable for code in project.codes] == [False, False, False]


@pytest.mark.parametrize("is_kept", ["guid", "name"])
def test_people_are_known_again_by_what_a_program_keeps(is_kept: str) -> None:
    material = Material((), (Response("a", "One two", "X0"),))
    names = {"cy@tiny.example": "Cy Codes"}
    codings = [Given("a", 0, 3, "S01", by) for by in ("cy@tiny.example", "tagger")]
    project = draw(material, CODEBOOK, replace(TOLD, names=names), codings)
    assert [user.name for user in project.users] == ["Cy Codes", "tagger"]

    kept = {
        user.guid: user if is_kept == "guid" else User(uuid4(), user.name) for user in project.users
    }
    users = [replace(one, name="P") if is_kept == "guid" else one for one in kept.values()]
    source = project.sources[0]
    selections = [replace(one, user=kept[one.user].guid) for one in source.selections if one.user]
    sent = replace(
        project, users=tuple(users), sources=(replace(source, selections=tuple(selections)),)
    )

    found, _ = find(sent, material, CODEBOOK, names)
    assert [one.by for one in found] == ["cy@tiny.example"]
    assert [one.by for one in find(project, material, CODEBOOK)[0]] == ["Cy Codes"]


def test_words_that_may_identify_a_child_are_blotted_out() -> None:
    material = Material(
        (), (Response("a", "Ask Tom Smith.", "X0"),), held=(Held("a", 4, 13, "name"),)
    )

    content = write_project(draw(material, CODEBOOK, TOLD, [Given("a", 4, 13, "S01", "Cy")]))

    back = read_project(content, "x")
    assert "███ █████." in back.sources[0].text
    assert b"Smith" not in project_file(content)
    assert find(back, material, CODEBOOK)[0][0].start == 4


def test_a_codebook_goes_out_and_comes_back() -> None:
    content = write_codebook(draw_codes(CODEBOOK), "The survey")

    validated(content, "Codebook.xsd")
    assert read_codebook(content, "tiny.qdc") == draw_codes(CODEBOOK)
    assert "Include: calls" in draw_codes(CODEBOOK)[0].codes[0].description


def foreign(text: str, start: int, end: int, quote: str) -> Project:
    """A project of another program, about our words, with codes of other ids."""
    code, user = Code(uuid4(), "front door"), User(uuid4(), "Rae")
    one = Selection(uuid4(), start, end, quote, user.guid, code.guid)
    return Project("p", "Other", (user,), (code,), sources=(Source(uuid4(), "t", text, (one,)),))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Some words here.", 5, 10),
        ("Some words here.", 5, 9),  # the last place, not the one after it
        ("\ufeffSome words here.", 6, 11),
        ("\ufeffSome words here.", 5, 10),  # a mark that was not counted
        ("Oh.\r\nSome words here.", 9, 14),  # line ends counted as one
    ],
)
def test_a_foreign_file_is_read_as_its_program_counts(text: str, start: int, end: int) -> None:
    project = read_project(write_project(foreign(text, start, end, "words")), "x")
    material = Material((), (Response("a", "Some words here.", "X0"),))

    found, unplaced = find(project, material, CODEBOOK)

    assert unplaced == []
    assert [(one.start, one.end, one.theme, one.by) for one in found] == [(5, 10, "S01", "Rae")]


@pytest.mark.parametrize(
    ("responses", "why"),
    [
        ((Response("a", "Other things."),), "its words stand nowhere here"),
        ((Response("a", "words"), Response("b", "words")), "its words stand nowhere here"),
    ],
)
def test_what_has_no_single_place_is_listed(responses: tuple[Response, ...], why: str) -> None:
    project = foreign("Some words here.", 5, 10, "words")

    found, unplaced = find(project, Material((), responses), CODEBOOK)

    assert found == []
    assert [(one.words, one.why) for one in unplaced] == [("words", why)]


def test_a_code_that_is_no_theme_is_listed() -> None:
    project = foreign("Some words here.", 5, 10, "words")
    other = Codebook("Other", "1", (Theme("S09", "strand", "Else", "Else."),))

    _, unplaced = find(project, Material((), (Response("a", "Some words here."),)), other)

    assert [(one.code, one.why) for one in unplaced] == [("front door", "no theme of this name")]


DOCTYPE = b'<!DOCTYPE x [<!ENTITY e "e">]><Project xmlns="urn:QDA-XML:project:1.0" name="&e;"/>'
NO_ID = (
    b'<Project xmlns="urn:QDA-XML:project:1.0" name="n"><Users><User guid="x"/></Users></Project>'
)
NO_TEXT = (
    b'<Project xmlns="urn:QDA-XML:project:1.0" name="n"><Sources><TextSource '
    b'guid="00000000-0000-0000-0000-000000000001" plainTextPath="internal://y.txt"/></Sources>'
    b"</Project>"
)


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"no archive", "damaged"),
        (zipped(other_txt=b""), "no project.qde"),
        (zipped(project_qde=b"<Project"), "XML is damaged"),
        (zipped(project_qde=b"<Other/>"), "no Project"),
        (zipped(project_qde=DOCTYPE), "rules of its own"),
        (zipped(project_qde=NO_ID), "is no id"),
        (zipped(project_qde=NO_TEXT), "is missing"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content: bytes, fault: str) -> None:
    with pytest.raises(InputError, match=fault) as refused:
        read_project(content, "sent.qdpx")

    assert refused.value.place == "sent.qdpx"
    assert refused.value.remedy


@pytest.mark.parametrize("read", [check_project, read_project])
def test_an_archive_that_swells_is_refused(
    read: Callable[[bytes, str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("synthesis.exchange.reading.LARGEST", 1000)

    with pytest.raises(InputError, match="too large"):
        read(zipped(project_qde=b" " * 2000), "big.qdpx")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"no archive", "damaged"),
        (zipped(other_txt=b""), "no project.qde"),
        (zipped(project_qde=b"Project"), "XML is damaged"),
        (zipped(project_qde=b"<Other/>"), "no Project"),
        (zipped(project_qde=DOCTYPE), "rules of its own"),
    ],
)
def test_what_is_no_project_at_all_is_told_at_once(content: bytes, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        check_project(content, "sent.qdpx")


def test_a_quick_look_leaves_the_rest_to_the_reader() -> None:
    check_project(zipped(project_qde=NO_ID), "sent.qdpx")
    check_project(write_project(draw(Material((), ()), CODEBOOK, TOLD, [])), "sent.qdpx")


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_says_so(way: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", way) as archive:
        archive.writestr("project.qde", bytes(range(256)) * 20)
    content = bytearray(stream.getvalue())
    content[60:90] = bytes(30)

    with pytest.raises(InputError, match="damaged"):
        read_project(bytes(content), "sent.qdpx")


@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=1))))
def test_whatever_is_broken_in_a_file_it_is_read_or_refused(
    changes: list[tuple[float, bytes]],
) -> None:
    content = bytearray(write_project(draw(Material((), ()), CODEBOOK, TOLD, [])))
    for place, byte in changes:
        content[int(place * len(content))] = byte[0]

    for read in (check_project, read_project):
        with contextlib.suppress(InputError):
            read(bytes(content), "sent.qdpx")


def test_a_text_that_has_changed_is_searched_for_the_words() -> None:
    before = Material((), (Response("a", "Some words here.", "X0"),))
    after = replace(before, responses=(Response("a", "Now: some words here.", "X0"),))
    project = draw(before, CODEBOOK, TOLD, [Given("a", 5, 10, "S01", "Cy")])

    found, _ = find(project, after, CODEBOOK)

    assert [(one.start, one.end) for one in found] == [(10, 15)]


def test_sheets_hold_an_authority_and_an_instrument_each() -> None:
    responses = (
        Response("a", "One", "X1", question_code="Q1"),
        Response("b", "Two", "X0", "interview"),
        Response("c", "Three", "X1", question_code="Q2", use_level="withheld"),
    )

    sheets = lay_out(responses)

    assert [(one.authority, one.instrument) for one in sheets] == [
        ("X0", "interview"),
        ("X1", "questionnaire"),
    ]
    assert sheets[1].text == "[Q1] (named)\nOne\n\n[Q2] (not for publication)\nThree\n\n"

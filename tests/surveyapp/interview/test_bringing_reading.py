"""Files of notes read: whatever wrote them, their words come out in order or they are refused."""

import io
import zipfile

import pytest

from surveyapp.errors import SurveyError
from surveyapp.interview.bringing import passages, reading, texts
from surveyapp.interview.bringing.passages import Passage
from tests.surveyapp.interview.calls import TRANSCRIPT, word_file
from tests.synthesis.word.inspection.planting import plant

WORDS = "Café – “families”\r\nsay so\r\n\r\nSecond"


def vtt(text: str) -> tuple[Passage, ...]:
    return reading.read("call.vtt", text.encode()).passages


def txt(content: bytes) -> list[str]:
    return [one.text for one in reading.read("notes.txt", content).passages]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_plain_text_is_read_however_it_is_written_down(encoding: str) -> None:
    assert txt(WORDS.encode(encoding)) == ["Café – “families”\nsay so", "Second"]


def test_lines_without_empty_ones_between_are_passages_each() -> None:
    assert txt(b"- front door\n- plans\n") == ["- front door", "- plans"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00\x00a\x00\x00\x00",
        b"caf\x81",
        b"\xff\xfea",
        b"a\x00b\x01c",
        b"%PDF-1.4 x",
        b"PK\x03\x04",
        b"<!doctype html><p>x",
        b"",
        b" \n \n",
        "\ufeff\n".encode(),
    ],
)
@pytest.mark.parametrize("name", ["notes.txt", "call.vtt", "notes.docx"])
def test_what_cannot_be_read_is_refused_in_words(name: str, content: bytes) -> None:
    with pytest.raises(SurveyError) as refused:
        reading.read(name, content)

    assert str(refused.value).endswith((".", "we know"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("notes.doc", "old Office format"),
        ("notes.docm", "macros"),
        ("notes.pdf", "must be a Word document"),
        ("notes", "must be"),
        ("notes.exe", "programs are not taken"),
        ("../../notes.zip", "archive"),
        ("", "must be"),
    ],
)
def test_other_kinds_of_file_are_refused_by_name(name: str, told: str) -> None:
    with pytest.raises(SurveyError, match=told):
        reading.read(name, b"%PDF-1.4\nnothing to fear\n%%EOF")


def test_a_transcript_says_who_said_what_when() -> None:
    assert vtt(TRANSCRIPT) == (
        Passage("How do families find you?", "Iris Notes", 3),
        Passage(
            "Mostly through schools & health visitors. One front door, since May.", "Cy Birch", 7
        ),
        Passage("What else should we know?", "Iris Notes", 80),
        Passage("Nothing, really.", "Cy Birch", 83),
    )


def test_a_transcript_may_be_written_otherwise() -> None:
    odd = (
        "\ufeffWEBVTT - Call\r\nKind: captions\r\n\r\nNOTE by hand\r\nof nobody\r\n\r\n"
        "STYLE\r\n::cue {}\r\n\r\n0:0:3.5 --> 0:0:4.0 align:start\r\n"
        "<v.loud Cy Birch>It <i>is</i> 5 < 6 &lt;b&gt;</v> <v Iris>Yes</v>\r\n\r\n"
        "01:05,000 --> 01:06,000\r\nNobody's words\r\n"
    )

    assert vtt(odd) == (
        Passage("It is 5 < 6 <b>", "Cy Birch", 3),
        Passage("Yes", "Iris", 3),
        Passage("Nobody's words", "", 65),
    )


def test_a_speaker_who_pauses_or_goes_on_for_long_begins_a_passage() -> None:
    cue = "00:{:02}:00.000 --> 00:{:02}:05.000\n<v Cy>{}</v>\n"
    paused = [cue.format(one, one, "Words") for one in (1, 2)]
    long = [f"00:00:{n:02}.000 --> 00:00:{n:02}.900\n<v Cy>{'word ' * 60}</v>\n" for n in range(9)]

    assert len(vtt("WEBVTT\n\n" + "\n".join(paused))) == 2
    assert 2 <= len(vtt("WEBVTT\n\n" + "\n".join(long))) <= 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hello\n\n00:01.000 --> 00:02.000\nx", "first line is not WEBVTT"),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nx", "first line is not WEBVTT"),
        ("WEBVTT\n\n", "no words"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Cy></v>\n", "no words"),
        ("WEBVTT\n\nid\nno times here\nat all", "at line 3"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n\nstray words\n", "at line 6"),
        ("WEBVTT\n\n00:01.000 --> soon\nx", "at line 3"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n00:03.000 --> 00:04.000\ny", "at line 3"),
    ],
)
def test_a_transcript_that_is_not_right_says_where(text: str, told: str) -> None:
    with pytest.raises(SurveyError, match=told):
        vtt(text)


def test_a_word_file_is_read_with_its_headings_and_tables() -> None:
    docx = word_file("# Front door", "Through school.", "", "- GPs", table=("Cell one", "Cell two"))
    brought = reading.read("Notes.DOCX", docx)

    assert brought.passages == (
        Passage("Through school.", under="Front door"),
        Passage("- GPs", under="Front door"),
        Passage("Cell one", under="Front door"),
        Passage("Cell two", under="Front door"),
    )
    assert brought.warnings == ()


def test_headings_alone_are_passages() -> None:
    brought = reading.read("notes.docx", word_file("# One", "# Two"))

    assert [one.text for one in brought.passages] == ["One", "Two"]


def test_what_a_word_file_took_out_is_told_of() -> None:
    gone = (
        '<w:p><w:del w:id="1" w:author="Ann"><w:r><w:delText>old</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="Ann"><w:r><w:t>new</w:t></w:r></w:ins></w:p><w:sectPr'
    )
    docx = plant(word_file("Kept"), "word/document.xml", "<w:sectPr", gone)
    brought = reading.read("notes.docx", docx)

    assert [one.text for one in brought.passages] == ["Kept", "new"]
    assert brought.warnings == ("Words that 1 tracked change took out are left out.",)


def test_a_hostile_word_file_is_refused() -> None:
    docx = io.BytesIO(word_file("Words"))
    with zipfile.ZipFile(docx, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/big.bin", b"\0" * 3_000_000)

    with pytest.raises(SurveyError, match="unpacks to far more"):
        reading.read("notes.docx", docx.getvalue())


def test_a_file_with_far_too_much_in_it_is_refused() -> None:
    with pytest.raises(SurveyError, match="far more in this file"):
        reading.read("notes.txt", b"words " * 350_000)
    with pytest.raises(SurveyError, match="far more in this file"):
        reading.read("notes.txt", b"a\n" * 5_000)


@pytest.mark.parametrize("text", ["שלום " * 2_000, "👋🏽" * 3_000, "a" * 9_000, "One. Two! " * 900])
def test_long_passages_are_cut_and_no_letter_is_lost(text: str) -> None:
    pieces = [one.text for one in passages.fit([Passage(text, "Cy", 3)])]

    assert max(map(len, pieces)) <= passages.LONGEST
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_an_emoji_is_no_reason_to_refuse() -> None:
    assert txt("Grüße 👋🏽\n\nمرحبا".encode("utf-16")) == ["Grüße 👋🏽", "مرحبا"]
    assert not texts.is_wide(b"abcd" * 100)

"""A small form with every kind of field, and ways to fill it in as people do."""

import io
import zipfile
from dataclasses import replace

from synthesis.word.form import Choice, Field, Form, Heading, Words
from tests.synthesis.word.inspection.planting import packed

DOCUMENT = "word/document.xml"
OPTIONS = (Choice("school", "Schools & colleges"), Choice("health", "Health “visitors”"))


def form_of(*blocks: Heading | Words | Field) -> Form:
    """A form with these blocks."""
    return Form(
        title="A form",
        subtitle="Dunmere",
        version="Written on 5 July 2015",
        author="The review team",
        introduction=("Fill in what you know.",),
        blocks=blocks,
        reference="a/b 2015-07-05T12:00:00+00:00",
    )


def whole() -> Form:
    """A form with every kind of field, some of them filled in."""
    return form_of(
        Heading(1, "Identification of needs"),
        Words("How children come to notice."),
        Heading(2, "S01.1 Who asks for help?"),
        Words("Tick all that apply.", "hint"),
        Field("S01.1", "Who asks for help?", "choices", options=OPTIONS, chosen=("school",)),
        Heading(2, "S01.2 Is there one front door?"),
        Field("S01.2", "One front door", "choice", options=OPTIONS, chosen=("health",)),
        Heading(2, "S01.3 How do you know?"),
        Field("S01.3", "How do you know?", "text", text="We ask.\nThey tell."),
        Heading(1, "Shared work"),
        Heading(2, "Z1.1 Examples worth copying"),
        Words("Example 1", "entry"),
        Field("Z1.1.a/1", "Title", "line", caption="What is it called?", hint="A few words."),
        Field("Z1.1.b/1", "When", "date", caption="When did it start?", text="1 March 2015"),
        Field("Z1.1.c/1", "Families", "number", caption="How many families?"),
    )


def filled(form: Form, tag: str, text: str) -> Form:
    """The form with a text in one field."""
    return replace(
        form,
        blocks=tuple(
            replace(one, text=text) if isinstance(one, Field) and one.tag == tag else one
            for one in form.blocks
        ),
    )


def document(docx: bytes) -> str:
    """The main part of a file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(DOCUMENT).decode()


def with_parts(docx: bytes, **parts: bytes) -> bytes:
    """A file with more parts: `word__comments` is word/comments.xml."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    added = {f"{name.replace('__', '/')}.xml": content for name, content in parts.items()}
    return packed(contents | added)

"""Names of files are safe to keep, to show and to send in a header."""

import pytest

from surveyapp.files import names


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Early help strategy.pdf", "Early help strategy.pdf"),
        ("Plan für Kinder é.docx", "Plan für Kinder é.docx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\plan.docx", "plan.docx"),
        ("plan\r\nSet-Cookie: a=b.pdf", "plan Set-Cookie- a=b.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\u200b\u2066b\x00\x1f.pdf", "ab.pdf"),
        ('<b>"x"|?*%;.pdf', "-b--x------.pdf"),
        ("   two   words .pdf", "two words.pdf"),
        (".pdf", "file.pdf"),
        ("..hidden.pdf", "hidden.pdf"),
        ("....", "file"),
        ("", "file"),
        ("CON.pdf", "_CON.pdf"),
        ("x" * 500 + ".pdf", "x" * 120 + ".pdf"),
        ("a." + "b" * 300, ("a." + "b" * 300)[:120]),
        ("plan\ud800.pdf", "plan.pdf"),
    ],
)
def test_a_name_is_made_safe(given: str, kept: str) -> None:
    assert names.safe(given) == kept


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 KB"), (12_345, "12 KB"), (999_999, "1000 KB"), (1_400_000, "1.4 MB")],
)
def test_a_size_is_told_as_people_read_it(size: int, words: str) -> None:
    assert names.size_in_words(size) == words

"""What a coder types is read as commands, all of it or nothing."""

import pytest

from surveyapp.derived.commands import KEYS, LONGEST, Command, CommandError, parse


def kinds(line: str) -> list[str]:
    return [one.kind for one in parse(line)]


@pytest.mark.parametrize("line", ["", "   ", ".", " . "])
def test_nothing_typed_finishes(line: str) -> None:
    assert parse(line) == (Command("finish"),)


def test_several_at_once() -> None:
    assert parse("1 -2,+s03 -E1 .") == (
        Command("accept", number=1),
        Command("reject", number=2),
        Command("add", theme="s03"),
        Command("take off", theme="E1"),
        Command("finish"),
    )


def test_all_at_once_undo_and_leaving() -> None:
    assert kinds("*") == ["accept all"]
    assert kinds("-*") == ["reject all"]
    assert kinds("U") == ["undo"]
    assert kinds("1 n") == ["accept", "skip"]
    assert kinds("p") == ["back"]
    assert kinds("b+1 =") == ["move", "use"]


def test_ends_move_by_words_and_by_sentences() -> None:
    assert parse("b+2 E- bs+ es-3") == (
        Command("move", number=2, edge="start"),
        Command("move", number=-1, edge="end"),
        Command("move", number=1, edge="start", unit="sentence"),
        Command("move", number=-3, edge="end", unit="sentence"),
    )


def test_a_memo_is_the_rest_of_the_line() -> None:
    assert parse("1 m ask, what 2 means.") == (
        Command("accept", number=1),
        Command("memo", text="ask, what 2 means."),
    )


@pytest.mark.parametrize("line", ["?", "1 x", "+", "-", "123", "m", "b", "+3", "１", "accept"])
def test_what_is_no_command_is_named(line: str) -> None:
    with pytest.raises(CommandError, match="is not a key"):
        parse(line)


@pytest.mark.parametrize("code", ["S01", "A1", "q9"])
def test_a_code_without_a_sign_is_told_what_to_write(code: str) -> None:
    with pytest.raises(CommandError, match=rf"Write \+{code} to add"):
        parse(f"1 {code}")


@pytest.mark.parametrize("line", [". 1", "u 1", "n .", ". m later"])
def test_what_leaves_the_passage_comes_last(line: str) -> None:
    with pytest.raises(CommandError, match="last"):
        parse(line)


def test_a_line_has_an_end() -> None:
    with pytest.raises(CommandError):
        parse("m " + "x" * LONGEST)


@pytest.mark.parametrize("key", [key for key, _ in KEYS])
def test_every_key_listed_is_understood(key: str) -> None:
    for typed in key.replace(" or ", ",").split(","):
        words = typed.strip().replace("Enter", "").replace("m and words", "m words")
        assert parse(words)

"""The command line: tag responses, evaluate tags, write a review.

Only this module, and `delivering` for it, touch files.
"""

import argparse
import csv
import dataclasses
import gc
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tqdm import tqdm

from synthesis import codebook, decisions, register, responses, schedule, scorecard, tables
from synthesis.codebook import Codebook, CodedExample
from synthesis.delivering import progress, replacing
from synthesis.errors import InputError
from synthesis.material import Material
from synthesis.pipeline import Commission, ReviewError, build_review
from synthesis.review import outline
from synthesis.review.outline import Outline
from synthesis.schedule import Schedule
from synthesis.tagger import Tagger

OK, BAD_REVIEW, BAD_INPUT = 0, 1, 2
TAG_COLUMNS = ("id", "start", "end", "passage", "theme", "score", "reason")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 2 where the input is bad, 1 where the review breaks its rules."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], None] = options.command
    try:
        command(options)
    except InputError as error:
        sys.stderr.write(f"error: {error}\n")
        return BAD_INPUT
    except ReviewError as error:
        sys.stderr.write(f"error: {error}\n")
        return BAD_REVIEW
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m synthesis", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    tag = commands.add_parser("tag", help="tag responses with the themes of a codebook")
    _add_input(tag)
    tag.add_argument("-o", "--output", type=Path, required=True, help="where to write TAGS.csv")
    tag.set_defaults(command=_tag)
    evaluate = commands.add_parser("evaluate", help="compare two codings of the same texts")
    evaluate.add_argument("tags", type=Path, help="TAGS.csv, or a coded file with id and codes")
    evaluate.add_argument("gold", type=Path, help="a coded file with id and codes")
    evaluate.set_defaults(command=_evaluate)
    review = commands.add_parser("review", help="write the Word review")
    _add_input(review)
    review.add_argument("--outline", type=Path, required=True, help="review.toml")
    review.add_argument("--decisions", type=Path, help="TAGS.csv with a column 'verdict' added")
    review.add_argument("--authorities", type=Path, help="a register other than the outline's")
    review.add_argument("-o", "--output", type=Path, required=True, help="where to write the .docx")
    review.set_defaults(command=_review)
    return parser


def _add_input(command: argparse.ArgumentParser) -> None:
    command.add_argument("responses", type=Path, help="csv, xlsx or jsonl with id and text")
    command.add_argument("--codebook", type=Path, required=True, help="codebook.toml")
    command.add_argument("--examples", type=Path, help="coded texts to learn from: id, text, codes")


def _tag(options: argparse.Namespace) -> None:
    """Write a row a passage and theme, while the responses stream by."""
    themes = read_codebook(options.codebook)
    tagger = Tagger(themes, read_examples(options.examples, themes))
    gc.freeze()  # what was learnt stays to the end; going through it again and again takes time
    gc.set_threshold(100_000)  # tags are let go one by one; looking for rings of them is rare work
    with opened(options.responses) as stream, replacing(options.output) as output:
        text = io.TextIOWrapper(output, encoding="utf-8", newline="")
        table = csv.writer(text)
        table.writerow(TAG_COLUMNS)
        rows = responses.read(stream, options.responses.name)
        for tag in tagger.suggest(tqdm(rows, desc="tagging", unit=" responses")):
            passage = tag.passage
            place = (passage.response.id, passage.start, passage.end, passage.text)
            table.writerow((*place, tag.theme, f"{tag.score:.3f}", tag.reason))
        text.flush()
        text.detach()
    sys.stdout.write(f"The tags are in {options.output}.\n")


def _evaluate(options: argparse.Namespace) -> None:
    """Print how well the tags match the gold."""
    with opened(options.tags) as stream:
        given = scorecard.read_coding(stream, options.tags.name)
    with opened(options.gold) as stream:
        gold = scorecard.read_coding(stream, options.gold.name)
    sys.stdout.write(scorecard.draw(gold, given))


def _review(options: argparse.Namespace) -> None:
    """Write the review of the responses, with a bar that tells how far it is."""
    commission = read_commission(options)
    with progress() as tell:
        document = build_review(commission, tell)
    with replacing(options.output) as output:
        output.write(document)
    sys.stdout.write(f"The review is in {options.output}.\n")


def read_commission(options: argparse.Namespace) -> Commission:
    """Read everything a review is built from."""
    folder = options.outline.parent
    themes = read_codebook(options.codebook)
    plan = outline.parse(read_text(options.outline), options.outline.name)
    roll = options.authorities or _register_of(plan, options.outline)
    with opened(roll) as stream:
        authorities = register.read(stream, roll.name)
    with opened(options.responses) as stream:
        said = responses.numbered(stream, options.responses.name)
        material = Material(
            authorities=authorities,
            responses=tuple(register.enrol(said, authorities, options.responses.name)),
        )
    if options.decisions:
        with opened(options.decisions) as stream:
            codes = frozenset(theme.code for theme in themes)
            verdicts = tuple(decisions.read(stream, options.decisions.name, codes))
        material = dataclasses.replace(material, decisions=verdicts)
    return Commission(
        material=material,
        codebook=themes,
        schedule=_schedule(folder, plan.questionnaire, plan.interview),
        outline=plan,
        examples=read_examples(options.examples, themes),
    )


def _register_of(plan: Outline, path: Path) -> Path:
    """Return the register that an outline names."""
    if not plan.register:
        raise InputError(
            path.name,
            "The outline names no register of authorities.",
            'Add register = "authorities.csv", or name one with --authorities.',
        )
    return path.parent / plan.register


def _schedule(folder: Path, *names: str) -> Schedule:
    """Read the instruments that an outline names; one it does not name was not used."""
    read = [codebook.load_toml(read_text(folder / name), name) if name else {} for name in names]
    return schedule.parse(*read)


def read_codebook(path: Path) -> Codebook:
    """Read a codebook with the coded examples that stand beside it."""
    text = read_text(path)
    name = str(codebook.load_toml(text, path.name).get("examples", ""))
    examples = {name: read_text(path.parent / name)} if name else {}
    return codebook.parse(text, path.name, examples)


def read_examples(path: Path | None, themes: Codebook) -> tuple[CodedExample, ...]:
    """Read coded texts; none where no file is named."""
    if path is None:
        return ()
    codes = frozenset(theme.code for theme in themes)
    with opened(path) as stream:
        return tuple(codebook.read_examples(stream, path.name, codes))


def read_text(path: Path) -> str:
    """Read a text file; InputError where it is missing or not UTF-8."""
    with opened(path) as stream:
        return tables.read_text(stream, path.name)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read; InputError where that cannot be done."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError(
            str(path), f"The file cannot be read: {error.strerror}.", "Check the name."
        ) from error
    with stream:
        yield stream


if __name__ == "__main__":
    raise SystemExit(main())

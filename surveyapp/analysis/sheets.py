"""A cross-tabulation as a workbook."""

import io

import xlsxwriter

from surveyapp.analysis.crosstab import Table


def workbook(table: Table) -> bytes:
    """Return a table as the bytes of a workbook, with its bases in the last row."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Cross-tab")
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 46)
    sheet.set_column(2, len(table.columns) + 1, 16)
    for at, words in enumerate(("Code", "Theme", *(one.words for one in table.columns))):
        sheet.write_string(0, at, words, heading)
    for line, (theme, entries) in enumerate(table.lines, start=1):
        sheet.write_string(line, 0, theme.code)
        sheet.write_string(line, 1, theme.name)
        for at, entry in enumerate(entries, start=2):
            sheet.write_number(line, at, entry.number)
    last = len(table.lines) + 1
    on = table.asked.on
    base = (
        f"Base: authorities with words on {on}"
        if on
        else "Base: authorities whose words belong here"
    )
    sheet.write_string(last, 1, base, heading)
    for at, column in enumerate(table.columns, start=2):
        sheet.write_number(last, at, column.base)
    sheet.write_string(last + 2, 1, _told(table))
    book.close()
    return file.getvalue()


def _told(table: Table) -> str:
    tags = "confirmed tags only" if table.asked.confirmed else "suggested and confirmed tags"
    on = f", where it was said on {table.asked.on}" if table.asked.on else ""
    return f"Counted: {table.asked.counts}, {tags}{on}."

"""The guide as a Word document. The same guide gives the same bytes: no clock and no name of a machine goes into it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Inches, Pt, RGBColor

from game.guide.blocks import Block, Box, Bullets, Contents, Guide, Heading, Outline, Para, Picture, Run, Script, Table, Words
from game.words import _

EPOCH = datetime(2000, 1, 1)
"""The date that stands in the file; when it was made says the file system."""
_COLOURS = {"quiet": RGBColor(0x5B, 0x66, 0x70), "later": RGBColor(0x8A, 0x52, 0x00)}
_FILLS = {"spoiler": "FBF4E4", "care": "E8F1F4"}
_SERIF, _SANS = "Cambria", "Calibri"


def document(guide: Guide) -> bytes:
    """The guide as .docx."""
    made = docx.Document()
    _paper(made, guide)
    line = made.add_paragraph(guide.subtitle)
    _look(line.runs[0], "quiet") if line.runs else None
    made.add_heading(guide.title, level=0)
    for block in guide.blocks:
        _block(made, block)
    buffer = io.BytesIO()
    made.save(buffer)
    return _timeless(buffer.getvalue())


def _paper(made: Any, guide: Guide) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(1.9), Cm(1.9)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = _SERIF, Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _SERIF)
    normal.paragraph_format.space_after = Pt(4)
    for level, size in ((0, 26), (1, 18), (2, 14), (3, 11)):
        style = made.styles["Title" if level == 0 else f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = _SANS, Pt(size), RGBColor(0x0B, 0x4A, 0x5C)
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), _SANS)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    core = made.core_properties
    core.title, core.subject, core.author, core.language = guide.title, guide.subtitle, "Seenby", guide.language
    core.comments = core.keywords = core.last_modified_by = ""
    core.created = core.modified = EPOCH
    core.revision = 1


def _block(made: Any, block: Block) -> None:
    if isinstance(block, Heading):
        heading = made.add_heading(block.text, level=max(block.level - 1, 1))
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.page_break_before = block.fresh
    elif isinstance(block, Para):
        _para(made, block)
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, 1):
            paragraph = _paragraph(made)
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.8), Cm(-0.5)
            paragraph.add_run(f"{number}.\t" if block.ordered else "•\t")
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.8))
            _runs(paragraph, item)
    elif isinstance(block, Table):
        _table(made, block)
    elif isinstance(block, Script):
        for line in block.lines:
            _script_line(_paragraph(made), line)
    elif isinstance(block, Box):
        _box(made, block)
    elif isinstance(block, Picture):
        scale = min(1.0, 6.6 / block.wide, 9.0 / block.high)
        made.add_picture(io.BytesIO(block.png), width=Inches(block.wide * scale))
        made.paragraphs[-1].paragraph_format.keep_with_next = True
        _look(made.add_paragraph().add_run(block.words), "quiet")
    elif isinstance(block, Outline):
        run = made.add_paragraph().add_run("\n".join(block.lines))
        run.font.name, run.font.size = "Consolas", Pt(7.5)
    elif isinstance(block, Contents):
        _block(made, Bullets([(Run(text),) for _id, text in block.entries], ordered=True))


def _paragraph(made: Any, style: str | None = None) -> Any:
    paragraph = made.add_paragraph(style=style)
    paragraph.paragraph_format.space_after = Pt(2 if style else 3)
    return paragraph


def _para(made: Any, block: Para) -> None:
    paragraph = _paragraph(made, "Quote" if block.kind == "quote" else None)
    _runs(paragraph, block.words)
    for run in paragraph.runs:
        if block.kind == "lead":
            run.font.size = Pt(13)
        elif block.kind == "aside":
            run.font.size = Pt(9.5)
            run.font.color.rgb = _COLOURS["quiet"]


def _script_line(paragraph: Any, line: Any) -> None:
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1.0), Cm(-0.5)
    paragraph.paragraph_format.space_after = Pt(1)
    if line.condition:
        _look(paragraph.add_run(_("[only if {condition}] ").format(condition=line.condition)), "later")
    if line.who:
        _look(paragraph.add_run(f"{line.who}: "), "strong")
        paragraph.add_run(line.text)
    else:
        _look(paragraph.add_run(line.text), "soft")
    for run in paragraph.runs:
        run.font.size = Pt(9.5)


def _runs(paragraph: Any, runs: Words) -> None:
    for run in runs:
        _look(paragraph.add_run(run.text), run.style)


def _look(run: Any, style: str) -> None:
    if style == "strong":
        run.bold = True
    elif style == "soft":
        run.italic = True
    elif style == "fill":
        run.underline = True
    elif style in _COLOURS:
        run.font.color.rgb = _COLOURS[style]


def _table(made: Any, block: Table) -> None:
    table = made.add_table(rows=1, cols=len(block.head))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, block.head, strict=True):
        _look(cell.paragraphs[0].add_run(text), "strong")
        cell.paragraphs[0].runs[0].font.size = Pt(9)
    if any(block.head):
        _repeat(table.rows[0])
    for row in block.rows:
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            _fill_cell(cell, words)
        _together(table.rows[-1])
    if not any(block.head):
        table._tbl.remove(table.rows[0]._tr)
    width = 17.0
    for column, percent in zip(table.columns, block.widths, strict=True):
        column.width = Cm(width * percent / 100)
    for row in table.rows:
        for cell, percent in zip(row.cells, block.widths, strict=True):
            cell.width = Cm(width * percent / 100)
    made.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill_cell(cell: Any, parts: Sequence[Words]) -> None:
    for number, part in enumerate(parts):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _runs(paragraph, part)
        for run in paragraph.runs:
            run.font.size = Pt(9)


def _box(made: Any, block: Box) -> None:
    """A box has a ground of its own behind each of its paragraphs and cells."""
    body = made.element.body
    before = len(body)
    for inner in block.blocks:
        _block(made, inner)
    for element in list(body)[before - 1 :]:  # what describes the section stands last and moves on
        for paragraph in element.iter(qn("w:p")) if element.tag != qn("w:sectPr") else ():
            if element.tag == qn("w:p"):
                paragraph.get_or_add_pPr().append(_shade(_FILLS[block.kind]))
        for cell in element.iter(qn("w:tc")):
            cell.get_or_add_tcPr().append(_shade(_FILLS[block.kind]))


def _shade(fill: str) -> Any:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    return shade


def _repeat(row: Any) -> None:
    """The head of a table stands on each of its pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _together(row: Any) -> None:
    """A row is not torn by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _timeless(data: bytes) -> bytes:
    """The same archive with the same date on every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            member = zipfile.ZipInfo(info.filename, EPOCH.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            target.writestr(member, source.read(info.filename))
    return out.getvalue()

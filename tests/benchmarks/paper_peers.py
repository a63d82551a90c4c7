"""Others that make PDF, at the same bilingual certificate: the same words, fonts, logos and square code.

They are given the code as a finished picture, which Wasl has to make itself. One that is not installed is told of and
left out. Typst and WeasyPrint lay the page out by their own rules; fpdf2 shapes with the same HarfBuzz as Wasl.
"""

import json
from collections.abc import Callable, Sequence
from html import escape
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from app.documents.qr_code import encode
from app.domain.sheets import CertificateSheet
from resources.fonts import PAPER_FONT_FILES

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
Maker = Callable[[Sequence[CertificateSheet]], list[bytes]]


def code_picture(content: str) -> bytes:
    """A square code as a PNG of a dot to a module."""
    rows = encode(content)
    image = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows)).point([255, *[0] * 255])
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def fill_folder(folder: Path, sheets: Sequence[CertificateSheet]) -> None:
    """Write the pictures that the peers read: logos and codes."""
    for number, logo in enumerate(sheets[0].logos):
        (folder / f"logo{number}.png").write_bytes(logo.image)
    for sheet in sheets:
        (folder / f"{sheet.number}.png").write_bytes(code_picture(sheet.qr))


def facts(sheet: CertificateSheet) -> dict[str, Any]:
    """What stands on a sheet, for a template."""
    halves = [
        {
            "language": text.language,
            "issuer": text.issuer,
            "line": text.issuer_line,
            "title": text.title,
            "lead": text.lead,
            "name": (sheet.holder_name_ar if text.language == "ar" else sheet.holder_name) or "",
            "body": [paragraph.replace("\u2068", "").replace("\u2069", "") for paragraph in text.body],
            "issued": text.issued,
            "signatory": text.signatory,
            "function": text.function,
            "check": text.check,
            "funded": text.funded,
        }
        for text in sheet.texts
    ]
    return {"number": sheet.number, "halves": halves, "logos": len(sheet.logos)}


_TYPST = """
#let certificate(c) = {
  let half(h) = {
    set text(lang: h.language, dir: if h.language == "ar" { rtl } else { ltr })
    set align(center)
    text(25pt, fill: rgb("#0B6B63"), weight: "bold", h.title)
    par(text(12pt, h.lead))
    par(text(26pt, weight: "bold", h.name))
    set par(justify: true)
    for p in h.body { par(text(12.6pt, p)) }
    par(text(11.5pt, h.issued))
    par(text(9pt, h.function))
    par(text(13pt, weight: "bold", h.signatory))
  }
  grid(columns: (1fr, 1fr), align: (left, right),
    ..c.halves.map(h => text(15pt, weight: "bold", h.issuer)), ..c.halves.map(h => text(8.5pt, h.line)))
  line(length: 100%)
  grid(columns: (1fr, 134pt, 1fr), column-gutter: 18pt, half(c.halves.at(0)), align(center, {
    text(10.5pt, font: "IBM Plex Mono", c.number)
    image(c.number + ".png", width: 112pt)
    for h in c.halves { par(text(7.2pt, h.check)) }
  }), half(c.halves.at(1)))
  grid(columns: c.logos + 2, column-gutter: 20pt,
    ..range(c.logos).map(i => image("logo" + str(i) + ".png", height: 34pt)),
    ..c.halves.map(h => text(8.6pt, weight: "bold", h.funded)))
}
#set page(paper: "a4", flipped: true, margin: 44pt)
#set text(font: "Amiri")
#let all = json("all.json")
#for (i, c) in all.enumerate() { if i > 0 { pagebreak() }; certificate(c) }
"""


def typst_maker(folder: Path, *, together: bool) -> Maker:
    """Typst, its fonts and template read once; every certificate a file, or all of them in one."""
    typst = import_module("typst")
    (folder / "page.typ").write_text(_TYPST, encoding="utf-8")
    (folder / "all.json").write_text("[]", encoding="utf-8")
    compiler = typst.Compiler(
        str(folder / "page.typ"), root=str(folder), font_paths=[str(FONTS)], ignore_system_fonts=True
    )

    def make(sheets: Sequence[CertificateSheet]) -> list[bytes]:
        made = []
        for batch in [sheets] if together else [[sheet] for sheet in sheets]:
            (folder / "all.json").write_text(json.dumps([facts(sheet) for sheet in batch]), encoding="utf-8")
            made.append(compiler.compile(format="pdf"))
        return made

    return make


def weasyprint_maker(folder: Path, *, together: bool) -> Maker:
    """WeasyPrint with its fonts set up once; every certificate a file, or all of them in one."""
    weasyprint = import_module("weasyprint")
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: {family}; font-weight: {weight}; src: url('{(FONTS / file).as_uri()}') }}"
        for family, weight, file in (
            ("Paper", "normal", PAPER_FONT_FILES["Amiri"]),
            ("Paper", "bold", PAPER_FONT_FILES["Amiri-Bold"]),
            ("Code", "normal", PAPER_FONT_FILES["Plex-Mono"]),
        )
    )
    style = weasyprint.CSS(
        string=faces + "@page { size: A4 landscape; margin: 44pt } body { font-family: Paper; text-align: center }"
        "section { break-after: page } .c { display: flex } .h { width: 300pt } .s { width: 134pt; font-size: 7pt }"
        "h1 { font-size: 25pt; color: #0B6B63; margin: 0 } h2 { font-size: 26pt } "
        ".b { font-size: 12pt; text-align: justify }",
        font_config=fonts,
    )

    def page(sheet: CertificateSheet) -> str:
        values = facts(sheet)
        halves = [
            f"<div class=h dir={'rtl' if half['language'] == 'ar' else 'ltr'}><b>{escape(half['issuer'])}</b>"
            f"<h1>{escape(half['title'])}</h1><p>{escape(half['lead'])}</p><h2>{escape(half['name'])}</h2>"
            + "".join(f"<p class=b>{escape(each)}</p>" for each in half["body"])
            + f"<p>{escape(half['issued'])}</p><p>{escape(half['function'])}</p>"
            + f"<b>{escape(half['signatory'])}</b></div>"
            for half in values["halves"]
        ]
        side = (
            f"<div class=s><p style='font: 10pt Code'>{sheet.number}</p><img src='{sheet.number}.png' width=149>"
            + "".join(f"<p>{escape(half['check'])}</p>" for half in values["halves"])
        )
        logos = "".join(f"<img src='logo{number}.png' height=45> " for number in range(values["logos"]))
        funded = " ".join(escape(half["funded"]) for half in values["halves"])
        return f"<section><div class=c>{halves[0]}{side}</div>{halves[1]}</div>{logos}{funded}</section>"

    def make(sheets: Sequence[CertificateSheet]) -> list[bytes]:
        batches = [sheets] if together else [[sheet] for sheet in sheets]
        return [
            weasyprint.HTML(string="".join(map(page, batch)), base_url=folder.as_uri() + "/").write_pdf(
                stylesheets=[style], font_config=fonts
            )
            for batch in batches
        ]

    return make


def fpdf_maker(folder: Path, *, together: bool) -> Maker:
    """fpdf2 with HarfBuzz; every certificate a file, or all of them in one."""
    fpdf = import_module("fpdf")

    def begin() -> Any:  # noqa: ANN401 - a class of a peer
        pdf = fpdf.FPDF("landscape", "pt", "A4")
        pdf.set_auto_page_break(auto=False)
        for name in ("Amiri", "Amiri-Bold", "Plex-Mono"):
            pdf.add_font(name, fname=FONTS / PAPER_FONT_FILES[name])
        pdf.set_text_shaping(use_shaping_engine=True)
        return pdf

    def draw(pdf: Any, sheet: CertificateSheet) -> None:  # noqa: ANN401 - a class of a peer
        pdf.add_page()
        values = facts(sheet)
        for half, left in zip(values["halves"], (44, 506), strict=True):
            pdf.set_y(44)
            for font, size, text in (
                ("Amiri-Bold", 15, half["issuer"]), ("Amiri", 8.5, half["line"]), ("Amiri-Bold", 25, half["title"]),
                ("Amiri", 12, half["lead"]), ("Amiri-Bold", 26, half["name"]),
                *(("Amiri", 12.6, paragraph) for paragraph in half["body"]),
                ("Amiri", 11.5, half["issued"]), ("Amiri", 9, half["function"]), ("Amiri-Bold", 13, half["signatory"]),
            ):  # fmt: skip
                pdf.set_font(font, size=size)
                pdf.set_x(left)
                pdf.multi_cell(292, size * 1.5, text, align="C", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Plex-Mono", size=10)
        pdf.text(360, 130, values["number"])
        pdf.image(folder / f"{sheet.number}.png", 365, 150, 112)
        for number in range(values["logos"]):
            pdf.image(folder / f"logo{number}.png", 44 + 130 * number, 520, h=34)

    def make(sheets: Sequence[CertificateSheet]) -> list[bytes]:
        made = []
        for batch in [sheets] if together else [[sheet] for sheet in sheets]:
            pdf = begin()
            for sheet in batch:
                draw(pdf, sheet)
            made.append(bytes(pdf.output()))
        return made

    return make


PEERS: dict[str, Callable[..., Maker]] = {"Typst": typst_maker, "WeasyPrint": weasyprint_maker, "fpdf2": fpdf_maker}

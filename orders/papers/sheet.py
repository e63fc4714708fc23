"""A sheet of A4: margins, types and colours, and a foot that says which page of how many it is."""

from collections.abc import Callable
from io import BytesIO

from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from orders.papers import fonts
from orders.papers.words import markup

WIDTH, HEIGHT = A4
SIDE, TOP, FOOT = 20 * mm, 18 * mm, 24 * mm
INNER = WIDTH - 2 * SIDE
INK, SOFT, LINE, ACCENT = HexColor("#211d18"), HexColor("#6d665c"), HexColor("#d9d3c8"), HexColor("#24483c")

TEXT = ParagraphStyle("text", fontName=fonts.TEXT, fontSize=9.5, leading=13, textColor=INK, splitLongWords=1)
SMALL = ParagraphStyle("small", TEXT, fontSize=8, leading=10.5, textColor=SOFT)
STRONG = ParagraphStyle("strong", TEXT, fontName=fonts.STRONG)
LARGE = ParagraphStyle("large", TEXT, fontSize=12, leading=16)
TITLE = ParagraphStyle("title", TEXT, fontName=fonts.TITLE, fontSize=19, leading=24)
NAME = ParagraphStyle("name", TITLE, fontSize=16, leading=20, textColor=ACCENT)
RIGHT = ParagraphStyle("right", SMALL, alignment=TA_RIGHT)


class Numbered(Canvas):
    """Keeps its pages until it knows how many there are."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.pages: list[dict] = []

    def showPage(self) -> None:  # noqa: N802 - its name in reportlab
        self.pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self.pages, 1):
            self.__dict__.update(page)
            self.setFont(fonts.TEXT, 8)
            self.setFillColor(SOFT)
            words = _("Page %(number)d of %(all)d") % {"number": number, "all": len(self.pages)}
            self.drawRightString(WIDTH - SIDE, 17 * mm - 8, words)
            super().showPage()
        super().save()


def document(
    title: str, author: str, language: str, story: list, foot: Callable[[Canvas], None], numbered: bool = True
) -> bytes:
    """The PDF of a story; the same story gives the same bytes. `foot` draws what stands below each page."""
    paper = BytesIO()
    frame = Frame(SIDE, FOOT, INNER, HEIGHT - TOP - FOOT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    maker = BaseDocTemplate(paper, pagesize=A4, title=title, author=author, lang=language, invariant=1)
    maker.addPageTemplates(PageTemplate(frames=[frame], onPage=lambda canvas, _maker: foot(canvas)))
    maker.build(story, canvasmaker=Numbered if numbered else Canvas)
    return paper.getvalue()


def foot_of(words: str) -> Callable[[Canvas], None]:
    """A hairline, and the words below it beside the number of the page."""
    said = Paragraph(markup(words), SMALL)

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(SIDE, 19 * mm, WIDTH - SIDE, 19 * mm)
        _width, height = said.wrap(INNER - 30 * mm, 12 * mm)
        said.drawOn(canvas, SIDE, 17 * mm - height)

    return draw

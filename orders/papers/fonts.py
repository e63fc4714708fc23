"""The types of our paper: Source Serif for headings, Source Sans for text; both know Latin, Greek and Cyrillic."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

TEXT, STRONG, TITLE = "Paper", "Paper-Strong", "Paper-Title"
FILES = {
    TEXT: ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    STRONG: ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    TITLE: ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
}


@cache
def load() -> None:
    """Read them once for each process; before anything is drawn."""
    for name, (package, file) in FILES.items():
        # Not imported: the packages look through all their files when they are.
        home = find_spec(package).submodule_search_locations[0]
        pdfmetrics.registerFont(TTFont(name, Path(home) / "files" / file))
    pdfmetrics.registerFontFamily(TEXT, normal=TEXT, bold=STRONG, italic=TEXT, boldItalic=STRONG)

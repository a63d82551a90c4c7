"""The fonts that ship with Wasl, all under the SIL Open Font License 1.1 (the OFL-*.txt files beside them).

Window: IBM Plex Sans Arabic, because its Latin and Arabic share one line and stand in the middle of a line edit
(Vazirmatn, seen beside it at 14 px, stands 2 px higher). It lacks Latin Extended-A, which its sister IBM Plex Sans
draws in the same hand, and the letters of West African alphabets (ɛ ɔ ɓ ɗ), which Noto Sans adds. All its digits
have one width. Papers: Amiri, a Naskh made for print, with Noto Serif for the same letters and Noto Sans Tifinagh.
IBM Plex Mono writes codes: its zero is dotted, its I, l and 1 differ.

Names only, nothing is loaded here: files are found by `importlib.resources.files("resources.fonts")`.
"""

from typing import Final

UI_FAMILY: Final = "IBM Plex Sans Arabic"
UI_FAMILIES: Final = (UI_FAMILY, "IBM Plex Sans", "Noto Sans")
"""For `QFont.setFamilies`: each next family draws what the ones before it lack."""
UI_CODE_FAMILY: Final = "IBM Plex Mono"
"""For numbers and codes that are read letter by letter."""
UI_FONT_FILES: Final = (
    "IBMPlexSansArabic-Regular.ttf",
    "IBMPlexSansArabic-SemiBold.ttf",
    "IBMPlexSansArabic-Bold.ttf",
    "IBMPlexSans-Regular.ttf",
    "IBMPlexSans-SemiBold.ttf",
    "IBMPlexSans-Bold.ttf",
    "IBMPlexMono-Medium.ttf",
    "NotoSans-Regular.ttf",
    "NotoSansTifinagh-Regular.ttf",
)

PAPER_FONT_FILES: Final = {
    "Amiri": "Amiri-Regular.ttf",
    "Amiri-Bold": "Amiri-Bold.ttf",
    "Plex": "IBMPlexSansArabic-Regular.ttf",
    "Plex-Bold": "IBMPlexSansArabic-SemiBold.ttf",
    "Plex-Mono": "IBMPlexMono-Medium.ttf",
    "Noto-Serif": "NotoSerif-Regular.ttf",
    "Noto-Serif-Bold": "NotoSerif-Bold.ttf",
    "Noto-Sans": "NotoSans-Regular.ttf",
    "Noto-Tifinagh": "NotoSansTifinagh-Regular.ttf",
}
"""File of each font by the name that papers know it under."""

"""The file: numbered objects, where each begins, and the trailer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final
from zlib import compress

from app.documents.fonts import PaperFont
from app.documents.pdf.embedding import FontUse

_HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_WORTH_PACKING: Final = 160
"""Bytes; shorter streams are hardly smaller when compressed."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A content stream of a page, and what it calls by name: fonts as F1, images and forms as X1."""

    number: int
    resources: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Objects already written out, with which other files can begin, and the layers that they hold."""

    content: bytes = _HEAD
    offsets: tuple[int, ...] = ()
    layers: tuple[Layer, ...] = ()
    table: bytes = b""
    """The lines of the offsets in the table at a file's end."""
    digest: bytes = b""


@dataclass(slots=True)
class Writer:
    """A PDF being written, after a beginning that may be shared. `effort` is how hard streams are packed, 1 to 9."""

    beginning: Beginning = field(default_factory=Beginning)
    shared: dict[str, int] = field(default_factory=dict)
    """Forms and images that were drawn once, by a name of their own."""
    fonts: dict[str, FontUse] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)
    effort: int = 6
    _chunks: list[bytes] = field(default_factory=list)
    _offsets: list[int] = field(default_factory=list)
    _length: int = 0
    _tree: int = 0

    def __post_init__(self) -> None:
        self._chunks.append(self.beginning.content)
        self._offsets.extend(self.beginning.offsets)
        self._length = len(self.beginning.content)

    def reserve(self) -> int:
        """A number for an object that is put in later."""
        self._offsets.append(0)
        return len(self._offsets)

    def put(self, number: int, body: bytes) -> None:
        """Write the object of a reserved number."""
        self._offsets[number - 1] = self._length
        chunk = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self._chunks.append(chunk)
        self._length += len(chunk)

    def add(self, body: bytes) -> int:
        """Write an object; returns its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(self, data: bytes, entries: bytes = b"") -> int:
        """Write a stream, compressed where that helps; `entries` are added to its dictionary."""
        if len(data) > _WORTH_PACKING:
            data = compress(data, self.effort)
            entries += b"/Filter/FlateDecode"
        return self.add_packed(data, entries)

    def add_packed(self, data: bytes, entries: bytes) -> int:
        """Write a stream as it is; `entries` say how it is packed."""
        return self.add(b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data))

    def font(self, font: PaperFont) -> FontUse:
        """The font as this file uses it; written out by `close_fonts`."""
        use = self.fonts.get(font.name)
        if use is None:
            use = self.fonts[font.name] = FontUse(font, self.reserve())
        return use

    def close_fonts(self) -> None:
        """Write the fonts with the glyphs that were used. What is drawn later uses fonts of its own."""
        for use in self.fonts.values():
            self.put(use.number, use.write(self.add, self.add_stream))
        self.fonts.clear()

    def freeze(self, *layers: Layer) -> Beginning:
        """All that was written so far, for other files to begin with; `layers` join those of this one's beginning."""
        self.close_fonts()
        return Beginning(
            b"".join(self._chunks),
            tuple(self._offsets),
            (*self.beginning.layers, *layers),
            self._table(),
            self._digest(),
        )

    def add_page(self, size: tuple[float, float], layers: tuple[Layer, ...]) -> int:
        """A page showing layers one over the other."""
        if not self._tree:
            self._tree = self.reserve()
        names = {name: number for layer in layers for name, number in layer.resources}
        contents = " ".join(f"{layer.number} 0 R" for layer in layers)
        page = self.add(
            f"<</Type/Page/Parent {self._tree} 0 R/MediaBox[0 0 {size[0]:.6g} {size[1]:.6g}]"
            f"/Resources<<{resources(names)}>>/Contents[{contents}]>>".encode()
        )
        self.pages.append(page)
        return page

    def finish(self, title: str, author: str, language: str) -> bytes:
        """Write the tree of pages and the trailer; the file's bytes."""
        self.close_fonts()
        kids = " ".join(f"{page} 0 R" for page in self.pages)
        self.put(self._tree, f"<</Type/Pages/Count {len(self.pages)}/Kids[{kids}]>>".encode())
        metadata = self.add_packed(_xmp(title, author, language), b"/Type/Metadata/Subtype/XML")
        root = self.add(
            f"<</Type/Catalog/Pages {self._tree} 0 R/Lang ({language})/Metadata {metadata} 0 R"
            "/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>>>".encode()
        )
        info = self.add(
            b"<</Title%b/Author%b/Creator(Wasl)/Producer(Wasl)>>" % (text_string(title), text_string(author))
        )
        name = self._digest().hex().encode()
        count = len(self._offsets) + 1
        self._chunks += (
            b"xref\n0 %d\n0000000000 65535 f \n" % count,
            self._table(),
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]>>\n" % (count, root, info, name, name),
            b"startxref\n%d\n%%%%EOF\n" % self._length,
        )
        return b"".join(self._chunks)

    def _table(self) -> bytes:
        own = self._offsets[len(self.beginning.offsets) :]
        return self.beginning.table + b"".join([b"%010d 00000 n \n" % offset for offset in own])

    def _digest(self) -> bytes:
        own = blake2b(self.beginning.digest, digest_size=16)
        for chunk in self._chunks[1:]:
            own.update(chunk)
        return own.digest()


def resources(names: Mapping[str, int]) -> str:
    """The entries of a resource dictionary for what is called by name."""
    fonts = "".join(f"/{name} {number} 0 R" for name, number in names.items() if name[0] == "F")
    objects = "".join(f"/{name} {number} 0 R" for name, number in names.items() if name[0] == "X")
    return (f"/Font<<{fonts}>>" if fonts else "") + (f"/XObject<<{objects}>>" if objects else "")


def text_string(text: str) -> bytes:
    """A text string of PDF (7.9.2.2): UTF-16 with its byte-order mark, as hexadecimal digits."""
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().upper().encode()


def _xmp(title: str, author: str, language: str) -> bytes:
    """The same facts as XMP (ISO 16684-1), which newer readers and libraries look at."""
    title, author = (each.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for each in (title, author))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
        "<pdf:Producer>Wasl</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    ).encode()

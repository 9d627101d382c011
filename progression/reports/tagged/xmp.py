"""What a document says about itself: the same in its information dictionary and in its XMP packet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Metadata:
    """`title` is shown in the window's bar and must not be empty; `language` as BCP 47; `made` is taken as UTC.

    `archive` also claims PDF/A-2a. It must be False for an encrypted file.
    """

    title: str
    language: str
    made: datetime
    author: str = ""
    subject: str = ""
    creator: str = ""
    archive: bool = True

    def __post_init__(self) -> None:
        """Leave out what XML cannot hold, and space at the ends."""
        for name in ("title", "author", "subject", "creator"):
            object.__setattr__(self, name, _UNWRITABLE.sub("", getattr(self, name)).strip())


# PDF/A-2 knows the PDF/UA identifier only by a description that lies in the file.
_EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the PDF/UA standard the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
"""


def packet(told: Metadata) -> bytes:
    """Return the XMP packet, UTF-8."""
    day = told.made.strftime("%Y-%m-%dT%H:%M:%SZ")
    creators = (
        f"<dc:creator><rdf:Seq><rdf:li>{escape(told.author)}</rdf:li></rdf:Seq></dc:creator>" if told.author else ""
    )
    about = _alternative("description", told.subject) if told.subject else ""
    text = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>{_alternative("title", told.title)}{creators}{about}
<dc:language><rdf:Bag><rdf:li>{escape(told.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{escape(told.creator)}</xmp:CreatorTool><pdf:Producer>{escape(told.creator)}</pdf:Producer>
<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
{_EXTENSION if told.archive else ""}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
    return text.encode("utf-8")


def _alternative(name: str, text: str) -> str:
    return f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></dc:{name}>'

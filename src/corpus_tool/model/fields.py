"""The one table of fields: their names, types, order and meaning, and the labels that state them.

The documentation page, the flat row of CSV and TSV, `--fields`, `--has` and the readers' label synonyms are
all made from what stands here.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple


class Field(NamedTuple):
    """One key of an article: its JSON type and its meaning."""

    name: str
    type: str
    meaning: str


FIELDS: tuple[Field, ...] = (
    Field("id", "string", "16 hex digits: SHA-256 of the decoded record, the same on every machine"),
    Field("name", "string", "the file's stem, `stem#2` for the second record of a file"),
    Field("title", "string or null", "the headline, never invented, at most 200 characters"),
    Field("date", "string or null", "publication date in EDTF (ISO 8601-2), at the precision known"),
    Field("date_earliest", "string or null", "first day the date can mean, YYYY-MM-DD"),
    Field("date_latest", "string or null", "last day the date can mean, YYYY-MM-DD"),
    Field("date_modified", "string or null", "EDTF of a stated update, apart from publication"),
    Field("language", "string or null", "BCP 47 tag; `und` examined and undetermined, `zxx` no language"),
    Field("languages", "object", "share of the characters per language where the text is mixed"),
    Field("authors", "list of strings", "the authors as stated"),
    Field("outlet", "string or null", "newspaper, magazine, site or agency that published it"),
    Field("section", "string or null", "section of the outlet"),
    Field("url", "string or null", "address of the article"),
    Field("words", "integer", "words of the text in the sense of UAX 29"),
    Field("characters", "integer", "code points of the text"),
    Field("paragraphs", "integer", "blocks of the text, subheads included"),
    Field("text", "string", "normalized text, paragraphs separated by one empty line"),
    Field("extra", "object", "every other stated field, by its label in the file"),
    Field("normalization", "object", "which rules changed something, what was removed, the blocks"),
    Field("source", "object", "file, record, bytes, checksum, encoding, format; `also`: other places"),
    Field("inference", "object", "for date, language and title: method, confidence, evidence"),
)
NAMES: tuple[str, ...] = tuple(field.name for field in FIELDS)

LIST_FIELDS: tuple[str, ...] = (
    "id", "name", "title", "date", "date_earliest", "date_latest", "language", "words", "outlet", "source",
)  # fmt: skip
"""What `list --json` gives of an article."""

TABLE_FIELDS: tuple[str, ...] = ("id", "date", "language", "words", "title")
"""What `list` shows in a table, TSV or CSV."""

FLAT_FIELDS: tuple[str, ...] = (
    "id", "name", "title", "date", "date_earliest", "date_latest", "language", "outlet", "authors", "section",
    "url", "words", "source", "text",
)  # fmt: skip
"""The row of a CSV or TSV export."""

# Labels that state a field, in Dutch, French, English and German, then the keys that programs write. They
# are compared folded (`fold_label`), so that `Éditeur`, `editeur` and `EDITEUR` are one.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "title": (
        "titel", "kop", "koptekst", "titre", "title", "headline", "head", "heading", "überschrift", "schlagzeile",
        "article title", "article_title", "hl",
    ),
    "date": (
        "datum", "date", "publicatiedatum", "verschijningsdatum", "gepubliceerd", "gepubliceerd op",
        "datum publicatie", "date de publication", "date de parution", "publié", "publié le", "paru le",
        "publication date", "published", "published on", "published at", "date published", "parution", "fecha",
        "fecha de publicación", "data de publicação", "data di pubblicazione", "data publicação", "fecha publicación",
        "data pubblicazione", "date de diffusion", "datering", "dagtekening", "gedateerd", "dated",
        "uitzenddatum", "sendedatum", "broadcast date", "air date", "fecha de emisión", "pubdate", "pub date",
        "veröffentlicht", "veröffentlicht am", "erscheinungsdatum", "veröffentlichungsdatum", "publish date",
        "publication datetime", "pubtime", "date publication", "publicationdate", "datepublished", "publishdate",
        "publishedat", "issue date", "created", "datetime",
    ),
    "date_modified": (
        "gewijzigd", "laatst gewijzigd", "bijgewerkt", "mis à jour", "mise à jour", "mis à jour le", "modifié",
        "modifié le", "updated", "last updated", "modified", "date modified", "datemodified", "aktualisiert",
        "zuletzt aktualisiert", "dernière mise à jour", "last modified", "updatedat", "lastmod",
    ),
    "language": (
        "taal", "langue", "language", "lang", "sprache", "inlanguage", "language of publication",
    ),
    "authors": (
        "auteur", "auteurs", "author", "authors", "byline", "by", "door", "par", "autor", "autoren", "verfasser",
        "verfasserin", "journalist", "journaliste", "journalisten", "journalistes", "schrijver", "signature",
        "creator",
    ),
    "outlet": (
        "bron", "krant", "medium", "publicatie", "uitgave", "tijdschrift", "source", "journal", "publication",
        "média", "titre de presse", "outlet", "newspaper", "magazine", "publication title", "publisher", "site",
        "sitename", "site name", "quelle", "zeitung", "zeitschrift", "publikation", "media", "medium name",
        "source name", "sourcename", "publication name", "paper", "feed",
    ),
    "section": (
        "rubriek", "sectie", "katern", "rubrique", "section", "ressort", "rubrik", "category", "categorie",
        "catégorie", "kategorie", "desk", "articlesection",
    ),
    "url": (
        "url", "link", "lien", "adres", "adresse", "permalink", "uri", "weblink", "canonical url", "document url",
        "web url", "weburl",
    ),
    "text": (
        "tekst", "texte", "text", "body", "content", "artikeltekst", "inhoud", "contenu", "texte intégral",
        "volledige tekst", "full text", "fulltext", "article", "artikel", "inhalt", "volltext", "articlebody",
        "article body", "article text", "body text", "main text", "maintext", "plain text", "corps",
        "corps du texte", "texts", "document",
    ),
}  # fmt: skip


@lru_cache(maxsize=4096)
def fold_label(label: str) -> str:
    """Labels that a reader takes as the same: no case, accents, underscores or doubled spaces.

    >>> fold_label("Date\\u00a0de_Publication")
    'date de publication'
    """
    if not label.isascii():
        label = "".join(c for c in unicodedata.normalize("NFKD", label) if not unicodedata.combining(c))
    return " ".join(label.casefold().replace("_", " ").replace("-", " ").split())


def _label_table() -> dict[str, str]:
    return {fold_label(label): name for name, labels in SYNONYMS.items() for label in (name, *labels)}


LABELS: dict[str, str] = _label_table()
"""Folded label → field name, for the labels every reader knows."""


def field_of(label: str, profile_labels: dict[str, str] | None = None) -> str | None:
    """The field that a label states, or None; a profile's own labels come first.

    >>> field_of("Publicatiedatum"), field_of("Oplage")
    ('date', None)
    """
    folded = fold_label(label)
    if profile_labels and folded in profile_labels:
        return profile_labels[folded]
    return LABELS.get(folded)

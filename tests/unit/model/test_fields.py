import pytest

from corpus_tool.model.fields import FIELDS, FLAT_FIELDS, LIST_FIELDS, NAMES, SYNONYMS, field_of, fold_label
from tests.unit.model.test_article import CONTRACT


def test_the_table_of_fields_is_that_of_the_contract() -> None:
    """Names, types and order as published; each with a meaning."""
    assert {field.name: field.type for field in FIELDS} == CONTRACT
    assert list(CONTRACT) == list(NAMES)
    assert all(field.meaning for field in FIELDS)


def test_flat_and_short_rows_are_those_of_the_contract() -> None:
    """The columns of CSV and TSV, and the keys of `list --json`."""
    flat = "id name title date date_earliest date_latest language outlet authors section url words source text"
    assert " ".join(FLAT_FIELDS) == flat
    assert " ".join(LIST_FIELDS) == "id name title date date_earliest date_latest language words outlet source"


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Titel", "title"),
        ("TITRE", "title"),
        ("Überschrift", "title"),
        ("uberschrift", "title"),
        ("Publicatiedatum", "date"),
        ("date_de_publication", "date"),
        ("Date\u00a0de  publication", "date"),
        ("Veröffentlicht am", "date"),
        ("Mis à jour", "date_modified"),
        ("mis a jour", "date_modified"),
        ("Taal", "language"),
        ("Auteur", "authors"),
        ("BRON", "outlet"),
        ("Ressort", "section"),
        ("Web-URL", "url"),
        ("Artikeltekst", "text"),
        ("Oplage", None),
        ("", None),
    ],
)
def test_field_of(label: str, field: str | None) -> None:
    """Labels in four languages name their field, whatever the case, accents and blanks."""
    assert field_of(label) == field


def test_labels_of_a_profile_come_first() -> None:
    """A profile can give a known label another meaning."""
    assert field_of("Bron", {"bron": "section"}) == "section"
    assert field_of("Titel", {"bron": "section"}) == "title"


def test_no_label_states_two_fields() -> None:
    """Each label, folded, belongs to one field only."""
    owners: dict[str, str] = {}
    for name, labels in SYNONYMS.items():
        for label in (name, *labels):
            assert owners.setdefault(fold_label(label), name) == name, label

from corpus_tool.model.record import RawRecord, Stated, record_id


def test_record_id() -> None:
    """Line ends count as LF; a byte order mark and ASCII blanks at the ends do not count; all else does."""
    first = record_id("Kop\n\nTekst")
    assert len(first) == 16
    assert int(first, 16) >= 0
    for same in ("\ufeffKop\r\n\r\nTekst\r\n", " \t\nKop\n\nTekst \x0b\x0c", "Kop\r\rTekst"):
        assert record_id(same) == first
    for other in ("Kop\nTekst", "kop\n\nTekst", "Kop\n\nTekst\u00a0", "Kop\n\n Tekst"):
        assert record_id(other) != first
    assert len(record_id("caf\udce9")) == 16


def test_the_id_of_a_record_is_that_of_its_identity() -> None:
    """Where a record has an identity of its own (CSV: header and row) the id is computed from it."""

    def record(identity: str | None) -> RawRecord:
        return RawRecord(1, "rij", "tekst", None, 0, 3, 1, "utf-8", "utf-8", identity=identity)

    assert record(None).id() == record_id("rij")
    assert record("kop\nrij").id() == record_id("kop\nrij")


def test_a_value_stated_in_a_field() -> None:
    """The span of a field's value is the value itself."""
    assert Stated.in_field("2018-06") == Stated("2018-06", "2018-06", "field", 0, 7, "field")

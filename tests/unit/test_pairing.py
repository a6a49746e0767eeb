"""Twins of a corpus file: kept with their reasons, brought up to date, and the dates that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus_tool import pairing
from corpus_tool.corpus import Corpus
from corpus_tool.deduplicating import deduplicate
from corpus_tool.errors import CorpusToolError, ExitCode, UsageError
from corpus_tool.link.dating import approximate_date
from corpus_tool.link.duplicates import Options
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Inferred
from corpus_tool.pairing import (
    ALONE,
    TRIES,
    TwinSearch,
    check_knows_twins,
    check_loads_nothing,
    explained,
    find_twins,
    is_up_to_date,
    kept_search,
    kept_twins,
    languages_of,
    left_out,
    pair_of,
    why_not,
)
from corpus_tool.store.changing import Change, remove, write_change
from corpus_tool.store.links import kept
from corpus_tool.store.store import Store
from corpus_tool.store.twins import not_featured
from corpus_tool.store.writing import prepare, transaction
from corpus_tool.twin_dates import accept_dates, suggested_dates
from tests.unit.link.stories import DUTCH, FRENCH, story
from tests.unit.store.linked import Write, add, after, anew, both, change, corpus_file, drop, elsewhere, once, the
from tests.unit.store.linked import told as told_on

STORIES = 44  # more than 40: the corpus has statistics of its own
UNDATED = 3


def told(number: int, language: str) -> Any:
    """A story in a language; of June 2018, but one of the French ones is undated."""
    undated = {"date": None} if (language, number) == ("fr", UNDATED) else {}
    return told_on(number, language, **undated)


@pytest.fixture
def store() -> Iterator[Store]:
    """Forty-four stories in Dutch, of which all but the last are told in French too."""
    with Store.in_passing() as made:
        add(made, [told(number, "nl") for number in range(STORIES)])
        add(made, [told(number, "fr") for number in range(STORIES - 1)])
        yield made


def pairs(store: Store) -> set[tuple[str, str]]:
    """The pairs that are kept, in short."""
    return {(each.pair.a, each.pair.b) for each in kept_twins(store)}


def test_twins_are_kept_with_their_reasons(store: Store) -> None:
    """What is found is what is kept, in the same order; the places of the evidence are those of its texts."""
    with pytest.raises(CorpusToolError, match="not looked for"):
        check_knows_twins(store)
    found = find_twins(store, TwinSearch())
    assert list(kept_twins(store)) == found
    assert pairs(store) == {both(number) for number in range(STORIES - 1)}
    assert kept_search(store) == TwinSearch(languages=("fr", "nl"))  # those of the first time
    one = next(each for each in found if each.pair.a == both(7)[0])
    assert list(kept_twins(store, both(7)[1])) == [one]
    pair = explained(store, one)
    texts = {each.id: each.text for each in store.articles()}
    assert sum(piece.share for piece in pair.evidence) == pytest.approx(1, abs=1e-3)
    placed = [(side, text) for piece in pair.evidence for side, text in ((piece.a, pair.a), (piece.b, pair.b))]
    assert placed
    for side, identifier in placed:
        assert all(texts[identifier][start:end] for start, end in side.spans)


def test_the_languages_of_most_articles(store: Store) -> None:
    """Where none are named; articles in a regional variety count with their language."""
    add(store, [replace(told(90 + n, "nl"), id=f"c{n:015x}", language="de") for n in range(3)])
    add(store, [replace(told(95, "nl"), language="nl-BE")])
    assert languages_of(store, TwinSearch()) == ("fr", "nl")
    assert languages_of(store, TwinSearch(languages=("nl", "de"))) == ("nl", "de")
    assert find_twins(store, TwinSearch(languages=("nl", "xx"))) == []
    assert not_featured(store, "nl") == []  # the one of nl-BE as well
    assert len(not_featured(store, "de")) == 3


def test_only_what_is_new_is_read(store: Store) -> None:
    """Features of the others are those kept; articles of other languages make no difference."""
    find_twins(store, TwinSearch())
    add(store, [told(STORIES - 1, "fr")])
    state = kept(store, "twins")
    assert state is not None
    assert not state.up_to_date
    read: list[int] = []
    find_twins(store, TwinSearch(), read.append)
    assert len(read) == 1
    assert both(STORIES - 1) in pairs(store)
    search = TwinSearch(languages=("fr", "nl"))
    assert is_up_to_date(store, search)
    assert not is_up_to_date(store, TwinSearch(languages=("nl", "fr")))
    add(store, [replace(told(80, "nl"), id=f"c{1:015x}", language="de")])
    assert is_up_to_date(store, search)
    add(store, [replace(told(81, "nl"), id=f"c{2:015x}", language="nl-BE")])
    assert not is_up_to_date(store, search)


def test_what_goes_or_changes(store: Store) -> None:
    """A pair goes with its article, and is told to be out of date; a changed text is read again."""
    find_twins(store, TwinSearch())
    with transaction(store) as connection:
        remove(connection, [1])
    assert both(0) not in pairs(store)
    old = next(iter(store.by_key(both(5)[1], 1)))
    with transaction(store) as connection:
        write_change(connection, Change(old, prepare(replace(old, text=story(60, DUTCH)), None, None)))
    state = kept(store, "twins")
    assert state is not None
    assert not state.up_to_date
    find_twins(store, TwinSearch())
    assert pairs(store) == {both(number) for number in range(1, STORIES - 1) if number != 5}


def test_features_of_another_version_are_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """They would be passed over in silence otherwise."""
    with monkeypatch.context() as before:
        before.setattr("corpus_tool.link.features.VERSION", 0)
        find_twins(store, TwinSearch())
    add(store, [told(STORIES - 1, "fr")])
    assert len(find_twins(store, TwinSearch())) == STORIES


def test_dates_from_sure_twins(store: Store) -> None:
    """Suggested for the undated one, written on request as a month, never twice; it may not vouch for its twin."""
    found = find_twins(store, TwinSearch())
    (suggestion,) = suggested_dates(store, found)
    identifier = both(UNDATED)[0]
    assert (suggestion.id, str(suggestion.date)) == (identifier, "2018-06~")
    assert next(iter(store.by_key(identifier, 1))).date is None
    assert accept_dates(store, [suggestion]) == 1
    dated = next(iter(store.by_key(identifier, 1)))
    assert (dated.date, dated.date_earliest, dated.date_latest) == ("2018-06~", "2018-06-01", "2018-06-30")
    inferred = dated.inference["date"]
    assert inferred is not None
    assert (inferred.method, inferred.evidence[0].rule) == ("twin", f"twin-{both(UNDATED)[1]}")
    state = kept(store, "twins")
    assert state is not None
    assert state.up_to_date
    assert list(suggested_dates(store, kept_twins(store))) == []
    assert accept_dates(store, [suggestion]) == 0
    add(store, [told(STORIES - 1, "fr")])
    again = next(each for each in find_twins(store, TwinSearch()) if each.pair.a == identifier)
    assert again.pair.dates.a is None


def test_a_date_that_is_none_by_hand(store: Store) -> None:
    """Who says that an article has no date is not told otherwise by its twin."""
    found = find_twins(store, TwinSearch())
    (suggestion,) = suggested_dates(store, found)
    old = next(iter(store.by_key(suggestion.id, 1)))
    by_hand = replace(old, inference={**old.inference, "date": Inferred("user", 1.0, (), ())})
    with transaction(store) as connection:
        write_change(connection, Change(old, prepare(by_hand, None, None)))
    assert list(suggested_dates(store, found)) == []
    assert accept_dates(store, [suggestion]) == 0


def test_why_not(store: Store) -> None:
    """Two that tell different stories, and two of one language; the articles may be named in either order."""
    articles = {each.id: each for each in store.articles()}
    pair = why_not(store, TwinSearch(), articles[both(1)[1]], articles[both(2)[0]])
    assert (pair.a, pair.b, pair.tier) == (both(1)[1], both(2)[0], None)
    assert any("not mutual" in reason for reason in pair.reasons)
    assert why_not(store, TwinSearch(), articles[both(1)[0]], articles[both(1)[1]]).reasons == ()
    with pytest.raises(UsageError, match="both in nl"):
        why_not(store, TwinSearch(), articles[both(1)[1]], articles[both(2)[1]])


def test_a_pair_without_a_search(store: Store) -> None:
    """Two articles are compared by themselves, and have no tier; as kept, once twins were looked for."""
    one, other = (next(iter(store.by_key(identifier, 1))) for identifier in both(4))
    alone = pair_of(store, other, one)
    assert (alone.a, alone.b, alone.tier) == (other.id, one.id, None)
    assert alone.reasons == (ALONE,)
    find_twins(store, TwinSearch())
    kept_pair = explained(store, next(kept_twins(store, one.id)))
    assert pair_of(store, one, other) == kept_pair
    turned = pair_of(store, other, one)
    assert (turned.a, turned.b) == (other.id, one.id)
    assert [piece.b for piece in turned.evidence] == [piece.a for piece in kept_pair.evidence]


def test_a_month_is_the_most_precise() -> None:
    """A suggested date is never a day."""
    assert approximate_date("2018-06-18") == EdtfDate.parse("2018-06~")


SEARCH = TwinSearch(languages=("fr", "nl"))


def is_whole(store: Store, search: TwinSearch = SEARCH) -> None:
    """What is kept is told to hold, and is what one look at the same articles gives."""
    state = kept(store, "twins")
    assert state is not None
    assert state.up_to_date
    assert is_up_to_date(store, search)
    with anew(store) as fresh:
        assert list(kept_twins(store)) == find_twins(fresh, search)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Store]:
    """A corpus file of ten stories in Dutch, of which all but the last are told in French too."""
    items = [told(number, "nl") for number in range(10)] + [told(number, "fr") for number in range(9)]
    with corpus_file(tmp_path / "pers.db", items) as store:
        yield store


def adds(other: Store) -> None:
    """Add the twin of the last one."""
    add(other, [told(9, "fr")])


def adds_and_looks(other: Store) -> None:
    """Add it, and look for twins."""
    adds(other)
    find_twins(other, TwinSearch())


def removes(other: Store) -> None:
    """Take an article out whose twin stays."""
    drop(other, both(4)[1])


def changes_a_text(other: Store) -> None:
    """Have an article tell another story."""
    old = the(other, both(2)[0])
    change(other, old, replace(old, text=story(30, FRENCH)))


def changes_a_language(other: Store) -> None:
    """Have an article be in a language that is not compared."""
    old = the(other, both(2)[1])
    change(other, old, replace(old, language="de"))


WRITES = [adds, adds_and_looks, removes, changes_a_text, changes_a_language]


@pytest.mark.parametrize("write", WRITES)
def test_another_writes_while_articles_are_read(file: Store, write: Write) -> None:
    """Features are kept of the text that they were made of, or not at all."""
    found = find_twins(file, TwinSearch(), once(file, write))
    is_whole(file)
    assert list(kept_twins(file)) == found


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("step", ["compare", "_matrix"])
@pytest.mark.parametrize("looked", [False, True])
def test_another_writes_while_twins_are_compared(
    file: Store, write: Write, step: str, looked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found in a state that is no more is not kept; it is done once more, the first time or a later one."""
    if looked:
        find_twins(file, TwinSearch())
        add(file, [told(20, "fr"), told(20, "nl")])
    after(monkeypatch, pairing, step, once(file, write))
    found = find_twins(file, TwinSearch())
    monkeypatch.undo()
    is_whole(file)
    assert list(kept_twins(file)) == found


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(adds),
        adds_and_looks,
        removes,
        pytest.param(changes_a_text),
        changes_a_language,
    ],
)
def test_another_writes_between_reading_and_comparing(
    file: Store, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came after the articles were read is read too, or is not told to have been looked at."""
    after(monkeypatch, pairing, "_make_features", once(file, write))
    find_twins(file, TwinSearch())
    monkeypatch.undo()
    is_whole(file)


def test_another_writes_all_the_time(file: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some tries it is an error that says so, and nothing is told to hold."""
    before = find_twins(file, TwinSearch())
    tried: list[int] = []

    def write() -> None:
        tried.append(0)
        with elsewhere(file) as other:
            add(other, [told(30 + len(tried), "nl")])

    with monkeypatch.context() as patch:
        after(patch, pairing, "compare", write)
        with pytest.raises(CorpusToolError, match="is being written by another program") as raised:
            find_twins(file, TwinSearch())
    assert raised.value.code is ExitCode.FAILED
    assert len(tried) == TRIES
    assert not is_up_to_date(file, SEARCH)
    assert list(kept_twins(file)) == before  # as it was
    find_twins(file, TwinSearch())
    is_whole(file)


def test_what_is_read_afterwards_is_what_was_found(file: Store) -> None:
    """Of a corpus that stands still for a reader too, articles of others that came since and all."""
    with Corpus.open(file.path) as corpus:
        corpus.store.stand_still()
        assert len(corpus) == 19
        add(file, [told(9, "fr")])
        assert len(corpus) == 19
        found = corpus.twins()
        new = next(twin for twin in found if twin.pair.a == both(9)[0])
        assert corpus.explain(new).evidence
        assert [article.id for article in corpus.both(new.pair)] == list(both(9))
        assert len(corpus) == 20
        add(file, [told(30, "fr")])
        assert corpus.twins() == found  # it stands still again
        assert len(corpus) == 20


def test_twins_leave_out_what_repeats_another(store: Store) -> None:
    """As soon as duplicates are known; who is a copy of whom changes what twins are, and they are told not to hold."""
    copy = replace(told(7, "nl"), id=f"c{7:015x}", name="herdruk")
    add(store, [copy])
    find_twins(store, TwinSearch())
    assert left_out(store, TwinSearch()) == ([], 0)
    deduplicate(store, Options())
    assert not is_up_to_date(store, SEARCH)
    find_twins(store, TwinSearch())
    assert left_out(store, TwinSearch()) == ([], 1)
    assert left_out(store, TwinSearch(canonical=False)) == ([], 0)
    assert both(7) in pairs(store)
    assert copy.id not in {identifier for pair in pairs(store) for identifier in pair}
    deduplicate(store, Options(keep="longest"))
    assert is_up_to_date(store, SEARCH)  # it is the same one that is kept
    old = the(store, copy.id)
    change(store, old, replace(old, outlet="De Maan"))
    deduplicate(store, Options(outlets=("De Maan",)))
    assert not is_up_to_date(store, SEARCH)
    find_twins(store, TwinSearch())
    assert (both(7)[0], copy.id) in pairs(store)
    assert both(7) not in pairs(store)
    find_twins(store, TwinSearch(canonical=False, many=True))
    assert {both(7), (both(7)[0], copy.id)} <= pairs(store)


def test_languages_of_the_first_time(store: Store) -> None:
    """Kept, whatever language has most articles later; those of others are told to be left out."""
    find_twins(store, TwinSearch())
    add(store, [replace(told(number, "nl"), id=f"c{number:015x}", language="de-AT") for number in range(60, 110)])
    search = kept_search(store)
    assert search == SEARCH
    assert is_up_to_date(store, search)
    assert languages_of(store, search) == ("fr", "nl")
    assert left_out(store, search) == (["de"], 0)
    assert languages_of(store, TwinSearch()) == ("de", "nl")


class Failing:
    """An encoder that gives nothing."""

    name = "failing"

    def encode(self, texts: Any) -> Any:
        """Fail."""
        raise OSError("no model" if texts else "nothing to do")


class Ragged(Failing):
    """An encoder whose vectors are of several lengths."""

    name = "ragged"

    def encode(self, texts: Any) -> Any:
        """Vectors of several lengths."""
        return [[1.0] * (1 + number % 2) for number, _ in enumerate(texts)]


class Short(Failing):
    """An encoder that forgets one."""

    name = "short"

    def encode(self, texts: Any) -> Any:
        """All but one."""
        return [[1.0] for _ in texts][1:]


class Wordy(Failing):
    """An encoder that gives words."""

    name = "wordy"

    def encode(self, texts: Any) -> Any:
        """What is no number."""
        return [["x"] for _ in texts]


@pytest.mark.parametrize(
    ("encoder", "said"),
    [
        (Failing, "the encoder failing failed: OSError: no model"),
        (Ragged, "the encoder ragged gave vectors of several lengths"),
        (Short, "the encoder short gave 18 vectors for 19 texts"),
        (Wordy, "the encoder wordy failed: ValueError"),
    ],
)
def test_encoders_that_fail(file: Store, encoder: type[Failing], said: str) -> None:
    """What they did is told; what is kept stays as it was."""
    before = find_twins(file, TwinSearch())
    with pytest.raises(CorpusToolError) as raised:
        find_twins(file, TwinSearch(encoder=f"{__name__}:{encoder.__name__}"))
    assert said in raised.value.message
    assert raised.value.code is ExitCode.FAILED
    assert list(kept_twins(file)) == before
    assert is_up_to_date(file, SEARCH)


def test_a_file_loads_nothing(file: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its options name is neither imported nor opened by the library; who names it again gets it loaded."""
    find_twins(file, TwinSearch())
    options = '{"languages": ["fr", "nl"], "lexicons": ["nl-fr=/x"], "encoder": "x:X", "made_by": "x"}'
    file.connection.execute("UPDATE looked_for SET options = ?", (options,))
    asked: list[str] = []
    for name in ("load_lexicon", "load_encoder"):
        monkeypatch.setattr(f"corpus_tool.pairing.{name}", asked.append)
        monkeypatch.setattr(f"corpus_tool.plugins.{name}", asked.append)
    with Corpus.open(file.path) as corpus:
        for _ in range(2):
            with pytest.raises(CorpusToolError, match="were looked for with --lexicon nl-fr=/x --encoder x:X"):
                corpus.twins()
            file.connection.execute("UPDATE looked_for SET up_to_date = 0")
        with pytest.raises(CorpusToolError, match="may not load by itself"):
            corpus.update_links()
    with pytest.raises(CorpusToolError) as raised:
        check_loads_nothing(file, TwinSearch(encoder="x:X"))
    assert "--lexicon '' --encoder ''" in raised.value.hint
    check_loads_nothing(file, TwinSearch())
    assert asked == []


@pytest.mark.parametrize(
    "options",
    [
        '{"x": 1}',
        "{}",
        "[]",
        pytest.param("x"),
        '{"languages": 5, "lexicons": []}',
        pytest.param('{"languages": [5, 6], "lexicons": []}'),
        pytest.param('{"languages": ["fr", "nl"], "lexicons": [], "window_days": "x"}'),
        pytest.param('{"languages": ["fr", "nl"], "lexicons": [], "window_days": -1}'),
    ],
)
def test_damaged_options(file: Store, options: str) -> None:
    """How twins were looked for is read from the file, which may say anything."""
    find_twins(file, TwinSearch())
    file.connection.execute("UPDATE looked_for SET options = ?, up_to_date = 0", (options,))
    with Corpus.open(file.path) as corpus, pytest.raises(CorpusToolError, match="is damaged") as raised:
        corpus.twins()
    assert raised.value.code is ExitCode.DAMAGED_INPUT


def why(**values: Any) -> str:
    """SQL that damages the reasons of all pairs."""
    changed = ", ".join(f"'$.{name}', json('{value}')" for name, value in values.items())
    return f"UPDATE twins SET why = json_set(why, {changed})"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE twins SET tier = 'x'",
        "UPDATE twins SET why = '{}'",
        "UPDATE twins SET why = '[]'",
        "UPDATE twins SET why = '5'",
        pytest.param("UPDATE twins SET why = 'x'"),
        why(evidence="5"),
        why(evidence="[[1, 2]]"),
        why(evidence='[["same", "a", "b", "x"]]'),
        why(days="[1]"),
        why(gap="[1, 2, 3]"),
        pytest.param("UPDATE twins SET score = 'x'"),
        pytest.param(why(margin='"x"')),
        pytest.param(why(margin="null")),
        pytest.param(why(days='[["x", "y"], null]')),
        pytest.param(why(candidates='"x"')),
    ],
)
def test_damaged_pairs(file: Store, statement: str) -> None:
    """They are told to be damaged where they are read, and never taken for what they are not."""
    find_twins(file, TwinSearch())
    file.connection.execute(statement)
    with Corpus.open(file.path) as corpus, pytest.raises(CorpusToolError, match="is damaged") as raised:
        corpus.twins()
    assert raised.value.code is ExitCode.DAMAGED_INPUT


@pytest.mark.parametrize("data", ["x'02aa'", "'x'", "5", "x''"])
def test_damaged_features(file: Store, data: str) -> None:
    """Those that cannot be read are told to be damaged, and not passed over."""
    find_twins(file, TwinSearch())
    file.connection.execute(f"UPDATE features SET features = {data} WHERE article = 3")
    file.connection.execute("UPDATE looked_for SET up_to_date = 0")
    with Corpus.open(file.path) as corpus, pytest.raises(CorpusToolError, match="is damaged") as raised:
        corpus.twins()
    assert raised.value.code is ExitCode.DAMAGED_INPUT

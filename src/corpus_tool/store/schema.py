"""The schema of the corpus file: commented SQL texts with their version, which `docs/corpus-file.md` prints.

History of versions:

1   the first: `ARTICLES`.
2   with `LINKS`, near-duplicates and twins. A file of version 1 gets these tables when they are first filled.
"""

from __future__ import annotations

VERSION = 2
"""Kept in `PRAGMA user_version`. A file of a higher one is refused."""

LINKS_SINCE = 2

PAGE_BYTES = 32768
"""An article takes a tenth of a page: in smaller ones more space is left at their ends."""

ARTICLES = """\
-- One row an article, in the order of adding. Columns are the fields of an article (see docs/fields.md); those
-- whose values are lists or objects hold JSON. NULL says that nothing is known, or that a list or object is empty.
CREATE TABLE articles (
    number INTEGER PRIMARY KEY,        -- 1, 2, 3 … in the order of adding
    id TEXT NOT NULL UNIQUE,           -- 16 hex digits, the same on every machine
    name TEXT NOT NULL,
    title TEXT,
    date TEXT,                         -- EDTF (ISO 8601-2): 2018-06-20, 2018-06, 2018 …
    date_earliest TEXT,                -- first and last day that the date can mean, YYYY-MM-DD
    date_latest TEXT,
    date_modified TEXT,
    language TEXT,                     -- BCP 47
    outlet TEXT,
    section TEXT,
    url TEXT,
    words INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    paragraphs INTEGER NOT NULL,
    text TEXT NOT NULL,                -- paragraphs separated by an empty line
    languages TEXT,                    -- {"nl": 0.93, "fr": 0.07} where the text is mixed
    authors TEXT,                      -- ["…", …]
    extra TEXT,                        -- {"label": value, …}
    normalization TEXT,                -- {"rules": {…}, "removed": […], "blocks": [["subhead", start, end], …]};
                                       -- without "blocks" each paragraph of the text is one
    inference TEXT,                    -- {"date": [method, confidence, evidence, alternatives], "language": …};
                                       -- see the view `evidence`
    source INTEGER NOT NULL REFERENCES sources(number),
    record INTEGER NOT NULL,           -- which record of its source, from 1
    byte_start INTEGER NOT NULL,
    byte_end INTEGER NOT NULL,
    also TEXT,                         -- ["other place", …]; the same record stands there too
    digest BLOB NOT NULL               -- 16 bytes of SHA-256 over all fields: tells a damaged row
);
CREATE INDEX articles_name ON articles(name);
CREATE INDEX articles_outlet ON articles(outlet, date, words, characters);
CREATE INDEX articles_date ON articles(date_earliest, date_latest, date);
CREATE INDEX articles_language ON articles(language, date_earliest, date_latest, date, words, characters);
CREATE INDEX articles_source ON articles(source);

-- The files that articles were read from, as they were then.
CREATE TABLE sources (
    number INTEGER PRIMARY KEY,
    path TEXT NOT NULL,                -- as it was given
    sha256 TEXT,                       -- of the whole file; NULL for standard input
    encoding TEXT NOT NULL,
    encoding_method TEXT NOT NULL,
    format TEXT NOT NULL
);
CREATE INDEX sources_path ON sources(path);

-- The raw record of each article: its very bytes, and as JSON what else was known when it was read. Both are zlib
-- streams with preset dictionaries, made of the text, the title and the record (see store/records.py); `show --raw`
-- and `export --raw` give the bytes.
CREATE TABLE records (
    article INTEGER PRIMARY KEY REFERENCES articles(number),
    raw BLOB NOT NULL,
    facts BLOB                         -- NULL where an export brought the bytes alone
);

-- What was corrected by hand, with what had been there before.
CREATE TABLE corrections (
    article INTEGER NOT NULL REFERENCES articles(number),
    field TEXT NOT NULL,
    value TEXT NOT NULL,               -- JSON
    before TEXT NOT NULL,              -- JSON: the value and its inference
    made TEXT NOT NULL,                -- when, UTC
    PRIMARY KEY (article, field)
) WITHOUT ROWID;

-- Every command that wrote into this file, and what became of every file that it read: the receipts.
CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    tool TEXT NOT NULL,                -- version of corpus-tool
    options TEXT NOT NULL,             -- JSON
    started TEXT NOT NULL,             -- UTC
    ended TEXT,                        -- NULL: it goes on, or was broken off
    totals TEXT                        -- JSON, as in a receipt
);
CREATE TABLE files (
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs(number),
    path TEXT NOT NULL,
    outcome TEXT NOT NULL,             -- loaded, skipped, error
    reason TEXT,
    format TEXT,
    encoding TEXT,
    sha256 TEXT,
    records INTEGER NOT NULL,          -- found = records + known + rejected
    known INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    declared INTEGER
);
CREATE INDEX files_path ON files(path);
CREATE TABLE diagnostics (
    file INTEGER NOT NULL REFERENCES files(number),
    code TEXT NOT NULL,                -- see docs/errors.md
    severity TEXT NOT NULL,
    record INTEGER,
    line INTEGER,
    byte INTEGER,
    message TEXT NOT NULL
);
CREATE INDEX diagnostics_file ON diagnostics(file);

-- The full-text index over title and text. `articles_fts` holds no text of its own.
CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, text, content="articles", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
);

-- Articles with letters that the index keeps and a concordance folds (ø, ł, ﬁ, ² …): `kwic` always looks into these.
CREATE TABLE oddly_spelled (article INTEGER PRIMARY KEY REFERENCES articles(number));

-- Why each inferred value is believed, one row a piece of evidence. `where` is text, raw, field, name or url; `start`
-- and `end` are characters there.
CREATE VIEW evidence AS
    SELECT a.id, field.key AS field,
        json_extract(field.value, '$[0]') AS method,
        json_extract(field.value, '$[1]') AS confidence,
        json_extract(item.value, '$[0]') AS "where",
        json_extract(item.value, '$[1]') AS start,
        json_extract(item.value, '$[2]') AS "end",
        json_extract(item.value, '$[3]') AS rule,
        coalesce(json_extract(item.value, '$[4]'), substr(
            CASE WHEN json_extract(item.value, '$[0]') = 'text' THEN a.text
                WHEN field.key = 'title' THEN a.title WHEN field.key = 'date' THEN a.date ELSE a.language END,
            json_extract(item.value, '$[1]') + 1,
            json_extract(item.value, '$[2]') - json_extract(item.value, '$[1]'))) AS text
    FROM articles a, json_each(a.inference) AS field, json_each(field.value, '$[2]') AS item;
"""

LINKS = """\
-- What near-duplicates and twins are looked for by, so that only new articles are read again. An article without a row
-- was not looked at since it came or changed; `paired` says that it was compared with all others.
CREATE TABLE sketches (
    article INTEGER PRIMARY KEY REFERENCES articles(number),
    sketch BLOB NOT NULL,              -- a sample of the hashed runs of five words (see docs/duplicates.md)
    paired INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE features (
    article INTEGER PRIMARY KEY REFERENCES articles(number),
    features BLOB NOT NULL             -- terms with their counts (see docs/twins.md)
);

-- Pairs of articles that share much of their text, counted in runs of five words.
CREATE TABLE near_duplicates (
    a INTEGER NOT NULL REFERENCES articles(number),
    b INTEGER NOT NULL REFERENCES articles(number),
    shared INTEGER NOT NULL,           -- different runs of words that both have, that a has, that b has
    of_a INTEGER NOT NULL,
    of_b INTEGER NOT NULL,
    equal INTEGER NOT NULL,            -- 1: the words are the same, in the same order; the counts are 0 then
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX near_duplicates_b ON near_duplicates(b);

-- The clusters: each article that repeats another one, and that one, which is kept.
CREATE TABLE duplicates (
    article INTEGER PRIMARY KEY REFERENCES articles(number),
    kept INTEGER NOT NULL REFERENCES articles(number),
    cluster TEXT NOT NULL,             -- the smallest id of its members
    jaccard REAL NOT NULL,             -- what both have, of what any of the two has
    containment REAL NOT NULL          -- what both have, of what the shorter has
);
CREATE INDEX duplicates_cluster ON duplicates(cluster);
CREATE INDEX duplicates_kept ON duplicates(kept);

-- Articles of two languages that tell the same story.
CREATE TABLE twins (
    a INTEGER NOT NULL REFERENCES articles(number),
    b INTEGER NOT NULL REFERENCES articles(number),
    tier TEXT NOT NULL,                -- sure, likely, possible
    score REAL NOT NULL,
    why TEXT NOT NULL,                 -- JSON: margin, mutual, candidates, dates, evidence [[kind, a, b, share], …]
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX twins_b ON twins(b);

-- How duplicates and twins were looked for, and whether all articles as they are now were looked at.
CREATE TABLE looked_for (
    kind TEXT PRIMARY KEY,             -- duplicates, twins
    options TEXT NOT NULL,             -- JSON
    made TEXT NOT NULL,                -- when, UTC
    up_to_date INTEGER NOT NULL
) WITHOUT ROWID;
"""

SCHEMA = f"{ARTICLES}\n{LINKS}"

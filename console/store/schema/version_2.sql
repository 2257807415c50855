-- Version 2: content of any kind takes the place of captions, and a body that of a text.
-- ``text_body(text)`` is the body of a text; database.py gives it to SQLite.

CREATE TABLE items (
    place INTEGER PRIMARY KEY, -- order of arrival
    app_id INTEGER NOT NULL REFERENCES apps,
    item_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    cid TEXT NOT NULL,
    session_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    author_name TEXT NOT NULL,
    body BLOB NOT NULL, -- JSON of a Body of console.domain.item
    start_time REAL NOT NULL,
    end_time REAL NOT NULL,
    received_at REAL NOT NULL,
    source_id TEXT NOT NULL,
    language TEXT NOT NULL,
    translated INTEGER NOT NULL,
    waiting INTEGER NOT NULL, -- 1 while no deciding verdict of this revision is known
    UNIQUE (app_id, item_id)
);
INSERT INTO items
    SELECT place, app_id, utterance_id, 'caption', revision, cid, session_id, speaker_id,
        speaker_name, text_body(text), start_time, end_time, received_at, caption_id, language,
        translated, waiting
    FROM utterances ORDER BY place;
DROP TABLE utterances;
CREATE INDEX items_by_call ON items (app_id, cid, place);
CREATE INDEX items_by_author ON items (app_id, author_id, place);
CREATE INDEX items_waiting ON items (app_id, place, received_at) WHERE waiting = 1;

-- Bodies that a later item of the same identity replaced. ``end_time`` is NULL where version 1 did
-- not keep it.
CREATE TABLE replaced_bodies (
    app_id INTEGER NOT NULL REFERENCES apps,
    item_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    body BLOB NOT NULL,
    end_time REAL,
    received_at REAL NOT NULL,
    PRIMARY KEY (app_id, item_id, revision)
) WITHOUT ROWID;
INSERT INTO replaced_bodies
    SELECT app_id, utterance_id, revision, text_body(text), NULL, received_at FROM replaced_texts;
DROP TABLE replaced_texts;

-- The id is the first field of a kept verdict.
ALTER TABLE verdicts RENAME COLUMN utterance_id TO item_id;
UPDATE verdicts SET body =
    CAST(replace(substr(CAST(body AS TEXT), 1, 16), 'utterance_id', 'item_id')
        || substr(CAST(body AS TEXT), 17) AS BLOB);

-- Version 6: memory and proof.


-- Sessions that are over: their lines by time and by author, and what was raised and done in them.
CREATE INDEX items_by_session ON items (app_id, cid, session_id, start_time);
CREATE INDEX items_by_session_author ON items (app_id, cid, session_id, author_id);
CREATE INDEX acts_by_call ON acts (app_id, cid, requested_at);
CREATE INDEX colleague_acts_by_time ON colleague_acts (app_id, at);

-- Where and when (unix seconds) a raised item was said; empty and 0.0 where its line is gone.
ALTER TABLE raised_items ADD COLUMN cid TEXT NOT NULL DEFAULT '';
ALTER TABLE raised_items ADD COLUMN session_id TEXT NOT NULL DEFAULT '';
ALTER TABLE raised_items ADD COLUMN said_at REAL NOT NULL DEFAULT 0.0;
UPDATE raised_items SET (cid, session_id, said_at) = (
    SELECT i.cid, i.session_id, i.start_time FROM items i
    WHERE i.app_id = raised_items.app_id AND i.item_id = raised_items.item_id)
WHERE EXISTS (SELECT 1 FROM items i
    WHERE i.app_id = raised_items.app_id AND i.item_id = raised_items.item_id);
CREATE INDEX raised_items_by_session ON raised_items (app_id, cid, session_id, said_at);

-- What was known when an act was wanted: copied, so that it stays when lines and pictures go.
CREATE TABLE evidence (
    app_id INTEGER NOT NULL REFERENCES apps,
    evidence_id TEXT NOT NULL, -- the id of the act
    at REAL NOT NULL, -- when the act was wanted
    kind TEXT NOT NULL, -- of the act
    cid TEXT NOT NULL,
    session_id TEXT NOT NULL,
    by TEXT NOT NULL,
    body BLOB NOT NULL, -- JSON of an Evidence of console.domain.evidence
    held_by TEXT NOT NULL DEFAULT '', -- whoever wants it kept; empty while nobody does
    held_why TEXT NOT NULL DEFAULT '',
    held_at REAL NOT NULL DEFAULT 0.0,
    PRIMARY KEY (app_id, evidence_id)
);
CREATE INDEX evidence_by_time ON evidence (app_id, at);

-- Of whom there is something in it. ``target``: 1 for whoever the act was aimed at, 0 for those
-- whose lines stood around.
CREATE TABLE evidence_people (
    app_id INTEGER NOT NULL REFERENCES apps,
    user_id TEXT NOT NULL,
    target INTEGER NOT NULL,
    at REAL NOT NULL,
    evidence_id TEXT NOT NULL,
    PRIMARY KEY (app_id, user_id, target, at, evidence_id)
) WITHOUT ROWID;
CREATE INDEX evidence_people_by_evidence ON evidence_people (app_id, evidence_id);

-- Which items it quotes, by their ids here and at Stream.
CREATE TABLE evidence_items (
    app_id INTEGER NOT NULL REFERENCES apps,
    item_id TEXT NOT NULL,
    evidence_id TEXT NOT NULL,
    PRIMARY KEY (app_id, item_id, evidence_id)
) WITHOUT ROWID;
CREATE INDEX evidence_items_by_evidence ON evidence_items (app_id, evidence_id);

CREATE TABLE evidence_pictures (
    app_id INTEGER NOT NULL REFERENCES apps,
    evidence_id TEXT NOT NULL,
    picture_id TEXT NOT NULL,
    jpeg BLOB NOT NULL,
    PRIMARY KEY (app_id, evidence_id, picture_id)
);

-- Who opened, held, released or exported it, and when.
CREATE TABLE evidence_events (
    place INTEGER PRIMARY KEY, -- order of arrival
    app_id INTEGER NOT NULL REFERENCES apps,
    evidence_id TEXT NOT NULL,
    at REAL NOT NULL,
    by TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL
);
CREATE INDEX evidence_events_by_evidence ON evidence_events (app_id, evidence_id, place);

-- What moderators say of verdicts: right, wrong, or another label. The last word on an item counts.
CREATE TABLE given_labels (
    app_id INTEGER NOT NULL REFERENCES apps,
    item_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    says TEXT NOT NULL,
    at REAL NOT NULL,
    body BLOB NOT NULL, -- JSON of a GivenLabel of console.domain.given_label
    PRIMARY KEY (app_id, item_id)
) WITHOUT ROWID;
CREATE INDEX given_labels_by_time ON given_labels (app_id, at);

-- What was done, one row after the other: no row can be changed, taken out or put in without the
-- hashes saying so (docs/AUDIT.md). ``body`` holds no text of a person.
CREATE TABLE audit (
    place INTEGER PRIMARY KEY, -- 1, 2, 3 and so on, over all apps
    body TEXT NOT NULL, -- canonical JSON
    hash TEXT NOT NULL, -- SHA-256 of the hash before and the body
    at_ms INTEGER NOT NULL, -- as ``body`` says, to search by
    kind TEXT NOT NULL -- the same
);
CREATE INDEX audit_by_time ON audit (at_ms);

-- Texts of people that rows of the log stand for, each with the salt of its hash. When both are
-- erased, the hash stays, and says nothing about anybody any more.
CREATE TABLE audit_texts (
    place INTEGER NOT NULL REFERENCES audit,
    number INTEGER NOT NULL, -- 1, 2, 3 and so on in one row
    hash TEXT NOT NULL, -- SHA-256 of salt and text
    salt TEXT, -- NULL once erased
    text TEXT, -- canonical JSON; NULL once erased
    erased_by INTEGER REFERENCES audit, -- the row that says so
    who TEXT, -- as ``text`` says, to search by
    PRIMARY KEY (place, number)
) WITHOUT ROWID;
CREATE INDEX audit_texts_by_person ON audit_texts (who) WHERE who <> '';

-- How long what is kept, the same for all apps; no row while it is the default.
CREATE TABLE retention (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    body BLOB NOT NULL, -- JSON of a RetentionPlan of console.domain.retention
    changed_at REAL NOT NULL
);

-- How many there were, of what had come to the end of its time and was deleted.
CREATE TABLE retention_counts (
    app_id INTEGER NOT NULL REFERENCES apps,
    day TEXT NOT NULL, -- on which it was said or done, 2026-11-30, in UTC
    kind TEXT NOT NULL, -- of console.domain.retention
    cid TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (app_id, day, kind, cid)
) WITHOUT ROWID;

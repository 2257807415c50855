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
CREATE INDEX audit_texts_left ON audit_texts (place) WHERE text IS NOT NULL;

-- Who was erased, so that a copy of the store from before does not bring them back. No id can be read
-- from it: one is only recognised.
CREATE TABLE erased_people (
    app_id INTEGER NOT NULL REFERENCES apps,
    salt TEXT NOT NULL, -- 32 hex digits of chance
    hash TEXT NOT NULL, -- SHA-256 of salt and user id
    at REAL NOT NULL, -- unix seconds
    PRIMARY KEY (app_id, salt, hash, at)
) WITHOUT ROWID;

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

-- Search: one row for each thing that can be found, and the index of its words. The rows are made by
-- console/store/search/records.py from ``search_waiting``; they go with what they are about.
CREATE TABLE search_entries (
    place INTEGER PRIMARY KEY, -- 256 to the millisecond, so that later things have later places
    app_id INTEGER NOT NULL,
    family INTEGER NOT NULL, -- 0 items, 1 acts, 2 colleague_acts, 3 notes, 4 known_names
    source NOT NULL, -- which row of these
    words TEXT NOT NULL, -- what was said, written or read; this and the others cut into tokens
    why TEXT NOT NULL, -- why a verdict raised it
    who TEXT NOT NULL, -- names and ids of the person
    spot TEXT NOT NULL, -- name and cid of the call
    doer TEXT NOT NULL, -- who did or wrote it
    marks TEXT NOT NULL -- kind, severity, labels and the like
);
CREATE UNIQUE INDEX search_entries_by_source ON search_entries (family, app_id, source);
CREATE VIRTUAL TABLE search_index USING fts5(
    words, why, who, spot, doer, marks,
    content = 'search_entries', content_rowid = 'place', tokenize = 'ascii', prefix = '2 3'
);
-- Merging is asked for in small steps, so that no write waits for a large one.
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 0);
INSERT INTO search_index (search_index, rank) VALUES ('crisismerge', 200);
CREATE TABLE search_totals (
    app_id INTEGER PRIMARY KEY,
    entries INTEGER NOT NULL
);
-- Rows that the index does not know yet, or knows as they were. ``stamp`` differs with each change.
CREATE TABLE search_waiting (
    family INTEGER NOT NULL,
    app_id INTEGER NOT NULL,
    source NOT NULL,
    stamp INTEGER NOT NULL,
    PRIMARY KEY (family, app_id, source)
) WITHOUT ROWID;
-- Under which names people ever said something.
CREATE TABLE known_names (
    app_id INTEGER NOT NULL REFERENCES apps,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    since REAL NOT NULL,
    PRIMARY KEY (app_id, user_id, name)
) WITHOUT ROWID;
CREATE TABLE saved_searches (
    app_id INTEGER NOT NULL REFERENCES apps,
    search_id TEXT NOT NULL,
    body BLOB NOT NULL, -- JSON of a SavedSearch of console.domain.search
    PRIMARY KEY (app_id, search_id)
) WITHOUT ROWID;

INSERT INTO known_names
    SELECT app_id, author_id, author_name, min(start_time) FROM items
    WHERE author_name <> '' GROUP BY app_id, author_id, author_name;
INSERT INTO search_waiting SELECT 0, app_id, place, 0 FROM items;
INSERT INTO search_waiting SELECT 1, app_id, place, 0 FROM acts;
INSERT INTO search_waiting
    SELECT 2, app_id, user_id || char(31) || act_id, 0 FROM colleague_acts;
INSERT INTO search_waiting SELECT 3, app_id, note_id, 0 FROM notes WHERE removed = 0;
INSERT INTO search_waiting
    SELECT 4, app_id, user_id || char(31) || name, 0 FROM known_names;

CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN
    INSERT INTO search_index (rowid, words, why, who, spot, doer, marks)
        VALUES (new.place, new.words, new.why, new.who, new.spot, new.doer, new.marks);
    INSERT INTO search_totals VALUES (new.app_id, 1)
        ON CONFLICT (app_id) DO UPDATE SET entries = entries + 1;
END;
CREATE TRIGGER search_entries_gone AFTER DELETE ON search_entries BEGIN
    INSERT INTO search_index (search_index, rowid, words, why, who, spot, doer, marks) VALUES
        ('delete', old.place, old.words, old.why, old.who, old.spot, old.doer, old.marks);
    UPDATE search_totals SET entries = entries - 1 WHERE app_id = old.app_id;
END;

CREATE TRIGGER items_to_search AFTER INSERT ON items BEGIN
    INSERT OR REPLACE INTO search_waiting VALUES (0, new.app_id, new.place, random());
    INSERT OR IGNORE INTO known_names
        SELECT new.app_id, new.author_id, new.author_name, new.start_time
        WHERE new.author_name <> '';
END;
CREATE TRIGGER items_revised_to_search AFTER UPDATE OF body ON items BEGIN
    INSERT OR REPLACE INTO search_waiting VALUES (0, new.app_id, new.place, random());
END;
CREATE TRIGGER items_renamed_to_search AFTER UPDATE OF author_id, author_name ON items BEGIN
    INSERT OR REPLACE INTO search_waiting VALUES (0, new.app_id, new.place, random());
    INSERT OR IGNORE INTO known_names
        SELECT new.app_id, new.author_id, new.author_name, new.start_time
        WHERE new.author_name <> '';
    DELETE FROM known_names
        WHERE app_id = old.app_id AND user_id = old.author_id AND name = old.author_name
        AND NOT EXISTS (SELECT 1 FROM items i WHERE i.app_id = old.app_id
            AND i.author_id = old.author_id AND i.author_name = old.author_name);
END;
CREATE TRIGGER items_out_of_search AFTER DELETE ON items BEGIN
    DELETE FROM search_waiting
        WHERE family = 0 AND app_id = old.app_id AND source = old.place;
    DELETE FROM search_entries
        WHERE family = 0 AND app_id = old.app_id AND source = old.place;
    DELETE FROM known_names
        WHERE app_id = old.app_id AND user_id = old.author_id AND name = old.author_name
        AND NOT EXISTS (SELECT 1 FROM items i WHERE i.app_id = old.app_id
            AND i.author_id = old.author_id AND i.author_name = old.author_name);
END;
CREATE TRIGGER replaced_bodies_out_of_search AFTER DELETE ON replaced_bodies BEGIN
    INSERT OR REPLACE INTO search_waiting SELECT 0, app_id, place, random() FROM items
        WHERE app_id = old.app_id AND item_id = old.item_id;
END;
-- A verdict matters to the search where it raises an item, or one before it did.
CREATE TRIGGER verdicts_to_search BEFORE INSERT ON verdicts
WHEN new.action <> 'keep' OR EXISTS (SELECT 1 FROM verdicts v WHERE v.app_id = new.app_id
    AND v.item_id = new.item_id AND v.action <> 'keep') BEGIN
    INSERT OR REPLACE INTO search_waiting SELECT 0, app_id, place, random() FROM items
        WHERE app_id = new.app_id AND item_id = new.item_id;
END;
CREATE TRIGGER verdicts_out_of_search AFTER DELETE ON verdicts WHEN old.action <> 'keep' BEGIN
    INSERT OR REPLACE INTO search_waiting SELECT 0, app_id, place, random() FROM items
        WHERE app_id = old.app_id AND item_id = old.item_id;
END;
CREATE TRIGGER acts_to_search AFTER INSERT ON acts BEGIN
    INSERT OR REPLACE INTO search_waiting VALUES (1, new.app_id, new.place, random());
END;
CREATE TRIGGER acts_changed_to_search AFTER UPDATE OF act, receipt ON acts BEGIN
    INSERT OR REPLACE INTO search_waiting VALUES (1, new.app_id, new.place, random());
END;
CREATE TRIGGER acts_out_of_search AFTER DELETE ON acts BEGIN
    DELETE FROM search_waiting
        WHERE family = 1 AND app_id = old.app_id AND source = old.place;
    DELETE FROM search_entries
        WHERE family = 1 AND app_id = old.app_id AND source = old.place;
END;
CREATE TRIGGER colleague_acts_to_search AFTER INSERT ON colleague_acts BEGIN
    INSERT OR REPLACE INTO search_waiting
        VALUES (2, new.app_id, new.user_id || char(31) || new.act_id, random());
END;
CREATE TRIGGER colleague_acts_changed_to_search AFTER UPDATE OF act ON colleague_acts BEGIN
    INSERT OR REPLACE INTO search_waiting
        VALUES (2, new.app_id, new.user_id || char(31) || new.act_id, random());
END;
CREATE TRIGGER colleague_acts_out_of_search AFTER DELETE ON colleague_acts BEGIN
    DELETE FROM search_waiting WHERE family = 2 AND app_id = old.app_id
        AND source = old.user_id || char(31) || old.act_id;
    DELETE FROM search_entries WHERE family = 2 AND app_id = old.app_id
        AND source = old.user_id || char(31) || old.act_id;
END;
CREATE TRIGGER notes_to_search AFTER INSERT ON notes WHEN new.removed = 0 BEGIN
    INSERT OR REPLACE INTO search_waiting VALUES (3, new.app_id, new.note_id, random());
END;
CREATE TRIGGER notes_changed_to_search AFTER UPDATE OF text ON notes WHEN new.removed = 0 BEGIN
    INSERT OR REPLACE INTO search_waiting VALUES (3, new.app_id, new.note_id, random());
END;
CREATE TRIGGER notes_removed_from_search AFTER UPDATE ON notes WHEN new.removed <> 0 BEGIN
    DELETE FROM search_waiting
        WHERE family = 3 AND app_id = old.app_id AND source = old.note_id;
    DELETE FROM search_entries
        WHERE family = 3 AND app_id = old.app_id AND source = old.note_id;
END;
CREATE TRIGGER notes_out_of_search AFTER DELETE ON notes BEGIN
    DELETE FROM search_waiting
        WHERE family = 3 AND app_id = old.app_id AND source = old.note_id;
    DELETE FROM search_entries
        WHERE family = 3 AND app_id = old.app_id AND source = old.note_id;
END;
CREATE TRIGGER known_names_to_search AFTER INSERT ON known_names BEGIN
    INSERT OR REPLACE INTO search_waiting
        VALUES (4, new.app_id, new.user_id || char(31) || new.name, random());
END;
CREATE TRIGGER known_names_out_of_search AFTER DELETE ON known_names BEGIN
    DELETE FROM search_waiting WHERE family = 4 AND app_id = old.app_id
        AND source = old.user_id || char(31) || old.name;
    DELETE FROM search_entries WHERE family = 4 AND app_id = old.app_id
        AND source = old.user_id || char(31) || old.name;
END;

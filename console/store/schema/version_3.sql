-- Version 3: the moderator's desk, what is to be done about what was raised.


-- What moderators wrote about people, and whom they watch. A note that was taken back stays as a
-- row, so that no colleague's copy brings it back.
CREATE TABLE notes (
    app_id INTEGER NOT NULL REFERENCES apps,
    note_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    text TEXT NOT NULL,
    by TEXT NOT NULL,
    at REAL NOT NULL,
    removed INTEGER NOT NULL,
    PRIMARY KEY (app_id, note_id)
) WITHOUT ROWID;
CREATE INDEX notes_by_person ON notes (app_id, user_id, at);

CREATE TABLE watch_marks (
    app_id INTEGER NOT NULL REFERENCES apps,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    by TEXT NOT NULL,
    at REAL NOT NULL,
    watched INTEGER NOT NULL,
    PRIMARY KEY (app_id, user_id)
) WITHOUT ROWID;

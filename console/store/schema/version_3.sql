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

-- Raised items, from the verdict that raised them on; what was raised before is history.
CREATE TABLE raised_items (
    app_id INTEGER NOT NULL REFERENCES apps,
    item_id TEXT NOT NULL,
    state TEXT NOT NULL,
    incident TEXT NOT NULL, -- the first item of its incident; empty until somebody looked
    raised_at REAL NOT NULL,
    changed_at REAL NOT NULL,
    handling BLOB, -- NULL until something was decided about it
    PRIMARY KEY (app_id, item_id)
) WITHOUT ROWID;
CREATE INDEX raised_items_open ON raised_items (app_id, raised_at) WHERE state = 'open';
CREATE INDEX raised_items_ended ON raised_items (app_id, changed_at) WHERE state <> 'open';

CREATE TABLE decisions (
    place INTEGER PRIMARY KEY, -- order of arrival
    app_id INTEGER NOT NULL REFERENCES apps,
    decision_id TEXT NOT NULL,
    at REAL NOT NULL,
    undone_at REAL NOT NULL, -- 0.0 while it holds
    decision BLOB NOT NULL,
    UNIQUE (app_id, decision_id)
);
CREATE INDEX decisions_by_time ON decisions (app_id, at);
-- Suspended calls: what each person had before, until it is given back.
CREATE TABLE suspensions (
    app_id INTEGER NOT NULL REFERENCES apps,
    cid TEXT NOT NULL,
    body BLOB NOT NULL, -- JSON of a Suspension of console.domain.suspended
    PRIMARY KEY (app_id, cid)
) WITHOUT ROWID;

-- Automation: the rules of an app where they are not the default, and what they proposed.
CREATE TABLE automation_books (
    app_id INTEGER PRIMARY KEY REFERENCES apps,
    body BLOB NOT NULL, -- JSON of a RuleBook of console.domain.automation
    changed_at REAL NOT NULL
);

CREATE TABLE automation_proposals (
    place INTEGER PRIMARY KEY, -- order of arrival
    app_id INTEGER NOT NULL REFERENCES apps,
    proposal_id TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    at REAL NOT NULL,
    state TEXT NOT NULL,
    body BLOB NOT NULL, -- JSON of a Proposal of console.domain.automation
    UNIQUE (app_id, proposal_id)
);
CREATE INDEX automation_by_rule ON automation_proposals (app_id, rule_id, state, place);
CREATE INDEX automation_by_person ON automation_proposals (app_id, user_id, place);
CREATE INDEX automation_by_time ON automation_proposals (app_id, at);

-- Items of Stream's review queue that somebody passed over at this computer.
CREATE TABLE review_skips (
    app_id INTEGER NOT NULL REFERENCES apps,
    item_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (app_id, item_id)
) WITHOUT ROWID;

-- What holds of acts that last, with the clocks that the engine keeps. Ends in ``body`` count from
-- ``kept_at``, by the wall clock; ``ahead`` is by how much Stream's clock was ahead of it then, NULL
-- where that was not known.
CREATE TABLE sanctions (
    app_id INTEGER NOT NULL REFERENCES apps,
    sanction_id TEXT NOT NULL,
    body BLOB NOT NULL, -- JSON of a Sanction of console.domain.sanction
    kept_at REAL NOT NULL,
    ahead REAL,
    PRIMARY KEY (app_id, sanction_id)
) WITHOUT ROWID;
-- Acts whose claim on a sanction is over, so that none is taken up again.
CREATE TABLE ended_claims (
    app_id INTEGER NOT NULL REFERENCES apps,
    act_id TEXT NOT NULL,
    ended_at REAL NOT NULL,
    PRIMARY KEY (app_id, act_id)
) WITHOUT ROWID;

-- Doors of calls: who may come in, and who was put out, until they are open again.
CREATE TABLE doors (
    app_id INTEGER NOT NULL REFERENCES apps,
    cid TEXT NOT NULL,
    body BLOB NOT NULL, -- JSON of a Door of console.domain.door
    PRIMARY KEY (app_id, cid)
) WITHOUT ROWID;

-- Acts of colleagues, as their consoles told the team: one row for each person. They are in no
-- outbox here.
CREATE TABLE colleague_acts (
    app_id INTEGER NOT NULL REFERENCES apps,
    user_id TEXT NOT NULL,
    act_id TEXT NOT NULL,
    at REAL NOT NULL,
    act BLOB NOT NULL,
    receipt BLOB NOT NULL,
    PRIMARY KEY (app_id, user_id, act_id)
) WITHOUT ROWID;

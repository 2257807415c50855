-- Version 1. Times are unix seconds. ``app_id`` keeps the records of different Stream apps apart.

CREATE TABLE apps (
    app_id INTEGER PRIMARY KEY,
    api_key TEXT NOT NULL UNIQUE
);

CREATE TABLE calls (
    app_id INTEGER NOT NULL REFERENCES apps,
    cid TEXT NOT NULL,
    name TEXT NOT NULL,
    session_id TEXT NOT NULL,
    started_at REAL NOT NULL,
    ended_at REAL NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (app_id, cid)
) WITHOUT ROWID;

CREATE TABLE utterances (
    place INTEGER PRIMARY KEY, -- order of arrival
    app_id INTEGER NOT NULL REFERENCES apps,
    utterance_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    cid TEXT NOT NULL,
    session_id TEXT NOT NULL,
    speaker_id TEXT NOT NULL,
    speaker_name TEXT NOT NULL,
    text TEXT NOT NULL,
    start_time REAL NOT NULL,
    end_time REAL NOT NULL,
    received_at REAL NOT NULL,
    caption_id TEXT NOT NULL,
    language TEXT NOT NULL,
    translated INTEGER NOT NULL,
    waiting INTEGER NOT NULL, -- 1 while no deciding verdict of this revision is known
    UNIQUE (app_id, utterance_id)
);
CREATE INDEX utterances_by_call ON utterances (app_id, cid, place);
CREATE INDEX utterances_by_speaker ON utterances (app_id, speaker_id, place);
CREATE INDEX utterances_waiting ON utterances (app_id, place, received_at) WHERE waiting = 1;

-- Texts that a later caption of the same identity replaced.
CREATE TABLE replaced_texts (
    app_id INTEGER NOT NULL REFERENCES apps,
    utterance_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    text TEXT NOT NULL,
    received_at REAL NOT NULL,
    PRIMARY KEY (app_id, utterance_id, revision)
) WITHOUT ROWID;

CREATE TABLE verdicts (
    app_id INTEGER NOT NULL REFERENCES apps,
    utterance_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    source TEXT NOT NULL,
    provisional INTEGER NOT NULL,
    action TEXT NOT NULL,
    judged_at REAL NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (app_id, utterance_id, revision, source)
) WITHOUT ROWID;

CREATE TABLE acts (
    place INTEGER PRIMARY KEY, -- order of wishes
    app_id INTEGER NOT NULL REFERENCES apps,
    act_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    cid TEXT NOT NULL,
    requested_at REAL NOT NULL,
    state TEXT NOT NULL,
    act BLOB NOT NULL,
    receipt BLOB NOT NULL,
    changes BLOB NOT NULL, -- what it changes for whom, for an exact undo
    UNIQUE (app_id, act_id)
);
CREATE INDEX acts_open ON acts (app_id, place) WHERE state IN ('queued', 'sent', 'accepted');

CREATE TABLE act_people (
    app_id INTEGER NOT NULL REFERENCES apps,
    act_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    accepted INTEGER NOT NULL DEFAULT 0,
    seen INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (app_id, user_id, act_id)
) WITHOUT ROWID;
CREATE INDEX act_people_by_act ON act_people (app_id, act_id);

CREATE TABLE heartbeats (
    app_id INTEGER PRIMARY KEY REFERENCES apps,
    at REAL NOT NULL,
    cids BLOB NOT NULL
);

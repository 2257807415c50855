-- Version 4: hearing and seeing.

-- Small JPEGs of pictures that were raised, by the hash of the picture: evidence. The newest stay.
CREATE TABLE pictures (
    app_id INTEGER NOT NULL REFERENCES apps,
    picture_id TEXT NOT NULL,
    at REAL NOT NULL,
    jpeg BLOB NOT NULL,
    PRIMARY KEY (app_id, picture_id)
);
CREATE INDEX pictures_by_time ON pictures (app_id, at);

-- Pictures that nobody may see: nothing of them is kept but their hash.
CREATE TABLE withheld_pictures (
    app_id INTEGER NOT NULL REFERENCES apps,
    picture_id TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (app_id, picture_id)
) WITHOUT ROWID;

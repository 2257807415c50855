-- Version 5: judging well.

-- In which language each item is, and how that is known; before, only what Stream stated was kept.
ALTER TABLE items ADD COLUMN language_confidence REAL NOT NULL DEFAULT -1.0;
ALTER TABLE items ADD COLUMN language_by TEXT NOT NULL DEFAULT 'stated';

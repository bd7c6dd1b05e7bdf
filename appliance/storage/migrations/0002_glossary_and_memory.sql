-- What people said about translations: their own wordings, and what they called wrong.
CREATE TABLE judgement (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    verdict VARCHAR(8) NOT NULL,
    source VARCHAR(35) NOT NULL,
    target VARCHAR(35) NOT NULL,
    text TEXT NOT NULL,
    translation TEXT NOT NULL,
    likeness BIGINT NOT NULL,
    agent_id VARCHAR(36),
    at TIMESTAMP NOT NULL
);
CREATE INDEX judgement_by_likeness ON judgement (likeness);
CREATE INDEX judgement_by_time ON judgement (at);

CREATE TABLE term (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    keep VARCHAR(200),
    wordings JSON NOT NULL,
    note VARCHAR(500)
);

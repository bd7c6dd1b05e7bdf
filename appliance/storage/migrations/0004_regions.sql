-- Where visitors come from and want to, who answers, when, and what they were told.
ALTER TABLE visitor ADD COLUMN country VARCHAR(2);
ALTER TABLE visitor ADD COLUMN region VARCHAR(36);
ALTER TABLE visitor ADD COLUMN site VARCHAR(36);
ALTER TABLE visitor ADD COLUMN email VARCHAR(254);

ALTER TABLE agent ADD COLUMN spoken JSON;
ALTER TABLE agent ADD COLUMN capacity INT NOT NULL DEFAULT 4;
ALTER TABLE agent ADD COLUMN availability VARCHAR(9) NOT NULL DEFAULT 'online';

ALTER TABLE conversation ADD COLUMN routing JSON;

CREATE TABLE region (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    position INT NOT NULL,
    version INT NOT NULL,
    body JSON NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by VARCHAR(36)
);

CREATE TABLE promise (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    conversation_id VARCHAR(36) NOT NULL,
    region_id VARCHAR(36) NOT NULL,
    made_at TIMESTAMP NOT NULL,
    promised_at TIMESTAMP,
    due_at TIMESTAMP,
    answered_at TIMESTAMP
);
CREATE INDEX promise_by_conversation ON promise (conversation_id);
CREATE INDEX promise_by_time ON promise (made_at);

CREATE TABLE mail (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    conversation_id VARCHAR(36),
    recipient VARCHAR(254) NOT NULL,
    body JSON NOT NULL,
    status VARCHAR(8) NOT NULL,
    attempts INT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    next_attempt_at TIMESTAMP,
    problem VARCHAR(500)
);
CREATE INDEX mail_by_status ON mail (status, next_attempt_at);
CREATE INDEX mail_by_conversation ON mail (conversation_id);

-- What admins write for others to read, in every locale.
CREATE TABLE text (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    kind VARCHAR(16) NOT NULL,
    position INT NOT NULL,
    version INT NOT NULL,
    body JSON NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by VARCHAR(36)
);

-- What visitors said last of a conversation, each time they began it; the whole story is in its events.
CREATE TABLE rating (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    conversation_id VARCHAR(36) NOT NULL,
    began INT NOT NULL,
    score INT NOT NULL,
    comment VARCHAR(1000),
    language VARCHAR(35) NOT NULL,
    agent_id VARCHAR(36),
    region VARCHAR(36),
    at TIMESTAMP NOT NULL,
    UNIQUE (conversation_id, began)
);
CREATE INDEX rating_by_time ON rating (at);

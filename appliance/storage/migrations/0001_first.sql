CREATE TABLE visitor (
    number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id VARCHAR(36) NOT NULL UNIQUE,
    token_hash VARCHAR(64) NOT NULL UNIQUE,
    conversation_id VARCHAR(36) NOT NULL UNIQUE,
    language VARCHAR(35) NOT NULL,
    name VARCHAR(80),
    time_zone VARCHAR(64),
    page VARCHAR(2048),
    user_agent VARCHAR(400),
    first_seen_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL
);

CREATE TABLE conversation (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    visitor_id VARCHAR(36) NOT NULL,
    state VARCHAR(16) NOT NULL,
    agent_id VARCHAR(36),
    agent JSON,
    card JSON NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    waiting_since TIMESTAMP,
    last_seq INT NOT NULL,
    last_message JSON,
    unread INT NOT NULL,
    visitor_delivered INT NOT NULL,
    visitor_seen INT NOT NULL,
    agent_delivered INT NOT NULL,
    agent_seen INT NOT NULL
);
CREATE INDEX conversation_by_visitor ON conversation (visitor_id);
CREATE INDEX conversation_by_state ON conversation (state, updated_at);

-- The log. Nothing in it is ever changed; a conversation is what its events made of it.
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    conversation_id VARCHAR(36) NOT NULL,
    seq INT NOT NULL,
    kind VARCHAR(16) NOT NULL,
    at TIMESTAMP NOT NULL,
    client_id VARCHAR(64),
    body JSON NOT NULL,
    UNIQUE (conversation_id, seq),
    UNIQUE (conversation_id, client_id)
);

CREATE TABLE translation (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    conversation_id VARCHAR(36) NOT NULL,
    message INT NOT NULL,
    language VARCHAR(35) NOT NULL,
    status VARCHAR(8) NOT NULL,
    body JSON NOT NULL,
    UNIQUE (conversation_id, message, language)
);
CREATE INDEX translation_by_status ON translation (status);

CREATE TABLE agent (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    email VARCHAR(254) NOT NULL UNIQUE,
    name VARCHAR(80) NOT NULL,
    avatar VARCHAR(7) NOT NULL,
    password_hash VARCHAR(255),
    language VARCHAR(35) NOT NULL,
    time_zone VARCHAR(64) NOT NULL,
    role VARCHAR(8) NOT NULL,
    active INT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP
);

CREATE TABLE session (
    token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    agent_id VARCHAR(36) NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    user_agent VARCHAR(400)
);
CREATE INDEX session_by_agent ON session (agent_id);

CREATE TABLE link (
    token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    purpose VARCHAR(8) NOT NULL,
    agent_id VARCHAR(36),
    email VARCHAR(254),
    name VARCHAR(80),
    role VARCHAR(8),
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);

CREATE TABLE setting (
    name VARCHAR(64) NOT NULL PRIMARY KEY,
    value JSON NOT NULL
);

CREATE TABLE api_key (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    token_hash VARCHAR(64) NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    used_on DATE,
    requests INT NOT NULL,
    revoked_at TIMESTAMP
);

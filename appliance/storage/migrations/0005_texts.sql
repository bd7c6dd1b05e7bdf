-- What admins write for others to read, in every locale.
CREATE TABLE text (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    kind VARCHAR(16) NOT NULL,
    position INT NOT NULL,
    version INT NOT NULL,
    body JSON NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by VARCHAR(36)
);

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

-- Whoever was answered before this was noted with the conversation can say how it was, too: the author of the
-- last answer since the visitor began it, or began it again (domain/decisions.py, evolve).
UPDATE conversation
SET routing = json_set(coalesce(routing, '{}'), '$.answered_by', json(answered.author))
FROM (
    SELECT
        talk.id,
        (
            SELECT json_extract(answer.body, '$.author')
            FROM event AS answer
            WHERE answer.conversation_id = talk.id
                AND answer.kind = 'message'
                AND json_extract(answer.body, '$.author.kind') = 'agent'
                AND answer.seq > coalesce(
                    (
                        SELECT max(began.seq)
                        FROM event AS began
                        WHERE began.conversation_id = talk.id
                            AND began.kind = 'state'
                            AND json_extract(began.body, '$.state') = 'queued'
                            AND json_extract(began.body, '$.by.kind') <> 'agent'
                    ),
                    0
                )
            ORDER BY answer.seq DESC
            LIMIT 1
        ) AS author
    FROM conversation AS talk
) AS answered
WHERE answered.id = conversation.id AND answered.author IS NOT NULL;

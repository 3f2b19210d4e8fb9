-- Canned answers: ready texts for whoever answers a customer or says why.

CREATE TABLE canned_answer (
    id INTEGER PRIMARY KEY,
    -- What is typed to find it; also what a template knows it by.
    code TEXT NOT NULL UNIQUE,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    for_answer INTEGER NOT NULL CHECK (for_answer IN (0, 1)),
    for_refusal INTEGER NOT NULL CHECK (for_refusal IN (0, 1)),
    for_question INTEGER NOT NULL CHECK (for_question IN (0, 1)),
    -- Only for cases of this shop; for all when there is none.
    shop_id INTEGER REFERENCES shop (id),
    position INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT canned_answer_has_use CHECK (for_answer + for_refusal + for_question > 0)
) STRICT;

-- The ledger, version 1.
--
-- Spans are in Unicode code points of texts.text, half open: the words of a row are
-- substr(text, x_start + 1, x_end - x_start). Where words have gaps, x_start and x_end are the ends of
-- the whole and x_pieces is a JSON list of the spans. `row` is the id that Record v1 gives a row: it is
-- made of the kind and the place (s462-466), and unique in its document only.
--
-- Rows of one document are numbered from 0 in the order of the record: `appearance`, `statement` and
-- `event` are such numbers, and so are columns that lead to one in the same document, as `source` and
-- `parent` do. A column in _e4 is in ten-thousandths, which takes a quarter of the room; the column after
-- it has the same as it is meant.

-- One text of one source. Another text under the same source is another version of it; both stay.
CREATE TABLE documents (
  document       INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,       -- hash of source and text, as in the record
  source         TEXT NOT NULL,              -- path, URL, or id of a row of JSON Lines
  version        INTEGER NOT NULL,           -- 1, 2, … of this source, in the order they were stored
  current        INTEGER NOT NULL,           -- 1 for the newest version of its source
  text_hash      TEXT NOT NULL,
  title          TEXT,
  authors        TEXT NOT NULL,              -- JSON list
  outlet         TEXT,
  published      TEXT,                       -- as the source writes it
  day            TEXT,                       -- the same as YYYY-MM-DD, where it begins with one
  language       TEXT,
  schema         TEXT NOT NULL,              -- sayso.record/1
  reader         INTEGER NOT NULL REFERENCES readers,
  first_sentence INTEGER NOT NULL,           -- its sentences' numbers; the last is before the first if it has none
  last_sentence  INTEGER NOT NULL,
  stored         TEXT NOT NULL,              -- when it was stored
  UNIQUE (source, version)
) STRICT;
CREATE INDEX documents_by_day ON documents (day, current);
CREATE INDEX documents_by_outlet ON documents (outlet COLLATE NOCASE, day, current);

-- What read a document: a version of sayso with a model.
CREATE TABLE readers (
  reader  INTEGER PRIMARY KEY,
  version TEXT NOT NULL,
  model   TEXT NOT NULL,
  UNIQUE (version, model)
) STRICT;

-- The text that every span refers to.
CREATE TABLE texts (
  document INTEGER PRIMARY KEY REFERENCES documents,
  text     TEXT NOT NULL
) STRICT;

-- The record as the reader wrote it, lz4 with its length before it, where the rows alone do not give it
-- back: rows were corrected, or the record has fields that these tables have no place for.
CREATE TABLE records (
  document INTEGER PRIMARY KEY REFERENCES documents,
  record   BLOB NOT NULL
) STRICT;

-- Title, headings, paragraphs and so on, in text order.
CREATE TABLE blocks (
  document INTEGER NOT NULL REFERENCES documents,
  block    INTEGER NOT NULL,
  kind     TEXT NOT NULL,                    -- title heading paragraph list caption byline boilerplate
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  PRIMARY KEY (document, block)
) STRICT, WITHOUT ROWID;

-- Sentences, numbered through the whole ledger in text order.
CREATE TABLE sentences (
  sentence INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents,
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL
) STRICT;

-- Somebody or something with a name, across documents. Appearances are linked to it by the same name,
-- kind and no other country; of persons only by names of several words; never unnamed ones.
CREATE TABLE entities (
  entity  INTEGER PRIMARY KEY,
  name    TEXT NOT NULL,
  kind    TEXT NOT NULL,                     -- person organization place group other
  country TEXT                               -- ISO 3166 alpha-3
) STRICT;

-- What an entity is called, in lower case.
CREATE TABLE entity_names (
  name   TEXT NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities,
  PRIMARY KEY (name, entity)
) STRICT, WITHOUT ROWID;

-- An entity of one document, named or not.
CREATE TABLE appearances (
  document   INTEGER NOT NULL REFERENCES documents,
  appearance INTEGER NOT NULL,
  row        TEXT NOT NULL,
  entity     INTEGER REFERENCES entities,    -- null if it is not named
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  named      INTEGER NOT NULL,
  aliases    TEXT,                           -- JSON list; null if empty
  country    TEXT,
  sector     TEXT,                           -- PLOVER sector
  score_e4   INTEGER NOT NULL,
  score      REAL AS (score_e4 / 10000.0),   -- how sure the reader program is, 0 … 1
  review     TEXT,                           -- corrected, rejected or added by people; else null
  PRIMARY KEY (document, appearance)
) STRICT, WITHOUT ROWID;
CREATE INDEX appearances_by_entity ON appearances (entity) WHERE entity IS NOT NULL;

-- Where an appearance is mentioned.
CREATE TABLE mentions (
  document   INTEGER NOT NULL,
  appearance INTEGER NOT NULL,
  mention    INTEGER NOT NULL,
  start      INTEGER NOT NULL,
  "end"      INTEGER NOT NULL,
  form       TEXT NOT NULL,                  -- name nominal pronoun
  PRIMARY KEY (document, appearance, mention),
  FOREIGN KEY (document, appearance) REFERENCES appearances
) STRICT, WITHOUT ROWID;

-- Who is said to have said what.
CREATE TABLE statements (
  document         INTEGER NOT NULL REFERENCES documents,
  statement        INTEGER NOT NULL,
  row              TEXT NOT NULL,
  first_sentence   INTEGER NOT NULL,         -- the sentences that it touches
  last_sentence    INTEGER NOT NULL,
  source           INTEGER,                  -- the appearance that speaks; null where the text does not tell
  source_kind      TEXT NOT NULL,            -- named unnamed author implicit
  source_start     INTEGER,
  source_end       INTEGER,
  source_pieces    TEXT,
  description      TEXT,                     -- of an unnamed source: {"role": span, "number": span, "reason": span}
  cue_start        INTEGER,
  cue_end          INTEGER,
  cue_pieces       TEXT,
  content_start    INTEGER,
  content_end      INTEGER,
  content_pieces   TEXT,
  manner           TEXT NOT NULL,            -- direct indirect mixed
  act              TEXT NOT NULL,            -- say claim deny confirm accuse promise order ask …
  addressee        INTEGER,                  -- an appearance
  addressee_start  INTEGER,
  addressee_end    INTEGER,
  addressee_pieces TEXT,
  parent           INTEGER,                  -- the statement in whose content it stands
  hedge            TEXT,                     -- JSON list of spans; null if empty
  score            REAL NOT NULL,
  review           TEXT,
  PRIMARY KEY (document, statement),
  FOREIGN KEY (document, source) REFERENCES appearances (document, appearance),
  FOREIGN KEY (document, addressee) REFERENCES appearances (document, appearance),
  FOREIGN KEY (document, parent) REFERENCES statements (document, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_by_act ON statements (act);
CREATE INDEX statements_unnamed ON statements (document) WHERE source_kind = 'unnamed';

-- What is said to have been done by whom to whom.
CREATE TABLE events (
  document     INTEGER NOT NULL REFERENCES documents,
  event        INTEGER NOT NULL,
  sentence     INTEGER NOT NULL,
  start        INTEGER NOT NULL,             -- the word that tells it
  "end"        INTEGER NOT NULL,
  row_rest     TEXT,                         -- .2 of the second row of one word; else null
  row          TEXT AS ('v' || start || '-' || "end" || ifnull(row_rest, '')),
  predicate    TEXT NOT NULL,
  type         TEXT,                         -- PLOVER 0.8
  mode         TEXT,
  contexts     TEXT,                         -- JSON list; null if empty
  cameo        TEXT,
  time         TEXT,                         -- TIMEX3 value of when it was
  magnitude    TEXT,                         -- JSON list; null if empty
  tense        TEXT NOT NULL,
  historical   INTEGER NOT NULL,
  within       INTEGER,                      -- the innermost statement that holds it
  certainty    TEXT,                         -- what the article's own voice commits to
  factuality_e4 INTEGER,
  factuality   REAL AS (factuality_e4 / 10000.0), -- -3 certainly not … 3 certainly
  score_e4     INTEGER NOT NULL,
  score        REAL AS (score_e4 / 10000.0),
  review       TEXT,
  PRIMARY KEY (document, event),
  FOREIGN KEY (document, within) REFERENCES statements (document, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_by_type ON events (type) WHERE type IS NOT NULL;
CREATE INDEX events_uncertain ON events (certainty) WHERE certainty NOT IN ('asserted', 'open');

-- Who did an event, to whom, where and when.
CREATE TABLE event_parties (
  document   INTEGER NOT NULL,
  event      INTEGER NOT NULL,
  part       TEXT NOT NULL,                  -- actor recipient place time
  party      INTEGER NOT NULL,
  appearance INTEGER,
  start      INTEGER,
  "end"      INTEGER,
  pieces     TEXT,
  PRIMARY KEY (document, event, part, party),
  FOREIGN KEY (document, event) REFERENCES events (document, event),
  FOREIGN KEY (document, appearance) REFERENCES appearances (document, appearance)
) STRICT, WITHOUT ROWID;

-- What the voices other than the article's own commit to, innermost first.
CREATE TABLE event_voices (
  document  INTEGER NOT NULL,
  event     INTEGER NOT NULL,
  voice     INTEGER NOT NULL,
  statement INTEGER NOT NULL,                -- whose source commits to it
  certainty TEXT NOT NULL,                   -- asserted probable possible doubtful denied open
  PRIMARY KEY (document, event, voice),
  FOREIGN KEY (document, event) REFERENCES events (document, event),
  FOREIGN KEY (document, statement) REFERENCES statements (document, statement)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_voices_uncertain ON event_voices (certainty) WHERE certainty NOT IN ('asserted', 'open');

-- What is said to hold between entities.
CREATE TABLE relations (
  document  INTEGER NOT NULL REFERENCES documents,
  relation  INTEGER NOT NULL,
  row       TEXT NOT NULL,
  kind      TEXT NOT NULL,                   -- role alias designation membership location origin
  subject   INTEGER NOT NULL,                -- an appearance
  object    INTEGER,
  value     TEXT,
  by        INTEGER,                         -- the appearance that says or decides so
  start     INTEGER,
  "end"     INTEGER,
  pieces    TEXT,
  within    INTEGER,
  certainty TEXT NOT NULL,                   -- JSON list of {"holder", "value"}
  score     REAL NOT NULL,
  review    TEXT,
  PRIMARY KEY (document, relation),
  FOREIGN KEY (document, subject) REFERENCES appearances (document, appearance),
  FOREIGN KEY (document, object) REFERENCES appearances (document, appearance),
  FOREIGN KEY (document, by) REFERENCES appearances (document, appearance),
  FOREIGN KEY (document, within) REFERENCES statements (document, statement)
) STRICT, WITHOUT ROWID;

-- Expressions of time.
CREATE TABLE times (
  document INTEGER NOT NULL REFERENCES documents,
  time     INTEGER NOT NULL,
  kind     TEXT NOT NULL,                    -- date time duration set
  value    TEXT,                             -- TIMEX3 value
  start    INTEGER,
  "end"    INTEGER,
  pieces   TEXT,
  PRIMARY KEY (document, time)
) STRICT, WITHOUT ROWID;

-- What the reader met on the way.
CREATE TABLE notes (
  document INTEGER NOT NULL REFERENCES documents,
  note     INTEGER NOT NULL,
  code     TEXT NOT NULL,
  message  TEXT NOT NULL,
  start    INTEGER,
  "end"    INTEGER,
  PRIMARY KEY (document, note)
) STRICT, WITHOUT ROWID;

-- What people decided, in the order they did. Nothing here is ever changed or taken away.
CREATE TABLE corrections (
  correction INTEGER PRIMARY KEY,
  at         TEXT NOT NULL,
  who        TEXT NOT NULL,
  why        TEXT,
  act        TEXT NOT NULL,                  -- set reject add undo merge split
  text_hash  TEXT,                           -- the text it is about, whatever source it comes from
  kind       TEXT,                           -- entity statement event relation
  start      INTEGER,                        -- the span of the row's id
  "end"      INTEGER,
  row        TEXT,
  field      TEXT,
  old        TEXT,                           -- JSON: what the row said before
  new        TEXT,                           -- JSON: what it says since
  undoes     INTEGER REFERENCES corrections
) STRICT;
CREATE INDEX corrections_by_text ON corrections (text_hash);

-- The words of sentences, for searching.
CREATE VIEW sentence_texts AS
  SELECT sentence, substr(replace(text, char(0), ' '), start + 1, "end" - start) AS text
  FROM sentences JOIN texts USING (document);
CREATE VIRTUAL TABLE sentence_words USING fts5 (
  text, content = 'sentence_texts', content_rowid = 'sentence',
  tokenize = "unicode61 remove_diacritics 2"
);

-- The words of names.
CREATE VIRTUAL TABLE entity_words USING fts5 (
  name, content = 'entities', content_rowid = 'entity', tokenize = "unicode61 remove_diacritics 2"
);

-- Each statement with its words: who said what, where and when.
CREATE VIEW who_said_what AS
  SELECT d.source AS article, d.outlet, d.day, s.row, s.source_kind,
    coalesce(e.name, a.name, substr(t.text, s.source_start + 1, s.source_end - s.source_start)) AS who,
    e.entity,
    substr(t.text, s.cue_start + 1, s.cue_end - s.cue_start) AS cue,
    CASE WHEN s.content_pieces IS NULL
      THEN substr(t.text, s.content_start + 1, s.content_end - s.content_start)
      ELSE (SELECT group_concat(substr(t.text, (value ->> 0) + 1, (value ->> 1) - (value ->> 0)), ' … ')
            FROM json_each(s.content_pieces)) END AS what,
    s.act, s.manner, s.score, s.review, p.row AS parent, d.document, s.statement
  FROM statements s
  JOIN documents d USING (document)
  JOIN texts t USING (document)
  LEFT JOIN appearances a ON a.document = s.document AND a.appearance = s.source
  LEFT JOIN entities e ON e.entity = a.entity
  LEFT JOIN statements p ON p.document = s.document AND p.statement = s.parent
  WHERE d.current AND s.review IS NOT 'rejected';

-- Each event once for each voice that commits to it.
CREATE VIEW events_by_certainty AS
  WITH voices AS (
    SELECT document, event, NULL AS statement, certainty FROM events WHERE certainty IS NOT NULL
    UNION ALL SELECT document, event, statement, certainty FROM event_voices)
  SELECT c.certainty, coalesce(h.who, CASE WHEN c.statement IS NULL THEN 'the article' END) AS holder,
    h.row AS holder_statement, v.type, v.predicate,
    (SELECT group_concat(coalesce(a.name, substr(t.text, p.start + 1, p."end" - p.start)), '; ')
      FROM event_parties p LEFT JOIN appearances a USING (document, appearance)
      WHERE p.document = v.document AND p.event = v.event AND part = 'actor') AS actors,
    (SELECT group_concat(coalesce(a.name, substr(t.text, p.start + 1, p."end" - p.start)), '; ')
      FROM event_parties p LEFT JOIN appearances a USING (document, appearance)
      WHERE p.document = v.document AND p.event = v.event AND part = 'recipient') AS recipients,
    v.time, d.source AS article, d.outlet, d.day, v.row, v.score, v.review, d.document, v.event
  FROM voices c
  JOIN events v USING (document, event)
  JOIN documents d USING (document)
  JOIN texts t USING (document)
  LEFT JOIN who_said_what h ON h.document = c.document AND h.statement = c.statement
  WHERE d.current AND v.review IS NOT 'rejected';

-- Statements whose source the text does not name, with how it is described and why it is not named.
CREATE VIEW unnamed_sources AS
  SELECT d.outlet, d.day, d.source AS article, s.row,
    substr(t.text, s.source_start + 1, s.source_end - s.source_start) AS who,
    substr(t.text, (description -> '$.role' ->> 0) + 1,
      (description -> '$.role' ->> 1) - (description -> '$.role' ->> 0)) AS role,
    substr(t.text, (description -> '$.number' ->> 0) + 1,
      (description -> '$.number' ->> 1) - (description -> '$.number' ->> 0)) AS number,
    substr(t.text, (description -> '$.reason' ->> 0) + 1,
      (description -> '$.reason' ->> 1) - (description -> '$.reason' ->> 0)) AS reason,
    w.what, s.act, s.score, d.document, s.statement
  FROM statements s
  JOIN documents d USING (document)
  JOIN texts t USING (document)
  JOIN who_said_what w USING (document, statement)
  WHERE s.source_kind = 'unnamed';

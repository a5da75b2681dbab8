/** The tables of the index in SQLite. Each schema version has its own file. */

/** `DSXS`, in the header of the file. */
export const APPLICATION_ID = 0x44535853

/**
 * The id of an entry encodes its rank and its set: its bucket, the number of the set, and its position in the set. So the
 * entries wanted most often are found first, and the entries of a set without a separate index.
 */
const SET_BITS = 17
const BUCKET = 2 ** 40
export const SET_SIZE = 2 ** SET_BITS
/** The highest number of a set, so that all sets fit into a bucket. */
export const MAX_SETS_EVER = BUCKET / SET_SIZE - 1

export const entryId = (bucket: number, setId: number, place: number): number =>
  bucket * BUCKET + setId * SET_SIZE + place
export const setOf = (id: number): number => Math.floor((id % BUCKET) / SET_SIZE)

export const SCHEMA = `
CREATE TABLE sets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  repo_url TEXT NOT NULL UNIQUE,
  job_id TEXT NOT NULL,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  -- In lower case: pallets/flask, and flask.
  called TEXT NOT NULL,
  short TEXT NOT NULL,
  -- Milliseconds since the epoch.
  since INTEGER NOT NULL
);
CREATE INDEX sets_called ON sets (called);
CREATE INDEX sets_short ON sets (short);
CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  language TEXT,
  -- The number of its row in places.
  place INTEGER NOT NULL,
  anchor TEXT NOT NULL,
  line INTEGER,
  text TEXT NOT NULL,
  weight REAL NOT NULL
);
-- Names of one file share a place, so that a long path is stored once.
CREATE TABLE places (
  set_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  page TEXT NOT NULL,
  file TEXT,
  address TEXT,
  PRIMARY KEY (set_id, number)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE terms USING fts5 (
  exact, name, home, text, scope,
  content = '', contentless_delete = 1, detail = 'column', prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
CREATE TABLE packages (ecosystem TEXT NOT NULL, name TEXT NOT NULL, set_id INTEGER NOT NULL, PRIMARY KEY (ecosystem, name, set_id)) WITHOUT ROWID;
CREATE INDEX packages_set ON packages (set_id);
CREATE TABLE dependencies (ecosystem TEXT NOT NULL, name TEXT NOT NULL, set_id INTEGER NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (ecosystem, name, set_id)) WITHOUT ROWID;
CREATE INDEX dependencies_set ON dependencies (set_id);
CREATE TABLE state (is_complete INTEGER NOT NULL);
INSERT INTO state VALUES (0);
`

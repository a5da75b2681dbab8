/** The index in the spool: writes and reads an SQLite file. Its queries block, so it runs in threads. */

import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import {
  addressOf,
  type CrossEntry,
  type CrossHit,
  type CrossIndex,
  type CrossLinks,
  type CrossSearcher,
  type IndexedJob,
  type IndexedSet,
  type Link,
} from '#cross-search/contract.ts'
import { BUCKETS, bucketOf, FIELDS, type Step, type Term, termsOfEntry } from '#cross-search/plan.ts'
import { inRounds, MAX_COMPARED } from '#cross-search/rounds.ts'
import { type CrossStorage, searchStorage } from '#cross-search/search.ts'
import type { IndexFile } from './index-file.ts'
import { entryId, MAX_SETS_EVER, SET_SIZE, setOf } from './schema.ts'

const MAX_LINKS = 500
/** How many unused pages a write returns to the file system. */
const FREED_PAGES = 20_000

export type SqliteIndex = CrossIndex & CrossSearcher & { close(): void }

/** @param file - `createIndexFile` of its folder in the spool. */
export function createSqliteIndex(file: IndexFile): SqliteIndex {
  /** Runs a transaction. A reader sees all of it or nothing. */
  async function write(step: (database: DatabaseSyncInstance) => void): Promise<void> {
    await file.openOrCreate()
    const isDone = await file.read((database) => {
      database.exec('BEGIN IMMEDIATE')
      try {
        step(database)
        database.exec('COMMIT')
      } catch (error) {
        // When the disk is full, for example, SQLite has rolled back already.
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
      // The file shrinks when sets are removed; its size counts for the space of documents.
      database.exec(`PRAGMA incremental_vacuum(${FREED_PAGES})`)
      return true
    })
    if (isDone !== true) throw new Error('The index over all repositories was damaged; it is being rebuilt.')
  }

  return {
    put: (set) => write((database) => put(database, set)),
    remove: (repoUrl) =>
      write((database) => {
        const id = idOf(database, repoUrl)
        if (id !== undefined) removeSet(database, id)
      }),
    async list() {
      return (await file.read(listJobs)) ?? []
    },
    complete: () => write((database) => database.exec('UPDATE state SET is_complete = 1')),
    async search(query, within, limit) {
      return file.read((database) => searchStorage(storageOf(database), query, within, limit))
    },
    async links(repoUrl) {
      return file.read((database) => readLinks(database, repoUrl))
    },
    close: () => file.close(),
  }
}

function listJobs(database: DatabaseSyncInstance): IndexedJob[] {
  const rows = database.prepare('SELECT repo_url, job_id, key FROM sets ORDER BY repo_url').all()
  return (rows as { repo_url: string; job_id: string; key: string }[]).map(({ repo_url, job_id, key }) => ({
    repoUrl: repo_url,
    jobId: job_id,
    key,
  }))
}

const idOf = (database: DatabaseSyncInstance, repoUrl: string): number | undefined =>
  (database.prepare('SELECT id FROM sets WHERE repo_url = ?').get(repoUrl) as { id: number } | undefined)?.id

function put(database: DatabaseSyncInstance, set: IndexedSet): void {
  const same = 'SELECT 1 FROM sets WHERE repo_url = ? AND job_id = ? AND key = ?'
  // Another supervisor was faster.
  if (database.prepare(same).get(set.repoUrl, set.jobId, set.key) !== undefined) return
  const known = idOf(database, set.repoUrl)
  if (known !== undefined) removeSet(database, known)
  const called = set.name.toLowerCase()
  const short = called.slice(called.lastIndexOf('/') + 1)
  // Keeping its number keeps the repository's position among others.
  const { lastInsertRowid } = database
    .prepare('INSERT INTO sets (id, repo_url, job_id, key, name, called, short, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(known ?? null, set.repoUrl, set.jobId, set.key, set.name, called, short, set.since)
  const setId = Number(lastInsertRowid)
  if (setId > MAX_SETS_EVER) throw new Error('The cross-repository index has run out of set ids.')
  const addEntry = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const placeOf = placesIn(database, setId)
  const addTerms = database.prepare(
    `INSERT INTO terms (rowid, ${FIELDS.join(', ')}) VALUES (?${', ?'.repeat(FIELDS.length)})`,
  )
  set.entries.slice(0, SET_SIZE).forEach((entry, position) => {
    const { title, kind, language, anchor, line, text, weight } = entry
    const id = entryId(bucketOf(entry), setId, position)
    addEntry.run(id, title, kind, language, placeOf(entry), anchor, line, text, weight)
    const terms = termsOfEntry(entry, set.name, setId)
    addTerms.run(id, ...FIELDS.map((field) => terms[field].join(' ')))
  })
  const addPackage = database.prepare('INSERT OR IGNORE INTO packages VALUES (?, ?, ?)')
  for (const { ecosystem, name } of set.packages) addPackage.run(ecosystem, name, setId)
  const addDependency = database.prepare('INSERT OR IGNORE INTO dependencies VALUES (?, ?, ?, ?)')
  for (const { ecosystem, name, kind } of set.dependencies) addDependency.run(ecosystem, name, setId, kind)
}

/** Stores places of a set; each once. */
function placesIn(database: DatabaseSyncInstance, setId: number): (entry: CrossEntry) => number {
  const add = database.prepare('INSERT INTO places VALUES (?, ?, ?, ?, ?)')
  const numbers = new Map<string, number>()
  return ({ page, file, address }) => {
    const key = JSON.stringify([page, file, address])
    const known = numbers.get(key)
    if (known !== undefined) return known
    const number = numbers.size
    add.run(setId, number, page, file, address)
    numbers.set(key, number)
    return number
  }
}

function removeSet(database: DatabaseSyncInstance, id: number): void {
  for (const table of ['terms', 'entries']) {
    const column = table === 'terms' ? 'rowid' : 'id'
    const remove = database.prepare(`DELETE FROM ${table} WHERE ${column} BETWEEN ? AND ?`)
    for (let bucket = 0; bucket < BUCKETS; bucket++)
      remove.run(entryId(bucket, id, 0), entryId(bucket, id, SET_SIZE - 1))
  }
  for (const table of ['places', 'packages', 'dependencies'])
    database.prepare(`DELETE FROM ${table} WHERE set_id = ?`).run(id)
  database.prepare('DELETE FROM sets WHERE id = ?').run(id)
}

interface SetRow {
  repo_url: string
  job_id: string
  key: string
  name: string
  since: number
}

type EntryRow = Omit<CrossEntry, 'page' | 'file' | 'address'> & { id: number; place: number }
type PlaceRow = Pick<CrossEntry, 'page' | 'file' | 'address'>

function storageOf(database: DatabaseSyncInstance): CrossStorage {
  const sets = new Map<number, SetRow>()
  const readSet = database.prepare('SELECT repo_url, job_id, key, name, since FROM sets WHERE id = ?')
  const readEntry = database.prepare('SELECT * FROM entries WHERE id = ?')
  const readPlace = database.prepare('SELECT page, file, address FROM places WHERE set_id = ? AND number = ?')
  const known = new Map<number, CrossHit>()

  function hitOf(id: number): CrossHit | undefined {
    const setId = setOf(id)
    const set = sets.get(setId) ?? (readSet.get(setId) as SetRow | undefined)
    const row = readEntry.get(id) as EntryRow | undefined
    const where = row && (readPlace.get(setId, row.place) as PlaceRow | undefined)
    if (set === undefined || row === undefined || where === undefined) return undefined
    sets.set(setId, set)
    const { id: _, place: __, ...entry } = { ...row, ...where, address: addressOf({ ...row, ...where }) }
    const { repo_url: repoUrl, job_id: jobId, key, name, since } = set
    return { ...entry, repoUrl, jobId, key, name, since }
  }

  return {
    async setsCalled(name, limit) {
      const rows = database
        .prepare(`SELECT id FROM sets WHERE called = ?1 OR short = ?1 OR repo_url = ?2 ORDER BY since, id LIMIT ?3`)
        .all(name.toLowerCase(), `https://${name}`, limit) as { id: number }[]
      return rows.map(({ id }) => id)
    },
    async find(step, limit) {
      const found = database
        .prepare('SELECT rowid AS id FROM terms WHERE terms MATCH ? ORDER BY rowid LIMIT ?')
        .all(matchOf(step), MAX_COMPARED) as { id: number }[]
      return inRounds(found, ({ id }) => setOf(id), limit).flatMap(({ id }) => {
        const hit = known.get(id) ?? hitOf(id)
        if (hit === undefined) return []
        known.set(id, hit)
        return [[String(id), hit] as const]
      })
    },
    async counts(steps, most) {
      const count = database.prepare('SELECT count(*) AS count FROM (SELECT 1 FROM terms WHERE terms MATCH ? LIMIT ?)')
      return steps.map((step) => (count.get(matchOf(step), most) as { count: number }).count)
    },
    async isComplete() {
      return (database.prepare('SELECT is_complete FROM state').get() as { is_complete: number }).is_complete === 1
    },
  }
}

/** https://www.sqlite.org/fts5.html#full_text_query_syntax */
const matchOf = (step: Step): string => step.map((group) => `(${group.map(termOf).join(' OR ')})`).join(' AND ')

const termOf = ({ text, isPrefix, fields }: Term): string =>
  `{${fields.join(' ')}} : "${text.replaceAll('"', '""')}"${isPrefix ? ' *' : ''}`

function readLinks(database: DatabaseSyncInstance, repoUrl: string): CrossLinks {
  const id = idOf(database, repoUrl)
  if (id === undefined) return { usedBy: [], uses: [] }
  const read = (own: string, others: string): Link[] =>
    database
      .prepare(
        `SELECT job_id, repository, name, package, ecosystem, kind FROM
         (SELECT sets.job_id, sets.repo_url AS repository, sets.name, sets.called, own.name AS package, own.ecosystem, dependency.kind,
           ROW_NUMBER() OVER (PARTITION BY own.ecosystem, own.name ORDER BY sets.since, sets.id) AS place
         FROM ${own} AS own JOIN ${others} AS other USING (ecosystem, name)
         JOIN sets ON sets.id = other.set_id
         JOIN dependencies AS dependency ON dependency.ecosystem = own.ecosystem AND dependency.name = own.name
           AND dependency.set_id = ${own === 'dependencies' ? 'own' : 'other'}.set_id
         WHERE own.set_id = ?1 AND other.set_id <> ?1 ORDER BY place, sets.id LIMIT ?2)
         ORDER BY called, package`,
      )
      .all(id, MAX_LINKS) as unknown as Link[]
  return { usedBy: read('packages', 'dependencies'), uses: read('dependencies', 'packages') }
}

/**
 * The index in PostgreSQL, using its own text search: the terms of an entry are a `tsvector` whose weights are the fields.
 * The number of entries that a step examines is limited, so that a word that occurs everywhere costs no more than a rare one.
 */

import { push } from '#base/multimap.ts'
import {
  addressOf,
  type CrossEntry,
  type CrossHit,
  type CrossIndex,
  type CrossLinks,
  type CrossSearcher,
  type IndexedSet,
  type Link,
} from '#cross-search/contract.ts'
import { bucketOf, FIELDS, type Field, INDEX_VERSION, type Step, type Term, termsOfEntry } from '#cross-search/plan.ts'
import { MAX_COMPARED, PER_ROUND } from '#cross-search/rounds.ts'
import { type CrossStorage, searchStorage } from '#cross-search/search.ts'
import type { Query } from '#database/client-pool.ts'
import type { Database } from '#database/database.ts'

/** The lock that a writer holds; arbitrary, like the numbers of other locks of docspool. */
const WRITE_LOCK = 7_164_325_127
const BATCH = 500
const MAX_LINKS = 500
/** Time limit of a search. */
const SEARCH_MS = 15_000

const WEIGHTS: Readonly<Record<Exclude<Field, 'scope'>, string>> = { exact: 'A', name: 'B', home: 'C', text: 'D' }
/** Prefix of the terms of filters; no term of a text begins with it. */
const SCOPE = '#'

export type PostgresIndex = CrossIndex & CrossSearcher

/** @param searchMs - `SEARCH_MS` by default. */
export function createPostgresIndex(database: Database, searchMs = SEARCH_MS): PostgresIndex {
  const { run, transaction } = database

  /** One transaction, one writer at a time. An index of another version is emptied first. */
  const write = (step: (query: Query) => Promise<void>): Promise<void> =>
    transaction(async (query) => {
      await query('SELECT pg_advisory_xact_lock($1)', [WRITE_LOCK])
      const [state] = await query<{ version: number }>('SELECT version FROM docspool.search_state')
      if (state?.version !== INDEX_VERSION) {
        await query('DELETE FROM docspool.search_sets')
        await query('DELETE FROM docspool.search_state')
        await query('INSERT INTO docspool.search_state (version, is_complete) VALUES ($1, false)', [INDEX_VERSION])
      }
      await step(query)
    })

  return {
    put: (set) => write((query) => put(query, set)),
    remove: (repoUrl) =>
      write(async (query) => {
        await query('DELETE FROM docspool.search_sets WHERE repo_url = $1', [repoUrl])
      }),
    complete: () =>
      write(async (query) => {
        await query('UPDATE docspool.search_state SET is_complete = true')
      }),
    async list() {
      const { rows } = await run<{ repo_url: string; job_id: string; key: string }>(
        `SELECT repo_url, job_id, key FROM docspool.search_sets WHERE ${IS_CURRENT} ORDER BY repo_url`,
      )
      return rows.map(({ repo_url, job_id, key }) => ({ repoUrl: repo_url, jobId: job_id, key }))
    },
    async search(query, within, limit) {
      const { rows } = await run<{ is_complete: boolean }>(
        `SELECT is_complete FROM docspool.search_state WHERE version = ${INDEX_VERSION}`,
      )
      const [state] = rows
      if (state === undefined) return undefined
      const storage = storageOf(database, state.is_complete, performance.now() + searchMs)
      return searchStorage(storage, query, within, limit)
    },
    links: (repoUrl) => readLinks(database, repoUrl, performance.now() + searchMs),
  }
}

const IS_CURRENT = `EXISTS (SELECT FROM docspool.search_state WHERE version = ${INDEX_VERSION})`

async function put(query: Query, set: IndexedSet): Promise<void> {
  const { repoUrl, jobId, key, name, since } = set
  const same = 'SELECT FROM docspool.search_sets WHERE repo_url = $1 AND job_id = $2 AND key = $3'
  // Another machine was faster.
  if ((await query(same, [repoUrl, jobId, key])).length > 0) return
  await query('DELETE FROM docspool.search_sets WHERE repo_url = $1', [repoUrl])
  const called = name.toLowerCase()
  const [made] = await query<{ id: number }>(
    `INSERT INTO docspool.search_sets (repo_url, job_id, key, name, called, short, since)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [repoUrl, jobId, key, name, called, called.slice(called.lastIndexOf('/') + 1), since],
  )
  const setId = Number(made?.id)
  for (let at = 0; at < set.entries.length; at += BATCH) {
    const some = set.entries.slice(at, at + BATCH)
    await query(
      `INSERT INTO docspool.search_entries (set_id, place, bucket, entry, terms)
       SELECT $1::bigint, place, bucket, entry, terms::tsvector
       FROM unnest($2::int[], $3::smallint[], $4::jsonb[], $5::text[]) AS rows (place, bucket, entry, terms)`,
      [
        setId,
        some.map((_, index) => at + index),
        some.map(bucketOf),
        some.map((entry) => JSON.stringify(withoutNulls(entry))),
        some.map((entry) => vectorOf(termsOfEntry(entry, name, setId))),
      ],
    )
  }
  const { packages, dependencies } = set
  await query(
    `INSERT INTO docspool.search_packages SELECT *, $3::bigint FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING`,
    [packages.map(({ ecosystem }) => ecosystem), packages.map((each) => each.name), setId],
  )
  await query(
    `INSERT INTO docspool.search_dependencies (ecosystem, name, kind, set_id)
     SELECT *, $4::bigint FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    [
      dependencies.map(({ ecosystem }) => ecosystem),
      dependencies.map((each) => each.name),
      dependencies.map(({ kind }) => kind),
      setId,
    ],
  )
}

/** `jsonb` cannot contain null characters or lone surrogates, with which cut texts may end. */
const withoutNulls = (entry: CrossEntry): CrossEntry =>
  Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '') : value,
    ]),
  ) as unknown as CrossEntry

/** `'flask':1A,1C '#r12':1` */
function vectorOf(terms: Record<Field, string[]>): string {
  const places = new Map<string, string[]>()
  for (const field of FIELDS) {
    for (const term of terms[field]) {
      const lexeme = field === 'scope' ? SCOPE + term : term
      push(places, lexeme, field === 'scope' ? '1' : `1${WEIGHTS[field]}`)
    }
  }
  // Each position of a lexeme has one weight.
  return [...places]
    .map(([lexeme, all]) => `${quoted(lexeme)}:${all.map((each, at) => `${at + 1}${each.slice(1)}`).join(',')}`)
    .join(' ')
}

const quoted = (lexeme: string): string =>
  `'${lexeme.replaceAll('\0', '').replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

const queryOf = (step: Step): string => step.map((group) => `(${group.map(termOf).join(' | ')})`).join(' & ')

function termOf({ text, isPrefix, fields }: Term): string {
  if (fields.includes('scope')) return quoted(SCOPE + text)
  const weights = fields.map((field) => (field === 'scope' ? '' : WEIGHTS[field])).join('')
  return `${quoted(text)}:${isPrefix ? '*' : ''}${weights}`
}

function storageOf({ read }: Database, isComplete: boolean, end: number): CrossStorage {
  return {
    async setsCalled(name, limit) {
      const rows = await read<{ id: number }>(
        end,
        `SELECT id FROM docspool.search_sets WHERE called = $1 OR short = $1 OR repo_url = $2 ORDER BY since, id LIMIT $3`,
        [name.toLowerCase(), `https://${name}`, limit],
      )
      return rows.map(({ id }) => Number(id))
    },
    async find(step, limit) {
      const rows = await read<{
        id: string
        entry: CrossEntry
        repo_url: string
        job_id: string
        key: string
        name: string
        since: string
      }>(
        end,
        `SELECT set_id || ' ' || place AS id, entry, repo_url, job_id, key, name, sets.since
         FROM (SELECT *, (row_number() OVER (PARTITION BY set_id ORDER BY bucket, place) - 1) / ${PER_ROUND} AS round
               FROM (SELECT set_id, place, bucket FROM docspool.search_entries
                     WHERE terms @@ $1::tsquery LIMIT ${MAX_COMPARED}) AS compared
               JOIN (SELECT id AS set_id, since FROM docspool.search_sets) AS ages USING (set_id)
               ORDER BY round, bucket, since, set_id, place LIMIT $2) AS found
         JOIN docspool.search_entries USING (set_id, place)
         JOIN docspool.search_sets AS sets ON sets.id = set_id
         ORDER BY round, found.bucket, sets.since, set_id, place`,
        [queryOf(step), limit],
      )
      return rows.map(({ id, entry, repo_url, job_id, key, name, since }) => {
        const hit: CrossHit = {
          ...entry,
          address: addressOf(entry),
          repoUrl: repo_url,
          jobId: job_id,
          key,
          name,
          since: Number(since),
        }
        return [id, hit] as const
      })
    },
    async counts(steps, most) {
      const rows = await read<{ count: string }>(
        end,
        `SELECT (SELECT count(*) FROM (SELECT FROM docspool.search_entries WHERE terms @@ step::tsquery LIMIT $2) AS found) AS count
         FROM unnest($1::text[]) WITH ORDINALITY AS steps (step, place) ORDER BY place`,
        [steps.map(queryOf), most],
      )
      return rows.map(({ count }) => Number(count))
    },
    isComplete: async () => isComplete,
  }
}

async function readLinks({ read }: Database, repoUrl: string, end: number): Promise<CrossLinks | undefined> {
  const [set] = await read<{ id: number | null }>(
    end,
    `SELECT (SELECT id FROM docspool.search_sets WHERE repo_url = $1) AS id WHERE ${IS_CURRENT}`,
    [repoUrl],
  )
  if (set === undefined) return undefined
  if (set.id === null) return { usedBy: [], uses: [] }
  const list = (own: string, others: string): Promise<Link[]> =>
    read<Link>(
      end,
      `SELECT job_id, repository, name, package, ecosystem, kind FROM
       (SELECT sets.job_id, sets.repo_url AS repository, sets.name, sets.called, own.name AS package, own.ecosystem, dependency.kind,
         ROW_NUMBER() OVER (PARTITION BY own.ecosystem, own.name ORDER BY sets.since, sets.id) AS place
       FROM docspool.${own} AS own JOIN docspool.${others} AS other USING (ecosystem, name)
       JOIN docspool.search_sets AS sets ON sets.id = other.set_id
       JOIN docspool.search_dependencies AS dependency ON dependency.ecosystem = own.ecosystem AND dependency.name = own.name
         AND dependency.set_id = ${own === 'search_dependencies' ? 'own' : 'other'}.set_id
       WHERE own.set_id = $1 AND other.set_id <> $1 ORDER BY place, sets.id LIMIT ${MAX_LINKS}) AS found
       ORDER BY called, package`,
      [set.id],
    )
  return {
    usedBy: await list('search_packages', 'search_dependencies'),
    uses: await list('search_dependencies', 'search_packages'),
  }
}

/**
 * Searches of sets. Indexes are read when somebody first asks, and kept while there is room. A server has this done by a
 * thread (`src/server/threads`).
 */

import MiniSearch from 'minisearch'
import type { SetReader } from '#store/sets.ts'
import { type Entry, find } from './matching.js'
import { type Hit, type Row, SearchIndex } from './model.ts'
import { INDEX_OPTIONS, restored } from './words.js'

/** The file of a set that holds its index. */
export const SEARCH_FILE = 'search.json'
/** More of a question is not looked at. */
export const MAX_QUERY = 200

/** What a search found, and what it took. */
export interface Found {
  /** The best first. */
  hits: Hit[]
  /**
   * Pairs of a word and an entry that were looked at, and what is counted as such: comparing words to names, see `matching.js`,
   * and reading an index that was not kept. Bounded.
   */
  work: number
}

/** Who waits for the answer. */
export interface SearchCaller {
  /** Aborted when the caller is gone. */
  signal: AbortSignal
  /** `undefined` for one that is not counted by itself. */
  client: string | undefined
}

export interface Searcher {
  /**
   * @param key - A published set.
   * @returns `undefined` when the set has no index (an older version made it) or is gone.
   * @throws Where it is done elsewhere: that there is too much to do, or that it took too long.
   */
  search(key: string, query: string, limit: number, caller?: SearchCaller): Promise<Found | undefined>
}

/** Of the JSON of all indexes together; in memory each takes some times that. The newest one is always kept. */
const MAX_BYTES = 24 * 1_048_576
/** Of the JSON of an index that has to be read, for a unit of work. */
const BYTES_A_UNIT = 32

interface Loaded {
  data: SearchIndex
  entries: Entry[]
  index: MiniSearch
  bytes: number
}

export function createSearcher(sets: Pick<SetReader, 'readFile'>, maxBytes = MAX_BYTES): Searcher {
  /** The one that was used last at the end. */
  const kept = new Map<string, Promise<Loaded | undefined>>()
  const sizes = new Map<string, number>()

  function load(key: string): Promise<Loaded | undefined> {
    const known = kept.get(key)
    kept.delete(key)
    const loading = known ?? read(key)
    kept.set(key, loading)
    return loading
  }

  async function read(key: string): Promise<Loaded | undefined> {
    try {
      const loaded = await readIndex(sets, key)
      if (loaded === undefined) kept.delete(key)
      else {
        sizes.set(key, loaded.bytes)
        makeRoom(key)
      }
      return loaded
    } catch (error) {
      kept.delete(key)
      throw error
    }
  }

  function makeRoom(newest: string): void {
    let total = 0
    for (const bytes of sizes.values()) total += bytes
    for (const key of [...kept.keys()]) {
      if (total <= maxBytes) return
      const bytes = sizes.get(key)
      if (key === newest || bytes === undefined) continue
      total -= bytes
      sizes.delete(key)
      kept.delete(key)
    }
  }

  return {
    async search(key, query, limit) {
      const isKept = kept.has(key)
      const loaded = await load(key)
      if (loaded === undefined) return undefined
      const { data, entries, index, bytes } = loaded
      const tally = { work: isKept ? 0 : Math.ceil(bytes / BYTES_A_UNIT) }
      const ids = find(index, entries, query.slice(0, MAX_QUERY), limit, tally)
      return { hits: ids.flatMap((id) => hitOf(data, data.rows[id])), work: tally.work }
    },
  }
}

async function readIndex(sets: Pick<SetReader, 'readFile'>, key: string): Promise<Loaded | undefined> {
  const bytes = await sets.readFile(key, SEARCH_FILE)
  if (bytes === undefined) return undefined
  const parsed = SearchIndex.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
  if (!parsed.success) return undefined
  const { index: plain, ...rest } = parsed.data
  const index = await MiniSearch.loadJSAsync(restored(plain, rest.rows.length), INDEX_OPTIONS)
  const entries = rest.rows.map(([title, kind, , , file, , weight, text]) => ({
    title,
    weight,
    text,
    kind: rest.kinds[kind] ?? '',
    file: rest.files[file] ?? '',
  }))
  return { data: { ...rest, index: {} }, entries, index, bytes: bytes.length }
}

function hitOf({ pages, files, kinds, lines }: SearchIndex, row: Row | undefined): Hit[] {
  if (row === undefined) return []
  const [title, kind, page, anchor, file, line, , text] = row
  const [pageFile, pageTitle] = pages[page] ?? ['overview.md', '']
  return [
    {
      title,
      kind: kinds[kind] ?? 'section',
      page: pageFile,
      pageTitle,
      anchor: anchor ?? '',
      address: anchor === null ? (lines[file]?.replace('{line}', () => String(line)) ?? null) : null,
      file: files[file] ?? null,
      line: line === 0 ? null : line,
      text,
    },
  ]
}

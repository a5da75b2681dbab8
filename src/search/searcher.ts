/** Searches sets. Indexes are read on demand and cached. The server runs this in a thread (`src/server/threads`). */

import MiniSearch from 'minisearch'
import type { Caller } from '#base/caller.ts'
import { createLoadCache } from '#base/load-cache.ts'
import type { SetReader } from '#store/sets.ts'
import { type Hit, type Row, SEARCH_FILE, SearchIndex } from './index-format.ts'
import { type Entry, find } from './matching.js'
import { INDEX_OPTIONS, restored } from './words.js'

/** Maximum length of a query; the rest is ignored. */
export const MAX_QUERY = 200

/** The results of a search, and the work that it took. */
export interface Found {
  /** Best first. */
  hits: Hit[]
  /**
   * Units of work: pairs of a term and an entry, comparisons of words with names (see `matching.js`), and reading an index that
   * was not cached. Limited.
   */
  work: number
}

export interface Searcher {
  /**
   * @param key - The key of a published set.
   * @returns `undefined` when the set does not exist, or has no index because an old version made it.
   * @throws If it runs in a thread: `ServerBusy` or `TookTooLong`.
   */
  search(key: string, query: string, limit: number, caller?: Caller): Promise<Found | undefined>
}

/** Limit on the cache, by the size of the JSON; an index takes several times as much in memory. */
const MAX_BYTES = 24 * 1_048_576
/** Reading this many bytes of an index counts as a unit of work. */
const BYTES_PER_UNIT = 32

interface Loaded {
  data: SearchIndex
  entries: Entry[]
  index: MiniSearch
  bytes: number
}

export function createSearcher(sets: Pick<SetReader, 'readFile'>, maxBytes = MAX_BYTES): Searcher {
  const indexes = createLoadCache(maxBytes, async (key) => {
    const loaded = await readIndex(sets, key)
    return loaded && { value: loaded, bytes: loaded.bytes }
  })
  /** Indexes whose reading has been charged, to the first caller. */
  const paid = new WeakSet<Loaded>()

  return {
    async search(key, query, limit) {
      const loaded = await indexes.read(key)
      if (loaded === undefined) return undefined
      const { data, entries, index, bytes } = loaded
      const tally = { work: paid.has(loaded) ? 0 : Math.ceil(bytes / BYTES_PER_UNIT) }
      paid.add(loaded)
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

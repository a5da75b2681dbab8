/**
 * Checks whether another version of a repository has a page. Reading the manifests of many versions can take seconds, so each is read in
 * a turn of its own and counts for the client, and the names of pages are cached.
 */

import { hasText } from '#base/find-text.ts'
import { createLoadCache } from '#base/load-cache.ts'
import type { AppContext } from '#http/deps.ts'
import type { Manifest } from '#store/model.ts'
import type { SetReader } from '#store/sets.ts'
import type { Version } from './repository-versions.ts'

/** Maximum number of other versions that are checked. */
const MAX_CHECKED = 20
/** Limit on the cache of page names, in bytes: those of some forty sets of the largest size. */
const MAX_CACHED_BYTES = 8 * 1_048_576
/** Pages, headings and files in the manifests read that count as one search. */
const ENTRIES_PER_SEARCH = 4_000

/** Whether one of the versions has the page. Also false for a client that is over its limit of searches, without reading on. */
export type FindElsewhere = (c: AppContext, versions: readonly Version[], page: string) => Promise<boolean>

export function createFindElsewhere(sets: Pick<SetReader, 'readManifest' | 'peekManifest'>): FindElsewhere {
  /** Lines of names of Markdown files, by the key of the set: a set never changes. */
  const names = createLoadCache(MAX_CACHED_BYTES, async (key, charge: (entries: number) => void) => {
    const manifest = await (sets.peekManifest ?? sets.readManifest)(key)
    if (manifest === undefined) return undefined
    charge(entriesOf(manifest))
    const value = namesIn(manifest)
    return { value, bytes: 2 * value.length }
  })

  return async function isElsewhere(c, versions, page) {
    const { limits, turns } = c.var
    if (!limits.maySearch(c)) return false
    const caller = limits.callerOf(c)
    let entries = 0
    for (const { job } of spread(versions, MAX_CHECKED)) {
      const { docsKey } = job
      if (docsKey === null) continue
      if (entries >= ENTRIES_PER_SEARCH) {
        if (!limits.maySearch(c)) return false
        limits.searched(c, Math.floor(entries / ENTRIES_PER_SEARCH) - 1)
        entries %= ENTRIES_PER_SEARCH
      }
      const found = await turns.search(caller, () => names.read(docsKey, (read) => (entries += read)))
      if (hasText(found ?? '', `\n${page}\n`)) return true
    }
    return false
  }
}

/** Picks evenly from the first to the last, because the versions that have a page are consecutive. */
function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all
  const step = (all.length - 1) / (count - 1)
  return Array.from({ length: count }, (_, index) => all[Math.round(index * step)] as T)
}

const entriesOf = ({ pages, files }: Manifest): number =>
  pages.reduce((sum, { headings }) => sum + headings.length, pages.length + files.length)

function namesIn({ pages, files }: Manifest): string {
  const all = new Set([...pages.map(({ file }) => file), ...files.map(({ name }) => name)])
  return `\n${[...all].filter((name) => name.endsWith('.md')).join('\n')}\n`
}

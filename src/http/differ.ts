/** Compares published sets. The server runs this in a thread (`src/server/threads`), since it reads and parses tens of megabytes. */

import type { Caller } from '#base/caller.ts'
import { type Diff, shownOf } from '#diff/change.ts'
import { diffApis } from '#diff/diff.ts'
import { API_FILE, PublicApi } from '#store/public-api.ts'
import type { SetReader } from '#store/sets.ts'
import { jsonText } from './job-lines.ts'

/**
 * Both methods take the keys of two published sets. They resolve to `undefined` when a set does not exist, or has no data to
 * compare because an old version made it. In a thread, they reject with `ServerBusy` or `TookTooLong`.
 */
export interface Differ {
  /** All changes, as JSON. */
  whole(before: string, after: string, caller?: Caller): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** The changes that the page, the Markdown and the feed show. */
  shown(before: string, after: string, caller?: Caller): Promise<Diff | undefined>
}

export function createDiffer(sets: Pick<SetReader, 'readFile'>): Differ {
  async function read(key: string): Promise<PublicApi | undefined> {
    const bytes = await sets.readFile(key, API_FILE)
    return bytes === undefined ? undefined : PublicApi.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data
  }

  async function compare(before: string, after: string): Promise<Diff | undefined> {
    const old = await read(before)
    const now = await read(after)
    return old === undefined || now === undefined ? undefined : diffApis(old, now)
  }

  return {
    async whole(before, after) {
      const diff = await compare(before, after)
      return diff && new TextEncoder().encode(jsonText(diff))
    },
    async shown(before, after) {
      const diff = await compare(before, after)
      return diff && shownOf(diff)
    },
  }
}

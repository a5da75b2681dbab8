/**
 * Puts the body of a page into what surrounds it. To make the surroundings takes longer than to read the body, and they
 * are small, so they are kept; the body is read each time, and a set that has gone is gone. The list of pages, most of the
 * surroundings, is the same for all pages of a set but for the way to the current one, and is kept with the set.
 */

import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest, SetPage } from '#store/model.ts'
import { DocsPage, treeOf } from '#templates/docs.tsx'
import { type DocsLinks, serverLinks } from '#templates/links.ts'
import { closedTree, treeHtml } from '#templates/sidebar.tsx'
import { createByteCache } from './byte-cache.ts'
import { etagOf } from './conditional.ts'
import type { AppDeps } from './deps.ts'

/** A page, of which the body need not have been read yet. */
export interface WrappedPage {
  /** With its quotes. */
  etag: string
  /** All of it; `undefined` when the set is gone. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>
}

export type Wrap = (job: JobSnapshot, manifest: Manifest, page: SetPage) => Promise<WrappedPage>

interface Surroundings {
  etag: string
  /** Before the list of pages, between it and the body, after the body. */
  parts: Three
  /** Of the list, beside what it has in common with those of all other pages. */
  own: Uint8Array
  /** How many bytes of that stand before and behind. */
  start: number
  end: number
}

type Three = [Uint8Array, Uint8Array, Uint8Array]

/** Some 6 KB a page: enough for more than 10,000. */
const SURROUNDINGS_BYTES = 80 * 1_048_576
/** Stand for what is put in later: no text can have them, since text is escaped. */
const TREE = '<!-- tree -->'
const BODY = '<!-- body -->'

const encoder = new TextEncoder()

export function createWrap({ sets, assets }: Pick<AppDeps, 'sets' | 'assets'>): Wrap {
  const surroundings = createByteCache<Surroundings>(SURROUNDINGS_BYTES, ({ own, parts }) =>
    [own, ...parts].reduce((sum, { length }) => sum + length, 0),
  )

  return async function wrap(job, manifest, page) {
    const { view } = job
    // All that a page says of its job. The addresses on it hold the hashes of the assets, which stay while this runs.
    const key = [manifest.key, page.file, view.job_id, view.status, view.error_code].join(' ')
    const links = serverLinks(view.job_id, assets.version)
    const known = surroundings.get(key)
    const around = known ?? (await surround(job, manifest, page, links))
    if (known === undefined) surroundings.set(key, around)
    const { etag, parts, own, start, end } = around
    return {
      etag,
      async read() {
        const inner = await sets.readHtml(manifest.key, page.file)
        if (inner === undefined) return undefined
        const shared = closedTree(links, treeOf(manifest)).bytes
        const tree = [shared.subarray(0, start), own, shared.subarray(shared.length - end)]
        return joined([parts[0], ...tree, parts[1], inner, parts[2]])
      },
    }
  }
}

async function surround(
  { view }: JobSnapshot,
  manifest: Manifest,
  page: SetPage,
  links: DocsLinks,
): Promise<Surroundings> {
  const html = String(await DocsPage({ job: view, manifest, page, bodyHtml: BODY, tree: TREE, links }))
  const [before = '', rest = ''] = html.split(TREE)
  const [middle = '', after = ''] = rest.split(BODY)
  const tree = treeHtml(links, treeOf(manifest), page.file)
  // The set's key stands for the body, since it is a hash of every byte of the set.
  const etag = await etagOf([manifest.key, page.file, before, tree, middle, after].join('\n'))
  const parts = [before, middle, after].map((text) => encoder.encode(text)) as Three
  return { etag, parts, ...ownOf(encoder.encode(tree), closedTree(links, treeOf(manifest)).bytes) }
}

/** What of the bytes is between the longest beginning and end that `shared` has, too. */
function ownOf(bytes: Uint8Array, shared: Uint8Array): Pick<Surroundings, 'own' | 'start' | 'end'> {
  const most = Math.min(bytes.length, shared.length)
  let start = 0
  while (start < most && bytes[start] === shared[start]) start += 1
  let end = 0
  while (end < most - start && bytes[bytes.length - 1 - end] === shared[shared.length - 1 - end]) end += 1
  return { own: bytes.slice(start, bytes.length - end), start, end }
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

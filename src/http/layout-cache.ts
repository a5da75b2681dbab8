/**
 * Wraps the body of a page in its layout. Rendering the layout takes longer than reading the body, and it is small, so it is
 * cached; the body is read each time. The page tree, the largest part of the layout, is almost the same on all pages of a
 * set, so it is cached once per set.
 */

import type { JobSnapshot } from '#queue/contract.ts'
import type { Manifest, SetPage } from '#store/model.ts'
import { DocsPage } from '#templates/docs.tsx'
import { treeOf } from '#templates/docs-frame.tsx'
import { type DocsLinks, serverLinks } from '#templates/links.ts'
import { closedTree, treeHtml } from '#templates/sidebar.tsx'
import { createByteCache } from './byte-cache.ts'
import { etagOf } from './conditional.ts'
import type { AppDeps } from './deps.ts'
import type { VersionBar } from './versions/version-bar.ts'

/** A page whose body is read on demand. */
export interface WrappedPage {
  /** With its quotes. */
  etag: string
  /** The whole page; `undefined` when the set no longer exists. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>
}

/** Where a page appears, and its version switcher. */
export interface PageAddress {
  /** URL path of the folder, with a slash at the end; by default that of the job. */
  folder?: string | undefined
  bar?: VersionBar | undefined
}

export type Wrap = (job: JobSnapshot, manifest: Manifest, page: SetPage, address?: PageAddress) => Promise<WrappedPage>

interface Layout {
  etag: string
  /** The text before the page tree, between it and the body, and after the body. */
  parts: LayoutParts
  /** The part of the page tree that differs from the shared one. */
  own: Uint8Array
  /** The numbers of shared bytes before and after `own`. */
  start: number
  end: number
}

type LayoutParts = readonly [before: Uint8Array, between: Uint8Array, after: Uint8Array]

/** About 6 KB per page: enough for more than 10,000. */
const CACHED_BYTES = 80 * 1_048_576
/** Placeholders. They cannot occur in text, because text is escaped. */
const TREE = '<!-- tree -->'
const BODY = '<!-- body -->'

const encoder = new TextEncoder()

export function createWrap({ sets, assets }: Pick<AppDeps, 'sets' | 'assets'>): Wrap {
  const layouts = createByteCache<Layout>(CACHED_BYTES, ({ own, parts }) =>
    [own, ...parts].reduce((sum, { length }) => sum + length, 0),
  )

  return async function wrap(job, manifest, page, { folder, bar } = {}) {
    const { view } = job
    // Everything on the page that depends on the job. Asset hashes do not change while the server runs.
    const about = [
      view.job_id,
      view.status,
      view.error_code,
      view.documented_at,
      view.commit_on_ref,
      folder,
      bar?.stamp,
    ]
    const key = [manifest.key, page.file, ...about].join(' ')
    const links = serverLinks(view.job_id, assets.version, folder)
    const known = layouts.get(key)
    const layout = known ?? (await renderLayout(job, manifest, page, links, bar))
    if (known === undefined) layouts.set(key, layout)
    const { etag, parts, own, start, end } = layout
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

async function renderLayout(
  { view }: JobSnapshot,
  manifest: Manifest,
  page: SetPage,
  links: DocsLinks,
  bar: VersionBar | undefined,
): Promise<Layout> {
  const html = String(await DocsPage({ job: view, manifest, page, bodyHtml: BODY, tree: TREE, links, bar }))
  const [before = '', rest = ''] = html.split(TREE)
  const [middle = '', after = ''] = rest.split(BODY)
  const tree = treeHtml(links, treeOf(manifest), page.file)
  // The set's key is a hash of all its bytes, so it covers the body.
  const etag = await etagOf([manifest.key, page.file, before, tree, middle, after].join('\n'))
  const parts: LayoutParts = [encoder.encode(before), encoder.encode(middle), encoder.encode(after)]
  return { etag, parts, ...ownOf(encoder.encode(tree), closedTree(links, treeOf(manifest)).bytes) }
}

/** The bytes without the longest prefix and suffix in common with `shared`. */
function ownOf(bytes: Uint8Array, shared: Uint8Array): Pick<Layout, 'own' | 'start' | 'end'> {
  const max = Math.min(bytes.length, shared.length)
  let start = 0
  while (start < max && bytes[start] === shared[start]) start += 1
  let end = 0
  while (end < max - start && bytes[bytes.length - 1 - end] === shared[shared.length - 1 - end]) end += 1
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

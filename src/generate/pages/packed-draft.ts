/**
 * A finished draft with its tree in compressed JSON, which takes a fraction of the memory: every page is drafted before
 * the first can be written, as links need the addresses on all pages.
 */

import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { anchorsOf } from '#markdown/anchors.ts'
import type { Draft, Listed } from './draft.ts'

export interface PageAddress {
  page: string
  /** Without `#`; `null` for the top of the page. */
  anchor: string | null
  /** What it is, where it has no entry there. */
  listed?: Listed
}

export type PackedDraft = Omit<Draft, 'blocks' | 'homes' | 'listed'> & {
  /** Where each reference leads on this page. */
  places: ReadonlyMap<string, PageAddress>
  tree: Uint8Array
}

/** @param draft - Complete: later changes of its tree are lost. */
export function packDraft({ blocks, homes, listed, ...draft }: Draft): PackedDraft {
  const anchors = anchorsOf(blocks)
  const places = new Map<string, PageAddress>()
  for (const [ref, home] of homes) {
    const anchor = home === null ? null : (anchors.get(home) ?? null)
    const thing = listed.get(ref)
    places.set(ref, { page: draft.file, anchor, ...(thing !== undefined && { listed: thing }) })
  }
  return { ...draft, places, tree: deflateRawSync(JSON.stringify(blocks), { level: 1 }) }
}

/** The same draft, without what is in `places`. Its tree is a new one each time. */
export function unpackDraft({ places: _, tree, ...draft }: PackedDraft): Draft {
  return { ...draft, blocks: JSON.parse(inflateRawSync(tree).toString()), homes: new Map(), listed: new Map() }
}

/** Where everything that has a home is documented. The first home of a thing counts. */
export function placesOf(drafts: readonly PackedDraft[]): Map<string, PageAddress> {
  const all = new Map<string, PageAddress>()
  for (const { places } of drafts) for (const [ref, place] of places) if (!all.has(ref)) all.set(ref, place)
  return all
}

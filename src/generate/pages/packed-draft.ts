/**
 * A finished draft with its tree as compressed JSON, which takes a fraction of the memory: all pages are drafted before
 * the first one is written, because links need the addresses on all pages.
 */

import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Nodes, RootContent } from 'mdast'
import { anchorsOf } from '#markdown/anchors.ts'
import type { Draft, Listed } from './draft.ts'

export interface PageAddress {
  page: string
  /** Without `#`; `null` for the top of the page. */
  anchor: string | null
  /** Set if the component or file is only listed there, without an entry. */
  listed?: Listed
}

export type PackedDraft = Omit<Draft, 'blocks' | 'homes' | 'listed'> & {
  /** The target of each reference on this page. */
  places: ReadonlyMap<string, PageAddress>
  /** The references that it contains. */
  refs: ReadonlySet<string>
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
  return { ...draft, places, refs: refsIn(blocks), tree: deflateRawSync(JSON.stringify(blocks), { level: 1 }) }
}

/** The same draft with a new copy of its tree. */
export function unpackDraft({ places: _, refs: __, tree, ...draft }: PackedDraft): Draft {
  return { ...draft, blocks: JSON.parse(inflateRawSync(tree).toString()), homes: new Map(), listed: new Map() }
}

/** Where each reference is documented; the first page wins. */
export function placesOf(drafts: readonly PackedDraft[]): Map<string, PageAddress> {
  const all = new Map<string, PageAddress>()
  for (const { places } of drafts) for (const [ref, place] of places) if (!all.has(ref)) all.set(ref, place)
  return all
}

function refsIn(blocks: readonly RootContent[]): Set<string> {
  const refs = new Set<string>()
  const stack: Nodes[] = [...blocks]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'link' && node.data?.ref !== undefined) refs.add(node.data.ref)
    if ('children' in node) for (const child of node.children) stack.push(child)
  }
  return refs
}

/** The anchors that references of the drafts point to, as `page#anchor`. */
export function linkedAnchors(drafts: readonly PackedDraft[], places: ReadonlyMap<string, PageAddress>): Set<string> {
  const linked = new Set<string>()
  for (const { refs } of drafts)
    for (const ref of refs) {
      const { page, anchor = null } = places.get(ref) ?? {}
      if (anchor !== null) linked.add(`${page}#${anchor}`)
    }
  return linked
}

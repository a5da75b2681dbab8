/** Nodes for syntax of common tools beyond Markdown. Parsers produce them, `clean-guide.ts` consumes them. */

import type { Node, Parent, PhrasingContent, RootContent } from 'mdast'
import { capital } from '#base/capital.ts'
import { CALLOUTS, type CalloutKind } from '#markdown/callouts.ts'

/** A callout: a note, a tip, a warning. */
export interface Admonition extends Parent {
  type: 'admonition'
  kind: CalloutKind
  /** `null` when it is just the kind. */
  title: PhrasingContent[] | null
  children: RootContent[]
}

/** A set of blocks, one of which is visible at a time. */
export interface TabSet extends Node {
  type: 'tabSet'
  tabs: { title: string; children: RootContent[] }[]
}

/** A collapsible section. */
export interface Folded extends Parent {
  type: 'folded'
  title: string
  children: RootContent[]
}

declare module 'mdast' {
  interface RootContentMap {
    admonition: Admonition
    tabSet: TabSet
    folded: Folded
  }
  interface BlockContentMap {
    admonition: Admonition
    tabSet: TabSet
    folded: Folded
  }
  interface HeadingData {
    /** Explicit anchors set by the author. */
    anchors?: string[]
  }
}

/** A parsed document. */
export interface RawGuide {
  /** A title from outside the text; `null` when the first heading is the title. */
  title: string | null
  /** The parsed blocks, which are untrusted. */
  blocks: RootContent[]
  /** Position among the documents of its folder; lower ones come first. */
  position: number | null
  /** The name by which its tool's sidebar refers to it. */
  id: string | null
  /** The URL path on the site built by its tool. */
  slug: string | null
  /** A draft or unlisted document. */
  isHidden: boolean
  /** Images in the document, keyed by their number in a `HELD` URL. */
  held?: Map<number, Uint8Array>
  /** Labels by which other documents refer to it. */
  labels?: string[]
  /** The documents in its tables of contents, in order. */
  lists?: ListedDocument[]
}

/** An entry of a table of contents: a path as written, a pattern, or a caption for those that follow. */
export interface ListedDocument {
  target: string
  title: string | null
  isPattern?: boolean
  isCaption?: boolean
}

const KINDS: Readonly<Record<string, CalloutKind>> = {
  ...Object.fromEntries(CALLOUTS.map((kind) => [kind, kind])),
  ...{ info: 'note', abstract: 'note', summary: 'note', tldr: 'note', todo: 'note', seealso: 'note', see: 'note' },
  ...{ hint: 'tip', success: 'tip', check: 'tip', done: 'tip', question: 'note', help: 'note', faq: 'note' },
  ...{ attention: 'warning', warn: 'warning', danger: 'caution', error: 'caution', bug: 'caution', failure: 'caution' },
  ...{ fail: 'caution', missing: 'caution', example: 'note', quote: 'note', cite: 'note', secondary: 'note' },
  ...{ deprecated: 'warning', versionadded: 'note', versionchanged: 'note', aside: 'note', callout: 'note' },
}

/** The kind for a tool's word; `undefined` for unknown words. */
export const calloutKind = (word: string): CalloutKind | undefined =>
  Object.hasOwn(KINDS, word.toLowerCase()) ? KINDS[word.toLowerCase()] : undefined

/** The title of a callout without its own: `null` when it is just the kind. */
export function calloutTitle(word: string): PhrasingContent[] | null {
  const plain = word.toLowerCase()
  if (CALLOUTS.some((kind) => kind === plain)) return null
  const shown = plain === 'seealso' ? 'See also' : plain === 'tldr' ? 'TL;DR' : capital(plain)
  return [{ type: 'text', value: shown }]
}

/** Nodes for syntax that common tools add to Markdown. Parsers produce them, `clean-guide.ts` consumes them. */

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

/** Further words of tools, by the kind that they are shown as. */
const OTHER_WORDS: readonly (readonly [CalloutKind, words: string])[] = [
  [
    'note',
    `abstract aside callout cite example faq help info question quote secondary see seealso summary tldr todo versionadded
    versionchanged`,
  ],
  ['tip', 'check done hint success'],
  ['warning', 'attention deprecated warn'],
  ['caution', 'bug danger error fail failure missing'],
]
const KINDS: ReadonlyMap<string, CalloutKind> = new Map([
  ...CALLOUTS.map((kind) => [kind, kind] as const),
  ...OTHER_WORDS.flatMap(([kind, words]) => words.split(/\s+/).map((word) => [word, kind] as const)),
])

/** The kind for a tool's word; `undefined` for unknown words. */
export const calloutKind = (word: string): CalloutKind | undefined => KINDS.get(word.toLowerCase())

/** The title of a callout without its own: `null` when it is just the kind. */
export function calloutTitle(word: string): PhrasingContent[] | null {
  const plain = word.toLowerCase()
  if (CALLOUTS.some((kind) => kind === plain)) return null
  const shown = plain === 'seealso' ? 'See also' : plain === 'tldr' ? 'TL;DR' : capital(plain)
  return [{ type: 'text', value: shown }]
}

/** What documents of the common tools have beside Markdown: nodes of the trees that the readers give to `clean.ts`. */

import type { Node, Parent, PhrasingContent, RootContent } from 'mdast'
import { CALLOUTS, type CalloutKind } from '#markdown/callouts.ts'

/** A note, a tip, a warning. */
export interface Admonition extends Parent {
  type: 'admonition'
  kind: CalloutKind
  /** Where it has another one than its kind. */
  title: PhrasingContent[] | null
  children: RootContent[]
}

/** Blocks of which one is seen at a time. */
export interface TabSet extends Node {
  type: 'tabSet'
  tabs: { title: string; children: RootContent[] }[]
}

/** Blocks that open when they are asked for. */
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
    /** Anchors that its author gave it. */
    anchors?: string[]
  }
}

/** What a reader makes of a document. */
export interface RawGuide {
  /** Said beside the text; `null` where the first heading says it. */
  title: string | null
  /** Anything may be in it. */
  blocks: RootContent[]
  /** Its own place among those of its folder; lower ones come first. */
  position: number | null
  /** Another name for it in the list of its tool. */
  id: string | null
  /** Its address on the site that its tool makes. */
  slug: string | null
  /** Not to be shown. */
  isHidden: boolean
  /** Pictures within the document, by the number in `data:…`. */
  held?: Map<number, Uint8Array>
  /** Names by which others refer to it as a whole. */
  labels?: string[]
  /** Documents that it lists, in order, by the paths it names. */
  lists?: ListedDocument[]
}

/** An entry of a table of contents: a path as it is written, a pattern, or a caption of those that follow. */
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

/** The kind that a tool's word stands for; `undefined` for words that no tool has. */
export const calloutKind = (word: string): CalloutKind | undefined =>
  Object.hasOwn(KINDS, word.toLowerCase()) ? KINDS[word.toLowerCase()] : undefined

/** The words at the head of an admonition without a title of its own: none where it is called as its kind is. */
export function calloutTitle(word: string): PhrasingContent[] | null {
  const plain = word.toLowerCase()
  if (CALLOUTS.some((kind) => kind === plain)) return null
  const shown = plain === 'seealso' ? 'See also' : plain === 'tldr' ? 'TL;DR' : plain[0]?.toUpperCase() + plain.slice(1)
  return [{ type: 'text', value: shown }]
}

/** The repository's own documents as plain data, which `guides` reads and `pages` shows. */

import type { Heading, RootContent } from 'mdast'
import { normalise } from '#base/unicode-forms.ts'

declare module 'mdast' {
  interface LinkData {
    /** The target of a link to a file of the repository or to a heading of a document. */
    place?: GuidePlace
  }
  interface ImageData {
    /** The path of a file of the repository, or `data:` and a number for an image that the document contains itself. */
    picture?: string
  }
  interface InlineCodeData {
    /** The symbol that this text names, as marked by the document. */
    symbol?: string
  }
}

export interface GuidePlace {
  /** An existing file or folder. */
  path: string
  /** The key made by `anchorKey`; `null` for the whole document. */
  anchor: string | null
}

export interface Guide {
  /** The path of its file. */
  path: string
  title: string
  /**
   * The content without the title, safe to show: no HTML except the program's own markers, images only with
   * `ImageData.picture`, links only to the web or with `LinkData.place`.
   */
  blocks: RootContent[]
  /** Headings that other documents can link to, keyed by `anchorKey`. */
  anchors: Map<string, Heading>
  /** Whether the document was truncated. */
  isCut: boolean
}

/** A guide, or a group of guides. */
export interface GuideNode {
  title: string
  /** `null` for a group without a document of its own. */
  path: string | null
  children: GuideNode[]
}

/** Reasons for leaving documents out. */
export type GuideGap = 'translations' | 'other versions' | 'too many' | 'unreadable'

export interface Guides {
  /** Guides keyed by path; only those in `order`. */
  guides: Map<string, Guide>
  order: GuideNode[]
  /** Paths of files and folders, sorted. */
  leftOut: Map<GuideGap, string[]>
  /** Images that documents contain themselves, keyed by `ImageData.picture`. */
  held: Map<string, Uint8Array>
}

/** Tools make anchors from headings in different ways; all of them keep letters, marks and digits. */
export function anchorKey(anchor: string): string {
  return normalise(anchor.toLowerCase(), 'NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
}

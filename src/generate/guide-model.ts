/** The repository's own documents, as the stage that reads them hands them to the pages. Plain data. */

import type { Heading, RootContent } from 'mdast'

declare module 'mdast' {
  interface LinkData {
    /** Somebody's link to a file of the repository, or to a heading of a document. */
    place?: GuidePlace
  }
  interface ImageData {
    /** A file of the repository, or `data:` and the number of a picture that the document holds itself. */
    picture?: string
  }
  interface InlineCodeData {
    /** What it names, where it is marked as the name of a symbol. */
    symbol?: string
  }
}

export interface GuidePlace {
  /** Of a file or a folder that is there. */
  path: string
  /** As `anchorKey` makes it; `null` for the whole. */
  anchor: string | null
}

export interface Guide {
  /** Of its file. */
  path: string
  title: string
  /**
   * Safe to show: no HTML but our own marks, images with `ImageData.picture` alone, links to the web or with
   * `LinkData.place`. The title is not in it.
   */
  blocks: RootContent[]
  /** What others link to in it, by `anchorKey`. */
  anchors: Map<string, Heading>
  /** It is longer than what is shown. */
  isCut: boolean
}

/** A guide, or a group of some. */
export interface GuideNode {
  title: string
  /** `null` for a group without a document of its own. */
  path: string | null
  children: GuideNode[]
}

/** Why documents are not shown. */
export type GuideGap = 'translations' | 'old versions' | 'too many' | 'unreadable'

export interface Guides {
  /** By path, those of `order` alone. */
  guides: Map<string, Guide>
  order: GuideNode[]
  /** Paths of files and folders, sorted. */
  leftOut: Map<GuideGap, string[]>
  /** Pictures that documents hold within themselves, by what `ImageData.picture` calls them. */
  held: Map<string, Uint8Array>
}

/** Tools make anchors of headings in different ways: what all keep of them is letters and digits. */
export function anchorKey(anchor: string): string {
  return anchor.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

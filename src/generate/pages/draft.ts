/** A page while it is being written: blocks with references by name, and the heading that documents each component or file. */

import type { RootContent } from 'mdast'
import type { Component, PageSubject } from '#generate/model.ts'
import type { Anchored } from '#markdown/anchors.ts'

export type Home = Anchored | null

export type Listed = Component | string

export interface Draft {
  /** `src-http.md` */
  file: string
  title: string
  /** Module id; `null` if the page is about the whole repository. */
  module: string | null
  about: PageSubject
  /** See `Page.summary`. */
  summary?: string
  blocks: RootContent[]
  /** The target of each reference (see `refTo`) on this page: a heading or a list item; `null` for the top of the page. */
  homes: Map<string, Home>
  /** The subset of `homes` that has only a list item, not an entry. Values: the component, or the file's path. */
  listed: Map<string, Listed>
  /** Diagrams by their mermaid text: the files or components each node represents; see `Diagram`. */
  diagrams: Map<string, Record<string, readonly string[]>>
}

export function newDraft(file: string, title: string, module: string | null, about: PageSubject): Draft {
  return { file, title, module, about, blocks: [], homes: new Map(), listed: new Map(), diagrams: new Map() }
}

/** The names of link targets. The prefixes distinguish a file from a component of the same name. */
export const refTo = {
  component: (id: string): string => `component ${id}`,
  file: (path: string): string => `file ${path}`,
  module: (id: string): string => `module ${id}`,
  page: (file: string): string => `page ${file}`,
}

/** A page while it is written: blocks with references by name, and which heading is the home of which thing. */

import type { RootContent } from 'mdast'
import type { Component, PageSubject } from '#generate/model.ts'
import type { Anchored } from '#markdown/anchors.ts'

export type Home = Anchored | null

export type Listed = Component | string

export interface Draft {
  /** `src-http.md` */
  file: string
  title: string
  /** Module id; `null` for what is about the whole repository. */
  module: string | null
  about: PageSubject
  /** See `Page.summary`. */
  summary?: string
  blocks: RootContent[]
  /** The heading under which a thing is documented, or its line, by reference; `null` for the page itself. */
  homes: Map<string, Home>
  /** Those of them that have no entry there, but a line of a list at most: the component, or the path of the file. */
  listed: Map<string, Listed>
  /** Diagrams by their mermaid text: the files or components each node stands for; see `Diagram`. */
  diagrams: Map<string, Record<string, readonly string[]>>
}

export function newDraft(file: string, title: string, module: string | null, about: PageSubject): Draft {
  return { file, title, module, about, blocks: [], homes: new Map(), listed: new Map(), diagrams: new Map() }
}

/** The names under which things are linked to. The prefixes keep a file apart from a component of the same name. */
export const refTo = {
  component: (id: string): string => `component ${id}`,
  file: (path: string): string => `file ${path}`,
  module: (id: string): string => `module ${id}`,
  page: (file: string): string => `page ${file}`,
}

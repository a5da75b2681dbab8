/** All pages of a set. Pure: the same input gives the same bytes. */

import {
  type Analysis,
  compareText,
  type Diagram,
  type IndexEntry,
  type Inventory,
  type Module,
  type Page,
  type SourceLink,
  type Subject,
} from '#generate/model.ts'
import type { TreeNode } from '#store/model.ts'
import { type Draft, refTo } from './draft.ts'
import type { Detail } from './entry.ts'
import { writeModule } from './module-page.ts'
import { writeOverview } from './overview.ts'
import { type Place, placesOf, settle, sizeOf } from './settle.ts'
import { type LinkTo, Sources } from './sources.ts'
import { modulesOf, type Survey, survey } from './survey.ts'
import type { Writing } from './writing.ts'

export interface PagesInput {
  subject: Subject
  /** First line of the commit's message. */
  commitSubject: string
  /** The branch or tag that the commit was reached by, when known. */
  ref: string | null
  link: LinkTo
  inventory: Inventory
  analysis: Analysis
  root: Module
}

export interface Written {
  /** In reading order, the overview first. */
  pages: Page[]
  /** Every component, sorted by id. */
  index: IndexEntry[]
  diagrams: Diagram[]
  sources: SourceLink[]
}

const FULL: Detail = { docChars: 6_000, memberHeadings: true, maxEntries: 1_000 }
/** A page that is over `MAX_PAGE_CHARS` is written with the first of these that keeps it under, else with the last. */
const SHORTER: Detail[] = [
  { docChars: 600, memberHeadings: true, maxEntries: 1_000 },
  { docChars: 300, memberHeadings: false, maxEntries: 300 },
  { docChars: 0, memberHeadings: false, maxEntries: 60 },
]
const MAX_PAGE_CHARS = 700_000

export function writePages(input: PagesInput): Written {
  const { inventory, analysis, root } = input
  const facts = survey(inventory, analysis, root)
  const sources = new Sources(input.link)
  const { subject, commitSubject, ref } = input
  const names = namesOf(facts)
  const writing: Writing = { subject, commitSubject, ref, inventory, analysis, root, survey: facts, sources, names }
  const modules = modulesOf(root).slice(1)
  const drafts = [writeOverview(writing), ...modules.map((module) => writeBounded(writing, module))]
  const places = placesOf(drafts)
  return {
    pages: drafts.map((draft) => settle(draft, places)),
    index: indexOf(analysis, places),
    diagrams: drafts.flatMap((draft) =>
      [...draft.diagrams].map(([mermaid, nodes]) => ({ page: draft.file, mermaid, nodes })),
    ),
    sources: sources.list(),
  }
}

/** The tree of the sidebar: the overview is not in it. */
export function treeOf(root: Module): TreeNode[] {
  return root.children.map((module) => ({ title: module.title, file: `${module.slug}.md`, children: treeOf(module) }))
}

function writeBounded(writing: Writing, module: Module): Draft {
  let draft = writeModule(writing, module, FULL)
  for (const detail of SHORTER) {
    if (sizeOf(draft) <= MAX_PAGE_CHARS) break
    draft = writeModule(writing, module, detail)
  }
  return draft
}

/** Components of files that no module holds have no page and no entry. */
function indexOf(analysis: Analysis, places: ReadonlyMap<string, Place>): IndexEntry[] {
  return analysis.components
    .flatMap((component): IndexEntry[] => {
      const place = places.get(refTo.component(component.id))
      if (place === undefined || place.anchor === null) return []
      const { id, kind, file, startLine, endLine } = component
      return [{ id, kind, file, start_line: startLine, end_line: endLine, page: place.page, anchor: place.anchor }]
    })
    .sort((a, b) => compareText(a.id, b.id))
}

/** Exported names at the top of a module's files that stand for one component only. */
function namesOf(facts: Survey): Map<string, Map<string, string>> {
  const names = new Map<string, Map<string, string>>()
  for (const module of facts.around.keys()) {
    const own = new Map<string, string>()
    const twice = new Set<string>()
    for (const component of module.files.flatMap((path) => facts.tops.get(path) ?? [])) {
      if (!component.exported) continue
      if (own.has(component.name)) twice.add(component.name)
      own.set(component.name, component.id)
    }
    for (const name of twice) own.delete(name)
    names.set(module.id, own)
  }
  return names
}

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
import { writeModule } from './module-page.ts'
import { writeOverview } from './overview.ts'
import { inReadingOrder } from './reading-order.ts'
import { type Place, placesOf, settle } from './settle.ts'
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
  /** In the same order. */
  tree: TreeNode[]
  /** Every component, sorted by id. */
  index: IndexEntry[]
  diagrams: Diagram[]
  sources: SourceLink[]
}

export function writePages(input: PagesInput): Written {
  const { inventory, analysis, root } = input
  const facts = survey(inventory, analysis, root)
  const sources = new Sources(input.link)
  const { subject, commitSubject, ref } = input
  const names = namesOf(facts)
  const writing: Writing = { subject, commitSubject, ref, inventory, analysis, root, survey: facts, sources, names }
  const ordered = inReadingOrder(facts, root)
  const written = new Map(
    modulesOf(root)
      .slice(1)
      .map((module) => [module.id, writeModule(writing, module)]),
  )
  const drafts = [writeOverview(writing), ...modulesOf(ordered).flatMap((module) => written.get(module.id) ?? [])]
  const places = placesOf(drafts)
  return {
    pages: drafts.map((draft) => settle(draft, places)),
    tree: treeOf(ordered, written),
    index: indexOf(analysis, places),
    diagrams: drafts.flatMap((draft) =>
      [...draft.diagrams].map(([mermaid, nodes]) => ({ page: draft.file, mermaid, nodes })),
    ),
    sources: sources.list(),
  }
}

/** The tree of the sidebar, with the pages of files below their module. The overview is not in it. */
function treeOf(module: Module, pages: ReadonlyMap<string, Draft[]>): TreeNode[] {
  return module.children.map((child) => ({
    title: child.title,
    file: `${child.slug}.md`,
    children:
      child.children.length > 0
        ? treeOf(child, pages)
        : (pages.get(child.id) ?? []).slice(1).map(({ title, file }) => ({ title, file, children: [] })),
  }))
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

/** All pages of a set. Pure: the same input gives the same bytes. */

import { DEFAULT_LANGUAGE } from '#base/language.ts'
import type { Guides } from '#generate/guide-model.ts'
import { isPublic } from '#generate/is-public.ts'
import {
  type Analysis,
  compareText,
  type Diagram,
  type IndexEntry,
  type Inventory,
  type Module,
  modulesOf,
  type Package,
  type Page,
  type SourceLink,
  type Subject,
  type Surface,
} from '#generate/model.ts'
import { artifactPages } from '#generate/pages/artifacts/artifact-pages.ts'
import { callPages } from '#generate/pages/calls/call-section.ts'
import { commandLinePages } from '#generate/pages/commands/command-line-page.ts'
import { symbolPages } from '#generate/pages/data/symbol-pages.ts'
import { valueText } from '#generate/pages/entry/short-code.ts'
import { guidePages } from '#generate/pages/guide/guide-pages.ts'
import { writeModule } from '#generate/pages/module/module-page.ts'
import { Mentions } from '#generate/pages/names/mentions.ts'
import { writeOverview } from '#generate/pages/overview/overview.ts'
import { apiPages } from '#generate/pages/public-api/api-index.ts'
import type { Prose } from '#generate/prose-model.ts'
import type { TreeNode } from '#store/model.ts'
import { refTo } from './draft.ts'
import { linkedAnchors, type PackedDraft, type PageAddress, packDraft, placesOf, unpackDraft } from './packed-draft.ts'
import { indexRepo, type RepoIndex } from './repo-index.ts'
import { separateModules } from './separate-modules.ts'
import { type LinkTo, Sources } from './sources.ts'
import type { Texts } from './texts/texts.ts'
import { textsIn } from './texts/texts-in.ts'
import { unwrittenPage, type WrittenPage, writePage } from './write-page.ts'
import type { Writing } from './writing.ts'

export interface PagesInput {
  subject: Subject
  /** The branch or tag that the commit was reached by, when known. */
  ref: string | null
  link: LinkTo
  inventory: Inventory
  analysis: Analysis
  packages: readonly Package[]
  /** What the packages of the repository show; none by default. */
  surfaces?: readonly Surface[] | undefined
  /** The repository's own documents; none by default. */
  guides?: Guides | undefined
  /** Names of the pictures of theirs that the set keeps. */
  pictures?: ReadonlyMap<string, string> | undefined
  root: Module
  /** What a model added, all of it checked. */
  prose?: Prose | undefined
  /** In which pages are written, a BCP 47 tag; English where there are no texts for it. */
  language?: string | undefined
}

export interface Written {
  /** In reading order, the overview first. */
  pages: Page[]
  /** In the same order. */
  tree: TreeNode[]
  /** Every component, with each place that declares it, sorted by id. */
  index: IndexEntry[]
  diagrams: Diagram[]
  sources: SourceLink[]
  /** Where each file is documented, by path. */
  homes: Map<string, PageAddress>
  /** How often a page quotes a text in code style that is not its own, by page: words of the repository, its branch. */
  quoted: Map<string, Map<string, number>>
  /** The values that pages show of constants and attributes, as they are written, by component. */
  values: Map<string, string>
  /** The ids of components whose file alone is listed: they have no entry. */
  listed: Set<string>
}

/**
 * Writes a page within limits. The work may be run again.
 *
 * @param file - The name of the page.
 * @returns `undefined` when it failed.
 */
type AttemptPage = (file: string, work: () => WrittenPage) => WrittenPage | undefined

/** Pages that are drafted but not yet Markdown: whoever takes them may work on one while the next is written. */
export interface Drafted {
  count: number
  /** Each page once, in reading order. A page that was not written says so below its title. */
  pages(attempt: AttemptPage): Generator<Page>
  /** When all pages were taken. */
  written(): Written
}

export function writePages(input: PagesInput): Written {
  const drafted = draftPages(input)
  for (const _ of drafted.pages((_, work) => work()));
  return drafted.written()
}

/** What every page writer is given. */
export function writingOf(input: PagesInput): Writing {
  const { subject, ref, inventory, analysis, packages } = input
  const texts = textsIn(input.language ?? DEFAULT_LANGUAGE)
  const root = titled(input.root, texts)
  const facts = indexRepo(inventory, analysis, root)
  const { surfaces = [], guides = null, pictures = new Map(), prose = null } = input
  const about = { subject, ref, inventory, analysis, packages, surfaces, guides, pictures, root }
  const sources = new Sources(input.link)
  const mentions = new Mentions(facts, analysis)
  return { ...about, repo: facts, sources, mentions, texts, prose }
}

export function draftPages(input: PagesInput): Drafted {
  const writing = writingOf(input)
  const { inventory, analysis, repo: facts, sources, root, ref } = writing
  const written = new Map(
    modulesOf(root)
      .slice(1)
      .map((module) => [module.id, writeModule(writing, module).map(packDraft)]),
  )
  const [symbols, ...byLetter] = symbolPages(writing).map(packDraft)
  const [api, commands, calls, artifacts] = [apiPages, commandLinePages, callPages, artifactPages].map((write) =>
    write(writing).map(packDraft),
  ) as [PackedDraft[], PackedDraft[], PackedDraft[], PackedDraft[]]
  const names = symbols === undefined ? [] : [symbols]
  const extra = [...api, ...commands, ...calls, ...artifacts, ...names]
  const guides = guidePages(writing)
  const guideDrafts = (guides?.drafts ?? []).map(packDraft)
  const draftsOf = (module: Module) => modulesOf(module).flatMap(({ id }) => written.get(id) ?? [])
  const { own, aside } = separateModules(root.children, inventory)
  const overview = packDraft(writeOverview(writing, extra))
  const ownModules = own.flatMap(draftsOf)
  const asideModules = aside.flatMap(draftsOf)
  const drafts = [
    ...[overview, ...api, ...guideDrafts, ...ownModules, ...commands, ...calls, ...names, ...byLetter],
    ...[...asideModules, ...artifacts],
  ]
  // What several pages have is linked to modules first.
  const places = placesOf([overview, ...guideDrafts, ...draftsOf(root), ...extra, ...byLetter])
  const linked = linkedAnchors(drafts, places)
  const pages: Page[] = []
  const whole: Written = {
    pages,
    tree: [
      ...api.map((draft) => nodeOf(draft)),
      ...(guides === undefined ? [] : [guides.node]),
      ...treeOf(own, written),
      ...[...commands, ...calls].map((draft) => nodeOf(draft)),
      ...names.map((draft) => nodeOf(draft, byLetter)),
      ...[...treeOf(aside, written), ...artifacts.map((draft) => nodeOf(draft))].map((node) => ({
        ...node,
        aside: true as const,
      })),
    ],
    index: indexOf(analysis, places),
    diagrams: drafts.flatMap((draft) =>
      [...draft.diagrams].map(([mermaid, nodes]) => ({ page: draft.file, mermaid, nodes })),
    ),
    sources: [],
    homes: homesOf(inventory, places),
    quoted: new Map(),
    values: valuesOf(facts),
    listed: listedOf(places),
  }
  return {
    count: drafts.length,
    *pages(attempt) {
      for (const draft of drafts) {
        const write = (): WrittenPage =>
          writePage(unpackDraft(draft), places, (thing) => sources.addressOf(thing), linked)
        const { page, quoted } = attempt(draft.file, write) ?? unwrittenPage(draft, writing.texts.unwritten)
        whole.quoted.set(page.file, ref === null ? quoted : quoted.set(ref, 1))
        pages.push(page)
        yield page
      }
    },
    written: () => ({ ...whole, sources: sources.list() }),
  }
}

/** The modules with the titles that pages show. */
function titled(module: Module, texts: Texts): Module {
  const { titles } = texts
  if (titles === null) return module
  const title = module.titleIn?.(titles) ?? module.title
  return { ...module, title, children: module.children.map((child) => titled(child, texts)) }
}

/** The tree of the sidebar, with the pages of files below their module. The overview is not in it. */
function treeOf(modules: readonly Module[], pages: ReadonlyMap<string, PackedDraft[]>): TreeNode[] {
  return modules.map((child) => ({
    title: child.title,
    file: `${child.slug}.md`,
    children:
      child.children.length > 0
        ? treeOf(child.children, pages)
        : (pages.get(child.id) ?? []).slice(1).map((draft) => nodeOf(draft)),
  }))
}

function nodeOf({ title, file }: PackedDraft, below: readonly PackedDraft[] = []): TreeNode {
  return { title, file, children: below.map((draft) => nodeOf(draft)) }
}

function homesOf({ files }: Inventory, places: ReadonlyMap<string, PageAddress>): Map<string, PageAddress> {
  return new Map(
    files.flatMap(({ path }) => {
      const place = places.get(refTo.file(path))
      return place === undefined ? [] : [[path, place] as const]
    }),
  )
}

function listedOf(places: ReadonlyMap<string, PageAddress>): Set<string> {
  return new Set([...places.values()].flatMap(({ listed }) => (typeof listed === 'object' ? [listed.id] : [])))
}

function valuesOf(facts: RepoIndex): Map<string, string> {
  return new Map(
    [...facts.components.values()].flatMap((component) => {
      const value = isPublic(component, facts) ? valueText(facts, component) : undefined
      return value === undefined ? [] : [[component.id, value] as const]
    }),
  )
}

/** Components of files that no module holds have no page and no entry. */
function indexOf(analysis: Analysis, places: ReadonlyMap<string, PageAddress>): IndexEntry[] {
  return analysis.components
    .flatMap((component): IndexEntry[] => {
      const place = places.get(refTo.component(component.id))
      if (place === undefined || place.anchor === null) return []
      const { kind, declarations = [component] } = component
      const { page, anchor } = place
      return declarations.map(({ id, file, startLine, endLine }) => {
        return { id, kind, file, start_line: startLine, end_line: endLine, page, anchor }
      })
    })
    .sort((a, b) => compareText(a.id, b.id))
}

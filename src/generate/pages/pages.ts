/** Writes all pages of a set. Pure: the same input gives the same bytes. */

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
import { type PageGroups, pagesInOrder, sidebarTree } from './page-order.ts'
import { indexRepo, type RepoIndex } from './repo-index.ts'
import { type LinkTo, Sources } from './sources.ts'
import type { Texts } from './texts/texts.ts'
import { textsIn } from './texts/texts-in.ts'
import { unwrittenPage, type WrittenPage, writePage } from './write-page.ts'
import type { Writing } from './writing.ts'

export interface PagesInput {
  subject: Subject
  /** The branch or tag of the commit, if known. */
  ref: string | null
  link: LinkTo
  inventory: Inventory
  analysis: Analysis
  packages: readonly Package[]
  /** The public names of the repository's packages; none by default. */
  surfaces?: readonly Surface[] | undefined
  /** The repository's own documents; none by default. */
  guides?: Guides | undefined
  /** Names in the set of pictures in these documents. */
  pictures?: ReadonlyMap<string, string> | undefined
  root: Module
  /** The checked prose of a model. */
  prose?: Prose | undefined
  /** Language of the pages, as a BCP 47 tag; English if it has no texts. */
  language?: string | undefined
}

export interface Written {
  /** In reading order, the overview first. */
  pages: Page[]
  /** In the same order. */
  tree: TreeNode[]
  /** Every component with all its declarations, sorted by id. */
  index: IndexEntry[]
  diagrams: Diagram[]
  sources: SourceLink[]
  /** Where each file is documented, by path. */
  homes: Map<string, PageAddress>
  /** By page, how often it has a text from the repository, or the branch, in code style. */
  quoted: Map<string, Map<string, number>>
  /** The values of constants and attributes as pages show them, by component. */
  values: Map<string, string>
  /** The ids of components without an entry, of which pages list only the file. */
  listed: Set<string>
}

/**
 * Writes a page within limits. The work may be run again.
 *
 * @param file - The name of the page.
 * @returns `undefined` when it failed.
 */
type AttemptPage = (file: string, work: () => WrittenPage) => WrittenPage | undefined

/** Drafted pages, which become Markdown one by one, so that a caller can process one while the next is written. */
export interface Drafted {
  count: number
  /** Each page once, in reading order. A page that could not be written says so below its title. */
  pages(attempt: AttemptPage): Generator<Page>
  /** Call it after all pages were taken. */
  written(): Written
}

export function writePages(input: PagesInput): Written {
  const drafted = draftPages(input)
  for (const _ of drafted.pages((_, work) => work()));
  return drafted.written()
}

/** The input of all page writers. */
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
  const overview = packDraft(writeOverview(writing, extra))
  const groups: PageGroups = {
    overview,
    api,
    commands,
    calls,
    names,
    byLetter,
    artifacts,
    guides: guides && { drafts: guideDrafts, node: guides.node },
    modules: root.children,
    ofModules: written,
  }
  const drafts = pagesInOrder(groups, inventory)
  const ofModules = modulesOf(root).flatMap(({ id }) => written.get(id) ?? [])
  // References documented on multiple pages point to pages of modules first.
  const places = placesOf([overview, ...guideDrafts, ...ofModules, ...extra, ...byLetter])
  const linked = linkedAnchors(drafts, places)
  const pages: Page[] = []
  const whole: Written = {
    pages,
    tree: sidebarTree(groups, inventory),
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

/** Components in files without a module have neither a page nor an entry. */
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

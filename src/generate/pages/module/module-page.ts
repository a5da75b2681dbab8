/** Writes the page of a module: for a leaf, its files and their API; for a parent, its children. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Module } from '#generate/model.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { diagramBlocks } from '#generate/pages/drawing/diagram-blocks.ts'
import type { Detail } from '#generate/pages/entry/entry.ts'
import { environmentSection } from '#generate/pages/environment/environment.ts'
import { moduleProseSections, proseHead } from '#generate/pages/prose.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { hasDefinitions } from '#generate/pages/tops.ts'
import { testFiles } from '#generate/pages/usage/test-files.ts'
import { sizeOf } from '#generate/pages/write-page.ts'
import { toFile, type Writing, within, withPath } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { code, heading, type Inline, join, paragraph, plainText, refLink, table } from '#markdown/build.ts'
import { testsSection, writeCompact } from './compact-files.ts'
import { isShown } from './example-files.ts'
import { fileContents } from './file-contents.ts'
import { filePageNames } from './file-page-names.ts'
import { filePurpose } from './file-purpose.ts'
import { filePageOf, type Section, writeFile, writeFilePage } from './file-section.ts'
import { folderLabels } from './folder-label.ts'
import { hierarchySection } from './hierarchy.ts'
import { linkList } from './link-list.ts'
import { chartOf } from './module-chart.ts'
import { modulePurpose } from './module-purpose.ts'
import { moduleTable, ofMost, toListed, withoutSharedWords } from './module-table.ts'
import { notesOf } from './notes.ts'
import { type Purpose, purposeOf } from './purpose.ts'
import { routesSection } from './routes.ts'

const MAX_ROWS = 320
/** Limit on the sections of all files on one page, in characters of Markdown. */
const MAX_SECTIONS_CHARS = 60_000
/** Minimum length of a section that gets its own page if the limit is exceeded, and if it is exceeded without those, too. */
const FILE_PAGE_CHARS = [3_000, 1_000]
const MAX_PAGE_CHARS = 700_000
const FULL: Detail = { docChars: 20_000, memberHeadings: true, maxEntries: 1_000, maxUsers: 150 }
/** Levels of detail for a page over `MAX_PAGE_CHARS`: the first that keeps it within the limit is used, otherwise the last. */
const SHORTER: Detail[] = [
  { docChars: 600, memberHeadings: true, maxEntries: 1_000, maxUsers: 20 },
  { docChars: 300, memberHeadings: false, maxEntries: 300, maxUsers: 0 },
  { docChars: 2_000, memberHeadings: false, maxEntries: 60, maxUsers: 0 },
]
/** Files that represent their folder. */
const HEAD = /^(?:index\.[cm]?[jt]sx?|__init__\.py|mod\.rs|lib\.rs|mod\.ts)$/

/** The pages of a module: its own and, if that would be too long, one for each file with a long section. */
export function writeModule(writing: Writing, module: Module): Draft[] {
  const draft = newDraft(`${module.slug}.md`, module.title, module.id, 'module')
  const purpose = purposeOf(writing, module)
  const prose = writing.prose?.modules.get(module.id)
  const said = modulePurpose(writing, module)
  draft.summary = plainText(paragraph(...said))
  const isSaid = purpose !== null || prose?.purpose !== undefined || said.length === 0
  const labels = folderLabels(writing.repo, module)
    .filter((label) => label !== `${module.title}/`)
    .map((label): Inline[] => [quoted(label)])
  const words = [
    ...(purpose?.blocks ?? []),
    ...proseHead(writing, prose?.purpose),
    ...(isSaid ? [] : [paragraph(...said)]),
  ]
  draft.homes.set(refTo.module(module.id), null)
  append(draft.blocks, [
    heading(1, module.title),
    ...withPath(words.length === 0 ? [] : join(labels, writing.texts.comma), words),
    ...notesOf(writing, module.notes),
  ])
  append(draft.blocks, moduleProseSections(writing, draft, prose))
  if (module.children.length > 0) {
    writeChildren(writing, draft, module)
    writeChart(writing, draft, module)
    return [draft]
  }
  return [draft, ...writeFiles(writing, draft, module, purpose)]
}

/** The diagram of a module, or of the whole repository on the overview. */
export function writeChart(writing: Writing, draft: Draft, module: Module): boolean {
  const chart = chartOf(writing.repo, module, module === writing.root)
  if (chart === null) return false
  // The key of a box is a reference to its file or module.
  const boxes = chart.boxes.map(({ key, label, files: [path] }): Inline[] => [
    refLink(key, path !== undefined && key === refTo.file(path) ? code(label) : label),
  ])
  const { drawn } = writing.texts.module
  const share = chart.drawn < chart.total ? drawn(chart.drawn, chart.total) : ''
  append(draft.blocks, diagramBlocks(writing, draft, chart, boxes, share))
  return true
}

function writeChildren(writing: Writing, draft: Draft, module: Module): void {
  const words = writing.texts.module
  const chosen = moduleTable(writing, module.children)
  const links = module.children.map(toListed)
  append(draft.blocks, [heading(2, words.children), ...(chosen.length > 0 ? chosen : linkList(writing, links, false))])
}

function writeFiles(writing: Writing, draft: Draft, module: Module, purpose: Purpose | null): Draft[] {
  const { repo } = writing
  const words = writing.texts.module
  const role = (path: string): string => repo.files.get(path)?.role ?? 'code'
  const rank = (path: string): number => (HEAD.test(within(module.path, path)) ? 0 : 1)
  const code = (repo.codeIn.get(module) ?? []).toSorted((a, b) => rank(a) - rank(b))
  const described = code.filter((path) => hasDefinitions(repo, path) || repo.fileDocs.has(path))
  const silent = code.filter((path) => !described.includes(path))
  const sections = sectionsOf(writing, module, described, purpose)
  const own = sections.filter(({ isOwn }) => isOwn)
  // A file that contains only the introduction of the page is not listed.
  const chosen = sections.filter(({ path }) => purpose?.from !== path || hasDefinitions(repo, path))
  if (chosen.length > 2 || own.length > 0) append(draft.blocks, filesTable(writing, module, chosen, silent))
  writeChart(writing, draft, module)
  append(draft.blocks, hierarchySection(writing, draft, module))
  append(draft.blocks, [...routesSection(writing, module), ...environmentSection(writing, module)])
  for (const section of sections) if (!section.isOwn) appendDraft(draft, section.draft)
  append(draft.blocks, testsSection(writing, module))
  const examples = module.files.filter((path) => role(path) === 'example')
  const others = examples.filter((path) => !isShown(path, repo))
  // If there is only data, it counts as examples.
  const isMixed = others.length < examples.length
  writeCompact(writing, draft, module, words.otherFiles, isMixed ? [...silent, ...others] : silent)
  writeCompact(
    writing,
    draft,
    module,
    words.examples,
    isMixed ? examples.filter((path) => isShown(path, repo)) : examples,
  )
  const tests = testFiles(writing)
  const ofTests = module.files.filter((path) => role(path) === 'test')
  const isTests = (path: string): boolean => tests.has(path)
  writeCompact(writing, draft, module, words.tests, ofTests.filter(isTests))
  writeCompact(
    writing,
    draft,
    module,
    words.testSupport,
    ofTests.filter((path) => !isTests(path)),
  )
  return own.map(({ path, page, ...section }) => {
    const summary = plainText(paragraph(...filePurpose(writing, path)))
    const written = writeBounded((detail) =>
      detail === FULL
        ? filePageOf(writing, page, module, path, section)
        : writeFilePage(writing, page, module, path, detail),
    )
    return { ...written, summary }
  })
}

/** A table of the files of a module with their purposes, and a line with all others. */
function filesTable(
  writing: Writing,
  module: Module,
  sections: readonly FileSection[],
  undescribed: readonly string[],
): RootContent[] {
  const words = writing.texts.module
  const kinds = new Set(sections.map(({ path }) => extensionOf(path)))
  // Files in other languages are settings.
  const silent = undescribed.filter((path) => kinds.has(extensionOf(path)))
  const rows = withoutSharedWords(
    [...sections.map(({ path }) => path), ...silent].map((path) => ({ path, words: fileContents(writing, path) })),
  )
  const described = rows.filter(({ words }) => words.length > 0)
  const chosen = ofMost(writing, described, rows, ({ path }) => [path])
  const others = rows.filter((row) => !chosen.includes(row))
  if (chosen.length === 0 && !sections.some(({ isOwn }) => isOwn)) return []
  const linkTo = ({ path }: { path: string }): Inline[] => toFile(path, within(module.path, path))
  const ordered = privateLast(chosen)
  const shown = ordered.slice(0, MAX_ROWS)
  const left = [...ordered.slice(MAX_ROWS), ...privateLast(others)].map((row) => ({
    link: linkTo(row),
    files: [row.path],
    name: row.path,
  }))
  return [
    heading(2, words.files),
    ...(shown.length === 0
      ? []
      : [
          table(
            [...words.fileHeads],
            shown.map((row) => [linkTo(row), row.words]),
          ),
        ]),
    ...linkList(writing, left, shown.length > 0),
  ]
}

const privateLast = <T extends { path: string }>(rows: readonly T[]): T[] => [
  ...rows.filter(({ path }) => !isPrivate(path)),
  ...rows.filter(({ path }) => isPrivate(path)),
]

/** Whether a file's name begins with `_`, but is not `__init__.py` or the like. */
const isPrivate = (path: string): boolean => /^_(?!_)/.test(nameOf(path))

const extensionOf = (path: string): string => /\.\w+$/.exec(path)?.[0] ?? ''

interface FileSection extends Section {
  path: string
  /** Name of the file's page, if it gets one. */
  page: string
  isOwn: boolean
}

/** The section of each file, and whether it gets its own page. */
function sectionsOf(
  writing: Writing,
  module: Module,
  paths: readonly string[],
  purpose: Purpose | null,
): FileSection[] {
  const pages = filePageNames(module, paths)
  const sections = paths.map((path): FileSection => {
    const draft = newDraft('', '', module.id, 'file')
    const head = writeFile(writing, draft, module, path, FULL, purpose?.from === path)
    return { path, draft, head, detail: FULL, page: pages.get(path) ?? '', isOwn: false }
  })
  const sizes = new Map(sections.map((next) => [next, sizeOf(next.draft)]))
  let least = Number.POSITIVE_INFINITY
  for (const next of FILE_PAGE_CHARS) {
    const left = [...sizes.values()].reduce((sum, size) => sum + (size < least ? size : 0), 0)
    if (left > MAX_SECTIONS_CHARS) least = next
  }
  return sections.map((next) => ({ ...next, isOwn: (sizes.get(next) ?? 0) >= least }))
}

/** Writes the page with the first level of detail that keeps it within the limit, otherwise with the last. */
function writeBounded(write: (detail: Detail) => Draft): Draft {
  let draft = write(FULL)
  for (const detail of SHORTER) {
    if (sizeOf(draft) <= MAX_PAGE_CHARS) break
    draft = write(detail)
  }
  return draft
}

function appendDraft(draft: Draft, section: Draft): void {
  append(draft.blocks, section.blocks)
  for (const [ref, home] of section.homes) draft.homes.set(ref, home)
}

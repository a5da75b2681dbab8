/** What a set says to its search: pages and symbols, with how near each is to what the repository is about. Pure. */

import type { PageResult } from '#markdown/render-pages.ts'
import { withoutSymbolLinks } from '#markdown/symbol-links.ts'
import type { SearchableDocument, SearchablePage, SearchableSymbol, Standing } from '#search/build.ts'
import type { Analysis, Component, IndexEntry, Inventory, Module, Page } from './model.ts'
import { isDocument, sectionsOf } from './pages/documents.ts'
import { kindWord } from './pages/kind-word.ts'

/** Of Rust, within the file that it tests. */
const TEST_MODULE = /(?:^|\.)tests?(?:\.|$)/
const BENCHES = /(?:^|\/)bench(?:mark)?(?:s|es)?\//i

/** Of every file that is not the repository's own code. */
export function standingsOf({ files }: Inventory): Map<string, Standing> {
  const standings = new Map<string, Standing>()
  for (const { path, role } of files) {
    if (role === 'test') standings.set(path, 'test')
    else if (role === 'example' || role === 'docs' || BENCHES.test(path)) standings.set(path, 'aside')
  }
  return standings
}

/** The lists of all names would be found by every one of them; only that there is one is told. */
export function searchablePages(
  pages: readonly Page[],
  rendered: readonly PageResult[],
  root: Module,
  standings: ReadonlyMap<string, Standing>,
): SearchablePage[] {
  const modules = new Map<string, Standing>()
  function settle(module: Module): Standing {
    const inside = [...module.children.map(settle), ...module.files.map((file) => standings.get(file) ?? 'own')]
    const isOwn = inside.length === 0 || inside.includes('own')
    const standing = isOwn ? 'own' : inside.includes('aside') ? 'aside' : 'test'
    modules.set(module.id, standing)
    return standing
  }
  settle(root)
  return pages.map(({ file, title, module, about }, index) => {
    const { headings = [], sections = [] } = about === 'symbols' ? {} : (rendered[index] ?? {})
    const standing = about === 'symbols' ? 'aside' : module === null ? 'own' : (modules.get(module) ?? 'own')
    return { file, title, headings, sections, standing, isGuide: about === 'guide' }
  })
}

/**
 * @param values - What constants are, as it is written, by component.
 * @param lineAt - The address of a line of its file, with `{line}` for the number, of what has no entry on its page.
 */
export function searchableSymbols(
  index: readonly IndexEntry[],
  analysis: Analysis,
  standings: ReadonlyMap<string, Standing>,
  values: ReadonlyMap<string, string>,
  lineAt: (component: Component) => string | null = () => null,
): SearchableSymbol[] {
  const components = new Map(analysis.components.map((component) => [component.id, component]))
  const uses = new Map<string, number>()
  for (const { to, origin } of analysis.edges) {
    if (origin !== 'unique-name') uses.set(to, (uses.get(to) ?? 0) + 1)
  }
  return index.flatMap(({ id, file, start_line: line, page, anchor }) => {
    const component = components.get(id)
    if (component === undefined) return []
    const { qualifiedName, label: name = qualifiedName, exported: isPublic, doc } = component
    const isInTests = file.endsWith('.rs') && TEST_MODULE.test(qualifiedName)
    const standing = isInTests ? 'test' : (standings.get(file) ?? 'own')
    const words = doc === null ? null : withoutSymbolLinks(doc)
    const [kind, value] = [kindWord(component), values.get(id) ?? null]
    const place = { file, line, page, anchor, lineAt: lineAt(component) }
    return [{ name, kind, ...place, doc: words, value, isPublic, standing, uses: uses.get(id) ?? 0 }]
  })
}

/** Not more than are read: a repository may keep thousands of pages of a manual. */
const MAX_DOCUMENT_SECTIONS = 4_000

/** Letters of the names of files and folders that tell how it was; a version behind them does not count. */
const PAST_FILES = new Set(['changelog', 'changes', 'history', 'news', 'releasenotes', 'whatsnew'])
const PAST_FOLDERS = new Set([
  'changelog',
  'changelogs',
  'releases',
  'archive',
  'archived',
  'legacy',
  'old',
  'versioneddocs',
])
const VERSION = /^v?\d/

/** Whether a document is a changelog, or in a folder for an old version. */
function isOfThePast(path: string): boolean {
  const folders = path.toLowerCase().split('/')
  const name = folders.pop() ?? ''
  const lettersOf = (text: string): string => text.replace(/[^a-z]/g, '')
  const stem = name.split(/[.\d]|-v\d/, 1)[0] ?? ''
  return (
    PAST_FILES.has(lettersOf(stem)) ||
    folders.some((folder) => PAST_FOLDERS.has(lettersOf(folder)) || VERSION.test(folder))
  )
}

/** The sections of the repository's own documents. @param lineAt - The address of a line of a file, with `{line}` for the number. */
export function searchableDocuments(
  { files }: Inventory,
  lineAt: (file: string) => string | null,
): SearchableDocument[] {
  const documents: SearchableDocument[] = []
  for (const file of files.filter(isDocument)) {
    const address = lineAt(file.path)
    if (address === null) continue
    const sections = sectionsOf(file)
    if (documents.length + sections.length > MAX_DOCUMENT_SECTIONS) continue
    for (const { title, ...section } of sections)
      documents.push({
        ...section,
        title: title ?? file.path,
        file: file.path,
        lineAt: address,
        standing: isOfThePast(file.path) ? 'aside' : 'own',
      })
  }
  return documents
}

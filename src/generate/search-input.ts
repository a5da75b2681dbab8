/** Prepares the pages, symbols and code files of a set as input for its search index. Pure. */

import type { PageResult } from '#markdown/render-pages.ts'
import { withoutSymbolLinks } from '#markdown/symbol-links.ts'
import type { SearchablePage, SearchableSymbol } from '#search/build-index.ts'
import { buildFileWords } from '#search/file-words.ts'
import type { Standing } from '#search/search-weights.ts'
import type { Analysis, Component, FileRole, IndexEntry, Inventory, Module, Page } from './model.ts'
import { kindWord } from './pages/entry/kind-word.ts'
import { titleOf } from './pages/writing.ts'
import { standingOf } from './search-standings.ts'
import { isChangelog } from './searchable-documents.ts'

/** Pages that are indexes of names can only be found by their titles; otherwise every name would match them. */
export function searchablePages(
  pages: readonly Page[],
  rendered: readonly PageResult[],
  root: Module,
  standings: ReadonlyMap<string, Standing>,
): SearchablePage[] {
  const modules = new Map<string, Standing>()
  function classify(module: Module): Standing {
    const inside = [...module.children.map(classify), ...module.files.map((file) => standings.get(file) ?? 'own')]
    const isOwn = inside.length === 0 || inside.includes('own')
    const standing = isOwn ? 'own' : inside.includes('aside') ? 'aside' : 'test'
    modules.set(module.id, standing)
    return standing
  }
  classify(root)
  return pages.map(({ file, title, module, about }, index) => {
    const { headings = [], sections = [] } = about === 'symbols' ? {} : (rendered[index] ?? {})
    const isSecondary = about === 'symbols' || (about === 'guide' && isChangelog(title))
    const standing = isSecondary ? 'aside' : module === null ? 'own' : (modules.get(module) ?? 'own')
    return { file, title, headings, sections, standing, isGuide: about === 'guide' }
  })
}

const ROLES: ReadonlySet<FileRole> = new Set(['code', 'test', 'example'])
/** Configuration and manifests may be code as well. */
const LANGUAGES: ReadonlySet<string> = new Set([
  ...['bash', 'c', 'cpp', 'csharp', 'go', 'java', 'javascript', 'kotlin', 'php', 'python', 'ruby', 'rust', 'scala'],
  ...['svelte', 'swift', 'typescript', 'tsx', 'vue'],
])

/** The bytes of `file-words.bin`: the words of the code files. */
export function fileWordsOf({ files }: Inventory, standings: ReadonlyMap<string, Standing>): Uint8Array {
  return buildFileWords(
    files.flatMap(({ path, role, language, text }) =>
      text === null || (!ROLES.has(role) && !LANGUAGES.has(language ?? ''))
        ? []
        : [{ path, text, isTest: standings.get(path) === 'test' }],
    ),
  )
}

/** Limit on the definitions that enclose one. */
const MAX_DEPTH = 100

/**
 * @param values - Source text of the values of constants, keyed by component.
 * @param lineAt - The URL of a line in the component's file, with `{line}` for the number, when no page has an entry
 * for it.
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
  const marks = new Map<string, SearchableSymbol['mark']>()
  /** Of the component, or of the innermost enclosing one that has a mark. */
  function markOf(id: string | null): SearchableSymbol['mark'] {
    const chain: string[] = []
    let mark: SearchableSymbol['mark'] = null
    for (let at = id; at !== null && mark === null && chain.length < MAX_DEPTH; ) {
      const known = marks.get(at)
      const component = components.get(at)
      chain.push(at)
      mark = known ?? (component?.hidden ? 'internal' : component?.details?.deprecated == null ? null : 'deprecated')
      at = known === undefined ? (component?.parent ?? null) : null
    }
    for (const each of chain) marks.set(each, mark)
    return mark
  }
  return index.flatMap(({ id, file, start_line: line, page, anchor }) => {
    const component = components.get(id)
    if (component === undefined) return []
    const { exported: isPublic, doc } = component
    const name = titleOf(component)
    const standing = standingOf(component, standings)
    const words = doc === null ? null : withoutSymbolLinks(doc)
    const [kind, value] = [kindWord(component), values.get(id) ?? null]
    const place = { file, line, page, anchor, lineAt: lineAt(component) }
    return [{ name, kind, ...place, doc: words, value, isPublic, standing, uses: uses.get(id) ?? 0, mark: markOf(id) }]
  })
}

/** Prepares the symbols of a repository as input for its search index. Pure. */

import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { titleOf } from '#generate/pages/writing.ts'
import { withoutSymbolLinks } from '#markdown/symbol-links.ts'
import type { SearchableSymbol } from '#search/build-index.ts'
import type { Standing } from '#search/search-weights.ts'
import type { Analysis, Component, IndexEntry } from './model.ts'
import { standingOf } from './search-standings.ts'

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
  return index.flatMap(({ id, file, start_line: line, page, anchor }) => {
    const component = components.get(id)
    if (component === undefined) return []
    const { exported: isPublic, doc } = component
    const name = titleOf(component)
    const standing = standingOf(component, standings)
    const words = doc === null ? null : withoutSymbolLinks(doc)
    const [kind, value] = [kindWord(component), values.get(id) ?? null]
    const place = { file, line, page, anchor, lineAt: lineAt(component) }
    return [{ name, kind, ...place, doc: words, value, isPublic, standing, uses: uses.get(id) ?? 0 }]
  })
}

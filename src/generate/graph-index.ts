/** Prepares the graph of a repository as input for its index. Pure. */

import { MAX_PLACES, summaryOf } from '#generate/pages/data/graph-json.ts'
import { buildGraphIndex, type DefinitionInput, type FileInput } from '#graph-queries/build.ts'
import type { Place } from '#graph-queries/format.ts'
import type { Standing } from '#search/search-weights.ts'
import type { Analysis, Component, IndexEntry, Inventory } from './model.ts'
import type { LinkTo } from './pages/sources.ts'
import { standingOf } from './search-standings.ts'

export interface GraphIndexInput {
  inventory: Inventory
  /** The analysis with merged declarations. */
  analysis: Analysis
  standings: ReadonlyMap<string, Standing>
  index: readonly IndexEntry[]
  link: LinkTo
}

/** The bytes of `graph-index.bin`. */
export function graphIndexOf({ inventory, analysis, standings, index, link }: GraphIndexInput): Uint8Array {
  const { components, edges, occurrences } = analysis
  const entries = new Map(index.map((entry) => [entry.id, entry]))
  const isTest = (component: Component): boolean => standingOf(component, standings) === 'test'
  const definitions = components.flatMap((component) => {
    const { declarations = [], ...own } = component
    const { page = null, anchor = null } = entries.get(own.id) ?? {}
    const main: DefinitionInput = {
      id: own.id,
      file: own.file,
      kind: own.kind,
      qualifiedName: own.qualifiedName,
      startLine: own.startLine,
      endLine: own.endLine,
      isExported: own.exported,
      isTest: isTest(component),
      signature: own.signature,
      summary: summaryOf(component),
      page,
      anchor,
      parent: own.parent,
    }
    const further = declarations.filter(({ id }) => id !== own.id)
    return [main, ...further.map((place) => ({ ...main, ...place, repeats: own.id }))]
  })
  const named = new Set(definitions.map(({ file }) => file))
  for (const { from, to } of edges) {
    named.add(from)
    named.add(to)
  }
  const files = inventory.files.flatMap(({ path, lines }): FileInput[] =>
    named.has(path)
      ? [{ path, lines, isTest: standings.get(path) === 'test', page: null, link: lineTemplate(link, path) }]
      : [],
  )
  const byId = new Map(components.map((component) => [component.id, component]))
  const placesOf = (edge: number): Place[] => {
    const source = edges[edge]?.from ?? ''
    const own = byId.get(source)?.file ?? source
    return occurrences
      .ofEdge(edge)
      .slice(0, MAX_PLACES)
      .map(({ file, line, column, block }): Place => {
        const kind = occurrences.blockOf(file, block)?.kind ?? null
        return file === own ? [line, column, kind] : [line, column, kind, file]
      })
  }
  return buildGraphIndex({ commit: inventory.commit, files, definitions, edges, placesOf })
}

const [SOME_LINE, OTHER_LINE] = [987_654_321, 987_654_322]

/** The URL of lines of a file, with `{start}` and `{end}` for the numbers; `null` if it does not contain the start once. */
function lineTemplate(link: LinkTo, file: string): string | null {
  const address = link(file, SOME_LINE, OTHER_LINE)
  if (address?.split(String(SOME_LINE)).length !== 2) return null
  return address.replace(String(SOME_LINE), '{start}').replace(String(OTHER_LINE), '{end}')
}

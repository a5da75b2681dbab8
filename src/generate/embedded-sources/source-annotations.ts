/** Annotations beside the lines of an embedded file: links to the places where they are documented and cited. */

import { type Analysis, compareText, type IndexEntry, type Page, type SourceLink } from '#generate/model.ts'
import { oneLine } from '#markdown/build.ts'
import type { SourceMarks } from '#store/model.ts'

export interface AnnotationsInput {
  pages: readonly Page[]
  index: readonly IndexEntry[]
  /** The places where files are documented, keyed by path. */
  homes: ReadonlyMap<string, { page: string; anchor: string | null }>
  sources: readonly SourceLink[]
  /** The analysis with every declaration of components that are declared in several places. */
  graph: Analysis
}

/** Annotations keyed by path; a file without annotations has no entry. */
export function annotationsOf({ pages, index, homes, sources, graph }: AnnotationsInput): Map<string, SourceMarks> {
  const all = new Map<string, SourceMarks>()
  const of = (path: string): SourceMarks => {
    const known = all.get(path)
    if (known !== undefined) return known
    const fresh: SourceMarks = { home: null, symbols: [], spans: [] }
    all.set(path, fresh)
    return fresh
  }
  const titles = new Map(pages.map(({ file, title }) => [file, oneLine(title)]))
  for (const [path, { page, anchor }] of homes) {
    const title = titles.get(page)
    if (title !== undefined) of(path).home = { page, anchor: anchor ?? '', title }
  }
  const components = new Map(graph.components.map((component) => [component.id, component]))
  for (const { id, file, start_line: line, end_line: end, page, anchor } of index) {
    const name = oneLine(components.get(id)?.qualifiedName ?? '')
    if (name !== '') of(file).symbols.push([line, end, name, page, anchor])
  }
  for (const { path, startLine, endLine } of sources) {
    if (startLine !== null && endLine !== null && endLine > startLine) of(path).spans.push([startLine, endLine])
  }
  for (const marks of all.values()) {
    marks.symbols = withoutSharedEntries(marks.symbols)
    marks.spans = unique(marks.spans)
  }
  return all
}

/** Keeps one symbol for each place on a page: members often share the place of their class, which comes first. */
function withoutSharedEntries(symbols: SourceMarks['symbols']): SourceMarks['symbols'] {
  const seen = new Set<string>()
  return symbols
    .sort((a, b) => a[0] - b[0] || b[1] - a[1] || compareText(a[2], b[2]))
    .filter(([, , , page, anchor]) => {
      const entry = `${page}#${anchor}`
      if (seen.has(entry)) return false
      seen.add(entry)
      return true
    })
}

function unique(spans: SourceMarks['spans']): SourceMarks['spans'] {
  const byLines = new Map(spans.map((span) => [span.join('-'), span]))
  return [...byLines.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1])
}

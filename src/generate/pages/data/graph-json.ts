/** Builds `graph.json`. Its format is public: change `version` with it. */

import {
  type Analysis,
  type BlockKind,
  type Component,
  type Edge,
  type Inventory,
  type Module,
  modulesOf,
} from '#generate/model.ts'
import type { Occurrences } from '#generate/occurrences.ts'
import { firstSentence } from '#generate/pages/first-sentence.ts'
import { oneLine, plainText } from '#markdown/build.ts'
import { listPieces } from './json-pieces.ts'

interface GraphInput {
  root: Module
  graph: Analysis
  inventory: Inventory
}

/**
 * The text of `graph.json`: files, components and the edges between them, possibly millions. Summaries are
 * computed at once, but the text is only created when its pieces are read.
 */
export function graphPieces(input: GraphInput): () => Iterable<string> {
  const summaries = input.graph.components.map(summaryOf)
  return () => piecesWith(input, summaries)
}

function* piecesWith({ root, graph, inventory }: GraphInput, summaries: readonly (string | null)[]): Generator<string> {
  const modules = new Map(modulesOf(root).flatMap((module) => module.files.map((path) => [path, module.id] as const)))
  const { occurrences, artifacts } = graph
  yield `{"version":2,"commit":${JSON.stringify(inventory.commit)},"files":`
  yield* listPieces(inventory.files, ({ path, language, lines, blob }) => ({
    path,
    language,
    lines,
    blob,
    module: modules.get(path) ?? null,
  }))
  yield ',"components":'
  yield* listPieces(graph.components, (component, index) => ({
    id: component.id,
    kind: component.kind,
    name: component.name,
    file: component.file,
    start_line: component.startLine,
    end_line: component.endLine,
    exported: component.exported,
    visibility: component.visibility,
    signature: component.signature,
    summary: summaries[index],
  }))
  yield ',"edges":'
  yield* listPieces(graph.edges, (edge, index) => edgeOf(edge, occurrences, index))
  yield ',"artifacts":'
  yield* listPieces(artifacts.nodes, ({ id, kind, name, file, startLine, endLine, detail }) => ({
    id,
    kind,
    name,
    file,
    start_line: startLine,
    end_line: endLine,
    detail,
  }))
  yield ',"artifact_edges":'
  yield* listPieces(artifacts.edges, ({ from, to, kind }) => ({ from, to, kind }))
  yield '}'
}

/** Maximum number of places per edge. */
export const MAX_PLACES = 20

/** An edge with the places of its uses: line, column, and the kind of the enclosing block. */
function edgeOf({ from, to, kind, origin, confidence }: Edge, occurrences: Occurrences, index: number): unknown {
  const edge = { from, to, kind, origin, confidence }
  const uses = occurrences.ofEdge(index)
  if (uses.length === 0) return edge
  const places = uses.slice(0, MAX_PLACES).map((use): [number, number] | [number, number, BlockKind] => {
    const kind = occurrences.blockOf(use.file, use.block)?.kind
    return kind === undefined ? [use.line, use.column] : [use.line, use.column, kind]
  })
  return { ...edge, places }
}

/** The first sentence of a doc comment as plain text. */
export function summaryOf({ doc }: Pick<Component, 'doc'>): string | null {
  const sentence = doc === null ? null : firstSentence(doc)
  const text = sentence === null ? '' : oneLine(plainText({ type: 'paragraph', children: sentence }))
  return text === '' ? null : text
}

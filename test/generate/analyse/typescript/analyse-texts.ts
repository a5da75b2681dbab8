/** Runs the TypeScript analyser on texts, and shows what it found in a form that is easy to compare. */

import assert from 'node:assert/strict'
import { analyse } from '#generate/analyse/analyse.ts'
import { typescriptAnalyser } from '#generate/analyse/typescript/typescript.ts'
import type { Analysis } from '#generate/model.ts'
import { inventoryOf } from '../inventory-of.ts'

export async function analyseTexts(files: Record<string, string>): Promise<Analysis> {
  const context = { signal: new AbortController().signal, onProgress: () => {} }
  return analyse(await inventoryOf(files), context, [typescriptAnalyser])
}

/** `from kind to (origin)` of every edge, sorted. */
export function edgesOf(analysis: Analysis): string[] {
  return analysis.edges.map((edge) => `${edge.from} ${edge.kind} ${edge.to} (${edge.origin})`).sort()
}

/** `id kind +|-` of every component; `+` is exported. */
export function componentsOf(analysis: Analysis): string[] {
  return analysis.components.map(({ id, kind, exported }) => `${id} ${kind} ${exported ? '+' : '-'}`)
}

/** Equal in everything, the places of uses included. */
export function assertSame(actual: Analysis, expected: Analysis): void {
  assert.deepEqual({ ...actual, occurrences: placesIn(actual) }, { ...expected, occurrences: placesIn(expected) })
}

function placesIn({ edges, occurrences }: Analysis): unknown {
  const uses = edges.flatMap((_, index) => occurrences.ofEdge(index))
  const files = new Set(uses.map(({ file }) => file))
  return {
    uses: uses.map((use) => ({ ...use, blocks: occurrences.blocksAround(use) })),
    bindings: [...files].map((file) => occurrences.bindingsOf(file)),
  }
}

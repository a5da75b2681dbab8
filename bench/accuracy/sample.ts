/**
 * Edges to be judged by hand, for languages that no compiler here knows: `sample` among the names of `make accuracy` draws
 * from each repository by a fixed seed, and prints each edge with the lines that the answer needs. Edges between symbols
 * of different files are drawn, of every kind but `imports`, `tests` and `overrides`, guesses not among them.
 */

import type { Analysis, Component, Edge, Inventory } from '#generate/model.ts'

export const SAMPLE_SEED = 2026
export const SAMPLE_SIZE = 100

/** Lines around a use that are printed, at most of those that name the target. */
const MAX_USES = 3
const LEFT_OUT: ReadonlySet<string> = new Set(['imports', 'tests', 'overrides'])

export function sampleOf(analysis: Analysis, inventory: Inventory): string {
  const components = new Map(analysis.components.map((one) => [one.id, one]))
  const texts = new Map(inventory.files.map((file) => [file.path, (file.text ?? '').split('\n')]))
  const all = analysis.edges.filter((edge) => {
    const target = components.get(edge.to)
    const isCounted = !LEFT_OUT.has(edge.kind) && edge.origin !== 'unique-name'
    return isCounted && target !== undefined && target.file !== fileOf(edge.from, components)
  })
  const drawn = drawFrom(all, SAMPLE_SIZE, SAMPLE_SEED)
  return [
    `${drawn.length} of ${all.length} edges`,
    ...drawn.map((edge, at) => show(edge, at + 1, components, texts)),
  ].join('\n\n')
}

const fileOf = (id: string, components: ReadonlyMap<string, Component>): string => components.get(id)?.file ?? id

function show(
  edge: Edge,
  number: number,
  components: ReadonlyMap<string, Component>,
  texts: ReadonlyMap<string, readonly string[]>,
): string {
  const from = components.get(edge.from)
  const to = components.get(edge.to)
  const lines = texts.get(fileOf(edge.from, components)) ?? []
  const [start, end] = from === undefined ? [1, lines.length] : [from.startLine, from.endLine]
  const name = to?.name ?? ''
  const uses: string[] = []
  for (let line = start; line <= end && uses.length < MAX_USES; line++) {
    if (lines[line - 1]?.includes(name)) uses.push(`   ${line}: ${lines[line - 1]?.trim().slice(0, 160)}`)
  }
  const definition = `   => ${to?.startLine}: ${texts
    .get(to?.file ?? '')
    ?.[(to?.startLine ?? 1) - 1]?.trim()
    .slice(0, 160)}`
  return [`${number}. ${edge.from} -${edge.kind}-> ${edge.to} (${edge.origin})`, ...uses, definition].join('\n')
}

/** Without putting back; the same for the same list. */
export function drawFrom<T>(all: readonly T[], size: number, seed: number): T[] {
  const rest = [...all]
  const drawn: T[] = []
  let state = seed
  while (rest.length > 0 && drawn.length < size) {
    // Numerical Recipes' linear congruence; its high bits are good enough to draw with.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    drawn.push(...rest.splice(Math.floor((state / 2 ** 32) * rest.length), 1))
  }
  return drawn
}

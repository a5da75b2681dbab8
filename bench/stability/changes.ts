/**
 * Changes of one file each, made by a seed from a real commit: what a history holds too few of to tell. They are only as real as
 * that: an edit drops or doubles a tenth of a file's edges, a new file has a made-up name and no edges.
 */

import { type Analysis, compareText, type Inventory, type SourceFile } from '#generate/model.ts'

export interface Change {
  inventory: Inventory
  analysis: Analysis
}

/** Numbers from 0 to 1, the same for the same seed: a linear congruential generator. */
export type Random = () => number

export function createRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x80000000
  }
}

export const KINDS: Record<string, (base: Change, file: SourceFile, random: Random) => Change> = {
  'a file comes': (base, file, random) => {
    const files = base.inventory.files
    const other = files[Math.floor(random() * files.length)]?.path ?? ''
    const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1)
    const path = `${folder}new_${other.slice(other.lastIndexOf('/') + 1)}`
    return { ...base, inventory: withFiles(base, [...files, { ...file, path, blob: 'new', lines: 120 }]) }
  },
  'a file goes': ({ inventory, analysis }, file) => {
    const isOwn = (end: string): boolean => end === file.path || end.startsWith(`${file.path}#`)
    return {
      inventory: withFiles(
        { inventory },
        inventory.files.filter((one) => one !== file),
      ),
      analysis: {
        ...analysis,
        components: analysis.components.filter((component) => component.file !== file.path),
        edges: analysis.edges.filter(({ from, to }) => !isOwn(from) && !isOwn(to)),
      },
    }
  },
  'a file is edited': ({ inventory, analysis }, file, random) => {
    const lines = Math.round(file.lines * (0.9 + random() / 5))
    const edges = analysis.edges.flatMap((edge) => {
      if (edge.from !== file.path && !edge.from.startsWith(`${file.path}#`)) return [edge]
      const chance = random()
      return chance < 0.1 ? [] : chance < 0.2 ? [edge, { ...edge, kind: 'references' as const }] : [edge]
    })
    const files = inventory.files.map((one) => (one === file ? { ...file, lines, blob: 'edited' } : one))
    return { inventory: withFiles({ inventory }, files), analysis: { ...analysis, edges } }
  },
}

function withFiles({ inventory }: Pick<Change, 'inventory'>, files: readonly SourceFile[]): Inventory {
  return { ...inventory, files: [...files].sort((a, b) => compareText(a.path, b.path)) }
}

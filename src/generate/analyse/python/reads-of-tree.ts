/** Finds the variables and keys that a Python file reads: adapts its tree for `reads/`. */

import { type FileReads, NO_READS } from '#generate/analyse/reads/file-reads.ts'
import { findReads } from '#generate/analyse/reads/find-reads.ts'
import { shapeOfKind } from '#generate/analyse/reads/read-tree.ts'
import type { SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import { K } from './syntax.ts'

const names: string[] = []
const shapes = new Uint8Array(256)
for (const [name, kind] of Object.entries(K)) {
  names[kind] = name
  shapes[kind] = shapeOfKind(name)
}

/** @returns `null` for none. */
export function readsOfTree({ text, size, kinds, starts, ends, after }: SyntaxTree): FileReads | null {
  const nameOfKind = (kind: number): string => names[kind] ?? 'other'
  const tree = { text, size, shapes, kinds, starts, ends, after, isNamed: () => true, nameOfKind }
  const reads = findReads(tree, 'python')
  return reads === NO_READS ? null : reads
}

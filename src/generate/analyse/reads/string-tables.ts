/** Finds arrays of names of variables: `static const char *const names[] = { "ORBIT_HOME", … };`. */

import { literalAt } from './defaults.ts'
import { isShouted } from './file-reads.ts'
import { kindAt, type ReadTree, Shape, shapeAt, startOf } from './read-tree.ts'

/** An element of such an array: `names[i]`. */
const ELEMENT = /^([A-Za-z_]\w{0,60})\[[^\][]{1,60}\]$/
const ARRAY = /([A-Za-z_]\w{0,60})\[[^\][]{0,60}\]\s{0,20}=\s{0,20}$/
const MAX_BEFORE = 160

/** The array of `names[i]`. */
export const arrayOf = (text: string): string | undefined => ELEMENT.exec(text)?.[1]

/** The names in arrays, each with its offset. */
export function namesInArrays(tree: ReadTree, arrays: ReadonlySet<string>): { name: string; at: number }[] {
  const found: { name: string; at: number }[] = []
  if (arrays.size === 0) return found
  for (let node = 0; node < tree.size; node++) {
    if (!tree.isNamed(node) || kindAt(tree, node) !== 'initializer_list') continue
    const start = startOf(tree, node)
    const [, array = ''] = ARRAY.exec(tree.text.slice(Math.max(0, start - MAX_BEFORE), start)) ?? []
    if (!arrays.has(array)) continue
    for (let one = node + 1; one < (tree.after[node] ?? 0); one++) {
      const name = tree.isNamed(one) && shapeAt(tree, one) === Shape.string ? literalAt(tree, one) : null
      if (name !== null && isShouted(name)) found.push({ name, at: startOf(tree, one) })
    }
  }
  return found
}

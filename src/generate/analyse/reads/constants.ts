/** Finds constants of a file that hold a variable's name: identifiers assigned exactly one string. */

import { greatest } from '#base/long-arrays.ts'
import { literalAt } from './defaults.ts'
import { endOf, kindAt, type ReadTree, Shape, shapeAt, startOf, textAt } from './read-tree.ts'

const MAX_CONSTANTS = 100
/** After a name: an optional type and an assignment operator. */
const GIVEN = /^(?:\s{0,4}:[^=\n;]{1,40}|[ \t]{1,20}[\w.]{1,30})?\s{0,20}:?=(?![=>])\s{0,20}/
/** After a string that is only the start of a value: `'APP_' + name`, `'APP_' . $name`, `'A' if x else 'B'`. */
const CONTINUES = /^[ \t]{0,20}(?:[+%]|if\b|\.[ \t]{0,20}[^a-z\s])/

/** @returns Strings keyed by constant. */
export function constantsIn(tree: ReadTree, wanted: ReadonlySet<string>): Map<string, string> {
  const texts = new Map<string, string>()
  if (wanted.size === 0 || wanted.size > MAX_CONSTANTS) return texts
  const longest = greatest([...wanted].map(({ length }) => length))
  const values = new Map<string, Set<number>>()
  const strings = new Map<number, number>()
  for (let node = 0; node < tree.size; node++) {
    if (!tree.isNamed(node)) continue
    if (shapeAt(tree, node) === Shape.string) strings.set(startOf(tree, node), node)
    const [start, end] = [startOf(tree, node), endOf(tree, node)]
    if (end - start > longest || (tree.after[node] ?? 0) > node + 2) continue
    const text = textAt(tree, node)
    if (!wanted.has(text)) continue
    const after = tree.text.slice(end, end + 120)
    const isMacro = kindAt(tree, node) === 'identifier' && tree.text.slice(Math.max(0, start - 8), start) === '#define '
    const given = isMacro ? /^[ \t]{1,40}/.exec(after)?.[0] : GIVEN.exec(after)?.[0]
    if (given === undefined) continue
    const starts = values.get(text) ?? new Set()
    values.set(text, starts.add(end + given.length))
  }
  for (const [name, starts] of values) {
    const held = new Set(
      [...starts].map((start) => {
        const node = strings.get(start)
        if (node === undefined) return definedAt(tree.text, start)
        return CONTINUES.test(tree.text.slice(endOf(tree, node), endOf(tree, node) + 40)) ? null : literalAt(tree, node)
      }),
    )
    const [only] = held
    if (held.size === 1 && only != null) texts.set(name, only)
  }
  return texts
}

/** The string after `#define NAME`, which the grammar does not parse. */
function definedAt(text: string, start: number): string | null {
  const line = text.slice(Math.max(0, start - 160), start)
  if (!/#define \w+[ \t]*$/.test(line.slice(line.lastIndexOf('\n') + 1))) return null
  return /^"([A-Za-z_]\w{0,100})"[ \t]*\r?(?:\n|$)/.exec(text.slice(start, start + 120))?.[1] ?? null
}

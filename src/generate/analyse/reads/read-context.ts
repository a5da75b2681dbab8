/** Examines the code around a read: whether it is a write, whether it only saves a value to restore it, its default. */

import { labelOf, type Site } from './call-sites.ts'
import { defaultAfter, literalAt, unwrapped } from './defaults.ts'
import type { Form } from './forms.ts'
import type { FunctionShape } from './functions.ts'
import { endOf, type ReadTree, startOf, textAt } from './read-tree.ts'

/** Limit on the characters of a function that are searched for code that restores a variable. */
const MAX_FUNCTION = 8_000
/** Number of characters before the name of a variable where a write names the environment. */
const MAX_BEFORE_WRITE = 24
/** Calls that return the value of a variable and remove it. */
const REMOVES = /(?:\bENV\.delete|\bos\.environb?\.pop)\($/
/** Number of characters examined on either side of a call. */
const MAX_BESIDE = 160

/** A plain assignment (not a comparison, and not one that keeps an existing value), or a deletion. */
export function isWritten(tree: ReadTree, node: number): boolean {
  const { text } = tree
  const end = endOf(tree, node)
  const start = startOf(tree, node)
  return (
    /^\s{0,20}=(?![=>~])/.test(text.slice(end, end + 24)) ||
    /\b(?:del\s|unset\()\s{0,4}$/.test(text.slice(Math.max(0, start - 12), start))
  )
}

/** `ENV.delete('NAME')` as a statement: the old value is not used. */
export function isOnlyRemoved(tree: ReadTree, { node, callee }: Site): boolean {
  if (!REMOVES.test(callee)) return false
  const { text } = tree
  const [start, end] = [startOf(tree, node), endOf(tree, node)]
  const before = text.slice(Math.max(0, start - MAX_BESIDE), start)
  return (
    /(?:^|[;{|]|\b(?:do|else|ensure|then)|(?<![=(,+&.[|])\r?\n)[ \t]*$/.test(before) &&
    /^[ \t]*(?:$|[\r\n;}#]|(?:end|if|unless)\b)/.test(text.slice(end, end + MAX_BESIDE))
  )
}

/** Whether a value is saved only to be restored: `old = os.getenv(name)`, then `os.environ[name] = old`. */
export function isRestored(
  tree: ReadTree,
  node: number,
  nameNode: number,
  functionAround: () => FunctionShape | undefined,
): boolean {
  const { text } = tree
  const start = startOf(tree, node)
  const kept = /([A-Za-z_]\w{0,60})(?:\s{0,4},\s{0,4}\w{1,60})?\s{0,4}:?=\s{0,4}$/.exec(
    text.slice(Math.max(0, start - 160), start),
  )
  const around = kept === null ? undefined : functionAround()
  if (kept === null || around === undefined) return false
  const name = textAt(tree, unwrapped(tree, nameNode)).slice(0, 120)
  const inside = text.slice(start, Math.min(endOf(tree, around.node), start + MAX_FUNCTION))
  return [`${name}] = ${kept[1]}`, `${name}, ${kept[1]})`].some((form) => isOfEnvironment(inside, form))
}

/** Whether one occurrence of a write is one of an environment: `os.environ[`, `Setenv(`, `env::set_var(`. */
function isOfEnvironment(text: string, write: string): boolean {
  for (let at = text.indexOf(write); at !== -1; at = text.indexOf(write, at + 1))
    if (/env/i.test(text.slice(Math.max(0, at - MAX_BEFORE_WRITE), at))) return true
  return false
}

/** The default of a read: a literal, or an identifier. */
export function defaultOf(
  tree: ReadTree,
  { node, args }: Site,
  form: Form,
  around: readonly number[],
): { value: string | null; identifier: string | null } {
  if (form.default === null) return { value: null, identifier: null }
  const labelled = args.find((arg) => labelOf(tree, arg) === 'default')
  const placed = form.default < 0 ? undefined : args[form.default]
  const given = labelled ?? (placed !== undefined && labelOf(tree, placed) === null ? placed : undefined)
  const found = given ?? defaultAfter(tree, node, around)
  if (found === undefined) return { value: null, identifier: null }
  const value = literalAt(tree, found)
  const text = textAt(tree, unwrapped(tree, found))
  return { value, identifier: value === null && /^\$?[A-Za-z_]\w{0,60}$/.test(text) ? text : null }
}

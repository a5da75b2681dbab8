/** The parameters of Python functions, the values that calls give them, and code that depends on one of them. */

import { kindAt, type ReadTree, textAt } from '#generate/analyse/reads/read-tree.ts'
import { type Arg, partOf, partsOf } from './option-tree.ts'

/** Limit on the characters of a parameter. */
const MAX_WORDS = 400

export interface Parameter {
  /** '' for `*` and `/`. */
  readonly name: string
  /** Its default as written; '' for none. */
  readonly fallback: string
}

/** The parameters of a function without `self`. */
export function parametersOf(tree: ReadTree, definition: number): Parameter[] {
  const list = partOf(tree, definition, /^parameters$/)
  return (list === undefined ? [] : partsOf(tree, list))
    .map((part): Parameter => {
      const name = /^\**(\w*)/.exec(textAt(tree, part).slice(0, MAX_WORDS))?.[1] ?? ''
      const last = /default/.test(kindAt(tree, part)) ? partsOf(tree, part).at(-1) : undefined
      return { name, fallback: last === undefined ? '' : textAt(tree, last).slice(0, 10) }
    })
    .filter(({ name }, at) => at > 0 || !/^(?:self|cls)$/.test(name))
}

/** A branch that is taken if a parameter is true, or if it is false. */
export interface Branch {
  readonly name: string
  readonly isTrue: boolean
  readonly start: number
  readonly end: number
}

/** The branches of `if name:` and `if not name:`. */
export function branchesOf(tree: ReadTree, node: number): Branch[] {
  const [condition, ...bodies] = partsOf(tree, node)
  const text = condition === undefined ? '' : textAt(tree, condition).slice(0, 90)
  const [, not, name] = /^(not )?([A-Za-z_]\w{0,80})$/.exec(text) ?? []
  if (name === undefined || bodies.length > 2) return []
  return bodies
    .filter((body) => /^(?:block|else_clause)$/.test(kindAt(tree, body)))
    .map((start, index) => ({
      name,
      isTrue: (not === undefined) === (index === 0),
      start,
      end: tree.after[start] ?? start,
    }))
}

/** Whether a call makes a parameter true; `undefined` if that is not a literal. */
export function isTrueFor(
  tree: ReadTree,
  parameters: readonly Parameter[],
  args: readonly Arg[],
  name: string,
): boolean | undefined {
  const at = parameters.findIndex((one) => one.name === name)
  const given = args.find(({ label }, index) => (label === null ? index === at : label === name))
  const text = given === undefined ? (parameters[at]?.fallback ?? '') : textAt(tree, given.node).slice(0, 10)
  return text === 'True' ? true : text === 'False' || text === 'None' ? false : undefined
}

/** Finds names in string literals outside the arguments of a read, by the code around them. */

import { labelOf } from './call-sites.ts'
import { literalAt } from './defaults.ts'
import { childrenOf, type ReadTree, Shape, shapeAt, startOf } from './read-tree.ts'

export type NameInString =
  /** A variable: `envvar='NAME'`. */
  | { readonly is: 'variable'; readonly name: string; readonly default: string | null }
  /** `auto_envvar_prefix='NAME'`: variables whose names start with it. */
  | { readonly is: 'prefix'; readonly name: string }

/** Limits on the characters before a name: of the flag that it belongs to, and of the names before it. */
const MAX_FLAG = 600
const MAX_NAMES = 200
/** The variables of a flag of urfave/cli: `EnvVars: []string{"PORT"`, `EnvVar: "PORT"`, `Sources: cli.EnvVars("PORT"`. */
const OF_FLAG = /\bEnvVars?(?::\s{0,20}(?:\[\]string\{)?|\()(?:\s{0,20}"\w{1,80}",){0,4}\s{0,20}$/
/** The value without them. */
const GIVEN = /[{,]\s{0,40}Value:\s{0,20}("[^"\\\n]{0,80}"|\d[\w.]{0,20}|true|false)\s{0,20},/

/**
 * @param around - Ancestors of the string, outermost first.
 * @param hasNameForm - The result of `isQuotedName`.
 */
export function nameInString(
  tree: ReadTree,
  node: number,
  around: readonly number[],
  language: string,
  hasNameForm: boolean,
): NameInString | undefined {
  const { text } = tree
  const start = startOf(tree, node)
  if (language === 'python') {
    const before = text.slice(Math.max(0, start - 20), start)
    if (before.endsWith('auto_envvar_prefix=')) return named(tree, node, (name) => ({ is: 'prefix', name }))
    if (before.endsWith('envvar='))
      return named(tree, node, (name) => ({
        is: 'variable',
        name,
        default: defaultBeside(tree, around.at(-2)),
      }))
  }
  if (language === 'go' && hasNameForm) {
    const before = text.slice(Math.max(0, start - MAX_FLAG), start)
    if (OF_FLAG.test(before.slice(-MAX_NAMES))) {
      const [, value] = GIVEN.exec(before.slice(before.lastIndexOf('Flag{'))) ?? []
      const given = value?.replace(/^"|"$/g, '') ?? null
      return named(tree, node, (name) => ({ is: 'variable', name, default: given === '' ? null : given }))
    }
  }
  return undefined
}

function named(tree: ReadTree, node: number, found: (name: string) => NameInString): NameInString | undefined {
  const name = literalAt(tree, node)
  return name === null ? undefined : found(name)
}

/** `default=` in the same list of arguments. */
function defaultBeside(tree: ReadTree, list: number | undefined): string | null {
  if (list === undefined || shapeAt(tree, list) !== Shape.list) return null
  const given = childrenOf(tree, list).find((arg) => labelOf(tree, arg) === 'default')
  return given === undefined ? null : literalAt(tree, given)
}

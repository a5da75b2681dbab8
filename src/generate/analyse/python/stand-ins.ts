/**
 * Finds definitions that only type checkers see: in `if TYPE_CHECKING:`, where another branch binds the name at run
 * time.
 */

import type { Binding, Definition } from './facts.ts'
import { K } from './syntax.ts'

const CONDITION = /^(not )?(?:\w+\.)?TYPE_CHECKING$/

/** The binding of the name at run time; `undefined` for a definition that is not a stand-in. */
export function runTimeTwin({ file, scope, name, outer }: Definition): Binding | undefined {
  const bindings = scope.names.get(name) ?? []
  const { tree } = file
  if (bindings.length < 2 || !tree.text.includes('TYPE_CHECKING')) return undefined
  for (let at = outer - 1; at >= 0; at--) {
    if (tree.kind(at) !== K.if_statement || tree.afterOf(at) <= outer) continue
    const condition = CONDITION.exec(tree.textOf(tree.first(at)).slice(0, 100))
    if (condition === null) continue
    const split = tree.afterOf(tree.childOfKind(at, K.block))
    const isOther = (node: number): boolean => node > at && node < tree.afterOf(at) && node < split !== outer < split
    const isStandIn = outer < split === (condition[1] === undefined)
    return isStandIn ? bindings.find(({ node }) => isOther(node)) : undefined
  }
  return undefined
}

/** The import that replaces a definition at run time, as written. */
export function importedInstead(definition: Definition): string | undefined {
  const source = runTimeTwin(definition)?.source
  if (source?.name == null) return undefined
  const alias = source.name === definition.name ? '' : ` as ${definition.name}`
  return `from ${'.'.repeat(source.level)}${source.module.join('.')} import ${source.name}${alias}`
}

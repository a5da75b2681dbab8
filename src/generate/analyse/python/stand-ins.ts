/**
 * Finds stand-ins: definitions that only type checkers see, in `if TYPE_CHECKING:`, with another branch that binds the
 * name at run time.
 */

import type { Binding, Definition } from './facts.ts'
import { K } from './syntax.ts'

const CONDITION = /^(not )?(?:\w+\.)?TYPE_CHECKING$/

/** The binding of the name at run time; `undefined` for a definition that is not a stand-in. */
export function runTimeBinding({ file, scope, name, outer }: Definition): Binding | undefined {
  const bindings = scope.names.get(name) ?? []
  const { tree } = file
  if (bindings.length < 2 || !tree.text.includes('TYPE_CHECKING')) return undefined
  let innermost: { at: number; isNegated: boolean } | undefined
  for (let at = 0; at < outer; ) {
    if (tree.afterOf(at) <= outer) {
      at = tree.afterOf(at)
      continue
    }
    const isIf = tree.kind(at) === K.if_statement
    const condition = isIf ? CONDITION.exec(tree.textOf(tree.first(at)).slice(0, 100)) : null
    if (condition !== null) innermost = { at, isNegated: condition[1] !== undefined }
    at++
  }
  if (innermost === undefined) return undefined
  const { at, isNegated } = innermost
  const split = tree.afterOf(tree.childOfKind(at, K.block))
  const isOther = (node: number): boolean => node > at && node < tree.afterOf(at) && node < split !== outer < split
  const isStandIn = outer < split !== isNegated
  return isStandIn ? bindings.find(({ node }) => isOther(node)) : undefined
}

/** The import that replaces a definition at run time, as written. */
export function importedInstead(definition: Definition): string | undefined {
  const source = runTimeBinding(definition)?.source
  if (source?.name == null) return undefined
  const alias = source.name === definition.name ? '' : ` as ${definition.name}`
  return `from ${'.'.repeat(source.level)}${source.module.join('.')} import ${source.name}${alias}`
}

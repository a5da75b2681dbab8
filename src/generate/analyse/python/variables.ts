/** Chooses the variables that are documented: constants of a module and fields of a class. */

import { NONE } from '#generate/analyse/syntax-tree.ts'
import { type Binding, Definition, type FileFacts, type Scope } from './facts.ts'
import { forgetOrder } from './names.ts'
import { isSkipped } from './skipped-branches.ts'
import { K } from './syntax.ts'

const CONSTANT = /^_?[A-Z][A-Z0-9_]*$/

/** A name in the style of classes: its value is treated as a type. */
const TYPE_NAME = /^_?[A-Z](?=[A-Z0-9]*[a-z])[a-zA-Z0-9]*$/

const SPECIAL = /^__\w*__$/
/** Top-level names that are not variables of a module: `TYPE_CHECKING = False` only avoids an import. */
const NO_VARIABLE = /^(?:__\w*__|TYPE_CHECKING)$/

/** Initializers, whose assignments to `self` are fields. */
const INITIALISERS = new Set(['__init__', '__post_init__'])

/**
 * Makes a definition of every variable of the file that is a component, and records it in the variable's bindings.
 *
 * @param listed - The names of `__all__`.
 * @param imported - The names that other files import.
 */
export function defineVariables(
  file: FileFacts,
  listed: ReadonlySet<string> | null,
  imported: ReadonlySet<string> | undefined,
): Definition[] {
  const found: Definition[] = []
  for (const [name, bindings] of file.top.names) {
    if (NO_VARIABLE.test(name)) continue
    if (listed?.has(name) === true || imported?.has(name) === true || isWanted(name, bindings))
      define(found, name, bindings, file.top, null)
  }
  for (const owner of file.definitions) {
    if (owner.kind !== 'class' || owner.isLocal || owner.body === null) continue
    for (const [name, bindings] of owner.body.names) {
      if (!SPECIAL.test(name)) define(found, name, bindings, owner.body, owner)
    }
    for (const [name, bindings] of owner.instanceFields) {
      const inBody = owner.body.names.get(name)
      if (inBody !== undefined) {
        const known = inBody.find((binding) => binding.definition !== null)?.definition ?? null
        for (const binding of bindings) binding.definition ??= known
        forgetOrder(bindings)
        forgetOrder(inBody)
      } else if (bindings.some((binding) => INITIALISERS.has(binding.scope.definition?.name ?? ''))) {
        define(found, name, bindings, owner.body, owner)
      }
    }
  }
  return found
}

/** Top-level names that become components only when `__all__` or another file names them. */
export function dormantNames(file: FileFacts): string[] {
  const names: string[] = []
  for (const [name, bindings] of file.top.names) {
    if (NO_VARIABLE.test(name) || isWanted(name, bindings)) continue
    if (isPlain(bindings) && mainBindingOf(bindings) !== undefined) names.push(name)
  }
  return names
}

/** Whether a top-level variable is a component whatever other files do. */
export function isWanted(name: string, bindings: readonly Binding[]): boolean {
  return (
    CONSTANT.test(name) ||
    TYPE_NAME.test(name) ||
    bindings.some((binding) => binding.annotation !== NONE) ||
    isAlias(bindings)
  )
}

/** Whether all bindings are variables. A name that is also a class, a function or an import is not a variable. */
const isPlain = (bindings: readonly Binding[]): boolean =>
  bindings.every((binding) => binding.source === null && binding.definition === null)

/** A variable may already have a definition, if defining it was interrupted and starts again. */
const isDefinable = ({ source, definition }: Binding): boolean =>
  source === null && (definition === null || definition.kind === 'variable')

/** The binding that represents a variable: the first one with a declared type that runs on Linux, else the first one. */
function mainBindingOf(bindings: readonly Binding[]): Binding | undefined {
  const all = bindings.filter((binding) => binding.kind === 'assignment')
  const running = all.length < 2 ? all : all.filter(({ scope, node }) => !isSkipped(scope.file.tree, node))
  const assigned = running.length > 0 ? running : all
  return assigned.find((binding) => binding.annotation !== NONE) ?? assigned[0]
}

/** Whether a variable is assigned in a branch, and has another value in another branch that runs on Linux. */
function hasOtherValues(main: Binding, bindings: readonly Binding[]): boolean {
  const { tree } = main.scope.file
  if (main.expression === NONE || tree.placeAt(tree.start(main.node)).column === 1) return false
  const value = tree.textOf(main.expression)
  return bindings.some(
    ({ kind, scope, node, expression }) =>
      kind === 'assignment' &&
      scope === main.scope &&
      expression !== NONE &&
      !isSkipped(tree, node) &&
      tree.textOf(expression) !== value,
  )
}

function define(
  found: Definition[],
  name: string,
  bindings: readonly Binding[],
  scope: Scope,
  parent: Definition | null,
): void {
  if (!bindings.every(isDefinable)) return
  const main = mainBindingOf(bindings)
  if (main === undefined) return
  const definition = new Definition({
    kind: 'variable',
    name,
    scope,
    node: main.node,
    outer: main.node,
    parent,
    isLocal: false,
  })
  definition.mainBinding = main
  definition.hasOtherValues = hasOtherValues(main, bindings)
  for (const binding of bindings) binding.definition = definition
  forgetOrder(bindings)
  found.push(definition)
}

/** `type X = …`. */
function isAlias(bindings: readonly Binding[]): boolean {
  const [first] = bindings
  if (first === undefined) return false
  const { tree } = first.scope.file
  return first.kind === 'assignment' && tree.kind(first.node - 1) === K.type
}

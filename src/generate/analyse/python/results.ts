/** Finds the result of calling a function: its return annotation, else the values of its `return` and `yield`. */

import { NONE } from '#generate/analyse/syntax-tree.ts'
import type { Definition } from './facts.ts'
import type { Program } from './program.ts'
import { K } from './syntax.ts'
import { typeOf } from './types.ts'
import { collectionOf, unionOf, type Value } from './values.ts'

/** Limit on the `return` statements of a function that are evaluated. */
const MAX_RETURNS = 8

export function resultOf(program: Program, called: Value & { kind: 'function' }): Value | null {
  const { definition, receiver } = called
  const self = receiver?.kind === 'class' ? instanceOf(receiver.definition) : receiver
  if (self !== null && givesReceiver(program, definition)) return self
  // A function whose result depends on itself has no known result at that point.
  return program.evaluator.ask(definition.result, definition.file.parts.result(definition), null, () =>
    readResult(program, definition),
  )
}

const instanceOf = (definition: Definition): Value => ({ kind: 'instance', definition })

/** Whether a method returns `self`, by `-> Self` or by every `return`. */
function givesReceiver(program: Program, definition: Definition): boolean {
  const { tree } = definition.file
  const annotation = tree.childOfKind(definition.node, K.type)
  if (annotation !== NONE) return /^["']?(?:\w+\.)?Self["']?$/.test(tree.textOf(annotation).slice(0, 60))
  if (definition.returned.length > 0) touchBody(program, definition)
  const [self] = definition.parameters.keys()
  if (definition.returned.length === 0 || definition.isGenerator || definition.parent === null) return false
  return definition.returned.every((node) => tree.kind(node) === K.identifier && tree.textOf(node) === self)
}

/** Records that the body of a function was read; for a local function, that of the enclosing function. */
function touchBody(program: Program, definition: Definition): void {
  const outer = definition.isLocal ? definition.scope.outer : definition
  if (outer !== null) program.evaluator.touch(definition.file.parts.body(outer))
}

function readResult(program: Program, definition: Definition): Value | null {
  const { file } = definition
  const annotation = file.tree.childOfKind(definition.node, K.type)
  const scope = definition.body?.parent ?? definition.scope
  if (annotation !== NONE) {
    const self = definition.parent === null ? null : instanceOf(definition.parent)
    const declared = typeOf(program, file.tree.textOf(annotation), scope, self)
    if (declared !== null) return declared
  }
  const { body } = definition
  if (body === null) return null
  if (definition.returned.length > 0) touchBody(program, definition)
  const values = definition.returned
    .slice(0, MAX_RETURNS)
    .map((node) => program.evaluate(file, node, body).value)
    .map((value) => (value?.kind === 'none' || isOneOf(value, definition.returned) ? null : value))
  const result = unionOf(values)
  return definition.isGenerator ? collectionOf(result) : result
}

/** Whether it is a function that is one of multiple results: calling the result need not call it. */
const isOneOf = (value: Value | null, returned: readonly number[]): boolean =>
  value?.kind === 'function' && returned.length > 1

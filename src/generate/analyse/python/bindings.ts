/** Evaluates bindings: finds the value that a binding gives its name. */

import { NONE } from '#generate/analyse/syntax-tree.ts'
import type { Binding } from './facts.ts'
import { fixtureValue } from './fixtures.ts'
import { enteredValue, iteratedValue, partOf } from './iteration.ts'
import { resolveImport } from './names.ts'
import type { Program } from './program.ts'
import { typeOf } from './types.ts'
import { collectionOf, type Evaluation, OUTSIDE, optionsOf, UNKNOWN, unionOf, type Value } from './values.ts'

/** A name defined in terms of itself counts as unknown at that point. */
export function evaluateBinding(program: Program, binding: Binding): Evaluation {
  const part = binding.scope.file.parts.at(binding.node)
  const known = program.evaluator.recall(binding, part)
  return known ?? program.evaluator.ask(binding, part, UNKNOWN, () => read(program, binding))
}

function read(program: Program, binding: Binding): Evaluation {
  if (binding.source !== null) return { ...resolveImport(program, binding.scope.file, binding.source), binding }
  const { definition } = binding
  const target = definition?.id == null ? null : definition
  const found = (value: Value | null): Evaluation => ({ value, target, origin: 'same-file', binding })
  if (definition !== null && definition.kind !== 'variable') {
    return found(
      definition.kind === 'class' ? { kind: 'class', definition } : { kind: 'function', definition, receiver: null },
    )
  }
  const declared = binding.annotation === NONE ? null : declaredValue(program, binding)
  if (declared !== null) return found(declared)
  if (binding.kind === 'parameter') return found(parameterValue(program, binding))
  if (binding.expression === NONE) return found(null)
  const value = program.evaluate(binding.scope.file, binding.expression, binding.evaluatedIn).value
  switch (binding.kind) {
    case 'assignment':
      return found(partOf(program, value, binding.path))
    case 'element':
      return found(partOf(program, iteratedValue(program, value), binding.path))
    case 'context':
      return found(partOf(program, enteredValue(program, value), binding.path))
    case 'exception':
      return found(exceptionValue(value))
    default:
      return found(null)
  }
}

function declaredValue(program: Program, binding: Binding): Value | null {
  const { tree } = binding.scope.file
  const value = typeOf(program, tree.textOf(binding.annotation), binding.evaluatedIn, null)
  return binding.kind === 'parameter' && binding.path.length > 0 ? collectionOf(value) : value
}

function parameterValue(program: Program, binding: Binding): Value | null {
  const method = binding.scope.definition
  if (binding.path.length > 0) return collectionOf(null)
  if (method === null || method.kind !== 'function') return null
  const [first] = method.parameters.values()
  if (first === binding && method.parent !== null && !method.decorators.includes('staticmethod')) {
    const definition = method.parent
    const isOnClass = method.decorators.includes('classmethod') || CLASS_METHODS.has(method.name)
    return { kind: isOnClass ? 'class' : 'instance', definition }
  }
  const file = binding.scope.file
  if (binding.expression !== NONE) {
    const { value } = program.evaluate(file, binding.expression, binding.evaluatedIn)
    return value?.kind === 'none' ? null : value
  }
  return fixtureValue(program, method, file.tree.textOf(binding.node))
}

/** Methods that receive the class without being declared so. */
const CLASS_METHODS = new Set(['__new__', '__init_subclass__', '__class_getitem__'])

function exceptionValue(value: Value | null): Value | null {
  const raised = optionsOf(value).flatMap((option) =>
    option.kind === 'collection' ? optionsOf(option.item) : [option],
  )
  return unionOf(
    raised.map((option): Value | null =>
      option.kind === 'class'
        ? { kind: 'instance', definition: option.definition }
        : option.kind === 'outside'
          ? OUTSIDE
          : null,
    ),
  )
}

/** Evaluates expressions to their possible values. */

import { NONE } from '#generate/analyse/syntax-tree.ts'
import { attributeOf } from './attributes.ts'
import { callValue } from './calls.ts'
import { withoutExcluded } from './excluded-classes.ts'
import { Expression, type FileFacts, type Scope } from './facts.ts'
import { calledMember, iteratedValue } from './iteration.ts'
import { lookUp } from './names.ts'
import { operatorBetween } from './operators.ts'
import type { Program } from './program.ts'
import { K } from './syntax.ts'
import {
  collectionOf,
  type Evaluation,
  NOTHING,
  OUTSIDE,
  optionsOf,
  tupleOf,
  UNKNOWN,
  unionOf,
  type Value,
  valued,
} from './values.ts'

/** Limit on the elements of a list, set or tuple that are evaluated. */
const MAX_ELEMENTS = 8

/** The value of the expression at `node`, seen from `scope`. */
export function evaluate(program: Program, file: FileFacts, node: number, scope: Scope): Evaluation {
  if (node === NONE) return UNKNOWN
  let cell = file.evaluated.get(node)
  if (cell === undefined) {
    cell = new Expression(scope)
    file.evaluated.set(node, cell)
  } else if (cell.scope !== scope) cell = new Expression(scope)
  const part = file.parts.at(node)
  const known = program.evaluator.recall(cell, part)
  return known ?? program.evaluator.ask(cell, part, UNKNOWN, () => read(program, file, node, scope))
}

function read(program: Program, file: FileFacts, node: number, scope: Scope): Evaluation {
  const { tree } = file
  switch (tree.kind(node)) {
    case K.identifier:
      return identifier(program, file, node, scope)
    case K.attribute:
      return attributeOf(program, valueAt(program, file, tree.first(node), scope), tree.textOf(tree.last(node)))
    case K.call:
      return valued(callValue(program, file, node, scope))
    case K.subscript:
      return subscript(program, file, node, scope)
    case K.parenthesized_expression:
    case K.await:
    case K.list_splat:
      return evaluate(program, file, tree.first(node), scope)
    case K.named_expression:
      return evaluate(program, file, tree.last(node), scope)
    case K.conditional_expression: {
      const [whenTrue = NONE, , whenFalse = NONE] = tree.children(node)
      return valued(unionOf([valueAt(program, file, whenTrue, scope), valueAt(program, file, whenFalse, scope)]))
    }
    case K.boolean_operator:
      return valued(
        unionOf([valueAt(program, file, tree.first(node), scope), valueAt(program, file, tree.last(node), scope)]),
      )
    case K.binary_operator:
      return valued(
        binary(
          program,
          valueAt(program, file, tree.first(node), scope),
          valueAt(program, file, tree.last(node), scope),
          operatorBetween(tree, tree.first(node), tree.last(node)),
        ),
      )
    case K.string:
    case K.concatenated_string:
    case K.integer:
    case K.float:
    case K.true:
    case K.false:
    case K.comparison_operator:
    case K.not_operator:
      return valued(OUTSIDE)
    case K.none:
      return valued(NOTHING)
    case K.tuple:
    case K.expression_list: {
      const elements = elementsOf(program, file, node, scope)
      return valued(tree.childOfKind(node, K.list_splat) === NONE ? tupleOf(elements) : collectionOf(unionOf(elements)))
    }
    case K.list:
    case K.set:
      return valued(collectionOf(unionOf(elementsOf(program, file, node, scope))))
    case K.dictionary:
      return valued(dictionary(program, file, node, scope))
    case K.lambda: {
      const inside = file.inner.get(node)
      const result = inside === undefined ? null : evaluate(program, file, tree.last(node), inside).value
      return valued({ kind: 'callable', result })
    }
    case K.list_comprehension:
    case K.set_comprehension:
    case K.generator_expression:
    case K.dictionary_comprehension:
      return valued(comprehension(program, file, node))
    default:
      return UNKNOWN
  }
}

function identifier(program: Program, { tree }: FileFacts, node: number, scope: Scope): Evaluation {
  const [name, at] = [tree.textOf(node), tree.start(node)]
  const found = lookUp(program, name, scope, at)
  const value = withoutExcluded(program, found.value, name, scope, at)
  return value === found.value ? found : { ...found, value }
}

function valueAt(program: Program, file: FileFacts, node: number, scope: Scope): Value | null {
  return evaluate(program, file, node, scope).value
}

/** The first elements of a list, a set or a tuple; for `*rest`, the items of `rest` as one. */
function elementsOf(program: Program, file: FileFacts, node: number, scope: Scope): (Value | null)[] {
  const { tree } = file
  const values: (Value | null)[] = []
  for (let child = tree.first(node); child !== NONE && values.length < MAX_ELEMENTS; child = tree.next(child, node)) {
    const value = valueAt(program, file, child, scope)
    values.push(tree.kind(child) === K.list_splat ? iteratedValue(program, value) : value)
  }
  return values
}

function dictionary(program: Program, file: FileFacts, node: number, scope: Scope): Value {
  const { tree } = file
  const keys: (Value | null)[] = []
  const values: (Value | null)[] = []
  for (let pair = tree.first(node); pair !== NONE && keys.length < MAX_ELEMENTS; pair = tree.next(pair, node)) {
    if (tree.kind(pair) !== K.pair) continue
    keys.push(valueAt(program, file, tree.first(pair), scope))
    values.push(valueAt(program, file, tree.last(pair), scope))
  }
  return collectionOf(unionOf(keys), unionOf(values))
}

function comprehension(program: Program, file: FileFacts, node: number): Value {
  const { tree } = file
  const scope = file.inner.get(node)
  const body = tree.first(node)
  if (scope === undefined || body === NONE) return collectionOf(null)
  return tree.kind(body) === K.pair
    ? collectionOf(valueAt(program, file, tree.first(body), scope), valueAt(program, file, tree.last(body), scope))
    : collectionOf(valueAt(program, file, body, scope))
}

function subscript(program: Program, file: FileFacts, node: number, scope: Scope): Evaluation {
  const { tree } = file
  const object = evaluate(program, file, tree.first(node), scope)
  const index = tree.last(node)
  const values = optionsOf(object.value).map((option): Value | null => {
    switch (option.kind) {
      case 'class':
      case 'outside':
        // `Base[T]` is still the class.
        return option
      case 'collection': {
        if (tree.kind(index) === K.slice) return option
        if (option.parts !== null && tree.kind(index) === K.integer)
          return option.parts[Number(tree.textOf(index))] ?? null
        return option.indexed ?? (option.parts === null ? null : option.item)
      }
      case 'instance':
        return calledMember(program, option, '__getitem__')
      default:
        return null
    }
  })
  const value = unionOf(values)
  return value?.kind === 'class' ? { ...object, value } : valued(value)
}

const OPERATORS = new Map([
  ['+', '__add__'],
  ['-', '__sub__'],
  ['*', '__mul__'],
  ['/', '__truediv__'],
  ['//', '__floordiv__'],
  ['%', '__mod__'],
  ['@', '__matmul__'],
  ['|', '__or__'],
  ['&', '__and__'],
  ['^', '__xor__'],
  ['<<', '__lshift__'],
  ['>>', '__rshift__'],
])

function binary(program: Program, left: Value | null, right: Value | null, operator: string): Value | null {
  if (left?.kind === 'class' && operator === '|') return unionOf([left, right])
  if (left?.kind === 'instance') return calledMember(program, left, OPERATORS.get(operator) ?? '')
  if (left?.kind === 'collection') return left
  if (left?.kind === 'outside') return OUTSIDE
  // `n * […]`
  return right?.kind === 'collection' ? right : null
}

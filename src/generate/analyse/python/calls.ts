/** Evaluates calls. */

import { NONE } from '#generate/analyse/syntax-tree.ts'
import type { FileFacts, Scope } from './facts.ts'
import { calledMember, iteratedValue } from './iteration.ts'
import type { Program } from './program.ts'
import { stringValue } from './strings.ts'
import { K } from './syntax.ts'
import { classValue, typeOf } from './types.ts'
import { collectionOf, OUTSIDE, optionsOf, tupleOf, unionOf, type Value } from './values.ts'

export function callValue(program: Program, file: FileFacts, node: number, scope: Scope): Value | null {
  const { tree } = file
  const callee = program.evaluate(file, tree.first(node), scope).value
  return unionOf(
    calledOptions(callee).map((option): Value | null => {
      switch (option.kind) {
        case 'class':
          return { kind: 'instance', definition: option.definition }
        case 'function':
          return program.resultOf(option)
        case 'instance':
          return calledMember(program, option, '__call__')
        case 'callable':
        case 'collection method':
          return option.result
        case 'outside':
          return outsideResult(program, file, node, scope, option.name ?? '')
        default:
          return null
      }
    }),
  )
}

/** What a call of a value may run: if it may be a function, as `Command | Callable[…]`, nothing shows that it is an object. */
export function calledOptions(value: Value | null): readonly Value[] {
  const options = optionsOf(value)
  return options.some(({ kind }) => kind === 'callable') ? options.filter(({ kind }) => kind !== 'instance') : options
}

/** The result of library functions that return their argument or a value made from it. */
function outsideResult(program: Program, file: FileFacts, node: number, scope: Scope, name: string): Value | null {
  const { tree } = file
  const list = tree.last(node)
  const isList = tree.kind(list) === K.argument_list
  const argument = (index: number): number =>
    isList ? (tree.children(list)[index] ?? NONE) : index === 0 ? list : NONE
  const value = (index: number): Value | null => program.evaluate(file, argument(index), scope).value
  switch (name.slice(name.lastIndexOf('.') + 1)) {
    case 'super':
      return superValue(scope)
    case 'type':
      return classValue(value(0))
    case 'list':
    case 'set':
    case 'frozenset':
    case 'sorted':
    case 'reversed':
    case 'iter':
    case 'filter':
    case 'tuple':
    case 'deque': {
      const source = name.endsWith('filter') ? value(1) : value(0)
      return collectionOf(argument(0) === NONE ? null : iteratedValue(program, source))
    }
    case 'dict':
    case 'defaultdict':
    case 'OrderedDict':
      return optionsOf(value(0)).find((option) => option.kind === 'collection') ?? collectionOf(null)
    case 'enumerate':
      return collectionOf(tupleOf([OUTSIDE, iteratedValue(program, value(0))]))
    case 'zip':
      return collectionOf(tupleOf([0, 1, 2, 3].map((index) => iteratedValue(program, value(index)))))
    case 'next':
    case 'anext':
      return iteratedValue(program, value(0))
    case 'max':
    case 'min':
      return argument(1) === NONE || tree.kind(argument(1)) === K.keyword_argument
        ? iteratedValue(program, value(0))
        : value(0)
    case 'ref':
      return name.endsWith('weakref.ref') || name === 'ref' ? { kind: 'callable', result: value(0) } : OUTSIDE
    case 'copy':
    case 'proxy':
    case 'deepcopy':
    case 'replace':
    case 'partial':
      return value(0)
    case 'cast':
      return castValue(program, file, argument(0), scope)
    case 'getattr':
    case 'eval':
    case 'vars':
    case 'globals':
    case 'locals':
    case 'reduce':
    case 'import_module':
    case '__import__':
      return null
    default:
      return OUTSIDE
  }
}

function castValue(program: Program, file: FileFacts, type: number, scope: Scope): Value | null {
  if (type === NONE) return null
  const text = file.tree.textOf(type)
  const isText = file.tree.kind(type) === K.string
  return typeOf(program, isText ? (stringValue(text) ?? '') : text, scope, null)
}

/** `super()` in the method around the scope; with arguments it means the same in practice. */
function superValue(scope: Scope): Value | null {
  for (let here: Scope | null = scope; here !== null; here = here.parent) {
    const method = here.definition
    if (here.kind !== 'function' || method?.parent == null) continue
    const isOnClass = method.decorators.includes('classmethod') || method.name === '__new__'
    const definition = method.parent
    return { kind: 'super', definition, receiver: { kind: isOnClass ? 'class' : 'instance', definition } }
  }
  return null
}

/**
 * Evaluates annotations to the values they allow. Annotations are read as text, so that quoted ones do not need a second
 * parser.
 */

import { Cell } from '#generate/analyse/memoized-cells.ts'
import { NONE } from '#generate/analyse/syntax-tree.ts'
import { attributeOf } from './attributes.ts'
import type { Binding, Scope } from './facts.ts'
import { lookUp } from './names.ts'
import type { Program } from './program.ts'
import { K } from './syntax.ts'
import { type Expression, parseType } from './type-expressions.ts'
import { collectionOf, type Evaluation, NOTHING, OUTSIDE, optionsOf, tupleOf, unionOf, type Value } from './values.ts'

/** Limit on the characters of an annotation; longer ones count as unknown. */
const MAX_TEXT = 2_000

/** Generic types equivalent to their first argument. */
const TRANSPARENT = new Set('Optional Annotated Final ClassVar Required NotRequired ReadOnly InitVar Mapped'.split(' '))

/** Containers and iterators: iterating and indexing return the first argument. */
const SEQUENCES = new Set(
  `list List set Set frozenset FrozenSet deque Deque Sequence MutableSequence Collection Iterable Iterator Generator
  AsyncIterable AsyncIterator AsyncGenerator AbstractSet MutableSet Reversible Container KeysView ValuesView
  ContextManager AbstractContextManager AsyncContextManager AbstractAsyncContextManager
  ContextVar Queue`.split(/\s+/),
)

const MAPPINGS = new Set('dict Dict Mapping MutableMapping defaultdict DefaultDict OrderedDict ChainMap'.split(' '))

/** Generic types equivalent to their last argument once awaited. */
const AWAITABLES = new Set(['Awaitable', 'Coroutine', 'Future', 'Task'])

/**
 * The value of a name with this annotation, or the result of a function with it.
 *
 * @param self - The meaning of `Self`.
 */
export function typeOf(program: Program, text: string, scope: Scope, self: Value | null): Value | null {
  if (text.length > MAX_TEXT) return null
  const expression = parseType(text)
  return expression === undefined ? null : program.evaluator.step(null, () => read(program, expression, scope, self))
}

function read(program: Program, expression: Expression, scope: Scope, self: Value | null): Value | null {
  const { name, args } = expression
  const argument = (index: number): Value | null => {
    const arg = args[index]
    return arg === undefined ? null : read(program, arg, scope, self)
  }
  if (name === '|' || isNamed(name, 'Union')) return unionOf(args.map((_, index) => argument(index)))
  if (name === 'None') return NOTHING
  if (name === '' || name === '[]') return null
  const last = name.slice(name.lastIndexOf('.') + 1)
  if (last === 'Self') return self
  const found = lookUpDotted(program, name, scope)
  const { value } = found
  if (value?.kind === 'class') return { kind: 'instance', definition: value.definition }
  if (value?.kind === 'outside' || value === null) {
    if (TRANSPARENT.has(last)) return argument(0)
    if (last === 'type' || last === 'Type') return classValue(argument(0))
    if (SEQUENCES.has(last)) return collectionOf(argument(0))
    if (MAPPINGS.has(last)) return collectionOf(argument(0), argument(1))
    if (last === 'tuple' || last === 'Tuple') {
      const isHomogeneous = args[1]?.name === '...'
      return isHomogeneous ? collectionOf(argument(0)) : tupleOf(args.map((_, index) => argument(index)))
    }
    if (AWAITABLES.has(last)) return argument(args.length - 1)
    if (last === 'Callable') return { kind: 'callable', result: argument(args.length - 1) }
    if (last === 'Any' || last === 'object') return null
  }
  const alias = aliasValue(program, found)
  if (alias !== undefined) return alias
  return value?.kind === 'outside' ? OUTSIDE : null
}

const isNamed = (name: string, last: string): boolean => name === last || name.endsWith(`.${last}`)

/** The meaning of a dotted name in an annotation. */
export function lookUpDotted(program: Program, name: string, scope: Scope): Evaluation {
  const [first = '', ...rest] = name.split('.')
  let found = lookUp(program, first, scope, Number.POSITIVE_INFINITY)
  for (const part of rest.slice(0, 8)) found = attributeOf(program, found.value, part)
  return found
}

/** The classes that these types are instances of: `type[X]` is the class itself. */
export function classValue(instance: Value | null): Value | null {
  return unionOf(
    optionsOf(instance).map((option): Value | null =>
      option.kind === 'instance'
        ? { kind: 'class', definition: option.definition }
        : option.kind === 'outside'
          ? OUTSIDE
          : null,
    ),
  )
}

/** `Alias = Union[A, B]` and `T = TypeVar("T", bound=A)`; `undefined` if the name is neither. */
function aliasValue(program: Program, found: Evaluation): Value | null | undefined {
  // An imported alias belongs to the other file.
  const binding = found.binding?.source == null ? found.binding : (found.target?.mainBinding ?? null)
  if (binding === null || (binding.kind !== 'other' && binding.kind !== 'assignment')) return undefined
  binding.alias ??= new Cell()
  return program.evaluator.ask(binding.alias, binding.scope.file.parts.at(binding.node), null, () =>
    readAlias(program, binding),
  )
}

function readAlias(program: Program, binding: Binding): Value | null | undefined {
  const { annotation, evaluatedIn, expression, kind } = binding
  const { tree } = binding.scope.file
  if (kind === 'other') {
    return annotation === NONE ? undefined : typeOf(program, tree.textOf(annotation), evaluatedIn, null)
  }
  if (expression === NONE) return undefined
  if (tree.kind(expression) !== K.call) return typeOf(program, tree.textOf(expression), evaluatedIn, null)
  if (!/(?:^|\.)(?:TypeVar|NewType)$/.test(tree.textOf(tree.first(expression)).slice(-40))) return undefined
  const list = tree.last(expression)
  for (const child of tree.children(list).slice(0, 20)) {
    const isBound = tree.kind(child) === K.keyword_argument && tree.textOf(tree.first(child)) === 'bound'
    if (isBound) return typeOf(program, tree.textOf(tree.last(child)), evaluatedIn, null)
  }
  return null
}

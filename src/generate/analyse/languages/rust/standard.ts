/** Results of common members of Rust's standard library that lead back to types of the repository. */

import type { Value } from '#generate/analyse/engine/language.ts'

export type Instance = Value & { kind: 'instance' }

/** Types that dereference to the value inside: its members are theirs. */
export const POINTERS: ReadonlySet<string> = new Set(
  'Box Rc Arc Ref RefMut MutexGuard RwLockReadGuard RwLockWriteGuard Cow Pin ManuallyDrop LazyLock Lazy Reverse Wrapping'.split(
    ' ',
  ),
)

const SEQUENCES = new Set(
  `[] Array Vec VecDeque HashSet BTreeSet BinaryHeap Option Iter IntoIter Iterator IntoIterator DoubleEndedIterator ExactSizeIterator
  Peekable LinkedList Receiver`.split(/\s+/),
)
const MAPS = new Set(['HashMap', 'BTreeMap', 'IndexMap'])

const SAME = new Set(
  `clone cloned copied as_ref as_mut as_deref as_deref_mut to_owned into_owned borrow borrow_mut by_ref iter iter_mut into_iter drain rev
  skip take filter skip_while take_while peekable chain step_by fuse inspect or or_else ok_or ok_or_else map_err as_slice as_mut_slice to_vec
  context with_context unwrap_or_clone into_boxed_slice into_inner to_mut deref deref_mut iter_values xor into_vec`.split(
    /\s+/,
  ),
)
const ONE = new Set(
  `unwrap expect unwrap_or unwrap_or_default unwrap_or_else unwrap_unchecked get_or_insert_with get_or_insert insert or_insert or_insert_with
  or_default get_mut_or swap_remove`.split(/\s+/),
)
const MAYBE = new Set(
  `next next_back first last first_mut last_mut pop pop_front pop_back front back peek peek_mut get get_mut nth find min_by max_by min max
  min_by_key max_by_key ok remove take_if upgrade recv try_recv reduce`.split(/\s+/),
)

export function instance(name: string, ...args: readonly Value[]): Instance {
  return { kind: 'instance', decl: null, name, args }
}

/** The element type. */
export function elementOfStandard({ name, args }: Instance): Value | undefined {
  if (SEQUENCES.has(name) || name === 'Result') return args[0]
  return MAPS.has(name) && args.length >= 2 ? instance('()', ...args.slice(0, 2)) : undefined
}

/** @param given - The result of the function among the arguments. */
export function resultOfStandard(receiver: Instance, name: string, given: () => Value | undefined): Value | undefined {
  const [first, second] = receiver.args
  if (MAPS.has(receiver.name)) {
    if (name === 'values' || name === 'values_mut' || name === 'into_values') return second && instance('Iter', second)
    if (name === 'keys' || name === 'into_keys') return first && instance('Iter', first)
    if (name === 'get' || name === 'get_mut' || name === 'remove' || name === 'insert')
      return second && instance('Option', second)
    if (name === 'entry') return second && instance('Entry', second)
    return SAME.has(name) ? receiver : undefined
  }
  const isResult = receiver.name === 'Option' || receiver.name === 'Result'
  if (name === 'enumerate') return first && instance('Iter', instance('()', instance('usize'), first))
  if (name === 'map' || name === 'flat_map' || name === 'filter_map' || name === 'and_then' || name === 'map_while') {
    const value = given()
    if (value === undefined) return undefined
    const isFlat = name !== 'map'
    if (isResult) return isFlat ? value : { ...receiver, args: [value, ...receiver.args.slice(1)] }
    return isFlat && value.kind === 'instance' ? instance('Iter', ...value.args.slice(0, 1)) : instance('Iter', value)
  }
  if (name === 'ok_or' || name === 'ok_or_else') return first && instance('Result', first)
  if (name === 'err' || name === 'unwrap_err') return name === 'err' ? second && instance('Option', second) : second
  if (name === 'lock' || name === 'read' || name === 'write') return first && instance('Result', first)
  if (SAME.has(name)) return receiver
  if (ONE.has(name) || (name === 'remove' && receiver.name === 'Vec')) return first
  if (MAYBE.has(name)) return first && instance('Option', first)
  return undefined
}

const OF_ERROR = /^(?:map_err|unwrap_or_else|or_else|inspect_err|is_err_and)$/

/** A parameter of the closure passed to a member of a standard type. */
export function parameterOfStandard(receiver: Instance, name: string, order: number): Value | undefined {
  if (receiver.name === 'Result' && OF_ERROR.test(name)) return receiver.args[1]
  // The parameter may be the error.
  if (receiver.name === 'Result' && name === 'map_or_else') return undefined
  if (/^(?:try_)?r?fold$|^scan$/.test(name)) return order === 1 ? elementOfStandard(receiver) : undefined
  return elementOfStandard(receiver)
}

/** Members that any type may have through a derived or blanket-implemented trait. */
export const FOR_ALL: ReadonlySet<string> = new Set(
  `clone clone_from to_owned to_string into try_into from try_from as_ref as_mut borrow borrow_mut eq ne cmp partial_cmp lt le gt ge max min
  hash fmt default type_id by_ref into_iter iter then_some`.split(/\s+/),
)

/** Finds the values that `for`, `with` and unpacking take from a value. */

import { findMember, lineageOf } from './lineage.ts'
import type { Program } from './program.ts'
import { collectionOf, OUTSIDE, optionsOf, unionOf, type Value } from './values.ts'

export function iteratedValue(program: Program, value: Value | null): Value | null {
  return unionOf(optionsOf(value).map((option) => iteratedOption(program, option)))
}

function iteratedOption(program: Program, value: Value): Value | null {
  if (value.kind === 'collection') return value.item
  if (value.kind === 'outside') return OUTSIDE
  if (value.kind === 'class' && lineageOf(program, value.definition).isEnum) {
    return { kind: 'instance', definition: value.definition }
  }
  if (value.kind !== 'instance') return null
  const iterator = calledMember(program, value, '__iter__') ?? calledMember(program, value, '__aiter__')
  if (iterator?.kind === 'collection') return iterator.item
  if (iterator?.kind === 'instance') {
    return calledMember(program, iterator, '__next__') ?? calledMember(program, iterator, '__anext__')
  }
  return calledMember(program, value, '__getitem__')
}

/** The value that `with value as name` binds. */
export function enteredValue(program: Program, value: Value | null): Value | null {
  return unionOf(
    optionsOf(value).map((option) => {
      if (option.kind === 'collection') return option.item
      if (option.kind === 'outside') return OUTSIDE
      if (option.kind !== 'instance') return null
      return calledMember(program, option, '__enter__') ?? calledMember(program, option, '__aenter__') ?? option
    }),
  )
}

/** The result of an object's method; `null` if there is no such method or its result is unknown. */
export function calledMember(program: Program, value: Value & { kind: 'instance' }, name: string): Value | null {
  const method = findMember(program, value.definition, name)?.found.value
  return method?.kind === 'function' ? program.resultOf({ ...method, receiver: value }) : null
}

/** Follows an unpacking path into a value. */
export function partOf(program: Program, value: Value | null, path: readonly number[]): Value | null {
  let part = value
  for (const index of path) {
    const parts = part?.kind === 'collection' ? part.parts : null
    if (index === -1) part = collectionOf(iteratedValue(program, part))
    else part = parts === null ? iteratedValue(program, part) : (parts.at(index < 0 ? index + 1 : index) ?? null)
  }
  return part
}

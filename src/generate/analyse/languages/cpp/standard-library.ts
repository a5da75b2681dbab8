/** Finds the element types of C++ standard library types whose members are reached through them. */

import type { Value } from '#generate/analyse/engine/language.ts'

const POINTERS = new Set('unique_ptr shared_ptr weak_ptr optional reference_wrapper atomic observer_ptr'.split(' '))
const MAPS = new Set(['map', 'unordered_map', 'multimap', 'unordered_multimap'])

/** Whether `->` reaches the members of its type argument. */
export function isPointer(type: string): boolean {
  return POINTERS.has(type)
}

/** The result of indexing or iterating. Arrays and pointers count as their element. */
export function elementOf(value: Value): Value | undefined {
  if (value.kind !== 'instance' || value.decl !== null || value.args.length === 0) return value
  return MAPS.has(value.name) ? value.args[1] : value.args[0]
}

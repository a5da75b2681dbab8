/**
 * Finds multiple declarations of one definition: a `.d.ts` and the JavaScript file that it describes, and declarations in the
 * branches of an `#if` of C and C++. Each has its own entry; uses of one count for all.
 */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { isAmbient } from '#generate/pages/public-api/traits.ts'

const KINDS = new Set<Component['kind']>(['class', 'function', 'method'])
/** Kinds that C and C++ declare several times only in alternative branches. */
const VARIANTS = new Set<Component['kind']>(['type', 'macro', 'constant'])
const IS_C = /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|ipp|inl)$/
const MAX_VARIANTS = 8
const IS_JAVASCRIPT = /\.[cm]?jsx?$/

/** All declarations, keyed by the id of each. If more than two have a name, it is unknown which belong together. */
export function typedTwins(components: readonly Component[]): Map<string, readonly Component[]> {
  const byName = new Map<string, Component[]>()
  for (const component of components) {
    if (!KINDS.has(component.kind) || !(isAmbient(component) || IS_JAVASCRIPT.test(component.file))) continue
    push(byName, `${component.kind} ${component.qualifiedName}`, component)
  }
  const found = new Map<string, readonly Component[]>()
  for (const both of byName.values())
    if (both.length === 2 && both.filter(isAmbient).length === 1) for (const { id } of both) found.set(id, both)
  for (const all of variantsOf(components)) for (const { id } of all) found.set(id, all)
  return found
}

/** The declarations of each name that a C or C++ file declares several times. */
function variantsOf(components: readonly Component[]): Component[][] {
  const byName = new Map<string, Component[]>()
  for (const component of components) {
    if (!VARIANTS.has(component.kind) || !IS_C.test(component.file)) continue
    const key = `${component.file} ${component.kind} ${component.parent ?? ''} ${component.qualifiedName}`
    push(byName, key, component)
  }
  return [...byName.values()].filter((all) => all.length > 1 && all.length <= MAX_VARIANTS)
}

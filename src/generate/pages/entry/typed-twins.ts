/**
 * Declarations of one thing: what a `.d.ts` says of JavaScript that another file defines, and what C and C++ declare once in each
 * branch of an `#if`. Each has its entry; who uses one uses the other.
 */

import type { Component } from '#generate/model.ts'
import { isAmbient } from '#generate/pages/public-api/traits.ts'

const KINDS = new Set<Component['kind']>(['class', 'function', 'method'])
/** Declared again with another meaning only where a build chooses between them. */
const VARIANTS = new Set<Component['kind']>(['type', 'macro', 'constant'])
const IS_C = /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|ipp|inl)$/
const MAX_VARIANTS = 8
const IS_JAVASCRIPT = /\.[cm]?jsx?$/

/** By the id of each of the two both of them. Of several of one name it is not known which is meant. */
export function typedTwins(components: readonly Component[]): Map<string, readonly Component[]> {
  const byName = new Map<string, Component[]>()
  for (const component of components) {
    if (!KINDS.has(component.kind) || !(isAmbient(component) || IS_JAVASCRIPT.test(component.file))) continue
    const key = `${component.kind} ${component.qualifiedName}`
    byName.set(key, [...(byName.get(key) ?? []), component])
  }
  const found = new Map<string, readonly Component[]>()
  for (const both of byName.values())
    if (both.length === 2 && both.filter(isAmbient).length === 1) for (const { id } of both) found.set(id, both)
  for (const all of variantsOf(components)) for (const { id } of all) found.set(id, all)
  return found
}

/** Of each name that a file of C or C++ declares several times, its declarations. */
function variantsOf(components: readonly Component[]): Component[][] {
  const byName = new Map<string, Component[]>()
  for (const component of components) {
    if (!VARIANTS.has(component.kind) || !IS_C.test(component.file)) continue
    const key = `${component.file} ${component.kind} ${component.parent ?? ''} ${component.qualifiedName}`
    const all = byName.get(key)
    if (all === undefined) byName.set(key, [component])
    else all.push(component)
  }
  return [...byName.values()].filter((all) => all.length > 1 && all.length <= MAX_VARIANTS)
}

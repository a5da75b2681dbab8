/** Finds doc comments that their declarations contradict: renamed types, results that are no longer given. They are left out. */

import type { Component } from '#generate/model.ts'
import { foldersAbove, nameOf } from '#generate/paths.ts'

const MAX_READ = 500
const MAX_SIGNATURE = 2_000
/** `orbit.immutable.Planner` */
const DOTTED = /(?<![\w.@/])[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){2,5}(?![\w.(])/g
const PROMISES = /\breturns? `?(?:true|false|null|nil|none)\b/i
const IS_VOID = /^(?:[a-z]{1,20} ){0,4}void\s|\)\s?:\s?(?:void|Unit)\s?$|->\s?(?:None|\(\)|Void)\s?:?$/

/** The components by their ids, without the comments that are stale. */
export function withoutStaleComments(components: readonly Component[]): Map<string, Component> {
  const known = new Set<string>()
  for (const { name, file } of components) {
    known.add(name)
    for (const folder of foldersAbove(file)) known.add(nameOf(folder.replace(/\/$/, '')))
  }
  return new Map(components.map((one) => [one.id, isStale(one, known) ? { ...one, doc: null } : one]))
}

function isStale({ doc, name, kind, signature }: Component, known: ReadonlySet<string>): boolean {
  const [first = ''] = doc?.slice(0, MAX_READ).split(/\.\s|\n\s*\n/, 1) ?? []
  const isCalled = kind === 'function' || kind === 'method'
  if (isCalled && PROMISES.test(first) && IS_VOID.test(signature.slice(0, MAX_SIGNATURE))) return true
  // Its own name, in a place of this repository that does not exist.
  return (first.match(DOTTED) ?? []).some((path) => {
    const [head = '', ...parts] = path.split('.')
    return parts.at(-1) === name && known.has(head) && !known.has(parts.at(-2) ?? '')
  })
}

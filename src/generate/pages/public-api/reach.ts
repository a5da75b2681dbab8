/**
 * Measures how much of the code of some files each of their definitions reaches by calls, instantiation, inheritance and members.
 */

import { memoized } from '#base/memoize.ts'
import type { Component, EdgeKind } from '#generate/model.ts'
import { isCode, isConfident } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Share of the reached code that counts, by kind of edge. A type that is only mentioned counts little. */
const SHARES: Readonly<Partial<Record<EdgeKind, number>>> = {
  calls: 0.9,
  instantiates: 0.9,
  extends: 0.8,
  'mixes-in': 0.8,
  references: 0.8,
  implements: 0.4,
  'uses-type': 0.4,
}
/** Share from a declaration to its implementation. */
const DONE_BY = 0.6
/** Factor for lines that only contain data. */
const DATA = 0.1
const ROUNDS = 8
const MAX_REACHED = 4_000

interface Work {
  /** Number of own lines of each definition, by id; a line of data counts as a tenth. */
  readonly lines: ReadonlyMap<string, number>
  /** For each definition, those that it reaches directly, with their share. */
  readonly next: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** The share of the files' code that each definition reaches, from 0 to 1, by id. */
export function reachedFrom(
  writing: Writing,
  files: ReadonlySet<string>,
  from: readonly Component[],
): Map<string, number> {
  const { repo } = writing
  const { lines, next } = workOf(writing)
  let all = 0
  for (const path of files) {
    for (const { id } of repo.tops.get(path) ?? []) for (const one of heldBy(writing, id)) all += lines.get(one) ?? 0
  }
  const isInside = (id: string): boolean => files.has(repo.components.get(id)?.file ?? '')
  return new Map(
    from.map(({ id }) => {
      let sum = 0
      for (const [to, share] of spread(holderOf(writing, id), next, isInside)) sum += share * (lines.get(to) ?? 0)
      return [id, all === 0 ? 0 : Math.min(1, sum / all)]
    }),
  )
}

/** Reached definitions, each with the best share of all paths to it. */
function spread(start: string, next: Work['next'], isInside: (id: string) => boolean): Map<string, number> {
  const reached = new Map([[start, 1]])
  let frontier = [start]
  for (let round = 0; round < ROUNDS && frontier.length > 0; round++) {
    const further = new Set<string>()
    for (const id of frontier) {
      const share = reached.get(id) ?? 0
      for (const [to, part] of next.get(id) ?? []) {
        if (share * part <= (reached.get(to) ?? 0) || reached.size >= MAX_REACHED || !isInside(to)) continue
        reached.set(to, share * part)
        further.add(to)
      }
    }
    frontier = [...further]
  }
  return reached
}

const workOf = memoized((writing: Writing): Work => {
  const { analysis, repo } = writing
  const lines = new Map<string, number>()
  const next = new Map<string, Map<string, number>>()
  const lead = (from: string, to: string, share: number): void => {
    if (from === to) return
    const row = next.get(from) ?? new Map<string, number>()
    next.set(from, row)
    row.set(to, Math.max(share, row.get(to) ?? 0))
  }
  for (const component of repo.components.values()) {
    if (!isCode(repo.files.get(component.file))) continue
    const holder = holderOf(writing, component.id)
    const { kind, startLine, endLine } = component
    const isDone = kind === 'function' || kind === 'method' || kind === 'macro'
    if (!isDone && holder !== component.id) continue
    lines.set(holder, (lines.get(holder) ?? 0) + (endLine - startLine + 1) * (isDone ? 1 : DATA))
  }
  for (const edge of analysis.edges) {
    const share = SHARES[edge.kind]
    if (share === undefined || !isConfident(edge)) continue
    if (!repo.components.has(edge.from) || !repo.components.has(edge.to)) continue
    const [from, to] = [holderOf(writing, edge.from), holderOf(writing, edge.to)]
    lead(from, to, share)
    if (edge.kind === 'implements' || edge.kind === 'extends') lead(to, from, DONE_BY)
  }
  return { lines, next }
})

/** The top-level definition that contains a component; namespaces count as files. */
function holderOf({ repo }: Writing, id: string): string {
  let at = repo.components.get(id)
  for (let up = at; up !== undefined && up.kind !== 'namespace'; ) {
    at = up
    up = up.parent === null ? undefined : repo.components.get(up.parent)
    // Members that another file adds to a type count for the type, but types nested in it in another file do not.
    if (up?.file !== at.file && TYPES.has(at.kind)) break
  }
  return at?.id ?? id
}

/** A definition; for a namespace, its members as well, also those of nested namespaces. */
function heldBy({ repo }: Writing, id: string): string[] {
  const found = [id]
  for (const next of found) {
    if (repo.components.get(next)?.kind !== 'namespace') continue
    for (const member of repo.members.get(next) ?? []) found.push(member.id)
  }
  return found
}

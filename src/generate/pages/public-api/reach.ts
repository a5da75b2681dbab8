/** How much of the work that some files do lies behind each of their definitions: over what it calls, makes, extends and holds. */

import type { Component, EdgeKind } from '#generate/model.ts'
import { isCode, isConfident } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Of what lies behind a step so much counts. A type that is only named tells little of what is done. */
const SHARES: Readonly<Partial<Record<EdgeKind, number>>> = {
  calls: 0.9,
  instantiates: 0.9,
  extends: 0.8,
  'mixes-in': 0.8,
  references: 0.8,
  implements: 0.4,
  'uses-type': 0.4,
}
/** From what is declared to what does it. */
const DONE_BY = 0.6
/** Lines that only say what something is. */
const DATA = 0.1
const ROUNDS = 8
const MAX_REACHED = 4_000

interface Work {
  /** Lines that a definition itself has, by its id. */
  readonly lines: ReadonlyMap<string, number>
  readonly next: ReadonlyMap<string, ReadonlyMap<string, number>>
}

const known = new WeakMap<Writing, Work>()

/** Of the work of some files the share that is reached from each of some definitions in them, 0 to 1, by their ids. */
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

/** What is reached, with the best share of all ways there. */
function spread(start: string, next: Work['next'], isInside: (id: string) => boolean): Map<string, number> {
  const reached = new Map([[start, 1]])
  let edge = [start]
  for (let round = 0; round < ROUNDS && edge.length > 0; round++) {
    const further = new Set<string>()
    for (const id of edge) {
      const share = reached.get(id) ?? 0
      for (const [to, part] of next.get(id) ?? []) {
        if (share * part <= (reached.get(to) ?? 0) || reached.size >= MAX_REACHED || !isInside(to)) continue
        reached.set(to, share * part)
        further.add(to)
      }
    }
    edge = [...further]
  }
  return reached
}

function workOf(writing: Writing): Work {
  const found = known.get(writing)
  if (found !== undefined) return found
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
  const work = { lines, next }
  known.set(writing, work)
  return work
}

/** What stands at the top of its file around a component, or in a namespace there; of a namespace itself. */
function holderOf({ repo }: Writing, id: string): string {
  let at = repo.components.get(id)
  for (let up = at; up !== undefined && up.kind !== 'namespace'; ) {
    at = up
    up = up.parent === null ? undefined : repo.components.get(up.parent)
    // What a file adds to a type of another one is work of the type; a type within it that stands in another file is not.
    if (up?.file !== at.file && TYPES.has(at.kind)) break
  }
  return at?.id ?? id
}

/** A definition, or what a namespace holds. */
function heldBy({ repo }: Writing, id: string): string[] {
  const found = [id]
  for (const next of found) {
    if (repo.components.get(next)?.kind !== 'namespace') continue
    for (const member of repo.members.get(next) ?? []) found.push(member.id)
  }
  return found
}

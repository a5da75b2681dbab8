/**
 * Determines the files to analyse again: changed files, and files whose results were derived from something that
 * changed.
 */

import { push } from '#base/multimap.ts'
import type { KeptExports, KeptState } from './kept-files.ts'
import type { Outline } from './outline.ts'

/** The known facts of a file before its names are resolved. */
export interface Present {
  readonly outline: Outline
  readonly exports: KeptExports
  /** A hash of everything that other files may read from it, except the results of its functions. */
  readonly signature: string
}

export interface Stale {
  /** Files to be analysed again. */
  readonly files: ReadonlySet<string>
  /** Files whose readable part changed; earlier reads of them no longer count. */
  readonly changed: ReadonlySet<string>
}

/**
 * @param present - Every file that could be read.
 * @param changed - Files whose text changed.
 * @param submoduleAt - The current path of a submodule; '' for none.
 */
export function findStale(
  kept: KeptState,
  present: ReadonlyMap<string, Present>,
  changed: ReadonlySet<string>,
  submoduleAt: (name: string) => string,
): Stale {
  const stale = new Set(changed)
  const work: string[] = []
  for (const [path, now] of present) {
    const before = kept.files.get(path)
    const bodies = now.outline.bodies
    const isSame = before?.signature === now.signature
    if (!isSame || before.consulted.some((index) => before.outline.bodies[index] !== bodies[index])) work.push(path)
    else if (bodies.some((body, index) => body !== before.outline.bodies[index])) stale.add(path)
  }
  for (const path of kept.files.keys()) if (!present.has(path)) work.push(path)
  for (const [name, before] of kept.submodules) if (submoduleAt(name) !== before) work.push(name)

  const readers = work.length === 0 ? undefined : readersOf(kept)
  const first = new Set(work)
  const reached = new Set(work)
  for (let name = work.pop(); name !== undefined; name = work.pop()) {
    for (const reader of readers?.get(name) ?? []) {
      if (reached.has(reader)) continue
      reached.add(reader)
      work.push(reader)
    }
  }
  for (const name of reached) if (present.has(name)) stale.add(name)
  return { files: stale, changed: first }
}

function readersOf(kept: KeptState): Map<string, string[]> {
  const readers = new Map<string, string[]>()
  for (const [path, { reads }] of kept.files) for (const name of reads) push(readers, name, path)
  return readers
}

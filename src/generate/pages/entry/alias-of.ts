/** Finds the definition that a constant is an alias of: `export const find = search`, `Plan = Orbit::Plan`. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const MAX_SIGNATURE = 300
/** Matches a name after `=`, not after a comparison. */
const VALUE = /(?<![=!<>~])= ?(?:[\p{L}_$][\p{L}\p{N}_$]*(?:\.|::)){0,4}([\p{L}_$][\p{L}\p{N}_$]*)$/u

/** @returns `undefined` if the value is not the name of a definition in the repository. */
export function aliasOf(repo: RepoIndex, component: Component): Component | undefined {
  const { id, file, kind, name, startLine, signature } = component
  if (kind !== 'constant') return undefined
  const meant = VALUE.exec(signature.slice(0, MAX_SIGNATURE))?.[1]
  if (meant === undefined) return undefined
  const targets = [...repo.occurrences.usesIn(id), ...repo.occurrences.usesIn(file)]
    .filter((use) => use.file === file && use.line === startLine && use.to !== id)
    .flatMap(({ to }) => repo.components.get(to) ?? [])
    .filter((one) => one.name === meant && one.kind !== 'constant' && one.kind !== 'field')
  // A module may export the method of an object under its own name: `encode = codec.encode`.
  return targets.find((one) => one.name !== name || one.file !== file || one.kind === 'method')
}

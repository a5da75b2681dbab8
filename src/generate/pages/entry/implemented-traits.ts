/** Finds the traits that a Rust file implements for types of other files. */

import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, refLink } from '#markdown/build.ts'
import { implsIn, type RustImpl } from './rust-impls.ts'

/** The `impl` of a trait that contains a method. */
export function implOf(repo: RepoIndex, { file, startLine }: Component): RustImpl | undefined {
  return implsIn(repo, file).find(({ line, endLine }) => startLine >= line && startLine <= endLine)
}

/**
 * `implements Show for Plan`: traits of other files, for types of other files.
 *
 * @param isOwn - Whether to list traits of the repository or third-party ones.
 */
export function implementsWords({ repo, texts }: Writing, path: string, isOwn: boolean, max: number): Inline[] {
  const tops = new Set((repo.tops.get(path) ?? []).map(({ name }) => name))
  const labels = new Map<string, Inline[]>()
  for (const one of implsIn(repo, path)) {
    const trait = traitOf(repo, path, one)
    // Blanket implementations say little about the file.
    const isBlanket = one.bounds.startsWith(`${one.target}:`)
    if (one.isInner || isBlanket || tops.has(one.type ?? '') || trait?.file === path || (trait !== undefined) !== isOwn)
      continue
    const text = `${trait === undefined ? one.trait : one.name} for ${one.target}`
    labels.set(text, [
      trait === undefined
        ? { ...code(text), data: { isQuoted: true } }
        : refLink(refTo.component(trait.id), code(text)),
    ])
  }
  return labels.size === 0 ? [] : texts.relations.implements.say(few([...labels.values()], max, texts))
}

const known = new WeakMap<RepoIndex, Map<string, Component[]>>()

/** The trait of the repository that an `impl` implements, if the analysis has resolved it. */
function traitOf(repo: RepoIndex, path: string, { name, type }: RustImpl): Component | undefined {
  let traits = known.get(repo)
  if (traits === undefined) {
    traits = new Map()
    for (const one of repo.components.values())
      if (one.kind === 'trait') traits.set(one.name, [...(traits.get(one.name) ?? []), one])
    known.set(repo, traits)
  }
  const isOf = (end: string): boolean => end === path || (type !== undefined && repo.components.get(end)?.name === type)
  return traits.get(name)?.find(({ id }) => [...(repo.heirs.get(id)?.keys() ?? [])].some(isOf))
}

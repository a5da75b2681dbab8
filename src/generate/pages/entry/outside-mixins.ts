/** Finds modules of other packages that a Ruby class or module includes: some of its methods come from there. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** Limit on the lines of a body that are read. */
const MAX_LINES = 400
/** `include A, B` or `prepend(A)` on a line of its own. */
const INCLUDE =
  /^(\s+)(?:include|prepend)[ (]\s{0,4}((?:::)?[A-Z][\w:]*(?:,\s{0,4}(?:::)?[A-Z][\w:]*){0,8})\)?\s*(?:#.*)?$/

/** Kinds of definitions that Ruby can include; a constant may refer to a module. */
const MIXABLE: ReadonlySet<Component['kind']> = new Set(['namespace', 'class', 'constant'])

/**
 * The names as written, in order. Names whose last part is that of a module in the repository are left out, because they may
 * mean that module.
 */
export function outsideMixins(
  repo: RepoIndex,
  { kind, file, startLine, endLine }: Component,
): { name: string; line: number }[] {
  if ((kind !== 'class' && kind !== 'namespace') || repo.files.get(file)?.language !== 'ruby') return []
  const own = ownModules(repo)
  const lines = codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_LINES))
  const indentation = (line: string): number => line.length - line.trimStart().length
  // Only lines indented like the first line of the body; deeper ones belong to a nested class.
  const first = lines.slice(1).find((line) => line.trim() !== '')
  const found: { name: string; line: number }[] = []
  for (const [at, line] of lines.entries()) {
    const [, , names = ''] = INCLUDE.exec(line.slice(0, 300)) ?? []
    if (names === '' || indentation(line) !== indentation(first ?? '')) continue
    for (const name of names.split(/,\s*/)) {
      const last = name.split('::').at(-1) ?? ''
      if (!own.has(last)) found.push({ name, line: startLine + at })
    }
  }
  return found
}

const known = new WeakMap<RepoIndex, ReadonlySet<string>>()

/** The names of modules that the repository itself defines. */
function ownModules(repo: RepoIndex): ReadonlySet<string> {
  const isModule = ({ kind, file }: Component): boolean =>
    MIXABLE.has(kind) && repo.files.get(file)?.language === 'ruby'
  const names = known.get(repo) ?? new Set([...repo.components.values()].filter(isModule).map(({ name }) => name))
  known.set(repo, names)
  return names
}

/** Expands subpath patterns in `exports`, such as `./features/*` with `./dist/features/*.js`, into files. */

import type { Package } from '#generate/model.ts'
import type { EntryFiles } from './entry-files.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** Limit on the conditions of one pattern. */
const MAX_TARGETS = 8

/** The entries for the first target that matches any file, by path. */
export function expandPattern(
  subpath: string,
  targets: readonly string[],
  sources: EntryFiles,
  files: RepositoryFiles,
  atMost: number,
): Package['entries'] {
  for (const target of targets.slice(0, MAX_TARGETS)) {
    if (target.split('*').length !== 2) continue
    for (const candidate of sources.candidates(target)) {
      const [before = '', after = ''] = candidate.split('*')
      // A pattern that matches every file of the repository, or files that are not code, is too vague.
      if (before === '' || !/\.[cm]?[jt]sx?$/.test(candidate)) continue
      const found: Package['entries'] = []
      for (const { path, role } of files.from(before)) {
        const isOne = path.length > before.length + after.length && path.endsWith(after)
        if (!isOne || role !== 'code' || path.endsWith('.d.ts')) continue
        const star = path.slice(before.length, path.length - after.length)
        found.push({ subpath: subpath.replace('*', () => star), file: path })
        if (found.length >= atMost) break
      }
      if (found.length > 0) return found
    }
  }
  return []
}

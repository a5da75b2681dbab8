/** Subpath patterns of `exports`: `./features/*` with `./dist/features/*.js`, as the files that they stand for. */

import type { Package } from '#generate/model.ts'
import type { EntryFiles } from './entry-files.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** Conditions of one pattern. */
const MAX_TARGETS = 8

/** The entries of the first target that any file fits, by path. */
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
      // A folder's every file says nothing of what is meant.
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

/** Which files a repository wants documented, by the patterns of its steering file. */

import type { FileRole } from '#generate/model.ts'
import { matchesSegments, segmentsOf } from './glob.ts'

/** Patterns in which `*` and `**` are special; a pattern that names a folder stands for all that is in it. */
export interface Selection {
  include: readonly string[]
  exclude: readonly string[]
}

/** What `include` chooses among; manifests, configurations and documents tell of the whole whatever is documented. */
const CHOSEN: ReadonlySet<FileRole> = new Set(['code', 'test', 'example'])

export interface Selector {
  isExcluded(path: string): boolean
  isIncluded(path: string, role: FileRole): boolean
}

export function selectorOf({ include, exclude }: Selection): Selector {
  const included = include.flatMap(patternsOf)
  const excluded = exclude.flatMap(patternsOf)
  const matches = (path: string, patterns: readonly (readonly string[])[]): boolean => {
    if (patterns.length === 0) return false
    const segments = path.split('/')
    return patterns.some((pattern) => matchesSegments(pattern, segments))
  }
  return {
    isExcluded: (path) => matches(path, excluded),
    isIncluded: (path, role) => included.length === 0 || !CHOSEN.has(role) || matches(path, included),
  }
}

/** The pattern, and the same for all that is in a folder of this name. */
function patternsOf(pattern: string): string[][] {
  const segments = segmentsOf(pattern.replace(/^\.\//, '/'))
  return segments.at(-1) === '**' ? [segments] : [segments, [...segments, '**']]
}

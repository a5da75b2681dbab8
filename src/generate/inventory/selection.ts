/** Selects the files to document by the patterns of the steering file. */

import type { FileRole } from '#generate/model.ts'
import { matchesSegments, segmentsOf } from './glob.ts'

/** Patterns with `*` and `**`; a pattern that names a folder includes everything inside. */
export interface Selection {
  include: readonly string[]
  exclude: readonly string[]
}

/**
 * Roles that `include` filters; manifests, configurations and documents concern the whole repository and are always
 * kept.
 */
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

/** The pattern itself, and one for everything inside a folder that it names. */
function patternsOf(pattern: string): string[][] {
  const segments = segmentsOf(pattern.replace(/^\.\//, '/'))
  return segments.at(-1) === '**' ? [segments] : [segments, [...segments, '**']]
}

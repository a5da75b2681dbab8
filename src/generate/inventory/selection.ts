/** Selects the files to document by the patterns of the steering file. */

import type { FileRole } from '#generate/model.ts'
import { createMatcher, type PatternWork, segmentsOf } from './glob.ts'

/** Patterns with `*` and `**`; a pattern that names a folder includes everything inside. */
export interface Selection {
  include: readonly string[]
  exclude: readonly string[]
}

/** Roles that `include` filters; manifests, configurations and documents concern the whole repository and are always kept. */
const CHOSEN: ReadonlySet<FileRole> = new Set(['code', 'test', 'example'])

export interface Selector {
  isExcluded(path: string): boolean
  isIncluded(path: string, role: FileRole): boolean
}

export function selectorOf({ include, exclude }: Selection, work?: PatternWork): Selector {
  const included = createMatcher(include.map(patternOf), work, 'docspool.json')
  const excluded = createMatcher(exclude.map(patternOf), work, 'docspool.json')
  return {
    isExcluded: (path) => excluded(path).length > 0,
    isIncluded: (path, role) => include.length === 0 || !CHOSEN.has(role) || included(path).length > 0,
  }
}

/** Also matches everything inside a folder that the pattern names. */
const patternOf = (pattern: string): string[] => [...segmentsOf(pattern.replace(/^\.\//, '/')), '**']

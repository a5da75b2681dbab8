/** A command that a reader types, and what makes one of what a manifest names. */

import type { Ecosystem, Package } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { byUse } from './script-order.ts'

/** A command, and what it runs in turn or is for. */
export interface Command {
  line: string
  /** A command of the manifest's own. */
  runs?: string
  /** Words of the manifest. */
  words?: string
  /** No manifest says it: the tool behind one does it by itself. */
  isUsual?: true
  /** For maintainers: only counted. */
  isAside?: true
}

/** Where a manifest stands. */
export interface Here {
  writing: Writing
  repo: RepoIndex
  /** Whether a file of this name stands beside the manifest. */
  has(name: string): boolean
  /** The package that the manifest is of. */
  package(ecosystem: Ecosystem): Package | undefined
}

/** What may stand in a command line without quotes. */
export const PLAIN = /^[\w./@+-]+$/

/** Of what a manifest names, by the command that runs one. */
export function scripts(named: readonly (readonly [string, string])[], lineOf: (name: string) => string): Command[] {
  return byUse(named).map(({ name, runs, isAside }) => ({ line: lineOf(name), runs, ...(isAside ? { isAside } : {}) }))
}

/** Names of which the manifest does not say what they run. */
export const named = (names: readonly string[]): [string, string][] => names.map((name) => [name, ''])

/** What a tool does by itself. */
export function lines(...texts: string[]): Command[] {
  return texts.map((line) => ({ line, isUsual: true }))
}

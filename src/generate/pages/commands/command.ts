/** A command for readers to run, and helpers that create one from names in a manifest. */

import type { Ecosystem, Package } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { byUse } from './script-order.ts'

/** A command with what it runs or a description. */
export interface Command {
  line: string
  /** The command that the manifest defines. */
  runs?: string
  /** The description in the manifest. */
  words?: string
  /** Whether it is a usual command of the tool, not defined by the manifest. */
  isUsual?: true
  /** Whether it is for maintainers and left out. */
  isOmitted?: true
}

/** The location of a manifest. */
export interface Here {
  writing: Writing
  repo: RepoIndex
  /** Whether a file with this name is next to the manifest. */
  has(name: string): boolean
  /** The package of the manifest. */
  package(ecosystem: Ecosystem): Package | undefined
}

/** Matches words that need no quotes in a command line. */
export const PLAIN = /^[\w./@+-]+$/

/** Creates commands for the scripts of a manifest. */
export function scripts(named: readonly (readonly [string, string])[], lineOf: (name: string) => string): Command[] {
  return byUse(named).map(({ name, runs, isOmitted }) => ({
    line: lineOf(name),
    runs,
    ...(isOmitted ? { isOmitted } : {}),
  }))
}

/** Names whose commands the manifest does not define. */
export const named = (names: readonly string[]): [string, string][] => names.map((name) => [name, ''])

/** Creates usual commands of a tool. */
export function lines(...texts: string[]): Command[] {
  return texts.map((line) => ({ line, isUsual: true }))
}

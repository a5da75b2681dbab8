/** A command for readers to run. */

import type { Ecosystem, Package } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'

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

/** Creates usual commands of a tool. */
export function lines(...texts: string[]): Command[] {
  return texts.map((line) => ({ line, isUsual: true }))
}

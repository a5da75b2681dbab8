/** The parts of a division, and the context for making them. */

import type { FileLinks } from './links.ts'
import type { Titled } from './title.ts'
import type { Unit } from './units.ts'

/** A future module: a leaf has `units`, a parent has `parts`. */
export interface Part extends Titled {
  id: string
  path: string
  units: Unit[]
  parts: Part[]
}

export interface Context {
  /** The repository's name, for parts that no folder names. */
  name: string
  /** Folders with a manifest of their own; they stay separate if there is room. */
  packages: ReadonlySet<string>
  links: FileLinks
  /** Files that a reader begins with. */
  entries: ReadonlySet<string>
}

/** The maximum depth of a part. */
export const MAX_LEVEL = 3

/** Maximum number of parts that a reader is shown in one list, if their sizes allow it. */
export const MANY_PARTS = 24

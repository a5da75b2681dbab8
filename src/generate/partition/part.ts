/** What a division is made of. */

import type { FileLinks } from './links.ts'
import type { Titled } from './title.ts'
import type { Unit } from './units.ts'

/** A module to be: a leaf has `units`, a parent has `parts`. */
export interface Part extends Titled {
  id: string
  path: string
  units: Unit[]
  parts: Part[]
}

export interface Context {
  /** The repository's name, for what no folder names. */
  name: string
  /** Folders with a manifest of their own; they stay apart while there is room. */
  packages: ReadonlySet<string>
  links: FileLinks
  /** Files that a reader begins with. */
  entries: ReadonlySet<string>
}

/** No part is deeper. */
export const MAX_LEVEL = 3

/** Maximum number of parts that a reader is shown in one list, if their sizes allow it. */
export const MANY_PARTS = 12

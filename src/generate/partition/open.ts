/** Decides which folders inside a folder are opened, so that their contents are listed beside the others. */

import { isSideline } from '#generate/beside-code.ts'
import { descend, type Folder, listFolder } from './folder.ts'
import { isContainer } from './names.ts'
import { codeSizeOf, fits } from './units.ts'

export interface Plan {
  /** For each opened folder, the files directly in it; the given folder comes first. */
  groups: Folder[]
  /** The folders that stay closed. */
  folders: Folder[]
}

const FEW_PARTS = 4
/** Minimum size, as a share of a page, of a folder that is opened to get more parts. */
const WORTH_OPENING = 1 / 5
/** Minimum number of files of a folder that is a part of its own. */
export const SMALL = 3
const MAX_OPENED = 40

/**
 * Opens the folder and, inside it, large folders that only contain packages. For the whole repository (level 1), also
 * opens folders that contain most of the files, or that would otherwise leave too few parts.
 */
export function open(folder: Folder, level: number): Plan {
  const listing = listFolder(folder)
  const groups: Folder[] = [{ ...folder, units: listing.files }]
  let folders = listing.folders.map(descend)
  const hasCode = folder.units.some((unit) => unit.isCode)
  const size = (next: Folder): number => codeSizeOf(next.units, hasCode)
  const total = size(folder)
  while (groups.length < MAX_OPENED) {
    const few = level === 1 && folders.filter((next) => size(next) > 0 && next.units.length >= SMALL).length < FEW_PARTS
    const largestFirst = folders.filter((next) => mayOpen(next, hasCode)).sort((a, b) => size(b) - size(a))
    const next = largestFirst.find(
      (one) => few || (level === 1 && size(one) > total / 2) || (isContainer(one.path) && !fits(one.units)),
    )
    if (next === undefined) break
    const inside = listFolder(next)
    groups.push({ ...next, units: inside.files })
    folders = [...folders.filter((one) => one !== next), ...inside.folders.map(descend)]
  }
  return { groups, folders }
}

/** Whether a folder is large, and at least a fifth of it is in folders that can be parts of their own. */
function mayOpen(folder: Folder, hasCode: boolean): boolean {
  if (fits(folder.units, WORTH_OPENING) || isSideline(folder.path)) return false
  if (codeSizeOf(folder.units, hasCode) === 0) return false
  const { folders } = listFolder(folder)
  const parts = folders.filter((next) => next.units.length >= SMALL)
  const inside = parts.reduce((sum, next) => sum + codeSizeOf(next.units, hasCode), 0)
  return parts.length > 0 && inside >= codeSizeOf(folder.units, hasCode) / 5
}

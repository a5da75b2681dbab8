/**
 * Folders as ranges of a sorted list of files. Nothing here walks a tree, so a thousand nested folders cost no more
 * than their names.
 */

import { compareText } from '#generate/model.ts'
import type { Unit } from './units.ts'

export interface Folder {
  /** Without a final `/`; '' for the root. */
  path: string
  /** Every file below it, sorted by path. Never empty but for the root. */
  units: Unit[]
}

/** What lies directly in a folder. */
export interface Listing {
  files: Unit[]
  /** Sorted by path. */
  folders: Folder[]
}

export function listFolder(folder: Folder): Listing {
  const prefix = folder.path === '' ? 0 : folder.path.length + 1
  const files: Unit[] = []
  const folders = new Map<string, Unit[]>()
  for (const unit of folder.units) {
    const slash = unit.path.indexOf('/', prefix)
    if (slash === -1) {
      files.push(unit)
      continue
    }
    const path = unit.path.slice(0, slash)
    const units = folders.get(path)
    if (units === undefined) folders.set(path, [unit])
    else units.push(unit)
  }
  const sorted = [...folders].map(([path, units]) => ({ path, units })).sort((a, b) => compareText(a.path, b.path))
  return { files, folders: sorted }
}

/** The deepest folder that holds all the same files. */
export function descend(folder: Folder): Folder {
  const first = folder.units[0]?.path ?? ''
  const last = folder.units.at(-1)?.path ?? ''
  let length = 0
  while (length < first.length && first[length] === last[length]) length += 1
  const slash = first.lastIndexOf('/', length - 1)
  return slash > folder.path.length ? { path: first.slice(0, slash), units: folder.units } : folder
}

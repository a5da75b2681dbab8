/**
 * Folders as lists of the files below them, in order of their paths. Nothing here walks a tree, so deep nesting costs
 * nothing beyond the longer paths.
 */

import { push } from '#base/multimap.ts'
import { compareText } from '#generate/model.ts'
import { isInside } from './names.ts'
import type { Unit } from './units.ts'

export interface Folder {
  /** The first folder of the chain that ends at `path`; a new file inside the chain does not change it. */
  id: string
  /** The path without a final `/`; '' for the root. */
  path: string
  /** Every file below it, sorted by path. Never empty except for the root. */
  units: Unit[]
}

/** The direct contents of a folder. */
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
    if (slash === -1) files.push(unit)
    else push(folders, unit.path.slice(0, slash), unit)
  }
  const sorted = [...folders]
    .map(([path, units]) => ({ id: path, path, units }))
    .sort((a, b) => compareText(a.path, b.path))
  return { files, folders: sorted }
}

/** The deepest folder that contains the same files. */
export function descend(folder: Folder): Folder {
  const first = folder.units[0]?.path ?? ''
  const last = folder.units.at(-1)?.path ?? ''
  let length = 0
  while (length < first.length && first[length] === last[length]) length += 1
  const slash = first.lastIndexOf('/', length - 1)
  return slash > folder.path.length ? { ...folder, path: first.slice(0, slash) } : folder
}

/** Whether a folder, or one in the chain of single-child folders it represents, has a manifest. */
export function isPackage(next: Folder, packages: ReadonlySet<string>): boolean {
  for (let path = next.path; ; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
    if (packages.has(path)) return true
    if (path.length <= next.id.length) return false
  }
}

/** The deepest group that contains a path; there must be one. */
export function homeOf(path: string, groups: readonly Folder[]): string {
  const around = groups.filter((group) => isInside(path, group.path))
  return around.reduce((a, b) => (b.path.length > a.path.length ? b : a)).path
}

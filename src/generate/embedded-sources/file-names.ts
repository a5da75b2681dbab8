/** Names of embedded files that are safe in URLs, in archives and on disks. Nearly all are the path itself. */

import { createHash } from 'node:crypto'
import { compareText } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'

/** A segment that is valid on every file system and in URLs without encoding. No dot at the end. */
const SEGMENT = /^[A-Za-z0-9_.@+~-]{0,99}[A-Za-z0-9_@+~-]$/
/** Windows reserves these names, whatever follows the first dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
/** Limit on the length of a name, which leaves 100 characters for the folder on Windows. */
const MAX_LENGTH = 150
/** Folder for files whose paths are not valid names. */
const ODD = '~'
/** The suffix that the site adds to each name. */
const PAGE = '.html'

/**
 * A name for each path. Names are unique, ignoring case, and stay so with `.html` added.
 *
 * @param paths - The paths of one repository, in any order.
 */
export function namesOf(paths: readonly string[]): Map<string, string> {
  const names = new Map<string, string>()
  const files = new Set<string>()
  const folders = new Set<string>()
  for (const path of [...paths].sort(compareText)) {
    const name = isPlain(path) && isFree(path.toLowerCase()) ? path : oddName(path)
    names.set(path, name)
    const taken = name.toLowerCase()
    files.add(taken)
    for (const folder of foldersOf(taken)) folders.add(folder)
  }
  return names

  /** Whether no other file or folder has this name and no file has the name of one of its folders. */
  function isFree(name: string): boolean {
    if (files.has(name) || folders.has(name) || folders.has(name + PAGE)) return false
    return foldersOf(name).every(
      (folder) => !files.has(folder) && !(folder.endsWith(PAGE) && files.has(folder.slice(0, -PAGE.length))),
    )
  }

  /** A name for an invalid path: `a b/c d.ts` → `~/c-d-3f9c2ab01234.ts`. */
  function oddName(path: string): string {
    const last = nameOf(path)
    const extension = /\.[A-Za-z0-9]{1,10}$/.exec(last)?.[0] ?? ''
    const stem = last
      .slice(0, last.length - extension.length)
      .replace(/[^A-Za-z0-9_]+/g, '-')
      .replace(/(?<!-)-+$/, '')
      .slice(0, 40)
    const hash = createHash('sha256').update(path).digest('hex')
    for (let digits = 12; ; digits += 4) {
      const name = `${ODD}/${stem}-${hash.slice(0, digits)}${extension}`
      if (digits >= hash.length || !files.has(name.toLowerCase())) return name
    }
  }
}

function isPlain(path: string): boolean {
  if (path.length > MAX_LENGTH) return false
  const segments = path.split('/')
  return segments[0] !== ODD && segments.every((segment) => SEGMENT.test(segment) && !DEVICE.test(segment))
}

/** The folders of a name: `a/b/c` → `a`, `a/b`. */
function foldersOf(name: string): string[] {
  const folders: string[] = []
  for (let at = name.indexOf('/'); at !== -1; at = name.indexOf('/', at + 1)) folders.push(name.slice(0, at))
  return folders
}

/**
 * Determines the owner of a spool; all other code asks here. Root may have edited or restored some of its files, so one file does not
 * decide: the owner is the first owner of `LAYOUT`, `jobs/` and the folder that is not root. Synchronous, because root asks before
 * it changes its user.
 */

import { lstatSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'

/** What only a spool has. It may have lost its `LAYOUT`. */
const MARKS = ['LAYOUT', 'jobs']

export interface Owner {
  uid: number
  gid: number
}

/**
 * @returns `undefined` when there is neither `LAYOUT` nor `jobs/`.
 * @throws System errors, such as permission denied.
 */
export function ownerOfSpool(root: string): Owner | undefined {
  const marks = findMarks(root)
  return marks.length === 0 ? undefined : ([...marks, statSync(root)].find(({ uid }) => uid !== 0) ?? marks[0])
}

/** Which of `LAYOUT`, `jobs/` and the folder (`.`) the owner does not own and cannot use because of that. */
export function listForeignMarks(root: string, owner: Owner): string[] {
  const marks = MARKS.filter((name) => (markIn(root, name) ?? owner).uid !== owner.uid)
  return [...marks, ...(mayWrite(statSync(root), owner) ? [] : ['.'])]
}

/** Whether a folder is the owner's, or open to its group or to all, as volumes of containers are. */
export const mayWrite = ({ uid, gid, mode }: Stats, owner: Owner): boolean =>
  uid === owner.uid || (gid === owner.gid && (mode & 0o030) === 0o030) || (mode & 0o003) === 0o003

const findMarks = (root: string): Stats[] => MARKS.flatMap((name) => markIn(root, name) ?? [])

/** docspool creates no links, so links do not count, whatever their owner. */
function markIn(root: string, name: string): Stats | undefined {
  const found = lstatSync(path.join(root, name), { throwIfNoEntry: false })
  return found?.isFile() || found?.isDirectory() ? found : undefined
}

/**
 * Finds files that the owner of a spool cannot use: those of other users, and own ones without the necessary
 * permissions. `fsck` prints how to change that.
 */

import { lstatSync, readdirSync, type Stats } from 'node:fs'
import path from 'node:path'
import { unlessGone } from '#base/errors.ts'
import { shellWord } from '#base/shell-word.ts'
import type { Owner } from '#queue/spool/owner.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { findOwner, userName } from './spool-owner.ts'

/** Maximum number of files that are named. */
const MAX_NAMED = 20

/**
 * Looks at all files under the names that docspool uses; does not descend into an unusable folder.
 *
 * @param folder - The path by which this process reaches the spool.
 * @param shown - The folder as the user gave it.
 * @returns Lines of text; none if all files can be used.
 */
export function describeUnusable(folder: string, shown: string): string[] {
  const owner = findOwner(folder)
  if (owner === undefined || owner.isGuessed) return []
  const found = [...new SpoolPaths(folder).rootNames].flatMap((name) => [...walk(path.join(folder, name), owner)])
  const lines = found.slice(0, MAX_NAMED).map(({ file, stats }) => {
    const name = path.relative(folder, file)
    const target = shellWord(path.join(path.resolve(shown), name))
    return stats.uid === owner.uid
      ? `  ${name}: its mode is ${(stats.mode & 0o777).toString(8).padStart(3, '0')}; run as root: chmod -R u+rwX ${target}`
      : `  ${name}: belongs to ${userName(stats.uid)}; run as root: chown -hR ${owner.uid}:${owner.gid} ${target}`
  })
  if (found.length === 0) return []
  const rest = found.length - lines.length
  return [
    `files that the owner of the spool cannot use: ${found.length}`,
    ...lines,
    ...(rest === 0 ? [] : [`  and ${rest} more`]),
  ]
}

function* walk(file: string, owner: Owner): Generator<{ file: string; stats: Stats }> {
  const stats = lstatSync(file, { throwIfNoEntry: false })
  // docspool creates no links or special files.
  if (!(stats?.isFile() || stats?.isDirectory())) return
  const needed = stats.isDirectory() ? 0o700 : 0o400
  if (stats.uid !== owner.uid || (stats.mode & needed) !== needed) yield { file, stats }
  else if (stats.isDirectory()) for (const name of list(file)) yield* walk(path.join(file, name), owner)
}

/** None if the folder has been removed in the meantime. */
function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    return unlessGone(error) ?? []
  }
}

/** Where a command runs: what the paths in it mean. */

import { joinPath } from '#generate/paths.ts'
import type { Repository } from './repository.ts'

export interface WorkingFolder {
  /** The path in the repository that a path of a command means; `undefined` when that is not known. */
  resolve(relative: string): string | undefined
  /** The place after `cd`; `undefined` when it is not known. */
  enter(relative: string): WorkingFolder | undefined
}

/** A folder of a checkout. */
export function folderPlace(folder: string, repository: Repository): WorkingFolder {
  return {
    resolve: (relative) => joinPath(folder, relative),
    enter: (relative) => {
      const path = joinPath(folder, relative)
      return repository.isFolder(path) ? folderPlace(path, repository) : undefined
    },
  }
}

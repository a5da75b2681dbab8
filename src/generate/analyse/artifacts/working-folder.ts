/** The folder that a command runs in and that its paths are relative to. */

import { joinPath } from '#generate/paths.ts'
import type { Repository } from './repository.ts'

export interface WorkingFolder {
  /** The path in the repository for a path in a command; `undefined` when unknown. */
  resolve(relative: string): string | undefined
  /** The folder after `cd`; `undefined` when unknown. */
  enter(relative: string): WorkingFolder | undefined
}

/** A folder of the checkout. */
export function folderPlace(folder: string, repository: Repository): WorkingFolder {
  return {
    resolve: (relative) => joinPath(folder, relative),
    enter: (relative) => {
      const path = joinPath(folder, relative)
      return repository.isFolder(path) ? folderPlace(path, repository) : undefined
    },
  }
}

/** The interface of readers for single formats. */

import type { SourceFile } from '#generate/model.ts'
import type { ArtifactBuilder } from './artifact-builder.ts'
import type { Repository } from './repository.ts'

export interface Format {
  /** It reads all files of the repository, so its results are not cached. */
  readonly asksForAll?: boolean
  /** Whether a file has this format, by name and, if necessary, the start of its text. */
  fits(path: string, text: string): boolean
  /**
   * Add the file's artifacts and edges. Invalid text yields nothing, or in formats read line by line the part before
   * the error. Edges must be certain.
   */
  read(file: SourceFile & { text: string }, builder: ArtifactBuilder, repository: Repository): void
}

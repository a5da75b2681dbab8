/** What a reader of one format promises, and what it may know of the repository. */

import type { SourceFile } from '#generate/model.ts'
import type { Sheet } from './artifact-builder.ts'
import type { Repository } from './repository.ts'

export interface Format {
  /** Whether a file is of this format, by its name and, where that is not enough, the head of its text. */
  fits(path: string, text: string): boolean
  /**
   * Put the file's artifacts and edges on its sheet. Broken text gives nothing, or the part before the fault where the
   * format is read line by line. Never an edge that is not certain.
   */
  read(file: SourceFile & { text: string }, sheet: Sheet, repository: Repository): void
}

/** Writes the notes of a repository's steering files, for the overview and the pages of modules. */

import type { RootContent } from 'mdast'
import type { SteeringNote } from '#generate/model.ts'
import { docBlocks, type Writing } from '#generate/pages/writing.ts'
import { paragraph } from '#markdown/build.ts'

const MAX_NOTES = 20
const MAX_CHARS = 4_000

/** Each note as written, with its author below it. */
export function notesOf(writing: Writing, notes: readonly SteeringNote[] | undefined): RootContent[] {
  return (notes ?? []).slice(0, MAX_NOTES).flatMap(({ content, author, from }): RootContent[] => {
    const blocks = docBlocks(writing, content, from, MAX_CHARS)
    if (blocks.length === 0) return []
    return [...blocks, paragraph(...writing.texts.module.note(author, writing.sources.file(from)))]
  })
}

/** Describes a file by one sentence from the repository; there is no fallback for a missing sentence. */

import { commandSentence } from '#generate/pages/commands/command-line.ts'
import { isIntroduction, isOfWhole } from '#generate/pages/overview/introduce.ts'
import { isHeader } from '#generate/pages/public-api/leading.ts'
import { pathDescription } from '#generate/pages/readme/path-rows.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'
import { fileComment } from './file-comment.ts'
import { describedMain } from './main-definitions.ts'
import { isPurpose } from './purpose-sentence.ts'
import { stemOf } from './subjects.ts'
import { isToolSettings } from './tool-settings.ts'

/**
 * By its own comment (unless it is about the whole repository), otherwise by a document, its main definitions, or the help of the
 * command that it defines. May be empty.
 */
export function filePurpose(writing: Writing, path: string): Inline[] {
  const words = isToolSettings(path) ? [] : ownPurpose(writing, path)
  return isIntroduction(writing, textOf(words), 1) ? [] : words
}

function ownPurpose(writing: Writing, path: string): Inline[] {
  const stated = statedPurpose(writing, path)
  if (stated.length > 0) return stated
  const told = mainOf(writing, path).words
  return told.length > 0 ? told : (commandSentence(writing, path) ?? [])
}

/** The sentences on the main definitions of a file, and these. */
export const mainOf = (writing: Writing, path: string): ReturnType<typeof describedMain> =>
  describedMain(writing, [path], nameOf(path).replace(/\.\w+$/, ''))

/** What the comment of a file or a document says about it. */
export function statedPurpose(writing: Writing, path: string): Inline[] {
  const comment = fileComment(writing.repo, path)
  const own = isOfWhole(writing, textOf(comment)) ? [] : comment
  const header = headerOf(writing.repo, path)
  // The comment of a header is often copied into its implementation. It is shown once, for the header.
  const isCopied = header !== undefined && textOf(own) === textOf(fileComment(writing.repo, header))
  if (own.length > 0 && !isCopied) return own
  const said = pathDescription(writing, path)
  return said !== null && isPurpose(said, stemOf(path)) ? said : []
}

/** The header of the same name that a C or C++ file includes. */
function headerOf(repo: RepoIndex, path: string): string | undefined {
  if (!/\.c(?:c|pp|xx)?$/.test(path)) return undefined
  const named = [...(repo.links.get(path)?.keys() ?? [])].filter(
    (other) => isHeader(other) && stemOf(other) === stemOf(path),
  )
  return named.length === 1 ? named[0] : undefined
}

const textOf = (words: readonly Inline[]): string => plainText(paragraph(...words))

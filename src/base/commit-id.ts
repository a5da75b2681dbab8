/** Commit ids and the names of branches and tags. */

import { z } from 'zod'
import { AppError } from './errors.ts'

/** Thrown for a commit id, branch or tag name that is not valid in git or has characters that are not allowed here. */
export class BadCommitId extends AppError {
  readonly code = 'BAD_COMMIT_ID'
  override readonly hint =
    'Give a commit id of 7 to 40 hex digits, a branch name or a tag name, of letters A to Z, digits and . _ / + - @; nothing else is looked up.'
}

/**
 * Validate a commit id, branch or tag name. Revision syntax such as `HEAD^{/x}`, `:/x`, `@{u}`, `a..b` or `-x` is refused;
 * so are some names that git accepts: see `isRefName`.
 *
 * @returns A full id in lower case, anything else as given, without spaces and tabs around it.
 * @throws {BadCommitId}
 * @see git-check-ref-format(1)
 */
export function parseCommitId(input: string): string {
  const text = input.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, '')
  if (isFullCommitId(text.toLowerCase())) return text.toLowerCase()
  if (!isRefName(text)) {
    throw new BadCommitId(`Expected a commit id, branch or tag, found ${JSON.stringify(text.slice(0, 80))}.`)
  }
  return text
}

/**
 * Whether a text is a branch or tag name that may be submitted and shown: at most 200 ASCII letters, digits and `. _ / + - @`, of
 * which the first is a letter, digit, `_` or `@`. No part of it ends with a dot.
 */
export const isRefName = (text: string): boolean =>
  text.length <= 200 &&
  /^[A-Za-z0-9_@][A-Za-z0-9._/+@-]*$/.test(text) &&
  !/^@$|\.\.|\/\/|\/\.|\.\/|\.lock(?:\/|$)|[/.]$/.test(text)

const FULL_COMMIT_ID = /^[0-9a-f]{40}$/

/** A full commit id: 40 lower-case hex digits. */
export const FullCommitId = z.string().regex(FULL_COMMIT_ID)

/** Whether a text is a full commit id. */
export const isFullCommitId = (text: string): boolean => FULL_COMMIT_ID.test(text)

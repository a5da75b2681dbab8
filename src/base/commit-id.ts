/** Commit ids, and names of branches and tags. */

import { z } from 'zod'
import { AppError } from './errors.ts'

/** Thrown when a commit id, branch or tag name is not valid in git. */
export class BadCommitId extends AppError {
  readonly code = 'BAD_COMMIT_ID'
  override readonly hint =
    'Give a commit id of 7 to 40 hex digits, a branch name or a tag name; nothing else is looked up.'
}

/**
 * Validate a commit id, branch or tag name. Revision syntax such as `HEAD^{/x}`, `:/x`, `@{u}`, `a..b` or `-x` is refused.
 *
 * @returns A full id in lower case, anything else unchanged.
 * @throws {BadCommitId}
 * @see git-check-ref-format(1)
 */
export function parseCommitId(input: string): string {
  const text = input.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, '')
  if (/^[0-9a-f]{40}$/i.test(text)) return text.toLowerCase()
  if (!isRefName(text)) {
    throw new BadCommitId(`Expected a commit id, branch or tag, found ${JSON.stringify(text.slice(0, 80))}.`)
  }
  return text
}

/** True for a short name of a branch or tag that may be asked for and shown. */
export const isRefName = (text: string): boolean =>
  text.length <= 200 &&
  /^[A-Za-z0-9_][A-Za-z0-9._/+-]*$/.test(text) &&
  !/\.\.|\/\/|\/\.|\.\/|\.lock(?:\/|$)|[/.]$/.test(text)

/** What readers are told of documents whose commit no branch or tag is known to lead to. */
export const NOT_ON_REF =
  'This commit was asked for by its id; whether it is on a branch or tag of the repository was not checked.'

/** What is known of the commit of a job. */
interface OfCommit {
  commit_on_ref?: boolean | null | undefined
}

/** No branch or tag is known to lead to the commit: its documents are offered to nobody who has not asked for them. */
export const isOffRef = ({ commit_on_ref }: OfCommit): boolean => commit_on_ref === false

/** What readers of the documents of a job have to know of its commit, in whatever form they get them. */
export const noticeOf = (job: OfCommit): string | undefined => (isOffRef(job) ? NOT_ON_REF : undefined)

/** The member of JSON answers that says it. */
export const noticeField = {
  notice: z.string().optional().describe('What readers have to know of the commit of these documents.'),
}

/** True for a full commit id: 40 lower-case hex digits. */
export const isFullCommitId = (commitId: string): boolean => /^[0-9a-f]{40}$/.test(commitId)

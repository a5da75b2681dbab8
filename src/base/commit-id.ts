/** Commit ids and the names of branches and tags. */

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

/** Whether a text is a branch or tag name that may be submitted and shown. */
export const isRefName = (text: string): boolean =>
  text.length <= 200 &&
  /^[A-Za-z0-9_][A-Za-z0-9._/+-]*$/.test(text) &&
  !/\.\.|\/\/|\/\.|\.\/|\.lock(?:\/|$)|[/.]$/.test(text)

/** The notice on documents of a commit that is not known to be on a branch or tag. */
export const NOT_ON_REF =
  'This commit was requested by its id; whether it is on a branch or tag of the repository was not checked.'

interface CommitOfJob {
  /** Whether a branch or tag is known to contain the commit; `null` or absent if the job does not say. */
  commit_on_ref?: boolean | null | undefined
}

/** Whether no branch or tag is known to contain the commit. Its documents are then shown only to those who ask for them. */
export const isOffRef = ({ commit_on_ref }: CommitOfJob): boolean => commit_on_ref === false

/** A notice about the commit of a job that readers of its documents must see, in every format; `undefined` if there is none. */
export const noticeOf = (job: CommitOfJob): string | undefined => (isOffRef(job) ? NOT_ON_REF : undefined)

/** The field of JSON responses that contains the notice. */
export const noticeField = {
  notice: z.string().optional().describe('A notice about the commit of these documents that readers should see.'),
}

/** Whether a text is a full commit id: 40 lower-case hex digits. */
export const isFullCommitId = (commitId: string): boolean => /^[0-9a-f]{40}$/.test(commitId)

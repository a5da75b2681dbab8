/** The notices on documents of commits that no known branch or tag contains. */

import { z } from 'zod'

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

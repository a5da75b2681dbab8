/**
 * Who may read a job and its documents. There are no accounts: anyone who knows the id of a job may read it, and the id says
 * whether the job is public.
 *
 * - Public jobs appear in lists, in searches and on the start page.
 * - Private jobs, submitted with `X-Git-Token`, have an id that ends with an unguessable secret (`~p`). They are not listed.
 * - Unlisted jobs, whose notes come from an anonymous caller, end with `~n`. Their ids can be guessed; they are not listed.
 *
 * `DOCSPOOL_PRIVATE_DOCS` and `DOCSPOOL_NOTES_DOCS` switch both off (`git-settings.ts`, `access-settings.ts`). The secret is
 * derived from the token and the repository (`TokenKeeper.secretFor`); `http/git-token.ts` determines which jobs have one.
 */

/** The end of the id of an unlisted job. */
export const UNLISTED_SUFFIX = '~n'

/** @param secret - 32 hex digits. */
export const secretSuffix = (secret: string): string => `~p${secret}`

/** The secret in the id of a private job; `undefined` for other jobs. */
export const secretOfJob = (jobId: string): string | undefined => /~p([0-9a-f]{32})$/.exec(jobId)?.[1]

/** The id of the same job, unlisted. */
export const unlistedId = (jobId: string): string => jobId + UNLISTED_SUFFIX

/** Whether a job appears in lists and searches. */
export const isListed = (jobId: string): boolean => secretOfJob(jobId) === undefined && !jobId.endsWith(UNLISTED_SUFFIX)

/** The messages between a supervisor and the process that asks hosts for refs. Both sides validate what they receive. */

import { z } from 'zod'
import { FullCommitId } from '#base/commit-id.ts'
import { MAX_KEPT, RefSelection } from '#base/followed-refs.ts'

/** The default branch, and the most branches and tags that are kept. */
const MAX_REFS = 1 + 2 * MAX_KEPT
const Ref = z.object({ ref: z.string().max(300), commit: FullCommitId })
const Range = z.object({ from: FullCommitId, to: FullCommitId })

const text = (maxLength: number) => z.string().transform((value) => value.slice(0, maxLength))

/** The only message to the process: the repositories whose refs it should request. */
export const LookBatch = z.object({
  /** Settings that are kept out of the environment, keyed by variable name. */
  settings: z.record(z.string(), z.string()),
  looks: z
    .array(
      z.object({
        id: z.string(),
        repoUrl: z.string(),
        selection: RefSelection,
        documented: z.array(Ref),
        counted: z.array(Range),
      }),
    )
    .max(100),
})
export type LookBatch = z.infer<typeof LookBatch>

/** A message from the process: the result for one repository. */
export const LookReport = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('seen'),
    id: z.string(),
    refs: z.array(Ref).max(MAX_REFS),
    counted: z.array(Range.extend({ commits: z.int().nonnegative() })).max(100),
  }),
  z.object({
    is: z.literal('failed'),
    id: z.string(),
    error: z.object({ code: text(100), message: text(2_000), hint: text(2_000).nullable() }),
    retryAfterSeconds: z.number().nonnegative().optional(),
    /** Of an unexpected error: its class, message and stack, for the log. */
    stack: text(8_000).optional(),
  }),
])
export type LookReport = z.infer<typeof LookReport>

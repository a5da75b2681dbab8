/** The response to an incoming webhook. */

import { z } from 'zod'

/** Why a webhook is ignored. */
export const IgnoredReason = z.enum(['ping', 'not_a_push', 'branch_deleted', 'not_followed', 'renamed', 'repeated'])
export type IgnoredReason = z.infer<typeof IgnoredReason>

export const HookAnswer = z.object({
  outcome: z.enum(['accepted', 'ignored']),
  reason: IgnoredReason.nullable().describe('Why the webhook is ignored; null if it is accepted.'),
  detail: z.string().describe('The outcome in one sentence, for display.'),
  repo_url: z.string().nullable().describe('The followed repository that will be checked.'),
})
export type HookAnswer = z.infer<typeof HookAnswer>

export const REASONS: Readonly<Record<IgnoredReason, string>> = {
  ping: 'The webhook works; there is nothing to do.',
  not_a_push: 'Only pushes trigger new documentation.',
  branch_deleted: 'A branch or tag was deleted; there is nothing to document.',
  not_followed: 'This repository is not followed. PUT /api/follows/… follows it.',
  renamed: 'The repository was renamed or moved. Follow its new address, and stop following the old one.',
  repeated: 'This delivery was already received.',
}

/** The parameters, bodies and responses of the routes for followed repositories. */

import { z } from 'zod'
import { FollowWish, MAX_KEPT, parseEvery } from '#base/followed-refs.ts'
import { PATTERN_FORM } from '#base/ref-patterns.ts'
import { FollowView } from '#queue/follows/follow-view.ts'

const Every = z
  .string()
  .refine((text) => parseEvery(text) !== undefined, 'expected 15m to 30d, such as 45m, 6h or 2d')
  .describe('How often the host is checked if no webhook arrives: 15m to 30d; 6h by default.')

/** The body of `PUT /api/follows/…`. */
export const JsonFollow = z.strictObject({
  branches: FollowWish.shape.branches.describe(
    `Patterns for branches in addition to the default branch: ${PATTERN_FORM}.`,
  ),
  tags: FollowWish.shape.tags.describe(
    'Patterns for tags. If branches or tags are omitted, those in docspool.json apply.',
  ),
  keep: FollowWish.shape.keep.describe('Maximum number of branches, and of tags, the newest first; 20 by default.'),
  every: Every.optional(),
})

const patternsIn = (text: string): string[] =>
  text
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')

const patterns = z
  .string()
  .transform((text) => (patternsIn(text).length === 0 ? undefined : patternsIn(text)))
  .pipe(FollowWish.shape.branches)
const unfilled = z.literal('').transform(() => undefined)

/** The same fields in a form. Empty fields count as absent. */
export const FormFollow = z.strictObject({
  branches: patterns.optional().describe('Patterns, separated by commas.'),
  tags: patterns.optional().describe('Patterns, separated by commas.'),
  keep: z
    .union(
      [
        unfilled,
        z
          .string()
          .regex(/^\d{1,3}$/)
          .transform(Number)
          .pipe(z.int().min(1).max(MAX_KEPT)),
      ],
      {
        error: `expected a whole number from 1 to ${MAX_KEPT}`,
      },
    )
    .optional(),
  every: z.union([unfilled, Every]).optional(),
})

/** The form of the page, which also names the repository. */
export const PageFollow = FormFollow.extend({ repo_url: z.string() })
export const PageRemoval = z.strictObject({ repo_url: z.string() })

export const FollowsParameters = z.strictObject({
  after: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional()
    .describe('Further repositories; from `next` of a list.'),
})

export const FollowList = z.object({
  follows: z.array(FollowView),
  next: z.string().nullable().describe('URL of the next page; null on the last page.'),
})

/** The path parameter: a repository URL with or without its scheme. */
export const FollowedAddress = z
  .string()
  .max(2_100)
  .meta({
    description: 'The URL of the repository, with or without https://.',
    examples: ['github.com/pallets/flask'],
  })

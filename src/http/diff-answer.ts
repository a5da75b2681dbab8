/** The JSON schema of a comparison, for the description of the API. */

import { z } from 'zod'
import { noticeField } from '#base/unreachable-commit.ts'
import { MAX_CHANGES, SEVERITIES } from '#diff/change.ts'
import { RULES, type Rule } from '#diff/rules.ts'

const Side = z.object({
  file: z.string(),
  line: z.int().nonnegative(),
  end: z.int().nonnegative(),
  text: z.string().describe('The declaration on one line.'),
})

const Count = z.int().nonnegative()

export const DiffAnswer = z.object({
  version: z.literal(1),
  from: z.string().describe('Full commit id.'),
  to: z.string().describe('Full commit id.'),
  ...noticeField,
  step: z
    .enum(['major', 'minor', 'patch'])
    .describe('The smallest semantic version bump that the known changes allow.'),
  counts: z.object({ breaking: Count, unknown: Count, compatible: Count }),
  changes: z
    .array(
      z.object({
        rule: z.enum(Object.keys(RULES) as Rule[]),
        severity: z.enum(SEVERITIES),
        package: z.string(),
        name: z.string().describe('The name as users write it.'),
        detail: z.string().describe('One line of Markdown, with names in backticks.'),
        before: Side.nullable(),
        after: Side.nullable(),
        is_guess: z.literal(true).optional(),
      }),
    )
    .max(MAX_CHANGES)
    .describe('Breaking changes first.'),
  modules: z.array(
    z.object({
      change: z.enum(['added', 'removed', 'changed']),
      title: z.string(),
      before: z.string().nullable().describe('The page in the older set.'),
      after: z.string().nullable().describe('The page in the newer set.'),
      files: z.array(z.string()),
    }),
  ),
})

/** Defines the schema of `docspool.json`. */

import { z } from 'zod'
import { FollowWish } from '#base/followed-refs.ts'

const MAX_GLOBS = 50
const MAX_MODULES = 200

/** A path pattern with `*` and `**` that stays inside the repository. */
const glob = z
  .string()
  .min(1)
  .max(120)
  .refine((text) => !/[\\?[\]{}!\0]/.test(text), 'only * and ** are special in a pattern')
  .refine(
    (text) => !text.startsWith('/') && !text.split('/').includes('..'),
    'a pattern must stay inside the repository',
  )
  .refine((text) => text.split('**').length <= 4 && text.split('*').length <= 12, 'too many stars')

const title = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\n\r\0]*$/, 'one line')
const text = z.string().trim().min(1).max(10_000)

const note = z.union([
  text.transform((content) => ({ content, author: null as string | null })),
  z.object({ content: text, author: title.nullish().transform((author) => author ?? null) }),
])

/** Unknown keys are dropped; `unknownKeys` lists them. */
export const docspoolJson = z.object({
  title: title.optional(),
  notes: z.union([note.transform((one) => [one]), z.array(note).max(100)]).optional(),
  include: z.array(glob).max(MAX_GLOBS).optional(),
  exclude: z.array(glob).max(MAX_GLOBS).optional(),
  modules: z
    .array(z.object({ path: z.string().min(1).max(1_000), title: title.optional(), note: text.optional() }))
    .max(MAX_MODULES)
    .optional(),
  follow: FollowWish.optional(),
})

const KNOWN = new Set([...Object.keys(docspoolJson.shape), '$schema'])

export function unknownKeys(value: object): string[] {
  return Object.keys(value).filter((key) => !KNOWN.has(key))
}

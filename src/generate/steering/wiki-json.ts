/**
 * The schema of `.devin/wiki.json` (https://docs.devin.ai/work-with-devin/deepwiki). Unknown keys are ignored silently:
 * the file is made for another program.
 */

import { z } from 'zod'

const MAX_NOTES = 100
const MAX_PAGES = 200

const note = z.object({
  content: z.string().trim().min(1).max(10_000),
  author: z
    .string()
    .trim()
    .max(120)
    .nullish()
    .transform((author) => author || null),
})

const page = z.object({
  title: z.string().trim().min(1).max(200),
  purpose: z.string().trim().max(10_000).nullish(),
  parent: z.string().nullish(),
  page_notes: z.array(note).max(MAX_NOTES).nullish(),
})

export const wikiJson = z.object({
  repo_notes: z.array(note).max(MAX_NOTES).nullish(),
  pages: z
    .array(page)
    .max(MAX_PAGES)
    .refine((pages) => new Set(pages.map(({ title }) => title)).size === pages.length, 'two pages have the same title')
    .nullish(),
})

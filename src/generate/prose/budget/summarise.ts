/** What was spent, by day and model: `spend.json` beside the folder of the journals, for people and for pages. */

import { lstatSync } from 'node:fs'
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { temporaryName, writeNewFile } from '#base/files.ts'
import { DayJournal, dayOf, journalOf } from './day-journal.ts'

/** Journals of older days are dropped. */
const KEEP_DAYS = 400

const Sum = z.object({
  calls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  costUsd: z.number(),
  /** Reserved and never settled: at the most, and not in `costUsd`. */
  openUsd: z.number(),
})

const Day = z.object({
  /** Of the journal, when it was added up. */
  bytes: z.number(),
  models: z.record(z.string(), Sum),
})

/** By day, `2026-11-25`, sorted. */
const SpendSummary = z.object({ days: z.record(z.string(), Day) })

export type SpendSummary = z.infer<typeof SpendSummary>
type Day = z.infer<typeof Day>

/**
 * Add up all journals, write `spend.json` beside the folder in one step, and drop journals older than 400 days. A day
 * whose journal is as long as it was is taken from the `spend.json` before.
 *
 * @param folder - `<spool>/spend`; where it is not there, nothing is written.
 */
export async function summarise(folder: string, now: () => number = Date.now): Promise<SpendSummary> {
  const file = path.join(path.dirname(folder), 'spend.json')
  const names = await readdir(folder).catch((error) => {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  })
  if (names === undefined) return { days: {} }
  const before = await readSummary(file)
  const oldest = dayOf(now() - KEEP_DAYS * 86_400_000)
  const days: Record<string, Day> = {}
  for (const name of names.sort()) {
    const day = /^(\d{4}-\d{2}-\d{2})\.ndjson$/.exec(name)?.[1]
    if (day === undefined) continue
    if (day < oldest) await rm(journalOf(folder, day), { force: true })
    else days[day] = sumUp(journalOf(folder, day), before.days[day])
  }
  const summary = { days }
  const temporary = path.join(path.dirname(file), temporaryName())
  try {
    await writeNewFile(temporary, `${JSON.stringify(summary, null, 2)}\n`)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  return summary
}

/** What `summarise` wrote last; nothing where it did not, or where the file is not of this form. */
export async function readSummary(file: string): Promise<SpendSummary> {
  try {
    return SpendSummary.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return { days: {} }
  }
}

function sumUp(file: string, before: Day | undefined): Day {
  if (before !== undefined && lstatSync(file).size === before.bytes) return before
  const models = new Map<string, z.infer<typeof Sum> & { microUsd: number; openMicroUsd: number }>()
  const of = (model: string) => {
    const known = models.get(model)
    if (known !== undefined) return known
    const fresh = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, openUsd: 0, microUsd: 0, openMicroUsd: 0 }
    models.set(model, fresh)
    return fresh
  }
  const journal = new DayJournal(file, ({ line, inputTokens, outputTokens, microUsd }) => {
    const sum = of(line.model)
    sum.calls += 1
    sum.inputTokens += inputTokens
    sum.outputTokens += outputTokens
    sum.microUsd += microUsd
  })
  journal.catchUp()
  for (const { model, microUsd } of journal.open) of(model).openMicroUsd += microUsd
  const sums = [...models].map(([model, { microUsd, openMicroUsd, ...sum }]) => {
    return [model, { ...sum, costUsd: microUsd / 1e6, openUsd: openMicroUsd / 1e6 }] as const
  })
  return { bytes: journal.bytes, models: Object.fromEntries(sums.sort(([a], [b]) => (a < b ? -1 : 1))) }
}

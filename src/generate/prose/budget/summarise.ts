/** Summarises spending per day and model in `spend.json`, next to the folder of the journals, for people and pages. */

import { lstatSync } from 'node:fs'
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { temporaryName, writeNewFile } from '#base/files.ts'
import { append } from '#base/long-arrays.ts'
import { DayJournal, dayOf, journalOf } from './day-journal.ts'

/** Number of days after which journals are deleted. */
const KEEP_DAYS = 400

/** The cost of one model on one day. */
const Row = z.object({
  /** UTC. */
  day: z.iso.date(),
  model: z.string(),
  calls: z.number(),
  /** Cached answers are not in the journals. */
  kept: z.literal(0),
  input_tokens: z.number(),
  output_tokens: z.number(),
  cost_usd: z.number(),
  /** Reserved but never settled: an upper bound, not part of `cost_usd`. */
  open_usd: z.number(),
  /** Size of the day's journal when it was summarised. */
  journal_bytes: z.number(),
})
type Row = z.infer<typeof Row>

/** Sorted by day and model. */
const SpendSummary = z.object({ version: z.literal(1), days: z.array(Row) })
export type SpendSummary = z.infer<typeof SpendSummary>

const NOTHING: SpendSummary = { version: 1, days: [] }

/**
 * Sum up all journals, replace `spend.json` beside the folder atomically, and delete journals older than 400 days. Days
 * with a journal of unchanged size are taken from the previous `spend.json`.
 *
 * @param folder - `<spool>/spend`; if it does not exist, nothing is written.
 */
export async function summarise(folder: string, now: () => number = Date.now): Promise<SpendSummary> {
  const file = path.join(path.dirname(folder), 'spend.json')
  const names = await readdir(folder).catch((error) => {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  })
  if (names === undefined) return NOTHING
  const before = await readSummary(file)
  const oldest = dayOf(now() - KEEP_DAYS * 86_400_000)
  const days: Row[] = []
  for (const name of names.sort()) {
    const day = /^(\d{4}-\d{2}-\d{2})\.ndjson$/.exec(name)?.[1]
    if (day === undefined) continue
    if (day < oldest) await rm(journalOf(folder, day), { force: true })
    else
      append(
        days,
        sumUp(
          journalOf(folder, day),
          day,
          before.days.filter((row) => row.day === day),
        ),
      )
  }
  const summary: SpendSummary = { version: 1, days }
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

/** The last result of `summarise`; empty when there is none or the file is invalid. */
export async function readSummary(file: string): Promise<SpendSummary> {
  try {
    return SpendSummary.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return NOTHING
  }
}

function sumUp(file: string, day: string, before: readonly Row[]): readonly Row[] {
  const [known] = before
  if (known !== undefined && lstatSync(file).size === known.journal_bytes) return before
  const models = new Map<string, { calls: number; input: number; output: number; micro: number; open: number }>()
  const sumFor = (model: string) => {
    const sum = models.get(model) ?? { calls: 0, input: 0, output: 0, micro: 0, open: 0 }
    models.set(model, sum)
    return sum
  }
  const journal = new DayJournal(file, ({ line, inputTokens, outputTokens, microUsd }) => {
    const sum = sumFor(line.model)
    sum.calls += 1
    sum.input += inputTokens
    sum.output += outputTokens
    sum.micro += microUsd
  })
  journal.catchUp()
  for (const { model, microUsd } of journal.open) sumFor(model).open += microUsd
  return [...models]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([model, sum]) => ({
      day,
      model,
      calls: sum.calls,
      kept: 0,
      input_tokens: sum.input,
      output_tokens: sum.output,
      cost_usd: sum.micro / 1e6,
      open_usd: sum.open / 1e6,
      journal_bytes: journal.bytes,
    }))
}

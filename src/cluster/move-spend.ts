/**
 * Copies the cost of models between the journals of a spool and a database, for `docspool move`. The database stores sums by day
 * and model; for individual jobs, only costs that may still count towards their limits are copied.
 */

import { readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { unlessGone } from '#base/errors.ts'
import { makeFolders, syncFolder, temporaryName, writeNewFile } from '#base/files.ts'
import { push } from '#base/multimap.ts'
import type { Database } from '#database/database.ts'
import { DayJournal, dayOf, journalOf } from '#generate/prose/budget/day-journal.ts'
import { formatLine } from '#generate/prose/budget/journal-line.ts'
import { summarise } from '#generate/prose/budget/summarise.ts'
import type { MovedItem, MovedPart } from '#queue/transfer.ts'
import type { SpendDay, SpendStore } from './spend-store.ts'

/** The sums of days and models, in the journals of a spool or the tables of a database. */
export type SpendSide = Pick<MovedPart, 'copy' | 'list'>

interface Sum {
  calls: number
  input: number
  output: number
  microUsd: number
}

const DAY = /^(\d{4}-\d{2}-\d{2})\.ndjson$/
/** Costs of individual jobs count towards their limits today and yesterday. */
const JOB_DAYS_MS = 86_400_000
const NO_LIMIT = { calls: 0, tokens: 0, microUsd: 0 }

const toItem = (day: string, model: string, { calls, input, output, microUsd }: Sum): MovedItem => ({
  id: `${day} ${model}`,
  text: `${calls} ${input} ${output} ${microUsd}`,
})

/** In the order of the columns. */
const figuresOf = ({ calls, input, output, microUsd }: Sum): number[] => [calls, input, output, microUsd]

/** @param folder - The folder `spend/` of the spool that is the source. */
export function spendToDatabase(folder: string, { run }: Database, store: SpendStore): SpendSide {
  return {
    async *copy() {
      const oldestJobs = dayOf(Date.now() - JOB_DAYS_MS)
      for (const { day, models, jobs } of await readJournals(folder)) {
        for (const [model, sum] of models) {
          await run(
            `INSERT INTO docspool.spend_days (day, model, calls, input_tokens, output_tokens, micro_usd)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
            [day, model, ...figuresOf(sum)],
          )
          yield toItem(day, model, sum)
        }
        for (const [job, sum] of day < oldestJobs ? [] : jobs) {
          await run(
            `INSERT INTO docspool.spend_jobs (job, day, calls, input_tokens, output_tokens, micro_usd)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
            [job, day, ...figuresOf(sum)],
          )
        }
      }
    },
    list: () => listDays(store),
  }
}

/** @param folder - The folder `spend/` of the spool that is the target. */
export function spendToFolder(store: SpendStore, folder: string): SpendSide {
  return {
    async *copy() {
      const days = new Map<string, SpendDay[]>()
      for (const row of await store.readDays()) push(days, row.day, row)
      for (const [day, rows] of days) await writeJournal(folder, day, rows)
      if (days.size > 0) {
        await syncFolder(folder)
        await summarise(folder)
      }
      yield* listDays(store)
    },
    async *list() {
      for (const { day, models } of await readJournals(folder)) {
        for (const [model, sum] of models) yield toItem(day, model, sum)
      }
    },
  }
}

async function* listDays(store: SpendStore): AsyncGenerator<MovedItem> {
  for (const { day, model, calls, input_tokens: input, output_tokens: output, cost_usd } of await store.readDays()) {
    yield toItem(day, model, { calls, input, output, microUsd: Math.round(cost_usd * 1e6) })
  }
}

async function readJournals(folder: string) {
  const names = (await readdir(folder).catch(unlessGone)) ?? []
  return names.sort().flatMap((name) => {
    const day = DAY.exec(name)?.[1]
    return day === undefined ? [] : [{ day, ...readJournal(journalOf(folder, day)) }]
  })
}

function readJournal(file: string): { models: Map<string, Sum>; jobs: Map<string, Sum> } {
  const models = new Map<string, Sum>()
  const jobs = new Map<string, Sum>()
  const count = (sums: Map<string, Sum>, name: string, input: number, output: number, microUsd: number): void => {
    const before = sums.get(name) ?? { calls: 0, input: 0, output: 0, microUsd: 0 }
    sums.set(name, {
      calls: before.calls + 1,
      input: before.input + input,
      output: before.output + output,
      microUsd: before.microUsd + microUsd,
    })
  }
  new DayJournal(file, ({ line, inputTokens, outputTokens, microUsd }) => {
    count(models, line.model, inputTokens, outputTokens, microUsd)
    count(jobs, line.job, inputTokens, outputTokens, microUsd)
  }).catchUp()
  return { models, jobs }
}

/**
 * Write a journal with two lines per call. Only the sums of a model are known, so its first call has all of the cost and the
 * others cost nothing.
 */
async function writeJournal(folder: string, day: string, rows: readonly SpendDay[]): Promise<void> {
  makeFolders(folder)
  const at = Date.parse(day)
  const lines: Buffer[] = []
  for (const [row, { model, calls, input_tokens, output_tokens, cost_usd }] of rows.entries()) {
    for (let call = 0; call < calls; call++) {
      const sums = { in: input_tokens, out: output_tokens, microUsd: Math.round(cost_usd * 1e6) }
      const cost = call === 0 ? sums : { in: 0, out: 0, microUsd: 0 }
      const id = `moved-${row}-${call}`
      const about = 'moved from a database'
      lines.push(formatLine({ t: 'reserve', id, at, job: 'moved', about, model, ...cost, limit: NO_LIMIT }))
      lines.push(formatLine({ t: 'settle', id, at, ...cost }))
    }
  }
  const temporary = path.join(folder, temporaryName())
  await writeNewFile(temporary, Buffer.concat(lines))
  await rename(temporary, journalOf(folder, day))
}

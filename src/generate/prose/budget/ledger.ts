/**
 * Tracks the spending of one job. The maximum cost of each request is reserved before it is sent, and the real cost is
 * settled afterwards; the limits of the job and of the day apply to both.
 *
 * All calls are synchronous: appending and reading a line takes less than a millisecond, and no other request of this
 * process can interleave.
 */

import { randomUUID } from 'node:crypto'
import type { Price, SpendLimit } from '#base/model-settings.ts'
import { BudgetSpent, type Spend } from '#generate/prose/ask.ts'
import { DayJournal, dayOf, journalOf, type Settled } from './day-journal.ts'
import { add, costOf, describeExcess, limitOf, type Totals, zeroTotals } from './totals.ts'
import { sensibleUsage, type Usage } from './usage.ts'

/** The maximum cost of a request. */
export interface Bound extends Usage {
  model: string
  /** A label for people who read the journal. */
  about: string
}

/** A request that may be sent. Exactly one of these methods is called, once; if the process dies before that, the request counts in full. */
export interface Reservation {
  /** The request was answered. Missing or absurd counts are replaced by the bound; `null` when the cost is unknown. */
  settle(reported: { inputTokens?: unknown; outputTokens?: unknown } | null): void
  /** The request was answered with an error: it is free, but counts as a call. */
  settleFree(): void
  /** The request was never sent. */
  release(): void
}

export interface Ledger {
  /** @throws {BudgetSpent} The request might cost more than the rest of the budget. */
  reserve(bound: Bound): Reservation | Promise<Reservation>
  /** Counts a question answered from the cache. */
  countCached(): void
  /** The spending of the job, including what earlier workers spent on it today or yesterday. */
  spend(): Spend | Promise<Spend>
}

/** A ledger that answers at once. */
export interface FileLedger extends Ledger {
  reserve(bound: Bound): Reservation
  spend(): Spend
}

export interface LedgerOptions {
  /** `<spool>/spend`; created with the first reservation. */
  folder: string
  /**
   * The job that limits apply to. A job that is resumed after its worker died keeps its name and its spending; a job
   * that starts over gets another name.
   */
  job: string
  perJob: SpendLimit
  perDay: SpendLimit
  priceOf(model: string): Price
  log(level: 'warn', text: string): void
  /** Milliseconds since the epoch. */
  now?: () => number
}

export function createLedger({ folder, job, perJob, perDay, priceOf, log, now = Date.now }: LedgerOptions): FileLedger {
  const jobName = cut(job, 300)
  const jobLimit = limitOf(perJob)
  const dayLimit = limitOf(perDay)
  const journals = new Map<string, DayJournal>()
  const spent: Spend = { calls: 0, kept: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }
  let spentMicroUsd = 0

  const count = ({ line, inputTokens, outputTokens, microUsd }: Settled): void => {
    if (line.job !== jobName) return
    spent.calls += 1
    spent.inputTokens += inputTokens
    spent.outputTokens += outputTokens
    spentMicroUsd += microUsd
  }
  const journalAt = (ms: number): DayJournal => {
    const day = dayOf(ms)
    const journal = journals.get(day) ?? new DayJournal(journalOf(folder, day), count)
    journals.set(day, journal)
    return journal
  }
  const startedAt = now()
  for (const ms of [startedAt - 86_400_000, startedAt]) {
    try {
      journalAt(ms).catchUp()
    } catch (error) {
      log('warn', `The spending of ${dayOf(ms)} cannot be read: ${String(error)}`)
    }
  }

  return {
    reserve(bound) {
      const at = now()
      const price = priceOf(bound.model)
      const microUsd = costOf(price, bound.inputTokens, bound.outputTokens)
      const more = { calls: 1, tokens: bound.inputTokens + bound.outputTokens, microUsd }
      const journal = journalAt(at)
      try {
        journal.catchUp()
        checkLimit(more, ofJob(), jobLimit, 'the job')
        checkLimit(more, journal.totals, dayLimit, 'the day')
        const id = randomUUID()
        const { inputTokens, outputTokens } = bound
        const names = { job: jobName, about: cut(bound.about, 200), model: cut(bound.model, 200) }
        journal.append({
          t: 'reserve',
          id,
          at,
          ...names,
          in: inputTokens,
          out: outputTokens,
          microUsd,
          limit: dayLimit,
        })
        journal.catchUp()
        if (!journal.holds(id)) {
          // Another process was faster. Readers ignore the reservation anyway; this line is for people.
          journal.append({ t: 'release', id, at: now() })
          throw new BudgetSpent('Another job used the rest of the budget of the day')
        }
        return reservation(journal, id, bound, price)
      } catch (error) {
        if (error instanceof BudgetSpent) throw error
        throw new BudgetSpent('Spending cannot be recorded, so no request is sent', { cause: error })
      }
    },
    countCached() {
      spent.kept += 1
    },
    spend() {
      for (const journal of journals.values()) {
        try {
          journal.catchUp()
        } catch (error) {
          log('warn', `Spending cannot be read: ${String(error)}`)
        }
      }
      return { ...spent, costUsd: spentMicroUsd / 1e6 }
    },
  }

  function ofJob(): Totals {
    const sum = zeroTotals()
    for (const journal of journals.values()) add(sum, journal.totalsOf(jobName))
    return sum
  }

  function reservation(journal: DayJournal, id: string, bound: Bound, price: Price): Reservation {
    let isOver = false
    const end = (write: () => void): void => {
      if (isOver) return
      isOver = true
      try {
        write()
      } catch (error) {
        log('warn', `The cost of ${bound.about} cannot be recorded, so its maximum is counted: ${String(error)}`)
      }
    }
    const write = (usage: Usage, microUsd: number): void =>
      journal.append({ t: 'settle', id, at: now(), in: usage.inputTokens, out: usage.outputTokens, microUsd })
    return {
      settle(reported) {
        const { usage, absurd } = sensibleUsage(reported, bound)
        if (absurd !== undefined)
          log('warn', `${bound.model} reported ${absurd} for ${bound.about}; the maximum is counted instead`)
        end(() => write(usage, costOf(price, usage.inputTokens, usage.outputTokens)))
      },
      settleFree: () => end(() => write({ inputTokens: 0, outputTokens: 0 }, 0)),
      release: () => end(() => journal.append({ t: 'release', id, at: now() })),
    }
  }
}

function checkLimit(more: Totals, spent: Totals, limit: Totals, whose: string): void {
  const refused = describeExcess(more, spent, limit, whose)
  if (refused !== undefined) throw new BudgetSpent(refused)
}

/** Truncates text and replaces characters other than printable ASCII, so that the longest line stays far below its limit. */
export const cut = (text: string, length: number): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, length)

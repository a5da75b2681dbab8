/**
 * A ledger whose limits apply to all machines together (`SharedSpend`). While the storage cannot be reached, no request
 * is sent. The actual cost of a request is recorded in the background; until then its maximum counts.
 */

import { randomUUID } from 'node:crypto'
import type { Price } from '#base/model-settings.ts'
import { BudgetSpent, type Spend } from '#generate/prose/ask.ts'
import { cut, type Ledger, type LedgerOptions, type Reservation } from './ledger.ts'
import { type Figures, NO_FIGURES, type SharedSpend } from './shared-spend.ts'
import { costOf, limitOf } from './totals.ts'
import { sensibleUsage, type Usage } from './usage.ts'

export interface SharedLedger extends Ledger {
  /** Resolves when all costs are recorded. */
  settled(): Promise<void>
}

export interface SharedLedgerOptions extends Omit<LedgerOptions, 'folder' | 'now'> {
  spend: SharedSpend
}

export function createSharedLedger(options: SharedLedgerOptions): SharedLedger {
  const { spend: shared, perJob, perDay, priceOf, log } = options
  const job = cut(options.job, 300)
  const limits = { jobLimit: limitOf(perJob), dayLimit: limitOf(perDay) }
  const writing = new Set<Promise<void>>()
  let cached = 0
  let own = { ...NO_FIGURES }
  /** What earlier workers spent on the job. */
  const before = shared.spent(job).catch((error) => {
    log('warn', `The spending of the job cannot be read: ${messageOf(error)}`)
    return NO_FIGURES
  })

  function record(about: string, write: Promise<void>): void {
    const done = write
      .catch((error) => {
        log('warn', `The cost of ${about} cannot be recorded, so its maximum is counted: ${messageOf(error)}`)
      })
      .finally(() => writing.delete(done))
    writing.add(done)
  }

  function reservation(id: string, bound: Usage & { model: string; about: string }, price: Price): Reservation {
    let isOver = false
    const end = (write: () => Promise<void>): void => {
      if (isOver) return
      isOver = true
      record(bound.about, write())
    }
    const settle = (usage: Usage, microUsd: number): Promise<void> => {
      const figures = { calls: 1, ...usage, microUsd }
      own = sumOf(own, figures)
      return shared.settle(id, figures)
    }
    return {
      settle(reported) {
        const { usage, absurd } = sensibleUsage(reported, bound)
        if (absurd !== undefined)
          log('warn', `${bound.model} reported ${absurd} for ${bound.about}; the maximum is counted instead`)
        end(() => settle(usage, costOf(price, usage.inputTokens, usage.outputTokens)))
      },
      settleFree: () => end(() => settle({ inputTokens: 0, outputTokens: 0 }, 0)),
      release: () => end(() => shared.release(id)),
    }
  }

  return {
    async reserve(bound) {
      await before
      const price = priceOf(bound.model)
      const { inputTokens, outputTokens } = bound
      const microUsd = costOf(price, inputTokens, outputTokens)
      const id = randomUUID()
      const model = cut(bound.model, 200)
      const refused = await shared
        .reserve({ id, job, model, inputTokens, outputTokens, microUsd, ...limits })
        .catch((error) => {
          throw new BudgetSpent('Spending cannot be recorded, so no request is sent', { cause: error })
        })
      if (refused !== undefined) throw new BudgetSpent(refused)
      return reservation(id, bound, price)
    },
    countCached() {
      cached += 1
    },
    async spend(): Promise<Spend> {
      const { calls, inputTokens, outputTokens, microUsd } = sumOf(own, await before)
      return { calls, kept: cached, inputTokens, outputTokens, costUsd: microUsd / 1e6 }
    },
    async settled() {
      await Promise.all(writing)
    },
  }
}

const sumOf = (one: Figures, other: Figures): Figures => ({
  calls: one.calls + other.calls,
  inputTokens: one.inputTokens + other.inputTokens,
  outputTokens: one.outputTokens + other.outputTokens,
  microUsd: one.microUsd + other.microUsd,
})

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The model of one generation, from the settings: its prices, its books, the answers that were kept. */

import type { LlmSettings, SpendLimit } from '#base/model-settings.ts'
import type { Model } from './ask.ts'
import { createLedger } from './budget/ledger.ts'
import { createPrices } from './budget/prices.ts'
import { summarise } from './budget/summarise.ts'
import { createAnswerStore } from './client/answers.ts'
import { baseUrlOf, createModel } from './client/create.ts'

export interface ModelOptions {
  settings: LlmSettings
  /** Who writes this time; goes before `settings.mainModel`. */
  mainModel: string
  /** What is spent is written down below it, in `spend/`, and added up in `spend.json`. Absolute; made when it is missing. */
  spendDir: string
  /** Answers are kept here for the next time. Absolute; made when it is missing. */
  answersDir: string
  /** US dollars that this generation may cost within the limits of `settings`; 0 spends nothing, `null` leaves it at them. */
  maxCostUsd: number | null
  /** What is one job to its limits: the same when it is taken up again after its process died. */
  job: string
}

export interface OpenModel {
  model: Model
  /** Adds up what was spent, for whoever reads `spend.json`. */
  close(): Promise<void>
}

/** The least amount that the books know; a limit of 0 would be none. */
const NOTHING_USD = 1e-9

export function openModel(options: ModelOptions, log: (level: 'warn', text: string) => void): OpenModel {
  const settings = { ...options.settings, mainModel: options.mainModel }
  const folder = `${options.spendDir}/spend`
  const perJob = limitOf(settings.perJob, options.maxCostUsd)
  const isMoneyLimited = perJob.costUsd > 0 || settings.perDay.costUsd > 0
  const priceOf = createPrices({ baseUrl: baseUrlOf(settings), prices: settings.prices, isMoneyLimited, log })
  const ledger = createLedger({ folder, job: options.job, perJob, perDay: settings.perDay, priceOf, log })
  const model = createModel(settings, { answers: createAnswerStore(options.answersDir), ledger, log })
  return {
    model,
    async close() {
      try {
        await summarise(folder)
      } catch (error) {
        log('warn', `What was spent could not be added up: ${(error as Error).message}`)
      }
    },
  }
}

function limitOf(limit: SpendLimit, maxCostUsd: number | null): SpendLimit {
  if (maxCostUsd === null) return limit
  const costUsd = limit.costUsd === 0 ? maxCostUsd : Math.min(maxCostUsd, limit.costUsd)
  return { ...limit, costUsd: Math.max(costUsd, NOTHING_USD) }
}

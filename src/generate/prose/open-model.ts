/** Creates the model for one generation from the settings, with prices, budget and answer cache. */

import type { LlmSettings, SpendLimit } from '#base/model-settings.ts'
import type { Model } from './ask.ts'
import { createLedger } from './budget/ledger.ts'
import { createPrices } from './budget/prices.ts'
import { createSharedLedger } from './budget/shared-ledger.ts'
import type { SharedSpend } from './budget/shared-spend.ts'
import { summarise } from './budget/summarise.ts'
import { createAnswerStore } from './client/answer-store.ts'
import { baseUrlOf, createModel } from './client/create-model.ts'

export interface ModelOptions {
  settings: LlmSettings
  /** The main model for this generation; overrides `settings.mainModel`. */
  mainModel: string
  /** The folder for `spend/`, where spending is recorded, and its summary `spend.json`. Absolute; created when missing. */
  spendDir: string
  /** Spending is recorded here instead, together with the spending of other machines. */
  sharedSpend?: SharedSpend | undefined
  /** The answer cache. Absolute; created when missing. */
  answersDir: string
  /** Budget of this generation in US dollars, within the limits of `settings`; 0 allows nothing, `null` adds no limit. */
  maxCostUsd: number | null
  /** The job that limits apply to; unchanged if the job is resumed after its process died. */
  job: string
}

export interface OpenModel {
  model: Model
  /** Finishes recording the spending, and updates `spend.json`. */
  close(): Promise<void>
}

/** The limit for a budget of nothing, because 0 would mean unlimited. */
const NOTHING_USD = 1e-9

export function openModel(options: ModelOptions, log: (level: 'warn', text: string) => void): OpenModel {
  const settings = { ...options.settings, mainModel: options.mainModel }
  const folder = `${options.spendDir}/spend`
  const perJob = limitOf(settings.perJob, options.maxCostUsd)
  const isMoneyLimited = perJob.costUsd > 0 || settings.perDay.costUsd > 0
  const priceOf = createPrices({ baseUrl: baseUrlOf(settings), prices: settings.prices, isMoneyLimited, log })
  const { sharedSpend } = options
  const common = { job: options.job, perJob, perDay: settings.perDay, priceOf, log }
  const shared = sharedSpend && createSharedLedger({ ...common, spend: sharedSpend })
  const ledger = shared ?? createLedger({ ...common, folder })
  const model = createModel(settings, { answers: createAnswerStore(options.answersDir), ledger, log })
  return {
    model,
    async close() {
      if (shared !== undefined) return await shared.settled()
      try {
        await summarise(folder)
      } catch (error) {
        log('warn', `The cost of models could not be summarised: ${(error as Error).message}`)
      }
    },
  }
}

function limitOf(limit: SpendLimit, maxCostUsd: number | null): SpendLimit {
  if (maxCostUsd === null) return limit
  const costUsd = limit.costUsd === 0 ? maxCostUsd : Math.min(maxCostUsd, limit.costUsd)
  return { ...limit, costUsd: Math.max(costUsd, NOTHING_USD) }
}

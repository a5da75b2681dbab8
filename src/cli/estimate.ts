/** `docspool generate --estimate`: estimates the requests to a model and their cost for a repository. Sends none. */

import { remove } from 'fs-extra/esm'
import type { Config } from '#base/config.ts'
import { OFFLINE } from '#base/offline.ts'
import type { Estimate } from '#generate/options.ts'
import { estimate } from '#generate/pipeline.ts'
import { counted, formatCost } from '#templates/format.ts'
import { type GenerateCommand, optionsFor } from './generate.ts'
import { createProgressView } from './progress-bar.ts'
import { makeWorkFolder } from './work-folder.ts'

export type EstimateCommand = Omit<GenerateCommand, 'output' | 'isSite'> & {
  /** Print JSON instead of a sentence. */
  json: boolean
}

const NOTHING: Estimate = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }

/** @returns The text to print, without a line break at the end. */
export async function runEstimate(
  command: EstimateCommand,
  config: Config,
  signal: AbortSignal,
  deps = { estimate },
): Promise<string> {
  const model = config.llm?.mainModel ?? OFFLINE
  if (config.llm === null) return command.json ? jsonOf(NOTHING, model) : sentenceOf(NOTHING, model)
  const workDir = await makeWorkFolder()
  const view = createProgressView()
  try {
    const found = await deps.estimate(optionsFor(command, config, workDir), {
      signal,
      report: (progress) => view.show(progress),
    })
    return command.json ? jsonOf(found, model) : sentenceOf(found, model)
  } finally {
    view.end()
    await remove(workDir)
  }
}

const jsonOf = ({ calls, inputTokens, outputTokens, costUsd }: Estimate, model: string): string =>
  JSON.stringify({ model, calls, input_tokens: inputTokens, output_tokens: outputTokens, cost_usd: costUsd })

function sentenceOf({ calls, inputTokens, outputTokens, costUsd }: Estimate, model: string): string {
  if (model === OFFLINE) return 'No model is configured, so there is no cost.'
  const tokens = `${counted(inputTokens, 'token')} in and ${counted(outputTokens, 'token')} out`
  const cost =
    costUsd === null
      ? `The price of ${model} is unknown; set it with DOCSPOOL_PRICES.`
      : `About ${formatCost(costUsd)} at the price of ${model}.`
  return `About ${counted(calls, 'request')} to ${model}: ${tokens}.\n${cost}`
}

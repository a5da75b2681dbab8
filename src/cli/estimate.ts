/** `docspool generate --estimate`: what a model would be asked for a repository and what that costs. Asks nothing. */

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import type { Config } from '#base/config.ts'
import { OFFLINE } from '#base/offline.ts'
import type { Estimate } from '#generate/options.ts'
import { estimate } from '#generate/pipeline.ts'
import { removeIfKilled } from '#processes/run-apart.ts'
import { counted, formatCost } from '#templates/format.ts'
import { type GenerateCommand, optionsFor } from './generate.ts'
import { createProgressView } from './progress.ts'

export type EstimateCommand = Omit<GenerateCommand, 'output' | 'isSite'> & {
  /** One JSON object instead of a sentence. */
  json: boolean
}

const NOTHING: Estimate = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }

/**
 * @returns What to print, without a line break at the end.
 */
export async function runEstimate(
  command: EstimateCommand,
  config: Config,
  signal: AbortSignal,
  deps = { estimate },
): Promise<string> {
  const model = config.llm?.mainModel ?? OFFLINE
  if (config.llm === null) return command.json ? jsonOf(NOTHING, model) : sentenceOf(NOTHING, model)
  const workDir = await mkdtemp(path.join(tmpdir(), 'docspool-'))
  removeIfKilled(workDir)
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
  if (model === OFFLINE) return 'Documents are made offline: nothing is asked, and nothing is spent.'
  const tokens = `${counted(inputTokens, 'token')} in and ${counted(outputTokens, 'token')} out`
  const cost =
    costUsd === null
      ? `What ${model} costs is not known; DOCSPOOL_PRICES can say it.`
      : `About ${formatCost(costUsd)}, as ${model} is priced.`
  return `About ${counted(calls, 'question')} to ${model}: ${tokens}.\n${cost}`
}

/** The steps of a generation that use a model. Imported only when there is one, because its client is slow to load. */

import { setMaxListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { DEFAULT_LANGUAGE } from '#base/language.ts'
import { push } from '#base/multimap.ts'
import { type Component, type Module, modulesOf } from './model.ts'
import { regroup } from './partition/regroup.ts'
import { steer } from './partition/steer.ts'
import { BadAnswer, BudgetSpent, ModelRefused, ModelUnusable, QuestionTooLong, type Spend } from './prose/ask.ts'
import { ASSUMED_PRICE, createPrices } from './prose/budget/prices.ts'
import { wordsOfModule } from './prose/check-title.ts'
import { baseUrlOf } from './prose/client/create-model.ts'
import { rankComponents, rankFiles } from './prose/code-context.ts'
import { countQuestions } from './prose/estimate.ts'
import { GroundTruth } from './prose/ground-truth.ts'
import { type ModelOptions, type OpenModel, openModel } from './prose/open-model.ts'
import { proposeGroups } from './prose/propose-groups.ts'
import { type ProseContext, type ProseInput, writeProse } from './prose/write-prose.ts'
import type { Prose } from './prose-model.ts'
import type { Studied } from './study.ts'

export interface ProseOptions {
  language?: string | undefined
  notes?: string | undefined
  model: ModelOptions
}

export interface Added {
  root: Module
  /** Ignored requests of steering files, in sentences. */
  ignored: string[]
  prose: Prose
  spend: Spend
}

/** @throws {Aborted} */
export async function addProse(studied: Studied, options: ProseOptions, context: ProseContext): Promise<Added> {
  const { steering } = studied
  // Every request in flight adds a listener.
  setMaxListeners(0, context.signal)
  const opened = openModel(options.model, context.log)
  try {
    const grouping = group(studied, options, opened, context)
    // Avoids an unhandled rejection; the `await` below reports the failure.
    grouping.catch(() => undefined)
    // Lets the request go out before the computation below.
    await setImmediate()
    await setImmediate()
    const ranks = rankComponents(studied.analysis)
    const ground = new GroundTruth(studied.inventory, studied.analysis)
    await readAhead(ground, ranks, grouping)
    const grouped = await grouping
    const { root, ignored } = steer(grouped.root, steering)
    const written = await writeProse(inputOf({ ...studied, root }, options, ranks, ground), opened.model, context)
    const isTitled = modulesOf(root).some(({ id, title }) => grouped.titles.get(id) === title)
    const prose = isTitled ? { ...written, titlesBy: grouped.model } : written
    return { root, ignored, prose, spend: await opened.model.spend() }
  } finally {
    await opened.close()
  }
}

/** Prepares the lines to show, most central files first, until the answer has arrived. */
async function readAhead(
  ground: GroundTruth,
  ranks: ReadonlyMap<string, number>,
  answer: Promise<unknown>,
): Promise<void> {
  let hasArrived = false
  const onArrival = (): unknown => (hasArrived = true)
  answer.then(onArrival, onArrival)
  const files = [...rankFiles(ranks, ground)].sort(([, a], [, b]) => b - a)
  for (const [path] of files) {
    if (hasArrived) return
    ground.shownLinesOf(path)
    await setImmediate()
  }
}

interface Grouped {
  root: Module
  /** Proposed titles that modules now have, keyed by module id. */
  titles: ReadonlyMap<string, string>
  model: string
}

/** Apply the model's grouping within the rules of the partition; without a usable answer nothing changes. */
async function group(
  { root, inventory, analysis, subject }: Studied,
  { language = DEFAULT_LANGUAGE }: ProseOptions,
  { model }: OpenModel,
  { signal, log }: ProseContext,
): Promise<Grouped> {
  const modules = modulesOf(root).slice(1)
  const unchanged: Grouped = { root, titles: new Map(), model: model.name }
  if (modules.length < 2) return unchanged
  const componentsIn = new Map<string, Component[]>()
  for (const component of analysis.components) push(componentsIn, component.file, component)
  try {
    const wordsOf = (module: Module): string => wordsOfModule(module, componentsIn)
    const proposal = await proposeGroups({ modules, wordsOf, name: subject.name, language }, model, signal)
    const regrouped = regroup(root, proposal, inventory)
    const before = new Map(modules.map(({ id, title }) => [id, title]))
    const changed = modulesOf(regrouped.root)
      .slice(1)
      .filter(({ id, title }) => before.get(id) !== title)
    const titles = new Map(changed.map(({ id, title }) => [id, title]))
    return { root: regrouped.root, titles, model: proposal.model }
  } catch (error) {
    // A spent budget or an unusable model is reported with the prose.
    if (error instanceof BadAnswer || error instanceof ModelRefused || error instanceof QuestionTooLong)
      log('warn', `The modules keep their names: ${error.message}`)
    else if (!(error instanceof BudgetSpent || error instanceof ModelUnusable)) throw error
    return unchanged
  }
}

/** Estimates the questions of `addProse`. */
export async function estimateProse(
  studied: Studied,
  options: ProseOptions,
  signal: AbortSignal,
): Promise<{ calls: number; inputTokens: number; outputTokens: number; costUsd: number | null }> {
  const { settings, mainModel } = options.model
  const { root } = steer(studied.root, studied.steering)
  const ranks = rankComponents(studied.analysis)
  const ground = new GroundTruth(studied.inventory, studied.analysis)
  const counted = await countQuestions(
    inputOf({ ...studied, root }, options, ranks, ground),
    settings.contextTokens,
    signal,
  )
  const { prices } = settings
  const priceOf = createPrices({ baseUrl: baseUrlOf(settings), prices, isMoneyLimited: true, log: () => undefined })
  const price = priceOf(mainModel)
  const costUsd = (counted.inputTokens * price.input + counted.outputTokens * price.output) / 1e6
  return { ...counted, costUsd: price === ASSUMED_PRICE ? null : costUsd }
}

function inputOf(
  { subject, root }: Studied,
  { language = DEFAULT_LANGUAGE, notes = '' }: ProseOptions,
  ranks: ReadonlyMap<string, number>,
  ground: GroundTruth,
): ProseInput {
  return { subject, ground: ground.addModules(root), root, language, notes, ranks }
}

/**
 * Writes prose for a whole set: leaf modules first, then parents from the summaries of their children, last the
 * overview; independent parts concurrently. If it fails for a page, the page keeps the text from static analysis.
 */

import { filesOf, type Module, modulesOf, type Subject } from '#generate/model.ts'
import type { Prose, SlotVerdict } from '#generate/prose-model.ts'
import { BudgetSpent, type Model, ModelUnusable } from './ask.ts'
import { BYTES_PER_TOKEN, rankFiles } from './code-context.ts'
import type { GroundTruth } from './ground-truth.ts'
import { codeFilesOf, type ModuleWritten, type Writer, writeModuleProse } from './write-module.ts'
import { OVERVIEW_OUTPUT_TOKENS, writeOverviewProse } from './write-overview.ts'

export interface ProseInput {
  subject: Subject
  /** The ground truth, which includes the modules of `root`. */
  ground: GroundTruth
  root: Module
  /** BCP-47 tag. */
  language: string
  /** The centrality of each component, from `rankComponents`. */
  ranks: ReadonlyMap<string, number>
  /** Notes of the submitter; '' for none. */
  notes: string
}

export interface ProseContext {
  signal: AbortSignal
  onProgress(done: number, total: number): void
  log(level: 'warn', text: string): void
}

/** Limit on the modules to write about. */
const MAX_MODULES = 400

/**
 * @throws {Aborted} The signal was aborted. Nothing else: failures of the model and a spent budget are reported in
 * `degraded` and in the verdicts.
 */
export async function writeProse(input: ProseInput, model: Model, context: ProseContext): Promise<Prose> {
  const { root, subject, ground, ranks } = input
  const notes = [input.notes, ...(subject.notes ?? []).map(({ content }) => content)]
    .filter((text) => text !== '')
    .join('\n')
  const writer: Writer = {
    model,
    ground,
    ranks,
    fileRanks: rankFiles(ranks, ground),
    name: subject.name,
    language: input.language,
    notes,
    signal: context.signal,
  }
  const chosen = chooseModules(writer, root)
  const written = new Map<string, ModuleWritten>()
  const verdicts: SlotVerdict[] = []
  const state: State = { degraded: null, done: 0, total: chosen.size + 1 }
  const attempt = async <T>(about: Module | null, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      if (state.degraded === null || (about === null && state.degraded !== 'model')) return await work()
      verdicts.push(skipped(about, state.degraded === 'budget' ? 'the budget is spent' : 'the model cannot be used'))
    } catch (error) {
      if (context.signal.aborted) throw error
      const isBudget = error instanceof BudgetSpent
      if (isBudget || error instanceof ModelUnusable) {
        if (state.degraded === null) context.log('warn', (error as Error).message)
        state.degraded = isBudget ? 'budget' : 'model'
      }
      verdicts.push(skipped(about, (error as Error).message))
    } finally {
      state.done += 1
      context.onProgress(state.done, state.total)
    }
    return undefined
  }
  const release = await holdOverview(writer)
  let packing = Promise.resolve()
  const started = new Map<string, Promise<void>>()
  const visit = (module: Module): Promise<void> => {
    const known = started.get(module.id)
    if (known !== undefined) return known
    const work = async (): Promise<void> => {
      await Promise.all(module.children.map(visit))
      if (!chosen.has(module.id)) return
      const children = module.children.map(({ id, title, path }) => {
        return { title, path, summary: written.get(id)?.summary ?? '' }
      })
      // One after the other, so that the first question is sent before the last is composed.
      packing = packing.then(() => new Promise((resolve) => setImmediate(resolve)))
      await packing
      const result = await attempt(module, () => writeModuleProse(writer, module, children))
      if (result !== undefined) written.set(module.id, result)
    }
    const promise = work()
    started.set(module.id, promise)
    return promise
  }
  // The most central modules come first, one part of the repository after the other, in case the budget runs out.
  const modules = modulesOf(root).slice(1)
  const leaves = byValue(root.children, writer).flatMap((area) =>
    byValue(
      modulesOf(area).filter(({ children }) => children.length === 0),
      writer,
    ),
  )
  try {
    await Promise.all([...leaves, ...modules].map(visit))
  } finally {
    // Even when the job is aborted: an unreleased reservation counts as spent for the rest of the day.
    release()
  }
  const summaries = new Map([...written].map(([id, { summary }]) => [id, summary]))
  const overview = await attempt(null, () => writeOverviewProse(writer, root, summaries))
  const order = new Map(modulesOf(root).map(({ id }, index) => [id, index]))
  const all = [...verdicts, ...[...written.values()].flatMap((one) => one.verdicts), ...(overview?.verdicts ?? [])]
  return {
    models: [
      ...new Set([
        ...[...written.values()].map((one) => one.model),
        ...(overview === undefined ? [] : [overview.model]),
      ]),
    ].sort(),
    overview: overview?.prose ?? null,
    modules: new Map([...written].map(([id, { prose }]) => [id, prose])),
    verdicts: all.sort((a, b) => placeOf(a, order) - placeOf(b, order)),
    degraded: state.degraded,
  }
}

/** The overview comes last but matters most, so its budget is reserved first. */
async function holdOverview({ model }: Writer): Promise<() => void> {
  try {
    return await model.hold(
      'overview',
      (model.contextTokens - OVERVIEW_OUTPUT_TOKENS) * BYTES_PER_TOKEN,
      OVERVIEW_OUTPUT_TOKENS,
    )
  } catch (error) {
    if (error instanceof BudgetSpent) return () => undefined
    throw error
  }
}

interface State {
  degraded: Prose['degraded']
  done: number
  total: number
}

/** Modules with main code of their own; if there are too many, the most central ones. */
function chooseModules(writer: Writer, root: Module): Set<string> {
  const all = modulesOf(root)
    .slice(1)
    .filter((module) => module.isBeside !== true && codeFilesOf(writer.ground, module).length > 0)
  return new Set(
    byValue(all, writer)
      .slice(0, MAX_MODULES)
      .map(({ id }) => id),
  )
}

function byValue(modules: readonly Module[], { fileRanks }: Writer): Module[] {
  const worth = (module: Module): number => filesOf(module).reduce((sum, path) => sum + (fileRanks.get(path) ?? 0), 0)
  const values = new Map(modules.map((module) => [module, worth(module)]))
  return [...modules].sort((a, b) => (values.get(b) ?? 0) - (values.get(a) ?? 0) || (a.id < b.id ? -1 : 1))
}

function skipped(module: Module | null, fault: string): SlotVerdict {
  return {
    module: module?.id ?? null,
    slot: 'all',
    verdict: 'offline',
    published: 0,
    dropped: 0,
    faults: [fault.slice(0, 300)],
  }
}

const placeOf = ({ module }: SlotVerdict, order: ReadonlyMap<string, number>): number =>
  module === null ? -1 : (order.get(module) ?? 0)

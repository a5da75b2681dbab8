/**
 * From a repository to a document set: the only place that knows the stages and their order. It publishes nothing;
 * the caller gives the set to a `SetStore` or writes it to a folder.
 */

import { Aborted } from '#base/errors.ts'
import type { SshSettings } from '#base/git-settings.ts'
import type { GitCredentials } from '#base/git-tokens.ts'
import { DEFAULT_LANGUAGE, hasTexts } from '#base/language.ts'
import { Releasers } from '#base/releasers.ts'
import { commitUrl, linkFormOf, type Repository, type SourceLinks, sourceUrl } from '#base/repository.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { PageRenderer, type PageResult } from '#markdown/render-pages.ts'
import { buildSearch } from '#search/build.ts'
import { SEARCH_FILE } from '#search/searcher.ts'
import { optionsDigest } from '#store/options-digest.ts'
import { htmlNameOf, type NewSet } from '#store/sets.ts'
import type { StepCache } from '#store/step-cache.ts'
import type { Added } from './add-prose.ts'
import { clone } from './clone/clone.ts'
import { type Kept, keepSources } from './keep/keep.ts'
import { marksOf } from './keep/marks.ts'
import type { CommitTree } from './model.ts'
import { writeData } from './pages/data.ts'
import { draftPages } from './pages/pages.ts'
import type { LinkTo } from './pages/sources.ts'
import { steer } from './partition/steer.ts'
import type { Spend } from './prose/ask.ts'
import type { ModelOptions } from './prose/open-model.ts'
import type { Prose } from './prose-model.ts'
import { searchableDocuments, searchablePages, searchableSymbols, standingsOf } from './searchable.ts'
import { share, study } from './study.ts'
import { verify } from './verify/verify.ts'

export type { ModelOptions } from './prose/open-model.ts'

export interface GenerateOptions {
  repository: Repository
  commitId: string | null
  /** Shown to a host that asks for them. */
  credentials?: GitCredentials | undefined
  /** For addresses with ssh. */
  ssh?: SshSettings | null | undefined
  /** Exists and is empty; the clone lies here. Absolute. */
  workDir: string
  limits: GenerateLimits
  allowPrivateNetworks: boolean
  sourceLinks: SourceLinks
  /** Where results of single steps are kept for the next time. */
  cache?: StepCache | undefined
  /** Of the documents, one of `#base/language.ts`; English unless given. */
  language?: string | undefined
  /** For the model: what matters to the readers. At most 4,000 characters. */
  notes?: string | undefined
  /** Who adds prose; without it, documents are made offline. */
  model?: ModelOptions | undefined
}

export interface GenerateLimits {
  cloneDepth: number
  cloneTimeoutMs: number
  maxRepoBytes: number
  maxFiles: number
  maxFileBytes: number
}

export interface GenerateContext {
  signal: AbortSignal
  report(progress: { stage: string; percent: number; text: string }): void
  /** Something that people should know and that does not stop the generation. */
  log?(level: 'warn', text: string): void
  /** Bytes that came from a host. */
  received?(bytes: number): void
}

export interface Generated {
  set: NewSet
  resolvedCommit: string
  /** A sentence for people. */
  summary: string
  /** What was asked of a model; absent when none was. */
  spend?: Spend | undefined
  /** Why a part of the documents has no prose; absent or `null` when nothing is missing. */
  degraded?: 'budget' | 'model' | null | undefined
}

/** What a generation would ask of a model, about. */
export interface Estimate {
  calls: number
  inputTokens: number
  outputTokens: number
  /** US dollars; `null` when the price of the model is not known. */
  costUsd: number | null
}

const RENDER_DEADLINE_MS = 10_000
/** Of what is said of steering files. */
const MAX_WARNINGS = 100

/** Share of the whole, in percent, at which each stage begins. */
const STAGES = {
  ...{ clone: 0, inventory: 30, analyse: 38, partition: 62, prose: 64 },
  ...{ pages: 78, render: 82, verify: 95, publish: 98 },
}
type Stage = keyof typeof STAGES

/**
 * Make the document set of one commit. The same commit, limits and version give the same bytes.
 *
 * @throws {AppError} With a code of the stage that failed; nothing is left behind but `workDir`'s contents.
 */
export async function generate(options: GenerateOptions, context: GenerateContext): Promise<Generated> {
  const { signal } = context
  const step = stepper(context)

  const releasers = new Releasers()
  try {
    // Its threads load while the host is asked.
    const renderer = new PageRenderer({ deadlineMs: RENDER_DEADLINE_MS, signal })
    releasers.push(() => renderer.close())
    const tree = await open(options, context, step)
    releasers.push(() => tree.close())
    return await document(tree, renderer, options, context, step)
  } finally {
    await releasers.releaseAll()
  }
}

/**
 * What `generate` would ask of the model with these options, about: second tries and looks at more of the code are not in
 * it. Asks nothing.
 */
export async function estimate(options: GenerateOptions, context: GenerateContext): Promise<Estimate> {
  const { model } = options
  if (model === undefined) return { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }
  const step = stepper(context)
  const tree = await open(options, context, step)
  try {
    const studied = await study(tree, options, { signal: context.signal, step })
    const { estimateProse } = await import('./add-prose.ts')
    return await estimateProse(studied, { ...options, model }, context.signal)
  } finally {
    await tree.close()
  }
}

/** The tree of the commit; the caller closes it. */
async function open(options: GenerateOptions, context: GenerateContext, step: Step): Promise<CommitTree> {
  const { repository, limits } = options
  step('clone', 0, `Fetching ${repository.fullName}`)
  return clone({
    repository,
    commitId: options.commitId,
    credentials: options.credentials,
    ssh: options.ssh,
    depth: limits.cloneDepth,
    maxBytes: limits.maxRepoBytes,
    maxFileBytes: limits.maxFileBytes,
    timeoutMs: limits.cloneTimeoutMs,
    allowPrivateNetworks: options.allowPrivateNetworks,
    workDir: options.workDir,
    signal: context.signal,
    onReceived: (bytes) => context.received?.(bytes),
    onProgress: (percent, text) => step('clone', percent / 100, text),
  })
}

async function document(
  tree: CommitTree,
  renderer: PageRenderer,
  options: GenerateOptions,
  { signal, log }: GenerateContext,
  step: Step,
): Promise<Generated> {
  const { repository, language = DEFAULT_LANGUAGE } = options
  const form = linkFormOf(repository, options.sourceLinks)
  let kept: Kept | undefined
  let colouring: Promise<Uint8Array[]> = Promise.resolve([])
  const studied = await study(tree, options, {
    signal,
    step,
    onInventory(inventory) {
      // Where the host's form of links is not known, pages lead to the text in the set. The threads colour it meanwhile.
      if (form === null) kept = keepSources(inventory)
      colouring = renderer.colour(kept?.files ?? [])
      // Who waits for it below meets the failure.
      colouring.catch(() => undefined)
    },
  })
  const { subject, steering, inventory, analysis } = studied
  const added: Pick<Added, 'root' | 'ignored'> & Partial<Added> =
    options.model === undefined
      ? steer(studied.root, steering)
      : await (await import('./add-prose.ts')).addProse(
          studied,
          { ...options, model: options.model },
          {
            signal,
            log: (level, text) => log?.(level, text),
            onProgress: (done, total) =>
              step('prose', share(done, total), `The model has written on ${done} of ${total} pages`),
          },
        )
  const { root, ignored, prose, spend } = added
  const unheeded = [...steering.ignored, ...ignored].slice(0, MAX_WARNINGS)
  for (const text of unheeded) log?.('warn', text)
  step('pages', 0, 'Writing the pages')
  await breathe(signal)
  const toWeb = (file: string, start?: number, end?: number): string | null =>
    sourceUrl(repository, form, tree.commit, file, start, end)
  const link = kept?.link ?? toWeb
  const drafted = draftPages({
    ...{ subject, link, inventory, analysis, root, prose, language },
    commitSubject: tree.subject,
    ref: tree.ref,
  })
  step('render', 0, `Rendering ${drafted.count} pages`)
  const rendered = await renderer.render(drafted.pages(), (done) =>
    step('render', share(done, drafted.count), `Rendered ${done} of ${drafted.count} pages`),
  )
  const written = drafted.written()
  step('verify', 0, `Checking ${written.pages.length} pages`)
  const contents = rendered.map((page) => page.contents)
  const { pages, verification: verified } = verify({
    ...written,
    contents,
    link,
    inventory,
    analysis,
    ...(kept === undefined ? {} : { kept: kept.files }),
  })
  const repaired = pages.flatMap((page, number) => (page === written.pages[number] ? [] : [number]))
  const again = await renderer.render(repaired.flatMap((number) => pages[number] ?? []))
  for (const [index, number] of repaired.entries()) rendered[number] = again[index] as PageResult
  step('publish', 0, 'Publishing')
  const counts = kept && { files: kept.files.length, bytes: kept.bytes, left_out: kept.leftOut.length }
  const verification = {
    ...verified,
    steering: { read: steering.read, ignored: unheeded },
    ...(prose === undefined ? {} : { prose: verdictsOf(prose) }),
    ...(counts === undefined ? {} : { sources: counts }),
  }
  const mainModel = prose === undefined || prose.models.length === 0 ? 'offline' : prose.models.join(', ')
  const files = new Map<string, string>(pages.map((page) => [page.file, page.markdown]))
  const data = writeData({
    ...{ subject, inventory, analysis, root, pages, index: written.index, verification, mainModel, language },
    ...(kept === undefined ? {} : { kept }),
  })
  for (const { name, text } of data) files.set(name, text)

  const standings = standingsOf(inventory)
  const symbols = searchableSymbols(written.index, analysis, standings, written.values, ({ id, file }) =>
    written.listed.has(id) ? lineAt(link, file) : null,
  )
  const documents = searchableDocuments(inventory, (file) => lineAt(link, file))
  files.set(SEARCH_FILE, buildSearch(searchablePages(pages, rendered, root, standings), symbols, documents))

  const modules = pages.length - 1
  const lines = inventory.files.reduce((sum, file) => sum + file.lines, 0)
  const set: NewSet = {
    manifest: {
      version: 1,
      repo_url: repository.url,
      name: subject.name,
      full_name: subject.fullName,
      commit: tree.commit,
      commit_url: commitUrl(repository, form ?? linkFormOf(repository, new Map()), tree.commit),
      committed_at: tree.committedAt,
      main_model: mainModel,
      generator_version: GENERATOR_VERSION,
      // Where neither the pages' own sentences nor a model speak it, they are English.
      ...(language === DEFAULT_LANGUAGE || (!hasTexts(language) && mainModel === 'offline') ? {} : { language }),
      statistics: {
        files: inventory.files.length,
        lines,
        components: analysis.components.length,
        edges: analysis.edges.length,
        modules,
        pages: pages.length,
      },
      pages: pages.map((page, index) => ({
        file: page.file,
        title: page.title,
        module: page.module,
        html: htmlNameOf(page.file),
        headings: rendered[index]?.headings ?? [],
        diagrams: rendered[index]?.diagrams ?? 0,
      })),
      tree: written.tree,
      ...(counts === undefined ? {} : { sources: counts }),
      ...optionsOf(options),
      ...(prose?.degraded ? { degraded: prose.degraded } : {}),
    },
    files,
    html: new Map(pages.map((page, index) => [htmlNameOf(page.file), rendered[index]?.html ?? ''])),
  }
  if (kept !== undefined) {
    const [colours, marks] = [await colouring, marksOf({ ...written, pages, analysis })]
    const none = { home: null, symbols: [], spans: [] }
    set.sources = kept.files.map((file, number) => ({
      ...file,
      colours: colours[number] ?? new Uint8Array(),
      marks: marks.get(file.path) ?? none,
    }))
  }
  const summary = [
    `${pages.length} pages on ${analysis.components.length} definitions and ${analysis.edges.length} references between them`,
    ...(unheeded.length === 0 ? [] : [`${unheeded.length} things in steering files are not heeded, see the log`]),
  ].join('; ')
  return { set, resolvedCommit: tree.commit, summary, spend, degraded: prose?.degraded }
}

const SOME_LINE = 987_654_321

/** Every host writes a line in its own way, once: the search keeps that for a file, not for each of its symbols. */
function lineAt(link: LinkTo, file: string): string | null {
  const address = link(file, SOME_LINE, SOME_LINE)
  return address?.split(String(SOME_LINE)).length === 2 ? address.replace(String(SOME_LINE), '{line}') : null
}

/** What was asked for and what became of it, for `verification.json`. */
function verdictsOf({ models, verdicts, degraded }: Prose): unknown {
  return { models, degraded, slots: verdicts }
}

/** What tells a set from another one of the same commit; nothing for what is made by default. */
function optionsOf({ model, language, notes }: GenerateOptions): { options_digest?: string } {
  const digest = optionsDigest({ mainModel: model?.mainModel, language, notes })
  return digest === undefined ? {} : { options_digest: digest }
}

type Step = (stage: Stage, share: number, text: string) => void

/** Progress that only grows, and at most one report for each whole percent and stage. */
function stepper(context: GenerateContext): Step {
  let last = ''
  return (stage, share, text) => {
    const begin = STAGES[stage]
    const later = Object.values(STAGES).find((percent) => percent > begin) ?? 100
    const percent = Math.floor(begin + Math.min(1, Math.max(0, share)) * (later - begin))
    const key = `${stage} ${percent}`
    if (key === last) return
    last = key
    context.report({ stage, percent, text })
  }
}

/** Let messages and signals in between two long computations. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (signal.aborted) throw new Aborted('The generation was stopped.')
}

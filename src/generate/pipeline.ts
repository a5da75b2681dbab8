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
import { type EmbeddedSources, embedSources } from './embedded-sources/embed.ts'
import { marksOf } from './embedded-sources/source-annotations.ts'
import { keepPictures } from './guides/pictures.ts'
import { readGuides } from './guides/read-guides.ts'
import { Incidents } from './incidents.ts'
import { type CommitTree, compareText } from './model.ts'
import { writeData } from './pages/data.ts'
import { draftPages } from './pages/pages.ts'
import type { LinkTo } from './pages/sources.ts'
import { steer } from './partition/steer.ts'
import type { Spend } from './prose/ask.ts'
import type { ModelOptions } from './prose/open-model.ts'
import type { Prose } from './prose-model.ts'
import { searchableDocuments, searchablePages, searchableSymbols, standingsOf } from './searchable.ts'
import { Stages } from './stages.ts'
import { share, study } from './study.ts'
import type { Verification } from './verify/findings.ts'
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
  /** Of the whole job, by default half an hour; a stage gets a third of it. */
  jobTimeoutMs?: number
}

export interface GenerateContext {
  signal: AbortSignal
  report(progress: { stage: string; percent: number; text: string }): void
  /** Something that people should know and that does not stop the generation. */
  log?(level: 'warn', text: string): void
  /** An error of our own that costs no more than a part of what is said of a file. */
  trouble?(error: unknown, about: { stage: string; file: string }): void
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
const JOB_TIMEOUT_MS = 1_800_000
/** For one file and step. */
const FILE_MS = 5_000
/** Of a page whose parts are there, times the limit for a file. */
const PAGE_LIMIT = 4
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
 * @param deps - `fileMs`: time for one file and step.
 * @throws {AppError} With a code of the stage that failed; nothing is left behind but `workDir`'s contents.
 */
export async function generate(
  options: GenerateOptions,
  context: GenerateContext,
  deps = { fileMs: FILE_MS },
): Promise<Generated> {
  const { signal } = context
  const step = stepper(context)

  const releasers = new Releasers()
  try {
    // Its threads load while the host is asked.
    const renderer = new PageRenderer({ deadlineMs: RENDER_DEADLINE_MS, signal })
    releasers.push(() => renderer.close())
    const tree = await open(options, context, step)
    releasers.push(() => tree.close())
    return await document(tree, renderer, options, context, step, stagesFor(options, context, deps.fileMs))
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
    const studied = await study(tree, options, { signal: context.signal, step, stages: stagesFor(options, context) })
    const { estimateProse } = await import('./add-prose.ts')
    return await estimateProse(studied, { ...options, model }, context.signal)
  } finally {
    await tree.close()
  }
}

/** Shares of the time of the job, so that a job that is stopped says what it was at. */
function stagesFor({ limits }: GenerateOptions, { log, trouble }: GenerateContext, fileMs = FILE_MS): Stages {
  const { jobTimeoutMs = JOB_TIMEOUT_MS } = limits
  const incidents = new Incidents({
    fileMs: Math.min(fileMs, jobTimeoutMs / 20),
    log: (text) => log?.('warn', text),
    ...(trouble && { trouble }),
  })
  return new Stages(incidents, jobTimeoutMs / 3)
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
  context: GenerateContext,
  step: Step,
  stages: Stages,
): Promise<Generated> {
  const { signal, log } = context
  const { incidents } = stages
  const { repository, language = DEFAULT_LANGUAGE } = options
  const form = linkFormOf(repository, options.sourceLinks)
  let kept: EmbeddedSources | undefined
  let colouring: Promise<Uint8Array[]> = Promise.resolve([])
  const studied = await study(tree, options, {
    signal,
    step,
    stages,
    onInventory(inventory) {
      // Where the host's form of links is not known, pages lead to the text in the set. The threads colour it meanwhile.
      if (form === null) kept = stages.runOn('inventory', inventory, embedSources)
      colouring = renderer.colour(kept?.files ?? [])
      // Whoever awaits it below gets the failure.
      colouring.catch(() => undefined)
    },
  })
  const { subject, steering, inventory, analysis, packages, surfaces } = studied
  const added: Pick<Added, 'root' | 'ignored'> & Partial<Added> =
    options.model === undefined
      ? stages.run('partition', () => steer(studied.root, steering))
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
  const guides = stages.run('guides', () => readGuides(inventory, incidents))
  const pictures = await stages.wait('guides', signal, () => keepPictures(guides, pictureReader(tree)))
  const drafted = stages.runOn('pages', inventory, (inventory) =>
    draftPages({
      ...{ subject, link, inventory, analysis, packages, surfaces, root, prose, language },
      ...{ guides, pictures: pictures.names },
      commitSubject: tree.subject,
      ref: tree.ref,
    }),
  )
  step('render', 0, `Rendering ${drafted.count} pages`)
  const pagesInTime = eachInTime(drafted.pages(), (next) => stages.run('pages', next, incidents.fileMs * PAGE_LIMIT))
  const rendered = await renderer.render(pagesInTime, (done) =>
    step('render', share(done, drafted.count), `Rendered ${done} of ${drafted.count} pages`),
  )
  const written = drafted.written()
  step('verify', 0, `Checking ${written.pages.length} pages`)
  const contents = rendered.map((page) => page.contents)
  const { pages, verification: verified } = stages.run('verify', () =>
    verify({
      ...written,
      contents,
      link,
      inventory,
      analysis,
      pictures: new Set(pictures.files.keys()),
      ...(kept === undefined ? {} : { kept: kept.files }),
    }),
  )
  const repaired = pages.flatMap((page, number) => (page === written.pages[number] ? [] : [number]))
  const again = await renderer.render(repaired.flatMap((number) => pages[number] ?? []))
  for (const [index, number] of repaired.entries()) rendered[number] = again[index] as PageResult
  step('publish', 0, 'Publishing')
  const counts = kept && { files: kept.files.length, bytes: kept.bytes, left_out: kept.leftOut.length }
  const standings = standingsOf(inventory)
  const search = stages.runOn('publish', inventory, (inventory) => {
    const symbols = searchableSymbols(written.index, analysis, standings, written.values, ({ id, file }) =>
      written.listed.has(id) ? lineAt(link, file) : null,
    )
    const documents = searchableDocuments(inventory, (file) => (guides.guides.has(file) ? null : lineAt(link, file)))
    return buildSearch(searchablePages(pages, rendered, root, standings), symbols, documents)
  })
  const verification = {
    ...withIncidents(verified, incidents),
    steering: { read: steering.read, ignored: unheeded },
    ...(prose === undefined ? {} : { prose: verdictsOf(prose) }),
    ...(counts === undefined ? {} : { sources: counts }),
  }
  const mainModel = prose === undefined || prose.models.length === 0 ? 'offline' : prose.models.join(', ')
  const files = new Map<string, string>(pages.map((page) => [page.file, page.markdown]))
  const data = stages.run('publish', () =>
    writeData({
      ...{
        subject,
        inventory,
        analysis,
        packages,
        root,
        pages,
        index: written.index,
        verification,
        mainModel,
        language,
        pictures: pictures.files.keys(),
      },
      ...(kept === undefined ? {} : { kept }),
    }),
  )
  for (const { name, text } of data) files.set(name, text)
  files.set(SEARCH_FILE, search)

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
    ...(pictures.files.size > 0 && { pictures: pictures.files }),
  }
  if (kept !== undefined) {
    const marks = stages.run('publish', () => marksOf({ ...written, pages, analysis }))
    const colours = await colouring
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
    ...(incidents.files.size === 0
      ? []
      : [`${counted(incidents.files.size)} could not be read in whole, see verification.json`]),
  ].join('; ')
  return { set, resolvedCommit: tree.commit, summary, spend, degraded: prose?.degraded }
}

/** The bytes of files of a commit; `undefined` for those that cannot be read. */
function pictureReader(tree: CommitTree): (path: string) => Promise<Uint8Array | undefined> {
  const blobs = new Map(
    tree.entries.flatMap(({ path, blob, kind }) => (kind === 'file' ? [[path, blob] as const] : [])),
  )
  return async (path) => {
    const blob = blobs.get(path)
    return blob === undefined ? undefined : tree.read(blob).catch(() => undefined)
  }
}

/** As the iterator given, each step of it taken by `take`. */
function* eachInTime<T>(items: Iterator<T>, take: <R>(next: () => R) => R): Generator<T> {
  for (let next = take(() => items.next()); next.done !== true; next = take(() => items.next())) yield next.value
}

const counted = (files: number): string => (files === 1 ? '1 file' : `${files} files`)

/** Nothing is added where nothing went wrong. */
function withIncidents(verification: Verification, { count, files, list }: Incidents): Verification {
  if (count === 0) return verification
  const partial = [...new Set([...verification.partial_files, ...files])].sort(compareText)
  return { ...verification, partial_files: partial, incident_count: count, incidents: list }
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
function optionsOf({ model, language, notes }: GenerateOptions): { options_digest?: string; has_notes?: true } {
  const digest = optionsDigest({ mainModel: model?.mainModel, language, notes })
  const hasNotes = model !== undefined && notes !== undefined && notes !== ''
  return { ...(digest !== undefined && { options_digest: digest }), ...(hasNotes && { has_notes: true }) }
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

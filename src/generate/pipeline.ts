/**
 * From a repository to a document set: the only place that knows the stages and their order. It publishes nothing;
 * the caller gives the set to a `SetStore` or writes it to a folder.
 */

import { Aborted } from '#base/errors.ts'
import { DEFAULT_LANGUAGE } from '#base/language.ts'
import { Releasers } from '#base/releasers.ts'
import { commitUrl, linkFormOf, type Repository, type SourceLinks, sourceUrl } from '#base/repository.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { PageRenderer, type PageResult } from '#markdown/render-pages.ts'
import { buildSearch } from '#search/build.ts'
import { SEARCH_FILE } from '#search/searcher.ts'
import { htmlNameOf, type NewSet } from '#store/sets.ts'
import type { StepCache } from '#store/step-cache.ts'
import { analyse } from './analyse/analyse.ts'
import { ResultsCache } from './analyse/results-cache.ts'
import { clone } from './clone/clone.ts'
import { takeInventory } from './inventory/inventory.ts'
import { keepSources } from './keep/keep.ts'
import { marksOf } from './keep/marks.ts'
import type { CommitTree, Subject } from './model.ts'
import { writeData } from './pages/data.ts'
import { draftPages } from './pages/pages.ts'
import { partition } from './partition/partition.ts'
import { steer } from './partition/steer.ts'
import { searchablePages, searchableSymbols, standingsOf } from './searchable.ts'
import { readSteering } from './steering/read-steering.ts'
import { verify } from './verify/verify.ts'

export interface GenerateOptions {
  repository: Repository
  commitId: string | null
  /** Exists and is empty; the clone lies here. Absolute. */
  workDir: string
  limits: GenerateLimits
  allowPrivateNetworks: boolean
  sourceLinks: SourceLinks
  /** In which the documents are written, as in `LANGUAGES`; English when absent. */
  language?: string | undefined
  /** Where results of single steps are kept for the next time. */
  cache?: StepCache | undefined
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
}

export interface Generated {
  set: NewSet
  resolvedCommit: string
  /** A sentence for people. */
  summary: string
}

/** Text of all files together; what is over it is listed without being read. */
const MAX_TOTAL_BYTES = 256 * 1_048_576
const RENDER_DEADLINE_MS = 10_000
/** Of what is said of steering files. */
const MAX_WARNINGS = 100

/** Share of the whole, in percent, at which each stage begins. */
const STAGES = { clone: 0, inventory: 35, analyse: 45, partition: 72, pages: 75, render: 82, verify: 95, publish: 98 }
type Stage = keyof typeof STAGES

/**
 * Make the document set of one commit. The same commit, limits and version give the same bytes.
 *
 * @throws {AppError} With a code of the stage that failed; nothing is left behind but `workDir`'s contents.
 */
export async function generate(options: GenerateOptions, context: GenerateContext): Promise<Generated> {
  const { repository, limits } = options
  const { signal } = context
  const step = stepper(context)

  const releasers = new Releasers()
  try {
    // Its threads load while the host is asked.
    const renderer = new PageRenderer({ deadlineMs: RENDER_DEADLINE_MS, signal })
    releasers.push(() => renderer.close())
    step('clone', 0, `Fetching ${repository.fullName}`)
    const tree = await clone({
      repository,
      commitId: options.commitId,
      depth: limits.cloneDepth,
      maxBytes: limits.maxRepoBytes,
      maxFileBytes: limits.maxFileBytes,
      timeoutMs: limits.cloneTimeoutMs,
      allowPrivateNetworks: options.allowPrivateNetworks,
      workDir: options.workDir,
      signal,
      onProgress: (percent, text) => step('clone', percent / 100, text),
    })
    releasers.push(() => tree.close())
    return await document(tree, renderer, options, context, step)
  } finally {
    await releasers.releaseAll()
  }
}

async function document(
  tree: CommitTree,
  renderer: PageRenderer,
  options: GenerateOptions,
  { signal, log }: GenerateContext,
  step: Step,
): Promise<Generated> {
  const { repository, limits, language = DEFAULT_LANGUAGE } = options
  const given: Subject = { repoUrl: repository.url, name: repository.name, fullName: repository.fullName }
  const form = linkFormOf(repository, options.sourceLinks)

  step('inventory', 0, `Reading ${tree.entries.length} files of commit ${tree.commit.slice(0, 7)}`)
  const steering = await readSteering(tree)
  const subject: Subject = { ...given, name: steering.title ?? given.name, notes: steering.notes }
  const inventory = await takeInventory(
    tree,
    { maxFiles: limits.maxFiles, maxFileBytes: limits.maxFileBytes, maxTotalBytes: MAX_TOTAL_BYTES },
    { signal, onProgress: (done, total) => step('inventory', share(done, total), `Read ${done} of ${total} files`) },
    steering,
  )

  // Where the host's form of links is not known, pages lead to the text in the set. The threads colour it meanwhile.
  const kept = form === null ? keepSources(inventory) : undefined
  const colouring = renderer.colour(kept?.files ?? [])
  // Who waits for it below meets the failure.
  colouring.catch(() => undefined)

  step('analyse', 0, 'Analysing the code')
  const analysis = await analyse(inventory, {
    signal,
    onProgress: (done, total) => step('analyse', share(done, total), `Analysed ${done} of ${total} files`),
    cache: options.cache && new ResultsCache(options.cache, repository.url),
  })

  step('partition', 0, 'Finding the modules')
  const { root, ignored } = steer({ ...partition(inventory, analysis, given), title: subject.name }, steering)
  const unheeded = [...steering.ignored, ...ignored].slice(0, MAX_WARNINGS)
  for (const text of unheeded) log?.('warn', text)
  step('pages', 0, 'Writing the pages')
  await breathe(signal)
  const toWeb = (file: string, start?: number, end?: number): string | null =>
    sourceUrl(repository, form, tree.commit, file, start, end)
  const link = kept?.link ?? toWeb
  const { subject: commitSubject, ref } = tree
  const drafted = draftPages({ subject, link, inventory, analysis, root, commitSubject, ref, language })
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
    ...(counts === undefined ? {} : { sources: counts }),
  }
  const files = new Map<string, string>(pages.map((page) => [page.file, page.markdown]))
  const data = writeData({
    ...{ subject, inventory, analysis, root, pages, language, index: written.index, verification },
    ...(kept === undefined ? {} : { kept }),
  })
  for (const { name, text } of data) files.set(name, text)

  const standings = standingsOf(inventory)
  const symbols = searchableSymbols(written.index, analysis, standings, written.values)
  files.set(SEARCH_FILE, buildSearch(searchablePages(pages, rendered, root, standings), symbols))

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
      main_model: 'offline',
      generator_version: GENERATOR_VERSION,
      ...(language === DEFAULT_LANGUAGE ? {} : { language }),
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
  return { set, resolvedCommit: tree.commit, summary }
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

const share = (done: number, total: number): number => (total === 0 ? 1 : done / total)

/** Let messages and signals in between two long computations. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (signal.aborted) throw new Aborted('The generation was stopped.')
}

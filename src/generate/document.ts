/**
 * Makes the document set of a commit from its tree. With `study.ts`, it defines the order of the stages after the clone.
 */

import { linkFormOf, sourceUrl } from '#base/code-host-links.ts'
import { Aborted } from '#base/errors.ts'
import { runWithTimeLimit } from '#base/interruptible.ts'
import type { PageRenderer, PageResult } from '#markdown/render-pages.ts'
import { buildSearch } from '#search/build-index.ts'
import { ResultsCache } from './analyse/results-cache.ts'
import { type EmbeddedSources, embedSources } from './embedded-sources/embed-sources.ts'
import { annotationsOf } from './embedded-sources/source-annotations.ts'
import { graphIndexOf } from './graph-index.ts'
import type { Guides } from './guide-model.ts'
import { keepPictures } from './guides/pictures.ts'
import { readGuides } from './guides/read-guides.ts'
import type { CommitTree, Inventory } from './model.ts'
import { type Documented, newSet, type Shaped, summaryOf, withColours } from './new-set.ts'
import type { Generated, GenerateOptions } from './options.ts'
import { draftPages, type PagesInput, type Written } from './pages/pages.ts'
import type { LinkTo } from './pages/sources.ts'
import { steer } from './partition/steer.ts'
import { type Step, share } from './progress.ts'
import { RenderedPageCache } from './rendered-page-cache.ts'
import { fileWordsOf, searchablePages, searchableSymbols } from './search-input.ts'
import { standingsOf } from './search-standings.ts'
import { searchableDocuments, searchableFileDocs } from './searchable-documents.ts'
import type { Stages } from './stages.ts'
import { type Studied, study } from './study.ts'
import { verify } from './verify/verify.ts'

/** The context of a generation. */
interface Context {
  signal: AbortSignal
  step: Step
  stages: Stages
  /** Reports a warning that does not stop the generation. */
  warn(text: string): void
  /** Closes the threads as soon as they are no longer needed; without it, they stay open. */
  releaseThreads?(): Promise<void>
}

/** Time limit for writing one page, in multiples of the limit for one file. */
const PAGE_LIMIT = 4
/** Limit on warnings about steering files. */
const MAX_WARNINGS = 100

/** @throws {AppError} With the code of the stage that failed. */
export async function document(
  tree: CommitTree,
  threads: PageRenderer,
  options: GenerateOptions,
  context: Context,
): Promise<Generated> {
  const { signal, step, stages, warn } = context
  const cache = options.cache && new ResultsCache(options.cache, options.repository.url)
  const renderer = await RenderedPageCache.read(threads, tree.commit, cache)
  const form = linkFormOf(options.repository, options.sourceLinks)
  let kept: EmbeddedSources | undefined
  let colouring: Promise<Uint8Array[]> = Promise.resolve([])
  const studied = await study(tree, options, {
    signal,
    step,
    stages,
    warn,
    onInventory(inventory) {
      // If the host's link format is unknown, pages link to the text in the set, which threads highlight in the
      // meantime.
      if (form === null) kept = stages.runOn('inventory', inventory, embedSources)
      colouring = renderer.colour(kept?.files ?? [])
      // Avoids an unhandled rejection; the `await` below reports the failure.
      colouring.catch(() => undefined)
    },
  })
  const shaped = await shape(studied, options, context)
  step('pages', 0, 'Writing the pages')
  await yieldToEventLoop(signal)
  const toWeb: LinkTo = (file, start, end) => sourceUrl(options.repository, form, tree.commit, file, start, end)
  const link = kept?.link ?? toWeb
  const guides = stages.run('guides', () => readGuides(studied.inventory, stages.incidents))
  const pictures = await stages.wait('guides', signal, () => keepPictures(guides, pictureReader(tree)))
  const { subject, inventory, analysis, packages, surfaces } = studied
  const { written, rendered } = await render(
    {
      subject,
      link,
      inventory,
      analysis,
      packages,
      surfaces,
      root: shaped.root,
      prose: shaped.prose,
      guides,
      pictures: pictures.names,
      language: options.language,
      ref: tree.ref,
    },
    renderer,
    context,
  )
  step('verify', 0, `Checking ${written.pages.length} pages`)
  const { pages, verification } = stages.run('verify', () =>
    verify({
      ...written,
      contents: rendered.map((page) => page.contents),
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
  // The parsed contents of thousands of pages are not needed after the check, and the threads only until all files are
  // highlighted.
  for (const page of rendered) page.contents = null
  colouring = colouring.finally(() => context.releaseThreads?.())
  colouring.catch(() => undefined)
  step('publish', 0, 'Publishing')
  await yieldToEventLoop(signal)
  const documented: Documented = {
    studied,
    shaped,
    rendered,
    verification,
    form,
    pictures: pictures.files,
    ...{ written: { ...written, pages }, kept },
  }
  const standings = standingsOf(inventory)
  const search = stages.runOn('publish', inventory, (inventory) =>
    searchOf(documented, inventory, standings, guides, link),
  )
  for (const page of rendered) page.sections = []
  const { index } = documented.written
  const graphIndex = stages.run('publish', () => graphIndexOf({ inventory, analysis, standings, index, link }))
  const fileWords = stages.runOn('publish', inventory, (inventory) => fileWordsOf(inventory, standings))
  const set = stages.run('publish', () =>
    newSet(tree, options, documented, stages.incidents, { search, graphIndex, fileWords }),
  )
  if (kept !== undefined) {
    const marks = stages.run('publish', () => annotationsOf({ ...documented.written, graph: studied.graph }))
    set.sources = withColours(kept, await colouring, marks)
  }
  await renderer.write()
  const { prose, spend } = shaped
  return {
    set,
    resolvedCommit: tree.commit,
    isOnRef: tree.isOnRef,
    summary: summaryOf(documented, stages.incidents),
    spend,
    degraded: prose?.degraded,
  }
}

/** The modules of the partition, changed by steering files and by a model. */
async function shape(
  studied: Studied,
  options: GenerateOptions,
  { signal, step, stages, warn }: Context,
): Promise<Shaped> {
  const { steering } = studied
  const { model } = options
  const { ignored, ...shaped } =
    model === undefined
      ? stages.run('partition', () => steer(studied.root, steering))
      : await (await import('./add-prose.ts')).addProse(
          studied,
          { ...options, model },
          {
            signal,
            log: (_, text) => warn(text),
            onProgress: (done, total) =>
              step('prose', share(done, total), `The model has written on ${done} of ${total} pages`),
          },
        )
  const allIgnored = [...steering.ignored, ...ignored].slice(0, MAX_WARNINGS)
  for (const text of allIgnored) warn(text)
  return { ...shaped, ignored: allIgnored }
}

/**
 * Writes the pages and renders them as HTML. Each is written while others are being rendered. The drafts and their indexes
 * take hundreds of megabytes in a large job, and are unreachable afterwards.
 */
async function render(
  input: PagesInput,
  renderer: RenderedPageCache,
  { step, stages }: Context,
): Promise<{ written: Written; rendered: PageResult[] }> {
  const drafted = stages.runOn('pages', input.inventory, (inventory) => draftPages({ ...input, inventory }))
  const { count } = drafted
  step('render', 0, `Rendering ${count} pages`)
  const { incidents } = stages
  const limitMs = incidents.fileMs * PAGE_LIMIT
  const pages = drafted.pages((file, work) => incidents.attempt('pages', file, () => runWithTimeLimit(limitMs, work)))
  const rendered = await renderer.render(pages, (done) =>
    step('render', share(done, count), `Rendered ${done} of ${count} pages`),
  )
  return { written: drafted.written(), rendered }
}

/** The text of `search.json`. */
function searchOf(
  { studied, shaped, rendered, written }: Documented,
  inventory: Inventory,
  standings: ReturnType<typeof standingsOf>,
  { guides }: Guides,
  link: LinkTo,
): string {
  const pages = searchablePages(written.pages, rendered, shaped.root, standings)
  const symbols = searchableSymbols(written.index, studied.analysis, standings, written.values, ({ id, file }) =>
    written.listed.has(id) ? lineAt(link, file) : null,
  )
  const documents = searchableDocuments(inventory, (file) => (guides.has(file) ? null : lineAt(link, file)))
  const inFiles = searchableFileDocs(inventory, studied.analysis, standings, (file) => lineAt(link, file))
  return buildSearch(pages, symbols, [...documents, ...inFiles])
}

const SOME_LINE = 987_654_321

/**
 * The URL of a file with `{line}` for the line: search stores it once per file, not once per symbol. `null` if the URL
 * does not contain the line exactly once.
 */
function lineAt(link: LinkTo, file: string): string | null {
  const address = link(file, SOME_LINE, SOME_LINE)
  return address?.split(String(SOME_LINE)).length === 2 ? address.replace(String(SOME_LINE), '{line}') : null
}

/** Reads files of the commit; `undefined` for those that cannot be read. */
function pictureReader(tree: CommitTree): (path: string) => Promise<Uint8Array | undefined> {
  const blobs = new Map(
    tree.entries.flatMap(({ path, blob, kind }) => (kind === 'file' ? [[path, blob] as const] : [])),
  )
  return async (path) => {
    const blob = blobs.get(path)
    return blob === undefined ? undefined : tree.read(blob).catch(() => undefined)
  }
}

/** Yield to the event loop between two long computations. */
async function yieldToEventLoop(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (signal.aborted) throw new Aborted('The generation was stopped.')
}

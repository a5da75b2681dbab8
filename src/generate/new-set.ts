/** Turns a generation into the files of a set and its manifest. Pure. */

import { commitUrl, type LinkForm, linkFormOf } from '#base/code-host-links.ts'
import { DEFAULT_LANGUAGE, hasTexts } from '#base/language.ts'
import type { PiecedText } from '#base/pieced-text.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { writeData } from '#generate/pages/data/data-files.ts'
import { grouped } from '#generate/pages/texts/numbers.ts'
import { GRAPH_INDEX_FILE } from '#graph-queries/format.ts'
import type { Heading } from '#markdown/headings.ts'
import type { PageResult } from '#markdown/render-pages.ts'
import { FILE_WORDS_FILE } from '#search/file-words.ts'
import { SEARCH_FILE } from '#search/index-format.ts'
import type { SourceMarks } from '#store/model.ts'
import { optionsDigest } from '#store/options-digest.ts'
import type { PublicApi } from '#store/public-api.ts'
import type { NewSet } from '#store/publish-set.ts'
import { htmlNameOf } from '#store/sets.ts'
import type { EmbeddedSources } from './embedded-sources/embed-sources.ts'
import type { Incidents } from './incidents.ts'
import { type CommitTree, compareText, type Module } from './model.ts'
import type { GenerateOptions } from './options.ts'
import type { Written } from './pages/pages.ts'
import type { Spend } from './prose/ask.ts'
import type { Prose } from './prose-model.ts'
import type { Studied } from './study.ts'
import { publicApiOf } from './surface/public-api.ts'
import type { Verification } from './verify/findings.ts'

/** The modules as shown to readers, with the model's prose, if any. */
export interface Shaped {
  root: Module
  prose?: Prose
  spend?: Spend
  /** Ignored requests of steering files, in sentences. */
  ignored: string[]
}

export interface Documented {
  studied: Studied
  shaped: Shaped
  /** The written set; its pages are those after link checking. */
  written: Written
  /** The rendered pages, in the order of the pages. */
  rendered: readonly PageResult[]
  /** The results of checking statements and links. */
  verification: Verification
  /** Images keyed by file name. */
  pictures: ReadonlyMap<string, Uint8Array>
  /** The host's format for links to lines; `null` if unknown. */
  form: LinkForm | null
  /** The repository's text, when pages link to it. */
  kept: EmbeddedSources | undefined
}

export function newSet(
  tree: CommitTree,
  options: GenerateOptions,
  documented: Documented,
  incidents: Incidents,
  { search, graphIndex, fileWords }: { search: string; graphIndex: Uint8Array; fileWords: Uint8Array },
): NewSet {
  const { studied, shaped, written, rendered, pictures, kept } = documented
  const { subject, inventory, graph, analysis, packages, surfaces } = studied
  const { prose } = shaped
  const { pages } = written
  const { language = DEFAULT_LANGUAGE } = options
  const mainModel = prose === undefined || prose.models.length === 0 ? 'offline' : prose.models.join(', ')
  const counts = kept && { files: kept.files.length, bytes: kept.bytes, left_out: kept.leftOut.length }
  const headings = headingsToList(pages.map((_, index) => rendered[index]?.headings ?? []))
  const api = publicApiOf({ surfaces, analysis, packages, inventory, root: shaped.root })
  const data = writeData({
    subject,
    inventory,
    graph,
    packages,
    root: shaped.root,
    pages,
    index: written.index,
    mainModel,
    language,
    api,
    pictures: pictures.keys(),
    verification: {
      ...withIncidents(documented.verification, incidents),
      steering: { read: studied.steering.read, ignored: shaped.ignored },
      ...(prose === undefined ? {} : { prose: verdictsOf(prose) }),
      ...(counts === undefined ? {} : { sources: counts }),
    },
    ...(kept === undefined ? {} : { kept }),
  })
  const files = new Map<string, string | PiecedText>(pages.map((page) => [page.file, page.markdown]))
  for (const { name, text } of data) files.set(name, text)
  files.set(SEARCH_FILE, search)
  const { repository } = options
  return {
    manifest: {
      repo_url: repository.url,
      name: subject.name,
      full_name: subject.fullName,
      commit: tree.commit,
      commit_url: commitUrl(repository, documented.form ?? linkFormOf(repository, new Map()), tree.commit),
      committed_at: tree.committedAt,
      main_model: mainModel,
      generator_version: GENERATOR_VERSION,
      // Without translated texts in this language and without a model, the pages are in English.
      ...(language === DEFAULT_LANGUAGE || (!hasTexts(language) && mainModel === 'offline') ? {} : { language }),
      statistics: {
        files: inventory.files.length,
        lines: inventory.files.reduce((sum, file) => sum + file.lines, 0),
        components: graph.components.length,
        edges: graph.edges.length,
        modules: pages.length - 1,
        pages: pages.length,
      },
      ...(api.definitions.length > 0 && { public_api: countsOf(api) }),
      pages: pages.map((page, index) => ({
        file: page.file,
        title: page.title,
        module: page.module,
        html: htmlNameOf(page.file),
        headings: headings[index] ?? [],
        diagrams: rendered[index]?.diagrams ?? 0,
      })),
      tree: written.tree,
      ...(counts === undefined ? {} : { sources: counts }),
      ...optionsOf(options),
      ...(studied.steering.follow === null ? {} : { follow: studied.steering.follow }),
      ...(prose?.degraded ? { degraded: prose.degraded } : {}),
    },
    files,
    html: new Map(pages.map((page, index) => [htmlNameOf(page.file), rendered[index]?.html ?? ''])),
    binaries: new Map([[GRAPH_INDEX_FILE, graphIndex], [FILE_WORDS_FILE, fileWords], ...pictures]),
  }
}

/** Limit of the JSON of all headings for tables of contents; the manifest is read as a whole. */
const MAX_HEADING_BYTES = 2_097_152
const MAX_HEADINGS_OF_PAGE = 500

/**
 * Headings of the second and third level. A page with more than 500, or fewer if the headings of all pages would exceed the limit,
 * has only the first ones of the second level.
 */
export function headingsToList(pages: readonly (readonly Heading[])[]): Heading[][] {
  for (let most = MAX_HEADINGS_OF_PAGE; most > 0; most = Math.floor(most / 2)) {
    const listed = pages.map((headings) => firstOf(headings, most))
    const bytes = listed.reduce((sum, headings) => sum + Buffer.byteLength(JSON.stringify(headings)), 0)
    if (bytes <= MAX_HEADING_BYTES) return listed
  }
  return pages.map(() => [])
}

function firstOf(headings: readonly Heading[], most: number): Heading[] {
  const listed = headings.filter(({ depth }) => depth === 2 || depth === 3)
  if (listed.length <= most) return listed
  return listed.filter(({ depth }) => depth === 2).slice(0, most)
}

/** The embedded sources in the format of the set. */
export function withColours(
  kept: EmbeddedSources,
  colours: readonly Uint8Array[],
  marks: ReadonlyMap<string, SourceMarks>,
): NonNullable<NewSet['sources']> {
  const none = { home: null, symbols: [], spans: [] }
  return kept.files.map((file, number) => ({
    ...file,
    colours: colours[number] ?? new Uint8Array(),
    marks: marks.get(file.path) ?? none,
  }))
}

/** The number of public definitions, and of those with a doc comment. */
function countsOf({ definitions }: PublicApi): { definitions: number; documented: number } {
  const seen = definitions.filter(
    ({ visibility, inner }) => inner === undefined && (visibility === 'public' || visibility === 'protected'),
  )
  return { definitions: seen.length, documented: seen.filter(({ documented }) => documented).length }
}

/** A summary in one sentence for the log and for people. */
export function summaryOf({ written, studied, shaped }: Documented, { files }: Incidents): string {
  const { components, edges } = studied.graph
  const { ignored } = shaped
  return [
    `${counted(written.pages.length, 'page')} on ${counted(components.length, 'definition')} and ${counted(edges.length, 'reference')} between them`,
    ...(ignored.length === 0 ? [] : [`${counted(ignored.length, 'ignored request')} of steering files, see the log`]),
    ...(files.size === 0 ? [] : [`${counted(files.size, 'file')} could not be read completely, see verification.json`]),
  ].join('; ')
}

const counted = (count: number, noun: string): string => `${grouped(count, ',')} ${noun}${count === 1 ? '' : 's'}`

/** Adds incidents to the verification; unchanged without incidents. */
function withIncidents(verification: Verification, { count, files, list }: Incidents): Verification {
  if (count === 0) return verification
  const partial = [...new Set([...verification.partial_files, ...files])].sort(compareText)
  return { ...verification, partial_files: partial, incident_count: count, incidents: list }
}

/** The requests to the model and their outcomes, for `verification.json`. */
function verdictsOf({ models, verdicts, degraded }: Prose): unknown {
  return { models, degraded, slots: verdicts }
}

/** The options that distinguish a set from others of the same commit; empty for default options. */
function optionsOf({ model, language, notes }: GenerateOptions): { options_digest?: string; has_notes?: true } {
  const digest = optionsDigest({ mainModel: model?.mainModel, language, notes })
  const hasNotes = model !== undefined && notes !== undefined && notes !== ''
  return { ...(digest !== undefined && { options_digest: digest }), ...(hasNotes && { has_notes: true }) }
}

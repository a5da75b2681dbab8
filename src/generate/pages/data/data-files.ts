/**
 * Writes the JSON files of a set and the text files for models. Deterministic: sorted, without the current time. `graph.json`
 * is in `graph-json.ts`.
 */

import { escapeControls } from '#base/control-characters.ts'
import { push } from '#base/multimap.ts'
import { PiecedText } from '#base/pieced-text.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import {
  type Analysis,
  compareText,
  filesOf,
  type IndexEntry,
  type Inventory,
  type Module,
  modulesOf,
  type Package,
  type Page,
  type Subject,
} from '#generate/model.ts'
import { SOURCES_FILE } from '#store/model.ts'
import { API_FILE, type PublicApi } from '#store/public-api.ts'
import { graphPieces } from './graph-json.ts'
import { listPieces } from './json-pieces.ts'
import { llmsFullText, llmsText } from './llms.ts'

export interface DataInput {
  subject: Subject
  inventory: Inventory
  /** Includes every declaration of a component. */
  graph: Analysis
  packages: readonly Package[]
  /** Written unchanged. */
  api: PublicApi
  root: Module
  pages: readonly Page[]
  /** Names of the images of the set. */
  pictures?: Iterable<string>
  /** Language of the pages; English if absent. */
  language?: string | undefined
  index: readonly IndexEntry[]
  /** `offline`, or the name of the model. */
  mainModel: string
  /** Report of `verify`, written unchanged. */
  verification: unknown
  /** The files whose text is in the set, and why others are not; absent if there are none. */
  kept?: {
    files: readonly { name: string; path: string; text: string }[]
    leftOut: readonly { path: string; reason: string }[]
    link(path: string, startLine: number, endLine: number): string | null
  }
}

export interface DataFile {
  name: string
  text: string | PiecedText
}

/** Files of a set that are written after the pages are rendered. */
const WRITTEN_LATER = ['file-words.bin', 'graph-index.bin', 'search.json']

/** The data files of a set, sorted by name. */
export function writeData(input: DataInput): DataFile[] {
  const files = [
    { name: API_FILE, text: jsonOf(() => apiPieces(input.api)) },
    { name: 'graph.json', text: jsonOf(graphPieces(input)) },
    { name: 'index.json', text: jsonOf(() => indexPieces(input)) },
    { name: 'llms-full.txt', text: llmsFullText(input) },
    { name: 'llms.txt', text: llmsText(input) },
    { name: 'module_tree.json', text: jsonOf(() => treePieces(input)) },
    { name: 'verification.json', text: json(input.verification) },
    ...(input.kept === undefined ? [] : [{ name: SOURCES_FILE, text: json(sourcesOf(input.kept)) }]),
  ]
  const names = [
    ...input.pages.map((page) => page.file),
    ...files.map((file) => file.name),
    'metadata.json',
    ...WRITTEN_LATER,
    ...(input.pictures ?? []),
  ]
  return [...files, { name: 'metadata.json', text: json(metadata(input, names)) }].sort((a, b) =>
    compareText(a.name, b.name),
  )
}

/** Adds the link to the lines of a symbol in the set. */
function withSource(entry: IndexEntry, { kept }: DataInput): IndexEntry & { source?: string } {
  const source = kept?.link(entry.file, entry.start_line, entry.end_line) ?? null
  return source === null ? entry : { ...entry, source }
}

function sourcesOf({ files, leftOut }: NonNullable<DataInput['kept']>): unknown {
  return { version: 1, files: files.map(({ path, name }) => ({ path, name })), left_out: leftOut }
}

/**
 * The format of CodeWiki's viewers: the key of a module is the name of its page without `.md`, and the value is
 * `{ path, title, components, children }`.
 */
function* treePieces({ root, graph }: DataInput): Generator<string> {
  const byFile = new Map<string, string[]>()
  for (const { id, file } of graph.components) push(byFile, file, id)
  function* entries(modules: readonly Module[]): Generator<string> {
    // In the order of a JavaScript object: numeric names come first.
    const bySlug = Object.entries(Object.fromEntries(modules.map((module) => [module.slug, module])))
    yield '{'
    for (const [index, [slug, module]] of bySlug.entries()) {
      const ids = filesOf(module).flatMap((path) => byFile.get(path) ?? [])
      const about = JSON.stringify({ path: module.path, title: module.title, components: ids.sort(compareText) })
      yield `${index === 0 ? '' : ','}${JSON.stringify(slug)}:${about.slice(0, -1)},"children":`
      yield* entries(module.children)
      yield '}'
    }
    yield '}'
  }
  yield* entries(root.children)
}

function* indexPieces(input: DataInput): Generator<string> {
  yield* listPieces(input.index, (entry) => withSource(entry, input))
}

function* apiPieces({ definitions, ...rest }: PublicApi): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"definitions":`
  yield* listPieces(definitions, (definition) => definition)
  yield '}'
}

function metadata({ subject, inventory, graph, root, mainModel }: DataInput, names: string[]): unknown {
  const modules = modulesOf(root).slice(1)
  const depth = (module: Module): number => 1 + module.children.reduce((most, child) => Math.max(most, depth(child)), 0)
  return {
    generation_info: {
      timestamp: inventory.committedAt,
      main_model: mainModel,
      generator_version: GENERATOR_VERSION,
      repo_path: subject.repoUrl,
      commit_id: inventory.commit,
    },
    statistics: {
      total_components: graph.components.length,
      leaf_nodes: modules.filter((module) => module.children.length === 0).length,
      max_depth: depth(root) - 1,
      files: inventory.files.length,
      lines: inventory.files.reduce((sum, file) => sum + file.lines, 0),
      edges: graph.edges.length,
      languages: graph.reports,
    },
    files_generated: names.sort(compareText),
  }
}

/** Escapes invisible and control characters; the parsed value is the same. */
function json(value: unknown): string {
  return `${escapeControls(JSON.stringify(value))}\n`
}

/** Like `json`, for a long text whose pieces are created on demand. */
function jsonOf(pieces: () => Iterable<string>): PiecedText {
  return new PiecedText(function* escaped() {
    for (const piece of pieces()) yield escapeControls(piece)
    yield '\n'
  })
}

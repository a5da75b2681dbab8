/** The JSON files of a set and the text files for models. Deterministic: sorted, without the current time. `graph.json` is in `graph-json.ts`. */

import { escapeControls } from '#base/control-characters.ts'
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
import { graphOf } from './graph-json.ts'
import { llmsFullText, llmsText } from './llms.ts'

export interface DataInput {
  subject: Subject
  inventory: Inventory
  analysis: Analysis
  packages: readonly Package[]
  root: Module
  pages: readonly Page[]
  /** Names of pictures of the set. */
  pictures?: Iterable<string>
  /** Of the pages; English when absent. */
  language?: string | undefined
  index: readonly IndexEntry[]
  /** `offline` or the model's name. */
  mainModel: string
  /** What `verify` reports; written as it is. */
  verification: unknown
  /** The files whose text the set keeps, with why others are not kept; absent when it keeps none. */
  kept?: {
    files: readonly { name: string; path: string; text: string }[]
    leftOut: readonly { path: string; reason: string }[]
    link(path: string, startLine: number, endLine: number): string | null
  }
}

export interface DataFile {
  name: string
  text: string
}

/** Files of a set that are made when the pages have been rendered. */
const LATER = ['search.json']

/** The data files of a set, sorted by name. */
export function writeData(input: DataInput): DataFile[] {
  const tree = json(moduleTree(input))
  const files = [
    { name: 'first_module_tree.json', text: tree },
    { name: 'graph.json', text: json(graphOf(input)) },
    { name: 'index.json', text: json(input.index.map((entry) => withSource(entry, input))) },
    { name: 'llms-full.txt', text: llmsFullText(input) },
    { name: 'llms.txt', text: llmsText(input) },
    { name: 'module_tree.json', text: tree },
    { name: 'verification.json', text: json(input.verification) },
    ...(input.kept === undefined ? [] : [{ name: SOURCES_FILE, text: json(sourcesOf(input.kept)) }]),
  ]
  const names = [
    ...input.pages.map((page) => page.file),
    ...files.map((file) => file.name),
    'metadata.json',
    ...LATER,
    ...(input.pictures ?? []),
  ]
  return [...files, { name: 'metadata.json', text: json(metadata(input, names)) }].sort((a, b) =>
    compareText(a.name, b.name),
  )
}

/** Where the lines of a symbol are in the set, as pages link to them. */
function withSource(entry: IndexEntry, { kept }: DataInput): IndexEntry & { source?: string } {
  const source = kept?.link(entry.file, entry.start_line, entry.end_line) ?? null
  return source === null ? entry : { ...entry, source }
}

function sourcesOf({ files, leftOut }: NonNullable<DataInput['kept']>): unknown {
  return { version: 1, files: files.map(({ path, name }) => ({ path, name })), left_out: leftOut }
}

interface TreeEntry {
  path: string
  components: string[]
  /** The page's name without `.md`, which is the key that viewers look for. */
  title: string
  children: Record<string, TreeEntry>
}

/** The form that CodeWiki's viewers read: the key of a module is the name of its page. */
function moduleTree({ root, analysis }: DataInput): Record<string, TreeEntry> {
  const byFile = new Map<string, string[]>()
  for (const { id, file } of analysis.components) byFile.set(file, [...(byFile.get(file) ?? []), id])
  const entries = (modules: readonly Module[]): Record<string, TreeEntry> =>
    Object.fromEntries(
      modules.map((module) => [
        module.slug,
        {
          path: module.path,
          title: module.title,
          components: filesOf(module)
            .flatMap((path) => byFile.get(path) ?? [])
            .sort(compareText),
          children: entries(module.children),
        },
      ]),
    )
  return entries(root.children)
}

function metadata({ subject, inventory, analysis, root, mainModel }: DataInput, names: string[]): unknown {
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
      total_components: analysis.components.length,
      leaf_nodes: modules.filter((module) => module.children.length === 0).length,
      max_depth: depth(root) - 1,
      files: inventory.files.length,
      lines: inventory.files.reduce((sum, file) => sum + file.lines, 0),
      edges: analysis.edges.length,
      languages: analysis.reports,
    },
    files_generated: names.sort(compareText),
  }
}

/** Invisible and control signs of names and comments are escaped: the parsed value is the same. */
function json(value: unknown): string {
  return `${escapeControls(JSON.stringify(value))}\n`
}

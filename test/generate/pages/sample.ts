/** Hand-made repositories for the tests of the stages after the analysis. */

import { mergeDeclarations } from '#generate/declarations/merge.ts'
import type { EmbeddedSources } from '#generate/embedded-sources/embed-sources.ts'
import type { Guides } from '#generate/guide-model.ts'
import { readPackages } from '#generate/manifests/read-packages.ts'
import {
  type Analysis,
  type Component,
  compareText,
  type Edge,
  type FileRole,
  type Inventory,
  type Read,
  type SourceFile,
  type Subject,
  type Surface,
} from '#generate/model.ts'
import { writeData } from '#generate/pages/data/data-files.ts'
import { type Written, writePages } from '#generate/pages/pages.ts'
import type { LinkTo } from '#generate/pages/sources.ts'
import { partition } from '#generate/partition/partition.ts'
import { withExportedNames } from '#generate/surface/exported-names.ts'
import { publicApiOf } from '#generate/surface/public-api.ts'
import { type Verified, verify } from '#generate/verify/verify.ts'
import { type KnownOf, usesIn } from './uses-in.ts'

export const subject: Subject = { repoUrl: 'https://example.org/acme/orbit', name: 'orbit', fullName: 'acme/orbit' }
export const COMMIT = '3f9c2ab000000000000000000000000000000000'

export interface Sample {
  inventory: Inventory
  analysis: Analysis
  /** What packages show; nothing by default. */
  surfaces?: Surface[]
  /** Its own documents; nobody read them by default. */
  guides?: Guides
}

/** A file of a sample; `text` decides its size. */
export function file(path: string, text: string | null, extra: Partial<SourceFile> = {}): SourceFile {
  return {
    path,
    blob: '0'.repeat(40),
    bytes: text?.length ?? 10,
    lines: text === null ? 0 : text.split('\n').length,
    language: languageOf(path),
    role: roleOf(path),
    generated: false,
    vendored: false,
    text,
    ...extra,
  }
}

/** A component on the line of a file's text that first holds its name; a dot in the name makes it a member. */
export function component(owner: SourceFile, qualifiedName: string, extra: Partial<Component> = {}): Component {
  const dot = qualifiedName.lastIndexOf('.')
  const name = qualifiedName.slice(dot + 1)
  const at = (owner.text ?? '').split('\n').findIndex((line) => line.includes(name)) + 1
  return {
    id: `${owner.path}#${qualifiedName}`,
    kind: 'function',
    name,
    qualifiedName,
    file: owner.path,
    startLine: Math.max(1, at),
    endLine: Math.max(1, at),
    exported: true,
    visibility: 'public',
    signature: `${name}(): void`,
    doc: null,
    parent: dot === -1 ? null : `${owner.path}#${qualifiedName.slice(0, dot)}`,
    ...extra,
  }
}

/** A read of a variable in the line of a file's text that first holds its name. */
export function read(owner: SourceFile, name: string, extra: Partial<Read> = {}): Read {
  const line = (owner.text ?? '').split('\n').findIndex((one) => one.includes(name)) + 1
  const places = { file: owner.path, line: Math.max(1, line), written: name, reader: null, through: null }
  return { kind: 'environment', name, default: null, ...places, ...extra }
}

export function edge(from: string, to: string, extra: Partial<Edge> = {}): Edge {
  return { from, to, kind: 'calls', origin: 'import', confidence: 1, ...extra }
}

export function sample(
  files: SourceFile[],
  components: Component[] = [],
  edges: Edge[] = [],
  fileDocs: Record<string, string> = {},
  { known, ...found }: Partial<Pick<Analysis, 'reads' | 'commandLines'>> & { known?: Record<string, KnownOf> } = {},
): Sample {
  const sorted = [...edges].sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to))
  return {
    inventory: {
      commit: COMMIT,
      committedAt: '2026-10-02T08:00:00.000Z',
      files: [...files].sort((a, b) => compareText(a.path, b.path)),
      skipped: [],
      skippedBy: new Map(),
    },
    analysis: {
      components: [...components].sort((a, b) => compareText(a.id, b.id)),
      edges: sorted,
      fileDocs,
      exports: {},
      occurrences: usesIn(files, components, sorted, known),
      reads: [],
      commandLines: [],
      ...found,
      artifacts: { nodes: [], edges: [] },
      reports: [
        {
          language: 'typescript',
          engine: 'compiler',
          files: 1,
          components: 1,
          callsResolved: 1,
          callsUnresolved: 0,
          failed: [],
        },
      ],
    },
  }
}

export function link(path: string, start?: number, end?: number): string {
  const lines = start === undefined ? '' : `#L${start}${end !== undefined && end > start ? `-L${end}` : ''}`
  return `${subject.repoUrl}/blob/${COMMIT}/${path.split('/').map(encodeURIComponent).join('/')}${lines}`
}

export interface Whole extends Verified {
  written: Written
  /** Markdown by page file, after the repair, without the anchors of list items. */
  markdown: Map<string, string>
  data: Map<string, string>
}

/** All stages after the analysis; the links as given, or those to the files that the set keeps. */
export function document(
  { inventory, analysis: graph, surfaces, guides }: Sample,
  links: LinkTo | EmbeddedSources = link,
  language = 'en',
): Whole {
  const kept = typeof links === 'function' ? {} : { kept: links }
  const linkTo = typeof links === 'function' ? links : links.link
  const merged = mergeDeclarations(graph, inventory.files)
  const components = withExportedNames(merged.components, surfaces ?? [], inventory.files)
  const analysis = { ...merged, components }
  const root = partition(inventory, analysis, subject)
  const packages = readPackages(inventory)
  const written = writePages({
    subject,
    packages,
    link: linkTo,
    inventory,
    analysis,
    surfaces,
    guides,
    root,

    ref: 'main',
    language,
  })
  const texts = typeof links === 'function' ? {} : { kept: links.files }
  const verified = verify({ ...written, link: linkTo, inventory, analysis, ...texts })
  const { pages, verification } = verified
  const data = writeData({
    packages,
    api: publicApiOf({ surfaces: surfaces ?? [], analysis, packages, inventory, root }),
    mainModel: 'offline',
    subject,
    inventory,
    graph,
    root,
    pages,
    language,
    index: written.index,
    verification,
    ...kept,
  })
  return {
    ...verified,
    written,
    markdown: new Map(pages.map((page) => [page.file, page.markdown.replace(/<a id="[^"]*"><\/a>/g, '')])),
    data: new Map(data.map(({ name, text }) => [name, String(text)])),
  }
}

const LANGUAGES = new Map([
  ['ts', 'typescript'],
  ['py', 'python'],
  ['md', 'markdown'],
  ['json', 'json'],
  ['c', 'c'],
])

function languageOf(path: string): string | null {
  const extension = path.slice(path.lastIndexOf('.') + 1)
  return LANGUAGES.get(extension) ?? null
}

function roleOf(path: string): FileRole {
  if (/(?:^|\/)tests?\/|\.test\./.test(path)) return 'test'
  if (/(?:^|\/)examples\//.test(path)) return 'example'
  if (/\.md$/.test(path)) return 'docs'
  if (/(?:^|\/)package\.json$/.test(path)) return 'manifest'
  return 'code'
}

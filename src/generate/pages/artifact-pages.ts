/** Pages on what builds, checks, ships and describes the code: scripts, CI jobs, containers, schemas. */

import type { RootContent } from 'mdast'
import { type Artifact, type ArtifactEdge, type ArtifactKind, compareText } from '#generate/model.ts'
import { code, heading, type Inline, join, paragraph, table } from '#markdown/build.ts'
import { type Draft, newDraft, refTo } from './draft.ts'
import { count, few, plural } from './words.ts'
import { toEntry, toFile, type Writing } from './writing.ts'

interface Family {
  /** Reserved among the slugs of modules. */
  slug: string
  title: string
  /** What stands below the title. */
  intro: string
  kinds: ReadonlyMap<ArtifactKind, string>
}

const FAMILIES: Family[] = [
  {
    slug: 'packages-and-scripts',
    title: 'Packages and scripts',
    intro: 'The packages of this repository and the commands that their manifests and Makefiles define.',
    kinds: new Map([
      ['package', 'package'],
      ['script', 'script'],
      ['target', 'target'],
    ]),
  },
  {
    slug: 'continuous-integration',
    title: 'Continuous integration',
    intro: 'The jobs that run when the code changes, with where each runs and what it waits for.',
    kinds: new Map([['job', 'job']]),
  },
  {
    slug: 'images-and-services',
    title: 'Containers',
    intro: 'The stages of images and the services that are started together.',
    kinds: new Map([
      ['stage', 'stage'],
      ['service', 'service'],
    ]),
  },
  {
    slug: 'data-and-interfaces',
    title: 'Schemas and interfaces',
    intro: 'Tables of migrations, endpoints of interface descriptions, messages and calls of protocols.',
    kinds: new Map([
      ['table', 'table'],
      ['endpoint', 'endpoint'],
      ['message', 'message'],
      ['rpc', 'call'],
    ]),
  },
]

const MAX_FILES = 200
const MAX_ROWS = 200
const MAX_TARGETS = 4
const VERB: Record<ArtifactEdge['kind'], string> = { runs: 'runs ', uses: 'uses ', 'depends-on': 'after ' }

/** A page for each family that the repository has something of. */
export function artifactPages(writing: Writing): Draft[] {
  const { nodes, edges } = writing.analysis.artifacts
  const from = new Map<string, ArtifactEdge[]>()
  for (const edge of edges) from.set(edge.from, [...(from.get(edge.from) ?? []), edge])
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return FAMILIES.flatMap((family) => {
    const own = nodes.filter((node) => family.kinds.has(node.kind))
    return own.length === 0 ? [] : [pageOf(writing, family, own, { from, byId })]
  })
}

interface Known {
  from: ReadonlyMap<string, ArtifactEdge[]>
  byId: ReadonlyMap<string, Artifact>
}

function pageOf(writing: Writing, family: Family, nodes: Artifact[], known: Known): Draft {
  const draft = newDraft(`${family.slug}.md`, family.title, null, 'project')
  draft.homes.set(refTo.page(draft.file), null)
  const files = new Map<string, Artifact[]>()
  for (const node of nodes) {
    const list = files.get(node.file)
    if (list === undefined) files.set(node.file, [node])
    else list.push(node)
  }
  const paths = [...files.keys()].sort((a, b) => depth(a) - depth(b) || compareText(a, b))
  draft.blocks.push(heading(1, family.title), paragraph(family.intro))
  for (const path of paths.slice(0, MAX_FILES)) {
    const home = heading(2, ...writing.sources.file(path))
    // A manifest that is code as well (`Rakefile`, `setup.py`) has its home with its module.
    if (!writing.survey.leaves.has(path)) draft.homes.set(refTo.file(path), home)
    draft.blocks.push(home, ...rowsOf(writing, family, files.get(path) ?? [], known))
  }
  if (paths.length > MAX_FILES) {
    const rest = paths.slice(MAX_FILES).map((path): Inline[] => writing.sources.file(path))
    draft.blocks.push(paragraph(`And ${plural(rest.length, 'more file')}: `, ...few(rest, 500)))
  }
  return draft
}

function rowsOf(writing: Writing, family: Family, nodes: Artifact[], known: Known): RootContent[] {
  const sorted = [...nodes].sort((a, b) => a.startLine - b.startLine || compareText(a.id, b.id))
  const kinds = new Set(sorted.map((node) => node.kind))
  const withKind = kinds.size > 1
  const rows = sorted
    .slice(0, MAX_ROWS)
    .map((node): Inline[][] => [
      writing.sources.place(node.file, node.startLine, node.endLine, code(node.name)),
      ...(withKind ? [[family.kinds.get(node.kind) ?? '']] : []),
      node.detail === '' ? [] : [isProse(node) ? node.detail : code(node.detail)],
      targetsOf(writing, node, known),
    ])
  const head = ['name', ...(withKind ? ['kind'] : []), 'what', 'leads to']
  const empty = head.map((_, column) => rows.every((row) => (row[column] ?? []).length === 0))
  const keep = <T>(cells: T[]): T[] => cells.filter((_, column) => !empty[column])
  const left = sorted.length - rows.length
  return [table(keep(head), rows.map(keep)), ...(left > 0 ? [paragraph(`And ${count(left)} more in this file.`)] : [])]
}

/** A package says in words what it is; everything else has a command, an image, a path. */
function isProse(node: Artifact): boolean {
  return node.kind === 'package'
}

function targetsOf(writing: Writing, node: Artifact, { from, byId }: Known): Inline[] {
  const edges = from.get(node.id) ?? []
  const parts = (['depends-on', 'runs', 'uses'] as const).flatMap((kind): Inline[][] => {
    const targets = edges.filter((edge) => edge.kind === kind).map((edge) => labelOf(writing, edge.to, byId))
    return targets.length === 0 ? [] : [[VERB[kind], ...few(targets, MAX_TARGETS)]]
  })
  return join(parts, ' · ')
}

function labelOf(writing: Writing, id: string, byId: ReadonlyMap<string, Artifact>): Inline[] {
  const artifact = byId.get(id)
  if (artifact !== undefined)
    return writing.sources.place(artifact.file, artifact.startLine, artifact.endLine, code(artifact.name))
  const component = writing.survey.components.get(id)
  if (component !== undefined) return toEntry(component)
  return writing.survey.leaves.has(id) ? toFile(id) : writing.sources.file(id)
}

function depth(path: string): number {
  return path.split('/').length
}

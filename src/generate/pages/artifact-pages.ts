/** Pages on what builds, checks, ships and describes the code: scripts, CI jobs, containers, schemas. */

import type { RootContent } from 'mdast'
import { type Artifact, type ArtifactKind, compareText } from '#generate/model.ts'
import { code, heading, type Inline, join, paragraph, table } from '#markdown/build.ts'
import { type Connections, connectionsOf, targetsOf } from './artifact-targets.ts'
import { ciPage } from './ci-page.ts'
import { type Draft, newDraft, refTo } from './draft.ts'
import { count, few, plural } from './words.ts'
import type { Writing } from './writing.ts'

interface Family {
  /** Reserved among the slugs of modules. */
  slug: string
  title: string
  /** What stands below the title. */
  intro: string
  kinds: ReadonlyMap<ArtifactKind, string>
}

/** Has a page of its own making. */
const CI = 'continuous integration'

const FAMILIES: (Family | typeof CI)[] = [
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
  CI,
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
/** A package needs another one; what else depends on something comes after it. */
const NEEDS = { 'depends-on': 'needs ', runs: 'runs ', uses: 'uses ' }

/** A page for each family that the repository has something of. */
export function artifactPages(writing: Writing): Draft[] {
  const { nodes } = writing.analysis.artifacts
  const connections = connectionsOf(writing.analysis.artifacts)
  return FAMILIES.flatMap((family) => {
    if (family === CI) return ciPage(writing, connections)
    const own = nodes.filter((node) => family.kinds.has(node.kind))
    return own.length === 0 ? [] : [pageOf(writing, family, own, connections)]
  })
}

function pageOf(writing: Writing, family: Family, nodes: Artifact[], connections: Connections): Draft {
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
    draft.blocks.push(home, ...rowsOf(writing, family, files.get(path) ?? [], connections))
  }
  if (paths.length > MAX_FILES) {
    const rest = paths.slice(MAX_FILES).map((path): Inline[] => writing.sources.file(path))
    draft.blocks.push(paragraph(`And ${plural(rest.length, 'more file')}: `, ...few(rest, 500)))
  }
  return draft
}

function rowsOf(writing: Writing, family: Family, nodes: Artifact[], connections: Connections): RootContent[] {
  const sorted = [...nodes].sort((a, b) => a.startLine - b.startLine || compareText(a.id, b.id))
  const kinds = new Set(sorted.map((node) => node.kind))
  const withKind = kinds.size > 1
  const rows = sorted
    .slice(0, MAX_ROWS)
    .map((node): Inline[][] => [
      writing.sources.place(node.file, node.startLine, node.endLine, code(node.name)),
      ...(withKind ? [[family.kinds.get(node.kind) ?? '']] : []),
      node.detail === '' ? [] : [isProse(node) ? node.detail : code(node.detail)],
      join(targetsOf(writing, node, connections, node.kind === 'package' ? NEEDS : undefined), ' · '),
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

function depth(path: string): number {
  return path.split('/').length
}

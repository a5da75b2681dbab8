/** Writes the pages on scripts, CI jobs, containers, schemas and other artifacts. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import { type Artifact, compareText } from '#generate/model.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import type { ArtifactWord, FamilyName } from '#generate/pages/texts/texts.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, join, paragraph, plainText, table } from '#markdown/build.ts'
import { type Connections, connectionsOf, targetsOf } from './artifact-targets.ts'
import { ciPage } from './ci-page.ts'

interface Family {
  /** Reserved, so no module gets this slug. */
  slug: FamilyName
  kinds: readonly ArtifactWord[]
}

/** CI files have a page of their own, written in `ci-page.ts`. */
const CI = 'continuous integration'

const FAMILIES: (Family | typeof CI)[] = [
  {
    slug: 'packages-and-scripts',
    kinds: ['package', 'script', 'target'],
  },
  CI,
  {
    slug: 'images-and-services',
    kinds: ['stage', 'service'],
  },
  {
    slug: 'data-and-interfaces',
    kinds: ['table', 'endpoint', 'message', 'rpc'],
  },
]

const MAX_FILES = 200
const MAX_ROWS = 200

/** One page for each family of artifacts in the repository. */
export function artifactPages(writing: Writing): Draft[] {
  const { nodes } = writing.analysis.artifacts
  const connections = connectionsOf(writing.analysis.artifacts)
  return FAMILIES.flatMap((family) => {
    if (family === CI) return ciPage(writing, connections)
    const own = nodes.filter((node) => wordOf(family, node) !== undefined)
    return own.length === 0 ? [] : [pageOf(writing, family, own, connections)]
  })
}

function pageOf(writing: Writing, family: Family, nodes: Artifact[], connections: Connections): Draft {
  const { texts } = writing
  const draft = newDraft(`${family.slug}.md`, texts.artifacts.families[family.slug], null, 'project')
  draft.homes.set(refTo.page(draft.file), null)
  const files = new Map<string, Artifact[]>()
  for (const node of nodes) push(files, node.file, node)
  const paths = [...files.keys()].sort((a, b) => depth(a) - depth(b) || compareText(a, b))
  draft.blocks.push(heading(1, draft.title))
  for (const path of paths.slice(0, MAX_FILES)) {
    const home = heading(2, ...writing.sources.file(path))
    // A manifest that is also code (`Rakefile`, `setup.py`) belongs to the page of its module.
    if (!writing.repo.leaves.has(path)) draft.homes.set(refTo.file(path), home)
    append(draft.blocks, [home, ...rowsOf(writing, family, files.get(path) ?? [], connections)])
  }
  if (paths.length > MAX_FILES) {
    const rest = paths.slice(MAX_FILES).map((path): Inline[] => writing.sources.file(path))
    draft.blocks.push(paragraph(...texts.artifacts.andFiles(rest.length, few(rest, 500, texts))))
  }
  return draft
}

function rowsOf(writing: Writing, family: Family, nodes: Artifact[], connections: Connections): RootContent[] {
  const words = writing.texts.artifacts
  const sorted = [...nodes].sort((a, b) => a.startLine - b.startLine || compareText(a.id, b.id))
  const kinds = new Set(sorted.map((node) => node.kind))
  const withKind = kinds.size > 1
  const rows = sorted
    .slice(0, MAX_ROWS)
    .map((node): Inline[][] => [
      writing.sources.place(node.file, node.startLine, node.endLine, code(node.name)),
      ...(withKind ? [[words.kinds[wordOf(family, node) ?? 'script']]] : []),
      node.detail === '' ? [] : [isProse(node) ? proseOf(writing, node) : code(node.detail)],
      join(targetsOf(writing, node, connections, node.kind === 'package'), ' · '),
    ])
  const head = [words.heads.name, ...(withKind ? [words.heads.kind] : []), words.heads.what, words.heads.leads]
  const empty = head.map((_, column) => rows.every((row) => (row[column] ?? []).length === 0))
  const keep = <T>(cells: T[]): T[] => cells.filter((_, column) => !empty[column])
  const left = sorted.length - rows.length
  return [table(keep(head), rows.map(keep)), ...(left > 0 ? [paragraph(words.moreInFile(left))] : [])]
}

/** Packages have a description in prose; all other artifacts have a command, an image or a path. */
function isProse(node: Artifact): boolean {
  return node.kind === 'package'
}

/** Matches .NET projects and Gradle settings, which have no description of their own; the generator writes it. */
const FACTS = /\.(?:[a-z]+proj|slnx?)$|(?:^|\/)settings\.gradle(?:\.kts)?$/

function proseOf({ texts }: Writing, { file, detail }: Artifact): string {
  if (!FACTS.test(file)) return detail
  const { projects, needs } = texts.artifacts
  const parts = detail.split('; ').map((part): Inline[] => {
    const isOurs = (word: string): word is keyof typeof projects => Object.hasOwn(projects, word)
    return part.startsWith('needs ') ? needs([part.slice('needs '.length)]) : [isOurs(part) ? projects[part] : part]
  })
  return plainText(paragraph(...join(parts, '; ')))
}

function wordOf({ kinds }: Family, { kind }: Artifact): ArtifactWord | undefined {
  return kinds.find((one) => one === kind)
}

function depth(path: string): number {
  return path.split('/').length
}

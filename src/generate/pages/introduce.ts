/** What a repository is, in its own words: those of its README, of a manifest, or of its main module. */

import type { BlockContent } from 'mdast'
import type { Analysis, Inventory, SourceFile, Subject } from '#generate/model.ts'
import { paragraph } from '#markdown/build.ts'
import { stringify } from '#markdown/stringify.ts'
import { readPackageJson, readPyProject } from './manifest.ts'
import { describes, purposeOf } from './purpose.ts'
import { introduction } from './readme.ts'
import { docBlocks, type Writing } from './writing.ts'

const README_FORMS = [
  /^README(?:\.(?:md|markdown|rst|txt))?$/i,
  /^(?:\.github|docs)\/README\.(?:md|markdown|rst)$/i,
  /^docs\/index\.(?:md|rst)$/i,
]

/** Markdown, and the file that it is of. */
export interface OwnWords {
  words: string
  path: string
}

/** The words that introduce it in a README, else the description of a manifest, else what a README says elsewhere. */
export function ownWords(known: {
  subject: Subject
  inventory: Inventory
  analysis: Pick<Analysis, 'artifacts'>
}): OwnWords | null {
  const found = readmesOf(known.inventory.files).flatMap(({ path, text }) => {
    const one = introduction(text ?? '', path, known.subject.name)
    return one === null ? [] : [{ ...one, path }]
  })
  return found.find(({ isOpening }) => isOpening) ?? description(known) ?? found[0] ?? null
}

/** Else what its first module is for. */
export function whatItIs(writing: Writing): BlockContent[] {
  const own = ownWords(writing)
  if (own !== null) return docBlocks(writing, own.words, own.path, 3_000)
  const [first] = writing.root.children
  return first === undefined || first.isBeside === true ? [] : (purposeOf(writing, first)?.blocks ?? [])
}

/** Of the manifest at the root, else of the package that is named like the repository. */
function description({ subject, inventory, analysis }: Parameters<typeof ownWords>[0]): OwnWords | null {
  const at = (path: string): SourceFile | undefined => inventory.files.find((file) => file.path === path)
  const packages = analysis.artifacts.nodes.filter(describes)
  const candidates = [
    { path: 'package.json', words: readPackageJson(at('package.json'))?.description },
    { path: 'pyproject.toml', words: readPyProject(at('pyproject.toml'))?.description },
    ...[packages.find(({ name }) => name === subject.name), packages.find(({ file }) => !file.includes('/'))].map(
      (node) => ({ path: node?.file ?? '', words: node?.detail }),
    ),
  ]
  const found = candidates.find(({ words }) => words)
  return found?.words ? { words: stringify([paragraph(found.words)]).trim(), path: found.path } : null
}

/** At the top first, then the first page of the repository's own documents. */
function readmesOf(files: readonly SourceFile[]): SourceFile[] {
  return README_FORMS.flatMap((form) => files.filter(({ path, text }) => form.test(path) && text !== null))
}

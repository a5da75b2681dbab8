/** What a repository is, in its own words: those of its README, of a manifest, or of its main module. */

import type { BlockContent } from 'mdast'
import type { Inventory, Package, SourceFile, Subject } from '#generate/model.ts'
import { paragraph } from '#markdown/build.ts'
import { stringify } from '#markdown/stringify.ts'
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
  packages: readonly Package[]
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

/** Of a package at the root that has the repository's name, else of any there, else of one with its name elsewhere. */
function description({ subject, packages }: Parameters<typeof ownWords>[0]): OwnWords | null {
  const described = packages.filter(describes)
  const isNamed = ({ name }: Package): boolean => name?.toLowerCase() === subject.name.toLowerCase()
  const atTop = described.filter(({ folder }) => folder === '')
  const found = atTop.find(isNamed) ?? atTop[0] ?? described.find(isNamed)
  return found === undefined
    ? null
    : { words: stringify([paragraph(found.description ?? '')]).trim(), path: found.manifest }
}

/** At the top first, then the first page of the repository's own documents. */
function readmesOf(files: readonly SourceFile[]): SourceFile[] {
  return README_FORMS.flatMap((form) => files.filter(({ path, text }) => form.test(path) && text !== null))
}

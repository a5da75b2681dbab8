/**
 * Counts how often texts for users mention each public name: code, headings and directives of documents, and code in doc
 * comments. Plain prose does not count, since many names are also words.
 */

import { memoized } from '#base/memoize.ts'
import { isDocument, isTranslated } from '#generate/pages/readme/documents.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { README } from '#generate/paths.ts'
import { Fences } from '#markdown/fences.ts'
import { isBuiltIn } from './offered-names.ts'
import { OF_ANOTHER_TIME } from './usage-code.ts'

/** Limits on the characters of one document and of all documents. */
const MAX_DOCUMENT = 200_000
const MAX_DOCUMENTS = 4_000_000
const MAX_LINE = 2_000
/** The top README counts as much as this many other documents, an example of a doc comment as this share of one. */
const IN_README = 4
const COMMENT = 0.25
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu
const IMPORT = /^[\s>]*(?:from\s|import\s|use\s|using\s|const \{|require)/
/** `.. autoclass:: Plan`, `::: orbit.Plan` */
const DIRECTIVE = /^\s{0,12}(?:\.\. [a-z:]{3,40}:: |::: )/
const INDENTED = /^(?: {4}|\t|\s{0,12}>>> )/
/** Matches the text after the first word of a sentence, which may be indented in reStructuredText: `For all plans`. */
const GOES_ON = /^ \p{Ll}{1,20},? [\p{Ll}`:]/u
/** Matches names that are not English words: `Plan`, `run_all`, `planOf`. */
const DISTINCT = /^\p{Lu}|_|\p{Ll}\p{Lu}/u

/** By exported name, without namespaces and receivers. Each doubling of the mentions in a document counts once more. */
export const mentionedNames = memoized((writing: Writing): ReadonlyMap<string, number> => countAll(writing))

/** The last part of a name: `WriteBatch` of `leveldb::WriteBatch`, `chunks` of `Collection.chunks`. */
export const ownName = (name: string): string => name.replace(/\(.*/s, '').split(/::|\./).at(-1) ?? name

function countAll({ inventory, surfaces, repo }: Writing): ReadonlyMap<string, number> {
  const paths = surfaces.flatMap((surface) => surface.paths)
  const names = new Map<string, boolean>()
  for (const { name, to } of paths.flatMap((path) => path.names)) {
    const component = repo.components.get(to ?? '')
    const own = name === 'default' || name === 'export=' ? (component?.name ?? '') : ownName(name)
    names.set(own, names.get(own) === true || isBuiltIn(component?.file ?? '', own))
  }
  const counts = new Map<string, number>()
  if (names.size === 0) return counts
  // Nested classes, and those that public functions return, have no path of their own.
  for (const { kind, name, file, exported } of repo.components.values())
    if (exported && TYPES.has(kind) && !names.has(name)) names.set(name, isBuiltIn(file, name))
  const owners = new Set(paths.map(({ path }) => path.split(/[./:\\]+/).at(-1) ?? ''))
  // The qualifier of an exported name: `Orbit::Plan`.
  for (const { name } of paths.flatMap((path) => path.names)) {
    const owner = name.replace(/\(.*/s, '').split(/::|\./).at(-2)
    if (owner !== undefined) owners.add(owner)
  }
  let left = MAX_DOCUMENTS
  const read = (text: string, weight: number, isCodeOnly: boolean): void => {
    const own = text.slice(0, Math.min(MAX_DOCUMENT, left))
    left -= own.length
    for (const [name, count] of mentionsIn(own, names, owners, isCodeOnly))
      counts.set(name, (counts.get(name) ?? 0) + weight * Math.log2(1 + count))
  }
  for (const file of inventory.files)
    if (file.text !== null && isDocument(file) && !OF_ANOTHER_TIME.test(file.path) && !isTranslated(file.path))
      read(file.text, README.test(file.path) ? IN_README : 1, false)
  for (const [path, doc] of repo.fileDocs) if (isMain(path, repo)) read(doc, 1, true)
  for (const { doc, exported, file } of repo.components.values())
    if (exported && doc !== null && SHOWS_CODE.test(doc) && isMain(file, repo)) read(doc, COMMENT, true)
  return counts
}

const SHOWS_CODE = /^\s{0,12}(?:```|>>> )/m

/** @param names - Whether the language has a built-in of the name, which only an import or an owner distinguishes. */
function mentionsIn(
  text: string,
  names: ReadonlyMap<string, boolean>,
  owners: ReadonlySet<string>,
  isCodeOnly: boolean,
): Map<string, number> {
  const found = new Map<string, number>()
  const fences = new Fences({ isIndented: true })
  for (const whole of text.split('\n')) {
    const isFenced = fences.isCode(whole)
    const isCode = isFenced || INDENTED.test(whole)
    if (whole.length > MAX_LINE || (isCodeOnly && !isCode)) continue
    const isImport = IMPORT.test(whole)
    const line = isImport ? withoutModule(whole) : whole
    const isSure = isImport || (!isFenced && DIRECTIVE.test(line))
    const isHeading = !isFenced && line.startsWith('#')
    let last = ''
    for (const { 0: word, index } of line.matchAll(WORD)) {
      const [before, after] = [line[index - 1] ?? '', line[index + word.length] ?? '']
      const owner = last
      last = word
      const isAmbiguous = names.get(word)
      if (isAmbiguous === undefined) continue
      const isMember = before === '.' || before === ':' || before === '\\'
      const isOwned = isMember && owners.has(owner)
      // A member or variant of the same name.
      if (isMember && !isOwned && names.has(owner)) continue
      const isMarked = '`@<['.includes(before || ' ') && '`(<{]!'.includes(after || ' ')
      const isCalled = '(<{!'.includes(after || ' ') && before !== '.'
      const isFirst = /(?:^|\.)$/.test(line.slice(0, index).trimEnd())
      if (!isFenced && isFirst && GOES_ON.test(line.slice(index + word.length))) continue
      const isShown = isCode ? DISTINCT.test(word) || isCalled : isMarked || (isHeading && DISTINCT.test(word))
      const share = isSure || isOwned ? 1 : isAmbiguous || !isShown ? 0 : DISTINCT.test(word) ? 1 : 0.25
      if (share > 0) found.set(word, (found.get(word) ?? 0) + share)
    }
  }
  return found
}

/** The import of a line without the module it is from, which may have the name of a function: `from orbit.plan import Plan`. */
function withoutModule(line: string): string {
  const [imported, from] = [line.indexOf(' import '), line.lastIndexOf(' from ')]
  if (/^[\s>]*from\s/.test(line)) return imported < 0 ? line : line.slice(imported)
  return from < 0 ? line : line.slice(0, from)
}

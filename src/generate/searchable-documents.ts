/**
 * Prepares the documents of a repository, and the comments at the heads of its files, section by section, as input for
 * its search index.
 */

import { isDocument, sectionsOf } from '#generate/pages/readme/documents.ts'
import type { SearchableDocument } from '#search/build-index.ts'
import type { Standing } from '#search/search-weights.ts'
import type { Analysis, Inventory, SourceFile } from './model.ts'

/** Limit on sections; the remaining documents are skipped: a repository may contain a manual of thousands of pages. */
const MAX_DOCUMENT_SECTIONS = 4_000

/** File and folder names (letters only) that mark changelogs and old documents. */
const PAST_FILES = new Set(['changelog', 'changes', 'history', 'news', 'releasenotes', 'whatsnew'])
const PAST_FOLDERS = new Set('changelog changelogs releases archive archived legacy old versioneddocs'.split(' '))
/** Matches folders of versions, and hidden ones: `.meta` may hold what the README is made from. */
const VERSION_OR_HIDDEN = /^(?:v?\d|\.)/

/** Whether a document is a changelog, hidden, or in a folder of an old version. */
function isOutdated(path: string): boolean {
  const folders = path.toLowerCase().split('/')
  return (
    isChangelog(folders.pop() ?? '') ||
    folders.some((folder) => PAST_FOLDERS.has(onlyLetters(folder)) || VERSION_OR_HIDDEN.test(folder))
  )
}

/** @param name - Of a file, or a title. */
export const isChangelog = (name: string): boolean =>
  PAST_FILES.has(onlyLetters(name.toLowerCase().split(/[.\d]|-v\d/, 1)[0] ?? ''))

const onlyLetters = (text: string): string => text.replace(/[^a-z]/g, '')

/** @param lineAt - The URL of a line in a file, with `{line}` for the number; `null` for documents to leave out. */
export function searchableDocuments(
  { files }: Inventory,
  lineAt: (file: string) => string | null,
): SearchableDocument[] {
  const documents: SearchableDocument[] = []
  for (const file of files.filter(isDocument)) {
    const address = lineAt(file.path)
    if (address === null) continue
    const sections = sectionsOf(file)
    if (documents.length + sections.length > MAX_DOCUMENT_SECTIONS) continue
    for (const { title, ...section } of sections)
      documents.push({
        ...section,
        title: title ?? file.path,
        file: file.path,
        lineAt: address,
        standing: isOutdated(file.path) ? 'aside' : 'own',
      })
  }
  return documents
}

/**
 * The sections of the comments at the heads of files, as in a tutorial that is the documentation of a Rust module. Text
 * before the first heading is left out: pages have it.
 *
 * @param lineAt - As for documents.
 */
export function searchableFileDocs(
  { files }: Inventory,
  { fileDocs }: Pick<Analysis, 'fileDocs'>,
  standings: ReadonlyMap<string, Standing>,
  lineAt: (file: string) => string | null,
): SearchableDocument[] {
  const documents: SearchableDocument[] = []
  for (const file of files) {
    const doc = fileDocs[file.path]
    const standing = standings.get(file.path) ?? 'own'
    if (doc === undefined || standing === 'test') continue
    const address = lineAt(file.path)
    const sections = sectionsOf({ ...file, text: doc }).flatMap(({ title, text }) =>
      title === null ? [] : [{ title, text }],
    )
    if (address === null || sections.length === 0 || documents.length + sections.length > MAX_DOCUMENT_SECTIONS)
      continue
    const lines = linesOf(file, sections)
    for (const [at, section] of sections.entries())
      documents.push({ ...section, file: file.path, line: lines[at] ?? 1, lineAt: address, standing })
  }
  return documents
}

/** The lines of the headings of a comment; a heading that is not found has the line of the one before. */
function linesOf({ text }: SourceFile, sections: readonly { title: string }[]): number[] {
  const lines = (text ?? '').split('\n').map(lettersOf)
  let last = 0
  return sections.map(({ title }) => {
    const found = lines.indexOf(lettersOf(title), last)
    if (found >= 0) last = found
    return last + 1
  })
}

/** The letters and numbers of a line, without markup. */
const lettersOf = (line: string): string => line.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** Describes a file by its own comment. */

import { push } from '#base/multimap.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { isGenerated, pointsBack } from '#generate/pages/telling.ts'
import { declaredIn, hasDefinitions } from '#generate/pages/tops.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'
import { withDefinitions } from '#markdown/fragment.ts'
import { tellingWords } from './describe-definition.ts'
import { isPurpose } from './purpose-sentence.ts'
import { stemOf } from './subjects.ts'

/** The sentence that says what the file is for; empty if there is none. The comment of a package is not about its file. */
export function fileComment(repo: RepoIndex, path: string): Inline[] {
  return isOfPackage(repo, path) || isShared(repo, path) ? [] : (fileWords(repo, path) ?? [])
}

const shared = new WeakMap<RepoIndex, Map<string, string[]>>()

/** Whether the comment of a file was copied: another file of the folder has the same, or any if this one defines nothing. */
export function isShared(repo: RepoIndex, path: string): boolean {
  let files = shared.get(repo)
  if (files === undefined) {
    files = new Map()
    for (const [file, doc] of repo.fileDocs) push(files, keyOf(file, doc), file)
    shared.set(repo, files)
  }
  const others = files.get(keyOf(path, repo.fileDocs.get(path))) ?? []
  const isEmpty = declaredIn(path, repo).length === 0
  return others.some(
    (one) => one !== path && (folderOf(one) === folderOf(path) || (isEmpty && hasDefinitions(repo, one))),
  )
}

function isOfPackage(repo: RepoIndex, path: string): boolean {
  const doc = repo.fileDocs.get(path) ?? ''
  const isPython = nameOf(path) === '__init__.py' && HOLDS.test(doc)
  const isGo = path.endsWith('.go') && nameOf(path) !== 'doc.go' && /^Package \w/.test(doc)
  if (!isPython && !isGo) return false
  return (repo.folders.get(folderOf(path)) ?? []).some(
    (one) => one.path !== path && one.language === (isGo ? 'go' : 'python') && one.role === 'code',
  )
}

/** Matches a sentence about a package that would also suit a single file: `This module contains the main logic`. */
const HOLDS = /\bthis (?:module|package) (?:contains|defines|holds|implements|includes|provides)\b/i

/** Distinguishes extensions, because a C header has the comment of its implementation. */
const keyOf = (path: string, doc = ''): string => JSON.stringify([nameOf(path).split('.').at(-1), doc])

/**
 * The comment of a file up to its first section, if it says more than the path and is about the file, unlike `Markdown is a
 * markup language`.
 */
function fileWords(repo: RepoIndex, path: string): Inline[] | null {
  const name = path.replace(/\.\w+$/, '')
  const own = [stemOf(path), ...declaredIn(path, repo).map((one) => comparableName(one.name))]
  const isOwn = (subject: string): boolean =>
    DEMONSTRATIVE.test(subject) ||
    own.some((one) => one.includes(comparableName(subject)) || comparableName(subject).includes(one))
  // `The COMMAND event is raised first` is about the first of multiple constants.
  const [, constant = ''] = /^\s{0,9}The ([A-Z][A-Z0-9_]{1,60})\b/.exec(repo.fileDocs.get(path) ?? '') ?? []
  if (own.length > 2 && declaredIn(path, repo).some(({ name }) => name === constant)) return null
  const doc = repo.fileDocs.get(path) ?? ''
  const parts = doc
    .trim()
    .split(/\n[ \t]*\n/)
    .slice(0, MAX_PARAGRAPHS)
  const end = parts.findIndex((part, at) => at > 0 && PART.test(part))
  for (const at of parts.slice(0, end < 0 ? parts.length : end).keys()) {
    const [first = ''] = parts
    if (at === 0 && (isOnlyNaming(first, own) || isGenerated(first) || DATE.test(first))) return null
    // The heading of a list says nothing without it, nor do the items of the list.
    if (parts[at]?.split('\n', 1)[0]?.trimEnd().endsWith(':') || LIST.test(parts[at] ?? '')) return null
    const part = parts.slice(at, end < 0 ? undefined : end).join('\n\n')
    const words = tellingWords(withDefinitions(part, doc), name)
    const text = words === null ? '' : plainText(paragraph(...words))
    if (text.endsWith('…')) return null
    const [, subject = ''] = OF_ANOTHER.exec(text) ?? []
    // `The code here is also a good example of it.` A file returns nothing.
    if (at > 0 ? /\balso\b/.test(text) || pointsBack(text) : /^(?:Returns?|File ?name)\b/i.test(text)) return null
    if (words !== null && isPurpose(words, name) && (subject === '' || isOwn(subject))) return words
  }
  return null
}

/** Whether a comment begins with a sentence that only names what its file defines: `This module defines the Header flag.` */
function isOnlyNaming(text: string, own: readonly string[]): boolean {
  const [, named = ''] = NAMES_ONLY.exec(text) ?? []
  return named !== '' && own.includes(comparableName(named))
}

const NAMES_ONLY =
  /^(?:This|The) (?:crate|file|header|module|package|script|source) (?:contains|declares|defines|holds|implements|provides)(?: the| an?)? [[`]{0,3}([\p{L}_][\p{L}\p{N}_]{0,60})[\]`]{0,3}(?: (?:class|component|enum|flag|function|interface|model|module|object|option|struct|trait|type)s?)?(?:\.|$)/u
/** Matches the start of a change note: `2013-01-06 Ada Orbit`. */
const DATE = /^\d{4}-\d\d-\d\d\b/
/** Matches a heading or code. */
const PART = /^(?:#{1,6} |\*\*[^*\n]{1,80}\*\*\s*$|[^\n]{1,80}\n(?:={3,}|-{3,})\s*$|```| {4}\S)/
const MAX_PARAGRAPHS = 4
const LIST = /^\s{0,8}(?:(?:[-*+]|\d{1,3}[.)]) |--?[a-z])/i
/** Matches a sentence about something else: `Markdown is a lightweight markup language`, `POSIX defines three clocks`. */
const OF_ANOTHER =
  /^(\p{Lu}[\p{L}\p{N}]{2,40}) (?:(?:is|are) (?:an?|the) (?!(?:base|abstract) )|(?:defines|mandates|requires|specifies) )/u
/** Words that begin a sentence, and are not names. */
const DEMONSTRATIVE = /^(?:This|That|These|Those|There|Here|Each|Every|Most|Some|Below|Above)$/

/** Describes a file of which nothing else is known by its declarations: `class Meridiem extends DatePart`. */

import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { additionWords } from '#generate/pages/entry/additions.ts'
import { twinsIn } from '#generate/pages/platform-twins.ts'
import { toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import { isDeprecated, minor } from '#generate/pages/public-api/traits.ts'
import { isCode, type RepoIndex } from '#generate/pages/repo-index.ts'
import { declaredIn, isAdded, TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import { isPublic, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join, oneLine, refLink } from '#markdown/build.ts'
import { usersWords } from './file-users.ts'
import { isScript, nameWithKind } from './main-names.ts'
import { filesWith, MAX_FILES } from './names-of-files.ts'
import { commandsOfScript } from './script-commands.ts'
import { isToolSettings } from './tool-settings.ts'

const MAX_NAMES = 4
const MAX_MEMBERS = 6
const MAX_CODE = 100

/** Whether a file only holds the version, for which nobody opens it. */
export function isOnlyVersion(repo: RepoIndex, path: string): boolean {
  const all = declaredIn(path, repo).filter(({ kind }) => kind !== 'namespace')
  return all.length > 0 && all.every((one) => minor(one) > 0 && /^_*version_*$/i.test(one.name))
}

/** Empty if the file declares nothing, or is a script that shows nothing of what it does. */
export function declaredWords(writing: Writing, path: string): Inline[] {
  const { repo } = writing
  if (isToolSettings(path) || !isCode(repo.files.get(path))) return []
  const commands = commandsOfScript(writing, path)
  if (commands.length > 0) return commands
  // The helpers of a script do not describe it, and constants of tools are settings.
  const isBeside = repo.leaves.get(path)?.isBeside === true
  const all = [...declaredIn(path, repo), ...twinsIn(repo, path)].filter(
    (one) => one.kind !== 'namespace' && one.name !== 'default' && one.name !== 'module.exports',
  )
  if (isBeside && all.every((one) => minor(one) > 0)) return []
  const isMember = (one: Component): boolean => one.kind === 'method' || isAdded(one, repo.components)
  const defined = all.filter((one) => !isMember(one))
  const own = isScript(writing, path) ? defined.filter((one) => one.exported) : defined
  return join(
    [ownWords(writing, path, own), ...additionWords(writing, all.filter(isMember), MAX_MEMBERS)].filter(
      (part) => part.length > 0,
    ),
    ' · ',
  )
}

/** Public definitions, otherwise internal ones: types, then functions, then constants. What says little is followed by its users. */
function ownWords(writing: Writing, path: string, own: readonly Component[]): Inline[] {
  const { repo, texts } = writing
  const open = own.filter((one) => isPublic(one, repo))
  const rank = (one: Component): number =>
    (isDeprecated(one) ? 10 : 0) + (minor(one) > 0 ? 2 : TYPES.has(one.kind) ? 0 : 1)
  const seen = new Set<string>()
  const all = (open.length > 0 ? open : own)
    // A name that many files define says nothing of one.
    .filter((one) => TYPES.has(one.kind) || filesWith(repo, one.name) <= MAX_FILES)
    .toSorted((a, b) => rank(a) - rank(b))
    .filter(({ name }) => !seen.has(name) && seen.add(name))
  const [only] = all
  if (only === undefined) return []
  const head = all.length === 1 ? declarationOf(only) : undefined
  if (head !== undefined && !head.endsWith(only.name)) return [refLink(refTo.component(only.id), code(head))]
  const named = few(
    all.map((one) => (all.length === 1 && TYPES.has(one.kind) ? nameWithKind(writing, one) : nameIn(writing, one))),
    MAX_NAMES,
    texts,
  )
  const users = usersWords(writing, path)
  // The name of one type or constant alone repeats that of the file.
  if (users.length === 0) return all.length === 1 && only.kind !== 'function' ? [] : named
  return [...named, ' · ', ...users]
}

const nameIn = (writing: Writing, one: Component): Inline[] =>
  minor(one) > 0 ? toUsersEntry(writing, one) : nameWithKind(writing, one)

/** The declaration of a type without its body; `undefined` if it is too long. */
function declarationOf({ kind, signature, name }: Component): string | undefined {
  if (!TYPES.has(kind) || kind === 'type') return undefined
  const head = oneLine(signature.split('{', 1)[0] ?? '')
    .replace(/^(?:export |default |declare |public |internal |final )+/, '')
    .replace(/[:;]$/, '')
    .trim()
  return head.length > MAX_CODE || head.endsWith('…') || !head.includes(name) ? undefined : head
}

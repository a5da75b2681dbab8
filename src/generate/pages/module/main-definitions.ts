/** Names the main definitions of files for which the repository has no sentence. */

import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { refTo } from '#generate/pages/draft.ts'
import { calledAs, toUsersEntry } from '#generate/pages/public-api/called-as.ts'
import { programOf } from '#generate/pages/public-api/leading.ts'
import { offerOf } from '#generate/pages/public-api/public-names.ts'
import { isDeprecated, isError, isMinor } from '#generate/pages/public-api/traits.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { declaredIn, TYPES } from '#generate/pages/tops.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import { code, type Inline, join, paragraph, plainText, refLink } from '#markdown/build.ts'
import { namedPurpose } from './file-purpose.ts'
import { wordsOf } from './said-of.ts'
import { shownIn } from './shown.ts'
import { stemOf, usersOf } from './subject-of-file.ts'

const MAX_NAMED = 3
/** Limit on the characters of the sentence about the first definition. */
const MAX_SENTENCE = 160

/**
 * ``class `Orbit`, `plan()` ``: the types and functions of the program in the files that code of other files uses or packages
 * export, most important first, with what the first is for. Empty if there is none, or only one named like the file.
 *
 * @param start - Comes first.
 */
export function mainDefinitions(writing: Writing, files: readonly string[], start: Component | null = null): Inline[] {
  const { repo, texts } = writing
  const own = files.filter((path) => repo.files.get(path)?.role === 'code' && isMain(path, repo))
  const isCalled = ({ kind }: Component): boolean => kind === 'function' || kind === 'method'
  const isUsed = (one: Component): boolean =>
    offerOf(writing, one) > 0 || programOf(repo, one) > 0 || usersOf(repo, one) > 0
  const possible = shownIn(writing, own).filter(
    (one) => (TYPES.has(one.kind) || isCalled(one)) && !isMinor(one) && !isDeprecated(one) && !isError(repo, one),
  )
  const titles = new Map<string, Component>()
  const used = possible.filter(isUsed)
  // Exported types in a folder are there for other code.
  const others = possible.filter((one) => TYPES.has(one.kind) && one.exported && folderOf(one.file) !== '')
  const named = [...(start === null ? [] : [start]), ...(used.length > 0 ? used : others)]
  for (const one of named.length > 0 ? named : addedIn(repo, own))
    if (!titles.has(titleOf(one))) titles.set(titleOf(one), one)
  const shown = [...titles.values()].slice(0, MAX_NAMED)
  const [chief] = shown
  const [first, ...rest] = shown.map((one): Inline[] =>
    isCalled(one)
      ? [refLink(refTo.component(one.id), code(`${calledAs(writing, one) ?? titleOf(one)}()`))]
      : [`${texts.kinds[one.kind]} `, ...toUsersEntry(writing, one)],
  )
  if (first === undefined || chief === undefined) return []
  const isAlone = possible.every((one) => one === chief || titleOf(one) !== titleOf(chief))
  const all = new Set(possible)
  // A function does not represent internal definitions that other files use.
  const isPart = (): boolean =>
    isCalled(chief) && own.some((path) => declaredIn(path, repo).some((one) => !all.has(one) && usersOf(repo, one) > 0))
  const said = isAlone && !isPart() ? saidOf(writing, chief) : []
  const length = plainText(paragraph(...said)).length
  const [file = '', ...more] = files
  // The name of the file says as much.
  if (length === 0 && rest.length === 0 && more.length === 0 && comparableName(chief.name) === stemOf(file)) return []
  if (length === 0 || length > MAX_SENTENCE) return join([first, ...rest], texts.comma)
  return rest.length === 0 ? said : [...said, ' ', ...texts.module.alsoHere(join(rest, texts.comma))]
}

/** What it is for; otherwise what its comment says. */
function saidOf(writing: Writing, component: Component): Inline[] {
  const purpose = namedPurpose(writing, component)
  const words = purpose.length > 0 ? null : wordsOf(writing.repo, component)
  return words === null ? purpose : [...toUsersEntry(writing, component), writing.texts.colon, ...words]
}

/** The methods that the files add to types of other files and that code of other files uses, the most used first. */
function addedIn(repo: RepoIndex, files: readonly string[]): Component[] {
  return files
    .flatMap((path) => repo.additions.get(path) ?? [])
    .filter(({ kind }) => kind === 'method')
    .map((one) => ({ one, users: usersOf(repo, one) }))
    .filter(({ users }) => users > 0)
    .sort((a, b) => b.users - a.users)
    .map(({ one }) => one)
}

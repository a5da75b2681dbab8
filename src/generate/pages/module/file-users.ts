/** Which files use a file: one list for tables of files and for what is told of the file itself. */

import type { Component } from '#generate/model.ts'
import { isHeader } from '#generate/pages/public-api/leading.ts'
import { isCode, isExample, type RepoIndex } from '#generate/pages/repo-index.ts'
import { declaredIn } from '#generate/pages/tops.ts'
import { isCalledOnValue } from '#generate/pages/usage/usage-words.ts'
import { byWeight, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'

/** Files that may be there only to export what others define. */
const PASSES_ON = /^(?:__init__|index|lib|mod)\.\w+$/

export interface FileUsers {
  /** Paths of all known users: of the code by weight, then those that tell nothing of the file, then examples. */
  readonly all: readonly string[]
  /** How many of them, at the start, tell what the file is for. */
  readonly telling: number
  /** There may be more: calls of its members on values of unknown type. */
  readonly isPartial: boolean
}

/** The files of code and examples that use a file. Those that only pass it on, and its own implementation, come after others. */
export function usersOf(writing: Writing, path: string): FileUsers {
  const { repo } = writing
  const users = byWeight(repo.linksTo.get(path) ?? new Map<string, number>())
  const inCode = users.filter((from) => isCode(repo.files.get(from)))
  const telling = inCode.filter((from) => !isPassingOn(repo, from) && !isImplementation(from, path))
  const others = inCode.filter((from) => !telling.includes(from))
  const examples = users.filter((from) => isExample(from, repo))
  const known = new Set(users)
  const members = declaredIn(path, repo).flatMap((one) => [one, ...(repo.members.get(one.id) ?? [])])
  const isPartial = members.some((one) => one.exported && mayBeUsedBesides(repo, one, known))
  return { all: [...telling, ...others, ...examples], telling: telling.length, isPartial }
}

const isPassingOn = (repo: RepoIndex, from: string): boolean =>
  PASSES_ON.test(nameOf(from)) && declaredIn(from, repo).length === 0

const isImplementation = (from: string, path: string): boolean =>
  isHeader(path) && withoutExtension(from) === withoutExtension(path)

const withoutExtension = (path: string): string => nameOf(path).replace(/\.\w+$/, '')

/** Whether a file of the code that is no known user calls a member of this name on a value of unknown type. */
function mayBeUsedBesides(repo: RepoIndex, component: Component, known: ReadonlySet<string>): boolean {
  if (!isCalledOnValue(component)) return false
  return repo.occurrences
    .unknownCallsOf(component.name)
    .some(({ file }) => file !== component.file && !known.has(file) && isCode(repo.files.get(file)))
}

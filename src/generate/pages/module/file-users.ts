/** Finds the files that use a file, for its section. */

import { hasText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'
import { isHeader } from '#generate/pages/public-api/leading.ts'
import { isCode, isExample, type RepoIndex } from '#generate/pages/repo-index.ts'
import { declaredIn } from '#generate/pages/tops.ts'
import { isCalledOnValue } from '#generate/pages/usage/usage-words.ts'
import { byWeight, type Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'

/** Files that often only re-export definitions of others. */
const RE_EXPORTING = /^(?:__init__|index|lib|mod)\.\w+$/

/** `pub(crate) mod plan;` */
const MODULE = /\bmod\s{1,9}(?:r#)?(\w{1,100})\s{0,9};/g

export interface FileUsers {
  /** Paths of all known users: code by weight, what only re-exports or implements the file last; then examples. */
  readonly all: readonly string[]
  /** Whether there may be more users, because its members may be called on values of unknown type. */
  readonly isPartial: boolean
}

/** Files that only declare the file as a module of Rust are no users. */
export function usersOf(writing: Writing, path: string): FileUsers {
  const { repo } = writing
  const users = byWeight(repo.linksTo.get(path) ?? new Map<string, number>()).filter(
    (from) => !isOnlyDeclaring(repo, from, path),
  )
  const inCode = users.filter((from) => isCode(repo.files.get(from)))
  const informative = inCode.filter((from) => !isReExporting(repo, from) && !isImplementation(from, path))
  const others = inCode.filter((from) => !informative.includes(from))
  const examples = users.filter((from) => isExample(from, repo))
  const known = new Set(users)
  const members = declaredIn(path, repo).flatMap((one) => [one, ...(repo.members.get(one.id) ?? [])])
  const isPartial = members.some((one) => one.exported && mayBeUsedBesides(repo, one, known))
  return { all: [...informative, ...others, ...examples], isPartial }
}

/** Whether a file of Rust has `mod plan;` for another one, but names nothing of it. */
function isOnlyDeclaring(repo: RepoIndex, from: string, path: string): boolean {
  // Any edge beside that of the import is a use.
  if (!path.endsWith('.rs') || (repo.linksTo.get(path)?.get(from) ?? 0) > 1) return false
  const text = repo.files.get(from)?.text ?? ''
  const stem = nameOf(path) === 'mod.rs' ? nameOf(folderOf(path)) : withoutExtension(path)
  const isDeclared = [...text.matchAll(MODULE)].some(([, name]) => name === stem)
  return isDeclared && !hasText(text, `${stem}::`) && !text.split(';').some((part) => importedIn(part).includes(stem))
}

/** The words of a statement such as `use crate::{plan, burn}`. */
const importedIn = (statement: string): string[] => {
  const at = statement.lastIndexOf('use ')
  return at < 0 ? [] : statement.slice(at).split(/\W+/)
}

const isReExporting = (repo: RepoIndex, from: string): boolean =>
  RE_EXPORTING.test(nameOf(from)) && declaredIn(from, repo).length === 0

const isImplementation = (from: string, path: string): boolean =>
  isHeader(path) && withoutExtension(from) === withoutExtension(path)

const withoutExtension = (path: string): string => nameOf(path).replace(/\.\w+$/, '')

/** Whether code other than the known users calls a member of this name on a value of unknown type. */
function mayBeUsedBesides(repo: RepoIndex, component: Component, known: ReadonlySet<string>): boolean {
  if (!isCalledOnValue(repo, component)) return false
  return repo.occurrences
    .unknownCallsOf(component.name)
    .some(({ file }) => file !== component.file && !known.has(file) && isCode(repo.files.get(file)))
}

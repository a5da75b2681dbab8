/** Chooses among declarations with one full name: a repository may contain several programs. */

import { greatest } from '#base/long-arrays.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'

/**
 * Keeps the types in the file's own part of the tree, and all functions, since they may be overloads; the nearest come
 * first.
 */
export function nearest(decls: readonly Decl[], file: FileUnit): readonly Decl[] {
  if (decls.length < 2) return decls
  const shared = new Map(decls.map((decl) => [decl, sharedPath(decl.file.path, file.path)]))
  const near = (decl: Decl): number => shared.get(decl) ?? 0
  if (decls.some((decl) => decl.isFunction)) return [...decls].sort((a, b) => near(b) - near(a))
  const best = greatest(decls.map(near))
  return decls.filter((decl) => near(decl) === best)
}

/**
 * The length of the common prefix of two paths, up to the last common folder. It counts a little more if the next
 * folders begin with the same word, as `commonTest` and `commonMain` do: source sets of one platform.
 */
function sharedPath(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  const folder = a.lastIndexOf('/', at - 1)
  return folder + (isOneWord(a, b, folder + 1) ? 0.5 : 0)
}

function isOneWord(a: string, b: string, from: number): boolean {
  const word = firstWord(a, from)
  return word !== undefined && word === firstWord(b, from)
}

/** `common` for `commonMain`; `undefined` for a name of a single word. */
function firstWord(path: string, from: number): string | undefined {
  WORD.lastIndex = from
  return WORD.exec(path)?.[0]
}

const WORD = /[a-z]+(?=[A-Z])/y

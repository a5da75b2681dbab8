/** Decides which definitions have an entry even without a comment: those that users can name or that much of the code uses. */

import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { isExported, publicNames } from '#generate/pages/public-api/public-names.ts'
import { isCode, isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Minimum number of other files that use a definition; in a program of a single file, of definitions that do. */
const MIN_FILES = 3
const MIN_USERS = 8
/** Kinds whose signature says everything, so that a row is enough. */
export const SMALL = new Set<Component['kind']>(['constant', 'field', 'macro', 'namespace', 'type'])

/** Whether a type or function is public or much of the code uses it; for a namespace, anything in it. False if it is marked as internal. */
export function carriesWeight(writing: Writing, component: Component): boolean {
  // That of a function in a shell script leaves open what comes out.
  const saysLittle = isBare(component) || !component.signature.includes('(')
  if (isHidden(writing, component) || (component.kind === 'function' && saysLittle)) return false
  if (component.kind !== 'namespace')
    return !SMALL.has(component.kind) && (isExported(writing, component) || isMuchUsed(writing, component))
  const inside = [...(writing.repo.members.get(component.id) ?? [])]
  for (const one of inside) {
    if (one.kind === 'namespace') append(inside, writing.repo.members.get(one.id) ?? [])
    else if (carriesWeight(writing, one)) return true
  }
  return false
}

/** The words before a name: `export const `. */
const KEYWORDS = /^(?:[a-z]{1,20} ){1,6}/

/** Whether a signature says no more than the name: `stop()`. */
export function isBare({ name, signature, parent }: Component): boolean {
  const said = signature.replace(KEYWORDS, '')
  return said === name || (said === `${name}()` && parent === null)
}

/** Whether many files of the code use a type or function; in a program also whether many definitions do. */
export function isMuchUsed(writing: Writing, { id, kind, file }: Component): boolean {
  const { repo } = writing
  if (SMALL.has(kind) || repo.inTests.has(id) || !isMain(file, repo)) return false
  const files = new Set<string>()
  let users = 0
  for (const end of repo.users.get(id)?.keys() ?? []) {
    const from = repo.components.get(end)?.file ?? end
    if (repo.inTests.has(end) || !isCode(repo.files.get(from))) continue
    users++
    if (from !== file) files.add(from)
  }
  return files.size >= MIN_FILES || (users >= MIN_USERS && isProgram(writing))
}

const isProgram = (writing: Writing): boolean => [...publicNames(writing).values()].every(({ length }) => length === 0)

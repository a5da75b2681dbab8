/** Determines which definitions have an entry even without a comment: public ones whose signature shows how to use them. */

import { append } from '#base/long-arrays.ts'
import { memoized } from '#base/memoize.ts'
import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { RESULT_FIRST } from '#generate/pages/calls/calls.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { publicNames, UNSETTLED_PATH } from '#generate/pages/public-api/public-names.ts'
import { isCode, isMain } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { exampleOfUse } from '#generate/pages/usage/example-of-use.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { wordAt } from '#generate/signature-values.ts'
import { hasSignatureRow, isFunction } from './member-line.ts'
import { SMALL } from './own-words.ts'
import { constructorsOf } from './shown-constructors.ts'
import { MADE } from './signature.ts'

/** Minimum number of other files that use a definition; in a program of a single file, of definitions that do. */
const MIN_FILES = 3
const MIN_USERS = 8
/** With this many, a type with public methods has an entry although no package exports it. */
const MIN_FILES_OF_TYPE = 10
/** Minimum number of lines of an internal type with an entry in a library. */
const MIN_TYPE_LINES = 4

/**
 * Whether a public type or function is worth an entry by its signature alone: a function with a stated result or an example, a type with
 * a constructor, methods, the fields of plain data or subtypes. For a namespace, whether anything in it is.
 */
export function hasEntryWithoutComment(writing: Writing, component: Component): boolean {
  const { kind, id } = component
  if (isHidden(writing, component)) return false
  if (SMALL.has(kind)) return kind === 'namespace' && hasWeightInside(writing, id)
  if (!importable(writing).has(id)) return isCentralType(writing, component)
  if (isFunction(component) && exampleOfUse(writing, component).length > 0) return true
  if (!isUsedElsewhere(writing, component)) return false
  if (isFunction(component)) return givesValue(writing, component)
  const { repo } = writing
  const isMade = component.signature.includes(MADE) || constructorsOf(writing, component).length > 0
  // The fields of what it extends are not shown.
  const isExtension = /\bextends\b/.test(component.signature.replace(/<[^<>]{0,200}>/, ''))
  const offers = (one: Component): boolean =>
    isFunction(one) ? hasSignatureRow(writing, one) : kind !== 'class' && !isExtension && isPublic(one, repo)
  return isMade || repo.heirs.has(id) || (repo.members.get(id) ?? []).some(offers)
}

/** The ids of the definitions that can be imported from a stable path. */
const importable = memoized(
  (writing: Writing): ReadonlySet<string> =>
    new Set(
      [...publicNames(writing).values()]
        .flat()
        .flatMap(({ component, path }) => (component === null || UNSETTLED_PATH.test(path.path) ? [] : component.id)),
    ),
)

function hasWeightInside(writing: Writing, id: string): boolean {
  const inside = [...(writing.repo.members.get(id) ?? [])]
  for (const one of inside) {
    if (one.kind === 'namespace') append(inside, writing.repo.members.get(one.id) ?? [])
    else if (hasEntryWithoutComment(writing, one)) return true
  }
  return false
}

const isUsedElsewhere = ({ repo }: Writing, { id, file }: Component): boolean =>
  [...(repo.users.get(id)?.keys() ?? [])].some((end) => (repo.components.get(end)?.file ?? end) !== file)

/** Results of Go in brackets: `(plan *Plan, err error)`. */
const IN_BRACKETS = /\) \([^()]{1,400}\)$/
/** Matches the keyword before constraints on type parameters: `where F: Fn(u8) -> u8`. */
const CONSTRAINTS = /\swhere\s/
/** Matches the text after the parameters of a function that returns nothing. */
const NOTHING =
  /^(?:(?:->|:) ?(?:None|Promise<void>|Unit|[Vv]oid|never|undefined)|(?:async ?)?(?:(?:re)?throws)?|const|noexcept)$/

/** Whether the signature of a function states a result. Inferred results do not count. */
function givesValue({ repo }: Writing, { file, name, signature }: Component): boolean {
  if (RESULT_FIRST.has(repo.files.get(file)?.language ?? '')) {
    const before = signature.slice(0, Math.max(0, wordAt(signature, name)))
    return /\w/.test(before) && !/\bvoid\b(?! ?\*)/.test(before)
  }
  const [head = ''] = signature.split(CONSTRAINTS, 1)
  if (!head.includes('(')) return false
  return IN_BRACKETS.test(head) || !NOTHING.test(head.slice(head.lastIndexOf(')') + 1).trim())
}

/** Whether a type with public methods is used all over the code. */
function isCentralType(writing: Writing, component: Component): boolean {
  const { repo } = writing
  if (!TYPES.has(component.kind) || !isMain(component.file, repo)) return false
  const hasMethods = (repo.members.get(component.id) ?? []).some((one) => isFunction(one) && isPublic(one, repo))
  return hasMethods && usersOf(writing, component).files.size >= MIN_FILES_OF_TYPE
}

/** Whether many files of the code use a type or function; in a program also whether many definitions do. */
export function isMuchUsed(writing: Writing, component: Component): boolean {
  const { repo } = writing
  const { id, kind, file, startLine, endLine } = component
  // Users of a library have no use for a type that only wraps a value.
  if (TYPES.has(kind) && endLine - startLine + 1 < MIN_TYPE_LINES && !isProgram(writing)) return false
  if (SMALL.has(kind) || repo.inTests.has(id) || !isMain(file, repo)) return false
  const { files, count } = usersOf(writing, component)
  return files.size >= MIN_FILES || (count >= MIN_USERS && isProgram(writing))
}

/** The other files of the code that use a definition, and the number of definitions and files that do. */
function usersOf({ repo }: Writing, { id, file }: Component): { files: ReadonlySet<string>; count: number } {
  const files = new Set<string>()
  let count = 0
  for (const end of repo.users.get(id)?.keys() ?? []) {
    const from = repo.components.get(end)?.file ?? end
    if (repo.inTests.has(end) || !isCode(repo.files.get(from))) continue
    count++
    if (from !== file) files.add(from)
  }
  return { files, count }
}

const isProgram = (writing: Writing): boolean => [...publicNames(writing).values()].every(({ length }) => length === 0)

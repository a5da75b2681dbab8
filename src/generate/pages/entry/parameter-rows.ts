/** Pairs the parameters of a function with their descriptions: the rows of its table of parameters. */

import type { Component, DocField } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { bareName, internalParameter, isName, type Parameter, readParameters } from '#generate/signature-parameters.ts'
import { existingParameters } from './contradicted.ts'
import { constructorsIn } from './signature.ts'

export interface FieldRow extends Parameter {
  text: string
}

/** All parameters in the order of the code; `[]` if none is documented. */
export function parameterRows(writing: Writing, callable: Component, fields: readonly DocField[]): FieldRow[] {
  const { repo } = writing
  const parameters = parametersOf(repo, callable)
  const documented = existingParameters(repo, callable, parameters, fields)
  if (!documented.some(({ text, type }) => text + type !== '')) return []
  const unmatched = [...documented]
  const rows = (parameters ?? []).map((parameter): FieldRow => {
    const found = takeFirst(unmatched, ({ name }) => bareName(name) === bareName(parameter.name))
    const type = parameter.type === '' || saysMore(found?.type, parameter.type) ? (found?.type ?? '') : parameter.type
    const said = withDefault({ ...parameter, text: found?.text ?? '' })
    return { ...said, type, text: said.text }
  })
  // A destructured parameter gets its name from the comment.
  for (const row of rows) {
    if (row.text !== '' || isName(row.name)) continue
    const found = takeFirst(unmatched, ({ name }) => !name.includes('.') && !name.includes('['))
    if (found !== undefined) Object.assign(row, { name: found.name, text: found.text, type: row.type || found.type })
  }
  for (const field of unmatched)
    rows.splice(endOfOptions(rows, field.name) ?? rows.length, 0, withDefault({ ...field, default: '' }))
  // `&` and `*` alone have no name.
  return rows.filter(({ name, type, text }) => type + text !== '' || /[\p{L}\p{N}_]/u.test(name))
}

/** The parameters in the signature; `null` if it cannot be read. Those of overloads have a type if they agree on it. */
function parametersOf(repo: RepoIndex, callable: Component): Parameter[] | null {
  const language = repo.files.get(callable.file)?.language ?? ''
  const { implementation, signature, overloads = [] } = callable
  const built = constructorsIn(signature)
  const name = built.length === 0 ? callable.name : 'constructor'
  const [first = signature, ...others] =
    built.length > 0 ? built : implementation === undefined ? [signature, ...overloads] : [implementation]
  const written = readParameters(first, name, language)
  if (written === null) return null
  if (language === 'swift') return written.map(internalParameter)
  const known = new Map(written.map((one) => [bareName(one.name), one]))
  for (const one of others)
    for (const other of readParameters(one, name, language) ?? []) {
      const key = bareName(other.name)
      const before = known.get(key)
      if (before === undefined) known.set(key, other)
      else if (before.type !== other.type) known.set(key, { ...before, type: '' })
    }
  return [...known.values()]
}

/** Removes the first element that matches from a list. */
function takeFirst<T>(from: T[], matches: (one: T) => boolean): T | undefined {
  const at = from.findIndex(matches)
  return at < 0 ? undefined : from.splice(at, 1)[0]
}

/** The index after the parameter of an option, `options.body`, and its other options; `undefined` without the parameter. */
function endOfOptions(rows: readonly FieldRow[], option: string): number | undefined {
  const ownerOf = (name: string): string => bareName(name.split(/[.[]/, 1)[0] ?? '')
  const last = rows.findLastIndex(({ name }) => ownerOf(name) === ownerOf(option))
  return last < 0 ? undefined : last + 1
}

/**
 * Moves a default that ends a description, as YARD and JSDoc state it, to its own field. A final `(optional)` is removed if the
 * signature shows it.
 */
function withDefault<T extends { name: string; default: string; text: string }>(row: T): T {
  const [stated = '', value] = / ?\((?:default: `([^`]{1,100})`|optional)\)$/.exec(row.text) ?? []
  const isOptional = row.default !== '' || row.name.endsWith('?')
  if (stated === '' || (value === undefined && !isOptional)) return row
  return { ...row, text: row.text.slice(0, row.text.length - stated.length), default: row.default || (value ?? '') }
}

/** PHP types that do not describe the contents of a value, as a comment may: `array{name: string}`. */
const VAGUE_TYPES = /^\??(?:array|iterable|callable|mixed|object|\\?(?:Closure|Generator|Iterator|Traversable))$/

/** PHPDoc types that the language cannot express: `positive-int`, `string|callable(): string`. */
const PRECISE_DOC_TYPES = /\b[a-z]+-(?:[a-z]+-)?(?:array|int|list|mask|of|string)\b|\b(?:callable|Closure)\s?\(/

export const saysMore = (said: string | undefined, written: string): boolean =>
  said !== undefined && said !== '' && said !== written && (VAGUE_TYPES.test(written) || PRECISE_DOC_TYPES.test(said))

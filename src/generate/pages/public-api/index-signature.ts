/** Writes signatures for the index of public names: the call of a function, and the members of an undescribed type. */

import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { RESULT_FIRST } from '#generate/pages/calls/calls.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { isFunction } from '#generate/pages/entry/member-line.ts'
import { isTrivial } from '#generate/pages/entry/own-words.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { calledInDocuments } from '#generate/pages/readme/documents-calls.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { wordAt } from '#generate/signature-values.ts'
import type { Inline } from '#markdown/build.ts'
import { isDeprecated, isError } from './traits.ts'

const MAX_CHARS = 160
/** Matches the signature of a function that takes and returns nothing. */
const NOTHING = /^\(\)(?: ?(?:->|:) ?(?:None|Unit|Void|void))?$/
const MAX_NAMES = 8
/** Matches constructors, methods that the language calls, `__repr__`, `fmt`, `toString`, and those that are private by convention. */
const OF_LANGUAGE =
  /^(?:_|~|operator\b|(?:clone|constructor|default|drop|fmt|from|init|initialize|inspect|to_s|toString|ToString)$)/

/** Matches the name of a method that only accesses a value: `setName`, `GetContext`, `is_open`. */
const ACCESSOR = /^(?:[Gg]et|[Ss]et|[Ii]s|[Hh]as)(?=[\p{Lu}_])/u

/** Whether the name of a method tells nothing of what its type does. */
export const isAccessor = ({ name }: Component): boolean => ACCESSOR.test(name)

/** `` `(body: string): Plan` ``, or the whole signature if the return type comes first; empty if it is long, overloaded or `()`. */
export function callForm({ repo }: Writing, { file, name, signature, overloads = [] }: Component): Inline[] {
  const at = wordAt(signature, name)
  const isWhole = RESULT_FIRST.has(repo.files.get(file)?.language ?? '')
  const form = isWhole ? signature : at < 0 ? '' : signature.slice(at + name.length).trim()
  if (overloads.length > 0 || form === '' || form === name || NOTHING.test(form) || form.length > MAX_CHARS) return []
  return [quoted(form)]
}

/** The call of a function, otherwise the members of a type. */
export const shapeOf = (writing: Writing, component: Component): Inline[] =>
  isFunction(component) ? callForm(writing, component) : memberNames(writing, component)

/**
 * `` `fly()`, `land()` and more``: a type's public methods, preferably those that its bases lack, those that documents call most first,
 * then by use, accessors last; if there are none, its fields or variants.
 *
 * @param min - With fewer methods that its bases lack, the others follow these.
 */
export function memberNames(
  writing: Writing,
  { id, kind, name, qualifiedName }: Component,
  max = MAX_NAMES,
  min = 1,
): Inline[] {
  const { repo, texts } = writing
  if (!TYPES.has(kind)) return []
  // Members of nested namespaces are not called by the name of this one.
  const isOwn = (one: Component): boolean =>
    kind !== 'namespace' || one.qualifiedName === `${qualifiedName}.${one.name}`
  const open = (repo.members.get(id) ?? []).filter(
    (one) =>
      isOwn(one) &&
      one.name !== name &&
      (kind === 'enum' || (one.kind !== 'constant' && !TYPES.has(one.kind))) &&
      isPublic(one, repo) &&
      one.visibility !== 'protected' &&
      !isTrivial(one) &&
      !isDeprecated(one) &&
      !isError(repo, one) &&
      !OF_LANGUAGE.test(one.name),
  )
  const called = calledInDocuments(writing)
  const usesOf = (one: Component): number => repo.users.get(one.id)?.size ?? 0
  const saidOf = (one: Component): number => called.get(one.name) ?? 0
  const sorted = open.toSorted(
    (a, b) => saidOf(b) - saidOf(a) || Number(isAccessor(a)) - Number(isAccessor(b)) || usesOf(b) - usesOf(a),
  )
  const functions = kind === 'enum' ? open.filter((one) => one.kind === 'constant') : sorted.filter(isFunction)
  const own = functions.filter((one) => !repo.overridden.has(one.id))
  const names = new Set(
    (own.length >= min ? own : functions.length > 0 ? [...own, ...functions] : open).map((one) =>
      isFunction(one) && !/^(?:getter|property)$/.test(kindWord(one)) ? `${one.name}()` : one.name,
    ),
  )
  return few(
    [...names].map((one): Inline[] => [quoted(one)]),
    max,
    texts,
  )
}

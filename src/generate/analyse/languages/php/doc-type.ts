/** Evaluates PHPDoc types: `Foo|null`, `Foo[]`, `array<string, Foo>`, `?Foo`, `(Foo|Bar)[]`, `static`. */

import type { Value } from '#generate/analyse/engine/language.ts'
import { splitTypes } from '#generate/analyse/languages/split-types.ts'

/** Types other than classes in doc comments; nothing is known about their members. */
const WORDS = new Set(
  'array bool boolean callable class-string double false float int integer iterable list mixed never non-empty-array non-empty-list non-empty-string null numeric object resource scalar string true void'.split(
    ' ',
  ),
)

/** Maximum nesting depth of types. */
const MAX_DEPTH = 10

/**
 * @param named - Resolves a class name in the scope of the comment.
 * @param self - The meaning of `static`, `self` and `$this`.
 * @param depth - Nesting depth of this type.
 * @returns The first alternative whose class is in the repository, otherwise the first whose class is known. Intersections have no value.
 */
export function valueOfDocType(
  text: string,
  named: (name: string) => Value | undefined,
  self: Value | undefined,
  depth = 0,
): Value | undefined {
  if (depth > MAX_DEPTH) return undefined
  const values = splitTypes(text, '|').map((part) => valueOfOne(part, named, self, depth + 1))
  return values.find((value) => isKnown(value)) ?? values.find((value) => value !== undefined)
}

function valueOfOne(
  text: string,
  named: (name: string) => Value | undefined,
  self: Value | undefined,
  depth: number,
): Value | undefined {
  const plain = text.replace(/^\?/, '')
  if (/^\(.*\)$/.test(plain)) return valueOfDocType(plain.slice(1, -1), named, self, depth)
  if (plain === 'static' || plain === 'self' || plain === '$this') return self
  if (plain.endsWith('[]')) return listOf(valueOfDocType(plain.slice(0, -2), named, self, depth))
  const generic = /^([\w\\-]+)<(.*)>$/.exec(plain)
  if (generic !== null) {
    const args = splitTypes(generic[2] ?? '', ',').map((arg) => valueOfDocType(arg, named, self, depth) ?? UNKNOWN)
    const base = generic[1] ?? ''
    if (WORDS.has(base)) return { kind: 'instance', decl: null, name: '[]', args }
    const value = named(base)
    return value?.kind === 'instance' ? { ...value, args } : value
  }
  if (WORDS.has(plain.toLowerCase()) || !/^[\w\\\u0080-\uffff]+$/.test(plain)) return undefined
  return named(plain)
}

const UNKNOWN: Value = { kind: 'external' }

function listOf(element: Value | undefined): Value {
  return { kind: 'instance', decl: null, name: '[]', args: [element ?? UNKNOWN] }
}

/** Whether a value has a class of the repository, or is a list of such values. */
function isKnown(value: Value | undefined): boolean {
  if (value?.kind !== 'instance') return false
  return value.decl !== null || value.args.some((arg) => isKnown(arg))
}

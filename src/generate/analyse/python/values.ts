/**
 * The possible values of an expression that can be determined without running it. `null` means "not known"
 * everywhere.
 */

import type { EdgeOrigin } from '#generate/model.ts'
import type { Binding, Definition } from './facts.ts'
import type { Module } from './modules.ts'

export type Value =
  | { readonly kind: 'class'; readonly definition: Definition }
  /** A function or a method; `receiver` is the value it was taken from. */
  | { readonly kind: 'function'; readonly definition: Definition; readonly receiver: Value | null }
  | { readonly kind: 'module'; readonly module: Module }
  /** An object of a class of the repository. */
  | { readonly kind: 'instance'; readonly definition: Definition }
  /** A built-in container or iterator: its elements when iterated, when indexed, and its parts if it is a tuple. */
  | {
      readonly kind: 'collection'
      readonly item: Value | null
      readonly indexed: Value | null
      readonly parts: readonly (Value | null)[] | null
    }
  /** A method of a built-in container; `result` is the value of a call. */
  | { readonly kind: 'collection method'; readonly result: Value | null }
  /** Something callable: `Callable[…, T]` or a lambda. */
  | { readonly kind: 'callable'; readonly result: Value | null }
  /** `super()` inside a method of `definition`. */
  | { readonly kind: 'super'; readonly definition: Definition; readonly receiver: Value | null }
  | { readonly kind: 'none' }
  /** A value defined outside the repository, or built in; `name` is dotted, and `null` if unknown. */
  | { readonly kind: 'outside'; readonly name: string | null }
  /** One of several possible values. */
  | { readonly kind: 'union'; readonly options: readonly Value[] }

/** The meaning of a name or an expression. */
export interface Evaluation {
  /** The value that it evaluates to. */
  readonly value: Value | null
  /** The definition that it names, if any. */
  readonly target: Definition | null
  /** How `target` was found. */
  readonly origin: EdgeOrigin
  /** The binding that gave the name its value. */
  readonly binding: Binding | null
}

export const UNKNOWN: Evaluation = { value: null, target: null, origin: 'same-file', binding: null }

/** The evaluation of an expression that is not a name. */
export const valued = (value: Value | null): Evaluation =>
  value === null ? UNKNOWN : { value, target: null, origin: 'same-file', binding: null }

export const OUTSIDE: Value = { kind: 'outside', name: null }
export const NOTHING: Value = { kind: 'none' }

/** Limit on the options of a union; the others are dropped. */
const MAX_OPTIONS = 6

export function collectionOf(item: Value | null, indexed: Value | null = item): Value {
  return { kind: 'collection', item, indexed, parts: null }
}

export function tupleOf(parts: readonly (Value | null)[]): Value {
  return { kind: 'collection', item: unionOf(parts), indexed: null, parts }
}

/** Combines values into one, without unknown values, `None` and duplicates. */
export function unionOf(values: readonly (Value | null)[]): Value | null {
  const options: Value[] = []
  let sawNone = false
  for (const value of values) {
    if (value === null) continue
    for (const option of value.kind === 'union' ? value.options : [value]) {
      if (option.kind === 'none') sawNone = true
      else if (options.length < MAX_OPTIONS && !options.some((other) => isSame(other, option))) options.push(option)
    }
  }
  if (options.length > 1) return { kind: 'union', options }
  return options[0] ?? (sawNone ? NOTHING : null)
}

/** The options of a union, or the value alone. */
export function optionsOf(value: Value | null): readonly Value[] {
  return value === null ? [] : value.kind === 'union' ? value.options : [value]
}

function isSame(a: Value, b: Value): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  if (a.kind === 'outside') return true
  return 'definition' in a && 'definition' in b && a.definition === b.definition
}

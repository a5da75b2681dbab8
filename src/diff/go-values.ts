/** Infers the type of a Go variable from the text of its value: `var Now = func() time.Time { … }`. Pure. */

import { readSignature } from './signatures.ts'

const LITERALS: readonly (readonly [value: RegExp, type: string])[] = [
  [/^(?:"|`)/, 'string'],
  [/^'/, 'rune'],
  [/^(?:true|false)$/, 'bool'],
  [/^-?(?:0[xXbBoO])?[\da-fA-F_]+$/, 'int'],
  [/^-?[\d_]{0,40}\.?[\d_]{1,40}(?:[eE][+-]?\d{1,9})?$/, 'float64'],
  [/^(?:errors\.New|fmt\.Errorf)\(/, 'error'],
]
/** `Options{…}`, `&pkg.Options{…}`, `[]string{…}`, `map[string]int{…}`. */
const COMPOSITE = /^(&?)((?:\[\w*\]|map\[[\w.*]+\]|\*)*[A-Za-z_][\w.]*)\s*\{/
const ALLOCATION = /^(new|make)\(((?:\[\w*\]|map\[[\w.*]+\]|\*)*[A-Za-z_][\w.]*)[,)]/

/** @returns '' if the type is not in the text, as for a call or another variable. */
export function typeOfGoValue(value: string): string {
  const text = value.trim()
  if (/^func\s*\(/.test(text)) return typeOfFunction(text)
  const [, allocator, allocated = ''] = ALLOCATION.exec(text) ?? []
  if (allocator !== undefined) return allocator === 'new' ? `*${allocated}` : allocated
  const [, pointer, type] = COMPOSITE.exec(text) ?? []
  if (type !== undefined) return `${pointer === '&' ? '*' : ''}${type}`
  return LITERALS.find(([form]) => form.test(text))?.[1] ?? ''
}

/** The type of a function, without the names of its parameters, which do not matter. */
function typeOfFunction(text: string): string {
  const { parameters, type } = readSignature(text.replace(/^func\s*/, 'value'), 'value', 'function', 'go')
  if (parameters === null) return ''
  const [result = ''] = type.split(/\s\{/)
  return `func(${parameters.map((one) => one.type).join(', ')}) ${result}`.trim()
}

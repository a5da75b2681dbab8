/** Parses names in prose, and compares them with signatures. */

import type { Component } from '#generate/model.ts'

/** The parts of a name, and its arguments if they are stated. */
export interface Name {
  readonly parts: readonly string[]
  /** Types or names of arguments; `null` without parentheses or with empty ones. */
  readonly args: readonly string[] | null
}

/** `run`, `Router.match()`, `std::vector`, `Map#get`, `Gson#toJson(Object, Type)`; marks of references before it. */
const NAME =
  /^(?:[A-Z]:|[a-z]{2,9}@)?[@~!.#&]*(?:::)?([\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|#)[\p{L}_$#][\p{L}\p{N}_$]*)*)[?!]?(?:<[^()]{0,60}>|\{[^()]{0,60}\})?(?:\(([^()]{0,200})\))?$/u
const MAX_LENGTH = 200
/** Parts that refer to the surrounding type. */
const HERE = new Set(['Self', 'self', 'super', 'this'])

export function readName(text: string): Name | null {
  const [, path, inside = ''] = text.length > MAX_LENGTH ? [] : (NAME.exec(text) ?? [])
  if (path === undefined) return null
  const parts = path.split(/\.|::|#/).filter((part, index) => part !== '' && !(index === 0 && HERE.has(part)))
  if (parts.length === 0) return null
  const args = inside.trim() === '' ? null : inside.split(',').map((arg) => arg.trim())
  return { parts, args }
}

/** Maximum number of characters examined before a word. */
const MAX_BEFORE = 200
/** Maximum nesting depth of types. */
const MAX_DEPTH = 20

/** Whether a word is the name of a parameter in a signature. */
export function isParameter(word: string, { kind, signature }: Component, language: string): boolean {
  const open = signature.indexOf('(')
  // The names in parentheses after a class name are its bases.
  if (open < 0 || (language === 'python' && kind === 'class')) return false
  for (let at = signature.indexOf(word, open); at >= 0; at = signature.indexOf(word, at + 1)) {
    if (/[\p{L}\p{N}_$.]/u.test((signature[at - 1] ?? '').replace('$', ''))) continue
    const after = signature.slice(at + word.length).trimStart()
    const before = signature
      .slice(Math.max(open, at - MAX_BEFORE), at)
      .replace(/(?:[&*\s]|\b(?:mut|dyn|impl|const))+$/, '')
    if (/^[\p{L}\p{N}_$]/u.test(signature[at + word.length] ?? '') || /(?:[^:]:|->)$/.test(before)) continue
    if (
      /^(?:[,)=?]|:(?!:))/.test(after) ||
      (after.startsWith('[') && /^c(?:pp)?$/.test(language)) ||
      (language === 'go' && /[(,]$/.test(before))
    )
      return true
  }
  return false
}

/** Whether the label of an overload has the types stated in prose, ignoring packages and type arguments. */
export function takes({ label }: Component, args: readonly string[]): boolean {
  const open = label?.indexOf('(') ?? -1
  if (label === undefined || open < 0) return false
  const own = label.slice(open + 1, -1)
  return plainTypes(own) === plainTypes(args.join(','))
}

function plainTypes(types: string): string {
  let plain = types
  for (let before = '', depth = 0; before !== plain && depth < MAX_DEPTH; depth++) {
    before = plain
    plain = plain.replace(/<[^<>]*>/g, '')
  }
  const parts = plain
    .split(',')
    .map((type) => /(?<![\w$])([\w$]+)[^\w$]*$/.exec(type.trim().split(/(?<!\s)\s+(?=\w+$)/)[0] ?? '')?.[0])
  return parts.join(',')
}

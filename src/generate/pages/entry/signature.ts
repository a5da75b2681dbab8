/** Wraps long signatures: one parameter, member or alternative per line. */

import { endOfQuote } from '#base/end-of-quote.ts'

const MAX_LINE = 90
/** An alias with a longer line after wrapping is shown by name only: nobody reads such a chain of conditions. */
const MAX_ALIAS = 250
const OPEN = '([{'
const CLOSE = ')]}'
/** The signature of a TypeScript class contains its constructors: `class A { constructor(b: B); constructor() }`. */
export const MADE = ' { constructor('

/** The constructors in the signature of a TypeScript class. */
export function constructorsIn(signature: string): string[] {
  const at = signature.endsWith(' }') ? signature.indexOf(MADE) : -1
  return at < 0 ? [] : signature.slice(at + 3, -2).split(/; (?=constructor\()/)
}
/** Languages without trailing commas. */
const NO_LAST_COMMA = new Set(['c', 'cpp', 'csharp', 'groovy', 'java', 'objc', 'objective-c', 'ruby', 'swift'])

/** The wrapped signature; for a type, with its constructors inside. */
export function signatureLines(signature: string, language: string | null, made: readonly string[] = []): string {
  const own = constructorsIn(signature)
  const wrap = (text: string): string => wrapSignature(text, language ?? '')
  const head = wrap(own.length === 0 ? signature : signature.slice(0, signature.indexOf(MADE)))
  const constructors = own.length === 0 ? made : own
  if (constructors.length === 0) return head
  const margin = language === 'python' ? '    ' : '  '
  const lines = constructors
    .flatMap((one) => wrap(one).split('\n'))
    .map((line) => margin + line)
    .join('\n')
  if (language === 'python') return `${head}:\n${lines}`
  return language === 'ruby' ? `${head}\n${lines}` : `${head} {\n${lines}\n}`
}

/** Short signatures, and those with unbalanced brackets, are returned unchanged. */
export function wrapSignature(signature: string, language = ''): string {
  if (signature.length <= MAX_LINE) return signature
  const endsWithComma = !NO_LAST_COMMA.has(language)
  const bare = withoutStrings(signature, language)
  if (/^enum\b/.test(signature))
    return brokenAt(signature, bare, outside(bare, '{')[0] ?? -1, ',', endsWithComma) ?? signature
  const isAlias = /^type\b/.test(signature)
  const open = outside(bare, '(')[0] ?? -1
  // In an alias, only what an arrow follows are parameters: `type A = (B extends C ? D : E) extends F ? G : H`.
  const isList = !isAlias || outside(bare, ' = ').length === 0 || /^ [=-]>/.test(bare.slice(closeOf(bare, open) + 1))
  const parameters = (): string | undefined => brokenAt(signature, bare, open, ',', endsWithComma && isList)
  const broken = isAlias
    ? (withMembers(signature, bare) ?? parameters())
    : (parameters() ?? withMembers(signature, bare))
  const wrapped = withConditions(broken ?? signature)
  const equals = isAlias && wrapped.split('\n').some((line) => line.length >= MAX_ALIAS) ? outside(bare, ' = ')[0] : -1
  return equals === undefined || equals < 0 ? wrapped : `${signature.slice(0, equals)} = …`
}

/** The offset of the bracket that closes the one at `open`; -1 without one. */
function closeOf(bare: string, open: number): number {
  let depth = 0
  for (let at = Math.max(0, open); at < bare.length; at++) {
    if (OPEN.includes(bare[at] ?? '')) depth += 1
    else if (CLOSE.includes(bare[at] ?? '')) depth -= 1
    if (depth === 0) return at
  }
  return -1
}

/** Breaks lines after the bracket at `start` and after every separator directly inside it. `undefined` if that is impossible. */
function brokenAt(
  signature: string,
  bare: string,
  start: number,
  marks: string,
  endsWithComma = false,
): string | undefined {
  if (start === -1) return undefined
  const parts: string[] = []
  let depth = 0
  let from = start + 1
  for (let at = start; at < signature.length; at++) {
    const sign = bare[at] ?? ''
    if (OPEN.includes(sign) || sign === '<') depth += 1
    else if (CLOSE.includes(sign) || (sign === '>' && !isArrow(bare, at))) depth -= 1
    if (depth < 0) return undefined
    if (depth === 1 && marks.includes(sign)) {
      parts.push(signature.slice(from, at + 1))
      from = at + 1
    }
    if (depth > 0) continue
    const last = signature.slice(from, at).trim()
    // No comma may follow a rest parameter.
    const end = endsWithComma && last !== '' && !/^(?:\.\.\.|\*\*)/.test(last) ? ',' : ''
    const lines = [...parts, last + end].map((part) => part.trim()).filter((part) => part !== '')
    if (lines.length === 0) return undefined
    return `${signature.slice(0, start + 1)}\n${lines.map((line) => `  ${line}`).join('\n')}\n${signature.slice(at)}`
  }
  return undefined
}

/** Breaks lines at the members of an object type, or at the alternatives of a union. */
function withMembers(signature: string, bare: string): string | undefined {
  const equals = outside(bare, ' = ')[0] ?? -1
  const alternatives = outside(bare, ' | ').filter((at) => at > equals)
  // Bars after an arrow or a condition separate alternatives of a part only.
  const isPart = [' => ', ' ? '].some((mark) => outside(bare, mark).some((at) => at > equals))
  if (equals >= 0 && alternatives.length > 0 && !isPart) {
    const bounds = [equals + 3, ...alternatives.map((at) => at + 3)]
    const parts = bounds.map((from, index) => signature.slice(from, (bounds[index + 1] ?? signature.length + 3) - 3))
    return `${signature.slice(0, equals)} =\n${parts.map((part) => `  | ${part}`).join('\n')}`
  }
  const open = outside(bare, '{')[0] ?? -1
  return signature.endsWith('}') ? brokenAt(signature, bare, open, ';') : undefined
}

/** Puts a `where` clause on its own line. */
function withConditions(signature: string): string {
  const last = signature.lastIndexOf('\n') + 1
  return signature.length - last <= MAX_LINE
    ? signature
    : signature.slice(0, last) + signature.slice(last).replace(/ (?=where \w)/, '\n  ')
}

/** The positions of a text outside brackets. */
function outside(signature: string, text: string): number[] {
  const found: number[] = []
  let depth = 0
  for (let at = 0; at < signature.length; at++) {
    const sign = signature[at] ?? ''
    if (depth === 0 && signature.startsWith(text, at)) found.push(at)
    if (OPEN.includes(sign) || sign === '<') depth += 1
    else if (CLOSE.includes(sign) || (sign === '>' && !isArrow(signature, at))) depth -= 1
  }
  return found
}

/** Replaces strings with spaces, keeping the length. */
function withoutStrings(signature: string, language: string): string {
  let bare = ''
  for (let at = 0; at < signature.length; at++) {
    const sign = signature[at] ?? ''
    const end = sign === '"' || sign === "'" || sign === '`' ? endOfQuote(signature, at) : -1
    // A lifetime of Rust.
    const isText = end >= 0 && !(language === 'rust' && sign === "'" && end > at + 3)
    bare += isText ? ' '.repeat(end + 1 - at) : sign
    if (isText) at = end
  }
  return bare
}

function isArrow(signature: string, at: number): boolean {
  return signature[at - 1] === '=' || signature[at - 1] === '-'
}

/** Reads the parameters in the signature of a function. Works on text, without a grammar. */

import { endOfQuote } from '#base/end-of-quote.ts'
import { afterAttributes } from './attributes.ts'

const OPEN = '([{<'
const CLOSE = ')]}>'
/** Operators of default values that look like brackets: `flags = 1 << 4`. */
const SHIFT_OR_COMPARISON = /\s(?:<<|>>>?|[<>]=)(?=\s)/y
/** Languages that write the name of a parameter before its type, or no type at all. */
const NAME_FIRST = new Set('go javascript jsx kotlin python ruby rust scala swift tsx typescript vue svelte'.split(' '))
/** Words before a type that do not distinguish overloads. */
const MODIFIERS =
  /^(?:(?:final|this|scoped|implicit|using|inout|vararg|crossinline|noinline|public|protected|private|readonly|override)\s+)+/
const ATTRIBUTES = /^(?:@[\w.:]+(?:\([^()]*\))?\s*|\[\[?[^[\]]*\]\]?\s*)+/
/** A parameter of Go with a name, or a type that is a name alone; `[]byte` and `chan int` are types. */
const GO_NAMED = /^(?!(?:chan|func|interface|map|struct)\b)([\p{L}_][\p{L}\p{N}_]*)(?:\s+(\S.*))?$/su
const BUILT_IN = /^(?:int|char|long|short|float|double|bool|void|auto|unsigned|signed|const|volatile)$/
/** An attribute macro after a name: `LIB_LIFETIME`. */
const MACRO = /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/
const QUALIFIERS = /^(?:(?:const|volatile|struct|enum|union|class|typename|unsigned|signed|ref|out|in|params)\s*)+$/
/** Receivers, and symbols that separate groups of parameters. */
export const NO_PARAMETER = /^(?:(?:&(?:'\w+ )?)?(?:mut )?self(?:: .*)?|this: .*|cls|void|\*|\/|\.\.\.)$/
const NAME = /^(?:\.\.\.|[*&]{1,2}(?=\w))?[\p{L}_$][\p{L}\p{N}_$]*[?!]?$/u

/** The parameters as written; `null` if the signature has no list of them, or is truncated inside it. */
export function parametersOf(signature: string, name: string): string[] | null {
  return parameterList(signature, name)?.parts ?? null
}

/** The parameters as written, with the offsets of the opening parenthesis and after the closing one. */
export function parameterList(signature: string, name: string): { parts: string[]; open: number; end: number } | null {
  const open = listStart(signature, name)
  if (open < 0) return null
  const parts: string[] = []
  let depth = 0
  let from = open + 1
  for (let at = open; at < signature.length; at++) {
    const character = signature[at] ?? ''
    if (character === '"' || character === "'") {
      const end = endOfQuote(signature, at)
      // A Rust lifetime is not a string; a default value is.
      if (
        end > 0 &&
        (character === '"' || end - at <= 3 || signature[at - 1] === '=' || signature.startsWith('= ', at - 2))
      )
        at = end
      continue
    }
    if (isArrowHead(signature, at)) continue
    if (character === '<' || character === '>') {
      SHIFT_OR_COMPARISON.lastIndex = at - 1
      if (SHIFT_OR_COMPARISON.test(signature)) {
        at = SHIFT_OR_COMPARISON.lastIndex - 1
        continue
      }
    }
    // `<-chan int` of Go; `Grid<-1>` of C++ is a list of arguments.
    if (character === '<' && signature[at + 1] === '-' && !/\d/.test(signature[at + 2] ?? '')) continue
    if (OPEN.includes(character)) depth++
    else if (CLOSE.includes(character)) depth--
    if (depth > 1 || (depth === 1 && character !== ',')) continue
    parts.push(signature.slice(from, at).trim())
    from = at + 1
    if (depth === 0) return { parts: parts.filter((part) => part !== ''), open, end: from }
  }
  return null
}

/** The receiver type of an extension function: `Path` for `fun Path.source()`. */
export function receiverOf(signature: string, name: string): string | null {
  const end = signature.indexOf(`.${name}(`)
  let depth = 0
  for (let at = end - 1; at >= 0; at--) {
    const character = signature[at] ?? ''
    if (isArrowHead(signature, at)) continue
    if (CLOSE.includes(character)) depth++
    else if (OPEN.includes(character)) depth--
    if (character === ' ' && depth <= 0) return signature.slice(at + 1, end)
  }
  return null
}

/** Offset of the parenthesis after the name of the function, or after its type parameters. */
function listStart(signature: string, name: string): number {
  if (name === '') return -1
  // The arguments of an attribute may contain the name: `@available(*, deprecated, message: "Use init(b:).")`.
  const from = signature.startsWith('@') ? signature.length - afterAttributes(signature).length : 0
  for (let at = signature.indexOf(name, from); at >= 0; at = signature.indexOf(name, at + 1)) {
    if (/[\w$@"'[]/.test(signature[at - 1] ?? '')) continue
    const rest = signature.slice(at + name.length)
    const open = /^\s*(?:<[^()]*>\s*|\[[^()]*\]\s*)?(?=\()/.exec(rest)
    if (open !== null) return at + name.length + open[0].length
  }
  return -1
}

/** The text that distinguishes a parameter in overloads: its type, or its name if it has no type. */
export function typeOf(parameter: string, language: string): string {
  const plain = withoutDefault(parameter).replace(ATTRIBUTES, '').replace(MODIFIERS, '').trim()
  if (NAME_FIRST.has(language)) {
    const colon = /^[^:([{<]*:(?!:)\s*/.exec(plain)
    return colon === null || colon[0].length === plain.length ? plain : plain.slice(colon[0].length)
  }
  const [, type = '', name = '', rank = ''] = /^(.*[\s*&>\]?.])([A-Za-z_$][\w$]*)((?:\[[^[\]]*\])*)$/.exec(plain) ?? []
  if (name === '' || BUILT_IN.test(name) || QUALIFIERS.test(type)) return plain
  if (MACRO.test(name)) return typeOf(type, language)
  return type.trimEnd() + rank
}

/** The parts of a parameter; '' for a part it lacks. */
export interface Parameter {
  /** The name with the symbols for how it is passed: `*args`, `...rest`, `&block`, `key:`. */
  name: string
  type: string
  default: string
}

/** The parts of the parameters, without the receiver; `null` if the signature has no list of them. */
export function readParameters(signature: string, name: string, language: string): Parameter[] | null {
  const all = parametersOf(signature, name)
  if (all === null) return null
  const read = all.filter((one) => !NO_PARAMETER.test(one)).map((one) => readParameter(one, language))
  // `a, b int` of Go: the type follows the last of them.
  if (language === 'go') {
    // `Set(Key, any)` of an interface: types alone.
    if (!read.some(({ name: own, type }) => own !== '' && type !== ''))
      return read.map((one) => (one.type === '' ? { ...one, name: '', type: one.name } : one))
    for (let at = read.length - 2; at >= 0; at--) {
      const [one, next] = [read[at], read[at + 1]]
      if (one?.type === '' && next !== undefined) one.type = next.type.replace(/^\.\.\./, '')
    }
  }
  return read
}

export function readParameter(written: string, language: string): Parameter {
  if (language === 'go') {
    const [, name = '', type = ''] = GO_NAMED.exec(written) ?? []
    return name === '' ? { name: '', type: written, default: '' } : { name, type, default: '' }
  }
  const plain = written.replace(ATTRIBUTES, '').trim()
  const head = withoutDefault(plain)
  const value = plain.slice(head.length).replace(/^\s*=\s*/, '')
  const body = head.replace(MODIFIERS, '').trim()
  if (language === 'ruby') {
    const [, key, rest = ''] = /^(\w+:)(.*)$/s.exec(body) ?? []
    return key === undefined ? { name: body, type: '', default: value } : { name: key, type: '', default: rest.trim() }
  }
  if (NAME_FIRST.has(language)) {
    const colon = nameEnd(body)
    const name = (colon < 0 ? body : body.slice(0, colon))
      .replace(/^(?:mut|val|var|readonly|public|private|protected)\s+/, '')
      .trim()
    return { name, type: colon < 0 ? '' : body.slice(colon + 1).trim(), default: value }
  }
  const pointer = /^([^()]*\(\s*[*^&]\s*)([A-Za-z_]\w*)(\s*\).*)$/.exec(body)
  if (pointer !== null) return { name: pointer[2] ?? '', type: `${pointer[1]}${pointer[3]}`, default: value }
  const { type, name, rank } = splitLast(body)
  if (name === '' || (type.trim() === '' && !name.includes('$') && language !== 'php')) {
    return language === 'php' || language === 'bash'
      ? { name: body, type: '', default: value }
      : { name: '', type: body, default: value }
  }
  if (BUILT_IN.test(name) || QUALIFIERS.test(type)) return { name: '', type: body, default: value }
  return { name, type: `${type.trim()}${rank}`, default: value }
}

/** `Type name[4]`: the name at the end with its symbols, the text before it, and the brackets after it. */
function splitLast(text: string): { type: string; name: string; rank: string } {
  let end = text.length
  while (text[end - 1] === ']' && text.lastIndexOf('[', end - 1) > 0) end = text.lastIndexOf('[', end - 1)
  let start = end
  while (start > 0 && /[\w$]/.test(text[start - 1] ?? '')) start--
  if (start === end) return { type: text, name: '', rank: '' }
  // `...$rest` and `&$value` of PHP.
  if (text[start - 1] === '&' && text[start] === '$') start--
  if (start >= 3 && text.startsWith('...', start - 3) && text[start] === '$') start -= 3
  return { type: text.slice(0, start), name: text.slice(start, end), rank: text.slice(end) }
}

/** Offset of the colon after a name, which may be a destructuring pattern. */
function nameEnd(parameter: string): number {
  let depth = 0
  for (let at = 0; at < parameter.length; at++) {
    const character = parameter[at] ?? ''
    if (OPEN.includes(character)) depth++
    else if (CLOSE.includes(character)) depth--
    else if (character === ':' && depth === 0 && parameter[at + 1] !== ':' && parameter[at - 1] !== ':') return at
  }
  return -1
}

/** Whether the text where a name is expected is one, and not a pattern or a type. */
export function isName(name: string): boolean {
  return NAME.test(name) || /^\w+:$/.test(name)
}

/** The name inside the body: Swift writes the label of callers before it, `from start`. */
export function internalParameter(parameter: Parameter): Parameter {
  return { ...parameter, name: parameter.name.replace(/^(\w+) _$/, '$1').replace(/^\w+ (?=\w+$)/, '') }
}

/** A name without its symbols, as doc comments write it. */
export function bareName(name: string): string {
  const isSymbol = (character: string | undefined, more = ''): boolean =>
    character !== undefined && !/[\p{L}\p{N}_]/u.test(character) && !(more !== '' && more.includes(character))
  let [start, end] = [0, name.length]
  while (start < end && isSymbol(name[start])) start++
  while (end > start && isSymbol(name[end - 1], '])')) end--
  return name.slice(start, end)
}

/** Whether the character is the `>` of `->` or `=>`, which closes nothing. */
const isArrowHead = (text: string, at: number): boolean => text[at] === '>' && /[-=]/.test(text[at - 1] ?? '')

function withoutDefault(parameter: string): string {
  let depth = 0
  for (let at = 0; at < parameter.length; at++) {
    const character = parameter[at] ?? ''
    if (isArrowHead(parameter, at)) continue
    if (OPEN.includes(character)) depth++
    else if (CLOSE.includes(character)) depth--
    else if (character === '=' && depth === 0 && parameter[at + 1] !== '>') return parameter.slice(0, at).trimEnd()
  }
  return parameter
}

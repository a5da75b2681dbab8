/** Splits a signature into parts that can be compared: parameters, types, modifiers, bases. Works on text, without a grammar. */

import { bareName, NO_PARAMETER, parameterList, readParameter, readParameters } from '#generate/signature-parameters.ts'
import { readValue } from '#generate/signature-values.ts'
import { isScript, isTypeScript } from './language-rules.ts'
import { closingOf, splitAt } from './split-at.ts'

export interface Parameter {
  /** Without the symbols that say how it is passed; '' if it has none. */
  name: string
  type: string
  default: string
  /** Callers may leave it out. */
  isOptional: boolean
  /** By position, by name, or either; `rest` takes the remaining positional arguments, `keywords` the remaining named ones. */
  kind: 'position' | 'name' | 'either' | 'rest' | 'keywords'
}

export interface Signature {
  /** `null` if this is not a function, or the signature is cut off. */
  parameters: Parameter[] | null
  /** The result type of a function, the type of anything else; '' when not written. */
  type: string
  /** The value of a constant or a field. */
  value: string
  /** `name?` of TypeScript. */
  isOptional: boolean
  /** `<T extends U>` without its brackets. */
  typeParameters: string
  /** Words of the declaration before the name, and some after the parameters: `static`, `readonly`, `const`. */
  modifiers: ReadonlySet<string>
  /** Declared exceptions; sorted. */
  errors: string[]
}

/** Languages in which the result type precedes the name. */
const TYPE_FIRST = new Set(['c', 'cpp', 'csharp', 'java', 'groovy'])
/** Words before a name that are not types. */
const WORDS = new Set(
  'abstract actual async classmethod companion const constexpr consteval crossinline data declare def default delegate event expect explicit export extern external fileprivate final fn fun func function get implicit infix init inline inner internal lateinit lazy let mutating native new noexcept open operator override package partial private property protected pub public readonly required rethrows sealed set static staticmethod strictfp suspend synchronized tailrec template transient type typedef unsafe val value var virtual volatile weak'.split(
    ' ',
  ),
)

/** @param kind - The kind of the definition. */
export function readSignature(signature: string, name: string, kind: string, language: string): Signature {
  const text = withoutAnnotations(signature)
  const list = kind === 'function' || kind === 'method' || kind === 'macro' ? parameterList(text, name) : null
  const at = list === null ? wordAt(text, name) : text.lastIndexOf(name, list.open)
  const before = at < 0 ? '' : text.slice(0, at)
  const words = before.split(/[^\w]+/).filter((word) => WORDS.has(word))
  if (list === null) {
    const { type = '', value = '' } = readValue(text, name, language) ?? {}
    return {
      parameters: null,
      // `A, B Hook`: the type follows the last name.
      type: typeText(language === 'go' ? type.replace(/^(?:, ?\w+)+ /, '') : type, language),
      value,
      isOptional: isTypeScript(language) && text[at + name.length] === '?',
      typeParameters: isTyped(kind) ? bracketsAt(text, at + name.length) : '',
      modifiers: new Set(words),
      errors: [],
    }
  }
  const after = text.slice(list.end).trim()
  const typed = typeText(before, language)
  // `public <T> List<T> of()`
  const leading = bracketsAt(typed, 0)
  // `auto size() -> int` of C++ has its type at the end.
  const isTypeFirst = TYPE_FIRST.has(language) && !(typed === 'auto' && after.includes('->'))
  const { result, errors } = isTypeFirst
    ? { result: leading === '' ? typed : typed.slice(leading.length + 2).trim(), errors: thrownIn(after) }
    : resultAfter(after, language)
  return {
    parameters: language === 'python' ? pythonParameters(list.parts) : parametersFrom(text, name, language, list.parts),
    type: result,
    value: '',
    isOptional: false,
    typeParameters: bracketsAt(text, at + name.length) || leading,
    modifiers: new Set([...words, ...trailing(after)]),
    errors,
  }
}

const isTyped = (kind: string): boolean => /^(?:class|struct|interface|trait|enum|type)$/.test(kind)

/** Removes annotations such as `@Nullable`. */
function withoutAnnotations(signature: string): string {
  return signature.replace(/(?:^|(?<=\s))@[\w.]+(?:\((?:[^()"]|"[^"]*")*\))?\s+/g, '').trim()
}

/** A type without modifiers; `const` is part of a type in C. */
function typeText(text: string, language: string): string {
  const isType = (word: string): boolean => !WORDS.has(word) || (word === 'const' && /^c(?:pp)?$/.test(language))
  return text.trim().split(/\s+/).filter(isType).join(' ')
}

function resultAfter(after: string, language: string): { result: string; errors: string[] } {
  if (language === 'go') return { result: goResult(after), errors: [] }
  const plain = afterParameterLists(after, language).replace(
    /^(?:(?:&|(?:const|noexcept|override|final|async|rethrows|throws)\b(?:\([^()]*\))?) ?)+/,
    '',
  )
  if (!/^(?:->|:)/.test(plain)) return { result: '', errors: [] }
  const [result = ''] = plain.replace(/^(?:->|:)/, '').split(' where ')
  return { result: result.trim(), errors: [] }
}

/** The text after the remaining parameter lists of a Scala method: `: Plan` of `(b: Int)(implicit c: Context): Plan`. */
function afterParameterLists(after: string, language: string): string {
  let rest = after
  while (language === 'scala' && rest.startsWith('(')) {
    const close = closingOf(rest, 0)
    if (close < 0) return rest
    rest = rest.slice(close + 1).trim()
  }
  return rest
}

/** Result types of Go without the names of the results. */
function goResult(after: string): string {
  if (!after.startsWith('(')) return after
  const read = readParameters(`f${after}`, 'f', 'go') ?? []
  const isNamed = read.some(({ name }) => name !== '') && read.every(({ type }) => type !== '')
  const types = read.map(({ name, type }) => (isNamed || name === '' ? type : `${name} ${type}`.trim()))
  return types.length === 1 ? (types[0] ?? '') : `(${types.join(', ')})`
}

function thrownIn(text: string): string[] {
  const [, list = ''] = /\bthrows\s+([^{;]*)/.exec(text) ?? []
  return splitAt(list, ',')
    .filter((one) => one !== '')
    .sort()
}

/** Words after the parameters: `const` and `override` of C++, `throws` of Swift. */
function trailing(after: string): string[] {
  return (/^(?:(?:const|noexcept|override|final|throws|async)\b\s*)+/.exec(after)?.[0] ?? '')
    .split(/\s+/)
    .filter(Boolean)
}

/** The text inside the `<…>` or `[…]` that begins at an offset; '' if there is none. */
function bracketsAt(text: string, at: number): string {
  if (text[at] !== '<' && text[at] !== '[') return ''
  const close = closingOf(text, at)
  return close < 0 ? '' : text.slice(at + 1, close)
}

/** Parameters by position, by name, or either, according to `/`, `*` and `*args`. */
function pythonParameters(parts: readonly string[]): Parameter[] {
  const parameters: Parameter[] = []
  let kind: Parameter['kind'] = 'either'
  for (const part of parts) {
    if (part === '/') {
      for (const one of parameters) if (one.kind === 'either') one.kind = 'position'
    } else if (part === '*') kind = 'name'
    else if (!NO_PARAMETER.test(part)) {
      const { name, type, default: value } = readParameter(part, 'python')
      // Before `/` existed, names such as `__callback` marked parameters by position.
      const isHidden = /^__(?!.*__$)/.test(name)
      if (isHidden && /^__(?:self|cls)$/.test(name)) continue
      const rest = name.startsWith('**') ? 'keywords' : name.startsWith('*') ? 'rest' : undefined
      const isOptional = value !== '' || rest !== undefined
      parameters.push({
        name: name.replace(/^\*+/, ''),
        type,
        default: value,
        isOptional,
        kind: rest ?? (isHidden ? 'position' : kind),
      })
      if (rest === 'rest') kind = 'name'
    }
  }
  return parameters
}

/** @param parts - The parameters as written. */
function parametersFrom(
  signature: string,
  name: string,
  language: string,
  parts: readonly string[],
): Parameter[] | null {
  const read = readParameters(signature, name, language)
  const written = parts.filter((part) => !NO_PARAMETER.test(part))
  return (
    read?.map((one, index): Parameter => {
      const isRest =
        /^(?:\.\.\.|\*(?!\*))/.test(one.name) ||
        /\.\.\.|^params\s/.test(one.type) ||
        (language === 'scala' && one.type.endsWith('*')) ||
        (language === 'kotlin' && /^(?:\w+\s+){0,3}vararg\s/.test(written[index] ?? ''))
      const isKeywords = language === 'ruby' && one.name.startsWith('**')
      const isKey = language === 'ruby' && one.name.endsWith(':')
      const isBlock = language === 'ruby' && one.name.startsWith('&')
      const isOptional = one.default !== '' || isRest || isKeywords || isBlock || one.name.endsWith('?')
      // Callers of Swift write the label, `from` of `from start`, and none for `_ start`.
      const [, label, inner = ''] = (language === 'swift' && /^(\w+) (\w+)$/.exec(one.name)) || []
      const isUnlabelled = label === '_'
      const kind = isKeywords ? 'keywords' : isRest ? 'rest' : isKey ? 'name' : isUnlabelled ? 'position' : 'either'
      return {
        name: isUnlabelled ? inner : (label ?? bareName(one.name)),
        type: one.type,
        default: one.default,
        isOptional,
        kind,
      }
    }) ?? null
  )
}

/** Supertypes by their unqualified names, in the order of the declaration. */
export function basesIn(signature: string, name: string, language: string): string[] {
  const at = wordAt(signature, name)
  const rest = at < 0 ? '' : signature.slice(at + name.length)
  const own = (list: string): string[] =>
    splitAt(list, ',')
      .map((one) => one.replace(/^(?:(?:public|protected|private|virtual)\s+)+/, '').replace(/[<[({\s].*$/s, ''))
      .map((one) => one.slice(Math.max(one.lastIndexOf('.'), one.lastIndexOf('\\')) + 1))
      .filter((one) => one !== '' && !one.includes('='))
  if (language === 'python') {
    const list = rest.startsWith('[') ? rest.slice(closingOf(rest, 0) + 1) : rest
    const parts = list.startsWith('(') ? splitAt(list.slice(1, list.lastIndexOf(')')), ',') : []
    return own(parts.filter((part) => !/^\w+\s*=/.test(part)).join(','))
  }
  if (isScript(language) || /^(?:java|groovy|php|scala)$/.test(language)) {
    // The bound in `Base<T extends Plan>` is not a base.
    const head = outsideBrackets(rest).replace(/\bpermits\b.*$/s, '')
    return head
      .split(/\b(?:extends|implements|with)\b/)
      .slice(1)
      .flatMap(own)
  }
  if (/^(?:cpp|csharp|kotlin|swift)$/.test(language)) {
    const [, list = ''] = splitAt(rest.replace(/\bwhere\b.*$/s, '').replaceAll('::', '.'), ':')
    return own(list)
  }
  return []
}

/** The text up to the body, without the contents of `<…>`, `[…]` and `(…)`. */
export function outsideBrackets(text: string): string {
  let [depth, found] = [0, '']
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if ('<[('.includes(character)) depth++
    else if ('>])'.includes(character) && !(character === '>' && /[-=]/.test(text[at - 1] ?? ''))) depth--
    else if (depth === 0 && character === '{') break
    else if (depth === 0) found += character
  }
  return found
}

function wordAt(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\w$]/.test(text[at - 1] ?? '') && !/[\w$]/.test(text[at + word.length] ?? '')) return at
  }
  return -1
}

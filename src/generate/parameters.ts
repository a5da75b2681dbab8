/** What a signature says of parameters and values. Texts only: no grammar, no other file. */

const OPEN = '([{<'
const CLOSE = ')]}>'
/** Languages that write the name of a parameter before its type, or no type at all. */
const NAME_FIRST = new Set('go javascript jsx kotlin python ruby rust scala swift tsx typescript vue svelte'.split(' '))
/** Words before a type that do not tell it from others. */
const MODIFIERS = /^(?:(?:final|this|scoped|implicit|using|inout|vararg|crossinline|noinline)\s+)+/
const ATTRIBUTES = /^(?:@[\w.:]+(?:\([^()]*\))?\s*|\[\[?[^[\]]*\]\]?\s*)+/
const BUILT_IN = /^(?:int|char|long|short|float|double|bool|void|auto|unsigned|signed|const|volatile)$/
/** A mark for the compiler behind a name: `LIB_LIFETIME`. */
const MACRO = /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/
const QUALIFIERS = /^(?:(?:const|volatile|struct|enum|union|class|typename|unsigned|signed|ref|out|in|params)\s*)+$/

/**
 * The parameters as they are written.
 *
 * @returns `null` where the signature has no list of them, or is cut within it.
 */
export function parametersOf(signature: string, name: string): string[] | null {
  const open = listStart(signature, name)
  if (open < 0) return null
  const parts: string[] = []
  let depth = 0
  let from = open + 1
  for (let at = open; at < signature.length; at++) {
    const sign = signature[at] ?? ''
    if (sign === '"' || sign === "'") {
      const end = signature.indexOf(sign, at + 1)
      // A lifetime of Rust is no text.
      if (end > 0 && (sign === '"' || end - at <= 3)) at = end
      continue
    }
    if (sign === '>' && /[-=]/.test(signature[at - 1] ?? '')) continue
    if (OPEN.includes(sign)) depth++
    else if (CLOSE.includes(sign)) depth--
    if (depth > 1 || (depth === 1 && sign !== ',')) continue
    parts.push(signature.slice(from, at).trim())
    from = at + 1
    if (depth === 0) return parts.filter((part) => part !== '')
  }
  return null
}

/** The type before the name of a function that is added to it: `Path` of `fun Path.source()`. */
export function receiverOf(signature: string, name: string): string | null {
  const end = signature.indexOf(`.${name}(`)
  let depth = 0
  for (let at = end - 1; at >= 0; at--) {
    const sign = signature[at] ?? ''
    if (CLOSE.includes(sign)) depth++
    else if (OPEN.includes(sign)) depth--
    if (sign === ' ' && depth <= 0) return signature.slice(at + 1, end)
  }
  return null
}

/** The parenthesis behind the name of the function, or behind its type parameters. */
function listStart(signature: string, name: string): number {
  for (let at = signature.indexOf(name); at >= 0; at = signature.indexOf(name, at + 1)) {
    if (/[\w$@"'[]/.test(signature[at - 1] ?? '')) continue
    const rest = signature.slice(at + name.length)
    const open = /^\s*(?:<[^()]*>\s*|\[[^()]*\]\s*)?(?=\()/.exec(rest)
    if (open !== null) return at + name.length + open[0].length
  }
  return -1
}

/** What tells a parameter from one of another overload: its type, or its name where it has none. */
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

/** A parameter by its parts; '' for what it does not say. */
export interface Parameter {
  /** With the marks that tell how it takes: `*args`, `...rest`, `&block`, `key:`. */
  name: string
  type: string
  default: string
}

/** Receivers, and marks that part parameters by how they are passed. */
const NO_PARAMETER = /^(?:(?:&(?:'\w+ )?)?(?:mut )?self(?:: .*)?|this: .*|cls|void|\*|\/|\.\.\.)$/
const NAME = /^(?:\.\.\.|[*&]{1,2}(?=\w))?[\p{L}_$][\p{L}\p{N}_$]*[?!]?$/u

/** The parameters of a function as a table has them, its receiver left out; `null` where the signature has no list of them. */
export function readParameters(signature: string, name: string, language: string): Parameter[] | null {
  const all = parametersOf(signature, name)
  if (all === null) return null
  const read = all.filter((one) => !NO_PARAMETER.test(one)).map((one) => readParameter(one, language))
  // `a, b int` of Go: the type stands behind the last of them.
  if (language === 'go' && read.some(({ name: own, type }) => own !== '' && type !== '')) {
    for (let at = read.length - 2; at >= 0; at--) {
      const [one, next] = [read[at], read[at + 1]]
      if (one?.type === '' && next !== undefined) one.type = next.type.replace(/^\.\.\./, '')
    }
  }
  return read
}

function readParameter(written: string, language: string): Parameter {
  const plain = written.replace(ATTRIBUTES, '').trim()
  const head = withoutDefault(plain)
  const value = plain.slice(head.length).replace(/^\s*=\s*/, '')
  const body = head.replace(MODIFIERS, '').trim()
  if (language === 'ruby') {
    const [, key, rest = ''] = /^(\w+:)(.*)$/s.exec(body) ?? []
    return key === undefined ? { name: body, type: '', default: value } : { name: key, type: '', default: rest.trim() }
  }
  if (language === 'go') {
    const [, name = '', type = ''] = /^([\p{L}_][\p{L}\p{N}_]*)(?:\s+(\S.*))?$/u.exec(body) ?? []
    return name === '' ? { name: '', type: body, default: '' } : { name, type, default: '' }
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

/** `Type name[4]`: the name at the end with its marks, what stands before it, and the brackets behind it. */
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

/** The colon behind a name, which may be a pattern of several. */
function nameEnd(parameter: string): number {
  let depth = 0
  for (let at = 0; at < parameter.length; at++) {
    const sign = parameter[at] ?? ''
    if (OPEN.includes(sign)) depth++
    else if (CLOSE.includes(sign)) depth--
    else if (sign === ':' && depth === 0 && parameter[at + 1] !== ':' && parameter[at - 1] !== ':') return at
  }
  return -1
}

/** Whether what stands for the name of a parameter is one, and no pattern or type. */
export function isName(name: string): boolean {
  return NAME.test(name) || /^\w+:$/.test(name)
}

/** A name without its marks, as doc comments have it. */
export function bareName(name: string): string {
  const isMark = (sign: string | undefined, more = ''): boolean =>
    sign !== undefined && !/[\p{L}\p{N}_]/u.test(sign) && !(more !== '' && more.includes(sign))
  let [start, end] = [0, name.length]
  while (start < end && isMark(name[start])) start++
  while (end > start && isMark(name[end - 1], '])')) end--
  return name.slice(start, end)
}

/**
 * What the signature of a value says behind or before its name: its type and what it is set to. `null` where the name does not
 * stand in it as its own word.
 */
export function readValue(signature: string, name: string, language: string): { type: string; value: string } | null {
  const at = wordAt(signature, name)
  // `attr_reader :name`
  if (at < 0 || (language === 'ruby' && at > 0)) return null
  const [before, after] = [signature.slice(0, at).replace(/\$$/, '').trim(), signature.slice(at + name.length).trim()]
  const [, typed = after, value = ''] = /^(.*?)(?<![=!<>])=(?![=>])(.*)$/s.exec(after) ?? []
  const behind = typed.trim()
  if (language === 'go') return { type: behind, value: value.trim() }
  const words = before
    .replace(/\b(?:val|var|let|const|public|export|declare|attr_\w+|pub)\b(?:\([^()]*\))?/g, '')
    .trim()
  if (/^[?!]?:/.test(behind))
    return { type: `${words} ${behind.replace(/^[?!]?:\s*/, '')}`.trim(), value: value.trim() }
  // `int x[4]`, `public string Name { get; set; }`
  return { type: `${words}${/^\[/.test(behind) ? behind : ''}`.trim(), value: value.trim() }
}

function wordAt(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isWord = !/[\p{L}\p{N}_]/u.test(text[at - 1] ?? '') && !/[\p{L}\p{N}_$]/u.test(text[at + word.length] ?? '')
    if (isWord || word.startsWith('$') || word.startsWith('[')) return at
  }
  return -1
}

function withoutDefault(parameter: string): string {
  let depth = 0
  for (let at = 0; at < parameter.length; at++) {
    const sign = parameter[at] ?? ''
    const isArrow = sign === '>' && /[-=]/.test(parameter[at - 1] ?? '')
    if (OPEN.includes(sign)) depth++
    else if (CLOSE.includes(sign) && !isArrow) depth--
    else if (sign === '=' && depth === 0 && parameter[at + 1] !== '>') return parameter.slice(0, at).trimEnd()
  }
  return parameter
}

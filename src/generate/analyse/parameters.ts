/** The parameters of a function as its signature says them. Texts only: no grammar, no other file. */

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

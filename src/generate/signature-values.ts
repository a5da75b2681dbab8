/** Reads the type and value in the signature of a variable or field. Works on text, without a grammar. */

export interface SignatureValue {
  type: string
  value: string
  /** `name?: string` */
  isOptional: boolean
}

/**
 * The type and value of a variable or field, from the text before and after its name. `null` if the name is not a word
 * of the signature.
 */
export function readValue(signature: string, name: string, language: string): SignatureValue | null {
  const at = TYPE_FIRST.has(language) ? lastWordBefore(signature, name) : wordAt(signature, name)
  // `attr_reader :name`
  if (at < 0 || (language === 'ruby' && at > 0)) return null
  const before = signature.slice(0, at).replace(/\$$/, '').trim()
  const after = signature.slice(at + name.length).trim()
  // A `=` in a Go struct tag is part of the tag.
  if (language === 'go' && /^[^=]*["`]/.test(after)) return { type: after, value: '', isOptional: false }
  const equals = equalsIn(after)
  const [typed, value] = equals < 0 ? [after, ''] : [after.slice(0, equals), after.slice(equals + 1)]
  const typeText = typed.trim()
  if (language === 'go') return { type: typeText, value: value.trim(), isOptional: false }
  // In C, `const` may apply to the target of a pointer or to the field.
  const keywords = language === 'c' || language === 'cpp' ? C_KEYWORDS : language === 'java' ? JAVA_KEYWORDS : KEYWORDS
  const words = before.replace(keywords, '').trim()
  // `void (*free)(void *)`
  if (TYPE_FIRST.has(language) && words.endsWith('*') && typeText.startsWith(')'))
    return { type: words + typeText, value: value.trim(), isOptional: false }
  const isOptional = /^\?(?::|$)/.test(typeText)
  if (isOptional || /^!?:/.test(typeText))
    return { type: joinModifiers(words, typeText.replace(/^[?!]?:?\s*/, '')), value: value.trim(), isOptional }
  // `int x[4]`, `public string Name { get; set; }`
  return { type: `${words}${/^\[/.test(typeText) ? typeText : ''}`.trim(), value: value.trim(), isOptional }
}

/** Languages in which the type precedes the name. */
const TYPE_FIRST = new Set(['c', 'cpp', 'csharp', 'java', 'groovy'])

/** Matches a literal with quotes at an offset; not lifetimes of Rust or the digits of `1'000` in C++. */
const LITERAL =
  /(?<![\p{L}\p{N}_])(?:'(?:[^'\\\n]|\\.){0,200}'|"(?:[^"\\\n]|\\.){0,200}"|`(?:[^`\\]|\\.){0,200}`)(?!\p{L})/uy

/**
 * Offset of the `=` before a value; one inside brackets, as in `<T = string>`, gives a default, and one in quotes is
 * part of a type. -1 if there is none.
 */
function equalsIn(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    LITERAL.lastIndex = at
    if (/['"`]/.test(text[at] ?? '') && LITERAL.test(text)) {
      at = LITERAL.lastIndex - 1
      continue
    }
    const [before = '', character = '', next = ''] = [text[at - 1], text[at], text[at + 1]]
    if ('<[({'.includes(character)) depth++
    else if (']})'.includes(character) || (character === '>' && !/[-=]/.test(before))) depth--
    else if (character === '=' && depth <= 0 && !/[=!<>]/.test(before) && !/[=>]/.test(next)) return at
  }
  return -1
}

/** Omits the field's `readonly` if the type has one too, as in `readonly deps: readonly string[]`. */
function joinModifiers(words: string, type: string): string {
  const modifiers = type.startsWith('readonly ') ? words.replace(/\breadonly$/, '').trim() : words
  return `${modifiers} ${type}`.trim()
}

const KEYWORDS = /(?:^case(?= |$))|\b(?:val|var|let|const|public|export|declare|pub)\b(?:\([^()]*\))?/g
/** In Java a field without `public` is visible in its package only. */
const JAVA_KEYWORDS = /\bvar\b/g
const C_KEYWORDS = /\b(?:public|export)\b/g

/** Offset of the last occurrence before a value, accessors or array brackets: in `Color Color`, the first is the type. */
function lastWordBefore(signature: string, name: string): number {
  const first = wordAt(signature, name)
  if (first < 0) return -1
  const end = /[={;:]|\[(?!\])/.exec(signature.slice(first + 1))
  const head = end === null ? signature : signature.slice(0, first + 1 + end.index)
  for (let at = head.lastIndexOf(name); at > first; at = head.lastIndexOf(name, at - 1))
    if (isWordAt(head, at, name)) return at
  return first
}

export function wordAt(text: string, word: string): number {
  if (word === '') return -1
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (isWordAt(text, at, word) || word.startsWith('$') || word.startsWith('[')) return at
  return -1
}

function isWordAt(text: string, at: number, word: string): boolean {
  return !/[\p{L}\p{N}_]/u.test(text[at - 1] ?? '') && !/[\p{L}\p{N}_$]/u.test(text[at + word.length] ?? '')
}

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
  const at = wordAt(signature, name)
  // `attr_reader :name`
  if (at < 0 || (language === 'ruby' && at > 0)) return null
  const [before, after] = [signature.slice(0, at).replace(/\$$/, '').trim(), signature.slice(at + name.length).trim()]
  // The `=` in a tag of Go is part of the tag.
  if (language === 'go' && /^[^=]*["`]/.test(after)) return { type: after, value: '', isOptional: false }
  const equals = equalsIn(after)
  const [typed, value] = equals < 0 ? [after, ''] : [after.slice(0, equals), after.slice(equals + 1)]
  const typeText = typed.trim()
  if (language === 'go') return { type: typeText, value: value.trim(), isOptional: false }
  // In C, `const` may apply to the target of a pointer or to the field.
  const keywords = language === 'c' || language === 'cpp' ? C_KEYWORDS : language === 'java' ? JAVA_KEYWORDS : KEYWORDS
  const words = before.replace(keywords, '').trim()
  const isOptional = /^\?(?::|$)/.test(typeText)
  if (isOptional || /^!?:/.test(typeText))
    return { type: typedBehind(words, typeText.replace(/^[?!]?:?\s*/, '')), value: value.trim(), isOptional }
  // `int x[4]`, `public string Name { get; set; }`
  return { type: `${words}${/^\[/.test(typeText) ? typeText : ''}`.trim(), value: value.trim(), isOptional }
}

/** Offset of the `=` before a value; one inside brackets, as in `<T = string>`, gives a default. -1 if there is none. */
function equalsIn(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const [before = '', character = '', next = ''] = [text[at - 1], text[at], text[at + 1]]
    if ('<[({'.includes(character)) depth++
    else if (']})'.includes(character) || (character === '>' && !/[-=]/.test(before))) depth--
    else if (character === '=' && depth <= 0 && !/[=!<>]/.test(before) && !/[=>]/.test(next)) return at
  }
  return -1
}

/** `readonly deps: readonly string[]` says of the field and of what it holds that it stays. */
function typedBehind(words: string, type: string): string {
  const said = type.startsWith('readonly ') ? words.replace(/\breadonly$/, '').trim() : words
  return `${said} ${type}`.trim()
}

const KEYWORDS = /\b(?:val|var|let|const|public|export|declare|attr_\w+|pub)\b(?:\([^()]*\))?/g
/** In Java a field without `public` is visible in its package only. */
const JAVA_KEYWORDS = /\bvar\b/g
const C_KEYWORDS = /\b(?:public|export)\b/g

function wordAt(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isWord = !/[\p{L}\p{N}_]/u.test(text[at - 1] ?? '') && !/[\p{L}\p{N}_$]/u.test(text[at + word.length] ?? '')
    if (isWord || word.startsWith('$') || word.startsWith('[')) return at
  }
  return -1
}

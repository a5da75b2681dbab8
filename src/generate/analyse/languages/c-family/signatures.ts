/** Builds the signature line of a C or C++ declaration. */

import type { DeclarationText } from '#generate/analyse/engine/read-rules.ts'
import { endOfBracket } from '#generate/attributes.ts'

/** A macro around the type of the declaration: `PUBLIC(char *) f(`. */
const TYPE_IN_MACRO =
  /^((?:(?:static|extern|inline)\s+)*)[A-Z_][A-Z0-9_]*\(([\w:<>,*&\s]+)\)\s*(?=[A-Za-z_][\w:]*\s*\()/
/** `int, close, int fd)`: the rest of a head that begins with a macro. */
export const ARGUMENTS_OF_MACRO = /^([\w *]{1,80}), ?(\w{1,80}), ?/
/** Macros for linkage or the calling convention, which mean nothing to the callers. */
const LINKAGE =
  /\b(?:[A-Z0-9]+_)*(?:API|EXPORTS?|PUBLIC|EXTERN|DLLEXPORT|DECLSPEC|VISIBILITY|CDECL|STDCALL|WINAPI|APIENTRY|JNIEXPORT|JNICALL|INLINE)\s+(?=[A-Za-z_*:~])/g

/** Macros named like attributes, or that stand for a common one, before a type and after a name. */
const MACRO = String.raw`\b(?:[A-Z0-9_]{0,40}ATTR[A-Z0-9_]{0,40}|(?:[A-Z0-9]{1,40}_)?(?:DEPRECATED|NODISCARD|NONNULL|NORETURN|UNUSED))\b(?:\([^()]{0,200}\))?`
const MACROS = new RegExp(String.raw`${MACRO}\s+(?=[A-Za-z_*:~])|\s${MACRO}(?=\s?(?:[,);]|$))`, 'g')

/** What precedes a type, and what follows the only word of one: `*` (but not of `(WINAPI *call)(`), a name, nothing. */
const BEFORE_TYPE = /(?:^|[(,]|\b(?:static|extern|inline|typedef))\s?(?:const|volatile)?$/
const TAG = /\b(?:struct|union|enum)$/
const POINTER = /^(?:const\s)?\*(?!\s?\w{0,80}(?:\[\w{0,20}\])?\)\s?\()/
const NAME = /^(?!(?:int|char|bool|long|short|float|double|unsigned|void|\w{1,40}_t)\b)\w{1,80}\s?(?:[)=;[,]|$)/
const NO_NAME = /^\s?[,)]/

/** '' for a macro; a word like one stays if it is the only type of a declaration or parameter: `const X509_ATTRIBUTE *a`. */
function unlessType(word: string, at: number, header: string): string {
  if (word.includes('(')) return ''
  const before = header.slice(Math.max(0, at - 40), at).trimEnd()
  const end = at + word.length
  const after = header.slice(end, end + 140)
  if (POINTER.test(after)) return BEFORE_TYPE.test(before) || TAG.test(before) ? word : ''
  return BEFORE_TYPE.test(before) && (NAME.test(after) || NO_NAME.test(after)) ? word : ''
}

/** The start of an attribute with arguments; at the start of a header also that of a macro. */
const ATTRIBUTE = /(?:^[A-Z_][A-Z0-9_]{2,}|\b(?:__attribute__|__declspec|alignas|_Alignas))\s{0,9}\(|\[\[/
const MAX_ATTRIBUTES = 10

/** The header without attributes, which may precede `static` and the like: `[[nodiscard]] static int f()`. */
export function headerWithoutAttributes(header: string): string {
  let plain = header
  for (let left = MAX_ATTRIBUTES; left > 0; left--) {
    const match = ATTRIBUTE.exec(plain)
    if (match === null) break
    const { 0: start, index } = match
    const open = start === '[[' ? index : index + start.length - 1
    plain = (plain.slice(0, index) + plain.slice(endOfBracket(plain, open))).trimStart()
  }
  return plain
}

/** Leaves out the value of a variable, the body of a type, line continuations of macros and compiler-only macros. */
export function signatureOf({ kind, name, header }: DeclarationText): string {
  if (kind === 'macro') return header.replace(/\\(?:\s|$)/g, '')
  const plain = header
    .replace(LINKAGE, unlessType)
    .replace(MACROS, unlessType)
    .replace(`${name} (`, () => `${name}(`)
  switch (kind) {
    case 'constructor':
      return withoutInitialisers(plain, name)
    case 'function':
      return plain.replace(ARGUMENTS_OF_MACRO, '$1 $2(').replace(TYPE_IN_MACRO, (_, words: string, type: string) => {
        const bare = type.trim()
        return words + bare + (/\s[*&]+$/.test(bare) ? '' : ' ')
      })
    case 'variable':
    case 'field':
      return plain.replace(/(?:(?<!\s)\s+)?=(?!=)[\s\S]*/, '').replace(/(?:(?<!\s)\s+)?\{$/, '')
    case 'type':
      return withoutBody(plain, name)
    case 'enum':
    case 'struct':
      return /^typedef\b[^{}]*\b(?:enum|struct|union)$/.test(plain) ? `${plain} {…} ${name}` : plain
    default:
      return plain
  }
}

/** `A(int b)` of `A(int b) : b_(b)`. */
function withoutInitialisers(header: string, name: string): string {
  const open = header.indexOf('(', header.indexOf(name))
  if (open < 0) return header
  const close = endOfBracket(header, open)
  const rest = header.slice(close)
  const end = /(?<!:) ?:(?!:)/.exec(rest)?.index
  return end === undefined ? header : header.slice(0, close) + rest.slice(0, end).trimEnd()
}

/** The header without the body of a type. A truncated header has lost the name after the body. */
function withoutBody(header: string, name: string): string {
  const open = header.indexOf('{')
  if (open < 0) return header
  const tail = header.slice(Math.max(open, header.lastIndexOf('}')) + 1)
  return `${header.slice(0, open)}{…}${/[{}]/.test(tail) || !tail.includes(name) ? ` ${name}` : tail}`
}

/**
 * Rewrites Kotlin that the grammar cannot read into Kotlin that it can; offsets stay the same. The text before a match
 * is checked after the match (`word(?<=…word)`), so that a run of spaces is walked only once.
 */

import { withEndedMembers } from './one-line-bodies.ts'

/** Modifiers before a declaration's keyword that do not change what is declared. */
const PLATFORM =
  /\b(?:actual|expect)(?=\s+(?:constructor|(?:(?:open|abstract|sealed|data|value|inline|annotation)\s+)*class)\b)/g
/** At the top of a file, `annotation class X` is parsed as an expression. If it has no other annotations, it is turned into an annotation. */
const AFTER_ANNOTATION =
  /\b(?:(?:public[ \t]+)?annotation|(?:public(?:[ \t]+inline)?|inline)(?<=\)\s+(?:(?:public|internal|private)\s+)?\w+))(?=\s+class\b)/g
/** Below an annotation, the grammar reads `data object` as an expression. */
const DATA_OBJECT = /\bdata(?=[ \t]{1,9}object\b)/g
/** The space between two annotations on one line, at the top of a file; the grammar reads one annotation per line. */
const BETWEEN_ANNOTATIONS = / (?<=^@[^\n"]{1,200}\) )(?=@\w)/gm
/** The context parameters of a declaration, `context(session: Session)`, or of a type, `block: context(Session) () -> T`. */
const CONTEXT = /\bcontext\([^()\n"=]{1,300}\)/g
/** The end of a line between a nested class and its constructor: `class Options`, `private constructor(…)`. */
const BEFORE_CONSTRUCTOR =
  /\r?\n(?<=\bclass[ \t]+[\w`]+[ \t]*(?:<[^<>(){}\n]*>[ \t]*)?\r?\n)(?=\s*(?:(?:public|private|protected|internal|@[\w.:]+)\s+)*constructor\b)/g
/** `protected constructor` in the head of a class, which the grammar cannot read after several annotations. */
const OF_CONSTRUCTOR =
  /\b(?:private|protected|internal)(?<=\bclass[ \t]+[\w`]+[ \t]*(?:<[^<>(){}\n]*>[ \t]*)?\w+)\s+constructor(?=\()/g
/** A string in which only two or more `$` begin an expression: `$$"{ $name }"`. */
const DOLLARS_STRING = /(?<!\$)\${2,20}(?:"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*")/g
/** `val size` whose type is stated by its getter, with the getter's annotation on a line in between. */
const ACCESSOR = /@(?<=\bva[lr] +\w+[ \t]*\r?\n[ \t]*@)(?:\w+:)?\w+(?:\([^()\n]*\))?(?=\s+get\b)/g
/**
 * A line that begins with `get(it)`, `set +=` or `by.` would be parsed as the accessor or the delegate of the property
 * before it. But a getter has no parameter, accessors are not assigned, and a delegate has no dot.
 */
const STATEMENT = /^([ \t]*)[ \t](?=get\([ \t]*[^)\s]|[gs]et[ \t]*[-+]?=|by\.)/gm
/** A modifier used as a name, such as `open(file)`, `open = true` or `{ override -> … }`. */
const MODIFIER_AS_NAME =
  /\b(?:open|override|abstract|final|sealed|infix|inline|external|internal|public|private)(?=[ \t]*(?:[(.,)=]|[-+]=|->|\+\+|--))/g
/** The comma after the last of several type parameters or arguments. */
const LAST_COMMA = /,(?=[ \t]*(?:\r?\n[ \t]*)?>)/g

export function plainText(text: string): string {
  const plain = text
    .replace(PLATFORM, blank)
    .replace(CONTEXT, (part, at: number) => (/: /.test(text.slice(at - 2, at) + part) ? blank(part) : part))
    .replace(AFTER_ANNOTATION, (part, at: number, all: string) =>
      part.endsWith('annotation') && !isAnnotated(all, at) ? `@${part.slice(1).replace(/\s/g, '_')}` : blank(part),
    )
    .replace(BETWEEN_ANNOTATIONS, '\n')
    .replace(DATA_OBJECT, (part, at: number, all: string) => (isAnnotated(all, at) ? blank(part) : part))
    .replace(BEFORE_CONSTRUCTOR, blank)
    .replace(OF_CONSTRUCTOR, blank)
    .replace(DOLLARS_STRING, withOneDollar)
    .replace(ACCESSOR, blank)
    .replace(LAST_COMMA, ' ')
    .replace(MODIFIER_AS_NAME, (word) => `${word.slice(0, -1)}_`)
    .replace(STATEMENT, (match, indent: string, at: number) => (isAfterStatement(text, at) ? `${indent};` : match))
  return withEndedMembers(plain)
}

const blank = (part: string): string => ' '.repeat(part.length)

/** Whether an annotation or its arguments end before an offset. */
function isAnnotated(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - MAX_ANNOTATION), at).trimEnd()
  return /[)\]]$/.test(before) || (before.includes('@') && /^[\w.:]+$/.test(before.slice(before.lastIndexOf('@') + 1)))
}

const MAX_ANNOTATION = 120

/** Rewrites `$$"$a $$b"` as `  "·a  $b"`, where `·` is a space. */
function withOneDollar(string: string): string {
  const count = string.indexOf('"')
  return (
    ' '.repeat(count) +
    string
      .slice(count)
      .replace(/\$+/g, (run) => blank(run).slice(run.length < count ? 0 : 1) + (run.length < count ? '' : '$'))
  )
}

/** Whether an offset follows a statement, and so is not at the start of a block or an argument list. */
function isAfterStatement(text: string, at: number): boolean {
  let before = at - 1
  while (/\s/.test(text[before] ?? '')) before--
  return /[^{(,>=]/.test(text[before] ?? '{')
}

/**
 * Kotlin that the grammar does not read, made into such that it reads; every place stays where it is. What stands before a
 * match is looked at after it (`word(?<=…word)`), so that a run of spaces is walked once.
 */

/** The words between a declaration and its keyword that change nothing of what is declared. */
const PLATFORM =
  /\b(?:actual|expect)(?=\s+(?:constructor|(?:(?:open|abstract|sealed|data|value|inline|annotation)\s+)*class)\b)/g
/** At the top of a file, after an annotation with arguments, `annotation class X` is taken for a call of `annotation`. */
const AFTER_ANNOTATION = /annotation(?<=\)\s*\nannotation)(?=\s+class\b)/g
/** `val size` whose type its getter says, with an annotation of the getter on a line between. */
const ACCESSOR = /@(?<=\bva[lr] +\w+[ \t]*\r?\n[ \t]*@)(?:\w+:)?\w+(?:\([^()\n]*\))?(?=\s+get\b)/g
/**
 * A line that begins with `get(it)` or `by.` is taken for the getter or the delegate of the property before it. A getter has no
 * parameter, a delegate no dot.
 */
const STATEMENT = /^([ \t]*)[ \t](?=get\([ \t]*[^)\s]|by\.)/gm

export function plainText(text: string): string {
  return text
    .replace(PLATFORM, blank)
    .replace(AFTER_ANNOTATION, blank)
    .replace(ACCESSOR, blank)
    .replace(STATEMENT, (match, indent: string, at: number) => (isAfterStatement(text, at) ? `${indent};` : match))
}

const blank = (part: string): string => ' '.repeat(part.length)

/** Not at the start of a block or of a list of arguments. */
function isAfterStatement(text: string, at: number): boolean {
  let before = at - 1
  while (/\s/.test(text[before] ?? '')) before--
  return /[^{(,>=]/.test(text[before] ?? '{')
}

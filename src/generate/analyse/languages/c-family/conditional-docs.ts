/**
 * Recognises comments above an `#if` that describe the declaration inside it: a default that may be set from outside,
 * or one of several variants of a name. Any other comment above an `#if` describes the branch.
 */

const CONDITION = /^\s*#[ \t]*(ifndef|ifdef|if)\b([^\n]{0,200})\n\s*$/
const DEFINES = /^#[ \t]*define[ \t]+(\w+)/
const POINTER = /^typedef\b[^;]{0,300}?\(\s*\*\s*(\w+)\s*\)/
const PLAIN = /^typedef\b[^;{(]{0,200}?\b(\w+)\s*;/

const CONSTANT = /^\s*#[ \t]*define[ \t]+\w+[ \t][^\n\\]{1,200}\n[ \t]*$/
/** The start of a function, up to its parameters. */
const FUNCTION = /^[A-Za-z_][\w\s*]{0,200}\(/
const OF_FUNCTION = /\b(?:the|this) function\b|\breturns?\b/i

/**
 * @param between - From the comment to the declaration, with the directive lines.
 * @param comment - A comment on a function may precede a constant that the function needs.
 */
export function isOnlyCondition(between: string, declaration: string, comment: string): boolean {
  if (CONSTANT.test(between)) return OF_FUNCTION.test(comment) && FUNCTION.test(declaration)
  const [, word, condition = ''] = CONDITION.exec(between) ?? []
  if (word === undefined) return false
  const macro = DEFINES.exec(declaration)?.[1]
  const name = macro ?? POINTER.exec(declaration)?.[1] ?? PLAIN.exec(declaration)?.[1]
  if (name === undefined) return false
  if (macro !== undefined && condition.split(/\W+/).includes(macro)) return word !== 'ifdef'
  const other = declaration.search(/^[ \t]*#[ \t]*el/m)
  const end = declaration.search(/^[ \t]*#[ \t]*endif\b/m)
  // The other branch declares the same name.
  return other >= 0 && other < end && declaration.slice(other, end).split(/\W+/).includes(name)
}

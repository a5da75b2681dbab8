/**
 * Recognises comments above an `#if` that describe the declaration inside it: a default that may be set from outside,
 * or one of several variants of a name. Any other comment above an `#if` describes the branch.
 */

const CONDITION = /^\s*#[ \t]*(ifndef|ifdef|if)\b([^\n]{0,200})\n\s*$/
const DEFINES = /^#[ \t]*define[ \t]+(\w+)/
const POINTER = /^typedef\b[^;]{0,300}?\(\s*\*\s*(\w+)\s*\)/
const PLAIN = /^typedef\b[^;{(]{0,200}?\b(\w+)\s*;/

/** Plain constants, one a line. */
const CONSTANTS = /^[ \t]*\n(?:[ \t]*#[ \t]*define[ \t]+\w+[ \t][^\n\\]{1,200}\n){1,8}[ \t]*$/
/** The start of a function, up to its parameters. */
const FUNCTION = /^[A-Za-z_][\w\s*]{0,200}\(/
const OF_FUNCTION = /\b(?:the|this) function\b|\breturns?\b/i
/** A parameter, as comments write it: `'dir'`. */
const QUOTED = /['"`](\w{1,60})['"`]/g
const MAX_PARAMETERS = 400

/**
 * @param between - From the comment to the declaration, with the directive lines.
 * @param comment - A comment on a function may precede constants that the function needs.
 */
export function isOnlyCondition(between: string, declaration: string, comment: string): boolean {
  if (CONSTANTS.test(between))
    return FUNCTION.test(declaration) && (OF_FUNCTION.test(comment) || namesParameter(comment, declaration))
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

/** Whether a comment quotes one of the parameters of a function. */
function namesParameter(comment: string, declaration: string): boolean {
  const open = declaration.indexOf('(')
  const end = declaration.indexOf(')', open)
  const parameters = declaration.slice(open, Math.min(end < 0 ? declaration.length : end, open + MAX_PARAMETERS))
  const words = new Set(parameters.split(/\W+/))
  return [...comment.matchAll(QUOTED)].some(([, name = '']) => words.has(name))
}

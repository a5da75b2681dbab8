/**
 * Tells from its arguments whether a macro is called like a function: arguments of a call are expressions; types,
 * clauses and empty arguments are not.
 */

const TYPE =
  /^(?:(?:const|unsigned|signed|long|short|int|char|bool|float|double|void|wchar_t|char(?:8|16|32)_t)\b\s*)+(?:[*&][*&\s]*)?$/
const TYPE_OF_NAME = /^const\s+[\w:]+\s*[*&]*$/
/** Two words, or a word and a string: `push x`, `ignored "-Wall"`. */
const WORDS = /^(?!(?:new|sizeof|delete|throw|not|co_await|const|return|struct|class|enum|auto)\b)[A-Za-z_]\w*\s+["\w]/

/** @param args - The text between the parentheses. */
export function hasNonExpression(args: string): boolean {
  if (args.trim() === '') return false
  return splitArguments(args).some((arg) => arg === '' || TYPE.test(arg) || TYPE_OF_NAME.test(arg) || WORDS.test(arg))
}

/** Whether the arguments are the parameter of a `catch`: `...`, `const E& e`. */
export function isCatchParameter(args: string): boolean {
  return /^\s*(?:const\b[^;{}]*|(?:\.\.\.|[\w:]+\s*&(?:\s*\w+)?)\s*)$/.test(args)
}

function splitArguments(args: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < args.length; at++) {
    const character = args[at] ?? ''
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    else if (character === ',' && depth === 0) {
      found.push(args.slice(from, at).trim())
      from = at + 1
    }
  }
  found.push(args.slice(from).trim())
  return found
}

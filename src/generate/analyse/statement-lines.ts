/** Recognises paragraphs of comments that are code without a fence: each line is a call, an assignment, an assertion or an import. */

const MAX_TEXT = 2_000
/** Limit on nested brackets. */
const MAX_DEPTH = 8
const STRING = /"[^"\n]*"|'[^'\n]*'|`[^`\n]*`/g
const COMMENT = /(?:^|\s)(?:#|\/\/) .*$/gm
const BRACKETS = /\([^()[\]{}]*\)|\[[^()[\]{}]*\]|\{[^()[\]{}]*\}/g
/** Represents a string, or brackets with their contents. */
const MARK = '\u25a1'
const CHAIN = `[\\w$@][\\w$@.:?>${MARK}-]{0,200}`
const VALUE = `(?:(?:await|new|not) ){0,2}!?(?:${CHAIN}|${MARK}|-\\d[\\d.]*)`
const OPERATOR = ' (?:[!=]==?|[<>]=?|[-+*/%|]|&&|\\|\\||and|or|(?:not )?in|is(?: not)?) '
const EXPRESSION = `${VALUE}(?:${OPERATOR}${VALUE}){0,9}`
const STATEMENT = new RegExp(
  `^(?:(?:(?:auto|const|let|val|var) )?${CHAIN} [-+]?= ${EXPRESSION}|assert ${VALUE}${OPERATOR}${EXPRESSION}|(?:(?:assert|await|new|return|throw) ){0,2}${CHAIN}(?<=${MARK})|from [\\w.]+ import [\\w${MARK}*, ]+|import [\\w.]+)[;,]?$`,
)

export function areStatements(lines: readonly string[]): boolean {
  const text = lines.join('\n')
  if (text.length > MAX_TEXT || !/[(=]|^\s*(?:assert|from|import) /.test(text)) return false
  let left = text.replace(STRING, MARK).replace(COMMENT, '')
  for (let depth = 0; depth < MAX_DEPTH; depth++) left = left.replace(BRACKETS, MARK)
  const statements = left.split('\n').filter((line) => line.trim() !== '')
  return statements.length > 0 && statements.every((line) => STATEMENT.test(line.trim()))
}

/** Parses CMake files into commands: names, words and lines. Nothing is run and no variable is expanded. */

import { findText } from '#base/find-text.ts'

export interface Command {
  /** The name in lower case, because CMake ignores case. */
  name: string
  words: string[]
  startLine: number
  endLine: number
}

const MAX_CHARACTERS = 1_000_000
const MAX_WORDS = 50_000
/**
 * Whitespace, a comment, a bracket argument, a quoted or unquoted argument, a parenthesis; anything else is one
 * character.
 */
const TOKEN =
  /[ \t\r]+|\n|#\[(=*)\[|#[^\n]*|\[(=*)\[|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[()]|(?:[^\s()"#\\]|\\[\s\S])+|[\s\S]/y

/** The commands of a text in order; parsing stops at a syntax error. */
export function readCommands(text: string): Command[] {
  const found: Command[] = []
  if (text.length > MAX_CHARACTERS) return found
  let command: Command | undefined
  let depth = 0
  let name = ''
  let line = 1
  let words = 0
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length && words < MAX_WORDS) {
    const startLine = line
    const match = TOKEN.exec(text)
    if (match === null) break
    let token = match[0]
    const equals = match[1] ?? match[2]
    let bracket: string | undefined
    if (equals !== undefined) {
      const close = findText(text, `]${equals}]`, TOKEN.lastIndex)
      if (close < 0) break
      token += text.slice(TOKEN.lastIndex, close)
      // CMake ignores a newline after the opening bracket.
      bracket = text.slice(TOKEN.lastIndex, close).replace(/^\r?\n/, '')
      TOKEN.lastIndex = close + equals.length + 2
    }
    for (let at = token.indexOf('\n'); at >= 0; at = token.indexOf('\n', at + 1)) line++
    if (/^\s/.test(token) || token.startsWith('#')) continue
    if (command === undefined) {
      if (token === '(' && /^\w+$/.test(name)) {
        command = { name: name.toLowerCase(), words: [], startLine, endLine: line }
        depth = 1
      }
      name = token
    } else if (token === '(') depth++
    else if (token === ')' && --depth === 0) {
      command.endLine = line
      found.push(command)
      command = undefined
      name = ''
    } else if (token !== ')') {
      words++
      command.words.push(bracket ?? (token.startsWith('"') ? token.slice(1, -1) : token))
    }
  }
  return found
}

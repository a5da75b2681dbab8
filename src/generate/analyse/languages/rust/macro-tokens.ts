/** The tokens of a macro's definition or arguments. Comments are left out, except doc comments. */

import { endOfComment, endOfRaw } from './macros.ts'

export interface Token {
  /** A word with the `$` of a fragment, a bracket, a literal, a sign or a doc comment. */
  readonly text: string
  readonly start: number
  readonly isDoc: boolean
  /** Of an opening bracket: the index of the closing one. */
  close?: number
}

const TOKEN =
  /\/\/[^\n]*|\/\*|b?r(#*)"|b?"(?:[^"\\]|\\[\s\S])*"|b?'(?:[^'\\\n]|\\(?:u\{[^}'\n]*\}|x..|.))'|'\w+|\$?[A-Za-z_]\w*|\d[\w.]*|([([{])|([)\]}])|=>|->|::|[^\s\w]/g
const MAX_TOKENS = 3_000

/**
 * @param open - The offset of the opening bracket.
 * @returns All tokens, with the brackets; empty if the block is not closed or too long.
 */
export function blockTokens(text: string, open: number): Token[] {
  const tokens: Token[] = []
  const unclosed: Token[] = []
  TOKEN.lastIndex = open
  for (let match = TOKEN.exec(text); match !== null && tokens.length < MAX_TOKENS; match = TOKEN.exec(text)) {
    const { 0: token, 1: hashes, 2: opening, 3: closing, index: start } = match
    if (token === '/*') TOKEN.lastIndex = endOfComment(text, start)
    else if (hashes !== undefined) TOKEN.lastIndex = endOfRaw(text, TOKEN.lastIndex, hashes)
    const isDoc = /^\/\/\/(?!\/)/.test(token)
    if ((token.startsWith('//') || token === '/*') && !isDoc) continue
    const one: Token = { text: text.slice(start, TOKEN.lastIndex), start, isDoc }
    tokens.push(one)
    if (opening !== undefined) unclosed.push(one)
    const opened = closing === undefined ? undefined : unclosed.pop()
    if (opened !== undefined) opened.close = tokens.length - 1
    if (closing !== undefined && unclosed.length === 0) return tokens
  }
  return []
}

/** Tokens as text on one line, with spaces where they were apart, and with fragments replaced by their tokens. */
export function textOf(tokens: readonly Token[], fragments: ReadonlyMap<string, readonly Token[]>): string {
  let text = ''
  let end = tokens[0]?.start
  for (const { text: own, start } of tokens) {
    const fragment = fragments.get(own)
    text += (start === end ? '' : ' ') + (fragment === undefined ? own : textOf(fragment, new Map()))
    end = start + own.length
  }
  return text
}

/**
 * Joins string literals with calls of macros that expand to string literals: the grammar cannot read
 * `"a" QUOTE("b") " c"`. A space between them is replaced with the operator `+`, so that the calls remain.
 */

/** Directives, comments, characters and string literals, whose contents are not code. */
const TOKEN =
  /^[ \t]*#(?:[^\\\n]|\\[\s\S])*|\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\/\/[^\n]*|'(?:[^'\\\n]|\\.){1,12}'|"(?:[^"\\\n]|\\.)*"?/gm
const CALLED_AFTER = /^\s{1,200}(?=(?:[A-Z][A-Z0-9_]*|_)\()/
const CALLED_BEFORE = /\b(?:[A-Z][A-Z0-9_]*|_)\([^()]{0,200}\)(\s{1,100})$/
/** A quick test that most texts fail. */
const MAY_JOIN = /"\s{1,200}(?:[A-Z][A-Z0-9_]*|_)\(|\)\s{1,200}"/
/** Characters examined beside a literal. */
const BESIDE = 400

export function joinStringMacros(text: string): string {
  if (!MAY_JOIN.test(text)) return text
  const offsets: number[] = []
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (!/^"[\s\S]*"$/.test(token)) continue
    const before = text.slice(Math.max(0, index - BESIDE), index)
    if (/\bextern\s*$/.test(before)) continue
    const end = index + token.length
    const after = CALLED_AFTER.exec(text.slice(end, end + BESIDE))?.[0]
    if (after !== undefined) addSpace(offsets, after, end)
    const gap = CALLED_BEFORE.exec(before)?.[1]
    if (gap !== undefined) addSpace(offsets, gap, index - gap.length)
  }
  let joined = ''
  let done = 0
  for (const place of [...new Set(offsets)].sort((a, b) => a - b)) {
    joined += `${text.slice(done, place)}+`
    done = place + 1
  }
  return joined + text.slice(done)
}

function addSpace(offsets: number[], gap: string, start: number): void {
  const space = gap.search(/[ \t]/)
  if (space >= 0) offsets.push(start + space)
}

/**
 * Finds block comments that begin a line of code: `/** The name. *\/ val name`. Before such a comment, the grammars of
 * Kotlin and Swift do not see that the statement above has ended.
 */

import { append } from '#base/long-arrays.ts'

const STRING = String.raw`"""[\s\S]*?(?:"""|(?![\s\S]))|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)'`
const APART = new RegExp(String.raw`${STRING}|/\*[\s\S]*?(?:\*/|(?![\s\S]))|//[^\n]*`, 'g')

/** @returns Ranges in order, without comments that contain comments. */
export function commentsBeforeCode(text: string): [start: number, end: number][] {
  const found: [number, number][] = []
  /** Comments of a line on which only blanks precede them. */
  let line: [number, number][] = []
  for (const { 0: part, index } of text.matchAll(APART)) {
    if (!part.startsWith('/*')) continue
    const end = index + part.length
    const before = blanksBefore(text, index)
    if (before !== line.at(-1)?.[1]) line = []
    if (line.length === 0 && before > 0 && text[before - 1] !== '\n') continue
    if (part.includes('/*', 2)) continue
    line.push([index, end])
    if (isCode(text, end)) append(found, line.splice(0))
  }
  return found
}

/** Where the blanks before an offset begin. */
function blanksBefore(text: string, offset: number): number {
  let at = offset
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--
  return at
}

/** Whether neither a comment nor the end of the line follows. */
function isCode(text: string, offset: number): boolean {
  let at = offset
  while (text[at] === ' ' || text[at] === '\t') at++
  return at < text.length && !/^(?:[\r\n]|\/[/*])/.test(text.slice(at, at + 2))
}

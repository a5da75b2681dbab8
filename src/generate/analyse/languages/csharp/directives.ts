/**
 * Removes conditional compilation before parsing: the grammar knows `#if` only around whole members and statements.
 * Offsets stay the same: removed text becomes spaces.
 *
 * All branches of an `#if` stay if it stands between statements or members and each branch consists of whole ones, since all of
 * them are code that somebody reads; otherwise only the first branch does.
 */

import { blanked } from '#generate/analyse/languages/blanked.ts'

const DIRECTIVE =
  /^[ \t]*#[ \t]*(if|elif|else|endif|region|endregion|pragma|nullable|define|undef|error|warning|line|r|load)\b([^\r\n]*)/gm

/** Strings, characters, comments, directives. */
const PASSED_OVER =
  /@"(?:[^"]|"")*"?|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)+'?|\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\/\/[^\n]*|^[ \t]*#[^\n]*/gm
/** Characters before an `#if` that are looked at. */
const MAX_BEFORE = 2_000

interface Branch {
  readonly start: number
  end: number
  readonly isDead: boolean
}

/** @returns The text with directives and left-out branches blanked; the same text if it has no directives. */
export function withoutDirectives(text: string): string {
  if (!/^[ \t]*#/m.test(text)) return text
  const blanks: [start: number, end: number][] = []
  const open: Branch[][] = []
  for (const match of text.matchAll(DIRECTIVE)) {
    const [whole, word, rest = ''] = match
    const end = match.index + whole.length
    blanks.push([match.index, end])
    const branches = open.at(-1)
    const last = branches?.at(-1)
    if (word === 'if') open.push([{ start: end, end, isDead: /^\s*(?:false|FALSE|0)\s*(?:\/\/.*)?$/.test(rest) }])
    else if (word === 'elif' || word === 'else' || word === 'endif') {
      if (branches === undefined || last === undefined) continue
      last.end = match.index
      if (word === 'endif') {
        open.pop()
        const [first] = branches
        const isInside =
          first !== undefined && endsInside(text.slice(Math.max(0, first.start - MAX_BEFORE), first.start))
        for (const { start, end: to } of leftOut(text, branches, isInside)) blanks.push([start, to])
      } else branches.push({ start: end, end, isDead: false })
    }
  }
  return blanked(text, blanks)
}

/** @param isInside - It stands inside a statement or member: `int F()`, `#if X`, `=> 1`, `#endif`, `;` */
function leftOut(text: string, branches: readonly Branch[], isInside: boolean): readonly Branch[] {
  const alive = branches.filter((branch) => !branch.isDead)
  const isWhole = !isInside && alive.every(({ start, end }) => isWholeCode(text.slice(start, end)))
  return isWhole ? branches.filter((branch) => branch.isDead) : branches.filter((branch) => branch !== alive[0])
}

/** Whether what a text ends with goes on: a head without its body, a list. Behind an attribute something begins. */
function endsInside(text: string): boolean {
  return !/(?:^|[;:{}\]])$/.test(codeOf(text.slice(text.indexOf('\n') + 1)))
}

/** Whether it consists of whole statements or members: nothing is left open, and the last one is complete. */
function isWholeCode(part: string): boolean {
  const code = codeOf(part)
  if (code === '') return true
  let depth = 0
  for (const character of code) {
    if (character === '{' || character === '(' || character === '[') depth++
    else if (character === '}' || character === ')' || character === ']') depth--
    if (depth < 0) return false
  }
  return depth === 0 && /[;}]$/.test(code) && !/^(?:[:,.&|?=+*)\]}-]|else\b)/.test(code)
}

/** Without comments, directives and what strings hold. */
function codeOf(text: string): string {
  return text.replace(PASSED_OVER, (found) => (/^["'@]/.test(found) ? '""' : ' ')).trim()
}

/**
 * Removes conditional compilation before parsing: the grammar knows `#if` only around whole members and statements.
 * Offsets stay the same: removed text becomes spaces.
 *
 * All branches of an `#if` between statements or members are kept if each consists of whole statements or members,
 * because all of them are code for readers; otherwise only the first branch is kept.
 */

import { blanked } from '#generate/analyse/languages/blanked.ts'

/** Matches strings, characters, comments and directives, so that a directive in a string or comment is not one. */
const PASSED_OVER =
  /@\$?"(?:[^"]|"")*"?|("{3,})[\s\S]*?(?:\1|(?![\s\S]))"*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)+'?|\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\/\/[^\n]*|^[ \t]*#[^\n]*/gm
const DIRECTIVE =
  /^[ \t]*#[ \t]*(if|elif|else|endif|region|endregion|pragma|nullable|define|undef|error|warning|line|r|load)\b(.*)/
/** Maximum number of characters examined before an `#if`. */
const MAX_BEFORE = 2_000
/** Limit on the nesting of `#if`. Of those nested more deeply, all branches are kept. */
const MAX_NESTED = 20

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
  for (const { 0: found, index } of text.matchAll(PASSED_OVER)) {
    const [, word, rest = ''] = DIRECTIVE.exec(found) ?? []
    if (word === undefined) continue
    const end = index + found.length
    blanks.push([index, end])
    const branches = open.at(-1)
    const last = branches?.at(-1)
    if (word === 'if') open.push([{ start: end, end, isDead: /^\s*(?:false|FALSE|0)\s*(?:\/\/.*)?$/.test(rest) }])
    else if (word === 'elif' || word === 'else' || word === 'endif') {
      if (branches === undefined || last === undefined) continue
      last.end = index
      if (word === 'endif') {
        open.pop()
        if (open.length >= MAX_NESTED) continue
        const [first] = branches
        const isInside =
          first !== undefined && endsInside(text.slice(Math.max(0, first.start - MAX_BEFORE), first.start))
        for (const { start, end: to } of leftOut(text, branches, isInside)) blanks.push([start, to])
      } else branches.push({ start: end, end, isDead: false })
    }
  }
  return blanked(text, blanks)
}

/** @param isInside - The `#if` is inside a statement or member: `int F()`, `#if X`, `=> 1`, `#endif`, `;` */
function leftOut(text: string, branches: readonly Branch[], isInside: boolean): readonly Branch[] {
  const alive = branches.filter((branch) => !branch.isDead)
  const isWhole = !isInside && alive.every(({ start, end }) => isWholeCode(text.slice(start, end)))
  return isWhole ? branches.filter((branch) => branch.isDead) : branches.filter((branch) => branch !== alive[0])
}

/** Whether the text ends inside a statement or member, such as a signature or a list, but not after an attribute. */
function endsInside(text: string): boolean {
  return !/(?:^|[;:{}\]])$/.test(codeOf(text.slice(text.indexOf('\n') + 1)))
}

/** Whether a text consists of whole statements or members: nothing is left open, and the last one is complete. */
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

/** The text without comments, directives and the contents of strings. */
export function codeOf(text: string): string {
  return text.replace(PASSED_OVER, (found) => (/^["'@]/.test(found) ? '""' : ' ')).trim()
}

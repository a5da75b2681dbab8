/**
 * Makes variables local if their indentation shows that they are in a function whose head or braces the parser did not understand:
 * it then takes the statements of the body for top-level declarations.
 */

import { D, D_WIDTH, DECL_KINDS, type FileFacts, NONE } from '#generate/analyse/engine/facts.ts'

const VALUES = new Set([DECL_KINDS.indexOf('variable'), DECL_KINDS.indexOf('constant')])
const AROUND = new Set([DECL_KINDS.indexOf('namespace'), DECL_KINDS.indexOf('module')])
const LOCAL = DECL_KINDS.indexOf('local')
/** Limit on the lines read above a variable, and on the characters of each. */
const MAX_LINES = 300
const MAX_LINE = 300

export function makeLocal({ decls }: FileFacts, text: string): void {
  for (let row = 0; row < decls.length; row += D_WIDTH) {
    if (!VALUES.has(decls[row + D.kind] ?? NONE)) continue
    const parent = decls[row + D.parent] ?? NONE
    if (parent !== NONE && !AROUND.has(decls[parent * D_WIDTH + D.kind] ?? NONE)) continue
    if (isInBody(text, decls[row + D.start] ?? 0)) decls[row + D.kind] = LOCAL
  }
}

/** Whether the line that opens the enclosing block, judging by indentation, has a parameter list or a condition. */
function isInBody(text: string, at: number): boolean {
  let start = text.lastIndexOf('\n', at - 1) + 1
  const margin = marginAt(text, start)
  for (let count = 0; margin > 0 && start > 0 && count < MAX_LINES; count++) {
    const end = start - 1
    start = text.lastIndexOf('\n', end - 1) + 1
    const line = text.slice(start, Math.min(end, start + MAX_LINE)).trim()
    // Comments, directives and labels do not open blocks; a brace alone belongs to the line above it.
    if (line === '' || line === '{' || /^(?:#|\/[/*]|\*)|:$/.test(line)) continue
    if (marginAt(text, start) < margin) return line.includes('(') && !/^(?:namespace|extern)\b/.test(line)
  }
  return false
}

function marginAt(text: string, start: number): number {
  let at = start
  while (text[at] === ' ' || text[at] === '\t') at++
  return at - start
}

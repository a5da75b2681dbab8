/** Macros that write the head of a function: `#define HOOK(R, N, args...) R N(args)` makes `HOOK(int, close, int fd) {` define `close`. */

import type { HiddenRef, Prepared } from '#generate/analyse/engine/read-rules.ts'
import { closingOf, nextAfter } from './text-around.ts'

/** A macro whose first two parameters are the type and the name of what it begins. */
const HEAD_MACRO =
  /^[ \t]{0,99}#[ \t]{0,9}define[ \t]{1,9}(\w{1,80})\([ \t]{0,9}(\w{1,80})[ \t]{0,9},[ \t]{0,9}(\w{1,80})[ \t]{0,9},[^()\n]{1,200}\)[ \t]{1,9}\2[ \t]{1,9}\3[ \t]{0,9}\(/gm
const CALL = /^(\w{1,80}\()([\w \t*]{1,80}),(\s{0,9}\w{1,80}\s{0,9}),/gm

/** Turns the calls into heads that the grammar can read; the text keeps its length. */
export function withFunctionHeads(text: string): Prepared {
  const macros = new Set([...text.matchAll(HEAD_MACRO)].map(([, name]) => name))
  if (macros.size === 0) return { text, refs: [] }
  const refs: HiddenRef[] = []
  const heads = text.replace(CALL, (whole, macro: string, type: string, name: string, start: number) => {
    const close = macros.has(macro.slice(0, -1)) ? closingOf(text, start + macro.length - 1) : undefined
    if (close === undefined || text[nextAfter(text, close + 1)] !== '{') return whole
    refs.push({ start, end: start + macro.length - 1, at: start + macro.length })
    return `${' '.repeat(macro.length)}${type} ${name}(`
  })
  return { text: heads, refs }
}

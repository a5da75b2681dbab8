/**
 * Macros that expand to the head of a function or to modifiers: `#define HOOK(R, N, args...) R N(args)` makes
 * `HOOK(int, close, int fd) {` define `close`.
 */

import type { HiddenRef, Prepared } from '#generate/analyse/engine/read-rules.ts'
import { closingOf, nextAfter } from './text-around.ts'

/** A macro whose first two parameters are the type and the name of what it begins. */
const HEAD_MACRO =
  /^[ \t]{0,99}#[ \t]{0,9}define[ \t]{1,9}(\w{1,80})\([ \t]{0,9}(\w{1,80})[ \t]{0,9},[ \t]{0,9}(\w{1,80})[ \t]{0,9},[^()\n]{1,200}\)[ \t]{1,9}\2[ \t]{1,9}\3[ \t]{0,9}\(/gm
const CALL = /^(\w{1,80}\()([\w \t*]{1,80}),(\s{0,9}\w{1,80}\s{0,9}),/gm

/** `#define internal static`, `#define forced __attribute__((always_inline)) inline` */
const MODIFIER_MACRO =
  /^[ \t]{0,40}#[ \t]{0,40}define[ \t]{1,40}([a-z]\w{1,80})(?:[ \t]{1,9}(?:extern|static|_{0,2}(?:force)?inline(?:__)?|__attribute__\(\(\w{1,40}\)\))){1,4}[ \t]{0,9}\r?$/gm
const FIRST_OF_LINE = /^([ \t]{0,200})([a-z]\w{1,80})(?=\s)/gm
/** Limit on these macros before one declaration. */
const MAX_MODIFIERS = 3

/** Blanks the file's own lowercase macros that stand for modifiers, at the beginning of lines; the text keeps its length. */
export function withoutModifierMacros(text: string): string {
  const macros = new Set([...text.matchAll(MODIFIER_MACRO)].map(([, name]) => name))
  if (macros.size === 0) return text
  let plain = text
  for (let count = 0; count < MAX_MODIFIERS; count++)
    plain = plain.replace(FIRST_OF_LINE, (whole, _, word: string) =>
      macros.has(word) ? ' '.repeat(whole.length) : whole,
    )
  return plain
}

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

/** Finds the functions that a quoted handler of a signal calls: `trap "stop_all now; report" EXIT`. */

import { E, E_WIDTH, type FileFacts, Op, Use } from '#generate/analyse/engine/facts.ts'
import type { HiddenRef } from '#generate/analyse/engine/read-rules.ts'

const TRAP = /(?:^|[;&{])[ \t]{0,200}trap[ \t]{1,9}(?:--[ \t]{1,9})?(["'])(?=\S)/gm
/** The first word of a command that is not an assignment. */
const COMMAND = /(?:^|;|&&|\|\|)\s{0,9}([A-Za-z_][\w:.-]{0,99})(?=[\s;&|]|$)/g
const MAX_HANDLER = 500

/** The names in handlers, which the grammar reads as strings. */
export function handlersIn(text: string): HiddenRef[] {
  if (!text.includes('trap')) return []
  const refs: HiddenRef[] = []
  for (const match of text.matchAll(TRAP)) {
    const from = match.index + match[0].length
    const [handler = ''] = text.slice(from, from + MAX_HANDLER).split(match[1] ?? '', 1)
    for (const { index, 0: all, 1: name = '' } of handler.matchAll(COMMAND)) {
      const start = from + index + all.length - name.length
      refs.push({ start, end: start + name.length, at: start })
    }
  }
  return refs
}

/** Makes the uses of these names calls, in place. */
export function callHandlers({ exprs }: FileFacts, text: string): void {
  const starts = new Set(handlersIn(text).map(({ start }) => start))
  if (starts.size === 0) return
  for (let at = 0; at < exprs.length; at += E_WIDTH)
    if (exprs[at + E.op] === Op.ref && starts.has(exprs[at + E.start] ?? -1)) exprs[at + E.use] = Use.call
}

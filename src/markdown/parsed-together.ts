/** Finds the end of a part of Markdown that must go to the general parser whole, for `quick-blocks.ts`. */

/** White space, or what may be a list marker. */
export const CONTINUES_LIST = /^[ \t*+\-\d]/
/** The start of code or HTML that may contain empty lines. */
const CONTINUES = /^ {0,3}(?:```|~~~|<(?:script|pre|style|textarea|[!?]))/i
/** A code fence. If it is never closed, trailing empty lines belong to it. */
const FENCE = /```|~~~/

/** The first line after a block, or after several blocks that must be parsed together. */
export function endOfGeneralBlock(lines: readonly string[], start: number): number {
  let mayContinue = false
  let hasFence = false
  let end = start
  for (let at = start; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (CONTINUES.test(line)) return lines.length
    if (line === '') continue
    if (at > end && !(mayContinue && CONTINUES_LIST.test(line))) return hasFence ? at : end
    hasFence ||= FENCE.test(line)
    mayContinue ||= CONTINUES_LIST.test(line)
    end = at + 1
  }
  return hasFence ? lines.length : end
}

export const isBlankLine = (line: string | undefined): boolean => line?.trim() === ''

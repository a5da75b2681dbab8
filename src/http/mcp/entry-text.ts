/** The part of a page below one of its headings. */

import { Slugger } from '#markdown/slug.ts'

const HEADING = /^(#{1,6}) (.*)$/
const FENCE = /^ {0,3}(`{3,}|~{3,})/

/**
 * @param markdown - A page of a set.
 * @returns `undefined` when no heading has this anchor.
 */
export function entryText(markdown: string, anchor: string): string | undefined {
  const slugger = new Slugger()
  const lines = markdown.split('\n')
  let fence: string | undefined
  let start = -1
  let depth = 0
  for (const [number, line] of lines.entries()) {
    const [, mark] = FENCE.exec(line) ?? []
    if (mark !== undefined && (fence === undefined || (mark.startsWith(fence) && line.trim() === mark))) {
      fence = fence === undefined ? mark : undefined
      continue
    }
    const [, hashes, text = ''] = fence === undefined ? (HEADING.exec(line) ?? []) : []
    if (hashes === undefined) continue
    if (start !== -1 && hashes.length <= depth) return lines.slice(start, number).join('\n').trimEnd()
    const id = slugger.next(text.replace(/[`\\*]/g, ''))
    if (start === -1 && id === anchor) {
      start = number
      depth = hashes.length
    }
  }
  return start === -1 ? undefined : lines.slice(start).join('\n').trimEnd()
}

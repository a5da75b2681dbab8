/** The part of a page below one of its headings. */

import { inSlices, type Steps } from '#base/slices.ts'
import { Slugger } from '#markdown/slug.ts'

const HEADING = /^(#{1,6}) (.*)$/
const FENCE = /^ {0,3}(`{3,}|~{3,})/
/** Maximum number of headings in a page; headings after these are not found. */
const MAX_HEADINGS = 100_000
/** Number of lines per step. */
const STEP = 256

/**
 * Finds the part of a page below a heading. Yields to other requests meanwhile: a page may have megabytes of headings.
 *
 * @param markdown - A page of a set.
 * @returns `undefined` when no heading has this anchor.
 */
export const entryText = (markdown: string, anchor: string): Promise<string | undefined> =>
  inSlices(findEntry(markdown, anchor))

function* findEntry(markdown: string, anchor: string): Steps<string | undefined> {
  const slugger = new Slugger()
  const wanted = withoutHyphens(anchor)
  let fence: string | undefined
  let start = -1
  let depth = 0
  let [lines, headings] = [0, 0]
  for (let at = 0, next = 0; at <= markdown.length && headings < MAX_HEADINGS; at = next) {
    if (++lines % STEP === 0) yield
    const end = markdown.indexOf('\n', at)
    next = (end === -1 ? markdown.length : end) + 1
    const line = markdown.slice(at, next - 1)
    const [, mark] = FENCE.exec(line) ?? []
    if (mark !== undefined && (fence === undefined || (mark.startsWith(fence) && line.trim() === mark))) {
      fence = fence === undefined ? mark : undefined
      continue
    }
    const [, hashes, text = ''] = fence === undefined ? (HEADING.exec(line) ?? []) : []
    if (hashes === undefined) continue
    headings += 1
    if (start !== -1 && hashes.length <= depth) return markdown.slice(start, at).trimEnd()
    const id = slugger.next(text.replace(/[`\\*]/g, ''))
    if (start === -1 && withoutHyphens(id) === wanted) {
      start = at
      depth = hashes.length
    }
  }
  return start === -1 ? undefined : markdown.slice(start).trimEnd()
}

/** Sets of earlier versions have hyphens where anchors now have nothing: `router-match`. */
const withoutHyphens = (anchor: string): string => anchor.replaceAll('-', '')

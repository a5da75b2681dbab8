/**
 * Makes anchors of headings. The page writer and the renderer use this same function, so that links written before rendering
 * are correct.
 */

import { normalise } from '#base/unicode-forms.ts'

/** Number of UTF-16 units that an anchor is made from: the first of a heading, which may have hundreds of thousands. */
const MAX_READ = 1_000

/** Maximum number of UTF-16 units of an anchor. */
const MAX_SLUG = 200

/**
 * `Router.match` → `routermatch`, as GitHub makes anchors, so that links also work where Markdown is shown there. Text without
 * letters and digits becomes `section`. Never half of a surrogate pair.
 */
export function slugify(text: string): string {
  const slug = normalise(text.slice(0, MAX_READ), 'NFC')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\s-]/gu, '')
    .replace(/\s/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/[\ud800-\udbff]$/, '')
  return /[\p{L}\p{N}]/u.test(slug) ? slug : 'section'
}

/** Makes slugs that are unique within one page: the second `run` becomes `run-1`, the third `run-2`, skipping existing ones. */
export class Slugger {
  readonly #taken = new Set<string>()
  readonly #last = new Map<string, number>()

  next(text: string): string {
    const base = slugify(text)
    let number = this.#last.get(base) ?? 0
    let slug = number === 0 ? base : `${base}-${number}`
    while (this.#taken.has(slug)) slug = `${base}-${++number}`
    this.#taken.add(slug)
    this.#last.set(base, number)
    return slug
  }
}

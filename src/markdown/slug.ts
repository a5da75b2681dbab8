/**
 * Anchors of headings. The page writer and the renderer use the same function, so an anchor that was written down
 * before rendering is the one the page gets.
 */

/** `Router.match` → `router-match`; what holds no letter or digit becomes `section`. At most 80 characters, none of them half of one. */
export function slugify(text: string): string {
  const slug = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .slice(0, 80)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/^-+|(?<!-)-+$/g, '')
  return slug === '' ? 'section' : slug
}

/**
 * Slugs that are unique within one page: the second `run` becomes `run-1`, the third `run-2`, skipping what is taken.
 */
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

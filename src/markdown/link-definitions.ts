/** The link definitions of a text. */

/** Limit on the characters that the references of a text copy: many may name one long URL. */
const MAX_COPIED = 100_000

export class LinkDefinitions {
  readonly #urls = new Map<string, string>()
  #left = MAX_COPIED

  /** The first definition of an identifier counts. */
  add(identifier: string, url: string): void {
    if (!this.#urls.has(identifier)) this.#urls.set(identifier, url)
  }

  /** `''` if there is no definition, or the limit is reached. */
  urlOf(identifier: string): string {
    const url = this.#urls.get(identifier) ?? ''
    this.#left -= url.length
    return this.#left < 0 ? '' : url
  }
}

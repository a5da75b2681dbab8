/** Creates links from pages to files of the repository, on the web or in the set, and records them for the checks. */

import { type Component, isUnnamed, type SourceLink } from '#generate/model.ts'
import { code, type Inline, link } from '#markdown/build.ts'

/** Returns the URL of a file or of some lines: on the web, or of the text in the set; `null` if there is neither. */
export type LinkTo = (path: string, startLine?: number, endLine?: number) => string | null

export class Sources {
  readonly #links = new Map<string, SourceLink>()
  readonly #linkTo: LinkTo

  constructor(linkTo: LinkTo) {
    this.#linkTo = linkTo
  }

  /** The name of a file, linked if possible. */
  file(path: string, label = path): Inline[] {
    return this.around(path, code(label))
  }

  /** A label, linked to a file if possible. */
  around(path: string, ...label: Inline[]): Inline[] {
    const url = this.address(path)
    return url === null ? label : [link(url, ...label)]
  }

  /** A link to the definition of a component. */
  definition(component: Component, ...label: Inline[]): Inline[] {
    const url = this.addressOf(component)
    return url === null ? label : [link(url, ...label)]
  }

  /** The URL of a file, or of the definition of a component. */
  addressOf(thing: Component | string): string | null {
    if (typeof thing === 'string') return this.address(thing)
    const { file, startLine, endLine } = thing
    const symbol = isUnnamed(thing) ? null : thing.name
    const url = this.#linkTo(file, startLine, endLine)
    if (url !== null) this.#keep({ url, path: file, startLine, endLine, symbol })
    return url
  }

  /** A link to lines of a file that are not a definition. */
  place(path: string, startLine: number, endLine: number, ...label: Inline[]): Inline[] {
    const url = this.#linkTo(path, startLine, endLine)
    if (url === null) return label
    this.#keep({ url, path, startLine, endLine, symbol: null })
    return [link(url, ...label)]
  }

  /** A link to a line that mentions a name without defining it. */
  mention(path: string, line: number, symbol: string, ...label: Inline[]): Inline[] {
    const url = this.#linkTo(path, line, line)
    if (url === null) return label
    this.#keep({ url, path, startLine: line, endLine: line, symbol })
    return [link(url, ...label)]
  }

  /** The URL of a file that the repository's own text names, and that may not exist. */
  address(path: string): string | null {
    const url = this.#linkTo(path)
    if (url !== null) this.#keep({ url, path, startLine: null, endLine: null, symbol: null })
    return url
  }

  list(): SourceLink[] {
    return [...this.#links.values()]
  }

  #keep(found: SourceLink): void {
    this.#links.set(`${found.url} ${found.symbol ?? ''}`, found)
  }
}

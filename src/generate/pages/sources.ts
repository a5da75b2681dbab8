/** Links from pages to the files of the repository, on the web or in the set, kept in a list so that they can be checked. */

import { type Component, isUnnamed, type SourceLink } from '#generate/model.ts'
import { code, type Inline, link } from '#markdown/build.ts'

/** The address of a file or of lines of it: on the web, or of the text that the set keeps; `null` where there is neither. */
export type LinkTo = (path: string, startLine?: number, endLine?: number) => string | null

export class Sources {
  readonly #links = new Map<string, SourceLink>()
  readonly #linkTo: LinkTo

  constructor(linkTo: LinkTo) {
    this.#linkTo = linkTo
  }

  /** A link to a file around its name, or only the name. */
  file(path: string, label = path): Inline[] {
    return this.around(path, code(label))
  }

  /** A link to a file around some words, or only the words. */
  around(path: string, ...label: Inline[]): Inline[] {
    const url = this.address(path)
    return url === null ? label : [link(url, ...label)]
  }

  /** A link to where a component is defined. */
  definition(component: Component, ...label: Inline[]): Inline[] {
    const url = this.addressOf(component)
    return url === null ? label : [link(url, ...label)]
  }

  /** The address of a file, or of where a component is defined. */
  addressOf(thing: Component | string): string | null {
    if (typeof thing === 'string') return this.address(thing)
    const { file, startLine, endLine } = thing
    const symbol = isUnnamed(thing) ? null : thing.name
    const url = this.#linkTo(file, startLine, endLine)
    if (url !== null) this.#keep({ url, path: file, startLine, endLine, symbol })
    return url
  }

  /** A link to lines of a file that define nothing. */
  place(path: string, startLine: number, endLine: number, ...label: Inline[]): Inline[] {
    const url = this.#linkTo(path, startLine, endLine)
    if (url === null) return label
    this.#keep({ url, path, startLine, endLine, symbol: null })
    return [link(url, ...label)]
  }

  /** A link to a line that holds a name without defining it. */
  mention(path: string, line: number, symbol: string, ...label: Inline[]): Inline[] {
    const url = this.#linkTo(path, line, line)
    if (url === null) return label
    this.#keep({ url, path, startLine: line, endLine: line, symbol })
    return [link(url, ...label)]
  }

  /** The address of a file that the repository's own text names; unlike the others it is not known to be there. */
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

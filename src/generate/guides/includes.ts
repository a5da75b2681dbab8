/** What documents take over from other files of the repository: examples, most of all. Nothing outside of it is read. */

import { folderOf, joinPath } from '#generate/paths.ts'

/** Characters that one document takes over, and how often it does; and the characters of all documents together. */
const MAX_CHARACTERS = 100_000
const MAX_PARTS = 60
const MAX_TOGETHER = 2_000_000

/** The other files of a repository, for all its documents. */
export interface OtherFiles {
  /** The text of a file; `null` where there is none. */
  textOf(path: string): string | null
  /** Whether a file is a document with a page of its own. */
  isGuide(path: string): boolean
  /** Characters that may still be taken over. */
  left: number
}

export const otherFiles = (textOf: OtherFiles['textOf'], isGuide: OtherFiles['isGuide'] = () => false): OtherFiles => ({
  textOf,
  isGuide,
  left: MAX_TOGETHER,
})

/** What one document takes over from other files. */
export class Includes {
  readonly #files: OtherFiles
  #characters = MAX_CHARACTERS
  #parts = MAX_PARTS

  constructor(files: OtherFiles) {
    this.#files = files
  }

  /** The text of a file; `null` where there is none, or the document has taken over enough. */
  textOf(path: string): string | null {
    if (this.#parts <= 0) return null
    const text = this.#files.textOf(path)
    if (text !== null) this.#parts -= 1
    return text
  }

  isGuide(path: string): boolean {
    return this.#files.isGuide(path)
  }

  /** @returns Whether there is room for so many characters more; then they count. */
  take(characters: number): boolean {
    if (characters > Math.min(this.#characters, this.#files.left)) return false
    this.#characters -= characters
    this.#files.left -= characters
    return true
  }
}
const MDBOOK = /^\s*\{\{#(?:rustdoc_)?(?:include|playground)\s+([^\s{}]{1,200})[^{}]{0,100}\}\}\s*$/
const SNIPPET = /^\s*(?:-{2,}8<-{2,}|;-{2,}8<-{2,})\s+["']([^"']{1,200})["']\s*$/
const FASTAPI = /^\s*\{[*!]>?\s*([^\s{}*!]{1,200})[^{}]{0,200}[*!]\}\s*$/
const VITEPRESS = /^\s*<<<\s*@?\/?([^\s{}[\]]{1,200})(?:[{[].{0,100})?$/

/** Put the text of files in the place of the lines that name them; a file that is not there leaves its name. */
export function includeFiles(source: string, path: string, includes: Includes): string {
  if (!/\{\{#|8<-|\{[*!]|<<</.test(source)) return source
  return source
    .split('\n')
    .map((line) => {
      const vite = VITEPRESS.exec(line)?.[1]
      const named = MDBOOK.exec(line)?.[1] ?? SNIPPET.exec(line)?.[1] ?? FASTAPI.exec(line)?.[1] ?? vite
      if (named === undefined) return line
      const [file = '', ...range] = named.split(/[:#]/)
      const text = find(file, path, includes)
      const part = text === null ? null : partOf(text, range)
      if (part === null || !includes.take(part.length)) return `\`${file.replace(/`/g, '')}\``
      return vite === undefined ? part : `\`\`\`${file.split('.').at(-1) ?? ''}\n${part}\n\`\`\``
    })
    .join('\n')
}

function find(file: string, path: string, includes: Includes): string | null {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const target = joinPath(folder, file)
    const text = target === undefined ? null : includes.textOf(target)
    if (text !== null || folder === '') return text
  }
}

/** Lines, or what is between `ANCHOR: name` and its end. */
function partOf(text: string, [first, last]: string[]): string {
  const lines = text.replace(/\n$/, '').split('\n')
  const isRange = first === undefined || /^\d*$/.test(first)
  const from = isRange ? Number(first || 1) - 1 : lines.findIndex((line) => line.includes(`ANCHOR: ${first}`)) + 1
  const end = isRange
    ? Number(last || (first && last === undefined ? first : lines.length))
    : lines.findIndex((line) => line.includes(`ANCHOR_END: ${first}`))
  return lines
    .slice(from, end < 0 ? undefined : end)
    .filter((line) => !/ANCHOR(?:_END)?: /.test(line))
    .join('\n')
}

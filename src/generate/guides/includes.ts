/** What documents take over from other files of the repository: examples, most of all. Nothing outside of it is read. */

import { folderOf, joinPath } from '#generate/paths.ts'

/** The text of a file of the repository; `null` where there is none. */
export type FileText = (path: string) => string | null

/** Characters that one document takes over, and from how many files. */
const MAX_CHARACTERS = 100_000
const MAX_FILES = 60
const MDBOOK = /^\s*\{\{#(?:rustdoc_)?(?:include|playground)\s+([^\s{}]{1,200})[^{}]{0,100}\}\}\s*$/
const SNIPPET = /^\s*(?:-{2,}8<-{2,}|;-{2,}8<-{2,})\s+["']([^"']{1,200})["']\s*$/
const FASTAPI = /^\s*\{[*!]>?\s*([^\s{}*!]{1,200})[^{}]{0,200}[*!]\}\s*$/
const VITEPRESS = /^\s*<<<\s*@?\/?([^\s{}[\]]{1,200})(?:[{[].{0,100})?$/

/** Put the text of files in the place of the lines that name them; a file that is not there leaves its name. */
export function includeFiles(source: string, path: string, fileText: FileText): string {
  if (!/\{\{#|8<-|\{[*!]|<<</.test(source)) return source
  let left = MAX_CHARACTERS
  let files = 0
  return source
    .split('\n')
    .map((line) => {
      const vite = VITEPRESS.exec(line)?.[1]
      const named = MDBOOK.exec(line)?.[1] ?? SNIPPET.exec(line)?.[1] ?? FASTAPI.exec(line)?.[1] ?? vite
      if (named === undefined) return line
      const [file = '', ...range] = named.split(/[:#]/)
      files += 1
      const text = files > MAX_FILES ? null : (find(file, path, fileText) ?? null)
      const part = text === null ? null : partOf(text, range)
      if (part === null || part.length > left) return `\`${file.replace(/`/g, '')}\``
      left -= part.length
      return vite === undefined ? part : `\`\`\`${file.split('.').at(-1) ?? ''}\n${part}\n\`\`\``
    })
    .join('\n')
}

function find(file: string, path: string, fileText: FileText): string | null {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const target = joinPath(folder, file)
    const text = target === undefined ? null : fileText(target)
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

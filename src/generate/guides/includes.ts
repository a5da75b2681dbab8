/** Includes text of other files of the repository in documents, mostly examples. No other files are read. */

import { folderOf, joinPath } from '#generate/paths.ts'
import { Fences } from '#markdown/fences.ts'

/** Limits on the characters and files that one document includes, and on the characters that all documents include. */
const MAX_CHARACTERS = 100_000
const MAX_PARTS = 60
const MAX_TOGETHER = 2_000_000

/** The other files of a repository, shared by all its documents. */
export interface OtherFiles {
  /** The text of a file; `null` when it does not exist. */
  textOf(path: string): string | null
  /** Whether a file is a document with a page of its own. */
  isGuide(path: string): boolean
  /** Characters that may still be included. */
  left: number
}

export const otherFiles = (textOf: OtherFiles['textOf'], isGuide: OtherFiles['isGuide'] = () => false): OtherFiles => ({
  textOf,
  isGuide,
  left: MAX_TOGETHER,
})

/** Includes files in one document, within its limits. */
export class Includes {
  readonly #files: OtherFiles
  #characters = MAX_CHARACTERS
  #parts = MAX_PARTS

  constructor(files: OtherFiles) {
    this.#files = files
  }

  /** The text of a file; `null` when it does not exist or the limit is reached. */
  textOf(path: string): string | null {
    if (this.#parts <= 0) return null
    const text = this.#files.textOf(path)
    if (text !== null) this.#parts -= 1
    return text
  }

  isGuide(path: string): boolean {
    return this.#files.isGuide(path)
  }

  /** Counts characters against the limits. @returns False, without counting, if they exceed a limit. */
  take(characters: number): boolean {
    if (characters > Math.min(this.#characters, this.#files.left)) return false
    this.#characters -= characters
    this.#files.left -= characters
    return true
  }
}

/** `{{#include plan.rs:2:5}}` of mdBook. */
const MDBOOK = /^\s*\{\{#(?:rustdoc_)?(?:include|playground)\s+([^\s{}]{1,200})[^{}]{0,100}\}\}\s*$/
/** `--8<-- "plan.py"` of PyMdown Extensions. */
const SNIPPET = /^\s*(?:-{2,}8<-{2,}|;-{2,}8<-{2,})\s+["']([^"']{1,200})["']\s*$/
/** `{* plan.py hl[2] *}` of FastAPI. */
const FASTAPI = /^\s*\{[*!]>?\s*([^\s{}*!]{1,200})[^{}]{0,200}[*!]\}\s*$/
/** `<<< @/plan.ts#region{2}` of VitePress. */
const VITEPRESS = /^\s*<<<\s*@?\/?([^\s{}[\]]{1,200})(?:[{[].{0,100})?$/

/** Replaces lines that include a file with its text; for a missing file its name remains. */
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
      return vite === undefined ? part : fenced(part, languageOf(file))
    })
    .join('\n')
}

/** `import plan from '!!raw-loader!./plan.cs'`, `import plan from './plan.cs?raw'`. */
const RAW_IMPORT =
  /^import\s{1,4}(\w{1,80})\s{1,4}from\s{1,4}["'](?:!!raw-loader!(?:@site\/)?([^"'?]{1,300})|(?:@site\/)?([^"'?!]{1,300})\?raw)["'];?\s*$/
/** `<CodeBlock language="csharp">{plan}</CodeBlock>`, `<Code code={plan} lang="cs" />`. */
const SHOWN = /^\s*<[A-Z]\w{0,60}((?:\s[^<>]{0,300})?)(?:>\s*\{(\w{1,80})\}\s*<\/[A-Z]\w{0,60}|\/)>\s*$/

/** Replaces the components of MDX that show an imported file with its text, and removes those whose value is not known. */
export function includeImports(source: string, path: string, includes: Includes): string {
  const lines = source.split('\n')
  const files = new Map(
    lines.flatMap((line) => {
      const [, name, loaded, raw] = RAW_IMPORT.exec(line) ?? []
      return name === undefined ? [] : [[name, loaded ?? raw ?? ''] as const]
    }),
  )
  if (!path.endsWith('.mdx') && files.size === 0) return source
  const fences = new Fences({ isIndented: true })
  const shown = lines.map((line) => {
    const [, attributes = '', child] = (fences.isCode(line) ? null : SHOWN.exec(line)) ?? []
    const name = child ?? /\scode=\{(\w{1,80})\}/.exec(attributes)?.[1]
    if (name === undefined) return line
    const file = files.get(name)
    const text = file === undefined ? null : find(file, path, includes)
    if (file === undefined || text === null || !includes.take(text.length)) return ''
    return fenced(text.trimEnd(), /\slang(?:uage)?="([\w+#-]{1,40})"/.exec(attributes)?.[1] ?? languageOf(file))
  })
  return shown.join('\n')
}

function fenced(code: string, language: string): string {
  const mark = code.includes('```') ? '~~~~' : '```'
  return `${mark}${language}\n${code}\n${mark}`
}

const languageOf = (file: string): string => file.split('.').at(-1) ?? ''

function find(file: string, path: string, includes: Includes): string | null {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const target = joinPath(folder, file)
    const text = target === undefined ? null : includes.textOf(target)
    if (text !== null || folder === '') return text
  }
}

/** A range of lines, or the lines between the markers of a named section; all lines if there is no such section. */
function partOf(text: string, [first, last]: string[]): string {
  const lines = text.replace(/\n$/, '').split('\n')
  const isRange = first === undefined || /^\d*$/.test(first)
  const markers = lines.map(markerIn)
  const isAt = (end: boolean) => (marker: Marker | undefined) => marker?.name === first && marker?.isEnd === end
  const from = isRange ? Number(first || 1) - 1 : markers.findIndex(isAt(false)) + 1
  const end = isRange
    ? Number(last || (first && last === undefined ? first : lines.length))
    : markers.findIndex((marker, at) => at >= from && isAt(true)(marker))
  return lines
    .slice(from, end < 0 ? undefined : end)
    .filter((_, at) => markers[from + at] === undefined)
    .join('\n')
}

interface Marker {
  name: string
  isEnd: boolean
}

/** `ANCHOR: name` of mdBook, `#region name` of VitePress, `--8<-- [start:name]` of PyMdown Extensions. */
const MARKER =
  /(?<![\w-])ANCHOR(?<anchor>_END)?:\s*(?<anchored>[\w-]+)|#(?<region>end)?region\s+(?<regioned>[\w-]+)|8<-+\s+\[(?<snippet>start|end):\s*(?<snipped>[\w-]+)\]/

function markerIn(line: string): Marker | undefined {
  const found = MARKER.exec(line)?.groups
  if (found === undefined) return undefined
  const name = found.anchored ?? found.regioned ?? found.snipped ?? ''
  return { name, isEnd: found.anchor !== undefined || found.region !== undefined || found.snippet === 'end' }
}

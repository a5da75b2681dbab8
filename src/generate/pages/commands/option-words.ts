/** What is said of an option that has no help text: by the code that reads it, and by the documents of the repository. */

import type { CommandOption, SourceFile } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isDocument } from '#generate/pages/readme/documents.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { docSentence, type Writing } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import { code, type Inline } from '#markdown/build.ts'
import { readsInput } from './standard-input.ts'
import { helpRows, type UsageRow, usageIn } from './usage-text.ts'

/** Lines of one call. */
const MAX_LINES = 10
const MAX_CHARS = 300_000
/** What is said below more headings than that is said of something else. */
const MAX_HEADINGS = 3
const HISTORY = /(?:^|\/)(?:change|history|news|release|migrat|upgrad)/i
const VALUE = String.raw`(\([^()]{0,60}\)|[\w.'"-]{1,60})`
const CONST = new RegExp(String.raw`\bconst=${VALUE}`)
const DEFAULT = new RegExp(String.raw`\bdefault=${VALUE}`)

/** What the usage text of its file says, `min_version = (3, 6)`, what `-` stands for, or the sentence of a document; nothing where nothing is known. */
export function optionWords(writing: Writing, option: CommandOption): Inline[] {
  const { repo, texts } = writing
  const { file, line, isArgument } = option
  const { options } = usageIn(repo.files.get(file))
  const said = option.names.flatMap((name) => options.get(name) ?? [])[0] ?? helpRowOf(writing, option)?.text
  if (said !== undefined) return [said]
  const call = callAt(codeLines(repo, file, line - 1, line + MAX_LINES), option.written)
  if (isArgument)
    return readsInput(writing, option, call)
      ? [{ ...code('-'), data: { isQuoted: true } }, texts.commandLine.readsInput]
      : []
  const [, dest] = /\bdest=["'](\w{1,60})["']/.exec(call) ?? []
  const [, value] = CONST.exec(call) ?? []
  if (dest === undefined || value === undefined || !/\bstore_const\b/.test(call)) return documented(writing, option)
  const sets: Inline = { ...code(`${dest} = ${value}`), data: { isQuoted: true } }
  return DEFAULT.exec(call)?.[1] === value ? [sets, texts.commandLine.isDefault] : [sets]
}

const helpKnown = new WeakMap<Writing, Map<string, ReadonlyMap<string, UsageRow>>>()

/** The line of the help text that a program prints, from a file beside the one that reads the option. */
export function helpRowOf(writing: Writing, { file, names }: CommandOption): UsageRow | undefined {
  const folders = helpKnown.get(writing) ?? new Map<string, ReadonlyMap<string, UsageRow>>()
  helpKnown.set(writing, folders)
  const folder = folderOf(file)
  const rows = folders.get(folder) ?? rowsIn(writing, folder)
  folders.set(folder, rows)
  return names.flatMap((name) => rows.get(bare(name)) ?? [])[0]
}

/** By name without dashes: packages that take one dash take two as well. */
function rowsIn({ repo }: Writing, folder: string): Map<string, UsageRow> {
  const found = new Map<string, UsageRow>()
  for (const file of repo.files.values()) {
    if (folderOf(file.path) !== folder || !isMain(file.path, repo)) continue
    for (const row of helpRows(file))
      for (const name of row.names) if (!found.has(bare(name))) found.set(bare(name), row)
  }
  return found
}

export const bare = (name: string): string => name.replace(/^-+/, '')

/** From the name of the option to the end of its call. */
function callAt(lines: readonly string[], written: string): string {
  const text = lines.join(' ')
  const at = text.indexOf(written)
  let depth = 1
  for (let end = Math.max(0, at); at >= 0 && end < text.length; end++) {
    if (text[end] === '(') depth++
    else if (text[end] === ')' && --depth === 0) return text.slice(at, end)
  }
  return ''
}

type Mentions = ReadonlyMap<string, readonly { heading: string; line: string }[]>
const known = new WeakMap<Writing, Mentions>()

/** `pep 585 rewrites: Unless it is passed.`: the line of a document that names it, with the heading above. */
function documented(writing: Writing, { names }: CommandOption): Inline[] {
  const mentions = known.get(writing) ?? mentionsIn(writing.inventory.files)
  known.set(writing, mentions)
  const all = names.flatMap((name) => mentions.get(name) ?? [])
  const [first] = all
  const headings = [...new Set(all.map(({ heading }) => heading))]
  if (first === undefined || headings.length > MAX_HEADINGS) return []
  const sentence = docSentence(first.line)
  if (sentence === null) return []
  return first.heading === '' ? sentence : [headings.join(writing.texts.comma), writing.texts.colon, ...sentence]
}

/** The lines of prose that name an option in code style. */
function mentionsIn(files: readonly SourceFile[]): Mentions {
  const found = new Map<string, { heading: string; line: string }[]>()
  for (const file of files) {
    const { path, text } = file
    if (!/^README\.\w+$/i.test(path) || !isDocument(file) || HISTORY.test(path)) continue
    let heading = ''
    let isCode = false
    for (const line of text?.slice(0, MAX_CHARS).split('\n') ?? []) {
      if (/^\s{0,8}(?:```|~~~)/.test(line)) isCode = !isCode
      else if (!isCode && /^#{1,6} /.test(line)) heading = line.replace(/^#+ |[`*]/g, '').trim()
      else if (!isCode && line.length < 400)
        for (const [, name = ''] of line.matchAll(/`(--?[A-Za-z][\w-]{0,60})(?=[` =])/g))
          found.set(name, [
            ...(found.get(name) ?? []),
            { heading, line: line.replace(/^\s*(?:[-*+]|\d+\.)\s+/, '').trim() },
          ])
    }
  }
  return found
}

/** Directives that show files of the repository, whole or in part. */

import type { RootContent } from 'mdast'
import { hasText } from '#base/find-text.ts'
import { indentOf } from '#generate/formats/indentation.ts'
import { folderOf, joinPath } from '#generate/paths.ts'
import { paragraph } from '#markdown/build.ts'
import type { Blocks } from './blocks.ts'
import { dedent, isBlank } from './lines.ts'

/** Limit on the lines of a file that are shown as code; the rest is left out. */
const MAX_LITERAL_LINES = 400
/** Limit on the ranges of the option `lines`, each of which may be the whole file. */
const MAX_RANGES = 40

export function included(blocks: Blocks, argument: string, options: ReadonlyMap<string, string>): RootContent[] {
  const { document } = blocks
  const text = fileAt(blocks, argument)
  const part = text === null ? null : partOf(text, options)
  if (part === null || !document.includes.take(part.length)) return [nameOfFile(argument)]
  if (options.has('literal') || options.has('code'))
    return [{ type: 'code', lang: options.get('code') ?? null, value: part }]
  // A text that includes itself ends there.
  if (!/\.(?:rst|txt|inc)$/i.test(argument) || document.including.has(argument)) return []
  document.including.add(argument)
  const taken = blocks.taken(part)
  document.including.delete(argument)
  return taken
}

export function literal(blocks: Blocks, argument: string, options: ReadonlyMap<string, string>): RootContent[] {
  const text = fileAt(blocks, argument)
  const value = text === null ? null : partOf(text, options).split('\n').slice(0, MAX_LITERAL_LINES).join('\n')
  if (value === null || !blocks.document.includes.take(value.length)) return [nameOfFile(argument)]
  const lang = options.get('language') ?? /\.(\w{1,8})$/.exec(argument)?.[1] ?? null
  return [{ type: 'code', lang: lang === 'py' ? 'python' : lang, value }]
}

export const nameOfFile = (argument: string): RootContent => paragraph({ type: 'inlineCode', value: argument || '…' })

export function fileAt({ document }: Blocks, argument: string): string | null {
  if (argument.startsWith('/')) {
    // Relative to the documentation root, which is one of the folders above.
    for (let folder = folderOf(document.path); ; folder = folderOf(folder)) {
      const text = document.includes.textOf(joinPath(folder, argument.slice(1)) ?? '')
      if (text !== null || folder === '') return text
    }
  }
  const path = joinPath(folderOf(document.path), argument)
  return path === undefined || path === document.path ? null : document.includes.textOf(path)
}

/** Part of a file by line numbers, by marker lines, or by Python object. */
function partOf(text: string, options: ReadonlyMap<string, string>): string {
  let lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  const ranges = options.get('lines')
  if (ranges !== undefined) {
    lines = ranges.split(',', MAX_RANGES).flatMap((range) => {
      const [first = '', last = first] = range.trim().split('-')
      return lines.slice(Number(first || 1) - 1, last === '' ? undefined : Number(last))
    })
  }
  const from = Number(options.get('start-line') ?? Number.NaN)
  if (Number.isFinite(from)) lines = lines.slice(from)
  const after = options.get('start-after')
  if (after) lines = lines.slice(lines.findIndex((line) => hasText(line, after)) + 1)
  const at = options.get('start-at')
  if (at)
    lines = lines.slice(
      Math.max(
        0,
        lines.findIndex((line) => hasText(line, at)),
      ),
    )
  const before = options.get('end-before')
  if (before) {
    const end = lines.findIndex((line) => hasText(line, before))
    if (end >= 0) lines = lines.slice(0, end)
  }
  const object = options.get('pyobject')?.split('.').at(-1)
  if (object) {
    const start = lines.findIndex((line) => /^\s*(?:async def|def|class)\s+(\w+)/.exec(line)?.[1] === object)
    if (start >= 0) {
      const indent = indentOf(lines[start] ?? '')
      const end = lines.findIndex((line, index) => index > start && !isBlank(line) && indentOf(line) <= indent)
      lines = lines.slice(start, end < 0 ? undefined : end)
    }
  }
  return dedent(lines).join('\n')
}

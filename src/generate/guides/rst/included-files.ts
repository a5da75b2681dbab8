/** Directives that show files of the repository, whole or in part. */

import type { RootContent } from 'mdast'
import { hasText } from '#base/find-text.ts'
import { indentOf } from '#generate/formats/indentation.ts'
import { folderOf, joinPath } from '#generate/paths.ts'
import { paragraph } from '#markdown/build.ts'
import type { Blocks } from './blocks.ts'
import { dedent } from './lines.ts'

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

/** Part of a file by Python object, by the numbers of the first and last line, by marker lines, then by line numbers in that part. */
function partOf(text: string, options: ReadonlyMap<string, string>): string {
  const whole = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  const bounds = ['start-line', 'end-line'].map((name) => Number(options.get(name) || Number.NaN))
  const [from, to] = bounds.map((line) => (Number.isInteger(line) ? line : undefined))
  let lines = objectIn(whole, options.get('pyobject') ?? '').slice(from, to)
  const indexOf = (option: string): number => {
    const marker = options.get(option)
    return marker ? lines.findIndex((line) => hasText(line, marker)) : -1
  }
  lines = lines.slice(indexOf('start-after') + 1)
  lines = lines.slice(Math.max(0, indexOf('start-at')))
  const before = indexOf('end-before')
  if (before >= 0) lines = lines.slice(0, before)
  const last = indexOf('end-at')
  if (last >= 0) lines = lines.slice(0, last + 1)
  const ranges = options.get('lines')
  if (ranges === undefined) return dedent(lines).join('\n')
  const chosen = ranges.split(',', MAX_RANGES).flatMap((range) => {
    const [first = '', end = first] = range.trim().split('-')
    return lines.slice(Number(first || 1) - 1, end === '' ? undefined : Number(end))
  })
  return dedent(chosen).join('\n')
}

/** The lines of a Python function or class by its qualified name, `Plan.run`, with its decorators; all lines if there is none. */
function objectIn(lines: readonly string[], name: string): readonly string[] {
  const start = name === '' ? -1 : startOfObject(lines, name)
  if (start < 0) return lines
  const indent = indentOf(lines[start] ?? '')
  const end = lines.findIndex(
    (line, at) => at > start && isCode(line) && !CLOSING.test(line) && indentOf(line) <= indent,
  )
  const last = lines.findLastIndex((line, at) => (end < 0 || at < end) && isCode(line))
  let first = start
  while (isDecorator(lines[first - 1], indent)) first--
  return lines.slice(first, last + 1)
}

function startOfObject(lines: readonly string[], name: string): number {
  /** The definitions around the current line, outermost first. */
  const around: { name: string; indent: number }[] = []
  return lines.findIndex((line) => {
    if (!isCode(line) || CLOSING.test(line)) return false
    const indent = indentOf(line)
    while ((around.at(-1)?.indent ?? -1) >= indent) around.pop()
    const defined = /^\s*(?:async\s+def|def|class)\s+(\w+)/.exec(line)?.[1]
    if (defined === undefined) return false
    around.push({ name: defined, indent })
    return around.map((one) => one.name).join('.') === name
  })
}

/** Matches a line that may close the parameters of a definition. */
const CLOSING = /^\s*[)\]}]/

/** Whether a line of Python is neither blank nor a comment. */
const isCode = (line: string): boolean => !/^\s*(?:#|$)/.test(line)

const isDecorator = (line: string | undefined, indent: number): boolean =>
  line !== undefined && /^\s*@/.test(line) && indentOf(line) === indent

/** Finds code in doc comments that is only slightly indented, begins with an annotation, or is enclosed by `<code>` on lines of their own. */

import { capital } from '#base/capital.ts'
import { append } from '#base/long-arrays.ts'
import { isElement } from '#generate/analyse/doc-markup.ts'
import { indentOf } from '#generate/formats/indentation.ts'
import { Fences } from '#markdown/fences.ts'
import { entities } from './javadoc-markup.ts'

/** A line that ends or begins like a statement. */
const STATEMENT = /[;{}]$|^\s*(?:\$\w|[-=]>)/
/** The start of a list item or a tag: indented ones are text. */
const TEXT = /^\s*(?:[-*+@]|\d{1,3}[.)])\s?/
/** Minimum indentation of such code, in columns. */
const MIN_INDENT = 2
/** Limit on the lines of a block of indented code, so that blocks that are not code take linear time together. */
const MAX_CODE_LINES = 500
/** Limit on the lines of a declaration. */
const MAX_LINES = 100

/** An annotation on a line of its own, above what it annotates. */
const ANNOTATION = /^\s*@[A-Z]\w{0,60}(?:\([^()]{0,200}\))?$/
/** A line that declares something. */
const DECLARES = /^\s*(?:[a-z]{1,20} ){0,4}(?:class|def|fun|interface|object|trait|va[lr])\s|[({;]$/

/** Whether `<pre>` is open after a line. */
export function isPreformattedAfter(line: string, before: boolean): boolean {
  const last = line.match(/<\/?pre\b/gi)?.at(-1)
  return last === undefined ? before : last[1] !== '/'
}

/** Fences snippets and code that is indented below a line with a colon, and turns a `<code>` of several lines into a fence. */
export function withExampleCode(written: readonly string[]): string[] {
  const lines = withSnippets(written)
  const out: string[] = []
  const fences = new Fences({ isIndented: true })
  let isPreformatted = false
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    const isCode = isPreformatted || fences.isCode(line)
    if (fences.open === '') isPreformatted = isPreformattedAfter(line, isPreformatted)
    const end = isCode || isPreformatted ? at : Math.max(codeEnd(lines, at), annotatedEnd(lines, at))
    if (end > at) {
      const code = lines.slice(at, end)
      const margin = code.reduce((least, one) => (one === '' ? least : Math.min(least, indentOf(one))), Infinity)
      append(out, ['```', ...code.map((one) => one.slice(margin)), '```'])
    } else out.push(line)
    at = Math.max(end, at + 1)
  }
  return withFencedElements(out)
}

/** Javadoc's `{@snippet :` with its code until the line `}` that closes it. A snippet of another file is left out, with the line that announces it. */
function withSnippets(lines: readonly string[]): string[] {
  const out: string[] = []
  let depth = 0
  let head = ''
  for (const written of lines) {
    const line = head === '' ? written : `${head} ${written.trim()}`
    head = depth === 0 && OPEN_HEAD.test(line) ? line : ''
    if (head !== '') continue
    if (depth === 0) {
      const isOutside = /^\s*\{@snippet\b[^:{}]{0,200}\}$/.test(line)
      if (isOutside && ANNOUNCEMENT.test(out.at(-1) ?? '') && /^$|[.>]$/.test(out.at(-2) ?? '')) out.pop()
      if (/^\s*\{@snippet\b[^:{}]{0,200}:$/.test(line)) depth = 1
      out.push(depth === 1 ? '```' : isOutside ? '' : line)
      continue
    }
    const left = depth + line.split('{').length - line.split('}').length
    const isEnd = left <= 0 && line.trim() === '}'
    depth = isEnd ? 0 : Math.max(1, left)
    out.push(isEnd ? '```' : line)
  }
  return head === '' ? out : [...out, head]
}

/** Matches a snippet whose attributes continue on the next line. */
const OPEN_HEAD = /^\s*\{@snippet\b[^:{}]{0,200}$/
/** `Usage example:` */
const ANNOUNCEMENT = /^(?:<p>)?\p{Lu}[^.:]{0,60}:$/u

/** The index after the code that begins at a line; the same index if none does. */
function codeEnd(lines: readonly string[], from: number): number {
  const before = lines[from - 1] === '' ? lines[from - 2] : lines[from - 1]
  if (before?.endsWith(':') !== true) return from
  let end = from
  let at = from
  while (at < Math.min(lines.length, from + MAX_CODE_LINES)) {
    const line = lines[at] ?? ''
    if (line !== '' && (indentOf(line) < MIN_INDENT || line.includes('```'))) break
    at++
    if (line !== '') end = at
  }
  const code = lines.slice(from, end)
  const isCode =
    code[0] !== '' &&
    !TEXT.test(code[0] ?? '') &&
    code.some((line) => STATEMENT.test(line)) &&
    !/<pre\b/i.test(code[0] ?? '')
  return isCode ? end : from
}

/** The index after the declaration that begins with an annotation at a line; the same index if none does. */
function annotatedEnd(lines: readonly string[], from: number): number {
  if (!ANNOTATION.test(lines[from] ?? '')) return from
  const below = lines.slice(from, from + MAX_LINES)
  let depth = 0
  const length = below.findIndex((line) => {
    depth += line.split('{').length - line.split('}').length
    return (line === '' && depth <= 0) || /^\s*@[a-z]/.test(line)
  })
  const code = length < 0 ? below : below.slice(0, length)
  return code.some((line) => DECLARES.test(line)) ? from + code.length : from
}

/** Fences the lines between the tags of `<code>`, or of an element that HTML does not have, whose name becomes the title. */
function withFencedElements(lines: readonly string[]): string[] {
  const out = [...lines]
  const fences = new Fences({ isIndented: true })
  let start = -1
  let tag = ''
  let isPreformatted = false
  for (const [at, line] of lines.entries()) {
    const isCode = isPreformatted || fences.isCode(line)
    if (fences.open === '') isPreformatted = isPreformattedAfter(line, isPreformatted)
    const [, slash, name = ''] = ELEMENT.exec(line.trim().toLowerCase()) ?? []
    if (slash === '') {
      const isOwn =
        name === 'code' ? lines[at - 1]?.trim().toLowerCase() !== '<pre>' : !isCode && start < 0 && !isElement(name)
      if (isOwn) [start, tag] = [at, name]
    } else if (slash === '/' && start >= 0 && name === tag) {
      const inside = lines.slice(start + 1, at)
      if (tag === 'code' || !inside.some((one) => /^\s*</.test(one))) {
        for (const [index, one] of inside.entries()) out[start + 1 + index] = entities(one)
        out[start] = tag === 'code' ? '```' : `${capital(tag)}:\n\n\`\`\``
        out[at] = '```'
      }
      start = -1
    }
  }
  return out.flatMap((line) => line.split('\n'))
}

const ELEMENT = /^<(\/?)([a-z][a-z-]{1,30})>$/

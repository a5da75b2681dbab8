/**
 * Finds namespaces that macros open and close: `#define LIB_BEGIN_NAMESPACE namespace lib {`,
 * `#define LIB_END_NAMESPACE }`. Declarations between the two are in that namespace; without a closing macro, all
 * declarations after the first.
 */

import { lowerBound } from '#base/binary-search.ts'
import type { FileUnit } from '#generate/analyse/engine/declarations.ts'
import { E, Op } from '#generate/analyse/engine/facts.ts'
import type { LinkContext } from '#generate/analyse/engine/language.ts'

const SPACE = String.raw`(?:[ \t]|\\\r?\n)`
const DEFINE = new RegExp(String.raw`^[ \t]*#[ \t]*define[ \t]+(\w+)${SPACE}+((?:[^\n\\]|\\\r?\n|\\.)*)`, 'gm')
const OPENED = /(inline\s+)?namespace\s+([\w:]+)\s*(?:\([^()]*\)\s*)?\{/g
/** Limit on the nesting of namespaces that macros open. */
const MAX_DEPTH = 10
const CLOSES = /^(?:\}\s*)+$/

interface Macros {
  /** The namespace that each macro opens, its parts joined by dots; '' for an inline one, and for `extern "C" {`. */
  readonly opening: ReadonlyMap<string, string>
  readonly closing: ReadonlySet<string>
}

interface Range {
  readonly start: number
  readonly end: number
  readonly path: string
}

const macrosOf = new WeakMap<LinkContext, Macros>()
const rangesOf = new WeakMap<FileUnit, readonly Range[]>()

/** The first macro namespace in the file; '' for none. */
export function namespaceOf(file: FileUnit, context: LinkContext): string {
  let macros = macrosOf.get(context)
  if (macros === undefined) {
    macros = readMacros(context)
    macrosOf.set(context, macros)
  }
  const ranges = findRanges(file, macros)
  rangesOf.set(file, ranges)
  return ranges[0]?.path ?? ''
}

/** The namespace at an offset of the file. */
export function namespaceAt(file: FileUnit, offset: number): string {
  const ranges = rangesOf.get(file) ?? []
  const found = ranges[lowerBound(ranges.length, (index) => (ranges[index]?.end ?? 0) <= offset)]
  return found !== undefined && found.start <= offset ? found.path : ''
}

function readMacros(context: LinkContext): Macros {
  const opening = new Map<string, string>()
  const closing = new Set<string>()
  for (const { language, text } of context.files.values()) {
    if ((language !== 'cpp' && language !== 'c') || text === null || !text.includes('namespace')) continue
    for (const [, name = '', raw = ''] of text.matchAll(DEFINE)) {
      const body = raw.replace(/\\\r?\n/g, ' ').replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/.*/g, '')
      if (CLOSES.test(body.trim())) closing.add(name)
      else if (/^(?:(?:inline\s+)?namespace\b|extern\s*"C"\s*\{)/.test(body.trim())) {
        const parts = [...body.matchAll(OPENED)].filter(([, isInline]) => isInline === undefined)
        const path = parts.map(([, , part = '']) => part.replaceAll('::', '.'))
        if (leavesOpen(body)) opening.set(name, path.join('.'))
      }
    }
  }
  return { opening, closing }
}

/** Whether a body opens more braces than it closes, unlike `namespace lib { class Plan; }`. */
function leavesOpen(body: string): boolean {
  let depth = 0
  for (const character of body) depth += character === '{' ? 1 : character === '}' ? -1 : 0
  return depth > 0
}

function findRanges(file: FileUnit, { opening, closing }: Macros): Range[] {
  if (opening.size === 0 || !file.facts.strings.some((text) => opening.has(text))) return []
  const ranges: Range[] = []
  const open: string[] = []
  let from = 0
  const endAt = (end: number): void => {
    const path = open.filter((one) => one !== '').join('.')
    if (path !== '') ranges.push({ start: from, end, path })
    from = end
  }
  for (let expr = 0; expr < file.exprCount; expr++) {
    if (file.expr(expr, E.op) !== Op.ref) continue
    const name = file.nameOf(expr)
    const path = opening.get(name)
    if (path === undefined && !closing.has(name)) continue
    endAt(file.expr(expr, E.start))
    if (path === undefined) open.pop()
    else if (open.length < MAX_DEPTH) open.push(path)
  }
  endAt(Number.POSITIVE_INFINITY)
  return ranges
}

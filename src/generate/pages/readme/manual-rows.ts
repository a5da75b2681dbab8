/**
 * Reads what a manual in reStructuredText says about definitions, in directives of Sphinx: `.. function:: int plan(int days)`
 * with a description below. Signatures of fields and options are not read.
 */

import { push } from '#base/multimap.ts'
import { rstToMarkdown } from './rst.ts'

/** A description of a definition by a manual. */
export interface ManualRow {
  /** What the manual puts before the name: a module, a namespace or a class; `''` if nothing. */
  readonly owner: string
  /** The first paragraph, as Markdown. */
  readonly text: string
}

const DIRECTIVE =
  /^( {0,40})\.\. (?:(?:c|cpp|js|py):)?(?:class|classmethod|data|decorator|enum|enumerator|exception|function|interface|macro|method|property|staticmethod|struct|type|var)::[ \t]+(\S.{0,400})$/
const MARKUP = /^(?:\.\. |:[\w -]{1,60}:|[-*+|>] |\d+[.)] |::$)/
/** Matches a reference to a definition: `:func:`plan()``, `:c:type:`~orbit.plan``. */
const ROLE =
  /:(?:[a-z]{1,4}:)?(?:attr|class|const|data|enum|exc|func|macro|member|meth|mod|obj|struct|type):`[~!]?([^`<\n]{1,100})`/g
/** Matches what refers to another part of the manual. */
const POINTS_AROUND = /\b(?:above|below)\b/
const MAX_SIGNATURES = 20
const MAX_PARAGRAPH = 1_000

/** The descriptions by name. Linear in the text. */
export function manualRows(text: string): Map<string, ManualRow[]> {
  const rows = new Map<string, ManualRow[]>()
  const lines = text.split('\n')
  /** The definitions around a line, with the indentation of each. */
  const around: { indent: number; name: string }[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trimEnd()
    if (line === '') continue
    const indent = indentOf(line)
    while (indent <= (around.at(-1)?.indent ?? -1)) around.pop()
    const [, , first] = DIRECTIVE.exec(line) ?? []
    if (first === undefined) continue
    const { signatures, next } = signaturesFrom(lines, at, first, indent)
    const names = signatures.map(nameIn)
    const words = standing(
      rstToMarkdown(firstParagraph(lines, next, indent).replace(ROLE, '``$1``').replaceAll('\\ ', '')).trim(),
    )
    const holder = around.at(-1)?.name ?? ''
    for (const found of names)
      if (found !== undefined && words !== '')
        push(rows, found.name, { owner: found.owner === '' ? holder : found.owner, text: words })
    around.push({ indent, name: names[0]?.name ?? '' })
    at = next - 1
  }
  return rows
}

/** The sentences of a paragraph that can be understood without the rest of the manual. */
const standing = (paragraph: string): string =>
  paragraph
    .split(/(?<=[.!?]) +(?=\S)/)
    .filter((sentence) => !POINTS_AROUND.test(sentence))
    .join(' ')

const indentOf = (line: string): number => line.length - line.trimStart().length

/** The signatures of a directive, which follow each other until an empty line or an option. */
function signaturesFrom(
  lines: readonly string[],
  at: number,
  first: string,
  indent: number,
): { signatures: string[]; next: number } {
  const signatures = [first]
  let next = at + 1
  for (; next < lines.length; next++) {
    const line = (lines[next] ?? '').trimEnd()
    if (line === '' || indentOf(line) <= indent || MARKUP.test(line.trim())) break
    if (signatures.length < MAX_SIGNATURES && line.length <= MAX_PARAGRAPH) {
      const last = signatures.length - 1
      const before = signatures[last] ?? ''
      if (isOpen(before)) signatures[last] = `${before.replace(/\\$/, '')} ${line.trim()}`
      else signatures.push(line.trim())
    }
  }
  return { signatures, next }
}

/** Whether a signature continues on the next line. */
const isOpen = (signature: string): boolean =>
  signature.endsWith('\\') || signature.split('(').length > signature.split(')').length

/** The name before the parameters, otherwise the last one: `type` for `struct orbit.type`. */
function nameIn(signature: string): { owner: string; name: string } | undefined {
  const head = (signature.split(/[(={[]/, 1)[0] ?? '').trim()
  const parts = (head.split(/[\s*&]+/).at(-1) ?? '').split(/\.|::/)
  const name = parts.at(-1) ?? ''
  return /^[A-Za-z_$][\w$]*$/.test(name) ? { owner: parts.at(-2) ?? '', name } : undefined
}

/** The first paragraph below a directive that is plain text; `''` if another definition or a block of code comes first. */
function firstParagraph(lines: readonly string[], from: number, indent: number): string {
  const kept: string[] = []
  let length = 0
  /** The indentation of markup that is skipped; -1 outside. */
  let skipped = -1
  let own = -1
  for (let at = from; at < lines.length && length < MAX_PARAGRAPH; at++) {
    const line = (lines[at] ?? '').trimEnd()
    const plain = line.trim()
    if (plain === '') {
      if (kept.length > 0) break
      continue
    }
    const deep = indentOf(line)
    if (deep <= indent || DIRECTIVE.test(line)) break
    if (own < 0) own = deep
    if (skipped >= 0 && deep > skipped) continue
    skipped = -1
    if (kept.length === 0 && MARKUP.test(plain)) skipped = deep
    else if (deep > own) break
    else {
      kept.push(plain)
      length += plain.length
    }
  }
  return kept.join(' ')
}

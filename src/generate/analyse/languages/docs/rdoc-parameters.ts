/** Reads the lists of parameters in RDoc's comments: `==== Parameters`, then `name<Type>:: words` on lines of their own. */

import type { DocParts } from '#generate/analyse/doc-comment.ts'

const HEADING = /^={1,6}\s+(?:parameters|arguments)\s*:?$/i
const ITEM = /^\s{0,4}(\w[\w?!*&]{0,60})<([^<>\n]{1,80})>(?:::?|\s|$)\s{0,9}(.*)$/

/** @returns The lines without such lists, which become parts; a section with anything else in it stays. */
export function withoutParameters(lines: readonly string[], parts: DocParts): readonly string[] {
  if (!lines.some((line) => HEADING.test(line))) return lines
  const kept: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const section = HEADING.test(lines[at] ?? '') ? sectionAt(lines, at + 1) : undefined
    if (section === undefined) {
      kept.push(lines[at] ?? '')
      continue
    }
    for (const one of section.fields) parts.add('parameters', one)
    at = section.end - 1
  }
  return kept
}

interface Section {
  readonly fields: { name: string; type: string; text: string }[]
  /** The line of the next heading, or the end. */
  readonly end: number
}

function sectionAt(lines: readonly string[], start: number): Section | undefined {
  const fields: Section['fields'] = []
  let end = start
  let isBlank = true
  for (; end < lines.length; end++) {
    const line = lines[end] ?? ''
    const [item, name = '', type = '', text = ''] = ITEM.exec(line) ?? []
    const last = fields.at(-1)
    if (/^(?:=+\s|@)/.test(line)) break
    if (item !== undefined) fields.push({ name, type, text })
    else if (line.trim() !== '' && last !== undefined && !isBlank) last.text = `${last.text} ${line.trim()}`.trim()
    else if (line.trim() !== '') return undefined
    isBlank = line.trim() === ''
  }
  return fields.length === 0 ? undefined : { fields, end }
}

/**
 * Finds the documents that Rust code includes as doc comments: `#[doc = include_str!("../docs/route.md")]`. READMEs,
 * which introduce a whole package, are not among them.
 */

import type { SourceFile } from './model.ts'
import { folderOf, joinPath, nameOf, README } from './paths.ts'

const INCLUDED = /^#!?\[doc ?= ?include_str!\( ?"([^"\n]{1,300})" ?\)\]$/
/** The start of an item; the comments of the file are above it. */
const ITEM = /^(?:\w|#\[)/

/** The path of the document that an attribute includes, whether it exists or not. */
export function includedBy(attribute: string, file: string): string | null {
  const [, path] = INCLUDED.exec(attribute.trim().replace(/\s+/g, ' ')) ?? []
  const whole = path === undefined ? undefined : joinPath(folderOf(file), path)
  return whole === undefined || README.test(nameOf(whole)) ? null : whole
}

/** The lines at the top of a file that document it, with each included document in its place; `null` without one. */
export function fileCommentWithIncluded(
  text: string,
  file: string,
  textOf: (path: string) => string | null,
): string[] | null {
  if (!text.includes('#![doc')) return null
  const lines: string[] = []
  let hasIncluded = false
  for (const line of text.split('\n')) {
    if (ITEM.test(line)) break
    if (line.startsWith('//!')) lines.push(line)
    const path = line.startsWith('#![') ? includedBy(line, file) : null
    const words = path === null ? null : textOf(path)
    if (words === null) continue
    hasIncluded = true
    for (const one of words.trimEnd().split(/\r?\n/)) lines.push(`//! ${one}`)
  }
  return hasIncluded ? lines : null
}

const ATTRIBUTE = /#!?\[doc\s{0,9}=\s{0,9}include_str!\([^()\n]{1,310}\)\]/g

/** The documents that are comments of items, and those that are comments of whole files. */
export function documentsIncluded(files: readonly SourceFile[]): { ofItems: Set<string>; ofFiles: Set<string> } {
  const found = { ofItems: new Set<string>(), ofFiles: new Set<string>() }
  for (const { path: file, text } of files) {
    if (text === null || !file.endsWith('.rs') || !text.includes('include_str!')) continue
    for (const [attribute] of text.matchAll(ATTRIBUTE)) {
      const path = includedBy(attribute, file)
      if (path !== null) found[attribute.startsWith('#!') ? 'ofFiles' : 'ofItems'].add(path)
    }
  }
  return found
}

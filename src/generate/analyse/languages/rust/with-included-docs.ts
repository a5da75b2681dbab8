/** Adds the documents that Rust code includes to the doc comments of its items and files. */

import { joinDocs, packDoc, unpackDoc } from '#generate/analyse/doc-comment.ts'
import { rustdoc } from '#generate/analyse/languages/docs/rustdoc.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { fileCommentWithIncluded, includedBy } from '#generate/rust-included-docs.ts'

type Files = ReadonlyMap<string, SourceFile>

/** Limit on the characters of all included documents, of which one may be included many times. */
const MAX_TOGETHER = 5_000_000

export function withIncludedDocs(components: readonly Component[], files: Files): Component[] {
  const textOf = readerOf(files)
  return components.map((one) => {
    if (one.decorators === undefined || !one.file.endsWith('.rs')) return one
    const texts = one.decorators.flatMap((attribute) => textOf(includedBy(attribute, one.file)) ?? [])
    if (texts.length === 0) return one
    const included = packDoc(rustdoc(texts.join('\n\n').split(/\r?\n/).map(asComment)))
    const { details, doc } = unpackDoc(joinDocs(one.doc, included))
    return {
      ...one,
      doc,
      ...((one.details ?? details) === undefined ? {} : { details: { ...details, ...one.details } }),
    }
  })
}

/** The comments of files that include documents, which replace those without them. */
export function fileDocsWithIncluded(files: Files): Record<string, string> {
  const textOf = readerOf(files)
  const docs: Record<string, string> = Object.create(null)
  for (const { path, text } of files.values()) {
    const lines = text === null || !path.endsWith('.rs') ? null : fileCommentWithIncluded(text, path, textOf)
    const packed = lines === null ? null : packDoc(rustdoc(lines))
    if (packed !== null) docs[path] = packed
  }
  return docs
}

const asComment = (line: string): string => `/// ${line}`

/** Reads documents until the limit is reached. */
function readerOf(files: Files): (path: string | null) => string | null {
  let left = MAX_TOGETHER
  return (path) => {
    const text = path === null ? null : (files.get(path)?.text ?? null)
    if (text === null || text.length > left) return null
    left -= text.length
    return text
  }
}

/** Marks functions as deprecated if their body always warns of it and their comment does not say so. */

import { valuesIn } from '#generate/call-rows.ts'
import { NO_BLOCKS } from '#generate/file-blocks.ts'
import type { Component, FileUses } from '#generate/model.ts'

/** Languages in which code warns of deprecation. */
const WARNING = new Set(['php', 'python', 'ruby'])

export function withDeprecatedBodies(
  components: readonly Component[],
  uses: ReadonlyMap<string, FileUses>,
  languageOf: (path: string) => string | null,
): Component[] {
  return components.map((one) => {
    const { kind, details, file, startLine, endLine } = one
    const isFunction = kind === 'method' || kind === 'function'
    if (!isFunction || details?.deprecated !== undefined || !WARNING.has(languageOf(file) ?? '')) return one
    const values = valuesIn(uses.get(file)?.blocks ?? NO_BLOCKS, startLine, endLine)
    const warning = values.find((value) => value.kind === 'deprecation')
    return warning === undefined ? one : { ...one, details: { ...details, deprecated: warning.name } }
  })
}

/** Reads types from YARD tags: `@param name [Type]`, `@param [Type] name`, `@return [Type]`. */

import type { DocTypes } from '#generate/analyse/engine/read-rules.ts'

const TYPED_TAG = /(?<![^\n])#\s*@(param|return)\s+(?:(\*{0,2}\w+)\s+)?\[([^\]\n]+)\](?:\s+(\w+)\b)?/g

/** @returns The result's type, and the parameters' types by name; `null` without any. */
export function docTypes(comments: readonly string[]): DocTypes | null {
  let own: string | null = null
  const named = new Map<string, string>()
  for (const [, tag = '', before, type = '', after] of comments.join('\n').matchAll(TYPED_TAG)) {
    const name = before ?? after
    if (tag === 'return') own ??= type
    else if (name !== undefined) named.set(name.replace(/^\*+/, ''), type)
  }
  return own === null && named.size === 0 ? null : { own, named }
}

/** Reads the path in an `#include`. */

import type { ImportItem } from '#generate/analyse/engine/read-rules.ts'

export function readInclude(text: string, kind: string): ImportItem[] {
  const [, quoted, angled] = /^\s*#\s*(?:include|import|include_next)\s*(?:"([^"\n]+)"|<([^>\n]+)>)/.exec(text) ?? []
  const path = (quoted ?? angled)?.trim().replace(/\\/g, '/')
  return path === undefined ? [] : [{ path, kind }]
}

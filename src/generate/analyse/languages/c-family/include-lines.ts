/** Reads the path in an `#include`. */

import type { ImportWords } from '#generate/analyse/engine/read-rules.ts'

export function readInclude(text: string, kind: string): ImportWords[] {
  const [, quoted, angled] = /^\s*#\s*(?:include|import|include_next)\s*(?:"([^"\n]+)"|<([^>\n]+)>)/.exec(text) ?? []
  const path = (quoted ?? angled)?.trim().replace(/\\/g, '/')
  return path === undefined ? [] : [{ path, kind }]
}

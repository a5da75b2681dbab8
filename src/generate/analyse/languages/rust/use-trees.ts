/** Reads `use` declarations: `pub use a::{self, b as c, d::*};`, `extern crate a as b;`. */

import type { ImportItem } from '#generate/analyse/engine/read-rules.ts'

const MAX_IMPORTS = 2_000

/** @returns One import for each name; a path that starts outside the file's crates begins with `::`. */
export function readUse(text: string): ImportItem[] {
  const plain = text.replace(/\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, ' ')
  const extern = /^(?:pub\b\s*)?extern\s+crate\s+(\w+)(?:\s+as\s+(\w+))?/.exec(plain)
  if (extern !== null) {
    const [, name = '', alias = null] = extern
    return [{ path: name === 'self' ? 'crate' : `::${name}`, alias }]
  }
  const words = /^(pub\b\s*(?:\([^)]*\)\s*)?)?use\s([\s\S]*)$/.exec(plain.trim())
  const tokens = words?.[2]?.match(/r#\w+|\w+|::|[{},*]/g)
  if (tokens == null) return []
  // `pub(crate)` re-exports nothing to other crates.
  const kind = words?.[1] === undefined ? '' : words[1].includes('(') ? 'pub(…)' : 'pub'
  const imports: ImportItem[] = []
  let at = 0
  const tree = (prefix: string, depth: number): void => {
    let path = prefix
    while (at < tokens.length && imports.length < MAX_IMPORTS && depth < 50) {
      const token = tokens[at] ?? ''
      if (token === '::') {
        if (path === '') path = '::'
        at++
      } else if (token === '{') {
        at++
        while (at < tokens.length && tokens[at] !== '}') {
          tree(path, depth + 1)
          if (tokens[at] === ',') at++
          else if (tokens[at] !== '}') break
        }
        at++
        return
      } else if (token === '*') {
        at++
        imports.push({ path, isWildcard: true, kind })
        return
      } else if (token === ',' || token === '}') {
        break
      } else {
        at++
        const isItself = token === 'self' && path !== '' && path !== '::'
        if (!isItself)
          path =
            path === '' || path === '::' ? `${path}${token.replace('r#', '')}` : `${path}::${token.replace('r#', '')}`
        if (tokens[at] === 'as') {
          imports.push({ path, alias: tokens[at + 1] ?? null, kind })
          at += 2
          return
        }
      }
    }
    if (path !== '' && path !== prefix) imports.push({ path, kind })
    else if (path !== '' && tokens[at - 1] === 'self') imports.push({ path, kind })
  }
  tree('', 0)
  return imports
}

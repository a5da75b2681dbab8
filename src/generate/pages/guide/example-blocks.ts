/** Analyses code blocks that are examples: their length, their imports, and which of them continue another. */

import type { Code, RootContent } from 'mdast'

export const MAX_EXAMPLE_LINES = 30
export const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu

const IMPORT =
  /^(?:#include\b|import\b|from \S+ import\b|use\b|using\b|require\b|require_relative\b|package\b|extern crate\b|<\?php|(?:const|let|var) .{1,120}\brequire\(|\/\/|#|$)/

/** Whether a line imports something, or says nothing. */
export const isImportLine = (line: string): boolean => IMPORT.test(line.trim())

/** Maximum distance between imports and the code that uses them, in blocks. */
const MAX_DISTANCE = 12

/**
 * A short example with the blocks of the same language that continue it: after imports, the next block at any distance; otherwise
 * those that use its declarations or show the first result, up to the next heading.
 */
export function withUse(example: Code, blocks: readonly RootContent[]): string {
  const parts = [example]
  const from = blocks.indexOf(example) + 1
  for (const block of blocks.slice(from, from === 0 ? 0 : from + MAX_DISTANCE)) {
    const isBegun = !parts.every(isImports)
    if (block.type === 'heading' && isBegun) break
    if (block.type !== 'code' || block.lang !== example.lang) continue
    if (WHOLE_FILE.test(block.value)) {
      if (isBegun) break
      parts.length = 0
    }
    const declared = new Set(parts.flatMap(({ value }) => [...value.matchAll(DECLARED)].flatMap((one) => one.slice(1))))
    const isResult = RESULT.test(block.value) && !parts.some(({ value }) => RESULT.test(value)) && !isImports(block)
    const goesOn = isResult || (block.value.match(WORD) ?? []).some((word) => declared.has(word))
    const length = [...parts, block].reduce((sum, one) => sum + lengthOf(one) + 1, 0)
    if (length > MAX_EXAMPLE_LINES || (isBegun && !goesOn) || parts.length === MAX_PARTS) break
    // A block that repeats imports or declarations is an alternative.
    const imports = new Set(parts.flatMap(importsIn))
    if (isBegun && importsIn(block).some((line) => imports.has(line))) break
    if ([...block.value.matchAll(DECLARED)].some((one) => one.slice(1).some((name) => declared.has(name)))) break
    parts.push(block)
  }
  // A block of imports that a later block repeats adds nothing.
  const isRepeated = (one: Code, at: number): boolean => {
    const later = new Set(parts.slice(at + 1).flatMap(importsIn))
    return isImports(one) && importsIn(one).every((line) => later.has(line))
  }
  return parts
    .filter((one, at) => at === parts.length - 1 || !isRepeated(one, at))
    .map(({ value }) => value)
    .join('\n\n')
}

/** Matches a declaration outside of any block, whose variable later lines can use: `const plan = …`, `plan := …`, `Plan plan(…)`, `Plan plan;`. */
const DECLARED =
  /^(?:(?:(?:const|let|var|val|auto|final)[ \t]{1,4}|[\w:<>?,.&*[\]]{1,80}[ \t]{1,4})?([A-Za-z_]\w{0,60})[ \t]{0,4}:?=(?![=>])|[\w:<>]{1,80}[ \t]{1,4}([A-Za-z_]\w{0,60})[ \t]{0,4}[(;])/gm
const MAX_PARTS = 6
/** Matches the first line of a Go file, which has its own imports. */
const WHOLE_FILE = /^package[ \t]{1,4}\w/m

/** Matches a comment with a result: `# => "Hello"`. */
const RESULT = /(?:#|\/\/|--)[ \t]?=>/

/** The lines of a block that import something. */
const importsIn = ({ value }: Code): string[] =>
  value.split('\n').filter((line) => isImportLine(line) && !/^(?:\/\/|#(?!include)|\s*$|<\?php)/.test(line.trim()))

/** Matches imports on multiple lines: `import (` of Go, `from plan import (`, `import {`, `use plan::{`. */
const IMPORT_GROUP = /^[ \t]{0,8}(?:import|from|use|using)\b[^(){}\n]{0,120}[({][^(){}]{0,2000}[)}][^\n]{0,200}$/gm

export const isImports = ({ value }: Code): boolean => value.replace(IMPORT_GROUP, '').split('\n').every(isImportLine)

/** In lines. */
export const lengthOf = ({ value }: Code): number => value.split('\n').length

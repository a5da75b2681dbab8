/** Where a file first uses a component, as far as its text tells. */

import type { Component, SourceFile } from '#generate/model.ts'
import { code, type Inline } from '#markdown/build.ts'
import { toFile, type Writing } from './writing.ts'

/** A line that only makes a name known. */
const IMPORT = /^\s*(?:import|from|use|using|require|require_relative|#\s*include|package)\b|=\s*require\(/
const WORD = /[\p{L}\p{N}_$]/u

/** A link to that line, named after the file; to the file where no line is found. */
export function toFirstUse({ survey, sources }: Writing, component: Component, path: string): Inline[] {
  const lines = linesOf(survey.files.get(path))
  const spans = [...(survey.users.get(component.id)?.keys() ?? [])].flatMap((id) => {
    if (id === path) return { startLine: 1, endLine: lines.length }
    const user = survey.components.get(id)
    return user?.file === path ? user : []
  })
  for (const { startLine, endLine } of spans.sort((a, b) => a.startLine - b.startLine)) {
    const span = lines.slice(startLine - 1, endLine)
    const at = span.findIndex((line) => holds(line, component.name) && !IMPORT.test(line))
    if (at >= 0) return sources.mention(path, startLine + at, component.name, code(path))
  }
  return toFile(path)
}

function holds(line: string, name: string): boolean {
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    if (!WORD.test(line[at - 1] ?? '') && !WORD.test(line[at + name.length] ?? '')) return true
  }
  return false
}

const split = new WeakMap<SourceFile, string[]>()

function linesOf(file: SourceFile | undefined): readonly string[] {
  if (file === undefined) return []
  const known = split.get(file)
  if (known !== undefined) return known
  const lines = file.text?.split('\n') ?? []
  split.set(file, lines)
  return lines
}

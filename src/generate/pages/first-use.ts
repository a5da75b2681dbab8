/** Where a file first uses a component, as far as its text tells. */

import type { Component, SourceFile } from '#generate/model.ts'
import { code, type Inline } from '#markdown/build.ts'
import type { Survey } from './survey.ts'
import { toFile, type Writing } from './writing.ts'

/** A line that only makes a name known. */
const IMPORT = /^\s*(?:import|from|use|using|require|require_relative|#\s*include|package)\b|=\s*require\(/
const WORD = /[\p{L}\p{N}_$]/u

interface Span {
  startLine: number
  endLine: number
}

/** Gives links to that line, named after the file; to the file where no line is found. */
export function createToFirstUse({ survey, sources }: Writing, component: Component): (path: string) => Inline[] {
  let spans: ReadonlyMap<string, Span[]> | undefined
  return (path) => {
    const lines = linesOf(survey.files.get(path))
    spans ??= spansOf(survey, component)
    for (const { startLine, endLine } of spans.get(path) ?? []) {
      const span = lines.slice(startLine - 1, endLine)
      const at = span.findIndex((line) => holds(line, component.name) && !IMPORT.test(line))
      if (at >= 0) return sources.mention(path, startLine + at, component.name, code(path))
    }
    return toFile(path)
  }
}

/** The lines of what uses a component, by file. */
function spansOf({ users, components }: Survey, { id }: Component): Map<string, Span[]> {
  const spans = new Map<string, Span[]>()
  for (const end of users.get(id)?.keys() ?? []) {
    const user = components.get(end)
    const path = user?.file ?? end
    const found = spans.get(path) ?? []
    found.push(user ?? { startLine: 1, endLine: Number.POSITIVE_INFINITY })
    spans.set(path, found)
  }
  for (const list of spans.values()) list.sort((a, b) => a.startLine - b.startLine)
  return spans
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

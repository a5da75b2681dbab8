/** Reads properties of CI jobs: their operating system, steps for other systems, and services. */

import type { Artifact } from '#generate/model.ts'
import { indentOf } from '#generate/pages/code-lines.ts'

const MAX_SERVICES = 8
/** Limits on the lines of a step and of a job. */
const MAX_STEP = 60
const MAX_JOB = 400
const OTHERS = /\b(?:windows|win32|win64|macos|macOS|darwin|osx|osx_image)\b/i
const LINUX = /\b(?:linux|ubuntu|debian|fedora|alpine)\b/i
/** Matches a condition that says when a step runs, not whether: an empty cache, a successful step. */
const HOLDS = /^[\s"'${}]*(?:!\s?)?(?:always|success|cancelled)\(\)[\s"'{}]*$|cache-hit/
const IF = /^(?:- )?if:(.{1,300})$/

/** Whether a job runs only on other operating systems than most servers. */
export function isOnOthers(job: Artifact): boolean {
  const runners = job.job?.runners ?? job.detail
  return OTHERS.test(runners) && !LINUX.test(runners)
}

/** Whether the step of a command has a condition that does not hold for this system: `if: matrix.stability == 'dev'`. */
export function isUnderCondition(lines: readonly string[], line: number): boolean {
  const [from, to] = stepRange(lines, line)
  const [, condition = ''] = lines.slice(from, to).flatMap((one) => IF.exec(one.trim()) ?? [])
  const isNot = (one: string): boolean => /!=|\bfalse\b|!\s?(?:contains|startsWith|\()/.test(one)
  // A version next to the system is one of several.
  const holds = (one: string): boolean =>
    OTHERS.test(one) ? isNot(one) : HOLDS.test(one) || (LINUX.test(one) && !isNot(one))
  return condition !== '' && !condition.split(/&&|\|\|/).every(holds)
}

/** The services that a job starts: `redis, memcached`. */
export function servicesOf(lines: readonly string[], { startLine, endLine }: Artifact): string[] {
  const own = lines.slice(startLine - 1, Math.min(endLine, startLine + MAX_JOB))
  const at = own.findIndex((line) => /^\s+services: *$/.test(line))
  if (at === -1) return []
  const least = indentOf(own[at] ?? '')
  const found: string[] = []
  let depth = -1
  for (const line of own.slice(at + 1)) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    if (indentOf(line) <= least) break
    if (depth === -1) depth = indentOf(line)
    const [, name] = (indentOf(line) === depth && /^\s+([\w-]{1,40}): *$/.exec(line)) || []
    if (name !== undefined && found.length < MAX_SERVICES) found.push(name)
  }
  return found
}

/** The line range of the step that contains a line, end exclusive. */
export function stepRange(lines: readonly string[], line: number): [number, number] {
  const isItem = (at: number): boolean => /^\s*- /.test(lines[at] ?? '')
  let from = line - 1
  while (from > 0 && line - from < MAX_STEP && !isItem(from)) from--
  let to = line
  while (to < lines.length && to - line < MAX_STEP && !isItem(to)) to++
  return [from, to]
}

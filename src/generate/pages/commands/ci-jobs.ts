/** Of the jobs of a CI file: on which machines they run, which of their steps are for other machines, which services run beside them. */

import type { Artifact } from '#generate/model.ts'

const MAX_SERVICES = 8
/** Lines of a step, and of a job. */
const MAX_STEP = 60
const MAX_JOB = 400
const OTHERS = /\b(?:windows|win32|win64|macos|macOS|darwin|osx|osx_image)\b/i
const LINUX = /\b(?:linux|ubuntu|debian|fedora|alpine)\b/i
/** Says when, not whether: a cache that is empty, a step that went well. */
const HOLDS = /^[\s"'${}]*(?:!\s?)?(?:always|success|cancelled)\(\)[\s"'{}]*$|cache-hit/
const IF = /^(?:- )?if:(.{1,300})$/

/** Whether a job runs on machines with another system than most servers have, and on no other. */
export function isOnOthers(job: Artifact): boolean {
  const runners = job.job?.runners ?? job.detail
  return OTHERS.test(runners) && !LINUX.test(runners)
}

/** Whether its step runs a command only under a condition that does not hold for this system: `if: matrix.stability == 'dev'`. */
export function isUnderCondition(lines: readonly string[], line: number): boolean {
  const [from, to] = stepRange(lines, line)
  const [, condition = ''] = lines.slice(from, to).flatMap((one) => IF.exec(one.trim()) ?? [])
  const isNot = (one: string): boolean => /!=|\bfalse\b|!\s?(?:contains|startsWith|\()/.test(one)
  // A version beside the system is one of several that are built.
  const holds = (one: string): boolean =>
    OTHERS.test(one) ? isNot(one) : HOLDS.test(one) || (LINUX.test(one) && !isNot(one))
  return condition !== '' && !condition.split(/&&|\|\|/).every(holds)
}

/** `redis, memcached`: what a job starts beside itself. */
export function servicesOf(lines: readonly string[], { startLine, endLine }: Artifact): string[] {
  const own = lines.slice(startLine - 1, Math.min(endLine, startLine + MAX_JOB))
  const at = own.findIndex((line) => /^\s+services: *$/.test(line))
  if (at === -1) return []
  const indentOf = (line: string): number => line.length - line.trimStart().length
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

/** The lines of the step around a line, the second excluded. */
export function stepRange(lines: readonly string[], line: number): [number, number] {
  const isItem = (at: number): boolean => /^\s*- /.test(lines[at] ?? '')
  let from = line - 1
  while (from > 0 && line - from < MAX_STEP && !isItem(from)) from--
  let to = line
  while (to < lines.length && to - line < MAX_STEP && !isItem(to)) to++
  return [from, to]
}

/** The work on TypeScript and JavaScript: a summary of each file, then names linked on summaries alone. */

import { workThrough } from '#base/interruptible.ts'
import { failureOf, type ReadFailure } from '#generate/analyse/read-failure.ts'
import { createBreath } from '#generate/analyse/yield-to-event-loop.ts'
import { type FileFacts, factsOf } from './facts.ts'
import { findDue } from './link/invalidation.ts'
import { linksOf } from './link/keep.ts'
import { Program } from './link/program.ts'
import { createResolve } from './resolve.ts'
import type { FoundEdges, ProgramEdges, Request } from './work.ts'

/** Time for one file: to read it, and to link its names. */
const READ_MS = 5_000
const LINK_MS = 10_000

/**
 * @param onProgress - Told of the files that are done.
 * @throws {Aborted} The signal fired.
 */
export async function findEdges(
  request: Request,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<ProgramEdges> {
  const { files, paths } = request
  const breathe = createBreath(signal, 20)
  const facts = new Map<string, FileFacts>()
  const failed = new Set<string>()
  const failures: [path: string, why: ReadFailure][] = []
  const fail = (path: string, error: unknown): void => {
    failed.add(path)
    failures.push([path, failureOf(error)])
  }
  const byPath = new Map(files.map((file) => [file.path, file]))
  const read = (path: string): void => {
    const file = byPath.get(path)
    try {
      const one = request.facts.get(path) ?? (file && factsOf(file))
      if (one === undefined) failed.add(path)
      else facts.set(path, one)
    } catch (error) {
      fail(path, error)
    }
  }
  const unread = byPath.keys()
  while (!workThrough(unread, READ_MS, read, fail)) await breathe()

  const { links: before } = request
  const program = new Program(facts, createResolve(paths, request.settings), paths, before !== undefined)
  const isSame = (path: string, { blob, language }: FoundEdges): boolean => {
    const file = byPath.get(path)
    return file?.blob === blob && (file.language ?? '') === language
  }
  const due = before === undefined ? new Set(facts.keys()) : findDue(before, program, facts, isSame)
  const found = new Map<string, FoundEdges>()
  const link = (path: string): void => {
    const { blob = '', language = '' } = byPath.get(path) ?? {}
    try {
      const edges = program.edgesOf(path)
      const reads = before === undefined ? [] : program.readsOf(path)
      found.set(path, { ...edges, blob, language: language ?? '', reads, parts: [] })
    } catch (error) {
      giveUp(path, error)
    }
  }
  let isBroken = false
  const giveUp = (path: string, error: unknown): void => {
    isBroken = true
    fail(path, error)
    program.discard()
  }
  onProgress(facts.size - due.size)
  await breathe()
  const pending = due.values()
  while (!workThrough(pending, LINK_MS, link, giveUp)) {
    await breathe()
    onProgress(facts.size - due.size + found.size)
  }
  const edges = new Map<string, FoundEdges>()
  for (const path of facts.keys()) {
    const one = due.has(path) ? found.get(path) : before?.files.get(path)
    if (one !== undefined) edges.set(path, one)
  }
  // After what was given up nothing is known of who read what.
  if (before === undefined || isBroken) return { facts, edges, answers: undefined, failed, failures }
  const links = linksOf(program, before, edges)
  return { facts, edges: links.files, answers: links.answers, failed, failures }
}

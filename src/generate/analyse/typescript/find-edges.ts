/** Analyses TypeScript and JavaScript in two steps: summarise each file, then link names using the summaries alone. */

import { workThrough } from '#base/interruptible.ts'
import { createYield } from '#base/yield-to-event-loop.ts'
import { failureOf, type ReadFailure } from '#generate/analyse/read-failure.ts'
import { type FileFacts, factsOf } from './facts.ts'
import { findStale } from './link/invalidation.ts'
import { Program } from './link/program.ts'
import { linksOf } from './link/update-links.ts'
import type { FoundEdges, LinkRequest, ProgramEdges } from './link-request.ts'
import { createResolve } from './resolve.ts'

/** The time limit for parsing one file, and for linking its names. */
const READ_MS = 5_000
const LINK_MS = 10_000

/**
 * @param onProgress - Called with the number of files done.
 * @throws {Aborted} The signal was aborted.
 */
export async function findEdges(
  request: LinkRequest,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<ProgramEdges> {
  const { files, paths } = request
  const pause = createYield(signal, 20)
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
  while (!workThrough(unread, READ_MS, read, fail)) await pause()

  const { links: before } = request
  const isSame = (path: string): boolean => {
    const [file, known] = [byPath.get(path), before?.files.get(path)]
    return file !== undefined && file.blob === known?.blob && (file.language ?? '') === known.language
  }
  const resolve = createResolve(paths, request.settings, byPath)
  const program = new Program(facts, resolve, paths, before && { answers: before.answers, isSame })
  const stale = before === undefined ? new Set(facts.keys()) : findStale(before, program, facts, isSame)
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
  onProgress(facts.size - stale.size)
  await pause()
  const pending = stale.values()
  while (!workThrough(pending, LINK_MS, link, giveUp)) {
    await pause()
    onProgress(facts.size - stale.size + found.size)
  }
  const edges = new Map<string, FoundEdges>()
  for (const path of facts.keys()) {
    const one = stale.has(path) ? found.get(path) : before?.files.get(path)
    if (one !== undefined) edges.set(path, one)
  }
  // After a failure, the recorded dependencies are incomplete and cannot be reused.
  if (before === undefined || isBroken) return { facts, edges, answers: undefined, failed, failures }
  const links = linksOf(program, before, edges)
  return { facts, edges: links.files, answers: links.answers, failed, failures }
}

/** Analyses TypeScript and JavaScript in two steps: summarise each file, then link names using the summaries alone. */

import { createYield } from '#base/yield-to-event-loop.ts'
import type { ReadFailure } from '#generate/analyse/read-failure.ts'
import type { FileFacts } from './facts.ts'
import { type HelperThreads, unreadOf } from './helper-threads.ts'
import { findStale } from './link/invalidation.ts'
import { Program } from './link/program.ts'
import { linksOf } from './link/update-links.ts'
import type { FoundEdges, LinkRequest, ProgramEdges } from './link-request.ts'
import { linkFiles, readFiles } from './read-and-link.ts'
import { createResolve } from './resolve.ts'

/**
 * @param onProgress - Called with the number of files done.
 * @param helpers - Threads that take a share of the files.
 * @throws {Aborted} The signal was aborted.
 */
export async function findEdges(
  request: LinkRequest,
  signal: AbortSignal,
  onProgress: (done: number) => void,
  helpers: HelperThreads,
): Promise<ProgramEdges> {
  const { files, paths } = request
  const pause = createYield(signal, 20)
  const failures: [path: string, why: ReadFailure][] = []
  const byPath = new Map(files.map((file) => [file.path, file]))
  const unread = unreadOf(request)
  const ownRead = await readFiles(helpers.share('read', unread), pause)
  const read = new Map([ownRead, ...(await helpers.read())].flatMap((one) => [...one]))
  const unanswered = unread.filter(({ path }) => !read.has(path))
  for (const [path, one] of await readFiles(unanswered.values(), pause)) read.set(path, one)
  const facts = new Map<string, FileFacts>()
  const failed = new Set<string>()
  for (const { path } of files) {
    const one = request.facts.get(path) ?? read.get(path)
    if (typeof one === 'object') facts.set(path, one)
    else failed.add(path)
    if (typeof one === 'string') failures.push([path, one])
  }

  const { links: before } = request
  const isSame = (path: string): boolean => {
    const [file, known] = [byPath.get(path), before?.files.get(path)]
    return file !== undefined && file.blob === known?.blob && (file.language ?? '') === known.language
  }
  const resolve = createResolve(paths, request.settings, byPath)
  const program = new Program(facts, resolve, paths, before && { answers: before.answers, isSame })
  const stale = before === undefined ? [...facts.keys()] : [...findStale(before, program, facts, isSame)]
  helpers.startLinking(facts, stale)
  const progress = (): void => onProgress(facts.size - stale.length + Math.min(stale.length, helpers.linking))
  progress()
  await pause()
  const ownLinked = await linkFiles(program, helpers.share('link', stale), async () => {
    await pause()
    progress()
  })
  const answers = await helpers.linked(progress)
  const linked = new Map([ownLinked, ...answers.map(({ edges }) => edges)].flatMap((one) => [...one]))
  const unlinked = stale.filter((path) => !linked.has(path))
  for (const [path, one] of await linkFiles(program, unlinked.values(), pause)) linked.set(path, one)
  const edges = new Map<string, FoundEdges>()
  let isBroken = false
  for (const path of facts.keys()) {
    const found = linked.get(path)
    const known = found === undefined ? before?.files.get(path) : undefined
    const { blob = '', language } = byPath.get(path) ?? {}
    if (known !== undefined) edges.set(path, known)
    else if (typeof found === 'object') edges.set(path, { ...found, blob, language: language ?? '', parts: [] })
    else if (found !== undefined) {
      isBroken = true
      failed.add(path)
      failures.push([path, found])
    }
  }
  // After a failure, the recorded dependencies are incomplete and cannot be reused.
  if (before === undefined || isBroken) return { facts, edges, answers: undefined, failed, failures }
  const links = linksOf(program, [program.reads(), ...answers.map(({ reads }) => reads)], before, edges)
  return { facts, edges: links.files, answers: links.answers, failed, failures }
}

/**
 * The entry point of the threads that help to analyse TypeScript and JavaScript. Started by `helper-threads.ts` only.
 */

import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { createYield } from '#base/yield-to-event-loop.ts'
import type { FileFacts } from './facts.ts'
import type { HelperData, LinkAnswer, LinkOrder, ReadAnswer } from './helper-threads.ts'
import { Program } from './link/program.ts'
import { linkFiles, readFiles } from './read-and-link.ts'
import { createResolve } from './resolve.ts'
import { SharedItems } from './shared-items.ts'

const { request, unread, taken } = workerData as HelperData
if (parentPort === null) throw new Error('This file only runs in a worker thread.')
const pause = createYield(new AbortController().signal)
const read = await readFiles(new SharedItems(unread, taken[0]), pause)
parentPort.postMessage(read satisfies ReadAnswer)

const [{ facts, stale }] = (await once(parentPort, 'message')) as [LinkOrder]
const all = new Map<string, FileFacts>()
for (const [path, one = read.get(path)] of facts) if (typeof one === 'object') all.set(path, one)
const analysed = new Map(request.files.map((file) => [file.path, file]))
const resolve = createResolve(request.paths, request.settings, analysed)
const program = new Program(all, resolve, request.paths, request.links && { ...request.links, isSame: () => false })
const edges = await linkFiles(program, new SharedItems(stale, taken[1]), pause)
parentPort.postMessage({ edges, reads: program.reads() } satisfies LinkAnswer)

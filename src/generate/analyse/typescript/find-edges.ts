/**
 * The work on TypeScript and JavaScript: one program of the compiler over all files, its checker for what names mean. A
 * program that is too large is analysed by names alone, and so is what is left when the time is up.
 */

import { runWithTimeLimit, workThrough } from '#base/interruptible.ts'
import { failureOf, type ReadFailure } from '#generate/analyse/read-failure.ts'
import { createBreath } from '#generate/analyse/yield-to-event-loop.ts'
import { type Checked, createChecked, type Open } from './checked.ts'
import { edgesOfFile, type FileEdges } from './edges.ts'
import { type FileFacts, factsOf, type OpenFile, readFile, reopenFile } from './facts.ts'
import { indexComponents } from './index-of-components.ts'
import { createFindByName } from './names.ts'
import { Reach } from './reach.ts'
import { createResolve } from './resolve.ts'
import type { Lookup } from './symbols.ts'
import type { FoundEdges, ProgramEdges, Request } from './work.ts'

/** Time for one file: to read it, and to look its names up; these may be what the types of many others hang on. */
const READ_MS = 5_000
const LOOK_UP_MS = 20_000

/**
 * @param onProgress - Told of the files that are done.
 * @throws {Aborted} The signal fired.
 */
export async function findEdges(
  request: Request,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<ProgramEdges> {
  const { files, paths, limits } = request
  const breathe = createBreath(signal, 20)
  const facts = new Map<string, FileFacts>()
  const failed = new Set<string>()
  const failures: [path: string, why: ReadFailure][] = []
  const fail = (path: string, error: unknown): void => {
    failed.add(path)
    failures.push([path, failureOf(error)])
  }
  const eachInTime = (work: (path: string) => void): ((path: string) => void) => {
    return (path) => {
      try {
        work(path)
      } catch (error) {
        fail(path, error)
      }
    }
  }
  const byPath = new Map(files.map((file) => [file.path, file]))
  const opened = new Map<string, OpenFile>()
  const readOne = (path: string): void => {
    const file = byPath.get(path)
    let one = request.facts.get(path)
    if (one === undefined && file !== undefined) {
      const read = readFile(file)
      if (read !== undefined) {
        one = factsOf(read)
        // Its sets of names are in the facts.
        opened.set(path, { path: read.path, tree: read.tree, declared: read.declared, template: read.template })
      }
    }
    if (one === undefined) failed.add(path)
    else facts.set(path, one)
  }
  const unread = byPath.keys()
  while (!workThrough(unread, READ_MS, eachInTime(readOne), fail)) await breathe()

  const index = indexComponents(facts)
  const resolve = createResolve(paths, request.settings)
  const reach = new Reach(facts, resolve)
  const open: Open = (path) => {
    const source = facts.has(path) ? byPath.get(path) : undefined
    if (source === undefined) return undefined
    const file = opened.get(path) ?? reopenFile(source)
    opened.set(path, file)
    if (!index.owners.has(file.tree)) {
      // The tree itself stands for no component; it says that its nodes are there.
      index.owners.set(file.tree, path)
      for (const [node, id] of file.declared.owners) index.owners.set(node, id)
    }
    return file
  }
  const edgesBy = (one: OpenFile, lookup: Lookup): FileEdges => edgesOfFile(one, index, lookup, resolve, paths)
  const characters = [...facts.values()].reduce((sum, one) => sum + one.characters, 0)
  const isLarge = facts.size > limits.files || characters > limits.characters
  const reached = request.isKeeping ? (isLarge ? reach.hashesOfAll() : reach.hashes()) : undefined
  const keyOf = (path: string): string | undefined => {
    const source = byPath.get(path)
    return reached && `${source?.language} ${source?.blob} ${reached.get(path)}`
  }
  const edges = new Map<string, FoundEdges>()
  const pending: string[] = []
  for (const path of facts.keys()) {
    const known = request.edges.get(path)
    if (known?.key !== undefined && known.key === keyOf(path)) edges.set(path, known)
    else pending.push(path)
  }
  const checked: Checked = createChecked(pending, open, index, reach, resolve, isLarge ? 0 : limits.milliseconds)
  const uncheckable: string[] = []
  const giveUp = (path: string, error: unknown): void => {
    fail(path, error)
    checked.discard()
    uncheckable.push(path)
  }
  const check = (path: string): void => {
    const one = open(path)
    if (one === undefined) return
    try {
      const found = checked.run(path, (lookup) => edgesBy(one, lookup))
      if (found === undefined) uncheckable.push(path)
      else edges.set(path, { ...found, key: keyOf(path), isByName: false })
    } catch (error) {
      giveUp(path, error)
    }
  }
  for (const unchecked = new Ready(pending, checked); !unchecked.isEmpty; await breathe()) {
    onProgress(edges.size)
    try {
      if (checked.isUnprepared) runWithTimeLimit(limits.milliseconds, () => checked.prepare())
    } catch (error) {
      giveUp(unchecked.take(), error)
    }
    workThrough(unchecked, LOOK_UP_MS, check, giveUp)
  }
  if (uncheckable.length > 0) {
    const byName = createFindByName(openAll(facts.keys(), open), index, resolve)
    const lookUp = (path: string): void => {
      const one = open(path)
      if (one === undefined) return
      // What was found in a hurry is not kept.
      edges.set(path, { ...edgesBy(one, byName(one)), key: isLarge ? keyOf(path) : undefined, isByName: true })
    }
    const left = uncheckable.values()
    while (!workThrough(left, LOOK_UP_MS, eachInTime(lookUp), fail)) {
      await breathe()
      onProgress(edges.size)
    }
  }
  return { facts, edges, failed, failures }
}

/** Paths in turn, as long as the checker is ready for them: making it is no file's own work. */
class Ready implements Iterator<string> {
  readonly #left: string[]
  readonly #checked: Checked

  constructor(paths: readonly string[], checked: Checked) {
    this.#left = [...paths].reverse()
    this.#checked = checked
  }

  get isEmpty(): boolean {
    return this.#left.length === 0
  }

  /** The next, whether the checker is ready or not; there is one. */
  take(): string {
    return this.#left.pop() ?? ''
  }

  next(): IteratorResult<string, undefined> {
    if (this.isEmpty || this.#checked.isUnprepared) return { done: true, value: undefined }
    return { done: false, value: this.take() }
  }
}

function* openAll(paths: Iterable<string>, open: Open): Iterable<OpenFile> {
  for (const path of paths) {
    const file = open(path)
    if (file !== undefined) yield file
  }
}

/**
 * The work on TypeScript and JavaScript: one program of the compiler over all files, its checker for what names mean. A
 * program that is too large is analysed by names alone, and so is what is left when the time is up.
 */

import { createBreath } from '#generate/analyse/breath.ts'
import { type Checked, createChecked, type Open } from './checked.ts'
import { edgesOfFile, type FileEdges } from './edges.ts'
import { type FileFacts, factsOf, type OpenFile, readFile, reopenFile } from './facts.ts'
import { indexComponents } from './index-of-components.ts'
import { createFindByName } from './names.ts'
import { Reach } from './reach.ts'
import { createResolve } from './resolve.ts'
import type { Find } from './symbols.ts'
import type { Found, FoundEdges, Request } from './work.ts'

/**
 * @param onProgress - Told of the files that are done.
 * @throws {Aborted} The signal fired.
 */
export async function findEdges(
  request: Request,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Found> {
  const { files, paths, limits } = request
  const breathe = createBreath(signal, 20)
  const facts = new Map<string, FileFacts>()
  const failed = new Set<string>()
  const byPath = new Map(files.map((file) => [file.path, file]))
  const opened = new Map<string, OpenFile>()
  for (const file of files) {
    await breathe()
    let one = request.facts.get(file.path)
    if (one === undefined) {
      const read = readFile(file)
      if (read !== undefined) {
        // Its sets of names are in the facts.
        opened.set(file.path, { path: read.path, tree: read.tree, declared: read.declared })
        one = factsOf(read)
      }
    }
    if (one === undefined) failed.add(file.path)
    else facts.set(file.path, one)
  }

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
  const edgesBy = (one: OpenFile, find: Find): FileEdges => edgesOfFile(one, index, find, resolve, paths)
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
  const milliseconds = isLarge ? 0 : limits.milliseconds
  const checked: Checked = createChecked(pending, open, index, reach, resolve, milliseconds)
  let byName: ((file: OpenFile) => Find) | undefined
  for (const path of pending) {
    await breathe()
    onProgress(edges.size)
    const one = open(path)
    if (one === undefined) continue
    const result = checked.run(path, (find) => edgesBy(one, find))
    if (typeof result !== 'string') {
      edges.set(path, { ...result, key: keyOf(path), isByName: false })
      continue
    }
    if (result === 'broken') failed.add(path)
    byName ??= createFindByName(openAll(facts.keys(), open), index, resolve)
    // What was found in a hurry is not kept.
    edges.set(path, { ...edgesBy(one, byName(one)), key: isLarge ? keyOf(path) : undefined, isByName: true })
  }
  return { facts, edges, failed }
}

function* openAll(paths: Iterable<string>, open: Open): Iterable<OpenFile> {
  for (const path of paths) {
    const file = open(path)
    if (file !== undefined) yield file
  }
}

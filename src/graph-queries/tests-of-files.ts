/** Finds test files that may execute other files, by the imports between files. */

import { lowerBound } from '#base/binary-search.ts'
import { append } from '#base/long-arrays.ts'
import type { Tally } from './graph-columns.ts'
import type { GraphFile } from './graph-file.ts'

/** Maximum number of folders that are searched; tests in any more are not found. */
const MAX_FOLDERS = 200

/**
 * Test files, nearest first: those that use or import the files, over any number of steps. Files without known
 * importers (plugins, entry points) get the tests in the nearest folder that has any.
 */
export async function testsOfFiles(graph: GraphFile, files: ReadonlySet<number>, tally: Tally): Promise<number[]> {
  const visited = new Set(files)
  const tests: number[] = []
  const loaded: number[] = []

  /** @param isLoaded - Whether files without users are noted as loaded in another way. */
  function follow(from: readonly number[], { isLoaded }: { isLoaded: boolean }): void {
    for (let level = from; level.length > 0; ) {
      const next: number[] = []
      for (const file of level) {
        let users = 0
        graph.eachTo(file, tally, (edge, user) => {
          const kind = graph.kindOfEdge(edge)
          if (!graph.isFile(user) || (kind !== 'imports' && kind !== 'tests')) return
          users += 1
          if (visited.has(user)) return
          visited.add(user)
          next.push(user)
        })
        if (users === 0 && isLoaded && (files.has(file) || !graph.isInTests(file))) loaded.push(file)
      }
      level = next.sort((a, b) => a - b)
      append(
        tests,
        level.filter((file) => graph.isInTests(file)),
      )
    }
  }

  follow([...files], { isLoaded: true })
  if (loaded.length === 0) return tests
  const { fileNodes } = graph
  const paths = await graph.pathsOf(fileNodes, tally)
  const folders = new Set<string>()
  for (const file of loaded) {
    let folder = paths[lowerBound(fileNodes.length, (at) => (fileNodes[at] ?? 0) < file)] ?? ''
    for (let isFound = false; !isFound && folder !== '' && folders.size < MAX_FOLDERS; ) {
      folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))
      if (folders.has(folder)) break
      folders.add(folder)
      isFound = addTestsIn(folder)
    }
  }
  return tests

  /** Adds the tests in a folder, and those that use other files of it. @returns Whether there are any. */
  function addTestsIn(folder: string): boolean {
    tally.work += paths.length
    const start = folder === '' ? '' : `${folder}/`
    const inside = fileNodes.filter((node, at) => !visited.has(node) && paths[at]?.startsWith(start))
    for (const node of inside) visited.add(node)
    const before = tests.length
    append(
      tests,
      inside.filter((node) => graph.isInTests(node)),
    )
    follow(inside, { isLoaded: false })
    return tests.length > before
  }
}

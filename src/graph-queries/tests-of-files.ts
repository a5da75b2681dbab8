/** Finds test files that may execute other files, by the imports between files. */

import { lowerBound } from '#base/binary-search.ts'
import { append } from '#base/long-arrays.ts'
import type { Tally } from './graph-columns.ts'
import type { GraphFile } from './graph-file.ts'

/** Maximum number of folders that are searched. */
const MAX_FOLDERS = 200

/**
 * Test files, nearest first: those that use or import the files, over any number of steps. Files without known
 * importers (plugins, entry points) get the tests in the nearest folder that has any.
 */
export async function testsOfFiles(graph: GraphFile, files: ReadonlySet<number>, tally: Tally): Promise<number[]> {
  const visited = new Set(files)
  const tests: number[] = []
  const loaded: number[] = []

  function follow(from: readonly number[], isLoaded: boolean): void {
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

  follow([...files], true)
  if (loaded.length === 0) return tests
  const { fileNodes } = graph
  const paths = await graph.pathsOf(fileNodes, tally)
  const folders = new Set<string>()
  for (const file of loaded) {
    let path = paths[lowerBound(fileNodes.length, (at) => (fileNodes[at] ?? 0) < file)] ?? ''
    for (let isFound = false; !isFound && path !== '' && folders.size < MAX_FOLDERS; ) {
      path = path.slice(0, Math.max(0, path.lastIndexOf('/')))
      if (folders.has(path)) break
      folders.add(path)
      tally.work += paths.length
      const start = path === '' ? '' : `${path}/`
      const around = fileNodes.filter((node, at) => !visited.has(node) && paths[at]?.startsWith(start))
      for (const node of around) visited.add(node)
      const before = tests.length
      append(
        tests,
        around.filter((node) => graph.isInTests(node)),
      )
      follow(around, false)
      isFound = tests.length > before
    }
  }
  return tests
}

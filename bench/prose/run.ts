/**
 * Prose by a model on real repositories, with the scripted stand-in of the tests: what it costs, whether anything wrong is
 * published when the model is hostile, whether what was answered is asked again after `kill -9`, how well questions run
 * side by side.
 */

import path from 'node:path'
import { print, readFlag } from '../measure.ts'
import { listsOf } from './figures.ts'
import { hostile } from './hostile.ts'
import { killed } from './killed.ts'
import { parallel } from './parallel.ts'
import { wellBehaved } from './well-behaved.ts'

export async function run(): Promise<void> {
  const folders = listsOf('repo').map((folder) => path.resolve(folder))
  if (folders.length === 0) throw new Error('Name a checkout: make bench ONLY="prose --repo=/path/to/repository".')
  const wanted = listsOf('part')
  const isWanted = (part: string): boolean => wanted.length === 0 || wanted.includes(part)
  for (const folder of folders) {
    print(`\n  ${path.basename(folder)}`)
    const lines = [
      ...(isWanted('well-behaved') ? await wellBehaved(folder) : []),
      ...(isWanted('hostile') ? await hostile(folder, readFlag('seeds', 20)) : []),
      ...(isWanted('killed') ? await killed(folder, readFlag('kills', 20)) : []),
      ...(isWanted('parallel') ? await parallel(folder) : []),
    ]
    for (const line of lines) print(`    ${line}`)
  }
}

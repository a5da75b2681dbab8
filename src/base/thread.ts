/** Starts threads that run TypeScript or, in a bundle, bundled scripts. */

import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

/** Set only in a bundle; see `src/bundle.js`. */
declare const IS_BUNDLE: boolean | undefined

/** The module hooks that load TypeScript, which threads do not inherit. */
const HOOKS = new URL('../tsx.mjs', import.meta.url).href

/** @param script - The `.ts` file that the thread runs. In a bundle, the script built from it runs instead. */
export function startThread(script: URL, options: WorkerOptions): Worker {
  if (typeof IS_BUNDLE === 'undefined')
    return new Worker(script, { ...options, execArgv: ['--import', HOOKS], env: {} })
  const name = path.basename(fileURLToPath(script), '.ts')
  return new Worker(path.join(import.meta.dirname, `${name}.mjs`), { ...options, execArgv: [], env: {} })
}

/** Builds nodegit's native module for one Node and one architecture, with `../nodegit.sh`. */

import { execFile } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type InstalledNode, programOf } from './fetch.ts'

const run = promisify(execFile)
const SCRIPT = fileURLToPath(new URL('../nodegit.sh', import.meta.url))

export interface Addon {
  /** The Node for which it was built, `22.23.3`; it works with all Nodes of the same ABI. */
  version: string
  /** `127`. */
  abi: string
  file: string
}

/**
 * nodegit for a Node, from the user's cache; otherwise it is built, which takes minutes.
 *
 * @param node - A Node that runs on this machine; by default, the current one.
 * @param arch - This machine's architecture, or `arm64`.
 * @throws {Error} The build failed; the message ends with the compiler's output.
 */
export async function buildAddon(node: InstalledNode | undefined, arch: string): Promise<Addon> {
  const program = node === undefined ? process.execPath : programOf(node)
  const env: NodeJS.ProcessEnv = { ...process.env, PATH: `${path.dirname(program)}:${process.env.PATH ?? ''}` }
  if (node !== undefined) env.npm_config_nodedir = node.folder
  const target = arch === process.arch ? [] : [arch]
  const { stdout: folder } = await run(SCRIPT, ['--build', ...target], { env })
  const { stdout } = await run(program, ['-p', '[process.versions.node, process.versions.modules].join()'])
  const [version = '', abi = ''] = stdout.trim().split(',')
  return { version, abi, file: path.join(folder.trim(), 'nodegit.node') }
}

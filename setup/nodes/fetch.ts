/** Downloads a Node, with its headers and licence, from its npm packages. */

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { userCacheFolder } from '../../src/base/config.ts'

const run = promisify(execFile)

/** A Node with the layout of the archives of nodejs.org: `bin/node`, `include/`, `LICENSE`. */
export interface InstalledNode {
  /** `22.23.3`. */
  version: string
  /** Absolute. */
  folder: string
}

export const programOf = ({ folder }: InstalledNode): string => path.join(folder, 'bin/node')

/**
 * The newest Node of a release line, downloaded to the user's cache if necessary.
 *
 * @param range - A version, or its first numbers.
 * @param arch - `x64` or `arm64`.
 * @throws {Error} npm has no such version, or cannot be reached.
 */
export async function fetchNode(range: string, arch: string): Promise<InstalledNode> {
  const name = `node-linux-${arch}`
  const version = await newestOf(name, range)
  const cache = userCacheFolder()
  const folder = path.join(cache, `node-${version}-linux-${arch}`)
  if (existsSync(folder)) return { version, folder }
  await mkdir(cache, { recursive: true })
  const scratch = await mkdtemp(`${folder}.fetching-`)
  try {
    await run('npm', ['pack', '--silent', `--pack-destination=${scratch}`, `${name}@${version}`])
    const [archive = ''] = await readdir(scratch)
    await run('tar', ['-xzf', path.join(scratch, archive), '-C', scratch])
    await rename(path.join(scratch, 'package'), folder).catch((error) => {
      // Another process was faster.
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
  return { version, folder }
}

async function newestOf(name: string, range: string): Promise<string> {
  const { stdout } = await run('npm', ['view', `${name}@${range}`, 'version', '--json'])
  const newest = newestIn(stdout)
  if (newest === undefined) throw new Error(`npm has no ${name} ${range}.`)
  return newest
}

/** @param printed - The output of `npm view … version --json`: a string for one version, an array for several, empty for none. */
export function newestIn(printed: string): string | undefined {
  const versions: string[] = printed.trim() === '' ? [] : [JSON.parse(printed)].flat()
  return versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)
}

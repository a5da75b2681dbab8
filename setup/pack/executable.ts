/**
 * Makes the single executable: Node with the program inside
 * (https://nodejs.org/docs/latest-v20.x/api/single-executable-applications.html). Node loads native modules and threads from files
 * only, so the program is unpacked once to the user's cache.
 */

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const run = promisify(execFile)

/** A marker in every Node that supports single executables; postject sets a digit after it. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'
/** A CommonJS module in a file, because `import()` does not work in the script inside the executable. */
const START = "import('./docspool.mjs')\n"
/** The licence of a Node from an archive, or from a system package. */
const licencesOf = (node: string): string[] => [path.resolve(node, '../../LICENSE'), '/usr/share/doc/nodejs/copyright']

/** Why a Node of the current version cannot become a single executable; `undefined` if it can. */
export async function whyNoExecutable(node: string): Promise<string | undefined> {
  if (!isBuiltin('node:sea')) return 'single executables with files need Node 20.12 or newer'
  if (!(await readFile(node)).includes(FUSE))
    return 'this Node is built as a shared library; use the one from nodejs.org'
  return undefined
}

/**
 * @param program - The folder of the program.
 * @param executable - The file to write, mode 0755.
 * @param node - Path of the Node to use: of the current version, for any architecture.
 * @throws If Node's licence is not found, or Node or postject fails.
 */
export async function makeExecutable(program: string, executable: string, node: string): Promise<void> {
  const work = `${executable}.making`
  await rm(work, { recursive: true, force: true })
  await mkdir(work, { recursive: true })
  try {
    const inWork = (name: string): string => path.join(work, name)
    const { index, bytes } = await concatenate(program, await readNodeLicence(node))
    await writeFile(inWork('index.json'), JSON.stringify(index))
    await writeFile(inWork('files.gz'), gzipSync(bytes, { level: 9 }))
    await build({
      entryPoints: [path.join(import.meta.dirname, 'executable-start.ts')],
      outfile: inWork('start.cjs'),
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      logLevel: 'silent',
    })
    const config = {
      main: 'start.cjs',
      output: 'program.blob',
      disableExperimentalSEAWarning: true,
      assets: { index: 'index.json', files: 'files.gz' },
    }
    await writeFile(inWork('config.json'), JSON.stringify(config))
    await run(process.execPath, ['--experimental-sea-config', 'config.json'], { cwd: work })
    await copyFile(node, inWork('docspool'))
    await chmod(inWork('docspool'), 0o755)
    // As a command, because it also prints messages of no interest.
    const postject = fileURLToPath(import.meta.resolve('postject/dist/cli.js'))
    const inject = [postject, 'docspool', 'NODE_SEA_BLOB', 'program.blob', '--sentinel-fuse', FUSE]
    await run(process.execPath, inject, { cwd: work })
    await rename(inWork('docspool'), executable)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** The concatenated files of the program and their index, in the format that `unpack.ts` reads. */
async function concatenate(program: string, licence: Buffer): Promise<{ index: object; bytes: Buffer }> {
  const contents = new Map<string, Buffer>()
  for (const name of await readdir(program, { recursive: true })) {
    const file = path.join(program, name)
    if ((await stat(file)).isFile()) contents.set(name, await readFile(file))
  }
  contents.set('src/start.cjs', Buffer.from(START))
  contents.set('LICENCE-of-Node.txt', licence)
  const sorted = [...contents].sort(([a], [b]) => (a < b ? -1 : 1))
  const hash = createHash('sha256')
  for (const [name, content] of sorted) hash.update(`${name}\0${content.length}\n`).update(content)
  const files = sorted.map(([name, content]) => ({ path: name, size: content.length }))
  return {
    index: { digest: hash.digest('hex').slice(0, 16), files },
    bytes: Buffer.concat(sorted.map(([, content]) => content)),
  }
}

async function readNodeLicence(node: string): Promise<Buffer> {
  for (const file of licencesOf(node)) {
    const text = await readFile(file).catch(() => undefined)
    if (text !== undefined) return text
  }
  throw new Error(`Node's licence was not found at ${licencesOf(node).join(' or ')}.`)
}

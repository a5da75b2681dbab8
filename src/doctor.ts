/** `docspool doctor`: can this machine run docspool? One line for each thing it needs, with what to do where it fails. */

import { constants } from 'node:fs'
import { access, mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import type { Config } from '#base/config.ts'
import { AppError } from '#base/errors.ts'
import { temporaryName } from '#base/files.ts'
import { GENERATOR_VERSION } from '#base/version.ts'

export interface Finding {
  name: string
  ok: boolean
  /** What was found; where it failed, what to do. */
  text: string
}

const LEAST_FREE_BYTES = 512 * 1_048_576
/** File systems whose locks and renames are not those of a local disk: NFS, SMB, FUSE, 9p. */
const REMOTE = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9p'],
])

export async function examine(config: Config): Promise<Finding[]> {
  return [
    { name: 'docspool', ok: true, text: `${GENERATOR_VERSION}, Node ${process.versions.node}` },
    checkNode(),
    await checkNodegit(),
    await checkSpool(config.spoolDir),
    await checkDisk(config.spoolDir),
    await checkPort(config.host, config.port),
    { name: 'hosts', ok: true, text: `clones from ${config.allowedHosts.join(', ')}` },
  ]
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > 20 || (major === 20 && minor >= 11)
  return { name: 'node', ok, text: ok ? 'new enough' : 'needs 20.11 or newer' }
}

async function checkNodegit(): Promise<Finding> {
  try {
    const { nodegitVersion } = await import('#generate/clone/nodegit.ts')
    return { name: 'nodegit', ok: true, text: `loads, ${nodegitVersion()}` }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { name: 'nodegit', ok: false, text: `${error.message} ${error.hint}` }
  }
}

async function checkSpool(folder: string): Promise<Finding> {
  const probe = path.join(folder, temporaryName())
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(probe, 'x', { flag: 'wx' })
    await rm(probe)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    return { name: 'spool', ok: false, text: `${folder} cannot be written: ${(error as Error).message}` }
  }
  const remote = REMOTE.get((await statfs(folder)).type)
  if (remote !== undefined) {
    return { name: 'spool', ok: false, text: `${folder} is on ${remote}; choose a local disk with DOCSPOOL_SPOOL_DIR` }
  }
  return { name: 'spool', ok: true, text: `${folder} can be written` }
}

async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: 0, bsize: 0 }))
  const free = bavail * bsize
  const ok = free >= LEAST_FREE_BYTES
  return { name: 'disk', ok, text: `${(free / 1e9).toFixed(1)} GB free${ok ? '' : '; at least 0.5 GB are needed'}` }
}

function checkPort(host: string, port: number): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const text =
        error.code === 'EADDRINUSE'
          ? `${host}:${port} is taken; docspool may be running, or choose another with DOCSPOOL_PORT`
          : `${host}:${port}: ${error.message}`
      resolve({ name: 'port', ok: false, text })
    })
    server.listen(port, host, () => {
      server.close(() => resolve({ name: 'port', ok: true, text: `${host}:${port} is free` }))
    })
  })
}

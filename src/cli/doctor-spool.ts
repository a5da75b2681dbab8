/** The checks of `doctor` for the spool: permissions, file system, owners, free space. */

import { constants, existsSync, type StatsFs } from 'node:fs'
import { access, lstat, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '#base/config.ts'
import { AppError, isErrno, messageAndHint } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import { MIN_FREE_BYTES } from '#http/health.ts'
import { SpoolFolderUnusable, SpoolOccupied } from '#queue/errors.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { findForeign, isSpool } from '#queue/spool/recognise-spool.ts'
import { findUnusable } from '#queue/spool/usable-folders.ts'
import { withQueue } from './configured-queue.ts'
import type { Finding } from './doctor.ts'
import { explainOwner, refuseMixedOwners } from './spool-owner.ts'

/** Types (`statfs`) of file systems whose locks and renames are not as reliable as those of a local disk. */
const REMOTE = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9p'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
])

/** The type (`statfs`) of /proc. */
const PROC = 0x9fa0

/** Checks permissions without writing anything. */
export async function checkSpool({ spoolDir: folder, expectSpool }: Config): Promise<Finding> {
  let isThere = true
  let remote: string | undefined
  const paths = new SpoolPaths(folder)
  try {
    await explainOwner(folder, 'doctor', async () => {
      isThere = await canWrite(folder)
      refuseMixedOwners(folder)
    })
    remote = REMOTE.get((await statfsNear(folder)).type)
  } catch (error) {
    const reason = error instanceof AppError ? messageAndHint(error) : (error as Error).message
    return { name: 'spool', ok: false, text: `${folder} cannot be written: ${reason}` }
  }
  if (expectSpool !== false && !existsSync(paths.layout)) {
    const orInit = typeof expectSpool === 'string' ? '' : `, or run \`${PROGRAM} init\``
    const text = `there is no spool in ${folder}, but DOCSPOOL_EXPECT_SPOOL is set; mount its disk${orInit}`
    return { name: 'spool', ok: false, text }
  }
  const foreign = isSpool(paths) ? [] : findForeign(paths)
  if (foreign.length > 0) {
    return { name: 'spool', ok: false, text: messageAndHint(new SpoolOccupied(folder, foreign)) }
  }
  const [unusable] = isThere ? findUnusable(paths) : []
  if (unusable !== undefined) {
    const error = new SpoolFolderUnusable(path.join(folder, unusable.name), unusable)
    return { name: 'spool', ok: false, text: messageAndHint(error) }
  }
  if (remote !== undefined) {
    const text = `${folder} is on ${remote}, which may lose acknowledged writes; choose a local disk with DOCSPOOL_SPOOL_DIR`
    return { name: 'spool', ok: true, isWarning: true, text }
  }
  return {
    name: 'spool',
    ok: true,
    text: isThere ? `${folder} has the right permissions` : `${folder} can be created and written`,
  }
}

/** @returns false when the folder does not exist but can be created. @throws A system error if neither is possible. */
async function canWrite(folder: string): Promise<boolean> {
  try {
    // With the trailing slash, a file instead of a folder is an error.
    await access(`${folder}/`, constants.R_OK | constants.W_OK | constants.X_OK)
    return true
  } catch (error) {
    const above = path.dirname(folder)
    if (!isErrno(error, 'ENOENT') || above === folder) throw error
    // Nothing can be created in /proc, whatever its permissions, nor in place of a broken link.
    if ((await canWrite(above)) && (await statfs(above)).type === PROC) throw error
    if ((await lstat(folder).catch(() => undefined)) !== undefined) throw error
    return false
  }
}

/** Checks whether a sample of the spool's files has another owner. */
export async function checkFiles(config: Config): Promise<Finding[]> {
  const name = 'files'
  try {
    const foreign = await withQueue(config, (queue) => queue.foreignFiles())
    if (foreign.length === 0) return []
    const text = `${foreign.join(', ')}: owned by another user than the spool; run \`${PROGRAM} fsck\` as root`
    return [{ name, ok: false, text }]
  } catch (error) {
    // Other checks report a missing or unusable spool.
    if (!(error instanceof AppError)) throw error
    return []
  }
}

/** @param statistics - Reads the statistics of the file system that contains a folder. */
export async function checkDisk(folder: string, statistics = statfsNear): Promise<Finding> {
  const name = 'disk'
  try {
    const { bavail, bsize } = await statistics(folder)
    const free = bavail * bsize
    if (free >= MIN_FREE_BYTES) return { name, ok: true, text: `${(free / 1e9).toFixed(1)} GB free` }
    const needed = (MIN_FREE_BYTES / 1e9).toFixed(3)
    return { name, ok: false, text: `${(free / 1e9).toFixed(3)} GB free; at least ${needed} GB is needed` }
  } catch (error) {
    return { name, ok: false, text: `the free space is unknown: ${(error as Error).message}` }
  }
}

/** File system statistics of the folder, or of its nearest existing parent. */
async function statfsNear(folder: string): Promise<Pick<StatsFs, 'bavail' | 'bsize' | 'type'>> {
  const above = path.dirname(folder)
  try {
    return await statfs(folder)
  } catch (error) {
    if (!isErrno(error, 'ENOENT') || above === folder) throw error
    return statfsNear(above)
  }
}

/** `docspool doctor`: can this machine run docspool? One line for each thing it needs, with what to do where it fails. */

import { execFile } from 'node:child_process'
import { constants, type StatsFs } from 'node:fs'
import { access, lstat, readFile, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import type { Config } from '#base/config.ts'
import { AppError, isErrno } from '#base/errors.ts'
import { createLog } from '#base/log.ts'
import { PROGRAM } from '#base/program.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { SpoolOccupied } from '#queue/errors.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { findForeign, isSpool } from '#queue/spool/recognise.ts'
import { askEndpoint, writerOf } from '#server/model-endpoint.ts'
import { createSandbox, type SandboxPart } from '#worker/sandbox.ts'
import { askQueue, originOf } from './ask-queue.ts'
import { oddSettings } from './check-config.ts'
import { pausedText } from './control.ts'
import { readLocalQueue } from './local-queue.ts'
import { explainOwner } from './spool-owner.ts'

export interface Finding {
  name: string
  ok: boolean
  /** It works, and may not always. */
  isOdd?: boolean
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
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
])

/** The type of /proc, for `statfs`. */
const PROC = 0x9fa0

/** Streams of events, long polls and clones, each with a file or two. */
const LEAST_FILES = 4_096

const SANDBOX_PARTS: { part: SandboxPart; lack: string }[] = [
  { part: 'limits', lack: 'no limits of the kernel (prlimit of util-linux)' },
  { part: 'rights', lack: 'jobs could gain rights and outlive their supervisor (setpriv of util-linux)' },
  { part: 'folders', lack: 'jobs may write where this user may (setpriv of util-linux 2.41, Landlock in the kernel)' },
]

export async function examine(config: Config): Promise<Finding[]> {
  return [
    { name: 'docspool', ok: true, text: `${GENERATOR_VERSION}, Node ${process.versions.node}` },
    checkNode(),
    await checkNodegit(),
    await checkSpool(config),
    ...(await checkFiles(config)),
    await checkDisk(config.spoolDir),
    await checkLimits(),
    await checkSandbox(config),
    await checkSupervisor(config),
    await checkPort(config),
    checkAccess(config),
    checkHosts(config),
    ...(await checkPrivate(config)),
    await checkModel(config),
    ...oddSettings(config).map((text) => ({ name: 'settings', ok: true, isOdd: true, text })),
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

/** Asks, and tries nothing. */
async function checkSpool({ spoolDir: folder, expectSpool }: Config): Promise<Finding> {
  let isThere = true
  let remote: string | undefined
  const paths = new SpoolPaths(folder)
  try {
    await explainOwner(folder, 'doctor', async () => {
      isThere = await canWrite(folder)
    })
    remote = REMOTE.get((await statfsNear(folder)).type)
  } catch (error) {
    const hint = error instanceof AppError ? ` ${error.hint ?? ''}` : ''
    return { name: 'spool', ok: false, text: `${folder} cannot be written: ${(error as Error).message}${hint}` }
  }
  if (expectSpool !== false && (await access(path.join(folder, 'LAYOUT')).catch(() => 'none')) === 'none') {
    const text = `there is no spool in ${folder}, where DOCSPOOL_EXPECT_SPOOL expects one; mount its disk, or run \`${PROGRAM} init\``
    return { name: 'spool', ok: false, text }
  }
  const foreign = isSpool(paths) ? [] : findForeign(paths)
  if (foreign.length > 0) {
    const { message, hint } = new SpoolOccupied(folder, foreign)
    return { name: 'spool', ok: false, text: `${message} ${hint}` }
  }
  if (remote !== undefined) {
    const text = `${folder} is on ${remote}, which may lose what was acknowledged; choose a local disk with DOCSPOOL_SPOOL_DIR`
    return { name: 'spool', ok: true, isOdd: true, text }
  }
  return { name: 'spool', ok: true, text: `${folder} can be ${isThere ? '' : 'made and '}written` }
}

/** @returns false when the folder is to be made yet, where that can be done. @throws A system error. */
async function canWrite(folder: string): Promise<boolean> {
  try {
    // A folder below it cannot be told from one that is a file.
    await access(`${folder}/`, constants.R_OK | constants.W_OK | constants.X_OK)
    return true
  } catch (error) {
    const above = path.dirname(folder)
    if (!isErrno(error, 'ENOENT') || above === folder) throw error
    // Nothing can be made in /proc, whatever its permissions say; and a link that leads nowhere is no folder.
    if ((await canWrite(above)) && (await statfs(above)).type === PROC) throw error
    if ((await lstat(folder).catch(() => undefined)) !== undefined) throw error
    return false
  }
}

/** A sample of the files that jobs need now, by the owner of `LAYOUT`. */
async function checkFiles(config: Config): Promise<Finding[]> {
  const name = 'files'
  try {
    const queue = await readLocalQueue(config, createLog('doctor', 'silent'))
    const foreign = await queue.foreignFiles()
    await queue.close()
    if (foreign.length === 0) return []
    const text = `${foreign.join(', ')}: of another user than the spool; run \`${PROGRAM} fsck\` as root`
    return [{ name, ok: false, text }]
  } catch (error) {
    // That there is no spool, or none that can be opened, is said by the others.
    if (!(error instanceof AppError)) throw error
    return []
  }
}

async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfsNear(folder).catch(() => ({ bavail: 0, bsize: 0 }))
  const free = bavail * bsize
  const ok = free >= LEAST_FREE_BYTES
  return { name: 'disk', ok, text: `${(free / 1e9).toFixed(1)} GB free${ok ? '' : '; at least 0.5 GB are needed'}` }
}

/** Of the folder, or where it would be made. */
async function statfsNear(folder: string): Promise<StatsFs> {
  const above = path.dirname(folder)
  try {
    return await statfs(folder)
  } catch (error) {
    if (!isErrno(error, 'ENOENT') || above === folder) throw error
    return statfsNear(above)
  }
}

/** How many files a process may hold open, and how many processes this user may run. */
async function checkLimits(): Promise<Finding> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  const files = /^Max open files\s+(\S+)/m.exec(limits)?.[1]
  if (files === undefined) return { name: 'limits', ok: true, text: 'not told by this system' }
  const isOdd = files !== 'unlimited' && Number(files) < LEAST_FILES
  const advice = isOdd ? `; many readers need ${LEAST_FILES} (ulimit -n, or LimitNOFILE= of systemd)` : ''
  return { name: 'limits', ok: true, isOdd, text: `${files} open files${advice}` }
}

/** What confines the process of a job; see docs/security.md. */
async function checkSandbox(config: Config): Promise<Finding> {
  const { parts, untried } = await createSandbox(config)
  const isUntried = (part: SandboxPart): boolean => part === 'folders' && untried !== undefined
  const lacks = SANDBOX_PARTS.filter(({ part }) => !parts.includes(part) && !isUntried(part)).map(({ lack }) => lack)
  // The supervisor makes its trial in the spool, where nothing is written here.
  if (untried !== undefined)
    lacks.push(`whether jobs are kept to their folders cannot be tried in ${untried}; see TMPDIR`)
  const text = lacks.length === 0 ? 'limits, no new rights, writing in its own folders alone' : lacks.join('; ')
  return { name: 'sandbox', ok: true, isOdd: lacks.length > 0, text }
}

/** Whether somebody works on the jobs of the spool, from the spool alone. */
async function checkSupervisor(config: Config): Promise<Finding> {
  const name = 'supervisor'
  if ((await access(path.join(config.spoolDir, 'LAYOUT')).catch(() => 'none')) === 'none') {
    return { name, ok: true, text: 'the spool is new' }
  }
  try {
    const queue = await readLocalQueue(config, createLog('doctor', 'silent'))
    const { workers, beatAgeMs, counts, paused } = await queue.state()
    await queue.close()
    if (paused !== null) return { name, ok: true, isOdd: true, text: pausedText(paused) }
    if (workers > 0)
      return { name, ok: true, text: `${workers} works, last seen ${Math.round((beatAgeMs ?? 0) / 1_000)} s ago` }
    const isOdd = counts.queued > 0
    return { name, ok: true, isOdd, text: `none works${isOdd ? `, and ${counts.queued} jobs wait` : ''}` }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { name, ok: false, text: `${error.message} ${error.hint ?? ''}` }
  }
}

function checkAccess({ access: { tokens, tokenFor } }: Config): Finding {
  const text = tokens.length === 0 ? 'no token is needed' : `a token is needed for ${tokenFor}`
  return { name: 'access', ok: true, text }
}

function checkHosts({ allowedHosts, localRepos }: Config): Finding {
  const folders = localRepos.length === 0 ? '' : `; reads folders below ${localRepos.join(', ')}`
  return { name: 'hosts', ok: true, text: `clones from ${allowedHosts.join(', ')}${folders}` }
}

async function checkPort(config: Config): Promise<Finding> {
  const { host, port } = config
  const error = await tryToListen(host, port)
  if (error === undefined) return { name: 'port', ok: true, text: `${host}:${port} is free` }
  if (error.code !== 'EADDRINUSE') return { name: 'port', ok: false, text: `${host}:${port}: ${error.message}` }
  const url = originOf(config)
  const queue = await askQueue(config)
  if (queue === undefined) {
    return { name: 'port', ok: false, text: `${host}:${port} is taken; choose another with DOCSPOOL_PORT` }
  }
  if (queue === 'refused') {
    const text = `docspool answers at ${url}, and says more with its token; set DOCSPOOL_TOKEN`
    return { name: 'port', ok: true, isOdd: true, text }
  }
  const { queued, processing, workers } = queue
  const text = `docspool answers at ${url}: ${queued} queued, ${processing} processing`
  return workers === 0
    ? { name: 'port', ok: false, text: `${text}, and no supervisor works; start one with \`${PROGRAM} supervise\`` }
    : { name: 'port', ok: true, text }
}

/** Nothing where neither tokens nor SSH are set up. */
async function checkPrivate({ gitTokens, ssh }: Config): Promise<Finding[]> {
  const places = gitTokens.places
  const tokens = places.length === 0 ? [] : [{ name: 'tokens', ok: true, text: `for ${places.join(', ')}` }]
  if (ssh === null) return tokens
  const ok = await new Promise<boolean>((resolve) => {
    execFile('ssh', ['-V'], (error) => resolve(error === null))
  })
  return [...tokens, { name: 'ssh', ok, text: ok ? 'can be started' : 'cannot be started; install openssh-client' }]
}

/** What is missing where it is half set up is odd about the settings. */
async function checkModel({ llm }: Config): Promise<Finding> {
  if (llm === null) return { name: 'model', ok: true, text: writerOf(llm) }
  const { ok, text } = await askEndpoint(llm)
  return { name: 'model', ok, text: `${writerOf(llm)}, which ${text}` }
}

function tryToListen(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', resolve)
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
}

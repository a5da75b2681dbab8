/**
 * Confines the process of a job: kernel limits (`prlimit`), no new privileges, death with its supervisor and, if the kernel
 * has Landlock, no writes outside its own folders (`setpriv`). What the system does not support is left out; see
 * docs/security.md. Time and memory limits of jobs are enforced in `queue/job-process.ts`.
 */

import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { cleanUp } from '#base/clean-up.ts'
import { type Config, userCacheFolder } from '#base/config.ts'
import { AppError } from '#base/errors.ts'
import { makeFolders } from '#base/files.ts'
import type { ClaimedJob } from '#queue/runner.ts'
import type { Enclosure } from '#queue/start-process.ts'

/** The limit on file size exceeds that on downloads by this much: packs have an index, and sets contain large files. */
const MORE_FILE_BYTES = 1_073_741_824
const MAX_OPEN_FILES = 4_096
/** Time limit of a probe, which normally takes milliseconds. */
const PROBE_MS = 20_000
/** CPU time from SIGXCPU to SIGKILL. */
const CPU_GRACE_S = 10
/** Jobs run at a lower priority than the server: they get about a tenth of its share when both need the CPU. */
const NICENESS = 10

/** Landlock rights that a job has in its own folders only. */
const WRITES = 'write-file,truncate,make-reg,make-dir,remove-file,remove-dir,refer'
/** Landlock rights that jobs have in no folder. */
const NEVER_MADE = 'make-char,make-block,make-fifo,make-sock,make-sym'

export interface Sandbox {
  /** The active parts. `nice` is not listed, because it confines nothing. */
  readonly parts: readonly SandboxPart[]
  /** The folder in which the part `folders` could not be tested, and why: `/tmp (ENOSPC)`. The part is then inactive. */
  readonly untested: string | undefined
  /** Creates the job's temporary folder and returns the command prefix and the environment for its process. */
  enclose(job: Pick<ClaimedJob, 'workDir'>): Promise<Enclosure>
}

export type SandboxPart = 'limits' | 'rights' | 'folders'

type SandboxConfig = Pick<Config, 'spoolDir' | 'jobTimeoutMs' | 'maxRepoBytes'> & { llm: object | null }

export interface SandboxDeps {
  /** Checks that the spool is there and its folders exist; called for each job. */
  prepare?(): Promise<unknown>
  /** Creates a temporary folder for the test of the sandbox, which removes it. */
  makeTestFolder?(): Promise<string>
  /** Called when that folder cannot be removed, which does not affect the result; ignored by default. */
  onLeftover?(error: unknown): void
  /** Time limit after which a probe counts as hung; 20 s by default. */
  probeMs?: number
}

/**
 * Test which parts this machine supports. A test that cannot be run counts as failed, and jobs run without that part.
 *
 * @param deps - By default, nothing is prepared, and the test runs in the system's temporary folder.
 * @throws {SandboxProbeHung}
 */
export async function createSandbox(
  config: SandboxConfig,
  {
    prepare = async () => undefined,
    makeTestFolder = () => mkdtemp(path.join(tmpdir(), 'docspool-')),
    onLeftover = () => undefined,
    probeMs = PROBE_MS,
  }: SandboxDeps = {},
): Promise<Sandbox> {
  const works: Probe = (command) => runProbe(command, probeMs)
  const folders = writableFolders(config)
  const limits = ['prlimit', ...limitsFor(config, await readHardLimits()), '--']
  const rights = ['setpriv', '--no-new-privs', '--pdeathsig', 'KILL']
  const nice = ['nice', '-n', String(NICENESS)]
  const isNice = await works([...nice, 'true'])
  const confineTo = (folders: string[]): string[] => [...rights, ...landlockFor(folders), '--']
  let untested: string | undefined
  const has = {
    limits: await works([...limits, 'true']),
    rights: await works([...rights, '--', 'true']),
    folders: await confines(confineTo, makeTestFolder, works, onLeftover).catch((error: NodeJS.ErrnoException) => {
      if (error instanceof SandboxProbeHung) throw error
      untested = `${path.dirname(error.path ?? tmpdir())} (${error.code ?? error.message})`
      return false
    }),
  }
  return {
    parts: (['limits', 'rights', 'folders'] as const).filter((part) => has[part]),
    untested,
    async enclose({ workDir }) {
      const own = path.join(workDir, 'tmp')
      await prepare()
      makeFolders(own)
      const identity = identityOf(folders)
      return {
        isCurrent: () => identityOf(folders) === identity,
        before: [
          ...(isNice ? nice : []),
          ...(has.limits ? limits : []),
          ...(has.folders ? confineTo([workDir, ...folders]) : has.rights ? [...rights, '--'] : []),
        ],
        // The user's cache stays readable.
        env: { TMPDIR: own, HOME: own, XDG_CACHE_HOME: path.dirname(userCacheFolder()) },
      }
    },
  }
}

/** Folders that a job may write to besides its own. With a model, that is the whole spool, because costs are recorded there. */
function writableFolders({ spoolDir, llm }: SandboxConfig): string[] {
  if (llm !== null) return [spoolDir]
  return ['docs', 'cache'].map((name) => path.join(spoolDir, name))
}

/** Device and inode of each folder: Landlock's rules are about these, not about paths. */
function identityOf(folders: readonly string[]): string {
  const stats = folders.map((folder) => statSync(folder, { throwIfNoEntry: false }))
  return stats.map((found) => `${found?.dev} ${found?.ino}`).join('\n')
}

function landlockFor(folders: string[]): string[] {
  const rules = [...folders.map((folder) => `path-beneath:${WRITES}:${folder}`), 'path-beneath:write-file:/dev/null']
  return [`--landlock-access=fs:${WRITES},${NEVER_MADE}`, ...rules.map((rule) => `--landlock-rule=${rule}`)]
}

/** Hard limits of this process, keyed by their names in `/proc/self/limits`. Limits that are `unlimited` are absent. */
type HardLimits = ReadonlyMap<string, number>

/**
 * The limits as flags for `prlimit`. The address space is not limited, because WebAssembly reserves terabytes of it; resident
 * memory is watched instead. Nor is the number of processes, because that limit counts all processes of the user.
 */
export function limitsFor(
  { jobTimeoutMs, maxRepoBytes }: Pick<SandboxConfig, 'jobTimeoutMs' | 'maxRepoBytes'>,
  hard: HardLimits,
): string[] {
  const allowed = (name: string, wanted: number): number => Math.min(wanted, hard.get(name) ?? wanted)
  // A job cannot use more within its time limit, so this only stops jobs whose supervisor hangs.
  const cpuS = allowed('Max cpu time', Math.ceil((jobTimeoutMs / 1_000) * availableParallelism()))
  const fileBytes = allowed('Max file size', maxRepoBytes + MORE_FILE_BYTES)
  const files = allowed('Max open files', MAX_OPEN_FILES)
  return [
    '--core=0:0',
    `--cpu=${cpuS}:${allowed('Max cpu time', cpuS + CPU_GRACE_S)}`,
    `--fsize=${fileBytes}:${fileBytes}`,
    `--nofile=${files}:${files}`,
  ]
}

async function readHardLimits(): Promise<HardLimits> {
  const text = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  const rows = [...text.matchAll(/^(Max [a-z]+(?: [a-z]+)*) {2,}\S+ +(\d+)\b/gm)]
  return new Map(rows.map(([, name = '', value]) => [name, Number(value)]))
}

const run = promisify(execFile)
/** Runs a command and returns whether it succeeds. */
type Probe = (command: string[]) => Promise<boolean>

/**
 * Thrown when a probe hangs. The machine may well support that part of the sandbox, and running jobs without it would be less
 * safe than running none, so the supervisor exits and is restarted.
 */
export class SandboxProbeHung extends AppError {
  readonly code = 'SANDBOX_PROBE_HUNG'
  override readonly hint = 'Run the program by hand; a hanging disk or kernel module may be blocking it.'
}

/** @throws {SandboxProbeHung} */
async function runProbe([program = '', ...args]: string[], probeMs: number): Promise<boolean> {
  const late = new AbortController()
  const probe = run(program, args, { timeout: probeMs, killSignal: 'SIGKILL' }).then(
    () => true,
    (error) => (error.killed === true ? 'hung' : false),
  )
  // A process that is stuck in the kernel cannot be killed, so its exit is not waited for.
  const timer = pause(2 * probeMs, 'hung' as const, { signal: late.signal }).catch(() => 'hung' as const)
  const found = await Promise.race([probe, timer])
  late.abort()
  if (found === 'hung') throw new SandboxProbeHung(`The program ${program} does not finish.`)
  return found
}

/** Whether a confined process can create folders inside the allowed folders and nowhere else. */
async function confines(
  confineTo: (folders: string[]) => string[],
  makeTestFolder: () => Promise<string>,
  works: Probe,
  onLeftover: (error: unknown) => void,
): Promise<boolean> {
  const folder = await makeTestFolder()
  try {
    const make = (name: string): string[] => ['mkdir', path.join(folder, name)]
    return (await works([...confineTo([folder]), ...make('a')])) && !(await works([...confineTo([]), ...make('b')]))
  } finally {
    await cleanUp(() => rm(folder, { recursive: true, force: true }), onLeftover)
  }
}

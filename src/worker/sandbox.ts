/**
 * What confines the process of a job, beside the watch that `queue/child.ts` keeps over it: limits of the kernel
 * (`prlimit`), no way to gain rights, death with its supervisor and, where the kernel has Landlock, no writing outside
 * of its own folders (`setpriv`). Where a program or the kernel lacks something, the rest holds; see docs/security.md.
 */

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Config, userCacheFolder } from '#base/config.ts'
import { makeFolders } from '#base/files.ts'
import type { Enclosure } from '#queue/child.ts'
import type { ClaimedJob } from '#queue/contract.ts'

/** A file may be as large as the largest download, and this much more: packs have an index, sets have large files, too. */
const MORE_FILE_BYTES = 1_073_741_824
const MAX_OPEN_FILES = 4_096
/** From SIGXCPU to SIGKILL, of processor time. */
const CPU_GRACE_S = 10
/** Steps behind the server, which answers readers while jobs run: a tenth of its share where both want the processor. */
const NICENESS = 10

const WRITES = 'write-file,truncate,make-reg,make-dir,remove-file,remove-dir,refer'
/** Refused everywhere: nothing of a job is one of these. */
const NEVER_MADE = 'make-char,make-block,make-fifo,make-sock,make-sym'

export interface Sandbox {
  /** What there is of `limits`, `rights` and `folders`; `nice`, which confines nothing, is not told of. */
  readonly parts: readonly SandboxPart[]
  /** Why it is not known whether there are `folders`, which then are not used: `/tmp (ENOSPC)`. */
  readonly untried: string | undefined
  /** Makes the job's own temporary folder, and gives what its process is started with. */
  enclose(job: Pick<ClaimedJob, 'workDir'>): Promise<Enclosure>
}

export type SandboxPart = 'limits' | 'rights' | 'folders'

type SandboxConfig = Pick<Config, 'spoolDir' | 'jobTimeoutMs' | 'maxRepoBytes'> & { llm: object | null }

export interface SandboxDeps {
  /** Makes the folders of the spool; called for each job. */
  prepare?(): Promise<unknown>
  /** Makes a folder for the trial, which removes it. */
  makeTrial?(): Promise<string>
}

/**
 * Find out by trial what this machine has. A trial that cannot be made counts as one that failed: jobs run all the same.
 *
 * @param deps - Unless told otherwise, nothing is prepared, and the trial is in the temporary folder of the system.
 */
export async function createSandbox(
  config: SandboxConfig,
  { prepare = async () => undefined, makeTrial = () => mkdtemp(path.join(tmpdir(), 'docspool-')) }: SandboxDeps = {},
): Promise<Sandbox> {
  const folders = writableFolders(config)
  const limits = ['prlimit', ...limitsFor(config, await readHardLimits()), '--']
  const rights = ['setpriv', '--no-new-privs', '--pdeathsig', 'KILL']
  const nice = ['nice', '-n', String(NICENESS)]
  const isNice = await works([...nice, 'true'])
  const within = (folders: string[]): string[] => [...rights, ...landlockFor(folders), '--']
  let untried: string | undefined
  const has = {
    limits: await works([...limits, 'true']),
    rights: await works([...rights, '--', 'true']),
    folders: await confines(within, makeTrial).catch((error: NodeJS.ErrnoException) => {
      untried = `${path.dirname(error.path ?? tmpdir())} (${error.code ?? error.message})`
      return false
    }),
  }
  return {
    parts: (['limits', 'rights', 'folders'] as const).filter((part) => has[part]),
    untried,
    async enclose({ workDir }) {
      const own = path.join(workDir, 'tmp')
      await prepare()
      makeFolders(own)
      return {
        before: [
          ...(isNice ? nice : []),
          ...(has.limits ? limits : []),
          ...(has.folders ? within([workDir, ...folders]) : has.rights ? [...rights, '--'] : []),
        ],
        // What is there to be read in the user's own cache stays where it is.
        env: { TMPDIR: own, HOME: own, XDG_CACHE_HOME: path.dirname(userCacheFolder()) },
      }
    },
  }
}

/** Its own folder aside. What models cost is added up in the spool itself. */
function writableFolders({ spoolDir, llm }: SandboxConfig): string[] {
  if (llm !== null) return [spoolDir]
  return ['docs', 'cache'].map((name) => path.join(spoolDir, name))
}

function landlockFor(folders: string[]): string[] {
  const rules = [...folders.map((folder) => `path-beneath:${WRITES}:${folder}`), 'path-beneath:write-file:/dev/null']
  return [`--landlock-access=fs:${WRITES},${NEVER_MADE}`, ...rules.map((rule) => `--landlock-rule=${rule}`)]
}

/** Highest value that this process may set, by the name in `/proc/self/limits`. */
type HardLimits = ReadonlyMap<string, number>

/**
 * The limits as flags of `prlimit`. An address space has none: WebAssembly reserves terabytes of it and uses little, so
 * memory is watched by what is resident. Nor have processes: that limit counts all of the user.
 */
export function limitsFor(
  { jobTimeoutMs, maxRepoBytes }: Pick<SandboxConfig, 'jobTimeoutMs' | 'maxRepoBytes'>,
  hard: HardLimits,
): string[] {
  const allowed = (name: string, wanted: number): number => Math.min(wanted, hard.get(name) ?? wanted)
  // More than a job in time can use: for the one whose supervisor does not look any more.
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

const works = ([program = '', ...args]: string[]): Promise<boolean> =>
  run(program, args).then(
    () => true,
    () => false,
  )

/** Whether something can be made in the folders named, and nowhere else. */
async function confines(within: (folders: string[]) => string[], makeTrial: () => Promise<string>): Promise<boolean> {
  const folder = await makeTrial()
  try {
    const make = (name: string): string[] => ['mkdir', path.join(folder, name)]
    return (await works([...within([folder]), ...make('a')])) && !(await works([...within([]), ...make('b')]))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

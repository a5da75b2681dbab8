/** One run: a world of its own, load and faults for a while, then calm, then the books. Leaves nothing behind. */

import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { jobIdOf } from '#base/job-id.ts'
import { parseRepository } from '#base/repository.ts'
import { program, until } from '../support/docspool.ts'
import { freePort } from '../support/free-port.ts'
import { startGitHttp } from '../support/git-http.ts'
import { makeRepository } from '../support/repositories.ts'
import { type Faults, startFaults } from './faults.ts'
import { type FollowBooks, type FollowFindings, HOOK_SECRET, startFollows } from './follows.ts'
import { type Findings, judge } from './judge.ts'
import { type Keeper, type LogLine, startKeeper } from './keeper.ts'
import { createLedger, increment, type Ledger } from './ledger.ts'
import { startLoad, type Target } from './load.ts'
import { findProcesses, signal } from './processes.ts'
import { createRandom } from './random.ts'
import { type History, newestOf, startWitness, type Witness } from './witness.ts'

export interface ChaosOptions {
  seconds: number
  seed: number
  /** Ends the run early; it rejects then. */
  signal: AbortSignal
  /** No more jobs are asked for while this many wait or run; 12 unless told. */
  maxOpen?: number
  /** The program under test: the `docspool.mjs` of a checkout. */
  entry?: string
}

export interface ChaosResult {
  ledger: Ledger
  histories: ReadonlyMap<string, History>
  faults: Faults
  findings: Findings
  follows: { findings: FollowFindings; books: FollowBooks }
  /** Completed, and the documents are not served. */
  undocumented: string[]
  /** Programs that ended by themselves, or did not when they were asked to. */
  surprises: string[]
  /** Processes that were left when all programs had ended. */
  leftovers: string[]
  /** Runs whose end a supervisor dropped, since it had been declared dead. */
  fenced: number
  /** What `docspool fsck` printed at the end. */
  fsck: string
  /** From the end of the faults until nothing waited or ran; all it may take when that did not come. */
  calmMs: number
}

const REPOSITORIES = 24
const COMMITS = 10
const CALM_LIMIT_MS = 120_000
const START_LIMIT_MS = 30_000

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seconds, seed, signal: stop, maxOpen = 12, entry = program } = options
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-chaos-'))
  const spoolDir = path.join(root, 'spool')
  const random = createRandom(seed)
  const git = await startGitHttp(root, { anyCommit: true })
  const env = environmentOf(spoolDir, git.port)
  // A server that is started again has to be found where it was.
  const origin = `http://127.0.0.1:${await freePort()}`
  const starts = new Map<string, number>()
  let fenced = 0
  let keeper: Keeper | undefined
  let witness: Witness | undefined

  function onLine({ msg, job_id, epoch }: LogLine): void {
    if (msg === 'a job starts') increment(starts, `${job_id} ${epoch}`)
    if (msg?.startsWith('fenced')) fenced += 1
  }

  try {
    const targets = shuffle(await makeTargets(root, git.url, git.port), random.fork('targets'))
    keeper = startKeeper({
      entry,
      programs: [
        { name: 'server', args: ['serve', `--port=${new URL(origin).port}`] },
        { name: 'supervisor 1', args: ['supervise'] },
        { name: 'supervisor 2', args: ['supervise'] },
      ],
      env,
      onLine,
    })
    await until(async () => ((await isAnswering(origin)) ? true : undefined), START_LIMIT_MS)
    witness = startWitness(spoolDir)
    const ledger = createLedger()
    const load = startLoad({ origin, targets, ledger, witness, random: random.fork('load'), maxOpen })
    const faults = startFaults({ keeper, witness, git, random: random.fork('faults'), spoolDir, seconds })
    const follows = await startFollows({ origin, spoolDir, gitUrl: git.url, root, random: random.fork('follows') })
    await pause(seconds * 1_000, undefined, { signal: stop }).finally(() => faults.end())
    await load()
    await follows.end(stop)

    const calmMs = await waitForCalm(spoolDir, witness, stop)
    const undocumented = await findUndocumented(origin, witness.histories)
    const followed = await follows.judge(witness)
    const hung = await keeper.stop()
    const leftovers = (await findProcesses(spoolDir)).map(({ kind, pid }) => `${kind} ${pid}`)
    const fsck = await runFsck(entry, env)
    await witness.look(true)
    const { histories } = witness
    return {
      ...{ ledger, histories, faults, undocumented, leftovers, fenced, fsck, calmMs },
      findings: judge({ histories, ledger, starts }),
      follows: followed,
      surprises: [...keeper.surprises, ...hung.map((name) => `${name} did not end and was killed`)],
    }
  } finally {
    await Promise.all([witness?.stop(), keeper?.stop()])
    for (const { pid } of await findProcesses(spoolDir)) signal(pid, 'SIGKILL')
    await git.close()
    await rm(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

function environmentOf(spoolDir: string, gitPort: number): Record<string, string> {
  return {
    DOCSPOOL_SPOOL_DIR: spoolDir,
    DOCSPOOL_CONCURRENCY: '2',
    DOCSPOOL_CLONES_PER_HOST: '4',
    DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
    DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${gitPort}`,
    DOCSPOOL_RETRY_COOLDOWN_MINUTES: '0',
    // All come from one address.
    DOCSPOOL_SUBMISSIONS_PER_HOUR: '0',
    DOCSPOOL_JOBS_PER_CLIENT: '0',
    DOCSPOOL_HOOK_SECRETS: `127.0.0.1:${gitPort}=${HOOK_SECRET}`,
    DOCSPOOL_HOOKS_PER_MINUTE: '0',
    DOCSPOOL_CLONE_TIMEOUT_S: '20',
    DOCSPOOL_JOB_TIMEOUT_S: '60',
    DOCSPOOL_LOG_LEVEL: 'info',
  }
}

/** Each commit of each repository, each repository as it is, and some that are not there. */
async function makeTargets(root: string, url: string, port: number): Promise<Target[]> {
  const policy = { allowedHosts: [`127.0.0.1:${port}`], allowPrivateNetworks: true, localRepos: [] }
  const targets: Target[] = []
  function add(name: string, commitId: string | null): void {
    const repository = parseRepository(`${url}/test/${name}`, policy)
    const fields = { repo_url: repository.url, ...(commitId !== null && { commit_id: commitId }) }
    targets.push({ jobId: jobIdOf(repository, commitId, {}), fields })
  }
  for (let number = 0; number < REPOSITORIES; number++) {
    const name = `repository-${number}`
    const commits = Array.from({ length: COMMITS }, (_, version) => ({
      files: {
        'a.py': `import b\n\n\ndef a():\n    return b.b(${version})\n`,
        'b.py': `def b(x):\n    return x + ${number}\n`,
      },
    }))
    const made = await makeRepository(path.join(root, 'test', `${name}.git`), commits)
    for (const commit of [null, ...made.commits]) add(name, commit)
    if (number % 6 === 0) add(`nowhere-${number}`, null)
  }
  return targets
}

function shuffle<T>(items: T[], random: ReturnType<typeof createRandom>): T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

async function isAnswering(origin: string): Promise<boolean> {
  const response = await fetch(`${origin}/api/jobs`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
  return response?.ok === true
}

/** Until nothing waits or runs. */
async function waitForCalm(spoolDir: string, witness: Witness, stop: AbortSignal): Promise<number> {
  const begin = performance.now()
  const isCalm = async (): Promise<boolean> => {
    await witness.look()
    const isOpen = [...witness.histories.values()].some((history) => {
      const status = newestOf(history)?.status
      return status === 'queued' || status === 'processing'
    })
    return !isOpen && !(await findProcesses(spoolDir)).some(({ kind }) => kind === 'worker')
  }
  while (!(await isCalm()) && performance.now() - begin < CALM_LIMIT_MS) await pause(100, undefined, { signal: stop })
  return performance.now() - begin
}

async function findUndocumented(origin: string, histories: ReadonlyMap<string, History>): Promise<string[]> {
  const missing: string[] = []
  for (const history of histories.values()) {
    if (newestOf(history)?.status !== 'completed') continue
    const path = `/static-docs/${encodeURIComponent(history.jobId)}/metadata.json`
    const response = await fetch(`${origin}${path}`).catch(() => undefined)
    await response?.arrayBuffer()
    if (response?.status !== 200) missing.push(`${history.jobId}: ${response?.status ?? 'no answer'}`)
  }
  return missing
}

async function runFsck(entry: string, env: Record<string, string>): Promise<string> {
  const options = { env: { ...process.env, ...env, DOCSPOOL_LOG_LEVEL: 'silent' } }
  const { stdout } = await promisify(execFile)(process.execPath, [entry, 'fsck'], options)
  return stdout.trim()
}

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
import { startGitHttp } from '../support/git-http.ts'
import { makeRepository } from '../support/repositories.ts'
import { type Faults, startFaults } from './faults.ts'
import { type FollowBooks, type FollowFindings, HOOK_SECRET, startFollows } from './follows.ts'
import { type Findings, judge } from './judge.ts'
import { type Keeper, type LogLine, startKeeper } from './keeper.ts'
import { createLedger, increment, type Ledger } from './ledger.ts'
import { startLoad, type Target } from './load.ts'
import { makePostgresWorld } from './postgres-world.ts'
import { findProcesses, signal } from './processes.ts'
import { createRandom } from './random.ts'
import { makeSpoolWorld } from './spool-world.ts'
import { startWebhooks, type WebhookBooks, type WebhookFindings, type Webhooks } from './webhooks.ts'
import { type History, newestOf, startWitness, type Witness } from './witness.ts'
import type { Machine, World } from './world.ts'

export type Storage = 'spool' | 'postgres'

export interface ChaosOptions {
  seconds: number
  seed: number
  /** Ends the run early; it rejects then. */
  signal: AbortSignal
  /** `spool` unless told. */
  storage?: Storage
  /** No more jobs are asked for while this many wait or run; 12 unless told. */
  maxOpen?: number
  /** The logs of all programs are appended to this file. */
  logFile?: string
  /** The program under test: the `docspool.mjs` of a checkout. */
  entry?: string
}

export interface ChaosResult {
  ledger: Ledger
  histories: ReadonlyMap<string, History>
  faults: Faults
  findings: Findings
  follows: { findings: FollowFindings; books: FollowBooks }
  /** Absent after a short run. */
  webhooks: { findings: WebhookFindings; books: WebhookBooks } | undefined
  /** Completed, and the documents are not served. */
  undocumented: string[]
  /** Programs that ended by themselves, or did not when they were asked to. */
  surprises: string[]
  /** Starts that ended because the database could not be reached. */
  starved: number
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
const CALM_LIMIT_MS = 300_000
const START_LIMIT_MS = 60_000
/** A worker may be starting when its supervisor ends, and then notices that a moment later. */
const END_LIMIT_MS = 10_000
const MIN_WEBHOOKS_S = 60

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seconds, seed, signal: stop, storage = 'spool', maxOpen = 12, entry = program, logFile } = options
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-chaos-'))
  const random = createRandom(seed)
  const git = await startGitHttp(root, { anyCommit: true })
  const starts = new Map<string, number>()
  let fenced = 0
  let world: World | undefined
  let webhooks: Webhooks | undefined
  let keeper: Keeper | undefined
  let witness: Witness | undefined

  function onLine({ msg, job_id, epoch }: LogLine): void {
    if (msg === 'a job starts') increment(starts, `${job_id} ${epoch}`)
    if (msg?.startsWith('fenced')) fenced += 1
  }

  try {
    world = await (storage === 'postgres' ? makePostgresWorld(root) : makeSpoolWorld(root))
    // They are told of minutes after the last fault, for which a short run has no time.
    webhooks = seconds < MIN_WEBHOOKS_S ? undefined : await startWebhooks()
    const { machines, origins } = world
    const env = { ...environmentOf(git.port), ...environmentOfWebhooks(webhooks) }
    const targets = shuffle(await makeTargets(root, git.url, git.port), random.fork('targets'))
    keeper = startKeeper({
      ...{ entry, machines, env, onLine, ...(logFile !== undefined && { logFile }) },
    })
    for (const origin of origins) {
      await until(async () => ((await isAnswering(origin)) ? true : undefined), START_LIMIT_MS)
    }
    witness = startWitness(world)
    const ledger = createLedger()
    const asked = { origins, ...(webhooks !== undefined && { receiver: webhooks.origin }) }
    const load = startLoad({ ...asked, targets, ledger, witness, random: random.fork('load'), maxOpen })
    const faults = startFaults({ keeper, witness, git, random: random.fork('faults'), world, seconds })
    const followed = { ...world, gitUrl: git.url, root, random: random.fork('follows') }
    const follows = await startFollows(followed)
    await pause(seconds * 1_000, undefined, { signal: stop }).finally(() => faults.end())
    await load()
    await follows.end(stop)

    const calmMs = await waitForCalm(machines, witness, stop)
    await webhooks?.settle(witness, stop)
    const undocumented = await findUndocumented(origins, witness.histories)
    const judged = await follows.judge(witness)
    const hung = await keeper.stop()
    const leftovers = await leftBehind(machines)
    const fsck = await runFsck(entry, { ...env, ...machines[0]?.env, DOCSPOOL_SPOOL_DIR: machines[0]?.spoolDir })
    await witness.look(true)
    const { histories } = witness
    return {
      ...{ ledger, histories, faults, undocumented, leftovers, fenced, fsck, calmMs },
      findings: judge({ histories, ledger, starts }),
      follows: judged,
      webhooks: webhooks?.judge(witness),
      starved: keeper.starved(),
      surprises: [...keeper.surprises, ...hung.map((name) => `${name} did not end and was killed`)],
    }
  } finally {
    await Promise.all([witness?.stop(), keeper?.stop()])
    for (const { pid } of await findProcesses(world?.machines ?? [])) signal(pid, 'SIGKILL')
    await Promise.all([git.close(), webhooks?.close(), world?.close()])
    await rm(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

function environmentOf(gitPort: number): Record<string, string> {
  return {
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
    DOCSPOOL_CLONE_TIMEOUT_S: '60',
    DOCSPOOL_JOB_TIMEOUT_S: '240',
    DOCSPOOL_LOG_LEVEL: 'info',
  }
}

const environmentOfWebhooks = (webhooks: Webhooks | undefined): Record<string, string> =>
  webhooks === undefined
    ? {}
    : {
        DOCSPOOL_CALLBACK_HOSTS: webhooks.host,
        DOCSPOOL_WEBHOOK_SECRET: `whsec_${Buffer.from('a secret of the chaos, long enough').toString('base64')}`,
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

/** The processes that do not end by themselves when all programs have ended. */
async function leftBehind(machines: Parameters<typeof findProcesses>[0]): Promise<string[]> {
  for (const end = Date.now() + END_LIMIT_MS; ; await pause(100)) {
    const left = await findProcesses(machines)
    if (left.length === 0 || Date.now() > end) return left.map(({ kind, pid }) => `${kind} ${pid}`)
  }
}

/** Until nothing waits or runs. A busy machine has all the time that it needs, as long as records move. */
async function waitForCalm(machines: readonly Machine[], witness: Witness, stop: AbortSignal): Promise<number> {
  const begin = performance.now()
  let [moves, movedAt] = [0, begin]
  const isCalm = async (): Promise<boolean> => {
    await witness.look()
    const now = [...witness.histories.values()].reduce(
      (sum, { revisions, spawned }) => sum + revisions.size + spawned.size,
      0,
    )
    if (now !== moves) [moves, movedAt] = [now, performance.now()]
    const isOpen = [...witness.histories.values()].some((history) => {
      const status = newestOf(history)?.status
      return status === 'queued' || status === 'processing'
    })
    // Others wait for their first job.
    const haveJobs = new Set([...witness.histories.values()].flatMap(({ spawned }) => [...spawned.values()].flat()))
    return !isOpen && !(await findProcesses(machines)).some(({ kind, pid }) => kind === 'worker' && haveJobs.has(pid))
  }
  while (!(await isCalm()) && performance.now() - movedAt < CALM_LIMIT_MS) await pause(100, undefined, { signal: stop })
  return performance.now() - begin
}

/** On any server. */
async function findUndocumented(origins: string[], histories: ReadonlyMap<string, History>): Promise<string[]> {
  const missing: string[] = []
  for (const history of histories.values()) {
    if (newestOf(history)?.status !== 'completed') continue
    const path = `/static-docs/${encodeURIComponent(history.jobId)}/metadata.json`
    for (const origin of origins) {
      const response = await fetch(`${origin}${path}`).catch(() => undefined)
      await response?.arrayBuffer()
      if (response?.status !== 200) missing.push(`${history.jobId}: ${response?.status ?? 'no answer'}`)
    }
  }
  return missing
}

async function runFsck(entry: string, env: NodeJS.ProcessEnv): Promise<string> {
  const options = { env: { ...process.env, ...env, DOCSPOOL_LOG_LEVEL: 'silent' } }
  const { stdout } = await promisify(execFile)(process.execPath, [entry, 'fsck'], options)
  return stdout.trim()
}

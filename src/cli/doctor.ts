/** `docspool doctor`: checks whether this machine can run docspool. One line for each requirement, with advice if it fails. */

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Config } from '#base/config.ts'
import { AppError, messageAndHint } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { CannotListen, tryAddress } from '#server/listen.ts'
import { askEndpoint, writerOf } from '#server/model-endpoint.ts'
import { counted } from '#templates/format.ts'
import { createSandbox, type SandboxPart, SandboxProbeHung } from '#worker/sandbox.ts'
import { askQueue, originOf } from './ask-queue.ts'
import { settingWarnings } from './check-config.ts'
import { withQueue } from './configured-queue.ts'
import { checkDisk, checkFiles, checkSpool } from './doctor-spool.ts'
import { pausedText } from './pause.ts'

export interface Finding {
  name: string
  ok: boolean
  /** It works now, but may cause problems. */
  isWarning?: boolean
  /** What was found, and what to do about a failure. */
  text: string
}

/** Enough for event streams, long polls and clones, which need a file or two each. */
const MIN_FILES = 4_096

const SANDBOX_PARTS: { part: SandboxPart; lack: string }[] = [
  { part: 'limits', lack: 'no kernel limits for jobs (needs prlimit of util-linux)' },
  { part: 'rights', lack: 'jobs can gain privileges and outlive their supervisor (needs setpriv of util-linux)' },
  {
    part: 'folders',
    lack: 'jobs can write wherever this user can (needs setpriv of util-linux 2.41, and Landlock in the kernel)',
  },
]

const statusOf = ({ ok, isWarning }: Finding): 'ok' | 'warn' | 'fail' => (ok ? (isWarning ? 'warn' : 'ok') : 'fail')

export const findingText = (finding: Finding): string =>
  `${(finding.ok ? statusOf(finding) : 'FAIL').padEnd(4)}  ${finding.name}: ${finding.text}`

/** As `doctor --json` shows it. */
export function findingFields(finding: Finding): object {
  const { name, ok, text } = finding
  return { name, ok, status: statusOf(finding), text }
}

export async function examine(config: Config): Promise<Finding[]> {
  const database = await checkDatabase(config)
  // A problem with the database is reported once, and its timeout is waited for once.
  const inQueue = async (check: (config: Config) => Promise<Finding[]>): Promise<Finding[]> =>
    database === undefined || database.hasTables ? check(config) : []
  return [
    { name: 'docspool', ok: true, text: `${GENERATOR_VERSION}, Node ${process.versions.node}` },
    checkNode(),
    await checkNodegit(),
    await checkSpool(config),
    ...(database === undefined ? [] : [database.finding]),
    ...(await inQueue(checkFiles)),
    await checkDisk(config.spoolDir),
    await checkLimits(),
    await checkSandbox(config),
    ...(await inQueue(async () => [await checkSupervisor(config)])),
    await checkPort(config),
    checkAccess(config),
    checkHosts(config),
    ...(await checkPrivate(config)),
    ...checkHooks(config),
    ...(await inQueue(checkFollows)),
    await checkModel(config),
    ...settingWarnings(config).map((text) => ({ name: 'settings', ok: true, isWarning: true, text })),
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
    return { name: 'nodegit', ok: false, text: messageAndHint(error) }
  }
}

/** Changes nothing. `undefined` without a database. */
async function checkDatabase({ databaseUrl }: Config): Promise<{ finding: Finding; hasTables: boolean } | undefined> {
  if (databaseUrl === null) return undefined
  const name = 'database'
  try {
    const { inspectSchema } = await import('#database/open.ts')
    const { version, missing } = await inspectSchema(databaseUrl)
    if (missing.length === 0) {
      return { finding: { name, ok: true, text: `can be used, tables of version ${version}` }, hasTables: true }
    }
    const text = version === undefined ? 'has no tables yet' : `has tables of version ${version}`
    const more = `the next start applies ${counted(missing.length, 'migration')}`
    return { finding: { name, ok: true, isWarning: version !== undefined, text: `${text}; ${more}` }, hasTables: false }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { finding: { name, ok: false, text: messageAndHint(error) }, hasTables: false }
  }
}

/** Checks how many files a process may have open. */
async function checkLimits(): Promise<Finding> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  const files = /^Max open files\s+(\S+)/m.exec(limits)?.[1]
  if (files === undefined) return { name: 'limits', ok: true, text: 'not reported by this system' }
  const isWarning = files !== 'unlimited' && Number(files) < MIN_FILES
  const advice = isWarning ? `; many readers need ${MIN_FILES} (ulimit -n, or LimitNOFILE= of systemd)` : ''
  return { name: 'limits', ok: true, isWarning, text: `${files} open files${advice}` }
}

/** Checks which parts of the sandbox of jobs are available; see docs/security.md. */
async function checkSandbox(config: Config): Promise<Finding> {
  const sandbox = await createSandbox(config).catch((error) => {
    if (!(error instanceof SandboxProbeHung)) throw error
    return error
  })
  if (sandbox instanceof SandboxProbeHung) {
    return { name: 'sandbox', ok: false, text: messageAndHint(sandbox) }
  }
  const { parts, untested } = sandbox
  const isUntried = (part: SandboxPart): boolean => part === 'folders' && untested !== undefined
  const lacks = SANDBOX_PARTS.filter(({ part }) => !parts.includes(part) && !isUntried(part)).map(({ lack }) => lack)
  // The supervisor tests in the spool; `doctor` must not write there.
  if (untested !== undefined)
    lacks.push(`whether jobs can be confined to their folders cannot be tested in ${untested}; see TMPDIR`)
  const text = lacks.length === 0 ? 'limits, no new privileges, writes to its own folders only' : lacks.join('; ')
  return { name: 'sandbox', ok: true, isWarning: lacks.length > 0, text }
}

/** Checks whether the spool has a live supervisor, according to its files. */
async function checkSupervisor(config: Config): Promise<Finding> {
  const name = 'supervisor'
  const isSpool = config.databaseUrl === null
  if (isSpool && !existsSync(new SpoolPaths(config.spoolDir).layout)) {
    return { name, ok: true, text: 'the spool is new' }
  }
  try {
    const { workers, beatAgeMs, counts, paused } = await withQueue(config, (queue) => queue.state())
    if (paused !== null) return { name, ok: true, isWarning: true, text: pausedText(paused) }
    if (workers > 0)
      return { name, ok: true, text: `${workers} running, last seen ${Math.round((beatAgeMs ?? 0) / 1_000)} s ago` }
    const isWarning = counts.queued > 0
    return { name, ok: true, isWarning, text: `not running${isWarning ? `; jobs waiting: ${counts.queued}` : ''}` }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { name, ok: false, text: messageAndHint(error) }
  }
}

function checkAccess({ access: { tokens, tokenFor } }: Config): Finding {
  const text = tokens.length === 0 ? 'no token is required' : `a token is required for ${tokenFor}`
  return { name: 'access', ok: true, text }
}

function checkHosts({ allowedHosts, localRepos }: Config): Finding {
  const folders = localRepos.length === 0 ? '' : `, and from folders below ${localRepos.join(', ')}`
  return { name: 'hosts', ok: true, text: `clones from ${allowedHosts.join(', ')}${folders}` }
}

async function checkPort(config: Config): Promise<Finding> {
  const { host, port } = config
  const error = await tryAddress(config).then(
    () => undefined,
    (error) => error,
  )
  if (error === undefined) return { name: 'port', ok: true, text: `${host}:${port} is free` }
  if (!(error instanceof CannotListen)) throw error
  if (error.code !== 'PORT_IN_USE')
    return { name: 'port', ok: false, text: `${host}:${port}: ${messageAndHint(error)}` }
  const url = originOf(config)
  const queue = await askQueue(config)
  if (queue === undefined) {
    return { name: 'port', ok: false, text: `${host}:${port} is in use; choose another with DOCSPOOL_PORT` }
  }
  if (queue === 'unavailable') {
    const text = `docspool is running at ${url}, but its spool or database is unavailable`
    return { name: 'port', ok: true, isWarning: true, text }
  }
  if (queue === 'refused') {
    const text = `docspool is running at ${url}; set DOCSPOOL_TOKEN to see its state`
    return { name: 'port', ok: true, isWarning: true, text }
  }
  const { queued, processing, workers } = queue
  const text = `docspool is running at ${url}: ${queued} queued, ${processing} processing`
  return workers === 0
    ? {
        name: 'port',
        ok: false,
        text: `${text}, but no supervisor is running; start one with \`${PROGRAM} supervise\``,
      }
    : { name: 'port', ok: true, text }
}

/** Empty when neither tokens nor SSH are configured. */
async function checkPrivate({ gitTokens, ssh, databaseUrl, secretKey }: Config): Promise<Finding[]> {
  const { scopes } = gitTokens
  const ofJobs = secretKey === null ? 'refused, because DOCSPOOL_SECRET_KEY is not set' : 'sealed in the database'
  const tokens = [
    ...(scopes.length === 0 ? [] : [{ name: 'tokens', ok: true, text: `for ${scopes.join(', ')}` }]),
    ...(databaseUrl === null ? [] : [{ name: 'tokens of jobs', ok: true, text: ofJobs }]),
  ]
  if (ssh === null) return tokens
  const ok = await new Promise<boolean>((resolve) => {
    execFile('ssh', ['-V'], (error) => resolve(error === null))
  })
  return [...tokens, { name: 'ssh', ok, text: ok ? 'installed' : 'cannot be started; install openssh-client' }]
}

/** Secrets of webhooks. Empty when there are none. */
function checkHooks({ hookSecrets: { scopes } }: Config): Finding[] {
  return scopes.length === 0 ? [] : [{ name: 'hooks', ok: true, text: `accepted for ${scopes.join(', ')}` }]
}

/** Checks followed repositories for those that cannot be checked or documented. Empty if none is followed. */
async function checkFollows(config: Config): Promise<Finding[]> {
  try {
    const all = await withQueue(config, (queue) => queue.follows.list())
    if (all.length === 0) return []
    const failing = all.filter(({ error }) => error !== null)
    const first = failing[0]
    const about =
      first === undefined ? '' : `; ${failing.length} could not be checked: ${first.repo_url}: ${first.error?.message}`
    const failed = all.flatMap(({ refs }) => refs).filter(({ failure }) => failure !== null).length
    const refs = failed === 0 ? '' : `; ${counted(failed, 'version')} failed, see \`${PROGRAM} follows\``
    const text = `${all.length === 1 ? '1 repository is' : `${all.length} repositories are`} followed${about}${refs}`
    return [{ name: 'follows', ok: true, isWarning: failing.length + failed > 0, text }]
  } catch (error) {
    // Other checks report a missing or unusable spool.
    if (!(error instanceof AppError)) throw error
    return []
  }
}

/** An incomplete configuration is reported by `settingWarnings`. */
async function checkModel({ llm }: Config): Promise<Finding> {
  if (llm === null) return { name: 'model', ok: true, text: writerOf(llm) }
  const { ok, text } = await askEndpoint(llm)
  return { name: 'model', ok, text: `${writerOf(llm)}, which ${text}` }
}

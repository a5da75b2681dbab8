/** `docspool up`: server and supervisor in one command, each started again when it dies. */

import path from 'node:path'
import { type Config, childEnvironment } from '#base/config.ts'
import { AppError } from '#base/errors.ts'
import type { Log } from '#base/log.ts'
import { EXIT_UNUSABLE, keepRunning } from '#processes/keep-running.ts'
import type { ServiceManager } from '#processes/service-manager.ts'
import { fired, type Shutdown } from '#processes/shutdown-signals.ts'
import { ReportedError } from '#queue/errors.ts'
import type { JobOptions } from '#queue/options.ts'
import { pinSpool } from '#queue/pin-spool.ts'
import { exposureOf } from '#server/exposure.ts'
import { answers } from '#server/health-request.ts'
import { curlTo } from '#templates/access.ts'
import { degradedText, spendText } from '#templates/format.ts'
import { refuseIfRunning } from './already-running.ts'
import { createProgressView } from './progress.ts'
import { follow, type SubmittedJob, submit } from './service-client.ts'
import { resolveSource } from './source.ts'
import { say, warn } from './terminal.ts'

export interface UpOptions {
  config: Config
  log: Log
  shutdown: Shutdown
  /** Who started this program, if a service manager did. */
  manager?: ServiceManager | undefined
  /** Settings given as flags, by variable name; handed on to both programs. */
  overrides: Record<string, string | undefined>
  /** A repository (URL or folder) to document at once. */
  document: string | undefined
  /** Of the job that documents it. */
  jobOptions?: JobOptions
  /** Called once with the address of the documents, when `document` is given and they are complete. */
  onDocumented?(origin: string, job: SubmittedJob): Promise<void> | void
}

/**
 * Run until asked to end; resolves with the exit code.
 *
 * @throws {AlreadyRunning} Another docspool keeps `document` from being documented. Nothing was started.
 */
export async function up(options: UpOptions): Promise<number> {
  const { config, log, shutdown, manager } = options
  const source = options.document === undefined ? undefined : resolveSource(options.document)
  if (source !== undefined) await refuseIfRunning(source, config)
  // Programs that are started again find this very spool, or wait until it is back.
  const spool = await pinSpool(config.spoolDir, config.expectSpool)
  if (shutdown.drain.aborted) return 0
  const localRepos = [...config.localRepos, ...(source?.folder ? [source.folder] : [])]
  const env = childEnvironment({
    ...options.overrides,
    DOCSPOOL_EXPECT_SPOOL: spool,
    DOCSPOOL_LOCAL_REPOS: localRepos.join(':'),
    DOCSPOOL_PORT: String(config.port),
  })
  // Who looks at the progress of one repository is told of trouble alone, unless a level was asked for.
  if (source !== undefined && !env.DOCSPOOL_LOG_LEVEL_FILE) env.DOCSPOOL_LOG_LEVEL ||= 'warn'

  let listening: (origin: string) => void = () => undefined
  const origin = new Promise<string>((resolve) => {
    listening = resolve
  })
  const pingMs = manager?.pingMs
  const server = keepRunning({
    command: 'serve',
    env,
    log,
    pingMs,
    onReady(url) {
      // A server that comes back must come back where readers look for it, also when the first port was a free one.
      env.DOCSPOOL_PORT = new URL(url).port
      listening(url)
    },
  })
  const supervisor = keepRunning({ command: 'supervise', env, log, pingMs })
  const programs = [server, supervisor]
  const drainAll = (): void => {
    for (const program of programs) program.drain()
  }
  const endNow = (): void => {
    for (const program of programs) program.endNow()
  }
  shutdown.drain.addEventListener('abort', drainAll, { once: true })
  shutdown.now.addEventListener('abort', endNow, { once: true })
  void fired(shutdown.drain).then(() => manager?.tellStopping(config.drainMs))

  const unusable = Promise.race([server.ended, supervisor.ended])
  let code = 0
  try {
    const url = await Promise.race([origin, unusable])
    if (typeof url === 'string') {
      const isWell = () => programs.every((program) => program.isWell())
      manager?.tellReady(url, async () => isWell() && (server.isWaiting() || (await answers(url))))
      code = await present(url, source?.url, options)
    }
    if (code === 0) await Promise.race([fired(shutdown.drain), unusable])
  } finally {
    drainAll()
  }
  const [serverCode, supervisorCode] = await Promise.all([server.ended, supervisor.ended])
  if (serverCode === EXIT_UNUSABLE || supervisorCode === EXIT_UNUSABLE) return EXIT_UNUSABLE
  return code
}

/** Say where the server is, document what was asked for, and say where the documents are. */
async function present(origin: string, repoUrl: string | undefined, options: UpOptions): Promise<number> {
  const [token] = options.config.access.tokens
  if (repoUrl === undefined) {
    say(`docspool listens on ${origin}`)
    const exposure = exposureOf(options.config)
    if (exposure !== null) say(`Warning: ${exposure}`)
    say('Open it in a browser, or have a repository documented from another terminal:\n')
    const curl = curlTo('write', token === undefined ? undefined : { isIn: false, forReading: false })
    say(`  ${curl} -d repo_url=https://github.com/pallets/flask ${origin}/\n`)
    say(`Jobs and documents are kept in ${options.config.spoolDir}. Ctrl-C ends docspool.`)
    return 0
  }
  const signal = options.shutdown.drain
  const service = { origin, token }
  const view = createProgressView()
  try {
    const submitted = await submit(service, { repo_url: repoUrl, options: options.jobOptions ?? {} })
    const job = await follow(service, submitted.job_id, signal, (now) =>
      view.show({ stage: now.stage, percent: now.percent, text: now.progress }),
    )
    view.end()
    if (job.status === 'failed') {
      const { error_code, error_message, hint } = job
      throw new ReportedError({ code: error_code ?? 'FAILED', message: error_message ?? 'The job failed.', hint })
    }
    const { outcome } = submitted
    say(`\n${job.progress}${outcome === 'cached' ? ' (already up to date)' : ''}`)
    if (job.spend !== null) say(spendText(job.spend))
    if (job.degraded !== null) say(degradedText(job.degraded))
    if (options.onDocumented === undefined) say(`Documents: ${origin}${job.docs_path}\nCtrl-C ends docspool.`)
    else await options.onDocumented(origin, { ...job, outcome })
    return 0
  } catch (error) {
    view.end()
    if (signal.aborted) return 0
    if (!(error instanceof AppError)) throw error
    warn(`${repoUrl}: ${error.message} (${error.code})${error.hint === null ? '' : `\n${error.hint}`}`)
    return 1
  }
}

/** Where the set of a job lies on this machine. */
export const setFolder = (config: Config, docsKey: string): string => path.join(config.spoolDir, 'docs', docsKey)

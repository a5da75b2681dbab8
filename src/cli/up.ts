/** `docspool up`: runs the server and the supervisor, and restarts either when it dies. */

import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Config, childEnvironment } from '#base/config.ts'
import { AppError } from '#base/errors.ts'
import type { Log } from '#base/log.ts'
import { isBelow } from '#base/repository.ts'
import { joinFolders } from '#base/setting-types.ts'
import { shellWord } from '#base/shell-word.ts'
import { EXIT_GRACE_MS, EXIT_UNUSABLE, keepRunning } from '#processes/keep-running.ts'
import type { ServiceManager } from '#processes/service-manager.ts'
import { type Shutdown, untilAborted } from '#processes/shutdown-signals.ts'
import type { JobView } from '#queue/contract.ts'
import { ReportedError } from '#queue/errors.ts'
import type { JobOptions } from '#queue/job-options.ts'
import { pinFolder } from '#queue/pin-spool.ts'
import { exposureOf } from '#server/exposure.ts'
import { respondsToHealthCheck } from '#server/health-request.ts'
import { tryAddress } from '#server/listen.ts'
import { curlTo } from '#templates/access.ts'
import { degradedText, spendText } from '#templates/format.ts'
import { refuseIfRunning } from './already-running.ts'
import { awaitedRun, follow } from './follow-job.ts'
import { createProgressView } from './progress-bar.ts'
import { resolveSource } from './repository-argument.ts'
import { type SubmittedJob, submit } from './service-client.ts'
import { say, warn } from './terminal.ts'

export interface UpOptions {
  config: Config
  log: Log
  shutdown: Shutdown
  /** The service manager that started this program, if any. */
  manager?: ServiceManager | undefined
  /** Settings given as flags, by variable name; passed on to both programs. */
  overrides: Record<string, string | undefined>
  /** A repository (URL or folder) to document at once. */
  document: string | undefined
  /** Options of the job for `document`. */
  jobOptions?: JobOptions
  /** Called once when the documents of `document` are complete. */
  onDocumented?(origin: string, job: SubmittedJob): Promise<void> | void
}

/**
 * Run until shutdown is requested; resolves with the exit code.
 *
 * @throws {CannotListen} Nothing was started.
 * @throws {AlreadyRunning} Another docspool prevents documenting `document`. Nothing was started.
 */
export async function up(options: UpOptions): Promise<number> {
  const { config, log, shutdown, manager } = options
  const source = options.document === undefined ? undefined : resolveSource(options.document)
  if (source !== undefined) await refuseIfRunning(source, config)
  // Restarted programs must use this same spool, or wait until it is available.
  const spool = await pinFolder(config)
  // Check before starting the programs, which would otherwise be restarted endlessly.
  if (config.databaseUrl !== null) await (await import('#database/open.ts')).migrate(config.databaseUrl)
  if (shutdown.drain.aborted) return 0
  // Otherwise the supervisor could claim a job before the server has failed.
  await tryAddress(config)
  const localRepos = [...config.localRepos, ...(source?.folder ? [source.folder] : [])]
  const env = childEnvironment({
    ...options.overrides,
    DOCSPOOL_EXPECT_SPOOL: spool,
    DOCSPOOL_LOCAL_REPOS: joinFolders(localRepos),
    DOCSPOOL_PORT: String(config.port),
  })
  // With a progress bar, log warnings only, unless a level is set.
  if (source !== undefined && !env.DOCSPOOL_LOG_LEVEL_FILE) env.DOCSPOOL_LOG_LEVEL ||= 'warn'

  let listening: (origin: string) => void = () => undefined
  const origin = new Promise<string>((resolve) => {
    listening = resolve
  })
  const shared = { env, log, pingMs: manager?.pingMs, stopMs: config.drainMs + EXIT_GRACE_MS }
  const server = keepRunning({
    ...shared,
    command: 'serve',
    onReady(url) {
      // Restart the server on the same port, even if it was chosen automatically.
      env.DOCSPOOL_PORT = new URL(url).port
      listening(url)
    },
  })
  const supervisor = keepRunning({ ...shared, command: 'supervise' })
  const programs = [server, supervisor]
  const drainAll = (): void => {
    for (const program of programs) program.drain()
  }
  const endNow = (): void => {
    for (const program of programs) program.endNow()
  }
  shutdown.drain.addEventListener('abort', drainAll, { once: true })
  shutdown.now.addEventListener('abort', endNow, { once: true })
  void untilAborted(shutdown.drain).then(() => manager?.tellStopping(config.drainMs))

  const unusable = Promise.race([server.ended, supervisor.ended])
  let code = 0
  try {
    const url = await Promise.race([origin, unusable])
    if (typeof url === 'string') {
      const isHealthy = () => programs.every((program) => program.isHealthy())
      manager?.tellReady(url, async () => isHealthy() && (server.isWaiting() || (await respondsToHealthCheck(url))))
      code = await present(url, source?.url, options)
    }
    if (code === 0) await Promise.race([untilAborted(shutdown.drain), unusable])
  } finally {
    drainAll()
  }
  const [serverCode, supervisorCode] = await Promise.all([server.ended, supervisor.ended])
  if (serverCode === EXIT_UNUSABLE || supervisorCode === EXIT_UNUSABLE) return EXIT_UNUSABLE
  return code
}

/** Print the URL of the server; or document the repository and print the URL of the documents. */
async function present(origin: string, repoUrl: string | undefined, options: UpOptions): Promise<number> {
  const [token] = options.config.access.tokens
  if (repoUrl === undefined) {
    say(`docspool listens on ${origin}`)
    const exposure = exposureOf(options.config)
    if (exposure !== null) say(`Warning: ${exposure}`)
    say('Open it in a browser, or submit a repository from another terminal:\n')
    const curl = curlTo('write', token === undefined ? undefined : { isIn: false, forReading: false })
    say(`  ${curl} -d repo_url=https://github.com/pallets/flask ${origin}/\n`)
    const { databaseUrl, spoolDir } = options.config
    const place = databaseUrl === null ? spoolDir : 'the database'
    say(`Jobs and documents are stored in ${place}. Press Ctrl-C to stop docspool.`)
    return 0
  }
  if (options.onDocumented === undefined) say(`docspool listens on ${origin}`)
  const signal = options.shutdown.drain
  const service = { origin, token }
  const view = createProgressView()
  try {
    const submitted = await submit(service, { repo_url: repoUrl, options: options.jobOptions ?? {} })
    const onChange = ({ status, stage, percent, progress }: JobView): void => {
      if (status !== 'failed') view.show({ stage, percent, text: progress })
    }
    const job = await follow(service, submitted.job_id, signal, onChange, { submittedMs: awaitedRun(submitted) })
    view.end()
    if (job.status === 'failed') {
      const { error_code, error_message, hint } = job
      throw new ReportedError({ code: error_code ?? 'FAILED', message: error_message ?? 'The job failed.', hint })
    }
    const { outcome } = submitted
    say(`\n${job.progress}${outcome === 'cached' ? ' (already up to date)' : ''}`)
    if (job.spend !== null) say(spendText(job.spend))
    if (job.degraded !== null) say(degradedText(job.degraded))
    if (options.onDocumented === undefined) {
      say(`Documents: ${origin}${job.docs_path}`)
      if (/^file:/.test(repoUrl)) {
        const parent = path.dirname(fileURLToPath(repoUrl))
        if (!isBelow(parent, options.config.localRepos))
          say(
            `To submit other folders in ${parent} too, start docspool with DOCSPOOL_LOCAL_REPOS=${shellWord(parent)}.`,
          )
      }
      say('Press Ctrl-C to stop docspool.')
    } else await options.onDocumented(origin, { ...job, outcome })
    return 0
  } catch (error) {
    view.end()
    if (signal.aborted) return 0
    if (!(error instanceof AppError)) throw error
    warn(`${repoUrl}: ${error.message} (${error.code})${error.hint === null ? '' : `\n${error.hint}`}`)
    return 1
  }
}

/** The folder of a set. */
export const setFolder = (config: Config, docsKey: string): string => path.join(config.spoolDir, 'docs', docsKey)

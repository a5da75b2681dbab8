/** Detects another running docspool that would interfere with `up --document`. */

import { existsSync } from 'node:fs'
import type { Config } from '#base/config.ts'
import { AppError } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import { isBelow } from '#base/repository.ts'
import { shellWord } from '#base/shell-word.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { curlTo } from '#templates/access.ts'
import { askQueue, originOf } from './ask-queue.ts'
import { withQueue } from './configured-queue.ts'
import type { Source } from './repository-argument.ts'

/** Thrown when another docspool uses the port, or may claim the job although it may not be allowed to read the folder. */
export class AlreadyRunning extends AppError {
  readonly code = 'ALREADY_RUNNING'
}

/**
 * Refuse to start if another docspool is running. Any supervisor of the spool could claim the job, and its
 * `DOCSPOOL_LOCAL_REPOS`, which is unknown here, may not allow the folder.
 *
 * @throws {AlreadyRunning}
 */
export async function refuseIfRunning(source: Source, config: Config): Promise<void> {
  const { folder, url } = source
  const { spoolDir } = config
  const served = config.port === 0 ? undefined : await askQueue(config)
  const isServed = served !== undefined
  const isElsewhere =
    !isServed && folder !== null && !isBelow(folder, config.localRepos) && (await hasSupervisor(config))
  if (!isServed && !isElsewhere) return
  const isOpen = served !== 'refused' && config.access.tokens.length === 0
  const token = isOpen ? undefined : { isIn: false, forReading: false }
  const submit = `${curlTo('write', token)} -d repo_url=${shellWord(url)} ${isServed ? originOf(config) : '<its URL>'}/`
  const withToken = served === 'refused' ? ' with its token' : ''
  const reads = folder === null ? '' : ', which can read folders below those in its DOCSPOOL_LOCAL_REPOS'
  const beside = `${PROGRAM} up --document ${shellWord(folder ?? url)} --spool-dir ${shellWord(`${spoolDir}-2`)} --port 0`
  throw new AlreadyRunning(
    isServed
      ? `docspool is already running at ${originOf(config)}.`
      : `docspool is already running on the spool ${spoolDir}.`,
    {
      hint: `Submit the repository to it${withToken}${reads}:\n\n  ${submit}\n\nor document it separately, in another spool:\n\n  ${beside}\n`,
    },
  )
}

/** Whether the spool has a live supervisor. Writes nothing. */
async function hasSupervisor(config: Config): Promise<boolean> {
  const isSpool = config.databaseUrl === null
  if (isSpool && !existsSync(new SpoolPaths(config.spoolDir).layout)) return false
  return (await withQueue(config, (queue) => queue.state())).workers > 0
}

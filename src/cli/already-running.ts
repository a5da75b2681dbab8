/** Whether a docspool runs already that keeps `up --document` from doing what it says, and what to do then. */

import { access } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '#base/config.ts'
import { AppError } from '#base/errors.ts'
import { createLog } from '#base/log.ts'
import { PROGRAM } from '#base/program.ts'
import { curlTo } from '#templates/access.ts'
import { shellWord } from '#templates/addresses.ts'
import { askQueue, originOf } from './ask-queue.ts'
import { readLocalQueue } from './local-queue.ts'
import type { Source } from './source.ts'

/** Thrown when another docspool has the port, or would take the job and perhaps not read the folder. */
export class AlreadyRunning extends AppError {
  readonly code = 'ALREADY_RUNNING'
  override readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/**
 * Any supervisor of a spool may take a job, and each reads the folders of its own settings, which are not known here.
 *
 * @throws {AlreadyRunning}
 */
export async function refuseIfRunning(source: Source, config: Config): Promise<void> {
  const { folder, url } = source
  const { spoolDir } = config
  const served = config.port === 0 ? undefined : await askQueue(config)
  const isServed = served !== undefined
  const isElsewhere = !isServed && folder !== null && !isBelow(folder, config.localRepos) && (await isWorkedOn(config))
  if (!isServed && !isElsewhere) return
  const isOpen = served !== 'refused' && config.access.tokens.length === 0
  const token = isOpen ? undefined : { isIn: false, forReading: false }
  const submit = `${curlTo('write', token)} -d repo_url=${shellWord(url)} ${isServed ? originOf(config) : '<its address>'}/`
  const withToken = served === 'refused' ? ' with its token' : ''
  const reads = folder === null ? '' : ', which reads the folders below those that its DOCSPOOL_LOCAL_REPOS names'
  const beside = `${PROGRAM} up --document ${shellWord(folder ?? url)} --spool-dir ${shellWord(`${spoolDir}-2`)} --port 0`
  throw new AlreadyRunning(
    isServed
      ? `A docspool answers at ${originOf(config)} already.`
      : `A docspool works on the spool ${spoolDir} already.`,
    `Submit the repository to it${withToken}${reads}:\n\n  ${submit}\n\nor document it beside that one, in a spool of its own:\n\n  ${beside}\n`,
  )
}

const isBelow = (folder: string, roots: readonly string[]): boolean =>
  roots.some((root) => folder === root || folder.startsWith(root.replace(/(?<!\/)\/*$/, '/')))

/** Whether a supervisor lives there. Nothing is written. */
async function isWorkedOn(config: Config): Promise<boolean> {
  if (await access(path.join(config.spoolDir, 'LAYOUT')).catch(() => true)) return false
  const queue = await readLocalQueue(config, createLog('up', 'silent'))
  try {
    return (await queue.state()).workers > 0
  } finally {
    await queue.close()
  }
}

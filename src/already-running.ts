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
import { openLocalQueue } from './local-queue.ts'
import type { Source } from './source.ts'

/** Thrown when another docspool has the port, or would take the job and may not read the folder. */
export class AlreadyRunning extends AppError {
  readonly code = 'ALREADY_RUNNING'
  override readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/**
 * Any supervisor of a spool may take a job, and each reads the folders of its own settings: a folder that the settings
 * allow is one for all of them, one that is named for this start alone is not.
 *
 * @throws {AlreadyRunning}
 */
export async function refuseIfRunning(source: Source, config: Config): Promise<void> {
  const { folder, url } = source
  const isServed = config.port !== 0 && (await askQueue(config)) !== undefined
  const origin = originOf(config)
  const token = config.access.tokens.length === 0 ? undefined : { isIn: false, forReading: false }
  const submit = (to: string): string => `  ${curlTo('write', token)} -d repo_url=${shellWord(url)} ${to}/`
  if (folder !== null && !isBelow(folder, config.localRepos) && (await isWorkedOn(config))) {
    const { spoolDir } = config
    const command = `${PROGRAM} up --document ${shellWord(folder)} --spool-dir ${shellWord(`${spoolDir}-2`)} --port 0`
    throw new AlreadyRunning(
      `A docspool works on the spool ${spoolDir} already${isServed ? ` and answers at ${origin}` : ''}. It would take the job, and may not read this folder.`,
      `Start that one with DOCSPOOL_LOCAL_REPOS=${shellWord(folder)} and submit the folder to it:\n\n${submit(isServed ? origin : 'http://<its address>')}\n\nor document the folder beside it, in a spool of its own:\n\n  ${command}\n`,
    )
  }
  if (!isServed) return
  throw new AlreadyRunning(
    `A docspool answers at ${origin} already.`,
    `Submit the repository to it:\n\n${submit(origin)}\n\nor start another one with DOCSPOOL_PORT=0, which takes a free port.`,
  )
}

const isBelow = (folder: string, roots: readonly string[]): boolean =>
  roots.some((root) => folder === root || folder.startsWith(root.replace(/\/*$/, '/')))

/** Whether a supervisor lives there. No spool is made. */
async function isWorkedOn(config: Config): Promise<boolean> {
  if (await access(path.join(config.spoolDir, 'LAYOUT')).catch(() => true)) return false
  const queue = await openLocalQueue(config, createLog('up', 'silent'))
  try {
    return (await queue.state()).workers > 0
  } finally {
    await queue.close()
  }
}

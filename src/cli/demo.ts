/** `docspool demo`: documents a repository with the real server, spool and supervisor, checks the result, and exits. */

import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import { createSetStore } from '#store/sets.ts'
import { readConfiguredQueue } from './configured-queue.ts'
import { headersFor, type SubmittedJob } from './service-client.ts'
import { say } from './terminal.ts'
import { setFolder, type UpOptions, up } from './up.ts'

const REQUEST_TIMEOUT_MS = 60_000
const Verification = z.object({ faults: z.array(z.unknown()) })

/** Thrown when the published set is incomplete. */
export class IncompleteDocuments extends AppError {
  readonly code = 'INCOMPLETE_DOCUMENTS'
}

/** @returns The exit code: 0 only if every page of the set was fetched and `verification.json` lists no faults. */
export async function demo(options: Omit<UpOptions, 'onDocumented'>): Promise<number> {
  let checked = false
  const end = new AbortController()
  const code = await up({
    ...options,
    shutdown: { drain: AbortSignal.any([options.shutdown.drain, end.signal]), now: options.shutdown.now },
    async onDocumented(origin, job) {
      await check(origin, job, options)
      checked = true
      end.abort()
    },
  })
  return code === 0 && checked ? 0 : Math.max(1, code)
}

async function check(
  origin: string,
  job: SubmittedJob,
  { config, log }: Omit<UpOptions, 'onDocumented'>,
): Promise<void> {
  const queue = await readConfiguredQueue(config, log)
  const docsKey = (await queue.read(job.job_id))?.docsKey ?? ''
  const sets = createSetStore(path.join(config.spoolDir, 'docs'))
  const manifest = await sets.readManifest(docsKey)
  if (manifest === undefined) throw new IncompleteDocuments('The published set has no manifest.')
  const base = `${origin}${job.docs_path}`
  const headers = headersFor({ token: config.access.tokens[0] })
  for (const { file } of manifest.pages) {
    const response = await fetch(`${base}${file}`, {
      headers: { ...headers, accept: 'text/html' },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    })
    const html = await response.text()
    if (!response.ok || !html.includes('</html>')) throw new IncompleteDocuments(`${file} answered ${response.status}.`)
  }
  const response = await fetch(`${base}verification.json`, { headers, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
  const { data } = Verification.safeParse(await response.json().catch(() => undefined))
  if (data === undefined) throw new IncompleteDocuments(`verification.json answered ${response.status}.`)
  if (data.faults.length > 0) throw new IncompleteDocuments(`verification.json lists ${data.faults.length} faults.`)
  say(`Checked ${manifest.pages.length} pages in ${setFolder(config, docsKey)}`)
  say(`Run \`${PROGRAM} up\` to read them in a browser.`)
}

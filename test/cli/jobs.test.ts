/** `docspool jobs` lists as many jobs as it is asked for, each once. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { makeQueue, request } from '../queue/support.ts'
import { program } from '../support/docspool.ts'

const run = async (args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [program, 'jobs', ...args])).stdout

test('lists more jobs than a page of the service has', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  for (let n = 0; n < 230; n++) await queue.submit(request(`acme--${n}`))
  const spool = ['--spool-dir', spoolDir]
  const lines = (await run(['--json', '--limit', '1000', ...spool])).trimEnd().split('\n')
  const ids = lines.map((line) => JSON.parse(line).job_id)
  assert.deepEqual([ids.length, new Set(ids).size], [230, 230])
  const rows = (await run(['--limit', '205', ...spool])).trimEnd().split('\n')
  assert.equal(rows.filter((row) => row.startsWith('queued ')).length, 205)
  assert.equal(rows.filter((row) => row.startsWith('STATUS')).length, 1)
  for (const limit of ['0', '1e1', 'x']) await assert.rejects(run(['--limit', limit, ...spool]), { code: 2 })
})

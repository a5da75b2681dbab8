/** `docspool up` on a small disk that fills during a clone, and before one: jobs wait, and go on when there is space. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { atEnd, makeFolder } from '../queue/support.ts'
import { hasEnded, post, readJob, waitFor } from '../support/client.ts'
import { startDocspool, until } from '../support/docspool.ts'
import { startGitHttp } from '../support/git-http.ts'
import { makeRepository } from '../support/repositories.ts'
import { lacking } from '../support/skips.ts'

const MB = 1_048_576

test('a job whose clone fills the disk waits for space, one that comes then does not start, and both complete', async (t) => {
  const root = await makeFolder(t)
  const spoolDir = path.join(root, 'spool')
  await mkdir(spoolDir)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m,mode=0700', 'none', spoolDir], { stdio: 'ignore' })
  } catch {
    return t.skip(lacking('the right to mount'))
  }
  atEnd(t, () => execFileSync('umount', ['-l', spoolDir]))
  const source = { 'src/app.py': 'def hello():\n    """Greets."""\n    return 1\n' }
  await makeRepository(path.join(root, 'git/acme/large.git'), { ...source, 'data.bin': randomBytes(40 * MB) })
  await makeRepository(path.join(root, 'git/acme/small.git'), source)
  const git = await startGitHttp(path.join(root, 'git'))
  atEnd(t, () => git.close())
  const docspool = await startDocspool({
    ...{ DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true' },
    ...{ DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${git.port}`, DOCSPOOL_CONCURRENCY: '1' },
  })
  t.after(() => docspool.process.kill('SIGKILL'))
  const ballast = path.join(spoolDir, 'ballast')
  const { bavail, bsize } = await statfs(spoolDir)
  await writeFile(ballast, randomBytes(bavail * bsize - 24 * MB))

  const large = (await post(docspool.origin, { repo_url: `${git.url}/acme/large` })).body.job_id
  const waiting = await waitFor(docspool.origin, large, (job) => job.attempt > 0 || hasEnded(job), 120_000)
  assert.equal(waiting.status, 'queued', JSON.stringify(waiting))
  assert.match(waiting.progress, /^Waiting to try again at .*no space left/)

  await writeFile(path.join(spoolDir, 'more'), randomBytes(12 * MB))
  await until(() => (docspool.output().includes('the disk is full; jobs wait') ? true : undefined))
  const small = (await post(docspool.origin, { repo_url: `${git.url}/acme/small` })).body.job_id
  assert.equal((await readJob(docspool.origin, small))?.status, 'queued')
  assert.ok(!git.requests.some((request) => request.includes('small')))

  await rm(ballast)
  await rm(path.join(spoolDir, 'more'))
  for (const jobId of [small, large]) {
    const job = await waitFor(docspool.origin, jobId, hasEnded, 180_000)
    assert.equal(job.status, 'completed', JSON.stringify(job))
  }
  docspool.process.kill('SIGTERM')
  await until(() => (docspool.process.exitCode !== null ? true : undefined))
})

/** `docspool up` while the disk of its spool is unmounted: children that die meanwhile wait for that very spool. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { makeDisk } from '../queue/mounts.ts'
import { makeFolder } from '../queue/support.ts'
import { startDocspool, until } from '../support/docspool.ts'

test('up: killed programs come back with the disk, and a job goes into the spool that was there at the start', async (t) => {
  const fs = await makeFolder(t)
  const [disk, spoolDir, repository] = ['disk', 'spool', 'repository'].map((name) => path.join(fs, name)) as [
    string,
    string,
    string,
  ]
  for (const folder of [disk, spoolDir, repository]) await mkdir(folder)
  const git = (...args: string[]): unknown => execFileSync('git', ['-C', repository, ...args], { stdio: 'ignore' })
  git('init', '-q')
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', 'first')
  const mounts = makeDisk(t, disk, spoolDir)
  if (mounts === undefined) return
  const docspool = await startDocspool({ DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_LOCAL_REPOS: fs })
  t.after(() => docspool.process.kill('SIGKILL'))
  const ready = async (): Promise<number | undefined> =>
    await fetch(`${docspool.origin}/readyz`).then(
      ({ status }) => status,
      () => undefined,
    )
  assert.equal(await ready(), 200)

  mounts.unmount()
  assert.equal(await ready(), 503)
  for (const command of ['serve', 'supervise'])
    for (const pid of await docspool.pids(command)) process.kill(pid, 'SIGKILL')
  await until(() => (/"SPOOL_UNAVAILABLE"|\(SPOOL_UNAVAILABLE\)/.test(docspool.output()) ? true : undefined))
  await until(() => (docspool.output().split('exited; restarting').length > 4 ? true : undefined))
  assert.deepEqual(await readdir(spoolDir), [])
  mounts.mount()
  await until(async () => ((await ready()) === 200 ? true : undefined))
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const body = JSON.stringify({ repo_url: `file://${repository}` })
  const answer = await fetch(`${docspool.origin}/api/jobs`, { method: 'POST', headers, body })
  assert.equal(answer.status, 202, docspool.output())
  const { job_id: jobId } = (await answer.json()) as { job_id: string }
  const job = await until(async () => {
    const now = await (await fetch(`${docspool.origin}/api/job/${jobId}`, { headers })).json()
    return ['completed', 'failed'].includes(now.status) ? now : undefined
  }, 120_000)
  assert.equal(job.status, 'completed', JSON.stringify(job))
  assert.equal((await readdir(path.join(disk, 'docs'))).length, 1)

  docspool.process.kill('SIGTERM')
  await until(() => (docspool.process.exitCode !== null ? true : undefined))
  mounts.unmount()
  assert.deepEqual(await readdir(spoolDir), [])
})

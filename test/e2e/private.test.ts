/** A real docspool, a git server that asks who is there, and secrets in every place where somebody could put one. */

import assert from 'node:assert/strict'
import { type Dirent, existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { JobView } from '#queue/contract.ts'
import { hasEnded, readJob, readSet, waitFor } from '../support/client.ts'
import { type RunningDocspool, startDocspool, until } from '../support/docspool.ts'
import { type GitHttpServer, startGitHttp } from '../support/git-http.ts'
import { type GitSshServer, makeKey, startGitSsh } from '../support/git-ssh.ts'
import { makeRepository } from '../support/repositories.ts'

const word = (name: string): string => `${name}${'Zx9Qw7'.repeat(5)}`
/** Each place has a secret of its own, so that a find tells where it came from. */
const SECRETS = {
  operator: word('ghp_Operator'),
  header: word('ghp_Header'),
  wrongHeader: word('ghp_WrongHeader'),
  userInfo: word('ghp_UserInfo'),
  password: word('Password'),
  query: word('glpat-Query'),
  fragment: word('ghp_Fragment'),
  path: word('ghp_Path'),
  notes: word('sk-Notes'),
  commit: word('ghp_Commit'),
  fieldName: word('ghp_FieldName'),
  authorization: word('ghp_Authorization'),
  idempotencyKey: word('ghp_IdempotencyKey'),
  batch: word('ghp_Batch'),
  retry: word('ghp_Retry'),
}

describe('secrets', () => {
  let root: string
  let git: GitHttpServer
  let docspool: RunningDocspool
  let ssh: GitSshServer
  const env = () => ({
    DOCSPOOL_SSH_KEY_FILE: path.join(root, 'deploy'),
    DOCSPOOL_SSH_KNOWN_HOSTS_FILE: path.join(root, 'known_hosts'),
    DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
    DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${git.port},127.0.0.1:${ssh.port}`,
    DOCSPOOL_GIT_TOKENS: `127.0.0.1:${git.port}/ours=${SECRETS.operator}`,
    DOCSPOOL_LOG_LEVEL: 'debug',
  })

  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'docspool-git-'))
    const files = { 'README.md': '# Ours\n', 'a.ts': 'export const a = 1\n' }
    await Promise.all(
      ['ours/r', 'theirs/r', 'theirs/hanging'].map((name) => makeRepository(path.join(root, `${name}.git`), files)),
    )
    git = await startGitHttp(root)
    const hostKey = makeKey(root, 'host')
    ssh = await startGitSsh(root, hostKey, makeKey(root, 'deploy'))
    await writeFile(
      path.join(root, 'known_hosts'),
      `[127.0.0.1]:${ssh.port} ${await readFile(`${hostKey}.pub`, 'utf8')}`,
    )
    docspool = await startDocspool(env())
  })
  after(async () => {
    await docspool.stop()
    await Promise.all([git.close(), ssh.close()])
    await rm(root, { recursive: true, force: true })
  })

  const urlOf = (name: string): string => `${git.url}/${name}`

  async function send(body: unknown, headers: Record<string, string> = {}, to = '/api/jobs'): Promise<Response> {
    const sent = { 'content-type': 'application/json', accept: 'application/json', ...headers }
    return await fetch(`${docspool.origin}${to}`, { method: 'POST', headers: sent, body: JSON.stringify(body) })
  }
  const submit = async (fields: object, headers = {}): Promise<JobView> =>
    (await (await send(fields, headers)).json()) as JobView
  const finish = async (fields: object, headers = {}): Promise<JobView> =>
    await waitFor(docspool.origin, (await submit(fields, headers)).job_id, hasEnded)

  /** Where a secret stands, plainly, in base64 or percent-encoded. */
  async function findSecrets(): Promise<string[]> {
    const found: string[] = []
    const look = (place: string, text: string): void => {
      for (const [name, secret] of Object.entries(SECRETS)) {
        const forms = [secret, ...encodings(secret)]
        if (forms.some((form) => text.includes(form))) found.push(`${name} in ${place}`)
      }
    }
    for (const file of await listFiles(docspool.spoolDir)) {
      look(file, `${file}\n${await readFile(file, 'latin1').catch(() => '')}`)
    }
    look('the log', docspool.output())
    for (const to of ['/', '/api/jobs', '/metrics', '/api/queue', '/api/spend', '/healthz', '/readyz']) {
      for (const accept of ['text/html', 'application/json', 'text/plain']) {
        look(to, await (await fetch(`${docspool.origin}${to}`, { headers: { accept } })).text())
      }
    }
    for (const program of await readdir('/proc')) {
      if (/^\d+$/.test(program) && Number(program) !== process.pid) {
        look(`the command line of ${program}`, await readFile(`/proc/${program}/cmdline`, 'latin1').catch(() => ''))
      }
    }
    return [...new Set(found)]
  }

  test("a repository that the operator's token opens is documented", async () => {
    // How the token begins tells that it is one of GitHub.
    git.faults = { basic: `x-access-token:${SECRETS.operator}` }
    const job = await finish({ repo_url: urlOf('ours/r') })
    assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
    const other = await finish({ repo_url: urlOf('theirs/r') })
    assert.equal(other.error_code, 'NEEDS_AUTHENTICATION')
    assert.match(other.hint ?? '', /X-Git-Token.*DOCSPOOL_GIT_TOKENS/)
    await readSet(docspool.origin, job.docs_path ?? '')
    assert.deepEqual(await findSecrets(), [])
  })

  test('a token for one job opens its repository to who has the address of the job', async () => {
    git.faults = { basic: `x-access-token:${SECRETS.header}` }
    const job = await finish({ repo_url: urlOf('theirs/r') }, { 'x-git-token': SECRETS.header })
    assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
    assert.match(job.job_id, /~p[0-9a-f]{32}$/)
    const set = await readSet(docspool.origin, job.docs_path ?? '')
    assert.match(set.get('overview.md') ?? '', /theirs\/r/)
    const listed = await (
      await fetch(`${docspool.origin}/api/jobs`, { headers: { accept: 'application/json' } })
    ).text()
    assert.ok(!listed.includes(job.job_id))
    assert.ok(listed.includes('theirs--r'))

    const wrong = await finish({ repo_url: urlOf('theirs/r') }, { 'x-git-token': SECRETS.wrongHeader })
    assert.equal(wrong.error_code, 'GIT_TOKEN_REFUSED')
    assert.notEqual(wrong.job_id, job.job_id)
    assert.equal(wrong.docs_path, null)
    const none = await submit({ repo_url: urlOf('theirs/r') })
    assert.equal((none as { code?: string }).code, 'COOLDOWN')

    // The same token again: the same job, from the cache.
    const again = await send({ repo_url: urlOf('theirs/r') }, { 'x-git-token': SECRETS.header })
    assert.equal(again.status, 200)
    assert.equal(((await again.json()) as JobView).job_id, job.job_id)
    assert.deepEqual(await findSecrets(), [])
  })

  test("a repository is documented over SSH with the operator's key", async () => {
    const address = `ssh://git@127.0.0.1:${ssh.port}/theirs/r`
    const job = await finish({ repo_url: `${address}.git` })
    assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
    assert.equal(job.repo_url, address)
    const page = await fetch(`${docspool.origin}${job.docs_path}`, { headers: { accept: 'text/html' } })
    assert.doesNotMatch(await page.text(), /href="ssh:/)
    const key = (await readFile(path.join(root, 'deploy'), 'utf8')).split('\n')[2] ?? ''
    assert.ok(key.length > 20)
    const spooled = await Promise.all((await listFiles(docspool.spoolDir)).map((file) => readFile(file, 'latin1')))
    assert.ok(![...spooled, docspool.output()].some((text) => text.includes(key) || text.includes('known_hosts')))
  })

  test('while a clone waits for its host, nothing but memory holds the token', async () => {
    git.faults = { basic: `x-access-token:${SECRETS.header}`, hang: '/git-upload-pack' }
    git.requests.length = 0
    const { job_id } = await submit({ repo_url: urlOf('theirs/hanging') }, { 'x-git-token': SECRETS.header })
    await until(() => git.requests.find((request) => request.startsWith('POST')))
    const config = (await listFiles(docspool.spoolDir)).filter((file) => /\/repository\/config$/.test(file))
    assert.equal(config.length, 1, 'the clone is on its way')
    assert.deepEqual(await findSecrets(), [])
    git.faults = { basic: `x-access-token:${SECRETS.header}` }
    await send({}, {}, `/api/job/${job_id}/cancel`)
    await waitFor(docspool.origin, job_id, hasEnded)

    // Another try needs the token again.
    const refused = await send({}, {}, `/api/job/${job_id}/retry`)
    assert.equal(((await refused.json()) as { code: string }).code, 'GIT_TOKEN_MISSING')
    const stranger = await send({}, { 'x-git-token': SECRETS.retry }, `/api/job/${job_id}/retry`)
    assert.equal(stranger.status, 400)
    assert.equal((await send({}, { 'x-git-token': SECRETS.header }, `/api/job/${job_id}/retry`)).status, 202)
    const job = await waitFor(docspool.origin, job_id, hasEnded)
    assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
    assert.deepEqual(await findSecrets(), [])
  })

  test('a secret that is put in any other place is refused or forgotten', async () => {
    const host = `127.0.0.1:${git.port}`
    const url = urlOf('theirs/r')
    const refused = [
      { repo_url: `http://${SECRETS.userInfo}@${host}/theirs/r` },
      { repo_url: `http://alice:${SECRETS.password}@${host}/theirs/r` },
      { repo_url: `${url}?private_token=${SECRETS.query}` },
      { repo_url: `${url}#${SECRETS.fragment}` },
      { repo_url: `http://${host}/${SECRETS.path}/r` },
      { repo_url: `git@${host}:${SECRETS.path}` },
      { repo_url: url, options: { notes: `The key is ${SECRETS.notes}.` } },
      { repo_url: url, options: { notes: `http://a:${SECRETS.password}@x/` } },
      { repo_url: url, options: { language: SECRETS.notes } },
      { repo_url: url, commit_id: SECRETS.commit },
      { repo_url: url, [SECRETS.fieldName]: 'x' },
      { repo_url: url, priority: SECRETS.commit },
    ]
    for (const fields of refused) {
      const response = await send(fields)
      assert.equal(response.status, 400, JSON.stringify(fields))
      const flat = new URLSearchParams(
        Object.entries({ ...fields, ...('options' in fields ? fields.options : {}) })
          .filter(([name]) => name !== 'options')
          .map(([name, value]) => [name, String(value)]),
      )
      const form = await fetch(`${docspool.origin}/`, { method: 'POST', headers: { accept: 'text/html' }, body: flat })
      assert.equal(form.status, 400, JSON.stringify(fields))
    }
    const batch = await send(refused)
    assert.equal(batch.status, 207)
    await send([{ repo_url: url }], { 'x-git-token': SECRETS.batch })
    await send({ repo_url: url }, { 'x-git-token': `two ${SECRETS.wrongHeader}` })
    await send(
      { repo_url: urlOf('theirs/none') },
      {
        authorization: `Bearer ${SECRETS.authorization}`,
        cookie: `token=${SECRETS.authorization}`,
        'idempotency-key': SECRETS.idempotencyKey,
        'user-agent': SECRETS.authorization,
        'x-request-id': `it has spaces ${SECRETS.authorization}`,
      },
    )
    for (const query of [`?repo=${url}?t=${SECRETS.query}`, `?search=${SECRETS.query}`, `?token=${SECRETS.query}`]) {
      await fetch(`${docspool.origin}/api/jobs${query}`)
      await fetch(`${docspool.origin}/${query}`)
    }
    assert.deepEqual(await findSecrets(), [])
  })

  test('the search for secrets finds one', async () => {
    const { job_id } = await submit({ repo_url: urlOf('ours/r'), options: { notes: 'plain words' } })
    await waitFor(docspool.origin, job_id, hasEnded)
    const files = await listFiles(docspool.spoolDir)
    const texts = await Promise.all(files.map((file) => readFile(file, 'latin1').catch(() => '')))
    assert.ok(texts.some((text) => text.includes('plain words')))
    assert.ok(docspool.output().includes(job_id))
  })

  test('a job whose server was killed before the clone fails and says what to do', async () => {
    git.faults = { basic: `x-access-token:${SECRETS.header}` }
    const alone = await startDocspool({ ...env() }, ['serve'])
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-git-token': SECRETS.header }
    const body = JSON.stringify({ repo_url: urlOf('theirs/r') })
    const { job_id } = (await (
      await fetch(`${alone.origin}/api/jobs`, { method: 'POST', headers, body })
    ).json()) as JobView
    const sockets = async (): Promise<string[]> =>
      (await readdir(path.join(alone.spoolDir, 'tokens'))).filter((name) => name.endsWith('.sock'))
    assert.equal((await sockets()).length, 1)
    process.kill(alone.process.pid ?? 0, 'SIGKILL')
    await until(() => (alone.process.signalCode === null ? undefined : true))
    const next = await startDocspool({ ...env(), DOCSPOOL_SPOOL_DIR: alone.spoolDir })
    try {
      const job = await waitFor(next.origin, job_id, hasEnded)
      assert.equal(job.error_code, 'GIT_TOKEN_GONE')
      assert.match(job.hint ?? '', /again with the header X-Git-Token/)
      assert.deepEqual(await sockets(), [])
      const texts = await Promise.all(
        (await listFiles(alone.spoolDir)).map((file) => readFile(file, 'latin1').catch(() => '')),
      )
      assert.ok(texts.length > 0 && !texts.some((text) => text.includes(SECRETS.header)))
      assert.ok((await readJob(next.origin, job_id)) !== undefined)
    } finally {
      await next.stop()
    }
  })
})

function encodings(secret: string): string[] {
  const users = ['', 'x-access-token:', 'oauth2:', ':', 'alice:']
  return users.map((user) =>
    Buffer.from(user + secret)
      .toString('base64')
      .replace(/=+$/, ''),
  )
}

async function listFiles(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const deeper = entries.map((entry) => {
    const file = path.join(folder, entry.name)
    return entry.isDirectory() ? listFiles(file) : Promise.resolve(entry.isFile() ? [file] : [])
  })
  return (await Promise.all(deeper)).flat()
}

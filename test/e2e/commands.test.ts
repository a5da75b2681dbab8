/** Every curl command of the README, of docs/ and of the pages does what is said beside it, on a running docspool. */

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { documentRepository, post } from '../support/client.ts'
import { program, type RunningDocspool, startDocspool } from '../support/docspool.ts'
import { type GitHttpServer, startGitHttp } from '../support/git-http.ts'
import { makeRepository } from '../support/repositories.ts'

const run = promisify(execFile)
const ROOT = new URL('../../', import.meta.url)
const TOKEN = 'a-token-of-the-service'

interface Written {
  /** Where it stands. */
  file: string
  command: string
  /** What is shown below it. */
  output: string
}

/** Parts of commands that cannot run here, and why. */
const NOT_RUN: Record<string, string> = {
  'webhook-id: $id': 'part of a script that signs a body',
}

/** Names that are shown in answers, and that only a service with more behind it has. */
const NOT_SHOWN_HERE: Record<string, string> = {
  model: 'days on which models were asked',
}

let docspool: RunningDocspool
/** One that has a token. */
let guarded: RunningDocspool
let git: GitHttpServer
let folder: string
/** What stands in commands for a job, and its id here. */
const ids = new Map<string, string>()
/** The id of a job that failed. */
let failed: string

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-commands-'))
  const files = {
    'README.md': '# Flask\n\nA small framework.\n',
    'src/flask/ctx.py': 'class AppContext:\n    """An app context contains what a request needs."""\n',
    // What the commands about the graph name.
    'src/app.py': `class Flask:\n    def run(self):\n        return 1\n\n\n${'#\n'.repeat(4)}def main():\n    return Flask().run()\n`,
    'src/planner.ts': 'export class Planner {\n  plan() {}\n}\n',
  }
  for (const name of ['pallets/flask', 'honojs/hono', 'acme/orbit']) {
    await makeRepository(path.join(folder, 'git', name), [{ files, tag: '3.0.0' }])
  }
  await makeRepository(path.join(folder, 'src/my-project'), [{ files }])
  git = await startGitHttp(path.join(folder, 'git'))
  docspool = await startDocspool({
    DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
    DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${git.port}`,
    DOCSPOOL_LOCAL_REPOS: path.join(folder, 'src'),
    DOCSPOOL_RETRY_COOLDOWN_MINUTES: '0',
    DOCSPOOL_WEBHOOK_SECRET: `whsec_${'c2Vj'.repeat(8)}`,
  })
  guarded = await startDocspool(
    { DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true', DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${git.port}`, DOCSPOOL_TOKEN: TOKEN },
    ['serve'],
  )
  await writeFile(
    path.join(folder, '.curlrc'),
    'silent\nshow-error\nmax-time = 60\nwrite-out = "%{stderr}status %{http_code}\\n"\n',
  )
  const made = await Promise.all(
    [
      ['pallets--flask', 'pallets/flask'],
      ['honojs--hono', 'honojs/hono'],
      ['git.example.org--acme--orbit', 'acme/orbit'],
      ['', 'pallets/nothing'],
    ].map(async ([shown = '', name]) => ({
      shown,
      job: await documentRepository(docspool.origin, { repo_url: `${git.url}/${name}` }),
    })),
  )
  for (const { shown, job } of made) {
    assert.equal(job.status, shown === '' ? 'failed' : 'completed', job.error_message ?? '')
    if (shown === '') failed = job.job_id
    else ids.set(shown, job.job_id)
  }
  // What the commands submit need not be made.
  await run(process.execPath, [program, 'pause', '--spool-dir', docspool.spoolDir])
})

after(async () => {
  await docspool?.stop()
  await guarded?.stop()
  await git?.close()
  await rm(folder, { recursive: true, force: true })
})

/** The command for the service, the hosts and the jobs of this test. */
function here(command: string, { origin }: RunningDocspool): string {
  let text = command
    .replaceAll(/(?:http:\/\/)?(?:127\.0\.0\.1|localhost):8000/g, origin)
    .replaceAll('https://github.com/', `${git.url}/`)
    .replaceAll(encodeURIComponent('https://github.com/'), encodeURIComponent(`${git.url}/`))
    // A repository that is not there makes no jobs, which others would wait for.
    .replaceAll('/api/follows/github.com/', `/api/follows/${git.url}/nobody-`)
    .replaceAll('/github.com/', `/${new URL(git.url).host}/`)
  for (const [shown, id] of ids) if (!text.includes(id)) text = text.replaceAll(shown, id)
  return text
}

/** Run a command in a shell; fails unless curl got an answer. */
async function send(command: string, to = docspool): Promise<{ status: number; body: string }> {
  const { stdout, stderr } = await run('sh', ['-c', here(command, to)], {
    // A file is not written over.
    cwd: await mkdtemp(path.join(folder, 'at-')),
    env: { PATH: process.env.PATH, HOME: folder, CURL_HOME: folder, DOCSPOOL_TOKEN: TOKEN, GIT_TOKEN: 'a-token' },
    maxBuffer: 64 * 1_048_576,
    encoding: 'utf8',
  }).catch((error) => assert.fail(`${command}: ${error.message}`))
  const told = /status (\d{3})/.exec(stderr)?.[1] ?? /^(\d{3}) /.exec(stdout)?.[1]
  return { status: Number(told ?? assert.fail(`${command} told no status: ${stderr}`)), body: stdout }
}

/** The commands of a Markdown file: lines of blocks, and spans of code that are more than a name. */
function commandsIn(file: string, markdown: string): Written[] {
  const found: Written[] = []
  for (const [, block = ''] of markdown.matchAll(/^```\w*\n(.*?)^```/gms)) {
    let last: Written | undefined
    for (const line of block.split('\n')) {
      const [, command] = /^(?:\$ )?(curl .*?)(?:\s+# .*)?$/.exec(line) ?? []
      if (command === undefined) {
        if (last !== undefined) last.output += `${line}\n`
        continue
      }
      last = { file, command, output: '' }
      found.push(last)
    }
  }
  const prose = markdown.replaceAll(/^```\w*\n.*?^```/gms, '')
  for (const [, command = ''] of prose.matchAll(/`(curl [^`]*\/\/[^`]*)`/g)) found.push({ file, command, output: '' })
  return found
}

async function readCommands(): Promise<Written[]> {
  const docs = (await readdir(new URL('docs/', ROOT))).filter((name) => name.endsWith('.md'))
  const files = ['README.md', ...docs.sort().map((name) => `docs/${name}`)]
  const all = await Promise.all(
    files.map(async (file) => commandsIn(file, await readFile(new URL(file, ROOT), 'utf8'))),
  )
  return all.flat()
}

const namesIn = (json: string): string[] => [...new Set([...json.matchAll(/"(\w+)":/g)].map(([, name = '']) => name))]
const isRefusal = (output: string): boolean => /^(?:error:|\{"type":"about:blank")/.test(output)

test('every command of the README and of docs/ is answered as it is written there', async () => {
  const written = await readCommands()
  assert.ok(written.length >= 20, `${written.length} commands`)
  const skipped = new Set<string>()
  for (const { file, command, output } of written) {
    const part = Object.keys(NOT_RUN).find((each) => command.includes(each))
    if (part !== undefined) {
      skipped.add(part)
      continue
    }
    const { status, body } = await send(command, file === 'docs/access.md' ? guarded : docspool)
    const where = `${file}: ${command}\n${status} ${body.slice(0, 500)}`
    assert.equal(status >= 400, isRefusal(output), where)
    if (!output.startsWith('{')) continue
    const names = namesIn(output).filter((name) => !Object.hasOwn(NOT_SHOWN_HERE, name))
    const missing = names.filter((name) => !namesIn(body).includes(name))
    assert.deepEqual(missing, [], where)
  }
  assert.deepEqual([...skipped], Object.keys(NOT_RUN), 'what cannot run is still there')
  for (const name of Object.keys(NOT_SHOWN_HERE))
    assert.ok(
      written.some(({ output }) => namesIn(output).includes(name)),
      name,
    )
})

/** The commands that a page shows, in its order. */
async function commandsOn(page: string): Promise<string[]> {
  const answer = await fetch(docspool.origin + page, { headers: { accept: 'text/html' } })
  const html = await answer.text()
  const decoded = (text: string): string =>
    text
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  const found = [...html.matchAll(/<pre class="command"[^>]*><code>(.*?)<\/code>/gs)].map(([, line = '']) =>
    decoded(line),
  )
  assert.ok(found.length > 0, `${page} shows commands`)
  return found
}

async function sendAll(page: string, commands: string[]): Promise<void> {
  for (const command of commands) {
    const { status, body } = await send(command)
    assert.ok(status < 400, `${page}: ${command}\n${status} ${body.slice(0, 500)}`)
  }
}

const deletes = (command: string): boolean => command.includes('-X DELETE')

test('every command that a page shows is accepted', async () => {
  const flask = ids.get('pallets--flask') ?? ''
  const ofJob = await commandsOn(`/jobs/${flask}`)
  const ofFailed = await commandsOn(`/jobs/${failed}`)
  const ofApi = await commandsOn('/api')
  assert.ok(ofApi.length > 25, `${ofApi.length} commands`)
  await sendAll('/', await commandsOn('/'))
  await sendAll(
    '/api',
    ofApi.filter((command) => !deletes(command)),
  )
  // It was asked to run again, and waits.
  await cancel(flask)
  await sendAll(
    'the page of a job',
    ofJob.filter((command) => !deletes(command)),
  )
  await cancel(flask)
  await sendAll('/api', ofApi.filter(deletes))
  await sendAll(
    'the page of a job that failed',
    ofFailed.filter((command) => !deletes(command)),
  )
  await cancel(failed)
  await sendAll('the page of a job that failed', ofFailed.filter(deletes))
})

test('every command that the page of a waiting job shows is accepted', async () => {
  const { body: waiting } = await post(docspool.origin, { repo_url: `${git.url}/honojs/hono`, commit_id: '3.0.0' })
  const page = `/jobs/${waiting.job_id}`
  const commands = await commandsOn(page)
  // These end with the job.
  const isLong = (command: string): boolean => command.includes('/events') || command.includes('wait=')
  const isCancel = (command: string): boolean => command.includes('/cancel')
  const long = Promise.all(commands.filter(isLong).map((command) => sendAll(page, [command])))
  await sendAll(
    page,
    commands.filter((command) => !isLong(command) && !isCancel(command)),
  )
  await sendAll(page, commands.filter(isCancel))
  await long
})

async function cancel(jobId: string): Promise<void> {
  const answer = await fetch(`${docspool.origin}/api/job/${jobId}/cancel`, { method: 'POST' })
  assert.equal(answer.status, 200)
}

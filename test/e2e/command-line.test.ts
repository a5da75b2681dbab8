import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { documentRepository } from '../support/client.ts'
import { program, startDocspool, until } from '../support/docspool.ts'
import { git, makeRepository } from '../support/repositories.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-cli-'))
  const bare = path.join(folder, 'bare.git')
  await makeRepository(bare, { 'README.md': '# Small\n\nA small one.\n', 'a.py': 'def a():\n    """Does a."""\n' })
  await git(folder, ['clone', '--quiet', bare, 'checkout'])
})
after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

const NO_MODEL = { LLM_BASE_URL: '', LLM_API_KEY: '', OPENAI_API_KEY: '', OPENAI_BASE_URL: '', MAIN_MODEL: '' }
const WITH_MODEL = { LLM_BASE_URL: 'http://127.0.0.1:9/v1', LLM_API_KEY: 'sk-canary', MAIN_MODEL: 'gpt-x' }

const publisher = fileURLToPath(new URL('../store/publish-process.ts', import.meta.url))

/** `T` while it is stopped. */
const stateOf = async (pid: number | undefined): Promise<string | undefined> =>
  /\) (\S)/.exec(await readFile(`/proc/${pid}/stat`, 'utf8'))?.[1]

interface Ended {
  code: number
  out: string
  err: string
}

/** Run from a folder that is not the checkout, to its end. */
function run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const settings = { DOCSPOOL_SPOOL_DIR: path.join(folder, 'spool'), DOCSPOOL_PORT: '0', ...env }
    execFile(
      process.execPath,
      [program, ...args],
      { cwd: folder, env: { ...process.env, ...settings } },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

describe('docspool', () => {
  it('explains itself and every command', async () => {
    assert.equal((await run(['--help'])).code, 0)
    const commands = ['up', 'serve', 'supervise', 'generate', 'demo', 'init', 'jobs', 'pause', 'resume', 'drain', 'gc']
    for (const command of [...commands, 'fsck', 'doctor']) {
      const { code, out } = await run([command, '--help'])
      assert.equal(code, 0, command)
      assert.ok(out.includes(`docspool ${command}`), out)
      assert.equal(out.includes('--spool-dir'), command !== 'generate', out)
      assert.equal(out.includes('--public-url'), ['up', 'serve', 'demo'].includes(command), out)
    }
  })

  it('ends with 2 on wrong usage and 78 on a bad setting, in one line that names it', async () => {
    assert.equal((await run(['frobnicate'])).code, 2)
    assert.equal((await run(['generate'])).code, 2)
    const { code, err } = await run(['up'], { DOCSPOOL_PORT: 'x' })
    assert.equal(code, 78)
    assert.match(err.split('\n')[0] ?? '', /DOCSPOOL_PORT/)
  })

  it('generate writes the documents of a folder, and writes the same again', async () => {
    const first = await run(['generate', 'checkout', '-o', 'out'])
    assert.equal(first.code, 0, first.err)
    assert.equal(first.out.trim(), path.join(folder, 'out'))
    const overview = await readFile(path.join(folder, 'out/overview.md'), 'utf8')
    assert.ok(overview.includes('A small one.'))
    assert.ok((await readFile(path.join(folder, 'out/index.json'), 'utf8')).includes('a.py#a'))
    assert.match(await readFile(path.join(folder, 'out/llms-full.txt'), 'utf8'), /\(source\/a\.py#L1-L2\)/)
    assert.match(await readFile(path.join(folder, 'out/source/a.py'), 'utf8'), /^def a\(\):/)
    const again = await run(['generate', 'checkout', '-o', 'out'])
    assert.equal(again.code, 0, again.err)
    assert.equal(await readFile(path.join(folder, 'out/overview.md'), 'utf8'), overview)
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('.')),
      [],
    )
  })

  it('generate writes a site, replaces it, and leaves a folder alone that holds anything else', async () => {
    const command = ['generate', 'checkout', '--site', '-o', 'site']
    assert.equal((await run(command)).code, 0)
    const index = await readFile(path.join(folder, 'site/index.html'), 'utf8')
    assert.match(index, /href="assets\/docspool\.css"/)
    assert.ok((await readdir(path.join(folder, 'site/assets'))).includes('search-index.js'))
    assert.equal((await run(command)).code, 0)
    assert.equal(await readFile(path.join(folder, 'site/index.html'), 'utf8'), index)
    await writeFile(path.join(folder, 'site/assets/mine.css'), 'keep')
    assert.match((await run(command)).err, /OUTPUT_FOLDER_IN_USE/)
    assert.equal(await readFile(path.join(folder, 'site/assets/mine.css'), 'utf8'), 'keep')
  })

  it('generate replaces no folder of other files and names what it was not given', async () => {
    const mine = await mkdtemp(path.join(folder, 'mine-'))
    await writeFile(path.join(mine, 'precious.txt'), 'keep')
    const refused = await run(['generate', 'checkout', '-o', mine])
    assert.equal(refused.code, 1)
    assert.match(refused.err, /OUTPUT_FOLDER_IN_USE/)
    assert.deepEqual(await readdir(mine), ['precious.txt'])
    for (const name of ['out/mine.md', 'out/source/mine.py', 'out/source/deep/mine.py']) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
      await writeFile(path.join(folder, name), 'keep')
      assert.match((await run(['generate', 'checkout', '-o', 'out'])).err, /OUTPUT_FOLDER_IN_USE/, name)
      assert.equal(await readFile(path.join(folder, name), 'utf8'), 'keep')
      await rm(path.join(folder, name))
    }
    assert.match((await run(['generate', 'checkout', '-o', '.'])).err, /OUTPUT_FOLDER_IN_USE/)
    const unwritable = await run(['generate', 'checkout', '-o', '/proc/x/y'])
    assert.equal(unwritable.code, 1)
    assert.match(unwritable.err, /OUTPUT_FOLDER_UNWRITABLE/)
    const missing = await run(['generate', 'no-such-folder'])
    assert.equal(missing.code, 2)
    assert.match(missing.err, /NO_SUCH_FOLDER/)
  })

  it('ends with 1 for an address that is not there, which a service manager tries again', async () => {
    const { code, err } = await run(['up', '--host', '192.0.2.7'])
    assert.equal(code, 1)
    assert.match(err, /ADDRESS_NOT_AVAILABLE/)
  })

  it('demo documents a folder through server and supervisor, checks it, and ends', async () => {
    await cp(path.join(folder, 'checkout'), path.join(folder, 'odd:place', 'checkout'), { recursive: true })
    const { code, out, err } = await run(['demo', 'odd:place/checkout'])
    assert.equal(code, 0, err)
    const lies = /Checked \d+ pages in (\S+)/.exec(out)?.[1] ?? ''
    assert.ok((await readdir(lies)).includes('set.pack'))
    const jobs = await run(['jobs', '--json'])
    assert.equal(JSON.parse(jobs.out).status, 'completed')
    assert.equal((await run(['jobs', '--limit', 'abc'])).code, 2)
    assert.match((await run(['jobs'])).out, /completed.*local--checkout/)
    const fsck = await run(['fsck', '--documents'])
    assert.equal(fsck.code, 0, fsck.err)
    assert.match(fsck.out, /sets of documents that were read: 1\n/)
  })

  it('pause, drain and resume throw a switch that jobs shows; gc says what would go and what went', async () => {
    const env = { DOCSPOOL_SPOOL_DIR: path.join(folder, 'spool-switch') }
    assert.match((await run(['init'], env)).out, /^Created the spool [0-9a-f]{32} in /)
    assert.match((await run(['pause'], env)).out, /^The queue is paused since \S+ \S+ UTC by \S+@\S+\. /)
    assert.match((await run(['jobs'], env)).out, /The queue is paused since .*\.$/m)
    const drained = await run(['drain', '--timeout', '20'], env)
    assert.deepEqual([drained.code, drained.out.split('\n')[0]], [0, '0 jobs are running'])
    assert.equal((await run(['drain', '--timeout', '0'], env)).code, 0, 'nothing runs')
    assert.equal((await run(['drain', '--timeout', 'soon'], env)).code, 2)
    assert.equal((await run(['resume'], env)).out, 'The queue has been resumed.\n')
    assert.doesNotMatch((await run(['jobs'], env)).out, /paused/)

    const set = path.join(env.DOCSPOOL_SPOOL_DIR, 'docs', 'a'.repeat(32))
    await mkdir(set, { recursive: true })
    await writeFile(path.join(set, 'overview.md'), 'x')
    await utimes(set, 1, 1)
    const dry = await run(['gc', '--dry-run'], env)
    assert.equal(dry.code, 0, dry.err)
    assert.match(dry.out, /^documents: 1 set would be removed, 8 KB \(1 unread for too long\)$/m)
    assert.deepEqual(await readdir(set), ['overview.md'])
    const data = JSON.parse((await run(['gc', '--dry-run', '--json'], env)).out)
    const document = { key: path.basename(set), bytes: 8_192, reason: 'idle' }
    assert.deepEqual([data.dry_run, data.documents, data.jobs, data.leftovers], [true, [document], [], null])
    assert.match((await run(['gc'], env)).out, /^documents: 1 set removed, 8 KB \(1 unread for too long\)$/m)
    await assert.rejects(readdir(set), { code: 'ENOENT' })
  })

  it('fsck removes documents that a killed publisher left, and none of one that lives', async (t) => {
    const env = { DOCSPOOL_SPOOL_DIR: path.join(folder, 'spool-unfinished') }
    await run(['init'], env)
    const docs = path.join(env.DOCSPOOL_SPOOL_DIR, 'docs')
    const publish = (action: string) =>
      spawn(process.execPath, ['--import=tsx', publisher, docs], {
        cwd: path.dirname(program),
        env: { ...process.env, DOCSPOOL_FAILPOINT: `publish:written=${action}` },
        stdio: 'inherit',
      })
    const living = publish('stop')
    t.after(() => living.kill('SIGKILL'))
    await until(async () => (await stateOf(living.pid)) === 'T' || undefined)
    const [unfinished] = await readdir(docs)
    const [, signal] = await once(publish('exit'), 'close')
    assert.equal(signal, 'SIGKILL')
    assert.equal((await readdir(docs)).length, 2)

    assert.match((await run(['fsck'], env)).out, /^unfinished documents: 1 removed$/m)
    assert.deepEqual(await readdir(docs), [unfinished])
    living.kill('SIGCONT')
    assert.deepEqual(await once(living, 'close'), [0, null])
    assert.match((await readdir(docs)).join(), /^[0-9a-f]{64}$/)
  })

  it('commands that look at a spool make none: they say that there is none, with 1', async () => {
    const nothing = path.join(folder, 'nothing')
    const empty = await mkdtemp(path.join(folder, 'empty-'))
    const commands = [
      ['jobs'],
      ['jobs', '--json'],
      ['gc', '--dry-run'],
      ['gc'],
      ['fsck'],
      ['resume'],
      ['pause'],
      ['drain'],
    ]
    await Promise.all(
      commands.map(async (command, index) => {
        const spoolDir = index % 2 === 0 ? nothing : empty
        const { code, out, err } = await run([...command, '--spool-dir', spoolDir])
        assert.deepEqual([code, out], [1, ''], command.join(' '))
        assert.equal(err.split('\n')[0], `docspool: There is no spool in ${spoolDir}. (NO_SPOOL)`)
      }),
    )
    await assert.rejects(readdir(nothing), { code: 'ENOENT' })
    assert.deepEqual(await readdir(empty), [])
  })

  it('documents a folder whose name has a space and a comma', async () => {
    const odd = path.join(folder, 'my repo, the first')
    await git(folder, ['clone', '--quiet', path.join(folder, 'bare.git'), odd])
    const { code, err } = await run(['demo', odd])
    assert.equal(code, 0, err)
  })

  it('a program whose keeper is gone before it listens ends by itself', async () => {
    const child = spawn(process.execPath, [program, 'supervise'], {
      env: { ...process.env, DOCSPOOL_SPOOL_DIR: path.join(folder, 'spool-orphan') },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.disconnect()
    const [code] = await once(child, 'exit')
    assert.equal(code, 0)
  })

  it('demo ends with 1 when there is nothing to document', async () => {
    const empty = path.join(folder, 'empty.git')
    await makeRepository(empty, [])
    const { code, err } = await run(['demo', empty])
    assert.equal(code, 1, err)
    assert.match(err, /EMPTY_REPOSITORY/)
  })

  it('generate takes a language and a model, and refuses what does not fit before it begins', async () => {
    const refused = async (args: string[], env = {}) => {
      const { code, err } = await run(['generate', 'checkout', '-o', 'refused', ...args], { ...NO_MODEL, ...env })
      return `${code} ${err}`
    }
    assert.match(await refused(['--language', 'tlh']), /^2 .*choices are en, de/s)
    assert.match(await refused(['--notes', 'bell\u0007']), /^2 .*--notes: .*control characters/s)
    assert.match(await refused(['--notes', 'x'.repeat(4_001)]), /^2 .*--notes: .*4000/s)
    assert.match(await refused(['--model', 'gpt-x']), /^1 .*\(NO_MODEL\)\n.*docs\/models\.md/s)
    assert.match(await refused(['--max-cost-usd', 'much']), /^78 .*DOCSPOOL_MAX_COST_USD/s)
    const { code, err } = await run(['up', '--language', 'de'], NO_MODEL)
    assert.deepEqual([code, /--document/.test(err)], [2, true])
    const german = await run(
      ['generate', 'checkout', '-o', 'german', '--language', 'de', '--model', 'offline'],
      NO_MODEL,
    )
    assert.equal(german.code, 0, german.err)
    assert.ok((await readdir(path.join(folder, 'german'))).includes('overview.md'))
    assert.ok(!(await readdir(folder)).includes('refused'))
  })

  it('generate --estimate tells what a model would cost, and writes nothing', async () => {
    const { code, out, err } = await run(['generate', 'checkout', '-o', 'estimated', '--estimate'], NO_MODEL)
    assert.equal(code, 0, err)
    assert.match(out, /^No model is configured, so there is no cost\.\n$/)
    const json = await run(['generate', 'checkout', '--estimate', '--json', '--model', 'offline'], WITH_MODEL)
    assert.deepEqual(JSON.parse(json.out), {
      ...{ model: 'offline', calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 },
    })
    assert.ok(!(await readdir(folder)).includes('estimated'))
  })

  it('doctor says who writes and whether the endpoint answers, without the key', async (t) => {
    const offline = await run(['doctor'], NO_MODEL)
    assert.match(offline.out, /^ok {4}model: documents are made offline$/m)
    const half = await run(['doctor'], { ...NO_MODEL, LLM_API_KEY: 'sk-canary' })
    assert.match(half.out, /^ok {4}model: documents are made offline$/m)
    assert.match(half.out, /^warn {2}settings: .* MAIN_MODEL is not: no model is used$/m)
    assert.equal(half.code, 0, half.out)
    const endpoint = createServer((_, response) => response.writeHead(401).end())
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
    t.after(() => endpoint.close())
    const { port } = endpoint.address() as AddressInfo
    const { code, out } = await run(['doctor'], { ...WITH_MODEL, LLM_BASE_URL: `http://127.0.0.1:${port}/v1` })
    assert.equal(code, 1)
    assert.match(
      out,
      new RegExp(`^FAIL {2}model: prose by gpt-x at 127\\.0\\.0\\.1:${port}, which refuses the key`, 'm'),
    )
    assert.ok(![half.out, out].join().includes('canary'))
  })

  it('doctor finds that this machine can run it', async () => {
    const { code, out } = await run(['doctor'])
    assert.equal(code, 0, out)
    assert.match(out, /nodegit: loads/)
  })

  it('doctor and generate say in a line that nodegit is not built, and what to do', async () => {
    const hook = path.join(folder, 'not-built.cjs')
    const missing = `Object.assign(new Error('no build'), { code: 'MODULE_NOT_FOUND' })`
    await writeFile(
      hook,
      `const load = process.dlopen
process.dlopen = (module, file, ...more) => {
  if (file.endsWith('nodegit.node')) throw ${missing}
  return load.call(process, module, file, ...more)
}`,
    )
    const env = { NODE_OPTIONS: `--require=${hook}` }
    const { code, out, err } = await run(['doctor'], env)
    assert.deepEqual([code, err], [1, ''])
    assert.match(out, /^FAIL {2}nodegit: nodegit cannot be loaded: it is not built\. Run `make setup` .*$/m)
    assert.match(out, /^ok {4}hosts: /m)
    const generated = await run(['generate', 'checkout', '-o', 'unbuilt'], env)
    assert.equal(generated.code, 1)
    assert.match(generated.err, /it is not built\. \(NODEGIT_UNUSABLE\)\nRun `make setup` .*\n$/)
    assert.doesNotMatch(generated.err, /Require stack/)
  })

  it('says which port is taken', async (t) => {
    const first = await startDocspool()
    t.after(() => first.stop())
    const { code, err } = await run(['up'], { DOCSPOOL_PORT: new URL(first.origin).port })
    assert.equal(code, 78, err)
    assert.match(err, /PORT_IN_USE/)
    const doctor = await run(['doctor'], { DOCSPOOL_PORT: new URL(first.origin).port })
    assert.equal(doctor.code, 0, doctor.out)
    assert.match(doctor.out, /^ok {4}port: docspool is running at http:\/\/127\.0\.0\.1:\d+: 0 queued, 0 processing$/m)
    await first.stop()
  })

  it('up --document says what to do where a docspool runs already', async (t) => {
    const spoolDir = path.join(folder, 'spool-served')
    const first = await startDocspool({ DOCSPOOL_SPOOL_DIR: spoolDir })
    t.after(() => first.stop())
    await until(async () => ((await first.pids('supervise')).length > 0 ? true : undefined))
    await until(async () => {
      const queue = (await (await fetch(`${first.origin}/api/queue`)).json()) as { workers: number }
      return queue.workers > 0 ? true : undefined
    })
    const { port } = new URL(first.origin)
    const checkout = path.join(folder, 'checkout')
    const same = await run(['up', '--document', 'checkout'], { DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_PORT: port })
    assert.equal(same.code, 78, same.out)
    assert.ok(same.err.includes(`docspool is already running at ${first.origin}. (ALREADY_RUNNING)\n`), same.err)
    assert.match(same.err, /can read folders below those in its DOCSPOOL_LOCAL_REPOS:/)
    assert.ok(same.err.includes(`\n  curl -d repo_url=file://${checkout} ${first.origin}/\n`), same.err)
    assert.ok(same.err.includes(`up --document ${checkout} --spool-dir ${spoolDir}-2 --port 0\n`), same.err)
    const free = await run(['demo', 'checkout'], { DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_TOKEN: 'tokentokentoken-1' })
    assert.equal(free.code, 78, free.out)
    assert.ok(free.err.includes(`docspool is already running on the spool ${spoolDir}.`), free.err)
    assert.match(free.err, /ALREADY_RUNNING\)\n.*\n\n {2}curl -H "Authorization: Bearer \$DOCSPOOL_TOKEN" -d /)
    const url = 'https://github.com/pallets/flask'
    const other = await run(['up', '--document', url], { DOCSPOOL_PORT: port })
    assert.equal(other.code, 78, other.out)
    assert.ok(other.err.includes(`\n  curl -d repo_url=${url} ${first.origin}/\n`), other.err)
    const allowed = { DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_LOCAL_REPOS: folder, DOCSPOOL_TOKEN: '' }
    assert.doesNotMatch((await run(['demo', 'checkout'], allowed)).err, /ALREADY_RUNNING/)
  })

  it('up --document and doctor know a docspool that wants a token that they do not have', async (t) => {
    const token = 'tokentokentoken-1'
    const first = await startDocspool({ DOCSPOOL_TOKEN: token, DOCSPOOL_TOKEN_FOR: 'everything' })
    t.after(() => first.stop())
    const env = { DOCSPOOL_SPOOL_DIR: first.spoolDir, DOCSPOOL_PORT: new URL(first.origin).port }
    const url = 'https://github.com/pallets/flask'
    const command = `\n  curl -H "Authorization: Bearer $DOCSPOOL_TOKEN" -d repo_url=${url} ${first.origin}/\n`
    for (const DOCSPOOL_TOKEN of ['', 'some-other-token-1', token]) {
      const { code, err } = await run(['up', '--document', url], { ...env, DOCSPOOL_TOKEN })
      assert.equal(code, 78, err)
      assert.ok(err.includes(`docspool is already running at ${first.origin}. (ALREADY_RUNNING)\n`), err)
      assert.equal(err.includes('Submit the repository to it with its token:'), DOCSPOOL_TOKEN !== token, err)
      assert.ok(err.includes(command), err)
    }
    const doctor = await run(['doctor'], env)
    assert.match(doctor.out, /^warn {2}port: docspool is running at \S+; set DOCSPOOL_TOKEN to see its state$/m)
    // Nothing but that has been opened.
    assert.equal((await fetch(`${first.origin}/api/queue`)).status, 401)
  })

  it('the page of a job that found nothing new says so', async (t) => {
    const docspool = await startDocspool({ DOCSPOOL_LOCAL_REPOS: folder })
    t.after(() => docspool.stop())
    const fields = { repo_url: `file://${folder}/checkout` }
    const { job_id } = await documentRepository(docspool.origin, fields)
    const read = async () =>
      (await fetch(`${docspool.origin}/jobs/${job_id}`, { headers: { accept: 'text/html' } })).text()
    assert.doesNotMatch(await read(), /Nothing has changed/)
    const again = await documentRepository(docspool.origin, fields)
    assert.deepEqual([again.job_id, again.epoch], [job_id, 2])
    assert.match(again.progress, /^Nothing has changed since commit [0-9a-f]{7}$/)
    assert.match(
      await read(),
      /<p>Nothing has changed since commit <code>[0-9a-f]{7}<\/code>: its documentation already exists/,
    )
  })

  it('doctor fails at a port where something else answers', async (t) => {
    const other = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1')
    t.after(() => other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { code, out } = await run(['doctor'], { DOCSPOOL_PORT: String(port) })
    assert.equal(code, 1, out)
    assert.match(out, /^FAIL {2}port: 127\.0\.0\.1:\d+ is in use; choose another with DOCSPOOL_PORT$/m)
  })

  it('says once which variable is no setting, and which one is near', async () => {
    const { code, err } = await run(['jobs'], { DOCSPOOL_SPOL_DIR: '/nowhere' })
    assert.equal(code, 0, err)
    assert.equal(err, 'docspool: DOCSPOOL_SPOL_DIR is not a setting and is ignored; did you mean DOCSPOOL_SPOOL_DIR?\n')
  })

  it('up ends all its programs on SIGTERM, with 0', async (t) => {
    const docspool = await startDocspool()
    t.after(() => docspool.stop())
    const pids = await until(async () => {
      const found = [...(await docspool.pids('serve')), ...(await docspool.pids('supervise'))]
      return found.length === 2 ? found : undefined
    })
    assert.equal(await docspool.stop(), 0)
    for (const pid of pids) assert.throws(() => process.kill(pid, 0))
  })

  it('up takes its programs with it when it is killed', async (t) => {
    const docspool = await startDocspool()
    t.after(() => docspool.stop())
    const pids = await until(async () => {
      const found = [...(await docspool.pids('serve')), ...(await docspool.pids('supervise'))]
      return found.length === 2 ? found : undefined
    })
    docspool.process.kill('SIGKILL')
    await once(docspool.process, 'close')
    for (const pid of pids) await until(() => (isAlive(pid) ? undefined : true))
    await docspool.stop()
  })

  it('up --document prints the address and goes on serving', async (t) => {
    const child = spawn(process.execPath, [program, 'up', '--document', 'checkout'], {
      cwd: folder,
      env: { ...process.env, DOCSPOOL_PORT: '0', DOCSPOOL_SPOOL_DIR: path.join(folder, 'spool-up') },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    t.after(() => child.kill('SIGKILL'))
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    const early = await until(() => /docspool listens on (\S+)/.exec(out)?.[1])
    assert.doesNotMatch(out, /Documents: /)
    assert.equal((await fetch(`${early}/healthz`)).status, 200)
    const address = await until(() => /Documents: (\S+)/.exec(out)?.[1])
    const page = await fetch(address, { headers: { accept: 'text/html' } })
    assert.equal(page.status, 200)
    assert.match(await page.text(), /A small one\./)
    const origin = new URL(address).origin
    const other = await documentRepository(origin, { repo_url: 'https://github.com/a/b/c' }).catch(
      (error: Error) => error,
    )
    assert.match(String(other), /NOT_A_REPOSITORY_PATH/)
    child.kill('SIGINT')
    const [code] = await once(child, 'close')
    assert.equal(code, 0)
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

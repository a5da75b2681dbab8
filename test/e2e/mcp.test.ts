import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { caller, serveShop } from '../http/mcp/shop.ts'
import { program } from '../support/docspool.ts'
import { makeRepository } from '../support/repositories.ts'

const FILES = {
  'README.md': '# Orbit\n\nPlans orbits.\n',
  'orbit/__init__.py': 'from .planner import Planner\n',
  'orbit/planner.py':
    'class Planner:\n    """Plans."""\n\n    def plan(self):\n        return helper()\n\n\ndef helper():\n    """Helps."""\n    return 1\n',
  'tests/test_planner.py':
    'from orbit.planner import Planner, helper\n\n\ndef test_helper():\n    assert helper() == 1\n',
}

let folder: string
let docs: string

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-mcp-'))
  const { folder: repository } = await makeRepository(path.join(folder, 'orbit.git'), FILES)
  docs = path.join(folder, 'all', 'orbit')
  await promisify(execFile)(process.execPath, [program, 'generate', repository, '-o', docs])
})
after(() => rm(folder, { recursive: true, force: true }))

async function open(
  t: TestContext,
  args: string[],
  mode: 'auto' | 'legacy' = 'auto',
  env: Record<string, string> = {},
) {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
  const transport = new StdioClientTransport({
    ...{ command: process.execPath, args: [program, 'mcp', ...args] },
    env: { PATH: process.env.PATH ?? '', ...env },
    stderr: 'inherit',
  })
  await client.connect(transport)
  t.after(() => client.close())
  return { client, call: caller(client) }
}

describe('docspool mcp', () => {
  for (const mode of ['auto', 'legacy'] as const) {
    it(`answers for a folder of generate over stdio (${mode})`, async (t) => {
      const { client, call } = await open(t, [docs], mode)
      const { tools } = await client.listTools()
      assert.ok(!tools.some(({ name }) => name === 'document_repository' || name === 'job_status'))
      const { structured } = await call('list_repositories')
      const [{ id = '', commit = '' } = {}] = structured.repositories as { id?: string; commit?: string }[]
      const one = { repoName: id }
      for (const [name, args, expected] of [
        ['read_wiki_structure', one, /"page":"overview.md"/],
        ['read_wiki_contents', one, /Plans orbits/],
        ['ask_question', { ...one, question: 'How does Planner.plan work?' }, /`Planner.plan` \(method\)/],
        ['search', { ...one, query: 'planner' }, /"title":"Planner"/],
        ['get_symbol', { ...one, symbol: 'Planner.plan' }, /"code":" {4}def plan\(self\)/],
        ['callers', { ...one, symbol: 'helper' }, /orbit\/planner.py#Planner.plan.*"line":5/],
        ['callees', { ...one, symbol: 'Planner.plan' }, /orbit\/planner.py#helper/],
        ['implementations', { ...one, symbol: 'Planner' }, /"results":\[\]/],
        ['path_between', { ...one, from: 'test_helper', to: 'helper' }, /"found":true/],
        [
          'impact',
          { ...one, lines: ['orbit/planner.py:10'] },
          /"file":"tests\/test_planner.py","distance":1,"tests":\["test_helper"\]/,
        ],
        ['read_file_outline', { ...one, file: 'orbit/planner.py' }, /"name":"Planner.plan"/],
        ['read_source', { ...one, file: 'orbit/planner.py', start_line: 8, end_line: 8 }, /^def helper\(\):$/],
      ] as const) {
        const { isError, text } = await call(name, args)
        assert.ok(!isError && expected.test(text), `${name}: ${text.slice(0, 500)}`)
        assert.ok(name.startsWith('read_') || text.includes(commit.slice(0, 12)), name)
      }
      for (const file of ['../metadata.json', '/etc/passwd', 'orbit/../../metadata.json', 'orbit'])
        assert.match((await call('read_source', { ...one, file })).text, /NO_SOURCE|NO_SUCH/, file)
      const { contents } = await client.readResource({ uri: `docspool://${id}/llms.txt` })
      assert.match((contents[0] as { text: string }).text, /overview.md/)
    })
  }

  it('answers for all sets in a folder, and says when there are none', async (t) => {
    const { call } = await open(t, [path.join(folder, 'all')])
    assert.match((await call('list_repositories')).text, /orbit/)
    const failed = await promisify(execFile)(process.execPath, [program, 'mcp', path.join(folder, 'orbit.git')]).then(
      () => assert.fail(),
      (error: { code: number; stderr: string; stdout: string }) => error,
    )
    assert.deepEqual([failed.code, failed.stdout], [1, ''])
    assert.match(failed.stderr, /NO_DOCUMENTS/)
  })

  it('answers for a server, with its token', async (t) => {
    const token = 'a-token-of-some-length'
    const { origin } = await serveShop(t, { DOCSPOOL_TOKEN: token, DOCSPOOL_TOKEN_FOR: 'everything' })
    const { call } = await open(t, ['--server', origin], 'auto', { DOCSPOOL_TOKEN: token })
    assert.match((await call('callers', { repoName: 'acme/shop', symbol: 'Shop.sell' })).text, /src\/main.ts#main/)
    assert.match((await call('read_wiki_contents', { repoName: 'acme/shop', page: 'overview.md' })).text, /^# Shop/)
    assert.match(
      (await call('read_source', { repoName: 'acme/shop', file: 'src/shop.ts', end_line: 1 })).text,
      /^line 1 of the shop/,
    )
    const stranger = await open(t, ['--server', origin])
    assert.match((await stranger.call('list_repositories')).text, /TOKEN_MISSING/)
    const nobody = await open(t, ['--server', 'http://127.0.0.1:9'])
    assert.match((await nobody.call('list_repositories')).text, /SERVER_UNREACHABLE/)
  })

  it('ends when its input ends, and on SIGTERM', async () => {
    for (const end of ['input', 'signal'] as const) {
      const child = spawn(process.execPath, [program, 'mcp', docs], { stdio: ['pipe', 'pipe', 'inherit'] })
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })}\n`)
      await once(child.stdout, 'data')
      if (end === 'input') child.stdin.end()
      else child.kill('SIGTERM')
      const [code] = await once(child, 'close')
      assert.equal(code, 0, end)
    }
  })
})

import assert from 'node:assert/strict'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { childEnvironment, readConfig, showSettings, unknownSettings } from '#base/config.ts'
import { BadConfiguration } from '#base/setting-types.ts'

async function put(t: TestContext, text: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-settings-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'value')
  await writeFile(file, text, { mode: 0o600 })
  return file
}

const refused = (environment: Record<string, string>, message: RegExp): void =>
  assert.throws(
    () => readConfig({}, environment),
    (error) => error instanceof BadConfiguration && message.test(error.message) && !error.message.includes('canary'),
  )

describe('a setting from a file', () => {
  it('is its text without the line feed at the end', async (t) => {
    const key = { MAIN_MODEL: 'gpt-x', LLM_API_KEY_FILE: await put(t, ' a key \n') }
    assert.equal(readConfig({}, key).llm?.apiKey, ' a key ')
    const folder = path.dirname(key.LLM_API_KEY_FILE)
    // As Kubernetes mounts its secrets.
    await symlink(key.LLM_API_KEY_FILE, path.join(folder, 'link'))
    assert.equal(readConfig({}, { ...key, LLM_API_KEY_FILE: path.join(folder, 'link') }).llm?.apiKey, ' a key ')
    assert.equal(readConfig({}, { DOCSPOOL_PORT_FILE: await put(t, '81\r\n') }).port, 81)
  })

  it('is known by the other name of the variable, too', async (t) => {
    const file = await put(t, 'k-1234')
    assert.equal(readConfig({}, { MAIN_MODEL: 'm', OPENAI_API_KEY_FILE: file }).llm?.apiKey, 'k-1234')
    const both = { MAIN_MODEL: 'm', OPENAI_API_KEY_FILE: file, LLM_API_KEY: 'first' }
    assert.equal(readConfig({}, both).llm?.apiKey, 'first')
  })

  it('counts as nothing where its name or the value is empty', async (t) => {
    const file = await put(t, 'k-1234')
    assert.equal(readConfig({}, { MAIN_MODEL: 'm', LLM_API_KEY: '', LLM_API_KEY_FILE: file }).llm?.apiKey, 'k-1234')
    assert.equal(readConfig({}, { DOCSPOOL_PORT: '82', DOCSPOOL_PORT_FILE: '' }).port, 82)
  })

  it('gives way to a flag, here and in a child', async (t) => {
    const DOCSPOOL_PORT_FILE = await put(t, '81')
    assert.equal(readConfig({ DOCSPOOL_PORT: '83' }, { DOCSPOOL_PORT_FILE }).port, 83)
    process.env.DOCSPOOL_PORT_FILE = DOCSPOOL_PORT_FILE
    t.after(() => delete process.env.DOCSPOOL_PORT_FILE)
    assert.equal(readConfig({}, childEnvironment({ DOCSPOOL_PORT: '83' })).port, 83)
    assert.equal(readConfig({}, childEnvironment({})).port, 81)
  })

  it('is an error beside the value', async (t) => {
    const LLM_API_KEY_FILE = await put(t, 'canary')
    refused({ LLM_API_KEY: 'canary', LLM_API_KEY_FILE }, /^LLM_API_KEY and LLM_API_KEY_FILE are both set/)
  })

  it('is an error that names the file when it cannot be read', async (t) => {
    const file = await put(t, 'x')
    refused({ LLM_API_KEY_FILE: `${file}s` }, /^LLM_API_KEY_FILE=".*values": there is no such file$/)
    refused({ LLM_API_KEY_FILE: path.dirname(file) }, /it is a folder$/)
    refused({ LLM_API_KEY_FILE: await put(t, 'x'.repeat(70_000)) }, /at most 65536 bytes/)
    // Its first 65,537 bytes are whole characters, and fewer than 65,536 of them.
    refused({ LLM_API_KEY_FILE: await put(t, `x${'é'.repeat(40_000)}`) }, /at most 65536 bytes/)
    refused({ LLM_API_KEY_FILE: await put(t, new Uint8Array([0, 1, 2])) }, /expected text/)
    refused({ LLM_API_KEY_FILE: '/dev/zero' }, /^LLM_API_KEY_FILE/)
  })

  it('is told as the source of a value that does not fit', async (t) => {
    const file = await put(t, 'x')
    refused({ DOCSPOOL_PORT_FILE: file }, /^DOCSPOOL_PORT="x" \(from .*value\): expected a whole number$/)
  })

  it('is no unknown setting, and its misspelling is one', () => {
    const names = { DOCSPOOL_PORT_FILE: 'x', LLM_API_KEY_FILE: 'x', DOCSPOOL_PROT_FILE: 'x' }
    assert.deepEqual(
      unknownSettings(names).map(({ name }) => name),
      ['DOCSPOOL_PROT_FILE'],
    )
  })
})

describe('showSettings', () => {
  it('says where each value comes from, and no secret', async (t) => {
    const file = await put(t, 'canary-1234')
    const environment = {
      LLM_API_KEY_FILE: file,
      OPENAI_BASE_URL: 'https://ann:canary@llm.example.org/v1',
      DOCSPOOL_PORT: '81',
    }
    const shown = showSettings({ DOCSPOOL_HOST: '::1' }, environment)
    const of = (name: string) => shown.find((setting) => setting.name === name)
    assert.deepEqual(of('DOCSPOOL_HOST'), { name: 'DOCSPOOL_HOST', value: '::1', source: 'flag', from: null })
    assert.deepEqual(of('DOCSPOOL_PORT'), { name: 'DOCSPOOL_PORT', value: '81', source: 'environment', from: null })
    assert.deepEqual(of('DOCSPOOL_QUEUE_SIZE')?.source, 'default')
    assert.deepEqual(of('LLM_API_KEY'), { name: 'LLM_API_KEY', value: '[hidden]', source: 'file', from: file })
    assert.equal(of('LLM_BASE_URL')?.from, 'OPENAI_BASE_URL')
    assert.ok(!JSON.stringify(shown).includes('canary'))
  })

  it('hides every setting that is a secret by its name', () => {
    const environment = Object.fromEntries(showSettings({}, {}).map(({ name }) => [name, undefined]))
    const secrets = Object.keys(environment).filter((name) =>
      /(?:_KEY|_TOKEN|_SECRET|_PASSWORD|GIT_TOKENS|HOOK_SECRETS)$/.test(name),
    )
    assert.ok(secrets.includes('LLM_API_KEY'))
    const ofForm: Record<string, string> = {
      DOCSPOOL_WEBHOOK_SECRET: `whsec_${'c2Vj'.repeat(8)}`,
      DOCSPOOL_SECRET_KEY: 'c0'.repeat(32),
    }
    for (const name of secrets) {
      const value = ofForm[name] ?? 'github.com=canary-0123456789'
      const shown = showSettings({}, { [name]: value }).find((setting) => setting.name === name)
      assert.equal(shown?.value, '[hidden]', name)
    }
  })
})

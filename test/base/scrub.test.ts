import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createLog, forLog } from '#base/log.ts'
import { hideValues, scrub } from '#base/scrub.ts'

/** Forms of secrets; the canary is what must not be seen. */
const FORMS: readonly [text: string, canary: string][] = [
  ['clone of https://ann:p4ss-canary@git.example.org/a/b failed', 'canary'],
  ['https://canary@git.example.org/a', 'canary'],
  ['https://ann:p@ss/canary-not-escaped@git.example.org', 'ann:p@ss'],
  ['ssh://git:canary@git.example.org:22/a', 'canary'],
  ['Authorization: Bearer canary', 'canary'],
  ['authorization: Basic Y2FuYXJ5OmNhbmFyeQ==', 'Y2FuYXJ5'],
  ['{"authorization":"token canary"}', 'canary'],
  [String.raw`"{\"authorization\": \"Bearer canary\"}"`, 'canary'],
  ['Proxy-Authorization=Basic Y2FuYXJ5OmNhbmFyeQ', 'Y2FuYXJ5'],
  ['x-git-token: canary', 'canary'],
  ['Cookie: docspool=canary', 'canary'],
  ['sent bearer canary-canary on the way', 'canary'],
  ['GET /a?access_token=canary&page=2', 'canary'],
  ['/x?q=1&api_key=canary', 'canary'],
  ['ghp_canary1234567890canary1234567890abcd', 'canary'],
  ['gho_canary12345678', 'canary'],
  ['github_pat_11CANARY_canary', 'canary'],
  ['glpat-canary_1234567890', 'canary'],
  ['key sk-proj-canary-0123456789', 'canary'],
  ['sk-canary-0123456789', 'canary'],
  ['hf_canary0123456789', 'canary'],
  ['xoxb-1234-canary', 'canary'],
  ['ATBBcanary0123456789', 'canary'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.canarycanary', 'canary'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----\ncanary\ncanary\n-----END OPENSSH PRIVATE KEY-----', 'canary'],
]

/** Nothing of these may be lost. */
const PLAIN = [
  'Fetching https://github.com/pallets/flask at 3.0.0',
  'task-manager, risk-free and desk-top',
  'basic authentication is needed; the bearer of bad news',
  'mail ann@example.org, then git@github.com:a/b',
  'at file:///srv/docspool/src/http/app.ts:12:3',
  'authorization of the owner',
  'curl -H "Authorization: Bearer $DOCSPOOL_TOKEN" -d repo_url=x',
]

describe('scrub', () => {
  for (const [text, canary] of FORMS) {
    it(`hides what is secret in ${text.slice(0, 40).replaceAll('\n', ' ')}`, () => {
      assert.ok(!scrub(text).includes(canary), scrub(text))
      const json = scrub(JSON.stringify({ msg: text, stack: `Error: ${text}\n    at x (file:///y.ts:1:2)`, n: 1 }))
      assert.ok(!json.includes(canary), json)
      assert.ok(!scrub(JSON.stringify(`first\n${text}`)).includes(canary), 'at the beginning of a line')
      const { stack, n } = JSON.parse(json)
      assert.ok(stack.includes('file:///y.ts:1:2'), 'what follows stays')
      assert.equal(n, 1)
    })
  }

  for (const text of PLAIN) it(`leaves ${text.slice(0, 40)}`, () => assert.equal(scrub(text), text))

  it('hides the values it was told of, as JSON and in addresses, and no short words', () => {
    hideValues(['Kanarie"voge/l', 'on'])
    const clean = scrub(`Kanarie"voge/l ${JSON.stringify('Kanarie"voge/l')} ${encodeURIComponent('Kanarie"voge/l')} on`)
    assert.equal(clean, '[hidden] "[hidden]" [hidden] on')
  })

  it('takes no longer than its text', () => {
    for (const text of [
      'https://'.repeat(20_000),
      'sk-'.repeat(50_000),
      `https://${'a'.repeat(200_000)}`,
      '?key='.repeat(40_000),
    ]) {
      assert.ok(scrub(text).length > 0)
    }
  })
})

describe('createLog', () => {
  it('hides secrets in what it is told, in fields, in errors and their causes', () => {
    const lines: string[] = []
    const log = createLog('test', 'debug', { write: (line) => lines.push(line) })
    const error = new Error('no answer from https://ann:canary@git.example.org', {
      cause: new Error('Authorization: Bearer canary'),
    })
    log.error({ ...forLog(error), job_id: 'a--b' }, 'ghp_canary1234567890')
    log.child({ header: { authorization: 'Bearer canary' } }).info({ err: error }, 'failed')
    assert.equal(lines.length, 2)
    assert.ok(!lines.join('').includes('canary'), lines.join(''))
    const [first = '{}', second = '{}'] = lines
    assert.equal(JSON.parse(first).job_id, 'a--b')
    assert.match(JSON.parse(first).stack, /scrub\.test\.ts/)
    assert.equal(JSON.parse(second).name, 'test')
  })
})

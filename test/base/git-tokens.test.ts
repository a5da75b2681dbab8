import assert from 'node:assert/strict'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { inspect } from 'node:util'
import { readConfig } from '#base/config.ts'
import { isToken, parseGitTokens, toCredentials } from '#base/git-tokens.ts'
import { parseRepository, type Repository } from '#base/repository.ts'
import { BadConfiguration } from '#base/setting-types.ts'
import { lacking } from '../support/skips.ts'

const HOSTS = ['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org', 'git.example.org', 'git.example.org:8443']
const at = (url: string): Repository =>
  parseRepository(url, { allowedHosts: HOSTS, allowPrivateNetworks: false, localRepos: ['/srv'] })

describe('tokens by place', () => {
  const tokens = parseGitTokens(
    [
      'GitHub.com=ghp_all',
      'github.com/Acme=ghp_acme',
      'github.com/acme/secret=ghp_secret',
      'gitlab.com/group/sub=deploy:gldt-x',
      'git.example.org:8443=tok=en==',
    ],
    'T',
  )

  for (const [url, token] of [
    ['https://github.com/other/x', 'ghp_all'],
    ['https://github.com/acme/x', 'ghp_acme'],
    ['https://github.com/ACME/Secret', 'ghp_secret'],
    ['https://github.com/acme-2/x', 'ghp_all'],
    ['https://gitlab.com/group/sub/deep/x', 'deploy:gldt-x'],
    ['https://gitlab.com/group/x', undefined],
    ['https://git.example.org:8443/x', 'tok=en=='],
    ['https://git.example.org/x', undefined],
    ['https://codeberg.org/a/b', undefined],
    ['file:///srv/a', undefined],
  ] as const) {
    it(`${url} is opened by ${token}`, () => assert.equal(tokens.for(at(url)), token))
  }

  it('show no token, however they are printed', () => {
    for (const text of [inspect(tokens, { depth: 9, showHidden: true }), JSON.stringify(tokens), String(tokens)]) {
      assert.doesNotMatch(text, /ghp_|gldt|tok=/)
    }
    assert.equal(tokens.scopes.length, 5)
  })

  for (const items of [
    ['github.com'],
    ['ghp_geheim'],
    ['=ghp_geheim'],
    ['https://github.com=ghp_geheim'],
    ['github.com=ghp_geheim', 'GITHUB.com=ghp_geheim2'],
    ['github.com/a/../b=ghp_geheim\u00e4'],
    ['user@github.com=ghp_geheim'],
    ['github.com='],
    ['github.com=:ghp_geheim'],
    ['github.com=ghp_geheim\u0007'],
  ]) {
    it(`${JSON.stringify(items)} is refused without a word of the token`, () =>
      assert.throws(
        () => parseGitTokens(items, 'DOCSPOOL_GIT_TOKENS'),
        (error) =>
          error instanceof BadConfiguration &&
          error.message.startsWith('DOCSPOOL_GIT_TOKENS') &&
          !error.message.includes('geheim'),
      ))
  }
})

describe('the user name of a token', () => {
  for (const [token, form, user, password = token] of [
    ['ghp_x', 'github', 'x-access-token'],
    ['x', 'github', 'x-access-token'],
    ['github_pat_x', null, 'x-access-token'],
    ['x', 'gitlab', 'oauth2'],
    ['glpat-x', null, 'oauth2'],
    ['gldt-x', null, 'oauth2'],
    ['x', 'bitbucket', 'x-token-auth'],
    ['ATCTTx', null, 'x-token-auth'],
    ['ATATTx=1', 'bitbucket', 'x-bitbucket-api-token-auth'],
    ['x', 'gitea', 'oauth2'],
    ['x', null, 'oauth2'],
    ['alice:pass:word', 'github', 'alice', 'pass:word'],
    ['deploy-1:gldt-x', 'gitlab', 'deploy-1', 'gldt-x'],
  ] as const) {
    it(`of ${token} at ${form} is ${user}`, () => assert.deepEqual(toCredentials(token, form), { user, password }))
  }

  it('comes with visible ASCII alone', () => {
    for (const text of ['', ':', ':x', 'a b', 'a\n', 'ä', 'x'.repeat(2_001)]) assert.equal(isToken(text), false, text)
    assert.equal(isToken('a:b'), true)
  })
})

describe('a file of tokens', () => {
  let folder: string
  let file: string
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'docspool-tokens-'))
    file = path.join(folder, 'tokens')
  })
  after(() => rm(folder, { recursive: true }))

  const read = (more = {}) => readConfig({}, { DOCSPOOL_GIT_TOKENS_FILE: file, ...more }).gitTokens
  const refused = (pattern: RegExp, more = {}) =>
    assert.throws(
      () => read(more),
      (error) => error instanceof BadConfiguration && pattern.test(error.message) && !error.message.includes('geheim'),
    )

  it('has one a line, and remarks', async () => {
    await writeFile(file, '# ours\n\n github.com=ghp_a \r\ngitlab.com/team=b:c,d\n', { mode: 0o600 })
    assert.deepEqual(read().scopes, ['github.com', 'gitlab.com/team'])
    assert.equal(read().for(at('https://gitlab.com/team/x')), 'b:c,d')
  })

  it('is refused when others can read or write it', async () => {
    await writeFile(file, 'github.com=ghp_geheim\n')
    for (const mode of [0o640, 0o604, 0o644, 0o620, 0o602]) {
      await chmod(file, mode)
      refused(/^DOCSPOOL_GIT_TOKENS_FILE: others can read or write .* \(mode 06\d\d\); run chmod 600 /)
    }
    await chmod(file, 0o400)
    assert.equal(read().scopes.length, 1)
  })

  const isRoot = process.geteuid?.() === 0
  it('is refused when it belongs to another user, except to root that of the spool', {
    skip: !isRoot && lacking('the right to give files away'),
  }, async () => {
    await writeFile(file, 'github.com=ghp_geheim\n')
    await chmod(file, 0o600)
    await chown(file, 61_234, 61_234)
    const spool = path.join(folder, 'spool')
    await mkdir(spool)
    refused(/^DOCSPOOL_GIT_TOKENS_FILE: .* belongs to another user \(uid 61234\)/, { DOCSPOOL_SPOOL_DIR: spool })
    refused(/belongs to another user/, { DOCSPOOL_SPOOL_DIR: path.join(folder, 'no-spool') })
    await chown(spool, 61_234, 61_234)
    assert.equal(read({ DOCSPOOL_SPOOL_DIR: spool }).scopes.length, 1)
    await chown(file, 0, 0)
  })

  it('is refused when it is missing, a folder or beside the other setting', async () => {
    refused(/and DOCSPOOL_GIT_TOKENS_FILE are both set/, { DOCSPOOL_GIT_TOKENS: 'github.com=ghp_geheim' })
    refused(/does not exist/, { DOCSPOOL_GIT_TOKENS_FILE: path.join(folder, 'none') })
    refused(/is not a file/, { DOCSPOOL_GIT_TOKENS_FILE: folder })
  })
})

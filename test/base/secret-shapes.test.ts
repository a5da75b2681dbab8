import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scrub } from '#base/scrub.ts'
import { holdsSecret, holdsToken } from '#base/secret-shapes.ts'

const TOKENS = [
  'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  'glpat-Xy7Zk2Lm9Qr4Tv8Wb3Nc',
  'glnew-Xy7Zk2Lm9Qr4Tv8Wb3Nc',
  'sk-proj-abcdEFGH1234ijklMNOP5678',
  'sk-0a1b2c3d4e5f6a7b8c9d0e1f',
]
const WORDS = [
  'https://github.com/gluster/gluster-kubernetes-provisioner',
  'https://github.com/x/glsl-shader-compilation-pipeline',
  'https://github.com/a/sk-dynamic-programming-tools',
  'https://github.com/x/xapp-onboarder-service',
  'a glossary-of-terms-for-newcomers and sk-estimator-html-container-div',
  'pypi-publish-workflow-for-the-monorepo, xoxo-hugs-and-kisses-to-all',
]

test('tokens are found, and names of words with hyphens are none', () => {
  for (const token of TOKENS) {
    assert.ok(holdsToken(`see ${token} there`), token)
    assert.ok(!scrub(`see ${token} there`).includes(token), token)
  }
  for (const text of WORDS) {
    assert.ok(!holdsSecret(text), text)
    assert.equal(scrub(text), text)
  }
  assert.ok(holdsSecret('https://user:pass@host/a'))
  assert.ok(holdsSecret('https://me@example.com:pass@host/a'))
  assert.ok(holdsSecret(`https://user:${'p'.repeat(1_000)}@host/a`))
  assert.ok(!holdsSecret('https://me@example.com:8080/a@b'))
})

test('no text takes long to look through', { timeout: 30_000 }, () => {
  for (const piece of [
    'x://',
    ':',
    'a.',
    'a-a-',
    'hvs.',
    'sk-',
    'sk-a',
    'glpat-',
    'eyJ',
    'eyJhbGciOi.',
    'AT',
    '12345678:AA',
  ]) {
    for (const head of ['', 'x://', 'x://x:', 'authorization: ']) {
      const text = head + piece.repeat(200_000 / piece.length)
      holdsSecret(text)
      scrub(text)
    }
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused, readText, type Service } from '#http/mcp/service.ts'

test('a redirect is followed within the service, and nowhere else', async () => {
  const asked: string[] = []
  const redirectingTo = (location: string): Service => ({
    async fetch(path) {
      asked.push(path)
      return path === location ? new Response('there') : new Response(null, { status: 302, headers: { location } })
    },
  })
  assert.equal(await readText(redirectingTo('/docs/x'), '/docs'), 'there')
  for (const elsewhere of ['//other.example/x', '/\\other.example/x', 'https://other.example/x'])
    await assert.rejects(readText(redirectingTo(elsewhere), '/docs'), Refused)
  assert.deepEqual(asked, ['/docs', '/docs/x', '/docs', '/docs', '/docs'])
})

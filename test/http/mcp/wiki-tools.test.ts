/** Reading a page in parts. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitLists } from '#http/mcp/budget.ts'
import type { Service } from '#http/mcp/service.ts'
import { readPart } from '#http/mcp/wiki-tools.ts'

/** A service with one page, which answers ranges. */
function serviceWith(page: string): Service {
  const bytes = new TextEncoder().encode(page)
  return {
    async fetch(_path, { headers } = {}) {
      const [from = 0, to = 0] = (headers?.range?.match(/\d+/g) ?? []).map(Number)
      const part = bytes.slice(from, to + 1)
      const range = `bytes ${from}-${from + part.length - 1}/${bytes.length}`
      return new Response(part, { status: 206, headers: { 'content-range': range } })
    },
  }
}

const { signal } = new AbortController()

test('an answer that fits is not cut, and room that a list leaves goes to the others', () => {
  const callers = Array.from({ length: 40 }, (_, index) => `caller ${index}`)
  const whole = { callers, callees: [] as string[] }
  const length = JSON.stringify(whole).length
  assert.deepEqual(fitLists(whole, ['callers', 'callees'], length), {
    answer: whole,
    kept: { callers: 40, callees: 0 },
    isCut: false,
  })
  assert.equal(fitLists(whole, ['callers', 'callees'], length - 1).kept['callers'], 39)
})

test('the parts of a page are the page, whatever characters they begin with', async () => {
  const page = 'é\ufffd\ufffdx\ufeff漢\ufffd😀 y\ufffd\ufffd'.repeat(3)
  for (let maxChars = 2; maxChars <= 6; maxChars++) {
    const parts: string[] = []
    let after: number | null = 0
    while (after !== null) {
      const part: Awaited<ReturnType<typeof readPart>> = await readPart(
        serviceWith(page),
        '/a.md',
        after,
        maxChars,
        signal,
      )
      parts.push(part.text)
      after = part.next
    }
    assert.equal(parts.join(''), page, `${maxChars}`)
  }
})

test('a part that is asked for within a character begins after it, and the next part after this one', async () => {
  assert.deepEqual(await readPart(serviceWith('漢字 ab'), '/a.md', 1, 2, signal), { text: '字 ', next: 7 })
})

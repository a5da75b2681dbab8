/** Whom a request is counted for, behind proxies and before liars. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createReadClient } from '#http/caller-address.ts'
import type { AppContext } from '#http/deps.ts'

const PROXIES = ['10.0.0.0/8', '127.0.0.1/32', 'fd00::/8']

/** The client of a request over a connection from `peer`. */
function clientOf(peer: string | undefined, headers: Record<string, string> = {}, trustedProxies = PROXIES) {
  const read = createReadClient({ peerOf: () => peer, trustedProxies })
  return read({ req: { header: (name: string) => headers[name] } } as unknown as AppContext)
}

const xff = (value: string) => ({ 'x-forwarded-for': value })
const forwarded = (value: string) => ({ forwarded: value })

test('without a trusted proxy the connection alone counts', () => {
  for (const headers of [{}, xff('1.1.1.1'), forwarded('for=1.1.1.1'), { 'x-real-ip': '1.1.1.1' }]) {
    assert.equal(clientOf('203.0.113.5', headers), '203.0.113.5')
    assert.equal(clientOf('127.0.0.1', headers, []), '127.0.0.1')
  }
})

test('an IPv6 subscriber is one client, an IPv4 address in IPv6 clothes is itself', () => {
  const cases: [peer: string | undefined, client: string][] = [
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['::ffff:203.0.113.5', '203.0.113.5'],
    ['::1', '::/64'],
    [undefined, 'unknown'],
    ['', 'unknown'],
  ]
  for (const [peer, client] of cases) assert.equal(clientOf(peer), client)
})

test('behind trusted proxies the first address from the right that is none of them counts', () => {
  const cases: [header: string, client: string][] = [
    ['203.0.113.5', '203.0.113.5'],
    ['1.1.1.1, 203.0.113.5', '203.0.113.5'],
    ['1.1.1.1, 203.0.113.5, 10.1.1.1', '203.0.113.5'],
    ['10.9.9.9, 203.0.113.5,10.1.1.1 , 10.2.2.2', '203.0.113.5'],
    ['203.0.113.5:4711', '203.0.113.5'],
    ['[2001:db8:1:2::9]:4711', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['::ffff:203.0.113.5', '203.0.113.5'],
    ['10.9.9.9, 10.1.1.1', '10.9.9.9'],
    ['203.0.113.5, fd00::1', '203.0.113.5'],
    // Beyond what cannot be read nothing can be believed.
    ['203.0.113.5, nonsense, 10.1.1.1', '10.1.1.1'],
    ['nonsense', '127.0.0.1'],
    ['203.0.113.5,', '127.0.0.1'],
    ['0x7f000001', '127.0.0.1'],
    ['2130706433', '127.0.0.1'],
    ['1', '127.0.0.1'],
    ['', '127.0.0.1'],
    [`${'1.1.1.1,'.repeat(10_000)}203.0.113.5`, '203.0.113.5'],
    [`203.0.113.5${',10.1.1.1'.repeat(100)}`, '10.1.1.1'],
  ]
  for (const [header, client] of cases) assert.equal(clientOf('127.0.0.1', xff(header)), client, header.slice(0, 80))
})

test('the same for Forwarded', () => {
  const cases: [header: string, client: string][] = [
    ['for=203.0.113.5', '203.0.113.5'],
    ['For="203.0.113.5:4711";proto=https;by=10.0.0.1', '203.0.113.5'],
    ['for=1.1.1.1, for=203.0.113.5;host=a, for=10.1.1.1', '203.0.113.5'],
    ['proto=http; for="[2001:db8:1:2::9]:4711"', '2001:db8:1:2::/64'],
    ['for="_hidden", for=10.1.1.1', '10.1.1.1'],
    ['for=unknown', '127.0.0.1'],
    ['proto=https', '127.0.0.1'],
    // What a proxy repeats of the caller's Host.
    ['for=203.0.113.5;host="a,for=9.9.9.9"', '127.0.0.1'],
    ['for=203.0.113.5;host="a,for=9.9.9.9,b"', '127.0.0.1'],
    [String.raw`for=203.0.113.5;host="a\",for=9.9.9.9;x=\""`, '127.0.0.1'],
    ['proto=http;host="a;for=9.9.9.9";for=203.0.113.5', '203.0.113.5'],
    ['proto=http;host="a;for=9.9.9.9;x=";for=203.0.113.5', '203.0.113.5'],
    ['proto=http;host="a;for=9.9.9.9', '127.0.0.1'],
    ['host="a;for=9.9.9.9, b";for=203.0.113.5', '127.0.0.1'],
    ['for=9.9.9.9;for=203.0.113.5', '127.0.0.1'],
    ['for=203.0.113.5:4711 ; proto=https;', '203.0.113.5'],
    // A quote that the caller has opened takes nothing from the proxy.
    ['for="9.9.9.9, for=203.0.113.5', '203.0.113.5'],
  ]
  for (const [header, client] of cases) assert.equal(clientOf('127.0.0.1', forwarded(header)), client, header)
})

test('a header that the proxy hands on unread makes nobody another client', () => {
  // The proxy keeps X-Forwarded-For; the caller sends Forwarded. And the other way round.
  assert.equal(clientOf('127.0.0.1', { ...xff('203.0.113.5'), ...forwarded('for=9.9.9.9') }), '127.0.0.1')
  assert.equal(clientOf('127.0.0.1', { ...xff('9.9.9.9'), ...forwarded('for=203.0.113.5') }), '127.0.0.1')
  assert.equal(clientOf('127.0.0.1', { ...xff('203.0.113.5'), ...forwarded('for=203.0.113.5') }), '203.0.113.5')
})

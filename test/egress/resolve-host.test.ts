import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveHost } from '#egress/resolve-host.ts'
import { withCode } from '../generate/clone/attempt.ts'

const never = async (): Promise<string[]> => assert.fail('a literal needs no resolver')

const NEVER = [
  '0.0.0.0',
  '169.254.169.254',
  '168.63.129.16',
  '192.0.0.192',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '100.100.100.200',
  '100.96.0.96',
  '[::]',
  '[fe80::1]',
  '[ff02::1]',
  '[fd00:100::100:200]',
  '[fd00:ec2::254]',
  '[fd00:ec2::23]',
  '[fd20:ce::254]',
  '[fd20:00ce:0::0254]',
  '[fd00:c1::a9fe:a9fe]',
  '[fd00:42::42]',
  '[fd00:a9fe:a9fe::1]',
  '[::ffff:100.100.100.200]',
  '[::a9fe:a9fe]',
  '[::ffff:169.254.169.254]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:db8::1]',
  '[100::1]',
]
const PRIVATE = [
  '127.0.0.1',
  '127.255.255.254',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '100.64.0.1',
  '[::1]',
  '[fd12::1]',
  '[fd00:ec3::254]',
  '100.100.100.201',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:10.0.0.1]',
]
const PUBLIC = ['140.82.112.3', '8.8.8.8', '172.32.0.1', '[2606:50c0:8000::153]', '[::ffff:140.82.112.3]']

for (const address of NEVER) {
  test(`${address} is refused even where private networks are allowed`, async () => {
    await assert.rejects(resolveHost(address, false, never), withCode('ADDRESS_REFUSED'))
    await assert.rejects(resolveHost(address, true, never), withCode('ADDRESS_REFUSED'))
  })
}

for (const address of PRIVATE) {
  test(`${address} is allowed only where private networks are`, async () => {
    await assert.rejects(resolveHost(address, false, never), withCode('ADDRESS_REFUSED'))
    assert.equal((await resolveHost(address, true, never)).length, 1)
  })
}

for (const address of PUBLIC) {
  test(`${address} is allowed`, async () => {
    assert.equal((await resolveHost(address, false, never)).length, 1)
  })
}

test('what the resolver gives is checked like a literal, whatever it looks like', async () => {
  for (const address of ['2130706433', '0x7f.1', '0177.0.0.1', '127.1', 'localhost', '', '127.0.0.1%lo']) {
    await assert.rejects(
      resolveHost('git.example', false, async () => [address]),
      withCode('ADDRESS_REFUSED'),
    )
  }
})

test('a name without addresses is a temporary failure', async () => {
  await assert.rejects(
    resolveHost('git.example', true, async () => []),
    withCode('HOST_UNREACHABLE'),
  )
})

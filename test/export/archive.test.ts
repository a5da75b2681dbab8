/** The ids of archives. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { archiveId } from '#export/archive.ts'
import { SITE_ASSETS } from '#export/site.ts'

const assetsWith = (changed?: string) => ({
  read: () => undefined,
  version: (name: string): string => (name === changed ? 'new' : 'old'),
})
const idOf = (kind: 'set' | 'site', changed?: string): Promise<string> =>
  archiveId({ key: 'k' }, kind, { assets: assetsWith(changed) })

test('the id of a site changes with each of its assets, that of a set with none', async () => {
  const site = await idOf('site')
  assert.match(site, /^[\w.-]+$/)
  for (const name of SITE_ASSETS) {
    assert.notEqual(await idOf('site', name), site, name)
    assert.equal(await idOf('set', name), 'k-set')
  }
})
